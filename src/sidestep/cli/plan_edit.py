"""``sidestep plan edit``: a change of one's own in the week; what may be is decided elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import click

from sidestep.cli.day import DAY, EXAMPLE
from sidestep.cli.exits import COULD_NOT
from sidestep.cli.session import Session, common_options, pass_session
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.errors import AnswersError

if TYPE_CHECKING:
    from rich.console import Console

    from sidestep.domain.planning.edits import Edit
    from sidestep.domain.planning.exercise import Exercise
    from sidestep.services.week.edit_week import EditedWeek


class _DayOfWeek(click.ParamType[date | int]):
    """A day of the week that is edited: a date, or a weekday counted from Monday, which is 0."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | int:
        """Return the date, or the number of the weekday.

        Raises
        ------
        click.BadParameter
            It is neither.
        """
        from sidestep.services.week.edit_profile import weekday_of

        if isinstance(value, date | int):
            return value
        try:
            return (
                weekday_of(value) if str(value).isalpha() else DAY.convert(value, param, ctx).date()
            )
        except (AnswersError, click.BadParameter):
            self.fail(f"{str(value)!r} is not a day; write it like {EXAMPLE} or tue", param, ctx)


DAY_OF_WEEK = _DayOfWeek()


@click.group(name="edit")
@click.option("--week", type=DAY, metavar="DATE", help="First day of the week, as sidestep plan.")
@common_options
def edit(week: datetime | None) -> None:
    """Change your week yourself: move a run, set its length, rest, swap an exercise.

    A day is a date or, of this week, mon, tue, wed and so on.

    Every change is checked at once. One that a limit forbids says which, and what would be legal.
    """


@edit.command()
@click.argument("day", type=DAY_OF_WEEK)
@click.argument("to", type=DAY_OF_WEEK)
@common_options
@pass_session
@click.pass_context
def move(ctx: click.Context, session: Session, day: date | int, to: date | int) -> None:
    """Move the run of DAY to another day of the week."""
    from sidestep.domain.planning.edits import MoveRun

    _try(ctx, session, MoveRun(on=_on(ctx, session, day), to=_on(ctx, session, to)))


@edit.command()
@click.argument("day", type=DAY_OF_WEEK)
@click.argument("km", type=click.FloatRange(min=0.1, max=200.0))
@common_options
@pass_session
@click.pass_context
def length(ctx: click.Context, session: Session, day: date | int, km: float) -> None:
    """Set the length of the run of DAY in kilometres; a day without a run gets one."""
    from sidestep.domain.planning.edits import SetLength

    _try(ctx, session, SetLength(on=_on(ctx, session, day), distance_km=round(km, 1)))


@edit.command()
@click.argument("day", type=DAY_OF_WEEK)
@common_options
@pass_session
@click.pass_context
def rest(ctx: click.Context, session: Session, day: date | int) -> None:
    """Take DAY for full rest; nothing has to be made up."""
    from sidestep.domain.planning.edits import TakeRest

    _try(ctx, session, TakeRest(on=_on(ctx, session, day)))


@edit.command()
@click.argument("day", type=DAY_OF_WEEK)
@click.argument("exercise")
@click.argument("instead")
@common_options
@pass_session
@click.pass_context
def swap(
    ctx: click.Context, session: Session, day: date | int, exercise: str, instead: str
) -> None:
    """Do INSTEAD in the place of EXERCISE on DAY; names as in sidestep exercise list."""
    from sidestep.domain.planning.edits import SwapExercise

    _try(ctx, session, SwapExercise(on=_on(ctx, session, day), exercise=exercise, instead=instead))


@edit.command()
@common_options
@pass_session
@click.pass_context
def undo(ctx: click.Context, session: Session) -> None:
    """Take the last change back."""
    from sidestep.services.week.edit_week import undo_edit

    _go(ctx, session, undo_edit, _print_undone)


@edit.command()
@common_options
@pass_session
@click.pass_context
def redo(ctx: click.Context, session: Session) -> None:
    """Put the change that was taken back last into the week again."""
    from sidestep.services.week.edit_week import redo_edit

    _go(ctx, session, redo_edit, _print_tried)


def _on(ctx: click.Context, session: Session, day: date | int) -> date:
    """Return the day that was typed; a weekday is the one of the week that is edited."""
    from sidestep.services.week.plan_week import usual_week_start

    if isinstance(day, date):
        return day
    starts = _week_starts(ctx)
    if starts is None:
        starts = usual_week_start(session.wiring.store, session.wiring.clock.today())
    return starts + timedelta(days=(day - starts.weekday()) % DAYS_PER_WEEK)


def _try(ctx: click.Context, session: Session, change: "Edit") -> None:
    from sidestep.services.week.edit_week import edit_week

    _go(ctx, session, partial(edit_week, change), _print_tried)


def _go(
    ctx: click.Context,
    session: Session,
    act: Callable[..., "EditedWeek"],
    print_it: Callable[["Console", "EditedWeek", "Mapping[str, Exercise]"], None],
) -> None:
    """Do something to the edits of the week, and show what became of it."""
    wiring = session.wiring
    edited = act(
        store=wiring.store,
        knowledge=wiring.knowledge,
        clock=wiring.clock,
        week_starts=_week_starts(ctx),
    )
    _show(ctx, session, edited, print_it)


def _week_starts(ctx: click.Context) -> date | None:
    week = ctx.parent.params.get("week") if ctx.parent is not None else None
    return None if week is None else week.date()


def _show(
    ctx: click.Context,
    session: Session,
    edited: "EditedWeek",
    print_it: Callable[["Console", "EditedWeek", "Mapping[str, Exercise]"], None],
) -> None:
    from sidestep.cli.plan_pages import print_no_week, print_week_in_brief
    from sidestep.cli.taken_along_pages import print_what_left
    from sidestep.domain.planning.edits import SwapExercise
    from sidestep.domain.planning.week import NoWeek
    from sidestep.services.week.edit_week import edited_document

    if session.as_json:
        session.print_json(edited_document(edited, session.wiring.knowledge.sources))
    elif isinstance(edited.plan, NoWeek):
        print_no_week(session.console, edited.plan)
    else:
        print_it(session.console, edited, session.wiring.knowledge.exercises)
        session.console.print()
        swapped_on = edited.edit.on if isinstance(edited.edit, SwapExercise) else None
        print_week_in_brief(session.console, edited.plan, named_on=swapped_on)
        print_what_left(session, edited.plan)
    if edited.refused is not None or isinstance(edited.plan, NoWeek):
        ctx.exit(COULD_NOT)


def _what(edited: "EditedWeek", exercises: Mapping[str, "Exercise"]) -> str:
    """Say an edit in words, exercises by their titles; ``""`` where there was none."""
    from sidestep.domain.planning.edits import SwapExercise
    from sidestep.domain.planning.try_edit import describe, title_of

    change = edited.edit
    if change is None:
        return ""
    if isinstance(change, SwapExercise):
        old, new = (title_of(id, exercises) for id in (change.exercise, change.instead))
        change = replace(change, exercise=old, instead=new)
    return describe(change)


def _print_tried(
    console: "Console", edited: "EditedWeek", exercises: "Mapping[str, Exercise]"
) -> None:
    from rich.text import Text

    from sidestep.cli.paragraphs import heading, item, short_day
    from sidestep.domain.planning.edits import MoveRun
    from sidestep.domain.planning.try_edit import title_of

    if edited.edit is None:
        console.print("Nothing to put back: nothing was taken back since your last change.")
        return
    what = _what(edited, exercises)
    if edited.refused is None:
        console.print(Text(f"Kept: {what}.", "bold"))
        console.print("Take it back with: sidestep plan edit undo")
        return
    refused = edited.refused
    console.print(Text(f"Not kept: {what}.", "bold"))
    console.print()
    console.print(heading("What speaks against it"))
    for limit in refused.limits:
        console.print(item("•", limit.says))
    legal = []
    if refused.days:
        legal.append("on " + ", ".join(short_day(day) for day in refused.days))
    if refused.longest_km is not None:
        legal.append(f"up to {refused.longest_km:g} km that day")
    if refused.exercises:
        console.print("Possible instead, its id for the command beside it:")
        for id in refused.exercises:
            console.print(item("•", f"{title_of(id, exercises)} ({id})"))
    elif legal:
        console.print(Text(f"Possible instead: {'; '.join(legal)}."))
    elif isinstance(edited.edit, MoveRun):
        console.print("No other day of this week would do.")
    console.print("\nThe week stays as it is:")


def _print_undone(
    console: "Console", edited: "EditedWeek", exercises: "Mapping[str, Exercise]"
) -> None:
    from rich.text import Text

    if edited.edit is None:
        console.print("Nothing to take back: you have changed nothing in this week.")
    else:
        console.print(Text(f"Taken back: {_what(edited, exercises)}.", "bold"))
        console.print("Put it back with: sidestep plan edit redo")
