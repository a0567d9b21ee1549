"""Fills the page for the fridge from a planned week; how it looks is said elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, WeekPlan
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.services.ports import Knowledge
from sidestep.services.ports.drawings import DrawingReader
from sidestep.services.ports.fridge_page import FridgeDay, FridgeExercise, FridgePage, FridgeTurns
from sidestep.services.report.report_wording import capitalised
from sidestep.services.week.day_words import dose_by_day, parts_of_day, turns_in_words

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
_WITH_A_RUN = _ORDER[:4]


def fridge_page(
    plan: WeekPlan,
    *,
    knowledge: Knowledge,
    read_drawing: DrawingReader,
    made_on: date,
    names_commands: bool = True,
) -> FridgePage:
    """Return a week as a page to hang up: seven days, each exercise drawn once, the pain rules."""
    return FridgePage(
        heading=f"Your week from {plan.week_starts:%A} {day_in_words(plan.week_starts)}",
        made_on=f"printed {day_in_words(made_on)}",
        days=tuple(_day(day) for day in plan.days),
        turns=tuple(_turns(plan)),
        exercises=tuple(_exercises(plan, read_drawing)),
        rules=tuple(_rules(plan, knowledge)),
        foot=_FOOT,
        names_commands=names_commands,
    )


def _day(day: Day) -> FridgeDay:
    return FridgeDay(
        name=f"{day.date:%a} {day.date.day}",
        kind=day.kind.value,
        kind_word=capitalised(day.kind.in_words),
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


def _turns(plan: WeekPlan) -> Iterator[FridgeTurns]:
    """Say once for all runs of one name how they are broken by walking, by day where it differs."""
    placed: dict[str, list[tuple[date, Block]]] = {}
    for day in plan.days:
        for block in _of_kind(day, BlockKind.RUN):
            if block.turns is not None:
                told = replace(block, dose=turns_in_words(block.turns))
                placed.setdefault(block.title, []).append((day.date, told))
    for title, blocks in placed.items():
        yield FridgeTurns(title=title, says=dose_by_day(blocks))


def _exercises(plan: WeekPlan, read_drawing: DrawingReader) -> Iterator[FridgeExercise]:
    """Return each exercise once, in the order of a day, with the days it is on."""
    runs = {day.date for day in plan.days if _of_kind(day, BlockKind.RUN)}
    found: dict[str, list[tuple[date, Block]]] = {}
    for kind in _ORDER:
        for day in plan.days:
            for block in _of_kind(day, kind):
                if block.exercise:
                    found.setdefault(block.exercise, []).append((day.date, block))
    for id, placed in found.items():
        drawing, block = read_drawing(id), placed[0][1]
        after = next((b.dose for _, b in placed if b.kind is BlockKind.STRETCH_AFTER), block.dose)
        days = sorted({on for on, _ in placed})
        is_every_run = block.kind in _WITH_A_RUN and runs <= set(days)
        yield FridgeExercise(
            title=block.title,
            dose=dose_by_day(placed) if block.kind is BlockKind.SHUFFLE else block.dose,
            dose_after=after if after != block.dose else "",
            days="every run" if is_every_run else ", ".join(f"{on:%a}" for on in days),
            cue=block.cues[0] if block.cues else "",
            start=None if drawing is None else drawing.start,
            finish=None if drawing is None else drawing.finish,
            alt="" if drawing is None else drawing.alt,
        )


def _of_kind(day: Day, kind: BlockKind) -> list[Block]:
    return [block for block in day.blocks if block.kind is kind]


def _rules(plan: WeekPlan, knowledge: Knowledge) -> Iterator[str]:
    """Return the pain rules of a run, where there is one, and those of exercises."""
    if any(day.kind is DayKind.RUN for day in plan.days):
        for rule in _RULES:
            yield knowledge.plans[rule].filled_in()
    for limit in plan.limits:
        if limit.id == "exercise_pain_settles":
            yield limit.says
