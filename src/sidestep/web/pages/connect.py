"""Connect the history: drag files in, see what was found, be asked about odd recordings."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.errors import InputError
from sidestep.languages.place_names import N_
from sidestep.services.ports.jobs import JobKind
from sidestep.services.training.analyse_load import analyse_history
from sidestep.web.desk import Desk
from sidestep.web.guard.sizes import UPLOAD_BYTES
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, site_of

router = APIRouter(include_in_schema=False)

MOST_FILES = 500
LISTED = 7


@router.get("/connect")
def connect(request: Request, desk: MyDesk) -> Response:
    """Show what is on file, take more, and ask about what looks odd."""
    return _page(request, desk)


def _page(request: Request, desk: Desk, *, status: int = 200, error: str = "") -> Response:
    activities = desk.kept("activities", desk.store.activities)
    report = desk.kept("load", lambda: analyse_history(**desk.pieces))
    return page(
        request,
        "connect.html",
        status=status,
        error=error,
        n_activities=len(activities),
        sports=_sports(activities),
        first_on=report.first_activity_on,
        last_on=report.last_activity_on,
        latest=activities[: -LISTED - 1 : -1],
        questions=report.questions,
        jobs=[
            job
            for job in desk.wiring.jobs.jobs_of(desk.owner_id)
            if job.kind is JobKind.IMPORT_UPLOAD
        ][:3],
        most_files=MOST_FILES,
    )


def _sports(activities: Sequence[ActivitySummary]) -> list[tuple[str, int]]:
    return Counter(each.sport.value.replace("_", " ") for each in activities).most_common(6)


@router.post("/connect/files")
def take_files(
    request: Request, desk: MyDesk, files: Annotated[list[UploadFile], File()]
) -> Response:
    """Keep what was sent, and have it read."""
    sent = [file for file in files if file.filename]
    if not sent or len(sent) > MOST_FILES:
        said = (
            N_("No file was chosen.")
            if not sent
            else f"{len(sent)} files are too many at once; put them into one zip file."
        )
        return _page(request, desk, status=422, error=said)
    wiring = desk.wiring
    upload = wiring.job_files.begin(desk.owner_id)
    try:
        for file in sent:
            wiring.job_files.add(
                desk.owner_id,
                upload,
                file.filename or "",
                file.file,
                most_bytes=UPLOAD_BYTES,
            )
    except InputError as wrong:
        wiring.job_files.discard(desk.owner_id, upload)
        return _page(request, desk, status=422, error=f"{wrong.message}. {wrong.hint}")
    job = wiring.jobs.start(JobKind.IMPORT_UPLOAD, desk.owner_id, {"upload": upload}, key=upload)
    return RedirectResponse(f"{site_of(request).root_path}/jobs/{job}", status_code=303)
