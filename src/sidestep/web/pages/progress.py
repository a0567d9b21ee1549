"""How it has gone: pain, load and what was done on one time line, and what stands out."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sidestep.services.clips.list_clips import newest_clips_first
from sidestep.services.progress.over_weeks import progress, weeks_on_record
from sidestep.web.closer import history_chart, in_language
from sidestep.web.rendering import page
from sidestep.web.timeline import timeline
from sidestep.web.who import MyDesk, language_of

router = APIRouter(include_in_schema=False)

CLIPS_SHOWN = 6


@router.get("/progress")
def show(request: Request, desk: MyDesk) -> Response:
    """Show the last weeks."""
    shown = desk.kept("progress", lambda: progress(**desk.pieces))
    clips = desk.kept("clips", lambda: newest_clips_first(desk.store))
    return page(
        request,
        "progress.html",
        progress=shown,
        wide=timeline(shown, n_weeks=12, width=760.0),
        narrow=timeline(shown, n_weeks=6, width=340.0),
        clips=clips[:CLIPS_SHOWN],
        sources=desk.knowledge.sources,
    )


@router.get("/progress/chart.json")
def chart(request: Request, desk: MyDesk) -> Response:
    """Give the whole history as a chart to look closer at."""
    reader = language_of(request)
    weeks = weeks_on_record(store=desk.store, knowledge=desk.knowledge, clock=desk.clock)
    shown = desk.kept("history", lambda: progress(weeks=weeks, **desk.pieces))
    return JSONResponse(in_language(history_chart(shown, reader), reader))
