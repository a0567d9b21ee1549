"""The barefoot walk behind its gate, minute by minute longer; running barefoot is never planned."""

from collections.abc import Mapping
from dataclasses import replace

from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.pain import is_careful
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import HEALTHY_BARE_FEET, WeekRequest


def with_barefoot_gate(request: WeekRequest, rules: Rules) -> Mapping[str, Exercise]:
    """Return the exercises of a week: walks barefoot are in it as long as allowed, or not at all.

    Who wants them says that her feet are fit for it. Weeks of calm, no more pain than a run may
    bring and a known build within the gate are asked for besides; unknown is not enough.
    """
    more, most = _more_minutes(request, rules), rules.number("block_minutes_max")
    exercises: dict[str, Exercise] = {}
    for id, each in request.exercises.items():
        if HEALTHY_BARE_FEET not in each.equipment:
            exercises[id] = each
        elif more is not None:
            exercises[id] = _lasting(each, more, most)
    return exercises


def _more_minutes(request: WeekRequest, rules: Rules) -> float | None:
    profile, knee = request.profile, request.knee
    index = profile.body_mass_index
    calm_weeks = request.calm_weeks - rules.count("barefoot_calm_weeks")
    if HEALTHY_BARE_FEET not in profile.equipment or knee is None or is_careful(knee, rules):
        return None
    if index is None or index > rules.number("body_mass_index_gate") or calm_weeks < 0:
        return None
    return calm_weeks * rules.number("barefoot_step_min")


def _lasting(walk: Exercise, more_minutes: float, most_minutes: float) -> Exercise:
    minutes = min(walk.dose.minutes + more_minutes, most_minutes)
    dose = replace(
        walk.dose,
        minutes=minutes,
        hold_s=round(minutes * 60.0),
        in_words=f"{minutes:g} minutes, once",
    )
    return replace(walk, dose=dose)
