"""Rows of DBOS's queue read as jobs, and the form in which a job's outcome is written."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sidestep.services.ports.jobs import JobError, JobKind, JobState, JobStatus

if TYPE_CHECKING:
    from dbos import WorkflowStatus

_STATUS = {
    "DELAYED": JobStatus.QUEUED,
    "ENQUEUED": JobStatus.QUEUED,
    "PENDING": JobStatus.RUNNING,
    "SUCCESS": JobStatus.DONE,
    "CANCELLED": JobStatus.CANCELLED,
}

ACTIVE = ["DELAYED", "ENQUEUED", "PENDING"]

INTERNAL = JobError(
    code="internal",
    message="something went wrong in the program itself",
    hint="Try again. The log of the server says where it happened.",
)

_GIVEN_UP = JobError(
    code="given_up",
    message="the program ended each time it worked on this, and it was given up",
    hint="Try again; if it happens again, try a smaller or another file.",
)


def done(result: Any) -> dict[str, Any]:
    """Return the outcome of a job that came to its end."""
    return {"result": result}


def failed(error: JobError) -> dict[str, Any]:
    """Return the outcome of a job that failed.

    It is an ordinary outcome: an exception would reach DBOS's log with its message.
    """
    return {"error": {"code": error.code, "message": error.message, "hint": error.hint}}


def job_of(row: "WorkflowStatus") -> JobState:
    """Return a row of the queue as a job."""
    status = _STATUS.get(row.status, JobStatus.FAILED)
    outcome = row.output if status is JobStatus.DONE and isinstance(row.output, dict) else {}
    error = JobError(**outcome["error"]) if "error" in outcome else None
    if error is None and status is JobStatus.FAILED:
        error = INTERNAL if row.status == "ERROR" else _GIVEN_UP
    if error is not None:
        status = JobStatus.FAILED
    told = row.attributes or {}
    return JobState(
        id=row.workflow_id,
        kind=JobKind(row.name),
        status=status,
        asked_at=datetime.fromtimestamp((row.created_at or 0) / 1000, UTC),
        arguments=_arguments_of(row),
        progress=1.0 if status is JobStatus.DONE else float(told.get("progress", 0.0)),
        message=str(told.get("stage", "")) if status is JobStatus.RUNNING else "",
        result=outcome.get("result"),
        error=error,
    )


def _arguments_of(row: "WorkflowStatus") -> dict[str, Any]:
    positional = row.input["args"] if isinstance(row.input, dict) else ()
    return dict(positional[0]) if positional else {}
