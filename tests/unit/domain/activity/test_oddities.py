"""What is asked about before it is counted, and what is not."""

from datetime import UTC, datetime

import numpy as np
import pytest

from builders.recordings import northward_deg, recording_of, steady_columns, steady_run
from sidestep.domain.activity.cleaning import clean_recording
from sidestep.domain.activity.oddities import find_oddities
from sidestep.domain.activity.recording import Recording
from sidestep.domain.vocabulary.sport import Sport


def codes(recording: Recording) -> list[str]:
    return [oddity.code for oddity in find_oddities(clean_recording(recording))]


def row(distance_km: float | None, minutes: float | None, **more: object) -> Recording:
    distance_m = None if distance_km is None else distance_km * 1000.0
    duration_s = None if minutes is None else minutes * 60.0
    return recording_of(None, distance_m=distance_m, duration_s=duration_s, **more)


def test_an_ordinary_run_is_not_asked_about() -> None:
    assert codes(steady_run()) == []


@pytest.mark.parametrize(
    ("distance_km", "minutes"), [(0.1, 9.6 / 60), (5.0, 12.6), (10.0, 26.2), (42.2, 120.6)]
)
def test_a_world_record_is_not_asked_about(distance_km: float, minutes: float) -> None:
    assert codes(row(distance_km, minutes)) == []


@pytest.mark.parametrize(("distance_km", "minutes"), [(42.0, 35.0), (10.0, 24.0), (1.0, 1.5)])
def test_faster_than_anyone_runs_is_asked_about(distance_km: float, minutes: float) -> None:
    assert codes(row(distance_km, minutes)) == ["faster_than_anyone"]


def test_the_question_names_the_numbers() -> None:
    (oddity,) = find_oddities(clean_recording(row(42.0, 35.0)))
    assert oddity.message == (
        "42.0 km in 35 min is faster than anyone runs. Was part of it a drive or a ride?"
    )


def test_a_ride_home_after_the_run_is_asked_about() -> None:
    time_s = np.arange(0.0, 3001.0)
    distance_m = np.where(time_s <= 2400.0, 2.5 * time_s, 6000.0 + 14.0 * (time_s - 2400.0))
    recording = recording_of({"time_s": time_s, "distance_m": distance_m})
    assert codes(recording) == ["too_fast_for_long"]


def test_a_jump_that_stays_is_asked_about() -> None:
    columns = steady_columns()
    del columns["distance_m"]
    metres = columns["time_s"] * 3.0 + np.where(columns["time_s"] > 300.0, 2000.0, 0.0)
    columns["latitude_deg"] = northward_deg(metres)
    assert codes(recording_of(columns)) == ["position_jump"]


def test_a_fast_bicycle_ride_is_not_asked_about() -> None:
    assert codes(row(42.0, 70.0, sport=Sport.CYCLE)) == []


def test_a_distance_without_time_is_asked_about() -> None:
    assert codes(row(8.0, None)) == ["distance_without_time"]


def test_more_than_a_day_is_asked_about() -> None:
    assert codes(row(60.0, 26 * 60)) == ["longer_than_a_day"]


def test_a_distance_nobody_runs_in_a_day_is_asked_about() -> None:
    assert codes(row(400.0, 23 * 60)) == ["too_far", "faster_than_anyone"]


@pytest.mark.parametrize("year", [1970, 1980, 1989])
def test_a_clock_that_was_never_set_is_asked_about(year: int) -> None:
    recording = steady_run(started_at=datetime(year, 12, 31, tzinfo=UTC))
    (oddity,) = find_oddities(clean_recording(recording))
    assert oddity.code == "unset_clock"
    assert f"31 December {year}" in oddity.message
