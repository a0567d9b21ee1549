"""The made-up runner's story is the same on whichever day it is told."""

from datetime import date, timedelta

import pytest

from sidestep.services.importing.made_up_runner import (
    ANSWERS,
    DAYS,
    TOO_LONG_KM,
    MadeUpFile,
    make_up_files,
)

SUNDAY = date(2026, 11, 22)


def days_run(files: list[MadeUpFile]) -> set[date]:
    return {file.recording.started_at.date() for file in files if file.recording.sport.is_running}


@pytest.mark.parametrize("weekday", range(7))
def test_there_is_a_too_long_run_and_a_week_without_rest(weekday: int) -> None:
    last_day = SUNDAY + timedelta(days=weekday)
    files = list(make_up_files(last_day))
    running_days = days_run(files)

    longest_at, longest_m = max(
        (file.recording.started_at.date(), file.recording.distance_m or 0.0)
        for file in files
        if file.recording.distance_m == TOO_LONG_KM * 1000.0
    )
    month_before = [
        file.recording.distance_m or 0.0
        for file in files
        if timedelta() < longest_at - file.recording.started_at.date() <= timedelta(days=30)
    ]
    assert 1.10 < longest_m / max(month_before) < 2.0
    assert any(
        all(day - timedelta(days=back) in running_days for back in range(7))
        for day in running_days
        if day > last_day - timedelta(days=28)
    )
    assert min(running_days) > last_day - timedelta(days=DAYS)


def test_the_same_day_tells_the_same_story() -> None:
    first, second = (list(make_up_files(SUNDAY)) for _ in range(2))
    assert [file.name for file in first] == [file.name for file in second]
    for one, other in zip(first, second, strict=True):
        one_streams, other_streams = one.recording.streams, other.recording.streams
        assert one_streams is not None
        assert other_streams is not None
        for name, column in one_streams.columns().items():
            assert (column == other_streams.columns()[name]).all()


def test_all_three_forms_and_a_cut_file_are_among_them() -> None:
    files = list(make_up_files(SUNDAY))
    assert {file.format for file in files} == {"fit", "gpx", "tcx"}
    assert sum(file.is_cut_short for file in files) == 1


def test_she_answers_where_it_hurts() -> None:
    assert ANSWERS["zones"] == ["outer_above"]
