from datetime import date, timedelta

import pytest

from builders.plan_requests import MONDAY, PARAMETERS, RETURN_PHASES, a_request, past_runs
from sidestep.domain.load.report import WeekTotals
from sidestep.domain.planning.horizon import Horizon, plan_weeks
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import RunLevel, RunnerProfile
from sidestep.domain.planning.return_to_run import ReturnSession, phase_after
from sidestep.domain.planning.used_to import used_to
from sidestep.domain.planning.week import Phase

CLEAN, UNKNOWN, SORE = Step.PROGRESS, Step.HOLD, Step.BACK


@pytest.mark.parametrize(
    ("done", "comes_next"),
    [
        ([(1, 1.6, CLEAN)], 0),
        ([(1, 1.6, CLEAN), (1, 1.6, CLEAN)], 1),
        ([(1, 1.6, CLEAN), (1, 1.6, UNKNOWN)], 0),
        ([(1, 1.6, CLEAN), (1, 1.6, UNKNOWN), (1, 1.6, CLEAN)], 0),
        ([(2, 1.7, CLEAN), (2, 1.8, CLEAN)], 1),
        ([(2, 2.2, CLEAN), (2, 2.4, CLEAN)], 2),
        ([(3, 2.4, CLEAN), (3, 2.4, SORE)], 1),
        ([(1, 1.6, SORE)], 0),
        ([(6, 3.2, CLEAN), (6, 3.2, CLEAN)], None),
    ],
)
def test_the_phase_that_comes_next(
    done: list[tuple[int, float, Step]], comes_next: int | None
) -> None:
    sessions = [
        ReturnSession(on=MONDAY + timedelta(days=2 * n), phase=phase, distance_km=km, step=step)
        for n, (phase, km, step) in enumerate(done)
    ]
    assert phase_after(sessions, RETURN_PHASES, clean_sessions=2) == comes_next


def test_a_session_that_fills_the_minutes_is_whole() -> None:
    short = [
        ReturnSession(on=MONDAY, phase=4, distance_km=1.5, step=CLEAN, fills_minutes=fills)
        for fills in (False, True)
    ]
    assert phase_after([short[0], short[0]], RETURN_PHASES, clean_sessions=2) == 3
    assert phase_after(short, RETURN_PHASES, clean_sessions=2) == 4


def a_week(runs: int, distance_km: float, longest_km: float) -> WeekTotals:
    return WeekTotals(
        ends_on=date(2026, 11, 22),
        runs=runs,
        running_days=runs,
        non_running_days=7 - runs,
        days_without_data=0,
        distance_km=distance_km,
        duration_s=0.0,
        ascent_m=None,
        descent_m=None,
        longest_km=longest_km,
    )


def test_what_she_was_used_to_is_her_best_four_weeks_in_a_row() -> None:
    rules = Rules(PARAMETERS)
    good, poor, none = a_week(3, 20.0, 10.0), a_week(1, 3.0, 3.0), a_week(0, 0.0, 0.0)
    level = used_to([poor, good, good, good, good, poor, none], rules)
    assert level is not None
    assert (level.runs, level.easy_km, level.long_km) == (3, 5.0, 10.0)
    assert used_to([good, good, good, none, good], rules) is None
    assert used_to([good], rules) is None


def test_runs_that_fill_the_minutes_do_not_seem_to_grow_every_other_week() -> None:
    two_a_week = past_runs(*((days, 2.0) for days in (2, 5, 9, 12, 16, 19, 23, 26)))
    used_to_runs = RunLevel(runs=2, easy_km=2.0, long_km=2.0, why=own_why("used_to", "2 km"))
    request = a_request(runs=two_a_week, profile=RunnerProfile(minutes=15), used_to=used_to_runs)
    plan = plan_weeks(MONDAY, 6, request)
    assert isinstance(plan, Horizon)
    assert len({week.distance_km for week in plan.weeks}) == 1
    assert {week.phase for week in plan.weeks} == {Phase.KEEP}
