"""Walks barefoot: only for who says that her feet are fit, behind every part of the gate."""

from dataclasses import replace
from typing import Any

import pytest

from builders.plan_requests import EXERCISES, MONDAY, a_knee, a_request, an_exercise
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.exercise import Dose, ExerciseUse
from sidestep.domain.planning.request import HEALTHY_BARE_FEET, RunnerProfile
from sidestep.domain.planning.week import Block, WeekPlan
from sidestep.domain.triage.rules import PlanAccess

WALK = replace(
    an_exercise("a_barefoot_walk", ExerciseUse.FOOT, level=2, stop_above_pain=2),
    equipment=frozenset({HEALTHY_BARE_FEET}),
    dose=Dose(sets=1, hold_s=300, minutes=5.0, in_words="5 minutes, once"),
)
FIT = RunnerProfile(equipment=frozenset({HEALTHY_BARE_FEET}), body_mass_kg=65.0, height_cm=170.0)


def walks(**changes: Any) -> list[Block]:
    others = {id: each for id, each in EXERCISES.items() if each.use is not ExerciseUse.FOOT}
    asked = {"profile": FIT, "calm_weeks": 4, **changes}
    plan = build_week(MONDAY, a_request(exercises={**others, WALK.id: WALK}, **asked))
    assert isinstance(plan, WeekPlan)
    return [b for day in plan.days for b in day.blocks if b.exercise == WALK.id]


def test_walks_barefoot_begin_short_and_get_a_minute_longer_each_calm_week() -> None:
    lengths = [{block.minutes for block in walks(calm_weeks=weeks)} for weeks in (4, 5, 7, 9, 20)]
    assert lengths == [{5.0}, {6.0}, {8.0}, {10.0}, {10.0}]
    assert walks(calm_weeks=6)[0].dose == "7 minutes, once"
    assert len(walks()) <= 2


@pytest.mark.parametrize(
    "changes",
    [
        {"profile": replace(FIT, equipment=frozenset())},
        {"profile": replace(FIT, body_mass_kg=None)},
        {"profile": replace(FIT, body_mass_kg=95.0)},
        {"calm_weeks": 3},
        {"knee": a_knee(pain_running=3.0)},
        {"knee": a_knee(pain_running=None)},
        {"knee": a_knee(pain_daily_life=3.0)},
        {"knee": a_knee(access=PlanAccess.REDUCED)},
    ],
)
def test_without_any_part_of_the_gate_there_is_none(changes: dict[str, Any]) -> None:
    assert walks(**changes) == []
