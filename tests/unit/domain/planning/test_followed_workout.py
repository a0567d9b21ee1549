"""Laps of a run held against the steps of a workout."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from builders.followed_workouts import step_laps
from sidestep.domain.activity.recording import StepLap
from sidestep.domain.planning.followed_workout import shows_side_steps
from sidestep.domain.planning.run_session import Repeat, RunStep, StepKind, numbered_steps

WARM_UP = RunStep(kind=StepKind.WARM_UP, title="Warm-up walk")
RUN = RunStep(kind=StepKind.RUN, title="Easy run", distance_m=1200)
LEFT = RunStep(kind=StepKind.SIDE_STEPS, title="Side step left", seconds=30)
RIGHT = RunStep(kind=StepKind.SIDE_STEPS, title="Side step right", seconds=30)
WALK = RunStep(kind=StepKind.WALK, title="Walk", seconds=60)
STRETCH = RunStep(kind=StepKind.STRETCH, title="Stretches")
PARTS = (WARM_UP, Repeat(times=2, steps=(RUN, LEFT, RIGHT)), RUN, WALK, STRETCH)
LAPS = step_laps(PARTS)
FIRST_LEFT, LAST_RIGHT, LAST_WALK = 2, 6, 8


def test_a_repeat_counts_as_a_step_of_its_own_and_its_steps_keep_their_numbers() -> None:
    numbers = [number for number, _ in numbered_steps(PARTS)]
    assert numbers == [0, 1, 2, 3, 1, 2, 3, 5, 6, 7]


def test_a_run_that_went_step_by_step_shows_its_side_steps() -> None:
    assert shows_side_steps(LAPS, PARTS)


def cut_short(place: int, duration_s: float) -> list[StepLap]:
    return step_laps(PARTS, {place: duration_s})


@pytest.mark.parametrize(
    "laps",
    [
        LAPS[: LAST_RIGHT + 1],
        cut_short(0, 1.0),
        cut_short(LAST_WALK, 12.0),
        cut_short(FIRST_LEFT, 29.0),
        cut_short(FIRST_LEFT, 31.0),
        [LAPS[0], *(replace(LAPS[1], duration_s=200.0),) * 2, *LAPS[2:]],
    ],
    ids=[
        "ended after the last of them",
        "hardly walked first",
        "cut the walk",
        "ended a step early",
        "ended a step late",
        "a lap in the middle of a step",
    ],
)
def test_what_is_no_side_step_may_be_shorter(laps: list[StepLap]) -> None:
    assert shows_side_steps(laps, PARTS)


ANOTHER: list[tuple[str, Callable[[], list[StepLap]]]] = [
    ("no laps at all", list),
    ("ended before the last of them", lambda: LAPS[:LAST_RIGHT]),
    ("a side step cut short", lambda: cut_short(FIRST_LEFT, 20.0)),
    ("a side step that lasted longer", lambda: cut_short(LAST_RIGHT, 40.0)),
    ("a walk that lasted longer", lambda: cut_short(LAST_WALK, 90.0)),
    ("begun in the middle", lambda: LAPS[1:]),
    ("a step left out", lambda: [*LAPS[:2], *LAPS[3:]]),
    ("a step too many", lambda: [*LAPS, StepLap(step=8, duration_s=10.0)]),
    ("the numbers of another workout", lambda: [replace(lap, step=0) for lap in LAPS]),
]


@pytest.mark.parametrize("laps", [laps for _, laps in ANOTHER], ids=[name for name, _ in ANOTHER])
def test_anything_else_shows_nothing(laps: Callable[[], list[StepLap]]) -> None:
    assert not shows_side_steps(laps(), PARTS)


def test_a_run_without_side_steps_shows_none() -> None:
    parts = (WARM_UP, RUN, STRETCH)
    assert not shows_side_steps(step_laps(parts), parts)


def test_a_step_twice_in_a_row_is_one_however_it_is_lapped() -> None:
    parts = (WARM_UP, Repeat(times=2, steps=(LEFT,)), STRETCH)
    warm_up, left, again, stretch = step_laps(parts)
    assert left == again
    assert shows_side_steps([warm_up, left, again, stretch], parts)
    assert shows_side_steps([warm_up, replace(left, duration_s=60.0), stretch], parts)
    assert not shows_side_steps([warm_up, left, stretch], parts)
