"""Laws of the workouts of any week: decoders agree, and nothing is longer than planned."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.followed_workouts import step_laps
from builders.plan_requests import MONDAY
from builders.plan_strategies import requests
from builders.workout_decoders import (
    Message,
    NodeSdk,
    decode_with_fitfast,
    decode_with_python_sdk,
)
from builders.workout_text_reader import TextRepeat, TextStep, read_workout_text
from sidestep.adapters.activity_files.fit_workout import encode_workout
from sidestep.adapters.activity_files.workout_text import encode_workout_text
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.followed_workout import shows_side_steps
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.run_session import RunSession, StepKind, run_session
from sidestep.domain.planning.week import BlockKind, Day, DayKind, WeekPlan

MOVING = {StepKind.RUN, StepKind.WALK}
MOST_STEPS = 50


@pytest.fixture(scope="module")
def node() -> Iterator[NodeSdk]:
    sdk = NodeSdk()
    yield sdk
    sdk.close()


def run_days(request: WeekRequest) -> list[tuple[Day, RunSession]]:
    plan = build_week(MONDAY, request)
    days = plan.days if isinstance(plan, WeekPlan) else ()
    found = [(day, session) for day in days if (session := run_session(day)) is not None]
    assert [day for day, _ in found] == [day for day in days if day.kind is DayKind.RUN]
    return found


@settings(max_examples=60)
@given(request_=requests())
def test_three_decoders_agree_on_every_run(node: NodeSdk, request_: WeekRequest) -> None:
    for _, session in run_days(request_):
        content = encode_workout(session)
        read = decode_with_python_sdk(content)
        assert read == node.decode(content) == decode_with_fitfast(content)
        assert read.workout["num_valid_steps"] == len(read.steps) == session.stored_steps


def as_stored(parts: tuple[TextStep | TextRepeat, ...]) -> list[tuple[TextStep | None, Message]]:
    """Return the steps of a text in the rows of a FIT file, each with what it should hold there."""
    rows: list[tuple[TextStep | None, Message]] = []
    for part in parts:
        first = len(rows)
        steps = part.steps if isinstance(part, TextRepeat) else (part,)
        for step in steps:
            if step.is_open:
                rows.append((step, {"duration_type": "open"}))
            elif step.metres is not None:
                rows.append((step, length("distance", step.metres * 100)))
            else:
                rows.append((step, length("time", (step.seconds or 0) * 1000)))
        if isinstance(part, TextRepeat):
            again = length("repeat_until_steps_cmplt", first)
            rows.append((None, {**again, "target_value": part.times}))
    return rows


def length(kind: str, value: int) -> Message:
    return {"duration_type": kind, "duration_value": value}


@settings(max_examples=120)
@given(request_=requests())
def test_the_text_of_a_run_holds_the_steps_of_its_workout_file(request_: WeekRequest) -> None:
    for _, session in run_days(request_):
        stored = decode_with_fitfast(encode_workout(session)).steps
        written = as_stored(read_workout_text(encode_workout_text(session).decode()).parts)
        for (step, holds), row in zip(written, stored, strict=True):
            shared = ("duration_type", "duration_value", "target_value")
            assert {name: row[name] for name in shared if name in row} == holds
            if step is not None:
                name = row["wkt_step_name"]
                assert step.cue == name or step.cue.startswith(f"{name}: ")


@settings(max_examples=120)
@given(request_=requests())
def test_all_that_a_step_says_is_in_its_text(request_: WeekRequest) -> None:
    for _, session in run_days(request_):
        text = encode_workout_text(session).decode()
        for step in session.steps:
            for sentence in step.notes:
                assert sentence in text or sentence == "Press lap to go on."


@settings(max_examples=120)
@given(request_=requests(), cut=st.floats(0.0, 0.9), at=st.integers(0, 100))
def test_a_run_that_went_step_by_step_shows_its_side_steps_and_one_cut_short_does_not(
    request_: WeekRequest, cut: float, at: int
) -> None:
    for day, session in run_days(request_):
        laps = step_laps(session.parts)
        has_side_steps = any(block.kind is BlockKind.SHUFFLE for block in day.blocks)
        assert shows_side_steps(laps, session.parts) is has_side_steps
        kinds = [step.kind for step in session.steps]
        sideways = [place for place, kind in enumerate(kinds) if kind is StepKind.SIDE_STEPS]
        if sideways:
            short = sideways[at % len(sideways)]
            laps[short] = replace(laps[short], duration_s=laps[short].duration_s * cut)
            assert not shows_side_steps(laps, session.parts)


@settings(max_examples=120)
@given(request_=requests())
def test_a_run_is_as_long_as_planned(request_: WeekRequest) -> None:
    for day, session in run_days(request_):
        run = next(block for block in day.blocks if block.kind is BlockKind.RUN)
        moving = [step for step in session.steps if step.kind in MOVING]
        distances_m = [step.distance_m for step in moving if step.distance_m is not None]
        seconds = [step.seconds for step in moving if step.seconds is not None]
        assert all(distance_m > 0 for distance_m in distances_m)
        assert all(length_s > 0 for length_s in seconds)
        if run.turns is None:
            assert run.distance_km is not None
            assert not seconds
            assert sum(distances_m) == round(run.distance_km * 1000)
        else:
            assert not distances_m
            assert sum(seconds) == round(run.minutes * 60)


@settings(max_examples=120)
@given(request_=requests())
def test_side_steps_come_inside_the_run_as_often_as_planned(request_: WeekRequest) -> None:
    for day, session in run_days(request_):
        steps = session.steps
        for block in day.blocks:
            if block.kind is BlockKind.SHUFFLE:
                assert block.bouts is not None
                side = block.exercise.rpartition("_")[2]
                bouts = [step for step in steps if step.title == f"Side step {side}"]
                assert len(bouts) == block.bouts.count
                assert {step.seconds for step in bouts} == {round(block.bouts.bout_s)}
        inside = [step.kind for step in steps if step.kind in {*MOVING, StepKind.SIDE_STEPS}]
        assert inside[0] is StepKind.RUN
        assert inside[-1] in MOVING


@settings(max_examples=120)
@given(request_=requests())
def test_walking_and_running_take_turns_and_a_workout_stays_short(request_: WeekRequest) -> None:
    for day, session in run_days(request_):
        run = next(block for block in day.blocks if block.kind is BlockKind.RUN)
        assert session.stored_steps <= MOST_STEPS
        if run.turns is not None:
            runs = [step.seconds for step in session.steps if step.kind is StepKind.RUN]
            assert max(each or 0 for each in runs) < run.turns.run_min * 60 + 30
            kinds = [step.kind for step in session.steps]
            assert all({one, other} != {StepKind.RUN} for one, other in pairwise(kinds))
        assert session.steps[0].kind is StepKind.WARM_UP
        assert session.steps[-1].kind is StepKind.STRETCH
