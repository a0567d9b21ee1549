"""``sidestep plan``: a week as a coach would lay it out; how it is found is not here."""

import time
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from sidestep.cli.day import DAY
from sidestep.cli.plan_edit import edit
from sidestep.cli.plan_export import export
from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from sidestep.domain.planning.week import NoWeek, WeekPlan


@click.group(name="plan", invoke_without_command=True)
@click.option(
    "--week",
    type=DAY,
    metavar="DATE",
    help="First of the seven days, YYYY-MM-DD; any day will do. Unless given: the week under way, "
    "else the coming Monday.",
)
@click.option(
    "--weeks",
    type=click.IntRange(min=1),
    metavar="N",
    help="Plan this many weeks ahead, 12 at most.",
)
@click.option("--why", is_flag=True, help="Show the reason, basis and sources of everything.")
@common_options
@pass_session
@click.pass_context
def command(
    ctx: click.Context, session: Session, week: datetime | None, weeks: int | None, why: bool
) -> None:
    """Plan a week: runs with their stretches and side steps, side work, strength, feet, rest.

    Exit code 0 also when no week can be shown: then it says why. Change it with: sidestep plan
    edit. Take it along with: sidestep plan export
    """
    if ctx.invoked_subcommand is not None:
        return
    if weeks is not None:
        _plan_ahead(session, weeks, None if week is None else week.date(), why)
        return
    from sidestep.services.week.plan_week import plan_and_keep
    from sidestep.services.week.week_document import week_document

    wiring = session.wiring
    store, knowledge, clock = wiring.store, wiring.knowledge, wiring.clock
    starts = None if week is None else week.date()
    plan = plan_and_keep(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    if session.as_json:
        session.print_json(week_document(plan, knowledge.sources))
        return
    _print(session, plan, why)


command.add_command(export)
command.add_command(edit)


def _plan_ahead(session: Session, weeks: int, starts: date | None, why: bool) -> None:
    from sidestep.cli.plan_ahead_pages import print_weeks
    from sidestep.cli.plan_pages import print_no_week
    from sidestep.domain.planning.reasons import Rules
    from sidestep.domain.planning.week import NoWeek
    from sidestep.services.week.plan_ahead import ahead_document, plan_ahead

    wiring = session.wiring
    store, knowledge, clock = wiring.store, wiring.knowledge, wiring.clock
    started = time.perf_counter()
    plan = plan_ahead(weeks, store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    if session.as_json:
        solved_in_s = time.perf_counter() - started
        session.print_json(ahead_document(plan, knowledge.sources, solved_in_s=solved_in_s))
    elif isinstance(plan, NoWeek):
        print_no_week(session.console, plan)
    else:
        rules = Rules({**knowledge.load, **knowledge.plans})
        print_weeks(session.console, plan, rules, knowledge.sources if why else None)


def _print(session: Session, plan: "WeekPlan | NoWeek", why: bool) -> None:
    from sidestep.cli.plan_pages import print_no_week, print_week
    from sidestep.cli.taken_along_pages import print_what_left
    from sidestep.domain.planning.week import NoWeek

    if isinstance(plan, NoWeek):
        print_no_week(session.console, plan)
    else:
        print_week(
            session.console,
            plan,
            session.wiring.clock.today(),
            shows_reasons=why,
            knowledge=session.wiring.knowledge,
        )
        print_what_left(session, plan)
