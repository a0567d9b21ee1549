"""An exercise the person put in the place of another, and what may stop that."""

from collections.abc import Sequence
from datetime import date

from sidestep.domain.planning.blocks import exercise_block
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.home_work import BLOCK_OF, what_forbids
from sidestep.domain.planning.own_limits import why_edited
from sidestep.domain.planning.week import Block

OTHER_USE, ON_THE_DAY = "same_use", "once_a_day"


def swapped(blocks: Sequence[Block], on: date, draft: Draft) -> tuple[Block, ...]:
    """Return a day's exercises with the person's own swaps, those only that still may be."""
    instead = draft.calendar.pins.swaps.get(on, {})
    result = list(blocks)
    for index, block in enumerate(blocks):
        other = draft.request.exercises.get(instead.get(block.exercise, ""))
        if other is not None and not what_stops_swap(other, block, result, draft):
            result[index] = exercise_block(block.kind, other, why_edited())
    return tuple(result)


def what_stops_swap(other: Exercise, block: Block, blocks: Sequence[Block], draft: Draft) -> str:
    """Return the limit that keeps an exercise from taking a block's place, ``""`` for none."""
    if BLOCK_OF.get(other.use) is not block.kind:
        return OTHER_USE
    if any(each.exercise == other.id for each in blocks):
        return ON_THE_DAY
    forbidden = what_forbids(other, draft.request, draft.knee.access, draft.pain, draft.rules)
    if forbidden:
        return forbidden
    minutes = sum(each.minutes for each in blocks) - block.minutes + other.dose.minutes
    return "block_minutes_max" if minutes > draft.rules.number("block_minutes_max") else ""
