"""A kept week is read back as it was planned, with what a watch needs of its runs."""

import json
from datetime import timedelta

import pytest

from builders.days_told import MONDAY, RULES, a_planned_week
from builders.plan_requests import a_request, past_runs
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.run_session import run_session
from sidestep.domain.planning.week import WeekPlan
from sidestep.services.week.kept_week import days_of, kept_week_of, limits_of, notes_of
from sidestep.services.week.plan_week import plan_and_keep
from sidestep.services.week.week_document import week_document

BACK_TO_RUNNING = a_request(runs=past_runs((40, 1.8)), return_phase=2)


@pytest.mark.parametrize("request_", [a_request(), BACK_TO_RUNNING], ids=["runs", "walk_run"])
def test_a_week_is_read_back_as_it_was_planned(request_: WeekRequest) -> None:
    plan = build_week(MONDAY, request_)
    assert isinstance(plan, WeekPlan)
    kept = json.loads(json.dumps(week_document(plan, {})))
    assert days_of(kept) == plan.days
    assert limits_of(kept) == plan.limits
    assert notes_of(kept) == plan.notes
    sessions = [session for day in plan.days if (session := run_session(day)) is not None]
    assert [run_session(day) for day in days_of(kept) if run_session(day)] == sessions
    assert any(block.turns or block.bouts for day in plan.days for block in day.blocks)


def test_looking_back_on_a_week_does_not_change_what_was_kept_of_it() -> None:
    store, at, _ = a_planned_week()
    kept = kept_week_of(store, MONDAY)
    at.day = MONDAY + timedelta(days=8)
    plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    assert kept_week_of(store, MONDAY) == kept
    at.day = MONDAY + timedelta(days=6)
    plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    again = kept_week_of(store, MONDAY)
    assert again is not None
    assert days_of(again)[:6] == days_of(kept or {})[:6]
