"""Laps of a FIT file whose fields hold anything, as developers' fields may."""

from math import inf

import pytest

from sidestep.adapters.activity_files.fit_laps import read_laps
from sidestep.adapters.activity_files.fit_messages import FitMessages
from sidestep.domain.activity.recording import StepLap


def only_lap(**fields: float | str) -> StepLap | None:
    message = {"start_time": 100.0, "timestamp": 140.0, **fields}
    (lap,) = read_laps(FitMessages(others={"lap": (message,)}), 100.0, 200.0)
    return lap.of_workout


def test_a_lap_of_a_workout_has_its_step_and_the_time_on_the_watch() -> None:
    assert only_lap(wkt_step_index=2, total_timer_time=30.0) == StepLap(step=2, duration_s=30.0)


def test_without_a_time_on_the_watch_a_lap_lasts_from_start_to_end() -> None:
    assert only_lap(wkt_step_index=2) == StepLap(step=2, duration_s=40.0)


@pytest.mark.parametrize("step", [inf, -inf, -1.0, 1e300, "two"])
def test_a_step_that_is_no_number_of_one_is_none(step: float | str) -> None:
    assert only_lap(wkt_step_index=step, total_timer_time=30.0) is None


@pytest.mark.parametrize("time_s", [inf, -inf, -30.0])
def test_a_time_that_cannot_be_is_taken_from_start_and_end(time_s: float) -> None:
    assert only_lap(wkt_step_index=2, total_timer_time=time_s) == StepLap(step=2, duration_s=40.0)
