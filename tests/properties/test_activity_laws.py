"""Laws of cleaning, counting steps and matching, for recordings of any values at all."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from builders.recordings import (
    STARTED_AT,
    column_of,
    recorded_again,
    recording_of,
    steady_columns,
    steady_run,
)
from sidestep.domain.activity.cleaning import clean_recording
from sidestep.domain.activity.oddities import find_oddities
from sidestep.domain.activity.recording import Activity, Column, Lap, Pause, Recording, Streams
from sidestep.domain.activity.same_run import is_same_run
from sidestep.domain.activity.steps import StepEstimate, count_steps
from sidestep.domain.activity.summarise import summarise
from sidestep.domain.activity.summary import ActivitySummary, StepsSource
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError

EAST = timezone(timedelta(hours=9))
ESTIMATE = StepEstimate(steps_per_km=930.0)
SENSORS = [field.name for field in fields(Streams) if field.name != "time_s"]

slow_to_build = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

anything = st.floats(width=64)
a_time = st.one_of(
    st.integers(-20, 60).map(float),
    st.integers(0, 400).map(lambda n: 15.0 * n),
    anything,
)
a_value = st.one_of(
    st.floats(0.0, 300.0),
    st.sampled_from([0.0, -1.0, 45.0, 45.0001, 45.001, 90.0, 180.0, 1e3, 1e5, np.nan]),
    anything,
)
a_total = st.one_of(st.none(), st.floats(0.0, 20_000.0), anything)
started = st.one_of(
    st.just(STARTED_AT),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from([datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)]),
)
stretches = st.lists(st.tuples(a_time, a_time), max_size=4)


@st.composite
def streams(draw: st.DrawFn) -> Streams | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    n = draw(st.integers(0, 25))
    names = draw(st.sets(st.sampled_from(SENSORS)))
    if draw(st.booleans()):
        names |= {"latitude_deg", "longitude_deg"}

    def column(values: st.SearchStrategy[float]) -> Column:
        return draw(arrays(np.float64, n, elements=values))

    return Streams(time_s=column(a_time), **{name: column(a_value) for name in sorted(names)})


@st.composite
def recordings(draw: st.DrawFn) -> Recording:
    return Recording(
        started_at=draw(started),
        sport=draw(st.sampled_from(list(Sport))),
        utc_offset_s=draw(st.none() | st.integers(-100_000, 100_000)),
        duration_s=draw(a_total),
        elapsed_s=draw(a_total),
        distance_m=draw(a_total),
        ascent_m=draw(a_total),
        descent_m=draw(a_total),
        heart_rate_mean_bpm=draw(a_total),
        steps_counted=draw(st.none() | st.integers(-10, 10**12)),
        phone_steps=draw(st.none() | st.integers(-10, 10**12)),
        effort_rpe=draw(a_total),
        is_indoor=draw(st.booleans()),
        streams=draw(streams()),
        laps=tuple(Lap(start_s=a, end_s=b, distance_m=b) for a, b in draw(stretches)),
        pauses=tuple(Pause(start_s=a, end_s=b) for a, b in draw(stretches)),
    )


def cleaned(recording: Recording) -> Activity:
    """Clean it, or leave out the example when there is nothing to clean."""
    try:
        return clean_recording(recording)
    except InputError:
        assume(False)
        raise


def assert_same(one: Activity, other: Activity) -> None:
    for field in fields(Activity):
        if field.name not in {"streams", "repairs"}:
            assert getattr(one, field.name) == getattr(other, field.name), field.name
    columns, other_columns = (
        {} if activity.streams is None else activity.streams.columns() for activity in (one, other)
    )
    assert columns.keys() == other_columns.keys()
    for name, column in columns.items():
        np.testing.assert_array_equal(column, other_columns[name], err_msg=name)


@slow_to_build
@given(recordings())
def test_any_recording_gives_a_sound_activity_or_an_input_error(recording: Recording) -> None:
    try:
        activity = clean_recording(recording)
    except InputError:
        return
    totals = (activity.duration_s, activity.elapsed_s, activity.distance_m or 0.0)
    assert np.all(np.isfinite(totals))
    assert min(totals) >= 0.0
    assert activity.duration_s <= activity.elapsed_s
    assert max(totals) > 0.0
    if activity.streams is None:
        return
    assert len(activity.streams) > 0
    for name, column in activity.streams.columns().items():
        assert not np.isinf(column).any(), name
        assert not np.isnan(column).all(), name
    assert np.all(np.isfinite(activity.streams.time_s))
    assert np.all(np.diff(activity.streams.time_s) > 0.0)
    if activity.streams.distance_m is not None:
        known = activity.streams.distance_m[~np.isnan(activity.streams.distance_m)]
        assert np.all(np.diff(known) >= 0.0)


@slow_to_build
@given(recordings())
def test_a_cleaned_activity_needs_no_cleaning(recording: Recording) -> None:
    once = cleaned(recording)
    twice = clean_recording(recorded_again(once))
    assert_same(once, twice)
    assert twice.repairs == ()


@slow_to_build
@given(recordings())
def test_every_activity_can_be_summarised(recording: Recording) -> None:
    activity = cleaned(recording)
    count = count_steps(activity, estimate=ESTIMATE)
    summary = summarise(activity, count, id="a", zone=EAST, sources=())
    assert (summary.steps is None) == (summary.steps_source is StepsSource.NONE)
    assert summary.steps is None or summary.steps > 0
    assert summary.cadence_spm is None or 0.0 < summary.cadence_spm <= 300.0
    assert all(oddity.message.endswith("?") for oddity in summary.oddities)


@slow_to_build
@given(recordings(), st.randoms(use_true_random=False))
def test_the_order_of_samples_does_not_matter(recording: Recording, random: Random) -> None:
    assume(recording.streams is not None)
    assert recording.streams is not None
    time_s = recording.streams.time_s
    assume(len(np.unique(time_s)) == len(time_s))
    order = list(range(len(time_s)))
    random.shuffle(order)
    shuffled = Streams(
        **{name: column[order] for name, column in recording.streams.columns().items()}
    )
    assert_same(cleaned(recording), clean_recording(replace(recording, streams=shuffled)))


@given(
    speed_m_s=st.floats(0.8, 6.0), seconds=st.integers(60, 900), stretched=st.sampled_from([2, 3])
)
@settings(max_examples=50, deadline=None)
def test_a_slower_clock_changes_time_and_not_distance(
    speed_m_s: float, seconds: int, stretched: int
) -> None:
    columns = steady_columns(seconds=seconds, speed_m_s=speed_m_s)
    del columns["distance_m"]
    usual = clean_recording(recording_of(columns))
    slower = clean_recording(recording_of({**columns, "time_s": columns["time_s"] * stretched}))
    assert slower.distance_m == usual.distance_m == pytest.approx(speed_m_s * seconds, rel=1e-5)
    assert slower.duration_s == stretched * usual.duration_s


@given(
    first_s=st.integers(0, 500), length_s=st.integers(1, 300), cadence_spm=st.floats(40.0, 240.0)
)
@settings(max_examples=50, deadline=None)
def test_a_pause_never_adds_steps(first_s: int, length_s: int, cadence_spm: float) -> None:
    run = recording_of(steady_columns(cadence_spm=cadence_spm))
    pause = Pause(start_s=float(first_s), end_s=float(first_s + length_s))
    paused = replace(run, pauses=(pause,))
    steps, fewer = (
        count_steps(clean_recording(each), estimate=None).steps for each in (run, paused)
    )
    assert steps is not None
    assert fewer is not None
    assert fewer <= steps


@given(at=st.integers(0, 600), silent_s=st.integers(31, 20_000))
@settings(max_examples=50, deadline=None)
def test_a_silence_never_adds_steps(at: int, silent_s: int) -> None:
    columns = steady_columns()
    columns["time_s"][at:] += silent_s
    silent = clean_recording(recording_of(columns))
    steps = count_steps(silent, estimate=None).steps
    assert steps is not None
    assert steps <= 1700


@given(sample=st.integers(0, 600), north_deg=st.floats(0.01, 30.0))
@settings(max_examples=50, deadline=None)
def test_one_wild_fix_never_adds_distance(sample: int, north_deg: float) -> None:
    columns = steady_columns()
    del columns["distance_m"]
    columns["latitude_deg"][sample] += north_deg
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m is not None
    assert activity.distance_m <= 1800.0 * (1.0 + 1e-6)
    assert find_oddities(activity) == ()


@given(missing=st.sets(st.integers(0, 600), max_size=200))
@settings(max_examples=50, deadline=None)
def test_values_that_are_missing_are_never_invented(missing: set[int]) -> None:
    columns = steady_columns()
    gone = sorted(missing)
    columns["heart_rate_bpm"][gone] = np.nan
    activity = clean_recording(recording_of(columns))
    heart_rate_bpm = column_of(activity, "heart_rate_bpm")
    assert np.flatnonzero(np.isnan(heart_rate_bpm)).tolist() == gone


a_summary = st.builds(
    ActivitySummary,
    id=st.just("a"),
    started_at=st.integers(0, 120).map(lambda s: STARTED_AT + timedelta(seconds=s)),
    local_date=st.just(STARTED_AT.date()),
    sport=st.sampled_from(list(Sport)),
    duration_s=st.sampled_from([0.0, 980.0, 990.0, 1000.0, 1020.0, 1021.0]),
    elapsed_s=st.just(2000.0),
    distance_m=st.none() | st.sampled_from([0.0, 4900.0, 5000.0, 5100.0]),
)


@given(a_summary, a_summary)
def test_being_the_same_run_goes_both_ways(a: ActivitySummary, b: ActivitySummary) -> None:
    assert is_same_run(a, b) is is_same_run(b, a)


def test_a_recording_at_the_end_of_the_calendar_is_an_input_error() -> None:
    columns = steady_columns()
    columns["time_s"] += 1e13
    recording = replace(steady_run(), started_at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(InputError):
        clean_recording(replace(recording, streams=Streams(**columns)))
