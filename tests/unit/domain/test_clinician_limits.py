"""A clinician's limits: each holds, each is named, and none ever gives more."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from builders.plan_requests import MONDAY, a_knee, a_request
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.clinician import ClinicianLimits
from sidestep.domain.planning.edits import MoveRun, SetLength, SwapExercise
from sidestep.domain.planning.horizon import Horizon, plan_weeks, runs_of
from sidestep.domain.planning.request import Goal, GroupClass, RunnerProfile, WeekRequest
from sidestep.domain.planning.try_edit import Refused, try_edit
from sidestep.domain.planning.week import BlockKind, DayKind, WeekPlan


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def asked(profile: RunnerProfile | None = None, **limits: Any) -> WeekRequest:
    profile = profile or RunnerProfile()
    return a_request(profile=replace(profile, clinician=ClinicianLimits(**limits)))


def planned(request: WeekRequest) -> WeekPlan:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan)
    return plan


def done(plan: WeekPlan) -> set[str]:
    return {block.exercise for day in plan.days for block in day.blocks}


def test_there_is_no_run_before_the_day() -> None:
    plan = planned(asked(no_running_until=on(3)))
    assert runs_of(plan)
    assert all(run.on >= on(3) for run in runs_of(plan))
    assert plan.limits[0].says == "Your clinician's limit: no running until 26 November 2026."
    assert not plan.limits[0].is_editable


def test_days_before_it_was_told_are_left_as_they_were() -> None:
    plan = planned(asked(since=on(2), no_running_until=on(9)))
    assert all(run.on < on(2) for run in runs_of(plan))
    assert runs_of(plan)


def test_a_week_without_running_keeps_its_other_work_and_says_why() -> None:
    plan = planned(asked(no_running_until=on(30)))
    assert not runs_of(plan)
    assert any(block.kind is BlockKind.LATERAL for day in plan.days for block in day.blocks)
    assert "clinician_no_running" in {note.rule for note in plan.notes}


def test_days_she_cannot_run_beside_days_she_may_not_are_no_collision() -> None:
    plan = planned(asked(RunnerProfile(not_on=frozenset({3, 4, 5, 6})), no_running_until=on(3)))
    assert not runs_of(plan)


@pytest.mark.parametrize("limits", [{"longest_run_km": 3.0}, {"longest_run_min": 18}])
def test_no_run_is_longer_and_that_is_its_reason(limits: dict[str, Any]) -> None:
    plan = planned(asked(**limits))
    assert max(run.distance_km for run in runs_of(plan)) == 3.0
    whys = {b.why.rule for day in plan.days for b in day.blocks if b.kind is BlockKind.RUN}
    assert whys == {"clinician_longest_run"}


def test_a_length_too_short_to_run_pauses_running() -> None:
    assert not runs_of(planned(asked(longest_run_min=2)))


@pytest.mark.parametrize(("own", "theirs", "holds"), [(None, 2, 2), (2, 4, 2), (3, 1, 1)])
def test_of_two_limits_the_stricter_wins(own: int | None, theirs: int, holds: int) -> None:
    plan = planned(asked(RunnerProfile(running_days_max=own), running_days_max=theirs))
    assert len(runs_of(plan)) == holds


def test_jumping_and_sideways_sport_are_left_out_and_the_class_with_them() -> None:
    profile = RunnerProfile(
        equipment=frozenset({"frisbee_team"}), group_class=GroupClass(weekday=2, minutes=45)
    )
    plan = planned(asked(profile, no_jumping=True))
    assert not done(plan) & {"ultimate", "side_walk", "group_class"}
    assert any("Your group class" in note.says for note in plan.notes)


def test_what_is_not_to_be_done_is_nowhere() -> None:
    plan = planned(asked(not_doing=frozenset({"strength", "clam", "side_steps"})))
    kinds = {block.kind for day in plan.days for block in day.blocks}
    assert "clam" not in done(plan)
    assert not kinds & {BlockKind.STRENGTH, BlockKind.SHUFFLE}
    assert BlockKind.LATERAL in kinds


def test_without_any_side_work_days_off_carry_what_is_left_and_rest_says_why() -> None:
    plan = planned(asked(not_doing=frozenset({"side_work"})))
    off = [day for day in plan.days if day.kind in (DayKind.OFF, DayKind.CROSS)]
    assert off
    on_days_off = {block.kind for day in off for block in day.blocks}
    assert on_days_off & {BlockKind.STRENGTH, BlockKind.FOOT}
    assert BlockKind.LATERAL not in on_days_off
    rests = [day for day in plan.days if day.kind is DayKind.REST]
    assert {block.why.rule for day in rests for block in day.blocks} == {"clinician_not_doing"}


def test_without_any_exercise_the_days_are_for_rest() -> None:
    plan = planned(asked(not_doing=frozenset({"side_work", "strength", "foot_work"})))
    assert {day.kind for day in plan.days} == {DayKind.RUN, DayKind.REST}


def test_no_limit_and_no_note_speaks_of_work_a_clinician_left_out() -> None:
    sore = a_knee(pain_running=4.0)

    def said(*left_out: str) -> set[str]:
        plan = planned(replace(asked(not_doing=frozenset(left_out)), knee=sore))
        return {each.id for each in plan.limits} | {note.rule for note in plan.notes}

    told = {"lateral_exercises", "strength_days", "shuffle_pain_max"}
    assert told <= said("foot_work")
    left = said("side_work", "strength", "side_steps")
    assert not (told | {"other_sport_left_out"}) & left


def test_pain_above_the_ceiling_ends_training() -> None:
    request = asked(pain_max=1)
    sore = replace(request, knee=a_knee(pain_running=2, pain_now=1))
    assert not runs_of(planned(sore))
    sorer = replace(request, knee=a_knee(pain_running=2, pain_now=2))
    plan = planned(sorer)
    assert {day.kind for day in plan.days} == {DayKind.REST}
    whys = {block.why.rule for day in plan.days for block in day.blocks}
    assert whys == {"clinician_pain_max"}
    assert not any("full enough" in note.says for note in plan.notes)


def test_an_edit_beyond_a_limit_names_it() -> None:
    request = asked(no_running_until=on(2), longest_run_km=3.0, not_doing=frozenset({"hydrant"}))
    plan = planned(request)
    run = runs_of(plan)[0].on
    clam = next(d.date for d in plan.days for b in d.blocks if b.exercise == "clam")
    for edit, limit in (
        (MoveRun(on=run, to=MONDAY), "clinician_no_running"),
        (SetLength(on=run, distance_km=4.0), "clinician_longest_run"),
        (SwapExercise(on=clam, exercise="clam", instead="hydrant"), "clinician_not_doing"),
    ):
        refused = try_edit(MONDAY, request, edit)
        assert isinstance(refused, Refused)
        assert [each.id for each in refused.limits] == [limit]


def test_a_goal_longer_than_the_minutes_a_clinician_allows_waits_too() -> None:
    goal = Goal(distance_km=8.0, on=on(40))
    ahead = plan_weeks(MONDAY, 6, asked(RunnerProfile(goal=goal), longest_run_min=36))
    assert isinstance(ahead, Horizon)
    (wish,) = ahead.unmet_wishes
    assert "your clinician's limit comes first" in wish.says


def test_along_the_weeks_it_holds_and_a_goal_beyond_it_waits() -> None:
    goal = Goal(distance_km=8.0, on=on(40))
    request = asked(RunnerProfile(goal=goal), longest_run_km=6.0, no_running_until=on(10))
    ahead = plan_weeks(MONDAY, 6, request)
    assert isinstance(ahead, Horizon)
    runs = [run for week in ahead.weeks for run in runs_of(week.plan)]
    assert runs
    assert all(run.on >= on(10) and run.distance_km <= 6.0 for run in runs)
    assert any("your clinician's limit comes first" in wish.says for wish in ahead.unmet_wishes)
