"""A planned week set for the terminal: the table, the run, the exercises, the limits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sidestep.cli.paragraphs import ground, heading, indented, item, long_day, short_day
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.own_limits import YOUR_DAYS, YOUR_EQUIPMENT, YOUR_MINUTES
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, NoWeek, WeekPlan, Why
from sidestep.domain.vocabulary.evidence import Backing, Source
from sidestep.services.ports import Knowledge
from sidestep.services.week.day_words import (
    HOME,
    block_with_dose,
    dose_by_day,
    joined,
    parts_of_day,
)

KINDS = {
    DayKind.RUN: f"R {DayKind.RUN.in_words}",
    DayKind.OFF: f"H {DayKind.OFF.in_words}",
    DayKind.CROSS: f"S {DayKind.CROSS.in_words}",
    DayKind.REST: f"– {DayKind.REST.in_words}",
}
OWN = (YOUR_DAYS, YOUR_MINUTES, YOUR_EQUIPMENT)
LIMITS_IN_BRIEF = 5
_MOST_TELLING = (
    "start_below_pain_frac",
    "first_week_km",
    "next_run_cap_ratio",
    "running_days_max",
    "rest_days_min",
    "reduced_runs",
    "days_between_runs",
    "lateral_sport_pain_max",
    "lateral_exercises",
    "strength_days",
)
"""Limits in the order a runner would ask for them; the pain rules stand with the run itself."""
_FRAME = {
    BlockKind.STRETCH_BEFORE: "Before",
    BlockKind.RUN: "Run",
    BlockKind.SHUFFLE: "Inside",
    BlockKind.DRILL: "Drill",
    BlockKind.STRETCH_AFTER: "After",
}


def print_week(
    console: Console,
    plan: WeekPlan,
    today: date,
    *,
    shows_reasons: bool,
    knowledge: Knowledge,
) -> None:
    """Print the week: what to do first, then how, then what limits it and why.

    Sources are named only with the reasons.
    """
    named = knowledge.sources if shows_reasons else None
    console.print(f"[bold]Your week from {long_day(plan.week_starts)}[/bold]")
    _print_part(console, plan)
    console.print(_week_table(plan, today))
    console.print("home: no run, short work at home · sport: another one instead", style="dim")
    todays = next((day for day in plan.days if day.date == today), None)
    if todays is not None:
        _print_today(console, todays)
    _print_run(console, plan)
    _print_exercises(console, plan, knowledge.exercises)
    if plan.notes:
        _print_heading(console, "Good to know")
        for note in plan.notes:
            _bullet(console, note.says)
            if named is not None:
                _print_ground(console, note.backing, named)
    _print_heading(console, "What this week keeps to")
    for limit in plan.limits:
        mark = " Yours to change." if limit.is_editable else ""
        _bullet(console, limit.says + mark)
        if limit.id not in OWN:
            _print_ground(console, limit.why.backing, named)
    if named is not None:
        _print_reasons(console, plan, named)
    else:
        console.print("\nWhy each thing is there: [bold]sidestep plan --why[/bold]")


def print_week_in_brief(console: Console, plan: WeekPlan, *, named_on: date | None = None) -> None:
    """Print the week table, what every run is made of, its pain rules and the first limits.

    The exercises of ``named_on`` are named, those of other days only by what they are for.
    """
    console.print(f"[bold]Your week from {long_day(plan.week_starts)}[/bold]")
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("day", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("what")
    table.add_column("min", justify="right", no_wrap=True)
    for day in plan.days:
        minutes = f"{day.minutes:.0f}" if day.minutes else "–"
        what = " · ".join(parts_of_day(day, names_exercises=day.date == named_on))
        table.add_row(short_day(day.date), KINDS[day.kind], what, minutes)
    console.print(table)
    _print_run_in_brief(console, plan)
    _print_heading(console, "What this week keeps to, first of all")
    known = {limit.id: limit for limit in plan.limits}
    first = [known[each] for each in _MOST_TELLING if each in known]
    for limit in first[:LIMITS_IN_BRIEF]:
        _bullet(console, f"{limit.says} Basis: {limit.why.backing.basis.in_words}.")


def _print_run_in_brief(console: Console, plan: WeekPlan) -> None:
    run_days = [day for day in plan.days if day.kind is DayKind.RUN]
    if not run_days:
        return
    _print_heading(console, "Every run" if len(run_days) > 1 else "The run")
    longest = max(run_days, key=lambda day: day.minutes)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for kind in (BlockKind.STRETCH_BEFORE, BlockKind.SHUFFLE, BlockKind.STRETCH_AFTER):
        blocks = [block for block in longest.blocks if block.kind is kind]
        if blocks:
            titles = " and ".join(joined([block.title]) for block in blocks)
            table.add_row(_FRAME[kind], f"{titles}: {_dose_in_run(blocks[0], run_days)}")
    console.print(table)
    for cue in _run_of(run_days[0]).cues:
        _bullet(console, cue)


def _dose_in_run(block: Block, run_days: Sequence[Day]) -> str:
    """Say how much: of side steps, that goes by the length of the run."""
    if block.kind is not BlockKind.SHUFFLE:
        return block.dose
    return dose_by_day(
        [
            (day.date, each)
            for day in run_days
            for each in day.blocks
            if each.kind is block.kind and each.exercise == block.exercise
        ]
    )


def _run_of(day: Day) -> Block:
    return next(block for block in day.blocks if block.kind is BlockKind.RUN)


def print_no_week(console: Console, plan: NoWeek) -> None:
    """Print why there is no week and what would help."""
    heading = "No training plan now" if plan.is_hidden else "No week fits yet"
    console.print(f"[bold]{heading}[/bold]\n")
    console.print(Text(plan.says))
    if plan.collisions:
        _print_heading(console, "These do not go together")
        for limit in plan.collisions:
            _bullet(console, limit.says)
    if plan.would_help:
        _print_heading(console, "What next" if plan.is_hidden else "What would help")
        for help_line in plan.would_help:
            _bullet(console, help_line)


def _week_table(plan: WeekPlan, today: date) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("day", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("what")
    table.add_column("min", justify="right", no_wrap=True)
    for day in plan.days:
        is_today = day.date == today
        name = short_day(day.date) + (" ◂" if is_today else "")
        minutes = f"{day.minutes:.0f}" if day.minutes else "–"
        table.add_row(name, KINDS[day.kind], _what(day), minutes, style="bold" if is_today else "")
    return table


def _what(day: Day) -> str:
    return " · ".join(parts_of_day(day, names_exercises=True))


def _print_part(console: Console, plan: WeekPlan) -> None:
    """Print what the week is for, as weeks ahead say it."""
    if plan.part is None:
        return
    name = f"{plan.part.in_words}{', a lighter week' if plan.part.is_lighter else ''}."
    console.print(Text(f"{name} {plan.part.about.says}"))


def _print_today(console: Console, day: Day) -> None:
    _print_heading(console, "Today")
    for block in day.blocks:
        _bullet(console, block_with_dose(block))
        if block.kind is BlockKind.REST:
            console.print(indented(block.why.says))


def _print_run(console: Console, plan: WeekPlan) -> None:
    """Print one run in full: all of a week's runs are built alike."""
    run_days = [day for day in plan.days if day.kind is DayKind.RUN]
    if not run_days:
        return
    _print_heading(console, "Every run" if len(run_days) > 1 else "The run")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for kind, label in _FRAME.items():
        for index, line in enumerate(_run_lines(kind, run_days)):
            table.add_row(label if index == 0 else "", line)
    console.print(table)
    console.print()
    for cue in _run_of(run_days[0]).cues:
        _bullet(console, cue)


def _run_lines(kind: BlockKind, run_days: list[Day]) -> Iterator[str]:
    if kind in (BlockKind.RUN, BlockKind.DRILL):
        # These differ from day to day; what is around and inside every run is said once.
        for day in run_days:
            for block in day.blocks:
                if block.kind is kind:
                    is_run = kind is BlockKind.RUN
                    what = f"{block.distance_km:.1f} km" if is_run else block.title
                    yield f"{day.date:%a} {what}, {block.dose}"
        return
    longest = max(run_days, key=lambda day: day.minutes)
    for block in longest.blocks:
        if block.kind is kind:
            yield f"{block.title}, {_dose_in_run(block, run_days)}"


def _print_exercises(console: Console, plan: WeekPlan, exercises: Mapping[str, Exercise]) -> None:
    seen = {
        block.exercise: block
        for day in plan.days
        for block in day.blocks
        if block.exercise and block.cues
    }
    if not seen:
        return
    _print_heading(console, "How it is done")
    for block in _by_kind(seen.values()):
        dose = f" ({block.dose})" if block.kind in HOME else ""
        console.print(Text.assemble((f"{block.title}{dose}", "bold")))
        console.print(indented(". ".join(block.cues) + "."))
        exercise = exercises[block.exercise]
        for words, says in (("Too much?", exercise.easier), ("Careful with:", exercise.not_for)):
            if says:
                console.print(indented(f"{words} {says}"))


def _by_kind(blocks: Iterable[Block]) -> list[Block]:
    order = list(BlockKind)
    return sorted(blocks, key=lambda block: order.index(block.kind))


def _print_reasons(console: Console, plan: WeekPlan, sources: Mapping[str, Source]) -> None:
    _print_heading(console, "Why each thing is there")
    for why, (titles, days) in _reasons(plan).items():
        console.print(Text(f"{', '.join(titles)} ({', '.join(days)})", style="bold"))
        console.print(indented(why.says))
        _print_ground(console, why.backing, sources)


def _reasons(plan: WeekPlan) -> dict[Why, tuple[list[str], list[str]]]:
    """Gather what each reason is for and on which days, so that it is read once."""
    gathered: dict[Why, tuple[list[str], list[str]]] = {}
    for day in plan.days:
        for block in day.blocks:
            titles, days = gathered.setdefault(block.why, ([], []))
            if block.title not in titles:
                titles.append(block.title)
            if (name := f"{day.date:%a}") not in days:
                days.append(name)
    return gathered


def _print_ground(console: Console, backing: Backing, sources: Mapping[str, Source] | None) -> None:
    """Print the basis; with ``sources`` also who says so and whether it was reviewed."""
    words = f"Basis: {backing.basis.in_words}" if sources is None else ground(backing, sources)
    console.print(indented(words, "dim"))


def _print_heading(console: Console, words: str) -> None:
    console.print()
    console.print(heading(words))


def _bullet(console: Console, words: str) -> None:
    console.print(item("•", words))
