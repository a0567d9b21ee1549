"""Laws of weeks ahead, checked along the whole plan by arithmetic of their own.

An example is a dozen solved weeks, so they are few and the same ones each time.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.plan_requests import MONDAY, NUMBERS, RETURN_PHASES, a_knee, a_request, past_runs
from builders.plan_strategies import requests
from sidestep.domain.planning.horizon import Horizon, PlannedWeek, plan_weeks, runs_of
from sidestep.domain.planning.request import Goal, PastRun, WeekRequest
from sidestep.domain.planning.week import BlockKind, DayKind, NoWeek, Phase
from sidestep.domain.triage.rules import PlanAccess

WEEKS = 6
goals = st.none() | st.builds(
    lambda km, days: Goal(distance_km=km, on=MONDAY + timedelta(days=days)),
    st.sampled_from([5.0, 10.0, 21.1]),
    st.integers(3, 80),
)


def with_goal(request: WeekRequest, goal: Goal | None) -> WeekRequest:
    return replace(request, profile=replace(request.profile, goal=goal))


def weeks_of(plan: Horizon | NoWeek) -> tuple[PlannedWeek, ...]:
    return plan.weeks if isinstance(plan, Horizon) else ()


def longest_before(on: date, runs: list[PastRun]) -> float | None:
    first = on - timedelta(days=30)
    return max((run.distance_km for run in runs if first <= run.on < on), default=None)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(requests(), goals)
def test_every_limit_holds_along_the_whole_plan(request: WeekRequest, goal: Goal | None) -> None:
    so_far = [run for run in request.recent_runs if run.distance_km > 0]
    chosen = request.profile.running_days_max
    for week in weeks_of(plan_weeks(MONDAY, WEEKS, with_goal(request, goal))):
        kinds = [day.kind for day in week.plan.days]
        assert kinds.count(DayKind.RUN) <= (4 if chosen is None else chosen)
        assert DayKind.REST in kinds
        for day in week.plan.days:
            assert day.kind is not DayKind.OFF or any(
                block.kind is BlockKind.LATERAL for block in day.blocks
            )
            if day.date.weekday() in request.profile.not_on:
                assert day.kind is DayKind.REST
        for run in runs_of(week.plan):
            longest_km = longest_before(run.on, so_far)
            if longest_km is None:
                assert run.distance_km <= RETURN_PHASES[0].distance_km + 1e-6
            else:
                assert run.distance_km <= NUMBERS["next_run_cap_ratio"] * longest_km + 1e-6
            so_far.append(run)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(requests(), goals, st.integers(0, 10), st.integers(0, 10))
def test_worse_pain_makes_no_week_of_the_plan_harder(
    request: WeekRequest, goal: Goal | None, one: int, other: int
) -> None:
    mild, worse = (
        weeks_of(plan_weeks(MONDAY, WEEKS, with_pain(with_goal(request, goal), float(pain))))
        for pain in sorted((one, other))
    )
    for milder, sorer in zip(mild, worse, strict=False):
        assert sorer.distance_km <= milder.distance_km + 1e-6


@pytest.mark.parametrize(("days_ago", "km"), [(24, 1.7), (20, 1.7), (27, 2.5), (24, 3.0), (5, 3.0)])
def test_a_pause_ends_in_no_more_than_a_calm_knee_would_have_run(days_ago: int, km: float) -> None:
    request = a_request(runs=past_runs((days_ago, km)))
    mild, sore = (weeks_of(plan_weeks(MONDAY, WEEKS, with_pain(request, pain))) for pain in (1, 7))
    assert [week.distance_km for week in sore][:2] == [0, 0]
    for milder, sorer in zip(mild, sore, strict=True):
        assert sorer.distance_km <= milder.distance_km + 1e-6


@settings(max_examples=8, deadline=None, derandomize=True)
@given(requests(), st.sampled_from([0.0, 1.0, 2.0]))
def test_a_missing_answer_makes_no_week_of_the_plan_harder(
    request: WeekRequest, pain: float
) -> None:
    known = weeks_of(plan_weeks(MONDAY, WEEKS, with_pain(request, pain)))
    unknown = weeks_of(plan_weeks(MONDAY, WEEKS, with_pain(request, None)))
    for told, untold in zip(known, unknown, strict=False):
        assert untold.distance_km <= told.distance_km + 1e-6


@settings(max_examples=8, deadline=None, derandomize=True)
@given(requests(), goals)
def test_a_light_plan_stays_light_until_the_knee_is_checked_again(
    request: WeekRequest, goal: Goal | None
) -> None:
    assert request.knee is not None
    knee = replace(request.knee, access=PlanAccess.REDUCED)
    for week in weeks_of(plan_weeks(MONDAY, WEEKS, replace(with_goal(request, goal), knee=knee))):
        assert week.phase in (Phase.CALM, Phase.RETURN)
        assert sum(day.kind is DayKind.RUN for day in week.plan.days) <= 3


@settings(max_examples=8, deadline=None, derandomize=True)
@given(requests(), goals)
def test_the_first_week_is_the_week_planned_alone_and_the_plan_is_the_same_again(
    request: WeekRequest, goal: Goal | None
) -> None:
    wished = with_goal(request, goal)
    plan = plan_weeks(MONDAY, 3, wished)
    assert plan == plan_weeks(MONDAY, 3, wished)
    alone = plan_weeks(MONDAY, 1, wished)
    assert weeks_of(alone)[:1] == weeks_of(plan)[:1]


def with_pain(request: WeekRequest, pain: float | None) -> WeekRequest:
    assert request.knee is not None
    changed: dict[str, Any] = {"pain_running": pain}
    return replace(request, knee=replace(request.knee, **changed))


def test_who_has_to_pause_begins_no_further_on_than_who_was_only_sore() -> None:
    sore, paused = (
        weeks_of(plan_weeks(MONDAY, WEEKS, a_request(runs=(), knee=a_knee(pain_running=pain))))
        for pain in (4.0, 7.0)
    )
    for milder, worse in zip(sore, paused, strict=True):
        assert worse.distance_km <= milder.distance_km + 1e-6
    assert [week.distance_km for week in paused[:2]] == [0.0, 0.0]
    assert paused[2].distance_km > 0
