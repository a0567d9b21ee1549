"""Asks DBOS's queue for jobs and watches them; nothing is done here."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from dbos import DBOSClient, EnqueueOptions, WorkflowSerializationFormat
from sqlalchemy.engine import Engine

from sidestep.adapters.jobs.queue_database import APPLICATION, SCHEMA
from sidestep.adapters.jobs.queue_rows import ACTIVE, job_of
from sidestep.errors import StorageError
from sidestep.services.ports.jobs import JobKind, JobState, JobStatus

ID_LENGTH = 32


class QueuedJobs:
    """Implements ``services.ports.Jobs`` on the queue's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._client = DBOSClient(
            system_database_engine=engine,
            dbos_system_schema=SCHEMA,
            application_name=APPLICATION,
            retry_connection_errors=False,
        )

    def start(self, kind: JobKind, owner: str, arguments: Mapping[str, Any], key: str) -> str:
        """Ask for a job and return its id; the same key asks for the same job.

        Raises
        ------
        StorageError
            The queue cannot be reached.
        """
        job_id = _id_of(kind, owner, key)
        options: EnqueueOptions = {
            "workflow_name": kind.value,
            "queue_name": kind.value,
            "workflow_id": job_id,
            "authenticated_user": owner,
            "serialization_type": WorkflowSerializationFormat.PORTABLE,
        }
        with _reaching():
            self._client.enqueue(options, dict(arguments))
        return job_id

    def state(self, owner: str, job_id: str) -> JobState | None:
        """Return how a job of this owner stands, ``None`` when there is none."""
        with _reaching():
            rows = self._client.list_workflows(workflow_ids=[job_id], user=owner)
        return job_of(rows[0]) if rows else None

    def jobs_of(self, owner: str) -> Sequence[JobState]:
        """Return this owner's jobs, newest first."""
        with _reaching():
            rows = self._client.list_workflows(user=owner, sort_desc=True)
        return [job_of(row) for row in rows]

    def cancel(self, owner: str, job_id: str) -> bool:
        """Stop a job of this owner; whether it was still to be stopped."""
        found = self.state(owner, job_id)
        if found is None or found.status.is_final:
            return False
        with _reaching():
            self._client.cancel_workflow(job_id)
        after = self.state(owner, job_id)
        return after is not None and after.status is JobStatus.CANCELLED

    def forget(self, owner: str) -> None:
        """Delete every job of this owner, with its arguments and results."""
        with _reaching():
            rows = self._client.list_workflows(user=owner, load_input=False, load_output=False)
            self._client.delete_workflows([row.workflow_id for row in rows])

    def everybodys(self, since: datetime) -> Sequence[JobState]:
        """Return all jobs that are queued or running, or ended after ``since``."""
        active = self._client.list_workflows(status=ACTIVE)
        ended = self._client.list_workflows(completed_after=since.isoformat())
        return [job_of(row) for row in (*active, *ended)]

    def forget_ended(self, before: datetime) -> None:
        """Delete all jobs that ended before then."""
        rows = self._client.list_workflows(
            completed_before=before.isoformat(), load_input=False, load_output=False
        )
        self._client.delete_workflows([row.workflow_id for row in rows])

    def tell(self, job_id: str, progress: float, stage: str) -> None:
        """Write how far a running job is."""
        told = {"progress": round(progress, 3), "stage": stage}
        self._client.update_workflow_attributes(job_id, told)

    def is_stopped(self, job_id: str) -> bool:
        """Whether a job was cancelled, or is no longer there."""
        rows = self._client.list_workflows(
            workflow_ids=[job_id], load_input=False, load_output=False
        )
        return not rows or rows[0].status == "CANCELLED"

    def close(self) -> None:
        """Let go of the queue."""
        self._client.destroy()
        self._engine.dispose()


@contextmanager
def _reaching() -> Iterator[None]:
    """Turn what the queue's database says into an error of ours."""
    try:
        yield
    except (sa.exc.DatabaseError, sa.exc.TimeoutError) as error:
        raise StorageError(
            "the queue of jobs cannot be reached now",
            hint="Check the free space of the data folder, and that it can be written.",
        ) from error


def _id_of(kind: JobKind, owner: str, key: str) -> str:
    # Two owners who choose the same key must not meet in one job.
    text = "\0".join((kind.value, owner, key))
    return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]
