"""Why her group class is not in a week; where it goes is decided elsewhere."""

from collections.abc import Sequence
from datetime import timedelta

from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.other_sport import GROUP_CLASS, class_of
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.request import GroupClass
from sidestep.domain.planning.week import BlockKind, Day, DayKind, Why

CLASS_WISH = "class_wish"

_NOT_IN = "Your group class is not in this week:"


def class_left_out(draft: Draft, days: Sequence[Day]) -> Why | None:
    """Say why a week has no group class, ``None`` when it has it or she has none."""
    wished = draft.request.profile.group_class
    if wished is None or any(block.exercise == GROUP_CLASS for day in days for block in day.blocks):
        return None
    return own_why(CLASS_WISH, f"{_NOT_IN} {_because(wished, draft, days)}")


def _because(wished: GroupClass, draft: Draft, days: Sequence[Day]) -> str:
    clinician, own = draft.request.profile.clinician, class_of(wished, draft.rules)
    day = next(day for day in days if day.date.weekday() == wished.weekday)
    room = next(room for room in draft.rooms if room.on == day.date)
    pain = draft.pain.at_rest
    if clinician.no_jumping:
        return "your clinician's limit is no jumping and no sport that goes sideways."
    if pain > own.allowed_pain or clinician.forbids_training_at(pain):
        return "the knee asks for less."
    if day.kind is DayKind.RUN:
        return "its day has a run."
    if day.date in draft.calendar.pins.rests:
        return "you took its day for rest."
    if not room.is_free or room.minutes < own.minutes + draft.rules.number("block_minutes_max"):
        return "its day has no room for it."
    if _is_before_longest(day, days):
        return (
            "its day is the one before your longest run, which no other sport stands on. With "
            "your longest run on another day there is room for it: "
            "sidestep profile set --long-run DAY"
        )
    return "its day is this week's rest."


def _is_before_longest(day: Day, days: Sequence[Day]) -> bool:
    lengths_km = {
        each.date: block.distance_km or 0.0
        for each in days
        for block in each.blocks
        if block.kind is BlockKind.RUN
    }
    if not lengths_km:
        return False
    before = max(lengths_km, key=lambda on: lengths_km[on]) - timedelta(days=1)
    # The week after may begin with its longest run, too.
    return day.date == (before if before >= days[0].date else days[-1].date)
