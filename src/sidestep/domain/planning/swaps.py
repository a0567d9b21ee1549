"""An exercise the person put in the place of another, and what may stop that."""

from collections.abc import Mapping, Sequence
from datetime import date

from sidestep.domain.planning.blocks import exercise_block
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.home_work import BLOCK_OF, what_forbids
from sidestep.domain.planning.own_limits import YOUR_MINUTES, why_edited
from sidestep.domain.planning.week import Block, Day

OTHER_USE, ON_THE_DAY = "same_use", "once_a_day"


def swapped(
    blocks: Sequence[Block], beside: Sequence[Block], on: date, draft: Draft
) -> tuple[Block, ...]:
    """Return a day's exercises with the person's own swaps, those only that still may be.

    ``beside`` is what else the day holds: it takes minutes, too.
    """
    instead = draft.calendar.pins.swaps.get(on, {})
    minutes_left = minutes_for_home(beside, on, draft)
    result = list(blocks)
    for index, block in enumerate(blocks):
        other = draft.request.exercises.get(instead.get(block.exercise, ""))
        if other is not None and not what_stops_swap(other, block, result, minutes_left, draft):
            result[index] = exercise_block(block.kind, other, why_edited())
    return tuple(result)


def minutes_for_home(beside: Sequence[Block], on: date, draft: Draft) -> float:
    """Return the minutes that what else a day holds leaves for exercises at home."""
    room = next(room for room in draft.rooms if room.on == on)
    return room.minutes - sum(block.minutes for block in beside)


def what_stops_swap(
    other: Exercise, block: Block, blocks: Sequence[Block], minutes_left: float, draft: Draft
) -> str:
    """Return the limit that keeps an exercise from taking a block's place, ``""`` for none."""
    if BLOCK_OF.get(other.use) is not block.kind:
        return OTHER_USE
    if any(each.exercise == other.id for each in blocks):
        return ON_THE_DAY
    forbidden = what_forbids(other, draft.request, draft.knee.access, draft.pain, draft.rules)
    if forbidden:
        return forbidden
    minutes = sum(each.minutes for each in blocks) - block.minutes + other.dose.minutes
    if minutes > draft.rules.number("block_minutes_max"):
        return "block_minutes_max"
    # What makes the day no longer is no more than was planned for it.
    is_longer = other.dose.minutes > block.minutes
    return YOUR_MINUTES if is_longer and minutes > minutes_left else ""


def could_stand(block: Block, day: Day, draft: Draft) -> tuple[str, ...]:
    """Return the exercises that could take a block's place, by id: for the same muscles first."""
    known = draft.request.exercises
    works = known[block.exercise].works if block.exercise in known else ()
    possible = (each for each in known.values() if not what_stops(each, block, day, draft))
    ranked = sorted(possible, key=lambda each: (each.works != works, each.level, each.title))
    return tuple(each.id for each in ranked)


def what_stops(other: Exercise, block: Block, day: Day, draft: Draft) -> str:
    """Return the limit that keeps an exercise from taking a block's place on a planned day."""
    at_home = home_blocks(day)
    beside = [each for each in day.blocks if each not in at_home]
    minutes_left = minutes_for_home(beside, day.date, draft)
    return what_stops_swap(other, block, at_home, minutes_left, draft)


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
