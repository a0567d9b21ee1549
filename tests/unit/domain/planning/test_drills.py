"""A drill inside one easy run of a week, once the knee is calm; never instead of side steps."""

from dataclasses import replace
from typing import Any

import pytest

from builders.plan_requests import (
    EXERCISES,
    MONDAY,
    THREE_A_WEEK,
    a_knee,
    a_request,
    an_exercise,
    past_runs,
)
from builders.workout_decoders import decode_with_python_sdk
from sidestep.adapters.activity_files.fit_workout import encode_workout
from sidestep.adapters.activity_files.workout_text import encode_workout_text
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.exercise import Dose, ExerciseUse
from sidestep.domain.planning.request import RunnerProfile, WeekRequest
from sidestep.domain.planning.run_session import StepKind, run_session
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, WeekPlan
from sidestep.domain.triage.rules import PlanAccess

CARIOCA = replace(
    an_exercise("carioca", ExerciseUse.DRILL, level=2, stop_above_pain=2),
    title="Carioca (cross-over steps)",
    dose=Dose(sets=2, hold_s=20, is_per_side=True, minutes=1.5, in_words="2 × 20 s each way"),
)
BOUND = replace(
    an_exercise("bound", ExerciseUse.DRILL, level=3, stop_above_pain=2),
    title="Lateral bound and stick",
)
UNEVEN = past_runs(*((days, 5.0 if days % 3 else 7.0) for days in range(2, 28, 2)))


def a_calm_request(**changes: Any) -> WeekRequest:
    drills = {each.id: each for each in (CARIOCA, BOUND)}
    return a_request(exercises={**EXERCISES, **drills}, **{"calm_weeks": 4, **changes})


def days_of(request: WeekRequest) -> tuple[Day, ...]:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan)
    return plan.days


def drills_of(request: WeekRequest) -> list[tuple[Day, Block]]:
    return [
        (day, block)
        for day in days_of(request)
        for block in day.blocks
        if block.kind is BlockKind.DRILL
    ]


def km(day: Day) -> float:
    return sum(block.distance_km or 0.0 for block in day.blocks)


def test_one_easy_run_has_a_drill_beside_its_side_steps() -> None:
    request = a_calm_request(runs=UNEVEN)
    [(day, drill)] = drills_of(request)
    assert drill.exercise == "carioca"
    assert sum(block.kind is BlockKind.SHUFFLE for block in day.blocks) == 2
    longest = max(days_of(request), key=km)
    assert day.date != longest.date


@pytest.mark.parametrize(
    "changes",
    [
        {"calm_weeks": 3},
        {"knee": a_knee(pain_running=3.0)},
        {"knee": a_knee(pain_running=None)},
        {"knee": a_knee(pain_now=3.0)},
        {"knee": a_knee(access=PlanAccess.REDUCED)},
        {"runs": ()},
        {"avoided": frozenset({"carioca"})},
    ],
)
def test_a_drill_waits_while_anything_asks_for_care(changes: dict[str, Any]) -> None:
    assert drills_of(a_calm_request(**changes)) == []


def test_drills_that_are_open_take_turns_and_the_harder_ones_come_later() -> None:
    def placed(**changes: Any) -> str:
        [(_, block)] = drills_of(a_calm_request(**changes))
        return block.exercise

    assert placed(calm_weeks=5, turn=1) == "carioca"
    assert [placed(calm_weeks=6, turn=turn) for turn in (0, 1, 2)] == [
        "carioca",
        "bound",
        "carioca",
    ]


@pytest.mark.parametrize(
    ("years", "mass_kg", "drill"),
    [(0.3, 104.0, "carioca"), (0.3, None, "carioca"), (0.3, 60.0, "bound"), (3.0, None, "bound")],
)
def test_leaps_are_not_for_who_is_new_and_heavy_or_may_be(
    years: float, mass_kg: float | None, drill: str
) -> None:
    request = a_calm_request(
        calm_weeks=6,
        turn=1,
        knee=a_knee(years_running=years),
        profile=RunnerProfile(body_mass_kg=mass_kg, height_cm=170.0),
    )
    [(_, block)] = drills_of(request)
    assert block.exercise == drill


def test_a_drill_comes_only_where_there_is_time_for_it() -> None:
    [(day, block)] = drills_of(a_calm_request(runs=THREE_A_WEEK))
    run_minutes = sum(each.minutes for each in day.blocks if each.kind.is_of_a_run)
    short = RunnerProfile(minutes=int(run_minutes))
    for day in days_of(a_calm_request(profile=short)):
        if day.kind is DayKind.RUN:
            assert day.minutes <= short.minutes_for(0) + 0.06
    assert block.minutes == CARIOCA.dose.minutes


def test_a_drill_is_a_step_of_its_own_after_the_first_side_steps_on_the_watch() -> None:
    [(day, _)] = drills_of(a_calm_request())
    session = run_session(day)
    assert session is not None
    kinds = [step.kind for step in session.steps]
    at = kinds.index(StepKind.DRILL)
    assert kinds.count(StepKind.DRILL) == 1
    assert kinds[at - 2 : at + 2] == [
        StepKind.SIDE_STEPS,
        StepKind.SIDE_STEPS,
        StepKind.DRILL,
        StepKind.RUN,
    ]
    step = session.steps[at]
    assert (step.title, step.seconds) == ("Carioca", 80)
    written = decode_with_python_sdk(encode_workout(session))
    assert "Carioca" in [each.get("wkt_step_name") for each in written.steps]
    assert "Carioca: 2 × 20 s each way" in encode_workout_text(session).decode()


def test_a_drill_that_is_counted_ends_when_she_says_so() -> None:
    [(day, _)] = drills_of(a_calm_request(calm_weeks=6, turn=1))
    session = run_session(day)
    assert session is not None
    step = next(each for each in session.steps if each.kind is StepKind.DRILL)
    assert (step.title, step.seconds, step.distance_m) == ("Lateral bound", None, None)
    assert "Press lap to go on." in step.notes
