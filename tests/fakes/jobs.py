"""A queue whose jobs stand where a test puts them, and a job as a worker holds it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sidestep.batch.job_handlers import make_archive, make_report
from sidestep.bootstrap.wiring import Wiring
from sidestep.errors import JobStoppedError, SidestepError
from sidestep.services.ports.jobs import JobError, JobKind, JobStage, JobState, JobStatus

MADE_BY: Mapping[JobKind, Callable[[Any, Wiring], dict[str, Any]]] = {
    JobKind.MAKE_REPORT: make_report,
    JobKind.MAKE_EXPORT: make_archive,
    JobKind.MAKE_BACKUP: make_archive,
}


@dataclass
class HandedJob:
    """A job as a worker hands it to its handler; stopped once it has come to a stage."""

    arguments: Mapping[str, Any] = field(default_factory=dict)
    id: str = "a" * 32
    owner: str = "me"
    kind: JobKind = JobKind.IMPORT_UPLOAD
    asked_at: datetime = datetime(2026, 7, 1, tzinfo=UTC)
    stops_at: JobStage | None = None
    told: list[tuple[float, JobStage]] = field(default_factory=list)

    def tell(self, progress: float, stage: JobStage) -> None:
        self.told.append((progress, stage))

    def is_stopped(self) -> bool:
        return any(stage is self.stops_at for _, stage in self.told)


class ScriptedJobs:
    """Implements ``services.ports.Jobs``: what is asked for is remembered.

    Parameters
    ----------
    wiring_of
        With it, pages and archives are made at once, as a worker would; nothing else is ever done.
    """

    def __init__(self, wiring_of: Callable[[str], Wiring] | None = None) -> None:
        self.states: dict[str, dict[str, JobState]] = {}
        self.next_looks: list[dict[str, Any]] = []
        """What becomes of a job each time somebody looks at it, one after the other."""
        self._keys: dict[tuple[str, str, str], str] = {}
        self._wiring_of = wiring_of

    def start(self, kind: JobKind, owner: str, arguments: Mapping[str, Any], key: str) -> str:
        asked = (kind.value, owner, key)
        if asked in self._keys:
            return self._keys[asked]
        job_id = self._keys[asked] = f"{len(self._keys):032x}"
        own = self.states.setdefault(owner, {})
        own[job_id] = JobState(
            id=job_id,
            kind=kind,
            status=JobStatus.QUEUED,
            asked_at=datetime(2026, 11, 22, tzinfo=UTC),
            arguments=arguments,
        )
        if kind in MADE_BY and self._wiring_of is not None:
            self._make(owner, own[job_id], self._wiring_of(owner))
        return job_id

    def _make(self, owner: str, job: JobState, wiring: Wiring) -> None:
        handed = HandedJob(arguments=job.arguments, id=job.id, owner=owner, kind=job.kind)
        try:
            result = MADE_BY[job.kind](handed, wiring)
        except JobStoppedError:
            self.become(owner, job.id, status=JobStatus.CANCELLED)
        except SidestepError as wrong:
            error = JobError(code=wrong.code, message=wrong.message, hint=wrong.hint)
            self.become(owner, job.id, status=JobStatus.FAILED, error=error)
        else:
            self.become(owner, job.id, status=JobStatus.DONE, progress=1.0, result=result)

    def state(self, owner: str, job_id: str) -> JobState | None:
        found = self.states.get(owner, {}).get(job_id)
        if found is not None and self.next_looks:
            self.become(owner, job_id, **self.next_looks.pop(0))
            found = self.states[owner][job_id]
        return found

    def jobs_of(self, owner: str) -> Sequence[JobState]:
        return list(self.states.get(owner, {}).values())

    def cancel(self, owner: str, job_id: str) -> bool:
        self.become(owner, job_id, status=JobStatus.CANCELLED)
        return True

    def forget(self, owner: str) -> None:
        self.states.pop(owner, None)

    def close(self) -> None:
        """Nothing is open."""

    def become(self, owner: str, job_id: str, **changes: Any) -> None:
        self.states[owner][job_id] = replace(self.states[owner][job_id], **changes)
