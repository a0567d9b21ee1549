"""Claim: nearly every exercise is placed in somebody's twelve weeks, and who gets how many.

Made-up people differ in equipment, causes, pain, days, minutes and sitting; each is planned twelve
weeks ahead, which takes every week as done and taken well. Usage:
``python benchmarks/exercises_placed.py``.
"""

import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.planning.horizon import Horizon, plan_weeks
from sidestep.domain.planning.request import (
    HEALTHY_BARE_FEET,
    KneeState,
    PastRun,
    RunnerProfile,
    WeekRequest,
)
from sidestep.domain.triage.rules import PlanAccess
from sidestep.services.ports import Knowledge

MONDAY = date(2026, 11, 23)
WEEKS = 12
EQUIPMENT = (
    frozenset[str](),
    frozenset({"band"}),
    frozenset({"step", "dumbbell", HEALTHY_BARE_FEET}),
)
CAUSES = ((), ("weak_outer_hips",), ("weak_feet_ankles", "knees_turn_in"), ("only_forwards",))
RUN_EVERY_DAYS = 2
PAINS = (1.0, 4.0)
MINUTES = (None, 15)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        knowledge = Wiring(load_settings(Path(scratch))).knowledge
    placed: Counter[str] = Counter()
    numbers = []
    for request in _people(knowledge):
        plan = plan_weeks(MONDAY, WEEKS, request)
        if not isinstance(plan, Horizon):
            continue
        exercises = {
            block.exercise
            for week in plan.weeks
            for day in week.plan.days
            for block in day.blocks
            if block.exercise in knowledge.exercises
        }
        numbers.append(len(exercises))
        placed.update(exercises)
    never = sorted(set(knowledge.exercises) - set(placed))
    print(f"{len(numbers)} people, {WEEKS} weeks each")
    print(f"{len(placed)} of {len(knowledge.exercises)} exercises are placed for somebody")
    print(
        f"one person's weeks have {min(numbers)} to {max(numbers)} of them, median "
        f"{statistics.median(numbers):.0f}"
    )
    print("never placed:", ", ".join(never))


def _people(knowledge: Knowledge) -> Iterator[WeekRequest]:
    asked_for = {cause.id: frozenset(cause.exercises) for cause in knowledge.causes}
    everybody = product(EQUIPMENT, CAUSES, PAINS, MINUTES, (False, True))
    for equipment, causes, pain, minutes, sits_long in everybody:
        profile = RunnerProfile(
            equipment=equipment, minutes=minutes, body_mass_kg=68.0, height_cm=174.0
        )
        yield replace(
            _request(knowledge, pain),
            profile=profile,
            favoured=frozenset().union(*(asked_for[cause] for cause in causes)),
            sits_long=sits_long,
        )


def _request(knowledge: Knowledge, pain: float) -> WeekRequest:
    runs = tuple(
        PastRun(on=MONDAY - timedelta(days=day), distance_km=4.0 + day % 5)
        for day in range(2, 30, RUN_EVERY_DAYS)
    )
    return WeekRequest(
        as_of=MONDAY - timedelta(days=1),
        profile=RunnerProfile(),
        knee=KneeState(
            access=PlanAccess.ALLOWED,
            pain_running=pain,
            pain_now=1.0,
            pain_daily_life=1.0,
            years_running=3.0,
        ),
        recent_runs=runs,
        exercises={id: each for id, each in knowledge.exercises.items() if each.is_planned},
        cross_training=knowledge.cross_training,
        parameters={**knowledge.load, **knowledge.plans},
        return_phases=knowledge.return_phases,
        pace_min_per_km=6.0,
    )


if __name__ == "__main__":
    main()
