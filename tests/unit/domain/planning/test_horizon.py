"""Weeks ahead of a week that is under way."""

from dataclasses import replace
from datetime import timedelta

from builders.plan_requests import MONDAY, a_knee, a_request
from sidestep.domain.planning.horizon import Horizon, plan_weeks
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.week import Day, DayKind, Phase
from sidestep.domain.triage.rules import PlanAccess


def weeks_of(request: WeekRequest) -> list[tuple[Day, ...]]:
    plan = plan_weeks(MONDAY, 3, request)
    assert isinstance(plan, Horizon)
    return [week.plan.days for week in plan.weeks]


def test_what_was_done_this_week_is_not_taken_off_the_weeks_after_it() -> None:
    whole = a_request(knee=a_knee(pain_running=4))
    this, *after = weeks_of(whole)
    until = MONDAY + timedelta(days=4)
    lived = {day.date: day.kind for day in this if day.date < until}
    ran_on = frozenset(on for on, kind in lived.items() if kind is DayKind.RUN)
    assert ran_on
    under_way = replace(whole, lived_until=until, lived=lived, ran_on=ran_on)
    assert weeks_of(under_way)[1:] == after


def test_one_sore_day_of_a_plan_kept_light_does_not_end_running_for_good() -> None:
    light = a_knee(access=PlanAccess.REDUCED)
    calm, sore = a_request(knee=light), a_request(knee=replace(light, pain_daily_life=7))
    assert not any(day.kind is DayKind.RUN for day in weeks_of(sore)[0])
    weeks = plan_weeks(MONDAY, 8, sore)
    assert isinstance(weeks, Horizon)
    with_runs = [any(day.kind is DayKind.RUN for day in week.plan.days) for week in weeks.weeks]
    assert with_runs[-1]
    lasting = plan_weeks(MONDAY, 8, calm)
    assert isinstance(lasting, Horizon)
    assert {week.phase for week in lasting.weeks} == {Phase.CALM}, "only a knee check ends that"
