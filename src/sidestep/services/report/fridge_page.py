"""Fills the page for the fridge from a planned week; how it looks is said elsewhere."""

from collections.abc import Iterator
from datetime import date

from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, WeekPlan
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.services.ports import Knowledge
from sidestep.services.ports.drawings import DrawingReader
from sidestep.services.ports.fridge_page import FridgeDay, FridgeExercise, FridgePage
from sidestep.services.week.day_words import parts_of_day

_KINDS = {
    DayKind.RUN: "Run",
    DayKind.OFF: "Off running",
    DayKind.CROSS: "Another sport",
    DayKind.REST: "Rest",
}
_RULES = ("running_pain_max", "running_pain_settle_min", "next_morning_rise_max")
_FOOT = (
    "Planned by Sidestep from your own answers and runs. Not a diagnosis, and no rule in it is "
    "clinically reviewed. Ask your machine why anything stands here: sidestep plan --why"
)
_ORDER = (
    BlockKind.STRETCH_BEFORE,
    BlockKind.SHUFFLE,
    BlockKind.DRILL,
    BlockKind.STRETCH_AFTER,
    BlockKind.LATERAL,
    BlockKind.STRENGTH,
    BlockKind.FOOT,
    BlockKind.DESK,
)


def fridge_page(
    plan: WeekPlan, *, knowledge: Knowledge, read_drawing: DrawingReader, made_on: date
) -> FridgePage:
    """Return a week as a page to hang up: seven days, each exercise drawn once, the pain rules."""
    return FridgePage(
        heading=f"Your week from {plan.week_starts:%A} {day_in_words(plan.week_starts)}",
        made_on=f"printed {day_in_words(made_on)}",
        days=tuple(_day(day) for day in plan.days),
        exercises=tuple(_exercises(plan, read_drawing)),
        rules=tuple(_rules(plan, knowledge)),
        foot=_FOOT,
    )


def _day(day: Day) -> FridgeDay:
    return FridgeDay(
        name=f"{day.date:%a} {day.date.day}",
        kind=day.kind.value,
        kind_word=_KINDS[day.kind],
        minutes=f"{day.minutes:.0f} min" if day.minutes else "",
        lines=tuple(_lines(day)),
    )


def _lines(day: Day) -> Iterator[str]:
    if day.kind is DayKind.REST:
        yield day.blocks[0].why.says
        return
    yield from parts_of_day(day, names_exercises=True)
    if any(block.kind is BlockKind.STRETCH_BEFORE for block in day.blocks):
        yield "stretches before and after"


def _exercises(plan: WeekPlan, read_drawing: DrawingReader) -> Iterator[FridgeExercise]:
    """Return each exercise once, in the order of a day, with the days it is on."""
    found: dict[str, tuple[Block, list[str]]] = {}
    for kind in _ORDER:
        for day in plan.days:
            for block in day.blocks:
                if block.kind is kind and block.exercise:
                    _, days = found.setdefault(block.exercise, (block, []))
                    if (name := f"{day.date:%a}") not in days:
                        days.append(name)
    for id, (block, days) in found.items():
        drawing = read_drawing(id)
        yield FridgeExercise(
            title=block.title,
            dose=block.dose,
            days="every run" if block.kind in _ORDER[:3] else ", ".join(days),
            cue=block.cues[0] if block.cues else "",
            start=None if drawing is None else drawing.start,
            finish=None if drawing is None else drawing.finish,
            alt="" if drawing is None else drawing.alt,
        )


def _rules(plan: WeekPlan, knowledge: Knowledge) -> Iterator[str]:
    """Return the pain rules of a run, where there is one, and those of exercises."""
    if any(day.kind is DayKind.RUN for day in plan.days):
        for rule in _RULES:
            yield knowledge.plans[rule].filled_in()
    for limit in plan.limits:
        if limit.id == "exercise_pain_settles":
            yield limit.says
