"""The week: what each day holds and why, a person's own changes, the weeks ahead, the look back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sidestep.domain.planning.edits import Edit, MoveRun, SetLength, SwapExercise, TakeRest
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.try_edit import A_RUN_TO_MOVE, describe
from sidestep.domain.planning.week import BlockKind, Day, NoWeek
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.errors import InputError
from sidestep.languages.distances import KM, unit_named
from sidestep.languages.place_names import N_
from sidestep.services.week.edit_week import (
    EditedWeek,
    edit_week,
    held_edits,
    possible_swaps,
    redo_edit,
    undo_edit,
)
from sidestep.services.week.export_week import has_coming, has_runs_coming
from sidestep.services.week.kept_edits import taken_back
from sidestep.services.week.kept_week import kept_weeks, week_start
from sidestep.services.week.plan_ahead import plan_ahead
from sidestep.services.week.review_week import (
    WeekReview,
    decide,
    has_files,
    load_of_week,
    review_week,
)
from sidestep.services.week.shown_week import ShownWeek, shown_week
from sidestep.services.week.taken_along import TakenAlong, taken_along
from sidestep.services.week.today_card import as_it_stands
from sidestep.services.week.weeks_anew import (
    RestOfWeek,
    newly_other_days,
    plan_rest_anew,
    rest_of_week,
)
from sidestep.web.days import day_named
from sidestep.web.desk import Desk
from sidestep.web.figures import figure_of
from sidestep.web.pages.today import card_of
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, NotFoundError, site_of

router = APIRouter(include_in_schema=False)

WEEKS_AHEAD = 8
LENGTHS_KM = (0.1, 200.0)


@router.get("/week")
def this_week(request: Request, desk: MyDesk) -> Response:
    """Show the week that is under way, or the first one to come."""
    return _shown(request, desk, desk.kept("week", lambda: shown_week(**desk.pieces)))


@router.get("/week/ahead")
def ahead(request: Request, desk: MyDesk) -> Response:
    """Show the weeks after this one in a line each, a part of the week's page where it asks for it.

    This is only a look: the week under way stays as it is kept.
    """
    card_of(desk)
    starts = desk.kept("week", lambda: shown_week(**desk.pieces)).starts
    look = partial(plan_ahead, WEEKS_AHEAD, week_starts=starts, keeps=False, **desk.pieces)
    planned = desk.kept("ahead", look)
    if not isinstance(planned, NoWeek):
        planned = replace(planned, weeks=planned.weeks[1:])
    is_part = request.headers.get("hx-request") == "true"
    return page(
        request,
        "parts/weeks_ahead.html" if is_part else "weeks_ahead.html",
        plan=planned,
        is_planned=not isinstance(planned, NoWeek),
        sources=desk.knowledge.sources,
    )


@router.get("/week/{starts}")
def one_week(request: Request, desk: MyDesk, starts: str) -> Response:
    """Show the week that a day is in."""
    return _shown(request, desk, week_named(desk, starts))


@router.post("/week/{starts}/move")
def move(
    request: Request,
    desk: MyDesk,
    starts: str,
    on: Annotated[date, Form()],
    to: Annotated[date, Form()],
) -> Response:
    """Move the run of a day to another."""
    return _edited(request, desk, starts, MoveRun(on=on, to=to))


@router.post("/week/{starts}/length")
def set_length(
    request: Request,
    desk: MyDesk,
    starts: str,
    on: Annotated[date, Form()],
    distance: Annotated[str, Form()],
    unit: Annotated[str, Form()] = KM.name,
) -> Response:
    """Set the length of the run of a day; the form says which unit it was shown in."""
    return _edited(request, desk, starts, SetLength(on=on, distance_km=_km(distance, unit)))


@router.post("/week/{starts}/rest")
def rest(request: Request, desk: MyDesk, starts: str, on: Annotated[date, Form()]) -> Response:
    """Take a day for full rest."""
    return _edited(request, desk, starts, TakeRest(on=on))


@router.post("/week/{starts}/swap")
def swap(
    request: Request,
    desk: MyDesk,
    starts: str,
    on: Annotated[date, Form()],
    exercise: Annotated[str, Form()],
    instead: Annotated[str, Form()],
) -> Response:
    """Put another exercise in the place of one."""
    return _edited(request, desk, starts, SwapExercise(on=on, exercise=exercise, instead=instead))


@router.post("/week/{starts}/undo")
def undo(request: Request, desk: MyDesk, starts: str) -> Response:
    """Take the last change back."""
    week = week_named(desk, starts)
    _check_open(week)
    edited = undo_edit(week_starts=week.starts, **desk.pieces)
    said = "" if edited.edit is None else "?said=undone#said"
    return _away(request, f"/week/{week.starts}{said}")


@router.post("/week/{starts}/redo")
def redo(request: Request, desk: MyDesk, starts: str) -> Response:
    """Put the change that was taken back last into the week again."""
    week = week_named(desk, starts)
    _check_open(week)
    return _shown_edited(request, desk, week, redo_edit(week_starts=week.starts, **desk.pieces))


@router.post("/week/{starts}/anew")
def rest_anew(request: Request, desk: MyDesk, starts: str) -> Response:
    """Plan what is still open of a week anew; what is past or done stays."""
    week = week_named(desk, starts)
    _check_open(week)
    made = plan_rest_anew(week_starts=week.starts, **desk.pieces)
    if isinstance(made, NoWeek):
        return _shown(request, desk, week_named(desk, starts), no_rest=made, status=422)
    return _away(request, f"/week/{week.starts}?said=anew")


@router.get("/week/{starts}/review")
def look_back(request: Request, desk: MyDesk, starts: str) -> Response:
    """Show the week in three numbers, and the one change proposed for the next."""
    on = day_named(starts, desk.clock.today())
    review = desk.kept(f"review {on}", lambda: _review(desk, on))
    return page(
        request,
        "review.html",
        review=review,
        load=load_of_week(review),
        has_files=has_files(review.load),
        sources=desk.knowledge.sources,
    )


@router.post("/week/{starts}/review")
def take_decision(
    request: Request,
    desk: MyDesk,
    starts: str,
    decision: Annotated[str, Form()],
    change: Annotated[str | None, Form()] = None,
) -> Response:
    """Take a change of the review, or leave it."""
    on = day_named(starts, desk.clock.today())
    review = _review(desk, on)
    if change or review.proposal.change.changes_plan:
        decide(review, accepts=decision == "accept", change=change, **desk.pieces)
    return _away(request, f"/week/{on}/review")


def _review(desk: Desk, on: date) -> WeekReview:
    review = review_week(week=on, **desk.pieces)
    if review.week_starts > desk.clock.today():
        raise NotFoundError(N_("this week has not begun"), hint=N_("See your week."))
    return review


def rest_of(desk: Desk) -> RestOfWeek | None:
    """Return what the rest of the week under way would be, where it would be other than it is."""
    return desk.kept("rest of week", lambda: rest_of_week(**desk.pieces))


def week_named(desk: Desk, starts: str) -> ShownWeek:
    """Return the week of an address."""
    on = day_named(starts, desk.clock.today())
    return desk.kept(f"week {on}", lambda: shown_week(on, **desk.pieces))


def days_as_they_stand(desk: Desk, week: ShownWeek) -> tuple[Day, ...]:
    """Return the days of a week, today as its card has it."""
    card = card_of(desk)
    return tuple(as_it_stands(day, card) for day in week.days)


def can_take_along(week: ShownWeek) -> bool:
    """Whether a week is there and not over; one ahead may still change, which is then said."""
    return bool(week.days) and not week.is_over


def taken_of(desk: Desk, week: ShownWeek) -> TakenAlong:
    """Return what was taken along of the days to come of a week, and is other by now."""
    return desk.kept(
        f"taken {week.starts}", lambda: taken_along(week.days, card_of(desk), store=desk.store)
    )


def _check_open(week: ShownWeek) -> None:
    if not week.is_open:
        raise NotFoundError(
            N_("this week cannot be changed"),
            hint=N_("A week that is over, or not there, stays so."),
        )


def _edited(request: Request, desk: Desk, starts: str, edit: Edit) -> Response:
    """Try an edit: kept, the page comes anew; refused, it says which limit and what may be."""
    week = week_named(desk, starts)
    _check_open(week)
    return _shown_edited(
        request, desk, week, edit_week(edit, week_starts=week.starts, **desk.pieces)
    )


def _shown_edited(request: Request, desk: Desk, week: ShownWeek, edited: EditedWeek) -> Response:
    if edited.is_kept or edited.edit is None:
        return _away(request, f"/week/{week.starts}?said=kept#said")
    return _shown(request, desk, week_named(desk, str(week.starts)), edited=edited, status=422)


def _shown(
    request: Request,
    desk: Desk,
    week: ShownWeek,
    *,
    edited: EditedWeek | None = None,
    no_rest: NoWeek | None = None,
    status: int = 200,
) -> Response:
    today = desk.clock.today()
    said = request.query_params.get("said", "")
    rest = rest_of(desk) if week.is_open else None
    return page(
        request,
        "week.html",
        status=status,
        week=week,
        today=today,
        card=card_of(desk) if any(day.date == today for day in week.days) else None,
        last_edit=_last_edit(desk, week),
        undone=_undone(desk, week),
        said=said,
        anew=newly_other_days(desk.store, week.starts) if said == "anew" else (),
        rest=rest if rest is not None and rest.starts == week.starts else None,
        no_rest=no_rest,
        is_in_calendar=_is_in_calendar(desk, week),
        is_on_watch=_is_on_watch(desk, week),
        has_runs=can_take_along(week) and _has_runs(desk, week, today),
        can_take_along=can_take_along(week),
        taken=taken_of(desk, week),
        edited=edited,
        refused_edit=_in_words(edited, desk),
        before=week.starts - timedelta(days=DAYS_PER_WEEK),
        after=week.starts + timedelta(days=DAYS_PER_WEEK),
        has_before=_is_kept(desk, week.starts - timedelta(days=DAYS_PER_WEEK)),
        exercises=desk.knowledge.exercises,
        instead_of=_alternatives(desk, week),
        sources=desk.knowledge.sources,
        figure=partial(figure_of, desk.wiring),
    )


def _is_in_calendar(desk: Desk, week: ShownWeek) -> bool:
    """Whether a plan that is put away is still in a calendar that was given its days as a file."""
    is_hidden = week.no_week is not None and week.no_week.is_hidden
    return is_hidden and has_coming(desk.store, desk.clock.today())


def _has_runs(desk: Desk, week: ShownWeek, today: date) -> bool:
    """Whether a run of this week is still to come, today's as the card has it."""
    return any(
        block.kind is BlockKind.RUN
        for day in days_as_they_stand(desk, week)
        if day.date >= today
        for block in day.blocks
    )


def _is_on_watch(desk: Desk, week: ShownWeek) -> bool:
    """Whether runs of a plan that is put away may still be on a watch."""
    is_hidden = week.no_week is not None and week.no_week.is_hidden
    return is_hidden and has_runs_coming(desk.store, desk.clock.today())


def _in_words(edited: EditedWeek | None, desk: Desk) -> dict[str, Any] | None:
    """Return what an edit that was refused says: what it was, what stops it, what may be."""
    if edited is None or edited.refused is None or edited.edit is None:
        return None
    refused, known = edited.refused, desk.knowledge.exercises
    has_run = all(limit.id != A_RUN_TO_MOVE for limit in refused.limits)
    return {
        "what": _described(edited.edit, desk),
        "on": edited.edit.on,
        "is_move": isinstance(edited.edit, MoveRun) and has_run,
        "is_rest": isinstance(edited.edit, TakeRest),
        "limits": refused.limits,
        "days": refused.days if has_run else (),
        "longest_km": refused.longest_km,
        "exercises": [known[id].title for id in refused.exercises if id in known],
    }


def _last_edit(desk: Desk, week: ShownWeek) -> str:
    """Return the last change that can be taken back, in a few words; empty without one."""
    if not week.edits or not week.is_open:
        return ""
    held = desk.kept(f"held {week.starts}", lambda: held_edits(week.starts, **desk.pieces))
    return _described(held[-1], desk) if held else ""


def _undone(desk: Desk, week: ShownWeek) -> str:
    """Return the change that was taken back last and can be put back; empty without one."""
    undone = taken_back(desk.store, week.starts) if week.is_open else ()
    return _described(undone[-1].edit, desk) if undone else ""


def _described(edit: Edit, desk: Desk) -> str:
    """Return an edit in a few words, exercises by their names."""
    if isinstance(edit, SwapExercise):
        ids, known = (edit.exercise, edit.instead), desk.knowledge.exercises
        exercise, instead = (known[id].title if id in known else id for id in ids)
        edit = replace(edit, exercise=exercise, instead=instead)
    return describe(edit)


def _alternatives(desk: Desk, week: ShownWeek) -> Callable[[date, str], list[Exercise]]:
    """Return what names the exercises that may stand in the place of one on a day."""
    known = desk.knowledge.exercises
    swaps = (
        desk.kept(
            f"swaps {week.starts}", lambda: possible_swaps(week.starts, week.days, **desk.pieces)
        )
        if week.is_open
        else {}
    )
    return lambda on, exercise: [known[id] for id in swaps.get((on, exercise), ())]


def _is_kept(desk: Desk, starts: date) -> bool:
    kept = desk.kept(
        "kept starts", lambda: frozenset(week_start(week) for week in kept_weeks(desk.store))
    )
    return any(0 <= (starts - each).days < DAYS_PER_WEEK for each in kept)


def _km(text: str, unit_name: str) -> float:
    """Read a length as people write it."""
    unit = unit_named(unit_name)
    typed_km = unit.typed_km(text)
    km = -1.0 if typed_km is None else round(typed_km, 1)
    if not LENGTHS_KM[0] <= km <= LENGTHS_KM[1]:
        hint = N_("Write kilometres, such as 4.5") if unit is KM else N_("Write miles, such as 2.8")
        raise InputError(f"{text[:20]!r} is no length of a run", hint=hint)
    return km


def _away(request: Request, path: str) -> Response:
    return RedirectResponse(f"{site_of(request).root_path}{path}", status_code=303)
