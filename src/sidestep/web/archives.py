"""Has everything of hers packed as a job, to be fetched by her alone while it is kept.

What an archive holds is the adapters' business, and when it is packed a worker's.
"""

from pathlib import Path

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from sidestep.services.ports.jobs import JobKind, JobState, JobStatus
from sidestep.web.desk import Desk
from sidestep.web.who import site_of

ARCHIVES = (JobKind.MAKE_EXPORT, JobKind.MAKE_BACKUP)


def have_packed(request: Request, desk: Desk, kind: JobKind, once: str) -> Response:
    """Ask for an archive and go to how far it is.

    Parameters
    ----------
    once
        Of the form that was sent: sent twice, it asks for one archive.
    """
    key = f"{once} {desk.store.version()}"
    job_id = desk.wiring.jobs.start(kind, desk.owner_id, {}, key)
    return RedirectResponse(f"{site_of(request).root_path}/jobs/{job_id}", status_code=303)


def packed_archive(desk: Desk, job: JobState) -> Path | None:
    """Return where the archive lies that a job packed, as long as it is kept and may be given."""
    if job.kind not in ARCHIVES or job.status is not JobStatus.DONE:
        return None
    if job.kind is JobKind.MAKE_BACKUP and not desk.wiring.is_alone:
        return None
    path = desk.wiring.job_files.archive(desk.owner_id, job.id)
    return path if path.is_file() else None
