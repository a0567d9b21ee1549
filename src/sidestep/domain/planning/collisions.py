"""When no week fits: a smallest set of limits that cannot hold together, and what would help."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from sidestep.domain.planning.days import Frame, Room, lay_out_days
from sidestep.domain.planning.own_limits import (
    YOUR_DAYS,
    YOUR_EQUIPMENT,
    YOUR_MINUTES,
    equipment_limit,
    own_limits,
)
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.week import Limit, NoWeek

ONE_RUN, SIDE_WORK = "shortest_run_km", "lateral_exercises"
_HELPS = {
    YOUR_DAYS: "Free a day or two more: sidestep profile set --not-on with fewer days.",
    YOUR_MINUTES: (
        "Give a run {run} minutes on one day and side work {side} minutes on another: "
        "sidestep profile set --minutes sat={run} --minutes wed={side}"
    ),
    YOUR_EQUIPMENT: "Add equipment you have: sidestep profile set --equipment band",
}


def is_there_room(rooms: Sequence[Room], *, needs_run: bool, needs_side_work: bool) -> bool:
    """Whether a run fits on one day (if it is due) and side work on another (if it is due)."""
    if not needs_run:
        return not needs_side_work or any(room.takes_side_work for room in rooms)
    if not needs_side_work:
        return any(room.takes_run for room in rooms)
    return any(
        run.takes_run and side.takes_side_work and run.on != side.on
        for run in rooms
        for side in rooms
    )


def explain_no_week(
    request: WeekRequest, week_starts: date, frame: Frame, rules: Rules, *, needs_run: bool
) -> NoWeek:
    """Return limits that collide and of which the person can change fewest; always the same.

    Fewest of her own first, then the smallest set: what she is told to change then does help.
    """
    limits = _limits(request, rules, needs_run)
    colliding = (
        chosen
        for size in range(1, len(limits) + 1)
        for chosen in combinations(limits, size)
        if _collide(chosen, request, week_starts, frame)
    )
    smallest = min(
        colliding, key=lambda chosen: (sum(limit.id in _HELPS for limit in chosen), len(chosen))
    )
    return NoWeek(
        week_starts=week_starts,
        collisions=smallest,
        says="No week fits all of this at once. That is arithmetic, not your fault.",
        would_help=tuple(
            _HELPS[limit.id].format(
                run=_whole(frame.shortest_day_minutes), side=_whole(frame.shortest_side_minutes)
            )
            for limit in smallest
            if limit.id in _HELPS
        ),
    )


def _whole(minutes: float) -> str:
    return "a few" if math.isinf(minutes) else str(math.ceil(minutes))


def _limits(request: WeekRequest, rules: Rules, needs_run: bool) -> tuple[Limit, ...]:
    ours = [rules.limit(SIDE_WORK)]
    if needs_run:
        ours.append(rules.limit(ONE_RUN, easy_km=rules.number(ONE_RUN)))
    return (*own_limits(request.profile), equipment_limit(request.profile), *ours)


def _collide(
    chosen: Collection[Limit], request: WeekRequest, week_starts: date, frame: Frame
) -> bool:
    ids = {limit.id for limit in chosen}
    if YOUR_EQUIPMENT not in ids:
        shortest = min((each.dose.minutes for each in request.exercises.values()), default=0.0)
        if frame.shortest_side_minutes == float("inf"):
            frame = replace(frame, shortest_side_minutes=shortest)
    rooms = lay_out_days(
        request,
        week_starts,
        frame,
        heeds_days=YOUR_DAYS in ids,
        heeds_minutes=YOUR_MINUTES in ids,
    )
    return not is_there_room(rooms, needs_run=ONE_RUN in ids, needs_side_work=SIDE_WORK in ids)
