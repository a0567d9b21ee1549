"""Holds a week's request and its runs inside what a clinician said; never gives anything more."""

from collections.abc import Sequence
from dataclasses import replace

from sidestep.domain.planning.clinician import LONGEST_RUN, NO_RUNNING, PAIN_MAX, RUNNING_DAYS
from sidestep.domain.planning.days import Room
from sidestep.domain.planning.pain import PainAllows
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.running_plan import (
    RunningPlan,
    at_most_runs,
    paused,
    round_down_km,
    shortened,
)


def request_within(request: WeekRequest, pain: PainAllows) -> WeekRequest:
    """Return the request with those exercises and activities only that are left to her."""
    clinician = request.profile.clinician
    is_too_sore = clinician.forbids_training_at(pain.at_rest)
    return replace(
        request,
        exercises={
            id: each
            for id, each in request.exercises.items()
            if not is_too_sore and not clinician.forbids_exercise(each)
        },
        cross_training={
            id: each
            for id, each in request.cross_training.items()
            if not is_too_sore and not clinician.forbids_activity(each)
        },
    )


def running_within(
    plan: RunningPlan,
    request: WeekRequest,
    rooms: Sequence[Room],
    pain: PainAllows,
    rules: Rules,
    *,
    pace_min_per_km: float,
) -> RunningPlan:
    """Return the runs within the limits: fewer, shorter or none, whichever is set."""
    clinician = request.profile.clinician
    if not plan.runs:
        return plan
    is_held = any(clinician.forbids_running(room.on) for room in rooms)
    if is_held and not any(room.takes_run for room in rooms):
        return paused(plan, clinician.why(NO_RUNNING))
    if clinician.forbids_training_at(pain.running):
        return paused(plan, clinician.why(PAIN_MAX))
    most = clinician.running_days_max
    if most is not None and most < plan.most_runs:
        plan = replace(at_most_runs(plan, most, RUNNING_DAYS), runs=min(plan.runs, most))
    longest_km = clinician.longest_km(pace_min_per_km)
    if longest_km is None:
        return plan
    why = clinician.why(LONGEST_RUN)
    if round_down_km(longest_km) < rules.number("shortest_run_km"):
        return paused(plan, why)
    return shortened(plan, runs=plan.runs, most_km=longest_km, why=why)
