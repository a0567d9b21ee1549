"""What was taken along and is other by now, set for the terminal."""

from collections.abc import Iterator
from datetime import date

from rich.console import Console
from rich.text import Text

from sidestep.cli.paragraphs import heading, item
from sidestep.cli.session import Session
from sidestep.domain.planning.week import WeekPlan
from sidestep.services.week.taken_along import TakenAlong, exported_weeks, taken_along
from sidestep.services.week.today_card import today_card


def print_what_left(session: Session, plan: WeekPlan) -> None:
    """Print which days of a week are other than they left for a watch or a page."""
    wiring = session.wiring
    store = wiring.store
    # Most weeks never leave, and today's card is a second plan to work out.
    if exported_weeks(store):
        card = today_card(store=store, knowledge=wiring.knowledge, clock=wiring.clock)
        print_taken_along(session.console, taken_along(plan.days, card, store=store))


def print_taken_along(console: Console, taken: TakenAlong) -> None:
    """Print which runs and days are other than on a watch and a page; nothing when none is."""
    if not taken.is_old:
        return
    console.print()
    console.print(heading("Other than what you took along"))
    for says in _sentences(taken):
        console.print(item("•", says))
    console.print(Text.assemble("To take it along again: ", ("sidestep plan export", "bold")))


def _sentences(taken: TakenAlong) -> Iterator[str]:
    for on in taken.changed:
        yield f"The run of {_day(on)} has changed since you took it along for your watch."
    for on in taken.gone:
        yield f"The run of {_day(on)} is no longer planned. On your watch, leave it out."
    for on in taken.new:
        yield f"The run of {_day(on)} is not on your watch yet."
    if taken.printed:
        yield f"On the page you printed: {', '.join(map(_day, taken.printed))}."


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"
