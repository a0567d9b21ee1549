"""FIT files with every damage seen in the wild: the rung that answers and what it saves."""

import fitfast
import numpy as np
import pytest

from builders.activity_bytes import (
    file_id,
    fit_of,
    full_run,
    heart_rate_records,
    records_with_packed_distance,
    records_with_times_in_headers,
    session,
    with_valid_crc,
    without_header_crc,
)
from sidestep.adapters.activity_files.fit_ladder import decode_fit
from sidestep.adapters.activity_files.reader import ActivityFiles
from sidestep.adapters.activity_files.writing import write_fit
from sidestep.domain.activity.recording import Lap, StepLap
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import UnreadableFileError
from sidestep.services.ports import FileReading


def read(content: bytes) -> FileReading:
    return ActivityFiles().read("damaged.fit", content)


def sample_count(reading: FileReading) -> int:
    return sum(len(each.streams) for each in reading.recordings if each.streams is not None)


def test_a_sound_file_is_read_by_the_fast_decoder() -> None:
    reading = read(write_fit(full_run()))
    assert (reading.reader, reading.loss, sample_count(reading)) == ("fitfast", None, 601)


def test_an_empty_header_checksum_is_legal_and_no_loss() -> None:
    reading = read(without_header_crc(write_fit(full_run())))
    assert (reading.reader, reading.loss, sample_count(reading)) == ("fitfast+header", None, 601)


def test_an_empty_header_checksum_does_not_hide_a_wrong_file_checksum() -> None:
    content = without_header_crc(write_fit(full_run()))
    reading = read(content[:-1] + bytes([content[-1] ^ 1]))
    assert reading.reader == "fitdecode"
    assert reading.loss is not None


def test_a_file_cut_at_60_percent_gives_what_came_before() -> None:
    whole = write_fit(full_run())
    reading = read(whole[: len(whole) * 6 // 10])
    assert reading.reader == "fitdecode"
    assert sample_count(reading) == pytest.approx(360, abs=15)
    assert reading.loss is not None
    assert reading.loss.recovered_s == pytest.approx(360, abs=15)
    assert reading.loss.expected_s == pytest.approx(600, abs=30)
    assert "holds no summary of its activity" in " ".join(reading.notes)


def test_a_cut_run_is_recognised_by_its_speed() -> None:
    whole = write_fit(full_run())
    (recording,) = read(whole[: len(whole) * 6 // 10]).recordings
    assert recording.sport is Sport.RUN


@pytest.mark.parametrize("cut", range(1, 60, 3))
def test_a_file_cut_anywhere_in_its_last_messages_keeps_every_record(cut: int) -> None:
    reading = read(write_fit(full_run(seconds=60, laps=(), pauses=()))[:-cut])
    assert sample_count(reading) == 61
    assert reading.loss is not None


def test_a_wrong_checksum_costs_nothing() -> None:
    content = write_fit(full_run())
    reading = read(content[:-2] + bytes([content[-2] ^ 0xFF, content[-1]]))
    assert (reading.reader, sample_count(reading)) == ("fitdecode", 601)
    assert reading.loss is not None
    assert (reading.loss.recovered_s, reading.loss.expected_s) == (600.0, 600.0)
    assert "checksum" in reading.loss.reason


@pytest.mark.parametrize("rung", ["fitfast", "fitdecode", "chiptime"])
def test_every_decoder_tells_which_step_of_a_workout_a_lap_was(rung: str) -> None:
    led = StepLap(step=3, duration_s=30.0)
    lap = Lap(start_s=10.0, end_s=50.0, of_workout=led)
    content = write_fit(full_run(seconds=60, laps=(lap,), pauses=()))
    damaged = {
        "fitfast": content,
        "fitdecode": content[:-2] + bytes([content[-2] ^ 0xFF, content[-1]]),
        "chiptime": content[:4] + bytes(4) + content[8:],
    }
    reading = read(damaged[rung])
    assert reading.reader == rung
    assert [each.of_workout for each in reading.recordings[0].laps] == [led]


def test_marks_of_the_device_beside_the_number_of_a_step_are_left_out() -> None:
    lap = Lap(start_s=10.0, end_s=50.0, of_workout=StepLap(step=0x8003, duration_s=30.0))
    (recording,) = read(write_fit(full_run(seconds=60, laps=(lap,), pauses=()))).recordings
    assert [each.of_workout for each in recording.laps] == [StepLap(step=3, duration_s=30.0)]


def test_zero_bytes_in_the_middle_cost_little() -> None:
    content = write_fit(full_run())
    middle = len(content) // 2
    reading = read(content[:middle] + bytes(64) + content[middle + 64 :])
    assert reading.loss is not None
    assert sample_count(reading) > 280


def test_a_header_that_promises_no_data_is_read_by_the_last_rung() -> None:
    content = write_fit(full_run())
    reading = read(content[:4] + bytes(4) + content[8:])
    assert (reading.reader, sample_count(reading)) == ("chiptime", 601)
    assert reading.loss is not None


def test_two_chained_files_are_two_activities() -> None:
    second = full_run(sport=Sport.CYCLE)
    reading = read(write_fit(full_run()) + write_fit(second))
    assert [each.sport for each in reading.recordings] == [Sport.RUN, Sport.CYCLE]
    assert (reading.reader, reading.loss) == ("fitfast", None)


def test_settings_chained_before_an_activity_are_passed_over() -> None:
    reading = read(fit_of(file_id(2)) + write_fit(full_run()))
    assert len(reading.recordings) == 1
    assert reading.skipped == ""


def test_junk_after_the_end_costs_nothing() -> None:
    reading = read(write_fit(full_run()) + b"trailing junk, more than a header long")
    assert (reading.reader, sample_count(reading)) == ("fitdecode", 601)


def test_records_with_their_times_in_the_header_are_read() -> None:
    heart_rates = [float(100 + index) for index in range(40)]
    content = fit_of(file_id(), records_with_times_in_headers(heart_rates), session(1))
    (recording,) = read(content).recordings
    assert recording.streams is not None
    np.testing.assert_array_equal(recording.streams.time_s, np.arange(40.0))
    np.testing.assert_array_equal(recording.streams.heart_rate_bpm, heart_rates)


def test_packed_distances_are_read_by_the_decoder_that_knows_them() -> None:
    metres = [3.0 * index for index in range(120)]
    content = fit_of(file_id(), records_with_packed_distance(metres, 3.0), session(1))
    reading = read(content)
    assert (reading.reader, reading.loss) == ("fitdecode", None)
    (recording,) = reading.recordings
    assert recording.streams is not None
    assert recording.streams.distance_m is not None
    np.testing.assert_allclose(recording.streams.distance_m, np.array(metres))


def test_a_field_of_a_type_that_does_not_exist_never_reaches_native_code() -> None:
    definition = bytes([0x45, 0, 0, 44, 1, 1, 200, 2, 0x55])
    content = fit_of(file_id(), definition, bytes([5, 1, 2]), heart_rate_records([0, 1], [99, 98]))
    assert decode_fit("odd.fit", content).reader == "fitdecode"
    assert sample_count(read(content)) == 2


def test_a_panic_in_native_code_falls_to_the_next_rung(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    def panic(_content: bytes) -> None:
        raise Panic

    monkeypatch.setattr(fitfast, "records", panic)
    reading = read(write_fit(full_run(seconds=60, laps=(), pauses=())))
    assert (reading.reader, reading.loss, sample_count(reading)) == ("fitdecode", None, 61)


def test_an_interrupt_by_the_person_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_content: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fitfast, "records", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read(write_fit(full_run(seconds=60)))


def test_nothing_but_a_header_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="nothing in it could be read"):
        read(write_fit(full_run())[:14])


def test_records_of_a_clock_never_set_are_left_out_and_counted() -> None:
    times = [0.0, 1.0, -1_100_000_000.0, 3.0]
    content = fit_of(file_id(), heart_rate_records(times, [100, 101, 102, 103]), session(1))
    reading = read(with_valid_crc(content))
    assert sample_count(reading) == 3
    assert reading.notes == ("1 samples without a usable time were left out",)


def test_a_file_with_no_usable_time_at_all_is_skipped() -> None:
    content = fit_of(file_id(), heart_rate_records([-1_100_000_000.0], [100]))
    assert read(content).skipped == "it holds no sample with a usable time"


def test_damage_near_the_start_does_not_cost_the_run_behind_it() -> None:
    content = write_fit(full_run())
    reading = read(content[:140] + b"\x0f\x0f\x0f" + content[140:])
    assert reading.reader == "chiptime"
    assert sample_count(reading) > 500
    assert reading.loss is not None
    assert 0 < reading.loss.recovered_s <= 600


def test_one_sample_years_away_is_not_counted_as_years_recovered() -> None:
    times_s = [float(second) for second in range(100)]
    times_s[50] += 9e8
    content = fit_of(file_id(), heart_rate_records(times_s, [120.0] * 100), session(1))
    reading = read(content[:-2] + bytes([content[-2] ^ 0xFF, content[-1]]))
    assert reading.loss is not None
    assert reading.loss.recovered_s == 99.0
    assert reading.loss.expected_s == 99.0


def test_a_file_damaged_before_its_first_sample_fails_instead_of_being_passed_over() -> None:
    content = write_fit(full_run())
    with pytest.raises(UnreadableFileError, match=r"damaged\.fit is damaged") as caught:
        read(content[:100] + b"\x0f\x0f\x0f" + content[100:])
    assert "again" in caught.value.hint
