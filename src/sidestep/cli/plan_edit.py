"""``sidestep plan edit``: a change of one's own in the week; what may be is decided elsewhere."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from sidestep.cli.day import DAY
from sidestep.cli.exits import COULD_NOT
from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from rich.console import Console

    from sidestep.domain.planning.edits import Edit
    from sidestep.services.week.edit_week import EditedWeek


@click.group(name="edit")
@click.option("--week", type=DAY, metavar="DATE", help="First day of the week, as sidestep plan.")
@common_options
def edit(week: datetime | None) -> None:
    """Change your week yourself: move a run, set its length, rest, swap an exercise.

    Every change is checked at once. One that a limit forbids says which, and what would be legal.
    """


@edit.command()
@click.argument("day", type=DAY)
@click.argument("to", type=DAY)
@common_options
@pass_session
@click.pass_context
def move(ctx: click.Context, session: Session, day: datetime, to: datetime) -> None:
    """Move the run of DAY to another day of the week."""
    from sidestep.domain.planning.edits import MoveRun

    _try(ctx, session, MoveRun(on=day.date(), to=to.date()))


@edit.command()
@click.argument("day", type=DAY)
@click.argument("km", type=click.FloatRange(min=0.1, max=200.0))
@common_options
@pass_session
@click.pass_context
def length(ctx: click.Context, session: Session, day: datetime, km: float) -> None:
    """Set the length of the run of DAY in kilometres; a day without a run gets one."""
    from sidestep.domain.planning.edits import SetLength

    _try(ctx, session, SetLength(on=day.date(), distance_km=round(km, 1)))


@edit.command()
@click.argument("day", type=DAY)
@common_options
@pass_session
@click.pass_context
def rest(ctx: click.Context, session: Session, day: datetime) -> None:
    """Take DAY for full rest; nothing has to be made up."""
    from sidestep.domain.planning.edits import TakeRest

    _try(ctx, session, TakeRest(on=day.date()))


@edit.command()
@click.argument("day", type=DAY)
@click.argument("exercise")
@click.argument("instead")
@common_options
@pass_session
@click.pass_context
def swap(ctx: click.Context, session: Session, day: datetime, exercise: str, instead: str) -> None:
    """Do INSTEAD in the place of EXERCISE on DAY; names as in sidestep exercise list."""
    from sidestep.domain.planning.edits import SwapExercise

    _try(ctx, session, SwapExercise(on=day.date(), exercise=exercise, instead=instead))


@edit.command()
@common_options
@pass_session
@click.pass_context
def undo(ctx: click.Context, session: Session) -> None:
    """Take the last change back."""
    from sidestep.services.week.edit_week import undo_edit

    wiring = session.wiring
    edited = undo_edit(
        store=wiring.store,
        knowledge=wiring.knowledge,
        clock=wiring.clock,
        week_starts=_week_starts(ctx),
    )
    _show(ctx, session, edited, _print_undone)


def _try(ctx: click.Context, session: Session, change: "Edit") -> None:
    from sidestep.services.week.edit_week import edit_week

    wiring = session.wiring
    edited = edit_week(
        change,
        store=wiring.store,
        knowledge=wiring.knowledge,
        clock=wiring.clock,
        week_starts=_week_starts(ctx),
    )
    _show(ctx, session, edited, _print_tried)


def _week_starts(ctx: click.Context) -> date | None:
    week = ctx.parent.params.get("week") if ctx.parent is not None else None
    return None if week is None else week.date()


def _show(
    ctx: click.Context,
    session: Session,
    edited: "EditedWeek",
    print_it: Callable[["Console", "EditedWeek"], None],
) -> None:
    from sidestep.cli.plan_pages import print_no_week, print_week_in_brief
    from sidestep.domain.planning.week import NoWeek
    from sidestep.services.week.edit_week import edited_document

    if session.as_json:
        session.print_json(edited_document(edited, session.wiring.knowledge.sources))
    elif isinstance(edited.plan, NoWeek):
        print_no_week(session.console, edited.plan)
    else:
        print_it(session.console, edited)
        session.console.print()
        print_week_in_brief(session.console, edited.plan)
    if edited.refused is not None or isinstance(edited.plan, NoWeek):
        ctx.exit(COULD_NOT)


def _print_tried(console: "Console", edited: "EditedWeek") -> None:
    from rich.text import Text

    from sidestep.cli.paragraphs import heading, item, short_day
    from sidestep.domain.planning.edits import MoveRun
    from sidestep.domain.planning.try_edit import describe

    if edited.edit is None:
        return
    if edited.refused is None:
        console.print(Text(f"Kept: {describe(edited.edit)}.", "bold"))
        console.print("Take it back with: sidestep plan edit undo")
        return
    refused = edited.refused
    console.print(Text(f"Not kept: {describe(edited.edit)}.", "bold"))
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
        legal.append(", ".join(refused.exercises))
    if legal:
        console.print(Text(f"Possible instead: {'; '.join(legal)}."))
    elif isinstance(edited.edit, MoveRun):
        console.print("No other day of this week would do.")
    console.print("\nThe week stays as it is:")


def _print_undone(console: "Console", edited: "EditedWeek") -> None:
    from rich.text import Text

    from sidestep.domain.planning.try_edit import describe

    if edited.edit is None:
        console.print("Nothing to take back: you have changed nothing in this week.")
    else:
        console.print(Text(f"Taken back: {describe(edited.edit)}.", "bold"))
