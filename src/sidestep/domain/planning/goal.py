"""A distance she wishes for on a day: in its week if the limits leave room, else told of."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sidestep.domain.planning.calendar import longest_possible_km
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.own_limits import YOUR_GOAL, own_why
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Goal, PastRun, WeekRequest
from sidestep.domain.planning.running import longest_before, usual_pace
from sidestep.domain.planning.running_plan import round_down_km
from sidestep.domain.planning.week import Why
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words

_LOOKED_AHEAD_WEEKS = 52
"""How far ahead a later day for the goal is looked for."""


def with_goal(draft: Draft) -> Draft:
    """Return the week with its run of the goal, if the day is in it and every limit leaves room."""
    goal = draft.request.profile.goal
    if goal is None or goal.on not in {room.on for room in draft.rooms} or not draft.running.runs:
        return draft
    longest_km = longest_possible_km(draft.calendar, goal.on)
    if longest_km is None or longest_km < goal.distance_km:
        return draft
    pins = draft.calendar.pins
    pinned = replace(
        pins,
        runs=pins.runs | {goal.on},
        lengths_km={**pins.lengths_km, goal.on: goal.distance_km},
        long_on=goal.on,
        goal_on=goal.on,
    )
    return replace(draft, calendar=replace(draft.calendar, pins=pinned))


def longest_needed_km(goal: Goal, rules: Rules) -> float:
    """Return how long a run of the month before has to be for the goal to be within the cap."""
    return math.ceil(goal.distance_km / rules.number("next_run_cap_ratio") * 10.0 - 1e-6) / 10.0


def goal_waits(goal: Goal, request: WeekRequest, rules: Rules) -> Why | None:
    """Say of a goal beyond what her clinician allows that it waits, ``None`` of another one."""
    clinician = request.profile.clinician
    longest_km = clinician.longest_km(usual_pace(request, rules))
    is_too_long = longest_km is not None and longest_km < goal.distance_km
    if not is_too_long and not clinician.forbids_running(goal.on):
        return None
    return own_why(
        YOUR_GOAL,
        f"Your goal of {goal.distance_km:g} km on {day_in_words(goal.on)} waits: your clinician's "
        "limit comes first.",
    )


def unmet_goal(
    goal: Goal,
    runs: Sequence[PastRun],
    planned_until: date,
    rules: Rules,
    *,
    stands_km: float,
    held_weeks: int = 0,
    fits_on: date | None,
) -> Why | None:
    """Say by how much a goal is missed, ``None`` when it may still be reached after the plan.

    Parameters
    ----------
    runs
        All runs, done and planned; the goal's own is not among them.
    planned_until
        Last day of the plan.
    stands_km
        The longest run she has grown to; where one stood out beyond it, growth goes on from here.
    held_weeks
        Weeks after the plan that come back to where she stands before anything grows.
    fits_on
        About when it would fit, ``None`` where that cannot be told.
    """
    window_days = rules.count("spike_window_days")
    cap = rules.number("next_run_cap_ratio")
    wish = f"Your goal of {goal.distance_km:g} km on {day_in_words(goal.on)}"
    later = _later(goal, fits_on)
    if goal.on > planned_until:
        longest_km = longest_before(planned_until + timedelta(days=1), runs, window_days) or 0.0
        longest_km = min(longest_km, stands_km)
        weeks = (goal.on - planned_until).days / DAYS_PER_WEEK
        growth = rules.number("build_step_frac") ** max(0, math.ceil(weeks) - 1 - held_weeks)
        if longest_km * growth >= longest_needed_km(goal, rules):
            return None
        return own_why(YOUR_GOAL, f"{wish} is out of reach within the limits.{later}")
    longest_km = longest_before(goal.on, runs, window_days) or 0.0
    allowed_km = round_down_km(longest_km * cap)
    if allowed_km >= goal.distance_km:
        return own_why(
            YOUR_GOAL,
            f"{wish} does not fit its day: the day is not free or too short, another limit of that "
            "week is in the way, or the knee keeps the plan light.",
        )
    return own_why(
        YOUR_GOAL,
        f"{wish} is out of reach within the limits: on that day they leave room for "
        f"{allowed_km:.1f} km.{later}",
    )


def _later(goal: Goal, fits_on: date | None) -> str:
    if fits_on is None or fits_on <= goal.on:
        return ""
    return f" Growing on like this, it would fit from about {day_in_words(fits_on)}."


def fits_from(
    goal: Goal, longest_km: float, after: date, rules: Rules, *, weeks_gone: int = 0
) -> date | None:
    """Return about when the longest run has grown far enough, lighter weeks counted.

    Parameters
    ----------
    longest_km
        The longest run of the week that ends on ``after``, from which it grows week by week.
    weeks_gone
        Weeks of the course before that one: each fourth of all is lighter.
    """
    needed_km, step = longest_needed_km(goal, rules), rules.number("build_step_frac")
    if longest_km <= 0.0:
        return None
    for week in range(_LOOKED_AHEAD_WEEKS):
        if longest_km >= needed_km:
            return after + timedelta(days=(week + 1) * DAYS_PER_WEEK)
        if (weeks_gone + week + 2) % rules.count("lighter_week_every"):
            longest_km *= step
    return None
