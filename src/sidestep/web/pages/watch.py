"""Her week in her hand: its runs as files and texts for a watch, and the page for the fridge."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sidestep.domain.planning.run_session import RunSession, RunTarget
from sidestep.errors import InputError
from sidestep.languages.place_names import N_
from sidestep.services.report.asked_page import AskedPage, PageFor
from sidestep.services.week.export_week import runs_to_come, take_page_along, take_runs_along
from sidestep.services.week.shown_week import ShownWeek
from sidestep.web.desk import Desk
from sidestep.web.given_files import FIT, TEXT, ZIP, bundled, given_file
from sidestep.web.pages.week import can_take_along, days_as_they_stand, taken_of, week_named
from sidestep.web.printed import have_made
from sidestep.web.rendering import page
from sidestep.web.typed_range import typed_range
from sidestep.web.who import MyDesk, NotFoundError, language_of

router = APIRouter(include_in_schema=False)

Typed = Annotated[str, Form(max_length=12)]


@router.get("/week/{starts}/watch")
def watch(request: Request, desk: MyDesk, starts: str) -> Response:
    """Show how each run that is still to come gets onto a watch."""
    return _page(request, desk, _week(desk, starts))


@router.post("/week/{starts}/watch")
def watch_again(
    request: Request,
    desk: MyDesk,
    starts: str,
    first: Typed = "",
    last: Typed = "",
    texts: Annotated[bool, Form()] = False,
) -> Response:
    """Show the runs held to a range of her own, with their texts where she asks for them."""
    week = _week(desk, starts)
    target, refused = _typed(request, first, last)
    if refused is not None:
        return _page(request, desk, week, typed=(first, last), refused=refused, shows_texts=texts)
    if texts:
        _keep(desk, week, _runs(desk, week, target), are_all=True)
        week = _week(desk, starts)
    return _page(request, desk, week, typed=(first, last), target=target, shows_texts=texts)


@router.post("/week/{starts}/watch/file")
def watch_file(
    request: Request,
    desk: MyDesk,
    starts: str,
    on: Annotated[date | None, Form()] = None,
    first: Typed = "",
    last: Typed = "",
) -> Response:
    """Give the run of a day as a workout, without a day all of them together."""
    week = _week(desk, starts)
    target, refused = _typed(request, first, last)
    if refused is not None:
        return _page(request, desk, week, typed=(first, last), refused=refused)
    runs = _chosen(_runs(desk, week, target), on)
    _keep(desk, week, runs, are_all=on is None)
    encode = desk.wiring.week_files.encode_workout
    if on is not None:
        return given_file(encode(runs[0]), _name(runs[0], "fit"), FIT)
    files = {_name(run, "fit"): encode(run) for run in runs}
    return given_file(bundled(files, runs[0].on), f"sidestep-runs-{runs[0].on}.zip", ZIP)


@router.post("/week/{starts}/watch/text")
def watch_text(
    request: Request,
    desk: MyDesk,
    starts: str,
    on: Annotated[date, Form()],
    first: Typed = "",
    last: Typed = "",
) -> Response:
    """Give the run of a day as the text that intervals.icu reads."""
    week = _week(desk, starts)
    target, refused = _typed(request, first, last)
    if refused is not None:
        return _page(request, desk, week, typed=(first, last), refused=refused, shows_texts=True)
    (run,) = _chosen(_runs(desk, week, target), on)
    _keep(desk, week, (run,), are_all=False)
    return given_file(desk.wiring.week_files.encode_workout_text(run), _name(run, "txt"), TEXT)


@router.post("/week/{starts}/fridge")
async def fridge(request: Request, desk: MyDesk, starts: str) -> Response:
    """Have the page for the fridge made as PDF."""
    week = await run_in_threadpool(_page_taken_along, desk, starts)
    asked = AskedPage(page_for=PageFor.FRIDGE, on=desk.clock.today(), week=week.starts)
    return await have_made(request, desk, asked)


def _page_taken_along(desk: Desk, starts: str) -> ShownWeek:
    """Return a week whose page is wanted, and keep what its days hold."""
    week = _week(desk, starts)
    take_page_along(week.starts, days_as_they_stand(desk, week), **desk.pieces)
    return week


def _typed(request: Request, first: str, last: str) -> tuple[RunTarget | None, InputError | None]:
    """Return the range that was typed, or why it is none."""
    try:
        return typed_range(first, last, language_of(request).unit), None
    except InputError as wrong:
        return None, wrong


def _week(desk: Desk, starts: str) -> ShownWeek:
    """Return a week that may be taken along."""
    week = week_named(desk, starts)
    if can_take_along(week):
        return week
    if week.no_week is not None:
        raise NotFoundError(N_("there is no plan to take along"), hint=N_("See your week."))
    if week.is_over:
        raise NotFoundError(
            N_("this week is over"), hint=N_("What is still to come is under Week.")
        )
    raise NotFoundError(N_("nothing was planned for that week"), hint=N_("See your week."))


def _runs(desk: Desk, week: ShownWeek, target: RunTarget | None) -> tuple[RunSession, ...]:
    return runs_to_come(days_as_they_stand(desk, week), desk.clock.today(), target)


def _chosen(runs: tuple[RunSession, ...], on: date | None) -> tuple[RunSession, ...]:
    chosen = runs if on is None else tuple(run for run in runs if run.on == on)
    if not chosen:
        raise NotFoundError(
            N_("no run is left for that day"), hint=N_("The plan may have changed. See your week.")
        )
    return chosen


def _keep(desk: Desk, week: ShownWeek, runs: Sequence[RunSession], *, are_all: bool) -> None:
    take_runs_along(week.starts, runs, are_all=are_all, **desk.pieces)


def _page(
    request: Request,
    desk: Desk,
    week: ShownWeek,
    *,
    typed: tuple[str, str] = ("", ""),
    target: RunTarget | None = None,
    refused: InputError | None = None,
    shows_texts: bool = False,
) -> Response:
    text_of = desk.wiring.week_files.encode_workout_text
    return page(
        request,
        "watch.html",
        status=422 if refused is not None else 200,
        starts=week.starts,
        is_ahead=not week.is_kept,
        today=desk.clock.today(),
        taken=taken_of(desk, week),
        runs=[
            {"run": run, "text": text_of(run).decode() if shows_texts else ""}
            for run in _runs(desk, week, target)
        ],
        typed=typed,
        target=target,
        refused=refused,
        shows_texts=shows_texts,
    )


def _name(run: RunSession, ending: str) -> str:
    words = "".join(each if each.isalnum() else " " for each in run.title.lower()).split()
    return f"sidestep-{run.on}-{'-'.join(words)}.{ending}"
