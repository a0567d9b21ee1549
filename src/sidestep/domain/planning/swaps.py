"""An exercise the person put in the place of another, and what may stop that."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sidestep.domain.planning.blocks import exercise_block
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.home_work import BLOCK_OF, what_forbids
from sidestep.domain.planning.own_limits import YOUR_MINUTES, why_edited
from sidestep.domain.planning.week import Block, Day

OTHER_USE, ON_THE_DAY = "same_use", "once_a_day"


def swapped(day: Day, draft: Draft) -> Day:
    """Return a day with the person's own swaps, those only that still may be."""
    instead = draft.calendar.pins.swaps.get(day.date, {})
    for block in home_blocks(day):
        other = draft.request.exercises.get(instead.get(block.exercise, ""))
        if other is not None and not what_stops(other, block, day, draft):
            new = exercise_block(block.kind, other, why_edited())
            blocks = tuple(new if each is block else each for each in day.blocks)
            day = replace(day, blocks=blocks)
    return day


def what_stops(other: Exercise, block: Block, day: Day, draft: Draft) -> str:
    """Return the limit that keeps an exercise from taking a block's place, ``""`` for none."""
    if BLOCK_OF.get(other.use) is not block.kind:
        return OTHER_USE
    at_home = home_blocks(day)
    if any(each.exercise == other.id for each in at_home):
        return ON_THE_DAY
    forbidden = what_forbids(other, draft)
    if forbidden:
        return forbidden
    more = other.dose.minutes - block.minutes
    if sum(each.minutes for each in at_home) + more > draft.rules.number("block_minutes_max"):
        return "block_minutes_max"
    room = next(room for room in draft.rooms if room.on == day.date)
    # What makes the day no longer is no more than was planned for it.
    is_too_long = sum(each.minutes for each in day.blocks) + more > room.minutes
    return YOUR_MINUTES if more > 0 and is_too_long else ""


def could_stand(block: Block, day: Day, draft: Draft) -> tuple[str, ...]:
    """Return the exercises that could take a block's place, by id: for the same muscles first."""
    known = draft.request.exercises
    works = known[block.exercise].works if block.exercise in known else ()
    possible = (each for each in known.values() if not what_stops(each, block, day, draft))
    ranked = sorted(possible, key=lambda each: (each.works != works, each.level, each.title))
    return tuple(each.id for each in ranked)


def home_blocks(day: Day) -> tuple[Block, ...]:
    """Return the blocks of a day that hold an exercise which can be swapped."""
    return tuple(block for block in day.blocks if block.kind in BLOCK_OF.values())


def swaps_of(days: Sequence[Day], draft: Draft) -> Mapping[tuple[date, str], tuple[str, ...]]:
    """Return what could stand in the place of each exercise of each day, by day and id."""
    return {
        (day.date, block.exercise): could_stand(block, day, draft)
        for day in days
        for block in home_blocks(day)
    }
