"""Claim: a week is planned in under a tenth of a second, the hardest one we know of included.

The hard case leaves the planner every choice: seven free days without an end to the minutes, a
run on each of the last 45 days with lengths that make the ceiling bind, a wish for the long run
and every piece of equipment. Beside it a week with 15 minutes a day, and one that collides. Usage:
``python benchmarks/plan_week.py [--rounds 20]``.
"""

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.request import (
    EQUIPMENT,
    KneeState,
    PastRun,
    RunnerProfile,
    WeekRequest,
)
from sidestep.domain.planning.week import NoWeek, WeekPlan
from sidestep.domain.triage.rules import PlanAccess
from sidestep.services.ports import Knowledge

MONDAY = date(2026, 11, 23)
DAYS_OF_HISTORY = 45


def main() -> None:
    rounds = _options().rounds
    with tempfile.TemporaryDirectory() as scratch:
        knowledge = Wiring(load_settings(Path(scratch))).knowledge
    hard = _hard_case(knowledge)
    short = replace(hard, profile=RunnerProfile(minutes=15))
    colliding = replace(hard, profile=RunnerProfile(not_on=frozenset(range(7))))
    for name, request, expected in (
        ("every choice open", hard, WeekPlan),
        ("15 minutes a day", short, WeekPlan),
        ("limits that collide", colliding, NoWeek),
    ):
        times_s = []
        for _ in range(rounds):
            started = time.perf_counter()
            week = build_week(MONDAY, request)
            times_s.append(time.perf_counter() - started)
        assert isinstance(week, expected)
        print(
            f"{name:<20} {1000 * statistics.median(times_s):6.1f} ms median of {rounds}, "
            f"slowest {1000 * max(times_s):.1f} ms"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    return parser.parse_args()


def _hard_case(knowledge: Knowledge) -> WeekRequest:
    """Build a request that leaves as many choices of days and lengths as the rules allow."""
    runs = tuple(
        PastRun(on=MONDAY - timedelta(days=ago), distance_km=5.0 + ago % 7 + 0.1 * ago)
        for ago in range(1, DAYS_OF_HISTORY + 1)
    )
    return WeekRequest(
        as_of=MONDAY - timedelta(days=1),
        profile=RunnerProfile(equipment=EQUIPMENT, running_days_max=5, long_run_on=5),
        knee=KneeState(
            access=PlanAccess.ALLOWED,
            has_front_pattern=True,
            has_outer_pattern=True,
            pain_running=1.0,
            pain_now=0.0,
            pain_daily_life=0.0,
            years_running=5.0,
        ),
        recent_runs=runs,
        exercises=knowledge.exercises,
        cross_training=knowledge.cross_training,
        parameters={**knowledge.load, **knowledge.plans},
        pace_min_per_km=6.0,
    )


if __name__ == "__main__":
    main()
