"""How it has gone: pain, load and what was done on one time line, and what stands out."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sidestep.domain.load.exposure import steps_inside
from sidestep.domain.load.report import LoadReport
from sidestep.domain.planning.reasons import Rules
from sidestep.services.clips.clip_result import ClipResult, clip_result
from sidestep.services.clips.list_clips import newest_clips_first
from sidestep.services.clips.said_again import said_again
from sidestep.services.ports import StoredDocument
from sidestep.services.progress.over_weeks import Progress, progress, weeks_on_record
from sidestep.services.report.report_training import load_rows
from sidestep.services.week.today_card import HIDDEN
from sidestep.web.clip_drawings import drift_strip, side_strip
from sidestep.web.closer import history_chart, in_language
from sidestep.web.desk import Desk
from sidestep.web.pages.today import card_of
from sidestep.web.rendering import page
from sidestep.web.timeline import timeline
from sidestep.web.who import MyDesk, language_of

router = APIRouter(include_in_schema=False)

CLIPS_SHOWN = 6
SPANS_DAYS = (7, 28)


@router.get("/progress")
def show(request: Request, desk: MyDesk) -> Response:
    """Show the last weeks."""
    shown = desk.kept("progress", lambda: progress(**desk.pieces))
    clips = desk.kept("clips", lambda: _newest_clips(desk))
    newest = _newest(desk, clips)
    may_run = card_of(desk).kind != HIDDEN
    findings = () if newest is None or newest.page is None else newest.page.findings
    return page(
        request,
        "progress.html",
        progress=shown,
        wide=timeline(shown, n_weeks=12, width=760.0),
        narrow=timeline(shown, n_weeks=6, width=340.0),
        clips=clips,
        strips=[(each, side_strip(each)) for each in findings[:1]],
        drifts=[] if newest is None else [(each, drift_strip(each)) for each in newest.drifts[:1]],
        inside=_inside(shown.load),
        may_run=may_run,
        figures=load_rows(shown.load, may_run=may_run),
        today=desk.clock.today(),
        film_again=Rules(desk.knowledge.plans).why("film_again_days"),
        sources=desk.knowledge.sources,
    )


def _newest_clips(desk: Desk) -> list[StoredDocument]:
    newest = newest_clips_first(desk.store)[:CLIPS_SHOWN]
    return [said_again(each, desk.knowledge) for each in newest]


def _newest(desk: Desk, clips: Sequence[StoredDocument]) -> ClipResult | None:
    if not clips:
        return None
    return desk.kept(f"clip {clips[0].id}", lambda: clip_result(clips[0], **desk.pieces))


def _inside(load: LoadReport) -> list[tuple[int, list[tuple[int, int] | None]]]:
    """Return how many steps had the knee inside, by days looked back and leg: from and to.

    ``None`` is a range too wide to say anything.
    """
    return [
        (
            each.days,
            [
                steps_inside(each, inside) if inside.is_telling else None
                for inside in load.knee_inside
            ],
        )
        for each in load.exposures
        if each.days in SPANS_DAYS and each.steps and load.knee_inside
    ]


@router.get("/progress/chart.json")
def chart(request: Request, desk: MyDesk) -> Response:
    """Give the whole history as a chart to look closer at."""
    reader = language_of(request)
    shown = desk.kept("history", lambda: _whole_history(desk))
    return JSONResponse(in_language(history_chart(shown, reader), reader))


def _whole_history(desk: Desk) -> Progress:
    weeks = weeks_on_record(store=desk.store, knowledge=desk.knowledge, clock=desk.clock)
    return progress(weeks=weeks, **desk.pieces)
