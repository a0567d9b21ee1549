"""Weeks ahead set for the terminal: one line a week, and what each part is for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sidestep.cli.paragraphs import ground, heading, indented, item, long_day, short_day
from sidestep.cli.plan_pages import print_no_week
from sidestep.domain.planning.horizon import Horizon, PlannedWeek
from sidestep.domain.planning.news import ALIKE, news_of
from sidestep.domain.planning.own_limits import YOUR_GOAL
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import BlockKind, DayKind, Limit, Why
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.evidence import Backing, Source
from sidestep.services.week.plan_ahead import limits_of

_HOW = (
    "Each week is planned as if those before it were done and the knee had taken them well. Plan "
    "again after each week: what you log changes what comes."
)


_SAID_ONCE = (
    "back_week_frac",
    "back_week_rise",
    "lighter_week_frac",
    "split_more_runs",
    "two_in_a_row",
)
"""What says why a week has less than the one before it or rises more than others, and why it has
as many runs and where they lie."""

_RUNS_WIDTH = 20
"""What the runs of a week take side by side in 80 columns; broken elsewhere, a day would stand on
one line and its length on the next."""


def print_weeks(
    console: Console, plan: Horizon, rules: Rules, sources: Mapping[str, Source] | None
) -> None:
    """Print the weeks, what is new in each, what each part is for, wishes not met and limits.

    With ``sources`` each reason names them.
    """
    first = plan.weeks[0].plan.week_starts
    weeks = count_of(len(plan.weeks), "week", "weeks")
    console.print(f"[bold]Your next {weeks}, from {long_day(first)}[/bold]")
    console.print(_table(plan.weeks))
    console.print(Text(_HOW))
    if plan.goal is not None:
        console.print(Text(plan.goal.says))
    for part in _parts(plan.weeks):
        _heading(console, f"{part[0].part.in_words}: {_span(plan.weeks, part)}")
        console.print(indented(part[0].part.about.says))
        _ground(console, part[0].part.about.backing, sources)
    if len(plan.weeks) > 1:
        _print_news(console, plan.weeks, rules, sources)
    if plan.unmet_wishes:
        _heading(console, "What does not fit")
        for wish in plan.unmet_wishes:
            console.print(item("•", wish.says))
    _heading(console, "What the weeks keep to")
    for limit in limits_of(plan.weeks):
        mark = " Yours to change." if limit.is_editable else ""
        console.print(item("•", limit.says + mark + _in_which(limit, plan.weeks)))
        _ground(console, limit.why.backing, sources)
    if plan.stopped is not None and plan.stopped.is_hidden:
        _heading(console, "And then")
        console.print(Text(plan.stopped.says))
    elif plan.stopped is not None:
        console.print()
        print_no_week(console, plan.stopped)
    console.print("\nOne week in full: [bold]sidestep plan --week DATE[/bold]")


def _print_news(
    console: Console,
    weeks: Sequence[PlannedWeek],
    rules: Rules,
    sources: Mapping[str, Source] | None,
) -> None:
    """Print what is new week by week, and once each why it is less, more or nothing."""
    _heading(console, "What is new, week by week")
    news = [news_of(weeks[:index], weeks[index]) for index in range(1, len(weeks))]
    for new, numbers in _told_once(news):
        console.print(item("•", f"{_weeks(numbers).capitalize()}: {new}."))
    for rule in _SAID_ONCE:
        told = [
            (number, note)
            for number, week in enumerate(weeks, start=1)
            for note in _reasons(week)
            if note.rule == rule
        ]
        if told:
            first, why = told[0]
            _print_note(console, why, first, [number for number, _ in told[1:]], sources)
    if ALIKE in news:
        why = rules.why("exercise_turn_weeks")
        console.print(indented(why.says))
        _ground(console, why.backing, sources)


def _reasons(week: PlannedWeek) -> list[Why]:
    """Return what a week says of itself and of its runs, each once."""
    runs = (each for day in week.plan.days for each in day.blocks if each.kind is BlockKind.RUN)
    return list(dict.fromkeys((*week.plan.notes, *(run.why for run in runs))))


def _told_once(news: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """Yield what is new from the second week on, weeks in a row that are alike together."""
    for new, numbered in groupby(enumerate(news, start=2), key=itemgetter(1)):
        numbers = [number for number, _ in numbered]
        if new == ALIKE:
            yield new, numbers
        else:
            yield from ((new, [number]) for number in numbers)


def _print_note(
    console: Console,
    why: Why,
    week: int,
    others: Sequence[int],
    sources: Mapping[str, Source] | None,
) -> None:
    """Print a note of a week; its figures are that week's, so the others are only named."""
    also = f" The same in {_weeks(others)}." if others else ""
    console.print(indented(f"Week {week}: {why.says}{also}"))
    _ground(console, why.backing, sources)


def _in_which(limit: Limit, weeks: Sequence[PlannedWeek]) -> str:
    """Say which weeks a limit holds in, where those are not all, or not with the same figures."""
    by_week = [{each.id: each.says for each in week.plan.limits} for week in weeks]
    numbers = [number for number, says in enumerate(by_week, start=1) if limit.id in says]
    if len(numbers) < len(weeks):
        return f" That holds in {_weeks(numbers)}."
    if all(says[limit.id] == limit.says for says in by_week):
        return ""
    return " That is for week 1; the others go by the runs before them."


def _heading(console: Console, words: str) -> None:
    console.print()
    console.print(heading(words))


def _ground(console: Console, backing: Backing, sources: Mapping[str, Source] | None) -> None:
    if sources is not None:
        console.print(indented(ground(backing, sources), "dim"))


def _table(weeks: Sequence[PlannedWeek]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("week of", no_wrap=True)
    table.add_column("for", no_wrap=True)
    table.add_column("runs, km")
    table.add_column("km", justify="right", no_wrap=True)
    table.add_column("side", justify="right", no_wrap=True)
    table.add_column("strong", justify="right", no_wrap=True)
    table.add_column("rest", justify="right", no_wrap=True)
    for week in weeks:
        name = f"{week.part.in_words}{f',{chr(10)}lighter' if week.is_lighter else ''}"
        total = f"{week.distance_km:.1f}" if week.distance_km else "–"
        table.add_row(
            short_day(week.plan.week_starts),
            name,
            _runs(week) or "no run",
            total,
            *(str(count) for count in _beside(week)),
        )
    return table


def _runs(week: PlannedWeek) -> str:
    runs = [
        (day, block)
        for day in week.plan.days
        for block in day.blocks
        if block.kind is BlockKind.RUN
    ]
    lengths = _in_lines(
        f"{day.date:%a} {block.distance_km:g}{' (goal)' if block.why.rule == YOUR_GOAL else ''}"
        for day, block in runs
    )
    turns = dict.fromkeys(block.turns for _, block in runs if block.turns is not None)
    pieces = (f"run {each.run_min:g} min, walk {each.walk_min:g}" for each in turns)
    return "\n".join((lengths, *pieces))


def _in_lines(words: Iterable[str]) -> str:
    """Put words side by side as far as they fit, and the others below."""
    lines: list[str] = []
    for word in words:
        beside = f"{lines[-1]} · {word}" if lines else ""
        if beside and len(beside) <= _RUNS_WIDTH:
            lines[-1] = beside
        else:
            lines.append(word)
    return "\n".join(lines)


def _beside(week: PlannedWeek) -> tuple[int, int, int]:
    """Count the days of side work, of strength and of full rest."""
    days = week.plan.days
    return (
        sum(day.kind in (DayKind.OFF, DayKind.CROSS) for day in days),
        sum(any(block.kind is BlockKind.STRENGTH for block in day.blocks) for day in days),
        sum(day.kind is DayKind.REST for day in days),
    )


def _parts(weeks: Sequence[PlannedWeek]) -> Iterator[list[PlannedWeek]]:
    """Gather the weeks that are for the same and go by the same."""
    for about in dict.fromkeys(week.part.about for week in weeks):
        yield [week for week in weeks if week.part.about == about]


def _span(weeks: Sequence[PlannedWeek], part: Sequence[PlannedWeek]) -> str:
    return _weeks([number for number, week in enumerate(weeks, start=1) if week in part])


def _weeks(numbers: Sequence[int]) -> str:
    """Name weeks by their numbers."""
    if len(numbers) == 1:
        return f"week {numbers[0]}"
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"weeks {numbers[0]} to {numbers[-1]}"
    return "weeks " + ", ".join(str(number) for number in numbers)
