"""Long work done behind a page's back: how it is asked for, watched, stopped and carried out.

What a job of each kind does is not known here.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class JobKind(StrEnum):
    """What can be asked for, and the arguments each takes (plain JSON).

    ``IMPORT_UPLOAD``: ``upload``. ``ANALYSE_CLIP``: ``upload``, ``shows`` (``run`` or ``squat``),
    ``view`` (``auto`` or one of ``View``), ``keep``. ``MAKE_REPORT``: what
    ``services/report/asked_page.py`` writes. ``MAKE_EXPORT`` and ``MAKE_BACKUP``: none, so that no
    passphrase ever lies in the queue.
    """

    IMPORT_UPLOAD = "import_upload"
    ANALYSE_CLIP = "analyse_clip"
    MAKE_REPORT = "make_report"
    MAKE_EXPORT = "make_export"
    MAKE_BACKUP = "make_backup"


class JobStatus(StrEnum):
    """Where a job stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing changes about the job any more."""
        return self in (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)


class JobStage(StrEnum):
    """What a running job is at, for a page to put into words."""

    BEGINNING = "beginning"
    WAITING = "waiting"
    """Another import runs in this data folder."""
    READING = "reading"
    WATCHING = "watching"
    WRITING = "writing"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobError:
    """Why a job failed: an error's own code, what was wrong, and what to do."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """A job as it stands.

    Attributes
    ----------
    arguments
        As they were given to ``start``.
    progress
        Share that is done, 0 to 1.
    message
        One of ``JobStage`` while it runs, else empty.
    result
        Plain JSON once it is done.
    """

    id: str
    kind: JobKind
    status: JobStatus
    asked_at: datetime
    arguments: Mapping[str, Any] = field(default_factory=dict)
    progress: float = 0.0
    message: str = ""
    result: Any = None
    error: JobError | None = None


class Jobs(Protocol):
    """Asks for jobs and watches them. What belongs to one owner is not there for another.

    Every method raises ``StorageError`` when the queue cannot be reached.
    """

    def start(self, kind: JobKind, owner: str, arguments: Mapping[str, Any], key: str) -> str:
        """Ask for a job and return its id; the same key asks for the same job, done only once."""

    def state(self, owner: str, job_id: str) -> JobState | None:
        """Return how a job of this owner stands, ``None`` when there is none."""

    def jobs_of(self, owner: str) -> Sequence[JobState]:
        """Return this owner's jobs, newest first."""

    def cancel(self, owner: str, job_id: str) -> bool:
        """Stop a job of this owner; whether it was still to be stopped."""

    def forget(self, owner: str) -> None:
        """Delete every job of this owner, with its arguments and results."""

    def close(self) -> None:
        """Let go of the queue."""


class RunningJob(Protocol):
    """One job in the hands of a worker."""

    id: str
    owner: str
    kind: JobKind
    arguments: Mapping[str, Any]
    asked_at: datetime

    def tell(self, progress: float, stage: JobStage) -> None:
        """Say how far the work is; cheap enough to be called often."""

    def is_stopped(self) -> bool:
        """Whether the job was cancelled; cheap enough to be called often."""


JobHandler = Callable[[RunningJob], Any]
"""Does a job and returns its result as plain JSON; may be called again after a crash."""


class JobWorker(Protocol):
    """Takes jobs off the queue and does them."""

    def work(self, handlers: Mapping[JobKind, JobHandler], stop: threading.Event) -> None:
        """Do jobs until ``stop`` is set; first those that a killed worker left unfinished."""

    def recent_jobs(self, since: datetime) -> Sequence[JobState]:
        """Return everybody's jobs that are queued or running, or ended after ``since``."""

    def forget_ended(self, before: datetime) -> None:
        """Delete everybody's jobs that ended before then, with their arguments and results."""
