"""The week's plan as seven boxes, or why there is none; how a week is found is not here."""

from collections.abc import Iterable
from itertools import groupby

from sidestep.domain.planning.run_day import PAIN_RULES
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, Limit, WeekPlan, Why
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_pages import BlockGroup, DayBox, Statement, WeekPart
from sidestep.services.report.report_wording import WEEKDAYS, kilometres, short_date

_LABELS = {
    BlockKind.STRETCH_BEFORE: "Before",
    BlockKind.RUN: "Run",
    BlockKind.SHUFFLE: "In the run",
    BlockKind.STRETCH_AFTER: "After",
    BlockKind.LATERAL: "Sideways",
    BlockKind.STRENGTH: "Strength",
    BlockKind.FOOT: "Feet",
    BlockKind.CROSS_TRAINING: "Instead of running",
}
_HEADINGS = {DayKind.RUN: "Run", DayKind.OFF: "Off", DayKind.REST: "Rest", DayKind.CROSS: "Sport"}


def week_part(week: WeekPlan, cited: CitedSources) -> WeekPart:
    """Return the week as boxes, its limits and notes with their grounds; pain rules apart."""
    last = week.days[-1].date if week.days else week.week_starts
    return WeekPart(
        title=f"{short_date(week.week_starts)} – {short_date(last)}",
        days=tuple(_day_box(day) for day in week.days),
        limits=tuple(_limit(limit, cited) for limit in week.limits if limit.id not in PAIN_RULES),
        notes=tuple(_note(note, cited) for note in week.notes),
    )


def _day_box(day: Day) -> DayBox:
    minutes = day.minutes
    return DayBox(
        weekday=WEEKDAYS[day.date.weekday()],
        day=short_date(day.date),
        kind=day.kind.value,
        heading=_heading(day),
        minutes=f"{minutes:.0f} min" if minutes > 0 else "",
        groups=tuple(_groups(day.blocks)),
    )


def _heading(day: Day) -> str:
    run_km = sum(block.distance_km or 0.0 for block in day.blocks if block.kind is BlockKind.RUN)
    return kilometres(run_km) if run_km > 0 else _HEADINGS[day.kind]


def _groups(blocks: tuple[Block, ...]) -> Iterable[BlockGroup]:
    before: tuple[Block, ...] = ()
    for kind, grouped in groupby(blocks, key=lambda block: block.kind):
        members = tuple(grouped)
        if kind is BlockKind.REST:
            # The heading of the day says it already.
            continue
        if kind is BlockKind.STRETCH_BEFORE:
            before = members
        repeats = kind is BlockKind.STRETCH_AFTER and _are_same(before, members)
        lines = (_same_again(members),) if repeats else tuple(_line(block) for block in members)
        yield BlockGroup(label=_LABELS[kind], lines=lines)


def _are_same(before: tuple[Block, ...], after: tuple[Block, ...]) -> bool:
    same_exercises = [each.exercise for each in before] == [each.exercise for each in after]
    return same_exercises and len({each.dose for each in after}) == 1


def _same_again(after: tuple[Block, ...]) -> str:
    return f"The same stretches, {after[0].dose}"


def _line(block: Block) -> str:
    title = block.title
    if block.kind is BlockKind.RUN and block.distance_km is not None:
        title = f"{title} {kilometres(block.distance_km)}".strip()
    return f"{title}, {block.dose}" if block.dose else title


def _limit(limit: Limit, cited: CitedSources) -> Statement:
    says = f"{limit.says} (yours to change)" if limit.is_editable else limit.says
    return Statement(says=says, tag=cited.tag(limit.why.backing))


def _note(note: Why, cited: CitedSources) -> Statement:
    return Statement(says=note.says, tag=cited.tag(note.backing))
