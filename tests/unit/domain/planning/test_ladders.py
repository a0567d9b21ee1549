"""Where a person stands on a ladder: up after two clean sessions, back after too much."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from builders.plan_requests import (
    EXERCISES,
    MONDAY,
    OURS,
    PARAMETERS,
    a_knee,
    a_request,
    an_exercise,
)
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.clinician import ClinicianLimits
from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.domain.planning.horizon import Horizon, plan_weeks
from sidestep.domain.planning.ladders import HomeSession, climbed_to, ladders_of, sessions_told
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import RunnerProfile, WeekRequest
from sidestep.domain.planning.today import Present, adapt_day
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, WeekPlan, Why
from sidestep.domain.vocabulary.evidence import Backing, Basis

RULES = Rules(PARAMETERS)
CLEAN, HELD, TOO_MUCH = Step.PROGRESS, Step.HOLD, Step.BACK
LADDER = {
    each.id: each
    for each in (
        replace(an_exercise("bridge", ExerciseUse.STRENGTH), harder_id="one_leg_bridge"),
        replace(
            an_exercise("one_leg_bridge", ExerciseUse.STRENGTH, level=2),
            easier_id="bridge",
            harder_id="long_bridge",
        ),
        replace(
            an_exercise("long_bridge", ExerciseUse.STRENGTH, level=3), easier_id="one_leg_bridge"
        ),
    )
}


def sessions(*done: tuple[str, Step], ends: date = MONDAY) -> tuple[HomeSession, ...]:
    """Sessions one day after the other, the last of them the day before ``ends``."""
    first = ends - timedelta(days=len(done))
    return tuple(
        HomeSession(on=first + timedelta(days=index), exercise=exercise, step=step)
        for index, (exercise, step) in enumerate(done)
    )


def stands_at(*done: tuple[str, Step]) -> str:
    climbed = climbed_to(LADDER, sessions(*done), MONDAY, RULES)
    return next(each for each in reversed(LADDER) if each in climbed)


def test_exercises_that_lead_on_from_each_other_are_a_ladder() -> None:
    ladders = [[each.id for each in ladder] for ladder in ladders_of({**EXERCISES, **LADDER})]
    assert ["bridge", "one_leg_bridge", "long_bridge"] in ladders
    assert ["clam"] in ladders


@pytest.mark.parametrize(
    ("done", "stands"),
    [
        ((), "bridge"),
        ((("bridge", CLEAN),), "bridge"),
        ((("bridge", CLEAN), ("bridge", CLEAN)), "one_leg_bridge"),
        ((("bridge", CLEAN), ("bridge", HELD), ("bridge", CLEAN)), "bridge"),
        ((("bridge", CLEAN),) * 4, "one_leg_bridge"),
        ((*(("bridge", CLEAN),) * 2, *(("one_leg_bridge", CLEAN),) * 2), "long_bridge"),
        ((*(("bridge", CLEAN),) * 2, ("one_leg_bridge", HELD)), "one_leg_bridge"),
        ((*(("bridge", CLEAN),) * 2, ("one_leg_bridge", TOO_MUCH)), "bridge"),
        ((("bridge", TOO_MUCH),), "bridge"),
        ((("long_bridge", HELD),), "long_bridge"),
        ((("long_bridge", CLEAN),) * 5, "long_bridge"),
        ((("squat", CLEAN),) * 2, "bridge"),
    ],
)
def test_a_step_follows_the_sessions_of_that_exercise(
    done: tuple[tuple[str, Step], ...], stands: str
) -> None:
    assert stands_at(*done) == stands


@pytest.mark.parametrize(
    ("steps", "climbs"),
    [
        ((CLEAN,) * 3, False),
        ((CLEAN,) * 4, True),
        ((CLEAN, CLEAN, HELD, CLEAN, CLEAN), False),
        ((CLEAN, CLEAN, TOO_MUCH, CLEAN, CLEAN), False),
    ],
)
def test_a_step_that_rises_by_two_levels_takes_twice_as_many(
    steps: tuple[Step, ...], climbs: bool
) -> None:
    low = replace(an_exercise("lift", ExerciseUse.LATERAL), harder_id="copenhagen")
    high = replace(an_exercise("copenhagen", ExerciseUse.LATERAL, level=3), easier_id="lift")
    done = sessions(*(("lift", step) for step in steps))
    climbed = climbed_to({"lift": low, "copenhagen": high}, done, MONDAY, RULES)
    assert ("copenhagen" in climbed) == climbs


def test_what_was_done_too_long_ago_or_in_the_week_itself_does_not_count() -> None:
    twice = (("bridge", CLEAN), ("bridge", CLEAN))
    for ends in (MONDAY - timedelta(weeks=12), MONDAY + timedelta(days=2)):
        climbed = climbed_to(LADDER, sessions(*twice, ends=ends), MONDAY, RULES)
        assert "one_leg_bridge" not in climbed


def a_day(*blocks: tuple[BlockKind, str]) -> Day:
    return Day(
        date=MONDAY,
        kind=DayKind.OFF,
        blocks=tuple(
            Block(
                kind=kind,
                exercise=exercise,
                title=exercise,
                dose="",
                minutes=2.0,
                why=RULES.why("exercise_turn_size"),
            )
            for kind, exercise in blocks
        ),
    )


OFF_DAY = a_day(
    (BlockKind.LATERAL, "clam"), (BlockKind.STRENGTH, "bridge"), (BlockKind.FOOT, "calf")
)


@pytest.mark.parametrize(
    ("told", "morning", "done"),
    [
        ({}, 0.0, {}),
        ({"lateral_work": True, "pain_on_exercises": 1}, 0.0, {"clam": CLEAN}),
        (
            {"lateral_work": True, "strength": True, "pain_on_exercises": 2},
            0.0,
            {"clam": CLEAN, "bridge": CLEAN, "calf": CLEAN},
        ),
        ({"strength": True, "pain_on_exercises": 4}, 0.0, {"bridge": HELD}),
        ({"strength": True, "pain_on_exercises": 6}, 0.0, {"bridge": TOO_MUCH}),
        ({"strength": True, "pain_on_exercises": 1}, 3.0, {"bridge": TOO_MUCH}),
        ({"strength": True}, 0.0, {"bridge": HELD}),
        ({"strength": True, "pain_on_exercises": 0}, None, {"bridge": HELD}),
        ({"strength": True, "lateral_work": False, "pain_on_exercises": 0}, 0.0, {"bridge": CLEAN}),
    ],
)
def test_a_tick_stands_for_what_was_planned_and_unknown_is_not_clean(
    told: dict[str, float | bool], morning: float | None, done: dict[str, Step]
) -> None:
    check_in = CheckIn(on=MONDAY, pain_this_morning=0, **told)  # type: ignore[arg-type]
    seen = sessions_told(OFF_DAY, check_in, morning, RULES)
    assert {each.exercise: each.step for each in seen} == done


def placed(request: WeekRequest) -> list[str]:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan)
    return [
        block.exercise
        for day in plan.days
        for block in day.blocks
        if block.kind is BlockKind.STRENGTH
    ]


def with_ladder(**changes: Any) -> WeekRequest:
    others = {id: each for id, each in EXERCISES.items() if each.use is not ExerciseUse.STRENGTH}
    return a_request(exercises={**others, **LADDER}, **changes)


TWICE = (("bridge", CLEAN), ("bridge", CLEAN))


def test_a_week_has_the_step_she_climbed_to_and_says_so() -> None:
    assert set(placed(with_ladder())) == {"bridge"}
    climbed = with_ladder(sessions=sessions(*TWICE))
    assert set(placed(climbed)) == {"one_leg_bridge"}
    plan = build_week(MONDAY, climbed)
    assert isinstance(plan, WeekPlan)
    says = {note.rule: note.says for note in plan.notes}["exercise_step_up_sessions"]
    assert "one leg bridge instead of bridge" in says


def test_a_week_goes_back_a_step_after_too_much_and_says_so() -> None:
    before = MONDAY - timedelta(weeks=1)
    done = (*sessions(*TWICE, ends=before), *sessions(("one_leg_bridge", TOO_MUCH)))
    plan = build_week(MONDAY, with_ladder(sessions=done))
    assert isinstance(plan, WeekPlan)
    says = {note.rule: note.says for note in plan.notes}["exercise_step_back"]
    assert "bridge instead of one leg bridge" in says


def test_a_step_up_or_back_is_told_without_the_one_a_clinician_left_out() -> None:
    def notes(left_out: str, *done: HomeSession) -> set[str]:
        clinician = ClinicianLimits(not_doing=frozenset({left_out}))
        profile = RunnerProfile(clinician=clinician)
        plan = build_week(MONDAY, with_ladder(sessions=done, profile=profile))
        assert isinstance(plan, WeekPlan)
        return {note.rule for note in plan.notes}

    assert "exercise_step_up_sessions" not in notes("bridge", *sessions(*TWICE))
    before = MONDAY - timedelta(weeks=1)
    back = (*sessions(*TWICE, ends=before), *sessions(("one_leg_bridge", TOO_MUCH)))
    assert "exercise_step_back" not in notes("one_leg_bridge", *back)


def test_care_and_calm_weeks_alone_give_no_harder_exercise() -> None:
    climbed = sessions(*TWICE)
    sore = a_knee(pain_running=4.0)
    assert set(placed(with_ladder(sessions=climbed, knee=sore))) == {"bridge"}
    assert set(placed(with_ladder(calm_weeks=20))) == {"bridge"}


def test_nothing_gets_harder_while_nothing_grows_and_nothing_is_lost() -> None:
    held = a_knee(hold=Why(rule="six_weeks", says="Nothing grows.", backing=OURS))
    assert set(placed(with_ladder(sessions=sessions(*TWICE), knee=held))) == {"bridge"}
    done = sessions(*TWICE, ("one_leg_bridge", CLEAN), ("one_leg_bridge", CLEAN))
    assert set(placed(with_ladder(sessions=done))) == {"long_bridge"}
    assert set(placed(with_ladder(sessions=done, knee=held))) == {"one_leg_bridge"}


def test_weeks_ahead_climb_as_if_all_went_well_and_only_then() -> None:
    def in_weeks(request: WeekRequest) -> list[set[str]]:
        plan = plan_weeks(MONDAY, 3, request)
        assert isinstance(plan, Horizon)
        return [
            {b.exercise for d in week.plan.days for b in d.blocks if b.kind is BlockKind.STRENGTH}
            for week in plan.weeks
        ]

    assert in_weeks(with_ladder()) == [{"bridge"}, {"one_leg_bridge"}, {"long_bridge"}]
    assert in_weeks(with_ladder(knee=a_knee(pain_running=4.0))) == [{"bridge"}] * 3


def test_exercises_for_the_same_job_take_turns_and_stay_in_between() -> None:
    many: dict[str, Exercise] = {
        each.id: replace(each, backing=Backing(basis=Basis.DESIGN))
        for each in (an_exercise(f"lift_{n}", ExerciseUse.STRENGTH) for n in range(5))
    }
    others = {id: each for id, each in EXERCISES.items() if each.use is not ExerciseUse.STRENGTH}
    request = a_request(exercises={**others, **many}, profile=RunnerProfile(running_days_max=3))
    plan = plan_weeks(MONDAY, 6, request)
    assert isinstance(plan, Horizon)
    weeks = [
        {b.exercise for d in week.plan.days for b in d.blocks if b.kind is BlockKind.STRENGTH}
        for week in plan.weeks
    ]
    assert weeks[0] == weeks[1] == weeks[2]
    assert weeks[3] == weeks[4] == weeks[5]
    assert weeks[0] != weeks[3]
    assert weeks[0] & weeks[3]


def test_a_day_of_few_minutes_still_has_its_short_exercise() -> None:
    laterals = {
        each.id: each
        for each in (
            *(an_exercise(f"lift_{n}", ExerciseUse.LATERAL, minutes=2.5) for n in range(4)),
            an_exercise("short_lift", ExerciseUse.LATERAL, minutes=1.0),
        )
    }
    others = {id: each for id, each in EXERCISES.items() if each.use is not ExerciseUse.LATERAL}

    def placed_at_home(profile: RunnerProfile) -> set[str]:
        plan = build_week(MONDAY, a_request(exercises={**others, **laterals}, profile=profile))
        assert isinstance(plan, WeekPlan)
        return {b.exercise for d in plan.days for b in d.blocks if b.kind is BlockKind.LATERAL}

    assert "short_lift" not in placed_at_home(RunnerProfile())
    short_days = dict.fromkeys((0, 2, 4, 6), 2)
    assert "short_lift" in placed_at_home(RunnerProfile(minutes_on=short_days))


@pytest.mark.parametrize(
    ("planned_step", "shown"), [("long_bridge", "one_leg_bridge"), ("one_leg_bridge", None)]
)
def test_a_card_goes_back_one_step_where_the_week_has_not_yet(
    planned_step: str, shown: str | None
) -> None:
    yesterday = MONDAY - timedelta(days=1)
    told = CheckIn(on=yesterday, strength=True, pain_on_exercises=7.0)
    present = Present(
        check_ins=[told],
        are_signs_open=False,
        pain_before=None,
        eased_run=(),
        exercises=LADDER,
        cross_training={},
        sessions=[HomeSession(on=yesterday, exercise="long_bridge", step=TOO_MUCH)],
    )
    planned_day = a_day((BlockKind.STRENGTH, planned_step))
    memory = replace(PARAMETERS["calm_weeks"], id="pain_memory_days", value=14)
    flare_days = replace(PARAMETERS["calm_weeks"], id="flare_days", value=2)
    rise = replace(PARAMETERS["calm_weeks"], id="pain_change_min", value=2)
    more = {each.id: each for each in (memory, flare_days, rise)}
    day, _ = adapt_day(planned_day, present, Rules({**PARAMETERS, **more}))
    assert [block.exercise for block in day.blocks] == [shown or planned_step]
