"""Cleaning against runs whose distance, time and climb are known."""

import numpy as np
import pytest

from builders.recordings import (
    STARTED_AT,
    column_of,
    northward_deg,
    recording_of,
    steady_columns,
    steady_run,
    streams_of,
)
from sidestep.domain.activity.cleaning import clean_recording
from sidestep.domain.activity.recording import Lap, Pause
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError


def test_a_clean_run_keeps_every_sample_and_needs_no_repair() -> None:
    recording = steady_run()
    activity = clean_recording(recording)
    assert activity.repairs == ()
    assert activity.pauses == ()
    assert recording.streams is not None
    for name, column in recording.streams.columns().items():
        np.testing.assert_array_equal(column_of(activity, name), column)
    assert activity.distance_m == 1800.0
    assert activity.duration_s == activity.elapsed_s == 600.0
    assert activity.heart_rate_mean_bpm == pytest.approx(140.0)
    assert (activity.ascent_m, activity.descent_m) == (0.0, 0.0)


def test_without_a_device_distance_the_great_circle_is_measured() -> None:
    columns = steady_columns()
    del columns["distance_m"]
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m == pytest.approx(1800.0, rel=1e-6)


def test_samples_of_one_instant_keep_the_last_value_of_each_column() -> None:
    columns = {
        "time_s": np.array([0.0, 1.0, 1.0, 1.0, 2.0]),
        "heart_rate_bpm": np.array([100.0, 120.0, 130.0, np.nan, 140.0]),
        "cadence_spm": np.array([160.0, np.nan, np.nan, 168.0, 170.0]),
    }
    activity = clean_recording(recording_of(columns))
    np.testing.assert_array_equal(column_of(activity, "time_s"), [0.0, 1.0, 2.0])
    np.testing.assert_array_equal(column_of(activity, "heart_rate_bpm"), [100.0, 130.0, 140.0])
    np.testing.assert_array_equal(column_of(activity, "cadence_spm"), [160.0, 168.0, 170.0])
    assert activity.repairs == ("2 samples shared a time with another and were merged",)


def test_a_clock_running_backwards_is_put_in_order() -> None:
    columns = {name: column.copy() for name, column in steady_columns().items()}
    for column in columns.values():
        column[[100, 101]] = column[[101, 100]]
    activity = clean_recording(recording_of(columns))
    np.testing.assert_array_equal(column_of(activity, "distance_m"), np.arange(601) * 3.0)
    assert activity.repairs == ("1 sample with a clock running backwards was put in order",)


def test_samples_before_the_start_and_with_absurd_dates_are_dropped() -> None:
    columns = steady_columns()
    columns["time_s"][0] = -1e9
    columns["time_s"][600] = 1e9
    activity = clean_recording(recording_of(columns))
    assert len(streams_of(activity)) == 599
    assert activity.elapsed_s == 599.0
    assert activity.repairs[0].startswith("2 samples from before the start")


def test_a_start_that_no_sample_fits_moves_to_the_first_sample() -> None:
    columns = steady_columns()
    columns["time_s"] += 1e8
    activity = clean_recording(recording_of(columns))
    assert (activity.started_at - STARTED_AT).total_seconds() == 1e8
    assert activity.elapsed_s == 600.0
    assert activity.distance_m == 1800.0


@pytest.mark.parametrize(
    ("name", "impossible"),
    [
        ("heart_rate_bpm", 255.0),
        ("heart_rate_bpm", 0.0),
        ("cadence_spm", 301.0),
        ("speed_m_s", 13.0),
        ("altitude_m", 12_000.0),
        ("latitude_deg", 91.0),
        ("longitude_deg", -181.0),
        ("heart_rate_bpm", np.inf),
    ],
)
def test_an_impossible_value_becomes_unknown(name: str, impossible: float) -> None:
    columns = steady_columns()
    columns[name][7] = impossible
    activity = clean_recording(recording_of(columns))
    assert np.flatnonzero(np.isnan(column_of(activity, name))).tolist() == [7]
    assert len(activity.repairs) == 1
    assert activity.repairs[0].startswith("1 impossible")


def test_a_receiver_without_a_fix_writes_zero_zero_and_is_not_believed() -> None:
    columns = steady_columns()
    del columns["distance_m"]
    for name in ("latitude_deg", "longitude_deg"):
        columns[name][200:210] = 0.0
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m == pytest.approx(1800.0, rel=1e-6)


@pytest.mark.parametrize("sample", [0, 300, 600])
def test_a_single_fix_far_away_adds_no_distance(sample: int) -> None:
    columns = steady_columns()
    del columns["distance_m"]
    columns["latitude_deg"][sample] += 0.5
    activity = clean_recording(recording_of(columns))
    expected_m = 1800.0 if sample == 300 else 1797.0
    assert activity.distance_m == pytest.approx(expected_m, rel=1e-6)
    assert np.isnan(column_of(activity, "latitude_deg")[sample])


def test_fixes_flickering_between_two_places_keep_the_true_one() -> None:
    columns = steady_columns()
    del columns["distance_m"]
    columns["latitude_deg"][[300, 302, 304]] += 0.5
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m == pytest.approx(1800.0, rel=1e-6)
    missing = np.flatnonzero(np.isnan(column_of(activity, "latitude_deg")))
    assert missing.tolist() == [300, 302, 304]


def test_a_drive_is_left_in_place_to_be_asked_about() -> None:
    columns = steady_columns(speed_m_s=25.0)
    del columns["distance_m"]
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m == pytest.approx(15_000.0, rel=1e-6)


def test_a_short_loss_of_signal_is_bridged() -> None:
    columns = steady_columns()
    del columns["distance_m"]
    columns["latitude_deg"][200:320] = np.nan
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m == pytest.approx(1800.0, rel=1e-6)
    assert activity.pauses == ()


def test_what_is_covered_while_the_watch_is_stopped_does_not_count() -> None:
    columns = steady_columns()
    del columns["distance_m"]
    pause = Pause(start_s=200.0, end_s=300.0)
    activity = clean_recording(recording_of(columns, pauses=(pause,)))
    assert activity.distance_m == pytest.approx(1500.0, rel=1e-6)
    assert activity.duration_s == 500.0
    assert activity.elapsed_s == 600.0


def test_a_gap_without_movement_is_a_pause() -> None:
    columns = steady_columns()
    columns["time_s"][301:] += 120.0
    activity = clean_recording(recording_of(columns))
    assert activity.pauses == (Pause(start_s=300.0, end_s=421.0),)
    assert activity.elapsed_s == 720.0
    assert activity.duration_s == 599.0


def test_a_gap_with_movement_is_no_pause() -> None:
    columns = {
        name: np.delete(column, range(200, 300)) for name, column in steady_columns().items()
    }
    activity = clean_recording(recording_of(columns))
    assert activity.pauses == ()
    assert activity.duration_s == 600.0
    assert activity.distance_m == 1800.0


def test_a_device_that_samples_once_a_minute_is_not_pausing() -> None:
    columns = steady_columns(seconds=3600, step_s=60.0)
    del columns["distance_m"], columns["latitude_deg"], columns["longitude_deg"]
    activity = clean_recording(recording_of(columns))
    assert activity.pauses == ()
    assert activity.duration_s == 3600.0


def test_a_counter_that_starts_again_is_carried_on() -> None:
    columns = steady_columns()
    columns["distance_m"][301:] -= columns["distance_m"][300]
    activity = clean_recording(recording_of(columns))
    np.testing.assert_allclose(column_of(activity, "distance_m"), np.arange(601) * 3.0)
    assert activity.repairs == ("1 new start of the distance was joined on",)


def test_a_distance_that_counts_down_does_not_take_a_pass_for_each_sample() -> None:
    n = 200_000
    columns = {
        "time_s": np.arange(n, dtype=np.float64),
        "distance_m": np.concatenate(([0.0], np.arange(n - 1.0, 0.0, -1.0))),
    }
    distance_m = column_of(clean_recording(recording_of(columns)), "distance_m")
    assert np.all(np.diff(distance_m[~np.isnan(distance_m)]) >= 0.0)


@pytest.mark.parametrize("glitch_m", [0.0, 500_000.0])
def test_a_single_distance_out_of_line_is_left_out(glitch_m: float) -> None:
    columns = steady_columns()
    columns["distance_m"][300] = glitch_m
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m == 1800.0
    assert np.isnan(column_of(activity, "distance_m")[300])


def test_a_counter_that_was_not_set_to_zero_starts_from_zero() -> None:
    columns = steady_columns()
    columns["distance_m"] += 12_000.0
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m == 1800.0


def test_a_counter_that_never_moves_gives_way_to_the_track() -> None:
    columns = steady_columns()
    columns["distance_m"][:] = 0.0
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m == pytest.approx(1800.0, rel=1e-6)


def test_a_treadmill_run_without_a_count_has_no_distance() -> None:
    columns = steady_columns()
    for name in ("distance_m", "latitude_deg", "longitude_deg"):
        del columns[name]
    activity = clean_recording(recording_of(columns, sport=Sport.TREADMILL_RUN))
    assert activity.distance_m is None
    assert "distance_m" not in streams_of(activity).columns()


def test_positions_recorded_indoors_are_not_measured() -> None:
    columns = steady_columns()
    del columns["distance_m"]
    assert clean_recording(recording_of(columns, is_indoor=True)).distance_m is None


def test_a_total_close_to_the_samples_is_kept() -> None:
    activity = clean_recording(steady_run(distance_m=1820.0, duration_s=595.0))
    assert activity.distance_m == 1820.0
    assert activity.duration_s == 595.0
    assert activity.repairs == ()


def test_a_total_far_from_the_samples_gives_way_to_them() -> None:
    activity = clean_recording(steady_run(distance_m=180_000.0))
    assert activity.distance_m == 1800.0
    assert activity.repairs == (
        "The file's total of 180.00 km does not fit its samples; their 1.80 km was used",
    )


def test_samples_of_a_part_do_not_contradict_the_total() -> None:
    activity = clean_recording(steady_run(distance_m=9000.0, elapsed_s=3000.0))
    assert activity.distance_m == 9000.0
    assert activity.elapsed_s == 3000.0


def test_a_timer_beyond_the_elapsed_time_is_not_believed() -> None:
    activity = clean_recording(steady_run(duration_s=36_000.0))
    assert activity.duration_s == 600.0
    assert len(activity.repairs) == 1


def test_a_timer_of_one_lap_is_not_taken_for_the_whole() -> None:
    activity = clean_recording(steady_run(duration_s=300.0))
    assert activity.duration_s == 600.0
    assert activity.repairs == (
        "The timer said 300 s, which does not fit the recording; 600 s without pauses was used",
    )


def test_a_timer_that_ran_on_after_the_last_sample_is_believed() -> None:
    activity = clean_recording(steady_run(duration_s=700.0))
    assert (activity.duration_s, activity.elapsed_s) == (700.0, 700.0)
    assert activity.repairs == ()


def test_a_watch_left_on_pause_for_a_month_keeps_both_parts() -> None:
    columns = steady_columns()
    columns["time_s"][301:] += 31 * 86_400.0
    activity = clean_recording(recording_of(columns))
    assert activity.distance_m == 1800.0
    assert activity.duration_s == 599.0


def test_a_row_without_samples_keeps_its_totals() -> None:
    activity = clean_recording(recording_of(None, duration_s=1800.0, distance_m=5000.0))
    assert activity.streams is None
    assert (activity.duration_s, activity.elapsed_s) == (1800.0, 1800.0)
    assert activity.distance_m == 5000.0


@pytest.mark.parametrize("columns", [None, {"time_s": np.empty(0)}, {"time_s": np.array([np.nan])}])
def test_neither_time_nor_distance_is_an_input_error(columns: dict[str, np.ndarray] | None) -> None:
    with pytest.raises(InputError):
        clean_recording(recording_of(columns))


def test_climb_counts_hills_and_not_noise() -> None:
    columns = steady_columns()
    time_s = columns["time_s"]
    noise_m = np.where(np.arange(601) % 2 == 0, 0.5, -0.5)
    columns["altitude_m"] = 500.0 + 40.0 * np.sin(2.0 * np.pi * time_s / 300.0) + noise_m
    activity = clean_recording(recording_of(columns))
    assert activity.ascent_m == pytest.approx(160.0, abs=5.0)
    assert activity.descent_m == pytest.approx(160.0, abs=5.0)


def test_the_file_s_own_climb_is_preferred() -> None:
    activity = clean_recording(steady_run(ascent_m=33.0))
    assert (activity.ascent_m, activity.descent_m) == (33.0, 0.0)


def test_a_cadence_counted_twice_over_is_halved() -> None:
    columns = steady_columns()
    columns["cadence_spm"] *= 2.0
    activity = clean_recording(recording_of(columns))
    np.testing.assert_array_equal(column_of(activity, "cadence_spm"), 170.0)
    assert activity.repairs == ("The cadence was counted twice over and has been halved",)


def test_a_cadence_is_halved_too_where_only_samples_left_out_spoke_for_it() -> None:
    columns = steady_columns()
    is_left_out = np.arange(601) % 3 != 0
    columns["cadence_spm"] = np.where(is_left_out, 100.0, 260.0)
    columns["time_s"] = np.where(is_left_out, np.nan, columns["time_s"])
    activity = clean_recording(recording_of(columns))
    np.testing.assert_array_equal(column_of(activity, "cadence_spm"), 130.0)


def test_laps_and_pauses_are_kept_within_the_activity() -> None:
    activity = clean_recording(
        steady_run(
            laps=(
                Lap(start_s=0.0, end_s=300.0, distance_m=900.0),
                Lap(start_s=300.0, end_s=9999.0, distance_m=-1.0),
                Lap(start_s=np.nan, end_s=1.0),
            ),
            pauses=(Pause(start_s=50.0, end_s=60.0), Pause(start_s=55.0, end_s=70.0)),
        )
    )
    assert activity.laps == (
        Lap(start_s=0.0, end_s=300.0, distance_m=900.0),
        Lap(start_s=300.0, end_s=600.0),
    )
    assert activity.pauses == (Pause(start_s=50.0, end_s=70.0),)


def test_positions_across_the_date_line_are_next_to_each_other() -> None:
    columns = steady_columns()
    del columns["distance_m"]
    columns["longitude_deg"][::2] = 180.0
    columns["longitude_deg"][1::2] = -180.0
    columns["latitude_deg"] = northward_deg(columns["time_s"] * 3.0)
    assert clean_recording(recording_of(columns)).distance_m == pytest.approx(1800.0, rel=1e-6)


@pytest.mark.parametrize(("height_m", "is_unknown"), [(500.0, True), (-40.0, True), (12.0, False)])
def test_heights_of_zero_before_the_first_known_height_are_no_climb(
    height_m: float, is_unknown: bool
) -> None:
    columns = steady_columns()
    columns["altitude_m"] = np.where(columns["time_s"] < 10.0, 0.0, height_m)
    activity = clean_recording(recording_of(columns))
    unknown = np.isnan(column_of(activity, "altitude_m"))
    assert np.count_nonzero(unknown) == (10 if is_unknown else 0)
    assert activity.ascent_m == (0.0 if is_unknown else height_m)
    assert bool(activity.repairs) is is_unknown


def test_a_run_by_the_sea_may_stay_at_zero() -> None:
    columns = steady_columns()
    columns["altitude_m"] = np.zeros(601)
    activity = clean_recording(recording_of(columns))
    assert not np.isnan(column_of(activity, "altitude_m")).any()
