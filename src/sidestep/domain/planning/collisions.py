"""When no week fits: a smallest set of limits that cannot hold together, and what would help."""

import math
from collections.abc import Collection, Iterator
from dataclasses import replace

from sidestep.domain.planning.calendar import (
    APART,
    CAP,
    ONE_RUN,
    REST,
    Calendar,
    can_hold,
)
from sidestep.domain.planning.clinician import NO_RUNNING
from sidestep.domain.planning.days import lay_out_days
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.own_limits import (
    SIDE_WORK,
    YOUR_DAYS,
    YOUR_EQUIPMENT,
    YOUR_MINUTES,
    equipment_limit,
    own_limits,
    own_why,
)
from sidestep.domain.planning.smallest_collision import smallest_collision
from sidestep.domain.planning.week import Limit, NoWeek
from sidestep.domain.planning.words import cap_limit, week_limits

_HELPS = {
    YOUR_DAYS: "Free a day or two more: sidestep profile set --not-on with fewer days.",
    YOUR_MINUTES: (
        "Give a run {run} minutes on one day and side work {side} minutes on another: "
        "sidestep profile set --minutes sat={run} --minutes wed={side}"
    ),
    YOUR_EQUIPMENT: "Add equipment you have: sidestep profile set --equipment band",
}
_OURS, _HERS = 1, 1000
"""Weights: a collision with fewer things for her to change is told before a smaller one."""


def lacks_room(draft: Draft) -> bool:
    """Whether a run is due that her days, minutes and equipment leave no room for.

    Not where it is the days that are over which leave none.
    """
    needed = [limit.id for limit in (*_own(draft), *_ours(draft))]
    return not _is_possible(needed, draft) and _is_possible((ONE_RUN,), draft)


def explain_no_week(draft: Draft) -> NoWeek:
    """Return limits that collide and of which the person can change fewest; always the same.

    Fewest of her own first, then the smallest set: what she is told to change then does help.
    """
    limits = {limit.id: limit for limit in _limits(draft)}
    weights = {id: _HERS if id in _HELPS else _OURS for id in limits}
    smallest = smallest_collision(
        tuple(limits), weights, lambda chosen: _is_possible(chosen, draft)
    )
    return NoWeek(
        week_starts=draft.week_starts,
        collisions=tuple(limits[id] for id in smallest) or (_nothing_left(),),
        says="No week fits all of this at once. That is arithmetic, not your fault.",
        would_help=tuple(_help(id, draft) for id in smallest if id in _HELPS),
    )


def _nothing_left() -> Limit:
    """Return what stands in the way when no limit does: what is over cannot be used again."""
    says = "What is left of this week has no other day for it."
    return Limit(
        id="still_to_come", says=says, is_editable=False, why=own_why("still_to_come", says)
    )


def _help(limit: str, draft: Draft) -> str:
    run, side = draft.frame.shortest_day_minutes, draft.frame.shortest_side_minutes
    return _HELPS[limit].format(run=_whole(run), side=_whole(side))


def _whole(minutes: float) -> str:
    return "a few" if math.isinf(minutes) else str(math.ceil(minutes))


def _own(draft: Draft) -> tuple[Limit, ...]:
    profile = draft.request.profile
    limits = profile.clinician.limits(draft.week_starts)
    of_clinician = (each for each in limits if each.id == NO_RUNNING)
    return (*of_clinician, *own_limits(profile), equipment_limit(profile))


def _ours(draft: Draft) -> Iterator[Limit]:
    yield draft.rules.limit(SIDE_WORK)
    if draft.running.runs and not draft.calendar.pins.touched:
        yield draft.rules.limit(ONE_RUN, easy_km=draft.rules.number(ONE_RUN))


def _limits(draft: Draft) -> Iterator[Limit]:
    yield from _own(draft)
    yield from _ours(draft)
    if not draft.calendar.pins.touched:
        return
    known = {limit.id: limit for limit in week_limits(draft)}
    if (cap := cap_limit(draft)) is not None:
        known[CAP] = cap
    plan = draft.running
    for id in dict.fromkeys((REST, plan.most_runs_rule, APART, CAP, plan.most_rule)):
        if id in known:
            yield known[id]
        elif id in (plan.long_why.rule, plan.easy_why.rule):
            why = plan.long_why if id == plan.long_why.rule else plan.easy_why
            yield Limit(id=id, says=why.says, is_editable=False, why=why)
        elif id in (plan.most_runs_rule, plan.most_rule):
            yield draft.rules.limit(id)


def _is_possible(chosen: Collection[str], draft: Draft) -> bool:
    return can_hold(_calendar(chosen, draft), chosen, needs_run=ONE_RUN in chosen)


def _calendar(chosen: Collection[str], draft: Draft) -> Calendar:
    """Lay the days out as if only some of her own limits held."""
    frame = draft.frame
    if YOUR_EQUIPMENT not in chosen and math.isinf(frame.shortest_side_minutes):
        exercises = draft.request.exercises.values()
        shortest = min((each.dose.minutes for each in exercises), default=0.0)
        frame = replace(frame, shortest_side_minutes=shortest)
    rooms = lay_out_days(
        draft.request,
        draft.week_starts,
        frame,
        heeds_days=YOUR_DAYS in chosen,
        heeds_minutes=YOUR_MINUTES in chosen,
        heeds_clinician=NO_RUNNING in chosen,
    )
    return replace(draft.calendar, rooms=rooms)
