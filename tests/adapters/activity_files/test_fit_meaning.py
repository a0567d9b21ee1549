"""What FIT's numbers mean: legs, sessions, file types, sports, effort."""

from itertools import pairwise

import numpy as np
import pytest

from builders.activity_bytes import (
    cadence_records,
    file_id,
    fit_of,
    full_run,
    heart_rate_records,
    position_records,
    session,
)
from sidestep.adapters.activity_files.reader import ActivityFiles
from sidestep.adapters.activity_files.writing import write_fit
from sidestep.domain.activity.recording import Pause, Recording
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import FileReading

RUNNING, CYCLING, SWIMMING = 1, 2, 5


def read(*messages: bytes) -> FileReading:
    return ActivityFiles().read("made.fit", fit_of(*messages))


def only(reading: FileReading) -> Recording:
    (recording,) = reading.recordings
    return recording


def test_running_cadence_counts_one_leg_and_is_doubled() -> None:
    recording = only(read(file_id(), cadence_records([84, 85, 86]), session(RUNNING)))
    assert recording.streams is not None
    np.testing.assert_array_equal(recording.streams.cadence_spm, [168, 170, 172])


def test_cadence_of_both_feet_is_not_doubled_again() -> None:
    recording = only(read(file_id(), cadence_records([168, 170, 172]), session(RUNNING)))
    assert recording.streams is not None
    np.testing.assert_array_equal(recording.streams.cadence_spm, [168, 170, 172])


def test_a_walk_counts_one_leg_too() -> None:
    recording = only(read(file_id(), cadence_records([54, 55, 56]), session(11)))
    assert recording.streams is not None
    np.testing.assert_array_equal(recording.streams.cadence_spm, [108, 110, 112])


@pytest.mark.parametrize("sport", [CYCLING, SWIMMING])
def test_pedal_and_arm_strokes_are_no_steps(sport: int) -> None:
    recording = only(read(file_id(), cadence_records([84, 85, 86]), session(sport)))
    assert recording.streams is not None
    assert recording.streams.cadence_spm is None


def test_the_name_of_a_watchs_own_profile_tells_a_sport_that_fit_has_no_number_for() -> None:
    recording = full_run(sport=Sport.OTHER, sport_as_recorded="Handball")
    assert only(ActivityFiles().read("made.fit", write_fit(recording))).sport is Sport.HANDBALL


def test_heart_rate_zero_means_unknown() -> None:
    recording = only(
        read(file_id(), heart_rate_records([0, 1, 2], [0, 120, 255]), session(RUNNING))
    )
    assert recording.streams is not None
    np.testing.assert_array_equal(recording.streams.heart_rate_bpm, [np.nan, 120, np.nan])


def test_every_session_is_an_activity_with_its_own_records() -> None:
    times = [float(second) for second in range(0, 180, 10)]
    reading = read(
        file_id(),
        heart_rate_records(times, [120.0] * len(times)),
        session(SWIMMING, starts_s=0, lasts_s=60),
        session(CYCLING, starts_s=60, lasts_s=60),
        session(RUNNING, starts_s=120, lasts_s=60),
    )
    sports = [recording.sport for recording in reading.recordings]
    assert sports == [Sport.SWIM, Sport.CYCLE, Sport.RUN]
    for recording in reading.recordings:
        assert recording.streams is not None
        np.testing.assert_array_equal(recording.streams.time_s, np.arange(0.0, 60.0, 10.0))
    for earlier, later in pairwise(reading.recordings):
        assert (later.started_at - earlier.started_at).total_seconds() == 60


@pytest.mark.parametrize(
    ("kind", "words"),
    [(2, "device settings"), (5, "a workout"), (6, "a course"), (9, "body-weight"), (32, "daily")],
)
def test_other_file_types_are_skipped_with_the_reason(kind: int, words: str) -> None:
    reading = read(file_id(kind))
    assert reading.recordings == ()
    assert words in reading.skipped


def test_an_activity_without_samples_is_skipped() -> None:
    assert read(file_id()).skipped == "an activity without any sample"


@pytest.mark.parametrize(
    ("sport", "sub_sport", "known", "is_indoor"),
    [
        (1, 0, Sport.RUN, False),
        (1, 1, Sport.TREADMILL_RUN, True),
        (1, 3, Sport.TRAIL_RUN, False),
        (1, 45, Sport.TREADMILL_RUN, True),
        (2, 6, Sport.CYCLE, True),
        (4, 15, Sport.ELLIPTICAL, True),
        (7, 0, Sport.FOOTBALL, False),
        (10, 20, Sport.STRENGTH, True),
        (64, 94, Sport.SQUASH, False),
        (0, 0, Sport.OTHER, False),
        (24, 0, Sport.OTHER, False),
    ],
)
def test_sport_and_sub_sport_together_name_the_sport(
    sport: int, sub_sport: int, known: Sport, is_indoor: bool
) -> None:
    recording = only(
        read(file_id(), heart_rate_records([0, 1], [99, 99]), session(sport, sub_sport))
    )
    assert (recording.sport, recording.is_indoor) == (known, is_indoor)


def test_records_without_a_session_are_a_run_if_their_speed_fits() -> None:
    three_m_s = [48.0 + 3.0 * second / 111_194.93 for second in range(300)]
    reading = read(file_id(), position_records(three_m_s))
    assert only(reading).sport is Sport.RUN
    assert "its speed fits running" in " ".join(reading.notes)


@pytest.mark.parametrize("speed_m_s", [1.3, 7.5, 25.0])
def test_walks_rides_and_drives_are_not_taken_for_runs(speed_m_s: float) -> None:
    latitudes = [48.0 + speed_m_s * second / 111_194.93 for second in range(300)]
    assert only(read(file_id(), position_records(latitudes))).sport is Sport.OTHER


def test_a_pause_that_never_ends_is_the_end_of_the_activity() -> None:
    pauses = (Pause(start_s=100.0, end_s=130.0), Pause(start_s=200.0, end_s=201.0))
    reading = ActivityFiles().read("run.fit", write_fit(full_run(pauses=pauses)))
    assert only(reading).pauses == pauses
