"""Long work as it goes on: progress that is streamed, what came of it, and stopping it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse

from sidestep.errors import StorageError
from sidestep.languages.place_names import N_
from sidestep.services.ports.jobs import JobKind, JobState, JobStatus
from sidestep.web.archives import packed_archive
from sidestep.web.desk import Desk
from sidestep.web.pages.week import rest_of
from sidestep.web.printed import NAMES, made_page
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, NotFoundError, site_of

router = APIRouter(prefix="/jobs", include_in_schema=False)

LOOK_EVERY_S = 0.5
SPEAK_EVERY_S = 15.0
"""A line without news, so that nothing on the way takes the stream for dead."""

ASK_AGAIN_MS = 1000
"""How soon a browser asks again when the stream breaks off: the server may have been restarted."""


def _job_of(desk: Desk, job_id: str) -> JobState:
    job = desk.wiring.jobs.state(desk.owner_id, job_id)
    if job is None:
        raise NotFoundError(N_("there is no such work, or it ended long ago"))
    return job


@router.get("/{job_id}")
def job(request: Request, desk: MyDesk, job_id: str) -> Response:
    """Show how far a piece of work is, and what came of it."""
    state = _job_of(desk, job_id)
    where = _result_of(state) or f"/jobs/{job_id}"
    if "hx-request" in request.headers:
        # The page that watched is over: a new one says what came of it.
        return Response(status_code=204, headers={"HX-Redirect": _at(request, where)})
    if _result_of(state) is not None:
        return RedirectResponse(_at(request, where), status_code=303)
    return _set(request, desk, state, "job.html")


def _result_of(state: JobState) -> str | None:
    """Return where a result has a page of its own."""
    is_clip = state.kind is JobKind.ANALYSE_CLIP and state.status is JobStatus.DONE
    return f"/clips/{state.result['document']}" if is_clip else None


def _at(request: Request, path: str) -> str:
    return f"{site_of(request).root_path}{path}"


@router.get("/{job_id}/page.pdf")
def give_page(desk: MyDesk, job_id: str) -> Response:
    """Give the page that was made."""
    state = _job_of(desk, job_id)
    path = made_page(desk, state)
    if path is None:
        raise NotFoundError(
            N_("this page is not here any more"),
            hint=N_("Pages are kept for a day. Make it again."),
        )
    return FileResponse(
        path,
        media_type="application/pdf",
        filename=NAMES[state.result["for"]],
        content_disposition_type="inline",
    )


@router.get("/{job_id}/archive")
def give_archive(desk: MyDesk, job_id: str) -> Response:
    """Give the export or the copy that was packed."""
    state = _job_of(desk, job_id)
    path = packed_archive(desk, state)
    if path is None:
        raise NotFoundError(
            N_("this archive is not here any more"),
            hint=N_("Archives are kept for a day. Make it again."),
        )
    return FileResponse(path, media_type="application/octet-stream", filename=state.result["named"])


@router.get("/{job_id}/events")
async def events(request: Request, desk: MyDesk, job_id: str) -> Response:
    """Stream how far it is as it changes, until it ends."""
    first = await run_in_threadpool(_job_of, desk, job_id)
    return StreamingResponse(
        _stream(request, desk, first),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def _stream(request: Request, desk: Desk, state: JobState) -> AsyncIterator[str]:
    yield f"retry: {ASK_AGAIN_MS}\n\n"
    shown = None
    silent_s = 0.0
    while not (site_of(request).is_ending() or await request.is_disconnected()):
        html = await run_in_threadpool(_progress, request, desk, state)
        if html != shown:
            shown, silent_s = html, 0.0
            yield _event("progress", html)
        elif silent_s >= SPEAK_EVERY_S:
            silent_s = 0.0
            yield ": still there\n\n"
        if state.status.is_final:
            yield _event("ended", "")
            return
        await asyncio.sleep(LOOK_EVERY_S)
        silent_s += LOOK_EVERY_S
        try:
            state = await run_in_threadpool(_job_of, desk, state.id)
        except NotFoundError:
            yield _event("ended", "")  # Everything of hers was erased meanwhile.
            return
        except StorageError:
            return  # The browser asks again by itself.


def _progress(request: Request, desk: Desk, state: JobState) -> str:
    return bytes(_set(request, desk, state, "job_progress.html").body).decode()


def _set(request: Request, desk: Desk, state: JobState, template: str) -> Response:
    is_import = state.kind is JobKind.IMPORT_UPLOAD and state.status is JobStatus.DONE
    return page(
        request,
        template,
        job=state,
        has_page=made_page(desk, state) is not None,
        has_archive=packed_archive(desk, state) is not None,
        rest=rest_of(desk) if is_import else None,
        weeks_planned=[date.fromisoformat(each) for each in state.result.get("weeks_planned", [])]
        if is_import
        else [],
    )


def _event(name: str, html: str) -> str:
    lines = "\n".join(f"data: {line}" for line in html.splitlines() or [""])
    return f"event: {name}\n{lines}\n\n"


@router.post("/{job_id}/cancel")
def cancel(request: Request, desk: MyDesk, job_id: str) -> Response:
    """Stop a piece of work; what it had kept by then stays."""
    _job_of(desk, job_id)
    desk.wiring.jobs.cancel(desk.owner_id, job_id)
    return RedirectResponse(_at(request, f"/jobs/{job_id}"), status_code=303)
