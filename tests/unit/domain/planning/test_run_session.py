from dataclasses import replace

import pytest

from builders.plan_requests import MONDAY, a_knee, a_request
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.run_session import (
    Repeat,
    RunSession,
    RunStep,
    StepKind,
    run_session,
)
from sidestep.domain.planning.week import BlockKind, Day, DayKind, Turns, WeekPlan

Length = tuple[str, int | None]
"""A step's title, and its metres or seconds."""


def run_day(request: WeekRequest) -> Day:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan), plan
    return next(day for day in plan.days if day.kind is DayKind.RUN)


def session_of(day: Day) -> RunSession:
    session = run_session(day)
    assert session is not None
    return session


def length(step: RunStep) -> Length:
    return step.title, step.seconds if step.distance_m is None else step.distance_m


def parts(session: RunSession) -> list[Length | tuple[int, list[Length]]]:
    return [
        (part.times, [length(step) for step in part.steps])
        if isinstance(part, Repeat)
        else length(part)
        for part in session.parts
    ]


def in_turns(minutes: float, turns: Turns) -> RunSession:
    """Return a run of so many minutes in turns, with two bouts of side steps."""
    day = run_day(a_request())
    blocks = tuple(
        replace(block, minutes=minutes, turns=turns) if block.kind is BlockKind.RUN else block
        for block in day.blocks
    )
    return session_of(replace(day, blocks=blocks))


LEFT, RIGHT = ("Side step left", 30), ("Side step right", 30)


def test_a_run_goes_by_distance_with_side_steps_between_its_pieces() -> None:
    session = session_of(run_day(a_request()))
    assert parts(session) == [
        ("Warm-up walk", None),
        (2, [("Easy run", 1660), LEFT, RIGHT]),
        ("Easy run", 1680),
        ("Stretches", None),
    ]
    assert session.stored_steps == 7
    assert len(session.steps) == 9


def test_a_run_that_hurts_walks_between_and_steps_sideways_once_halfway() -> None:
    session = session_of(run_day(a_request(knee=a_knee(pain_running=3))))
    assert parts(session) == [
        ("Warm-up walk", None),
        (2, [("Run", 240), ("Walk", 60)]),
        ("Run", 240),
        ("Walk", 30),
        ("Side step left", 20),
        ("Side step right", 20),
        ("Walk", 30),
        ("Run", 240),
        ("Walk", 60),
        ("Run", 60),
        ("Stretches", None),
    ]


def test_the_first_session_back_steps_sideways_in_its_walking_breaks() -> None:
    session = session_of(run_day(a_request(runs=())))
    assert parts(session) == [
        ("Warm-up walk", None),
        (2, [("Run", 180), ("Walk", 60), LEFT, RIGHT, ("Walk", 60)]),
        ("Run", 180),
        ("Walk", 84),
        ("Stretches", None),
    ]


@pytest.mark.parametrize(
    ("minutes", "inside"),
    [
        # A rest too short to be a step of its own joins the one before it.
        (10.2, [(2, [("Run", 180), ("Walk", 60), LEFT, RIGHT, ("Walk", 60)])]),
        # Only one break: both bouts come in it, and in the last one where no other is left.
        (8.0, [("Run", 180), ("Walk", 60), (2, [LEFT, RIGHT]), ("Walk", 60), ("Run", 180)]),
        (4.0, [("Run", 180), ("Walk", 30), (2, [LEFT, RIGHT]), ("Walk", 30)]),
        # No break at all: the running is parted.
        (3.0, [(2, [("Run", 60), LEFT, RIGHT]), ("Run", 60)]),
    ],
)
def test_side_steps_stay_inside_however_short_the_run_is(
    minutes: float, inside: list[object]
) -> None:
    session = in_turns(minutes, Turns(run_min=3, walk_min=2))
    if minutes == 10.2:
        assert session.steps[-2].seconds == 120 + 12
        return
    assert parts(session)[1:-1] == inside


def test_notes_tell_the_stretches_the_effort_and_the_gentlest_side_steps() -> None:
    session = session_of(run_day(a_request(knee=a_knee(pain_running=3))))
    notes = {step.title: step.notes for step in session.steps}
    assert notes["Warm-up walk"][0] == (
        "First your stretches: groin once 20 s, quadriceps once 20 s."
    )
    assert notes["Run"][:3] == (
        "No further than 3.5 km.",
        "easy_effort is 4.",
        "running_pain_max is 2.",
    )
    assert notes["Side step left"] == ("At walking pace.", "shuffle_bouts_sore is 1.", "Slowly.")
    assert notes["Stretches"] == ("groin 2 × 10, quadriceps 2 × 10.",)


def test_a_day_without_a_run_has_no_session() -> None:
    plan = build_week(MONDAY, a_request())
    assert isinstance(plan, WeekPlan)
    idle = [day for day in plan.days if day.kind is not DayKind.RUN]
    assert idle
    assert [run_session(day) for day in idle] == [None] * len(idle)


def test_what_does_not_come_again_is_no_repeat() -> None:
    session = session_of(run_day(a_request(runs=())))
    kinds = [part.kind for part in session.parts if isinstance(part, RunStep)]
    assert kinds == [StepKind.WARM_UP, StepKind.RUN, StepKind.WALK, StepKind.STRETCH]
