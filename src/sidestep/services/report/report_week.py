"""The week's plan as seven boxes, or why there is none; how a week is found is not here."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from sidestep.domain.planning.run_day import PAIN_RULES
from sidestep.domain.planning.week import Block, BlockKind, Day, Limit, WeekPlan, Why
from sidestep.services.ports.report_pages import DayBox, DayLine, Row, Statement, WeekPart
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_wording import (
    capitalised,
    kilometres,
    listed,
    lowered,
    short_date,
)
from sidestep.services.week.day_words import dose_by_day

_HOME_LABELS = {
    BlockKind.LATERAL: "Side work",
    BlockKind.STRENGTH: "Strength",
    BlockKind.FOOT: "Feet",
    BlockKind.DESK: "At the desk",
}
_DOSED = (*_HOME_LABELS, BlockKind.CROSS_TRAINING)
_FRAME_LABELS = {
    BlockKind.STRETCH_BEFORE: "Before",
    BlockKind.RUN: "Run",
    BlockKind.SHUFFLE: "Inside",
    BlockKind.STRETCH_AFTER: "After",
}
_CAP_LIMIT = "next_run_cap_ratio"


def week_part(
    week: WeekPlan,
    cited: CitedSources,
    *,
    says_cap: bool = True,
    said_below: Collection[str] = (),
) -> WeekPart:
    """Return the week as boxes, its limits and notes with their grounds; pain rules apart.

    Without ``says_cap`` the cap is left out of the limits: the page says it elsewhere. What is
    ``said_below`` the week is not said of its runs.
    """
    last = week.days[-1].date if week.days else week.week_starts
    elsewhere = set(PAIN_RULES) if says_cap else {*PAIN_RULES, _CAP_LIMIT}
    return WeekPart(
        title=f"{short_date(week.week_starts)} – {short_date(last)}",
        days=tuple(_day_box(day) for day in week.days),
        every_run=tuple(_every_run([day for day in week.days if _run_km(day) > 0], said_below)),
        doses=tuple(_doses(week.days)),
        limits=tuple(_limit(limit, cited) for limit in week.limits if limit.id not in elsewhere),
        notes=tuple(_note(note, cited) for note in week.notes),
    )


def _day_box(day: Day) -> DayBox:
    minutes = day.minutes
    run_km = _run_km(day)
    return DayBox(
        weekday=f"{day.date:%a}",
        day=str(day.date.day),
        kind=day.kind.value,
        heading=kilometres(run_km) if run_km > 0 else capitalised(day.kind.in_words),
        minutes=f"{minutes:.0f} min" if minutes > 0 else "",
        lines=tuple(_lines(day)),
    )


def _run_km(day: Day) -> float:
    return sum(block.distance_km or 0.0 for block in day.blocks if block.kind is BlockKind.RUN)


def _lines(day: Day) -> Iterator[DayLine]:
    for block in day.blocks:
        if block.kind is BlockKind.RUN:
            yield DayLine(label="", says=block.title)
        if block.kind is BlockKind.CROSS_TRAINING:
            yield DayLine(label="", says=block.title)
    if any(block.kind is BlockKind.SHUFFLE for block in day.blocks):
        yield DayLine(label="", says="Side steps inside")
    for block in day.blocks:
        if block.kind is BlockKind.DRILL:
            yield DayLine(label="Drill", says=lowered(block.title))
    for kind, label in _HOME_LABELS.items():
        titles = [lowered(block.title) for block in day.blocks if block.kind is kind]
        if titles:
            yield DayLine(label=label, says=", ".join(titles))
    if all(block.kind is BlockKind.REST for block in day.blocks):
        yield DayLine(label="", says="Nothing to do")


def _every_run(run_days: Sequence[Day], said_below: Collection[str]) -> Iterator[Row]:
    """Yield how a run is built: all of a week's runs are; side steps go by its length."""
    if not run_days:
        return
    longest = max(run_days, key=_run_km)
    before = _of_kind(longest, BlockKind.STRETCH_BEFORE)
    for kind, label in _FRAME_LABELS.items():
        blocks = _of_kind(longest, kind)
        if kind is BlockKind.RUN:
            yield Row(label=label, value=_runs(run_days, said_below))
        elif kind is BlockKind.STRETCH_AFTER and _is_same_again(before, blocks):
            yield Row(label=label, value=f"the same, {blocks[0].dose}")
        elif blocks:
            if kind is BlockKind.SHUFFLE:
                blocks = [replace(each, dose=_dose_by_day(each, run_days)) for each in blocks]
            yield Row(label=label, value=_with_doses(blocks))


def _dose_by_day(block: Block, days: Iterable[Day]) -> str:
    placed = [(day.date, each) for day in days for each in _of_kind(day, block.kind)]
    return dose_by_day([(on, each) for on, each in placed if each.exercise == block.exercise])


def _of_kind(day: Day, kind: BlockKind) -> list[Block]:
    return [block for block in day.blocks if block.kind is kind]


def _runs(run_days: Sequence[Day], said_below: Collection[str]) -> str:
    """Say the runs by what they hold, each with its days, and how they should feel."""
    days_of: dict[str, list[str]] = {}
    cues: dict[str, None] = {}
    for day in run_days:
        for block in _of_kind(day, BlockKind.RUN):
            what = ", ".join(filter(None, (lowered(block.title), block.dose)))
            days_of.setdefault(what, []).append(f"{day.date:%a}")
            cues |= dict.fromkeys(cue for cue in block.cues if cue not in said_below)
    said = "; ".join(f"{listed(days)}: {what}" for what, days in days_of.items())
    return " ".join((said + ".", *cues)) if cues else said


def _is_same_again(before: Sequence[Block], after: Sequence[Block]) -> bool:
    same_exercises = [each.exercise for each in before] == [each.exercise for each in after]
    return same_exercises and len({each.dose for each in after}) == 1


def _with_doses(blocks: Iterable[Block]) -> str:
    """Say blocks in words, those of one dose together."""
    titles_of: dict[str, list[str]] = {}
    for block in blocks:
        titles_of.setdefault(block.dose, []).append(lowered(block.title))
    return "; ".join(
        ", ".join(filter(None, (listed(titles), dose))) for dose, titles in titles_of.items()
    )


def _doses(days: Iterable[Day]) -> Iterator[Row]:
    """Yield all there is to do outside the runs once, with its dose or doses."""
    blocks = [block for day in days for block in day.blocks if block.kind in _DOSED]
    doses_of: dict[str, dict[str, None]] = {}
    for block in sorted(blocks, key=lambda block: _DOSED.index(block.kind)):
        doses_of.setdefault(block.title, {})[block.dose] = None
    for title, doses in doses_of.items():
        yield Row(label=capitalised(title), value=" or ".join(doses))


def _limit(limit: Limit, cited: CitedSources) -> Statement:
    says = f"{limit.says} (yours to change)" if limit.is_editable else limit.says
    return Statement(says=says, tag=cited.tag(limit.why.backing))


def _note(note: Why, cited: CitedSources) -> Statement:
    return Statement(says=note.says, tag=cited.tag(note.backing))
