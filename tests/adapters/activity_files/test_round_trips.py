"""What is written is read again, to the resolution of each format."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from builders.activity_bytes import full_run
from builders.recordings import STARTED_AT
from sidestep.adapters.activity_files.fit_sports import fit_from_sport, sport_from_fit
from sidestep.adapters.activity_files.reader import ActivityFiles
from sidestep.adapters.activity_files.writing import write_fit, write_gpx, write_tcx
from sidestep.domain.activity.recording import Lap, Recording, StepLap, Streams
from sidestep.domain.vocabulary.sport import Sport

FIT_STEPS = {
    "time_s": 0.5,
    "latitude_deg": 1e-7,
    "longitude_deg": 1e-7,
    "distance_m": 0.005,
    "speed_m_s": 0.0005,
    "altitude_m": 0.1,
    "heart_rate_bpm": 0.5,
    "cadence_spm": 1 / 128,
    "power_w": 0.5,
    "ground_contact_ms": 0.05,
    "vertical_oscillation_mm": 0.05,
}
GPX_STEPS = {
    "time_s": 0.0006,
    "latitude_deg": 1e-7,
    "longitude_deg": 1e-7,
    "speed_m_s": 0.0006,
    "altitude_m": 0.006,
    "heart_rate_bpm": 0.5,
    "cadence_spm": 1.0,
    "power_w": 0.5,
}
TCX_STEPS = {**GPX_STEPS, "distance_m": 0.006}
RANGES = {
    "latitude_deg": (-89.0, 89.0),
    "longitude_deg": (-179.0, 179.0),
    "distance_m": (0.0, 300_000.0),
    "speed_m_s": (0.0, 20.0),
    "altitude_m": (-400.0, 8_000.0),
    "heart_rate_bpm": (30.0, 230.0),
    "cadence_spm": (130.0, 230.0),
    "power_w": (0.0, 1_500.0),
    "ground_contact_ms": (100.0, 600.0),
    "vertical_oscillation_mm": (20.0, 200.0),
}


def read_one(content: bytes) -> Recording:
    reading = ActivityFiles().read("a file", content)
    assert (reading.loss, reading.skipped) == (None, "")
    (recording,) = reading.recordings
    return recording


@st.composite
def runs(draw: st.DrawFn) -> Recording:
    """Runs with any values, gaps included, that a watch could have recorded."""
    count = draw(st.integers(2, 30))
    steps_s = draw(st.lists(st.integers(1, 20), min_size=count, max_size=count))
    names = draw(st.sets(st.sampled_from(sorted(RANGES))))
    columns = {}
    for name in names | {"latitude_deg", "longitude_deg"}:
        values = st.floats(*RANGES[name])
        may_miss = values if name in ("latitude_deg", "longitude_deg") else values | st.just(np.nan)
        columns[name] = draw(arrays(np.float64, count, elements=may_miss))
    time_s = np.cumsum([0, *steps_s[1:]]).astype(np.float64)
    streams = Streams(time_s=time_s, **columns)
    return Recording(
        started_at=STARTED_AT, sport=Sport.RUN, sport_as_recorded="running", streams=streams
    )


def assert_same(written: Recording, read: Recording, steps: dict[str, float]) -> None:
    assert written.streams is not None
    assert read.streams is not None
    for name, column in written.streams.columns().items():
        if name not in steps or np.isnan(column).all():
            continue
        found = read.streams.columns()[name]
        np.testing.assert_allclose(found, column, rtol=0, atol=steps[name] * 1.0001, err_msg=name)


@given(runs())
@settings(max_examples=60, deadline=None)
def test_fit_gives_back_every_stream(run: Recording) -> None:
    assert_same(run, read_one(write_fit(run)), FIT_STEPS)


@given(runs())
@settings(max_examples=40, deadline=None)
def test_gpx_gives_back_every_stream_it_can_hold(run: Recording) -> None:
    assert_same(run, read_one(write_gpx(run)), GPX_STEPS)


@given(runs())
@settings(max_examples=40, deadline=None)
def test_tcx_gives_back_every_stream_it_can_hold(run: Recording) -> None:
    assert_same(run, read_one(write_tcx(run)), TCX_STEPS)


def test_fit_gives_back_every_total_lap_and_pause() -> None:
    run = full_run()
    assert replace(read_one(write_fit(run)), streams=None) == replace(run, streams=None)


def test_fit_gives_back_which_step_of_a_workout_a_lap_was() -> None:
    led = StepLap(step=2, duration_s=30.5)
    laps = (Lap(start_s=0.0, end_s=40.0), Lap(start_s=40.0, end_s=80.0, of_workout=led))
    assert read_one(write_fit(full_run(laps=laps))).laps == laps


def test_tcx_gives_back_laps_and_totals() -> None:
    run = full_run(duration_s=600.0)
    read = read_one(write_tcx(run))
    assert (read.laps, read.device) == (run.laps, run.device)
    assert (read.duration_s, read.distance_m) == (600.0, 1800.0)


def test_gpx_gives_back_sport_and_device() -> None:
    read = read_one(write_gpx(full_run(sport=Sport.TRAIL_RUN, sport_as_recorded="")))
    assert (read.sport, read.device) == (Sport.TRAIL_RUN, "made for a test")


@pytest.mark.parametrize("sport", [sport for sport in Sport if fit_from_sport(sport) != (0, 0)])
def test_every_sport_that_fit_knows_survives_the_round_trip(sport: Sport) -> None:
    assert sport_from_fit(*fit_from_sport(sport)) is sport


def test_a_treadmill_run_without_positions_survives() -> None:
    streams = streams_without_positions()
    read = read_one(write_fit(full_run(sport=Sport.TREADMILL_RUN, streams=streams)))
    assert (read.sport, read.is_indoor) == (Sport.TREADMILL_RUN, True)
    assert read.streams is not None
    assert read.streams.latitude_deg is None
    read = read_one(write_tcx(full_run(streams=streams)))
    assert (read.sport, read.is_indoor) == (Sport.RUN, True)


def streams_without_positions() -> Streams:
    streams = full_run().streams
    assert streams is not None
    return replace(streams, latitude_deg=None, longitude_deg=None)


def test_a_run_without_heart_rate_has_no_heart_rate() -> None:
    streams = replace(streams_without_positions(), heart_rate_bpm=None)
    for write in (write_fit, write_tcx):
        read = read_one(write(full_run(streams=streams)))
        assert read.streams is not None
        assert read.streams.heart_rate_bpm is None


def test_times_that_run_backwards_are_kept_for_cleaning() -> None:
    times = np.array([0.0, 1.0, 2.0, 1.0, 3.0])
    heart_rate = np.array([100.0, 101.0, 102.0, 103.0, 104.0])
    run = full_run(streams=Streams(time_s=times, heart_rate_bpm=heart_rate), laps=(), pauses=())
    for write in (write_fit, write_tcx):
        read = read_one(write(run))
        assert read.streams is not None
        np.testing.assert_array_equal(read.streams.time_s, times)


def test_an_activity_without_samples_keeps_its_totals() -> None:
    read = read_one(write_fit(full_run(streams=None)))
    assert (read.streams, read.distance_m) == (None, 1800.0)
