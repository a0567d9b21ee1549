"""Breaks from sitting: on working days, for who sits long, beside training and not of it."""

from dataclasses import replace
from typing import Any

from builders.plan_requests import EXERCISES, MONDAY, a_knee, a_request, an_exercise
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.exercise import ExerciseUse
from sidestep.domain.planning.request import RunnerProfile
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, WeekPlan

DESK = {
    each.id: each
    for each in (
        an_exercise("march", ExerciseUse.DESK, minutes=1.0),
        an_exercise("squeeze", ExerciseUse.DESK, minutes=1.0),
        replace(
            an_exercise("calf_stretch", ExerciseUse.FOOT),
            also_for=frozenset({ExerciseUse.DESK}),
            stop_above_pain=3,
        ),
        replace(an_exercise("lunge_stretch", ExerciseUse.DESK), is_on_floor=True),
    )
}


def days_of(**changes: Any) -> tuple[Day, ...]:
    request = a_request(exercises={**EXERCISES, **DESK}, **{"sits_long": True, **changes})
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan)
    return plan.days


def breaks_of(day: Day) -> list[Block]:
    return [block for block in day.blocks if block.kind is BlockKind.DESK]


def test_who_sits_long_has_a_break_on_each_working_day_but_those_of_rest() -> None:
    for day in days_of():
        is_due = day.date.weekday() < 5 and day.kind is not DayKind.REST
        assert len(breaks_of(day)) == is_due
        assert not any(block.exercise == "lunge_stretch" for block in day.blocks)


def test_who_does_not_has_none() -> None:
    assert not any(breaks_of(day) for day in days_of(sits_long=False))


def test_two_alternate_and_others_take_a_turn() -> None:
    weeks = [
        {block.exercise for day in days_of(turn=turn) for block in breaks_of(day)}
        for turn in (0, 1)
    ]
    assert weeks[0] == {"march", "squeeze"}
    assert "calf_stretch" in weeks[1]


def test_a_break_says_how_often_and_takes_no_training_time() -> None:
    day = next(day for day in days_of() if breaks_of(day))
    [block] = breaks_of(day)
    assert block.dose == "2 × 10, in 2 breaks"
    assert day.minutes == sum(each.minutes for each in day.blocks) - block.minutes
    short = days_of(profile=RunnerProfile(minutes=15))
    assert all(each.minutes <= 15.06 for each in short)
    assert any(breaks_of(each) for each in short)


def test_what_stops_at_less_pain_is_left_out_and_all_of_it_when_the_knee_rests() -> None:
    sore = days_of(knee=a_knee(pain_now=4.0), turn=1)
    assert not any(block.exercise == "calf_stretch" for day in sore for block in breaks_of(day))
    resting = days_of(knee=a_knee(pain_now=7.0))
    assert not any(breaks_of(day) for day in resting)
