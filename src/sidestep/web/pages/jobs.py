"""Long work as it goes on: progress that is streamed, what came of it, and stopping it."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response, StreamingResponse

from sidestep.services.ports.jobs import JobState
from sidestep.web.desk import Desk
from sidestep.web.place_names import N_
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, NotFoundError, site_of

router = APIRouter(prefix="/jobs", include_in_schema=False)

LOOK_EVERY_S = 0.5
SPEAK_EVERY_S = 15.0
"""A line without news, so that nothing on the way takes the stream for dead."""


def _job_of(desk: Desk, job_id: str) -> JobState:
    job = desk.wiring.jobs.state(desk.owner_id, job_id)
    if job is None:
        raise NotFoundError(N_("there is no such work, or it ended long ago"))
    return job


@router.get("/{job_id}")
def job(request: Request, desk: MyDesk, job_id: str) -> Response:
    """Show how far a piece of work is."""
    return page(request, "job.html", job=_job_of(desk, job_id))


@router.get("/{job_id}/events")
async def events(request: Request, desk: MyDesk, job_id: str) -> Response:
    """Stream the same as it changes, until it ends."""
    first = await run_in_threadpool(_job_of, desk, job_id)
    return StreamingResponse(
        _stream(request, desk, first),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def _stream(request: Request, desk: Desk, state: JobState) -> AsyncIterator[str]:
    shown = None
    silent_s = 0.0
    while not await request.is_disconnected():
        html = await run_in_threadpool(_progress, request, state)
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
        state = await run_in_threadpool(_job_of, desk, state.id)


def _progress(request: Request, state: JobState) -> str:
    return bytes(page(request, "job_progress.html", job=state).body).decode()


def _event(name: str, html: str) -> str:
    lines = "\n".join(f"data: {line}" for line in html.splitlines() or [""])
    return f"event: {name}\n{lines}\n\n"


@router.post("/{job_id}/cancel")
def cancel(request: Request, desk: MyDesk, job_id: str) -> Response:
    """Stop a piece of work; what it had kept by then stays."""
    _job_of(desk, job_id)
    desk.wiring.jobs.cancel(desk.owner_id, job_id)
    return RedirectResponse(f"{site_of(request).root_path}/jobs/{job_id}", status_code=303)
