"""Takes jobs off DBOS's queue and has them done; what each kind does is handed in."""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Engine

from sidestep.adapters.jobs.job_client import QueuedJobs
from sidestep.adapters.jobs.queue_database import APPLICATION, SCHEMA
from sidestep.adapters.jobs.queue_rows import INTERNAL, done, failed
from sidestep.errors import JobStoppedError, SidestepError
from sidestep.services.ports.jobs import JobError, JobHandler, JobKind, JobStage, JobState

EXECUTOR = "worker"
"""The one worker of a data folder: what it left unfinished, its successor takes up."""

VERSION = "1"
"""Of the jobs' arguments, not of the program: an update goes on with what was asked for before."""

POLL_S = 1.0
"""How often each queue is looked at; an idle worker does little else."""

QUICK_POLL_S = 0.25
"""The same where somebody waits for something that takes less than a second itself."""

_POLL_S = {JobKind.MAKE_REPORT: QUICK_POLL_S}

LOOK_EVERY_S = 0.5
"""How often progress is written and a cancellation looked for at most."""

MOST_ATTEMPTS = 10
"""A job that ends its worker each time is given up after as many starts."""

# In the maker's own hosting, these variables of the environment would have DBOS connect there.
_HOSTED = "DBOS"


class JobRunner:
    """Implements ``services.ports.JobWorker``; one of them in a process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs = QueuedJobs(engine)

    def work(self, handlers: Mapping[JobKind, JobHandler], stop: threading.Event) -> None:
        """Do jobs until ``stop`` is set; first those that a killed worker left unfinished."""
        for name in [name for name in os.environ if name.startswith(_HOSTED)]:
            del os.environ[name]
        from dbos import DBOS, DBOSConfig, WorkflowSerializationFormat

        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_engine": self._engine,
            "dbos_system_schema": SCHEMA,
            "application_version": VERSION,
            "executor_id": EXECUTOR,
            "log_level": "WARNING",
            "enable_otlp": False,
        }
        DBOS(config=config)
        for kind, handler in handlers.items():
            DBOS.workflow(
                name=kind.value,
                max_recovery_attempts=MOST_ATTEMPTS,
                serialization_type=WorkflowSerializationFormat.PORTABLE,
            )(_as_workflow(handler, self._jobs))
        DBOS.launch()
        try:
            for kind in handlers:
                # One of each kind at a time: a page is not kept waiting by a history of ten
                # years, and memory stays within what three children may take.
                DBOS.register_queue(
                    kind.value,
                    worker_concurrency=1,
                    polling_interval_sec=_POLL_S.get(kind, POLL_S),
                )
            stop.wait()
        finally:
            DBOS.destroy()

    def recent_jobs(self, since: datetime) -> Sequence[JobState]:
        """Return everybody's jobs that are queued or running, or ended after ``since``."""
        return self._jobs.everybodys(since)

    def forget_ended(self, before: datetime) -> None:
        """Delete everybody's jobs that ended before then, with their arguments and results."""
        self._jobs.forget_ended(before)


class _Running:
    """Implements ``services.ports.RunningJob`` without asking the database all the time."""

    def __init__(self, job: JobState, owner: str, jobs: QueuedJobs) -> None:
        self.id = job.id
        self.owner = owner
        self.kind = job.kind
        self.arguments = job.arguments
        self.asked_at = job.asked_at
        self._jobs = jobs
        self._told: tuple[JobStage | None, float] = (None, 0.0)
        self._looked_at = 0.0
        self._is_stopped = False

    def tell(self, progress: float, stage: JobStage) -> None:
        """Say how far the work is; written at once when the stage is new."""
        before, at = self._told
        now = time.monotonic()
        if stage is not before or now - at >= LOOK_EVERY_S:
            self._jobs.tell(self.id, min(max(progress, 0.0), 1.0), stage.value)
            self._told = (stage, now)

    def is_stopped(self) -> bool:
        """Whether the job was cancelled."""
        now = time.monotonic()
        if not self._is_stopped and now - self._looked_at >= LOOK_EVERY_S:
            self._is_stopped = self._jobs.is_stopped(self.id)
            self._looked_at = now
        return self._is_stopped


def _as_workflow(
    handler: JobHandler, jobs: QueuedJobs
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def workflow(_: dict[str, Any]) -> dict[str, Any]:
        from dbos import DBOS

        return _outcome_of(handler, str(DBOS.authenticated_user), str(DBOS.workflow_id), jobs)

    return workflow


def _outcome_of(handler: JobHandler, owner: str, job_id: str, jobs: QueuedJobs) -> dict[str, Any]:
    try:
        state = jobs.state(owner, job_id)
        if state is None or state.status.is_final:
            raise JobStoppedError("stopped before it began")  # noqa: TRY301
        job = _Running(state, owner, jobs)
        job.tell(0.0, JobStage.BEGINNING)
        return done(handler(job))
    except JobStoppedError as error:
        return failed(JobError(code=error.code, message=error.message))
    except SidestepError as error:
        return failed(JobError(code=error.code, message=error.message, hint=error.hint))
    except Exception as error:
        # Its message may hold names or values; its kind and its place cannot.
        logging.getLogger(__name__).error("job: %s", _place_of(error))  # noqa: TRY400
        return failed(INTERNAL)


def _place_of(error: BaseException) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return type(error).__name__
    return f"{type(error).__name__} at {place.tb_frame.f_code.co_filename}:{place.tb_lineno}"
