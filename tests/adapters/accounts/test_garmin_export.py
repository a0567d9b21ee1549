import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from builders.exports import build_summaries, build_zip, write_folder, write_zip
from sidestep.adapters.accounts.opener import ImportSources
from sidestep.adapters.accounts.reading import read_item
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import (
    DailyItem,
    FailedItem,
    FileItem,
    ImportItem,
    RowItem,
    SkippedItem,
)

_RUN: dict[str, object] = {
    "activityId": 1,
    "name": "Run",
    "activityType": "trail_running",
    "sportType": "RUNNING",
    "beginTimestamp": 1546357032000,
    "startTimeGmt": 1546357032000.0,
    "startTimeLocal": 1546364232000.0,
    "duration": 2124084.0,
    "elapsedDuration": 2200000.0,
    "distance": 727871.0,
    "elevationGain": 12300.0,
    "elevationLoss": 4500.0,
    "avgHr": 141.0,
    "steps": 6142,
    "directWorkoutRpe": 70,
}
_FITNESS = "DI_CONNECT/DI-Connect-Fitness/"


def _items(path: Path, tmp_path: Path) -> list[ImportItem]:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return list(ImportSources().items(path, scratch))


def _summary_rows(content: bytes, tmp_path: Path) -> list[ImportItem]:
    name = f"{_FITNESS}runner@example.org_0_summarizedActivities.json"
    return _items(write_folder(tmp_path / "garmin", {name: content}), tmp_path)


def test_a_summary_in_milliseconds_and_centimetres_becomes_a_row(tmp_path: Path) -> None:
    (row,) = _summary_rows(build_summaries([_RUN]), tmp_path)
    assert isinstance(row, RowItem)
    recording = row.recording
    assert recording.started_at == datetime(2019, 1, 1, 15, 37, 12, tzinfo=UTC)
    assert recording.utc_offset_s == 7200
    assert recording.sport is Sport.TRAIL_RUN
    assert recording.duration_s == pytest.approx(2124.084)
    assert recording.elapsed_s == pytest.approx(2200.0)
    assert recording.distance_m == pytest.approx(7278.71)
    assert recording.ascent_m == pytest.approx(123.0)
    assert recording.descent_m == pytest.approx(45.0)
    assert recording.heart_rate_mean_bpm == 141.0
    assert recording.steps_counted == 6142
    assert recording.effort_rpe == 7.0
    assert json.loads(row.content) == _RUN


def test_missing_fields_stay_unknown(tmp_path: Path) -> None:
    bare = {"activityType": "running", "beginTimestamp": 1546357032000, "steps": None, "avgHr": 0}
    (row,) = _summary_rows(build_summaries([bare]), tmp_path)
    assert isinstance(row, RowItem)
    recording = row.recording
    assert recording.utc_offset_s is None
    assert recording.duration_s is recording.distance_m is recording.steps_counted is None
    assert recording.heart_rate_mean_bpm is recording.effort_rpe is None


def test_an_unknown_type_falls_back_on_the_sport(tmp_path: Path) -> None:
    (row,) = _summary_rows(build_summaries([_RUN | {"activityType": "moon_jog"}]), tmp_path)
    assert isinstance(row, RowItem)
    assert row.recording.sport is Sport.RUN
    assert row.recording.sport_as_recorded == "moon_jog"


def test_a_multisport_frame_is_not_counted_beside_its_parts(tmp_path: Path) -> None:
    frame = _RUN | {"activityType": "multi_sport"}
    skipped, row = _summary_rows(build_summaries([frame, _RUN]), tmp_path)
    assert isinstance(skipped, SkippedItem)
    assert isinstance(row, RowItem)


def test_a_list_longer_than_one_piece_and_in_several_parts_is_read_whole(tmp_path: Path) -> None:
    padded = [_RUN | {"activityId": number, "name": "ü" * 900} for number in range(2500)]
    parts = [
        {"summarizedActivitiesExport": padded[:1250]},
        {"summarizedActivitiesExport": padded[1250:]},
    ]
    content = json.dumps(parts, ensure_ascii=False).encode()
    assert len(content) > 4 << 20
    rows = _summary_rows(content, tmp_path)
    found = [json.loads(row.content)["activityId"] for row in rows if isinstance(row, RowItem)]
    assert found == list(range(2500))


def test_a_list_cut_short_gives_what_came_before_and_says_so(tmp_path: Path) -> None:
    content = build_summaries([_RUN, _RUN])
    row, failed = _summary_rows(content[:-40], tmp_path)
    assert isinstance(row, RowItem)
    assert isinstance(failed, FailedItem)
    assert "cut short" in failed.reason


@pytest.mark.parametrize("ending", [b"", b",", b", null]}]"])
def test_a_list_that_ends_between_two_activities_is_cut_short_too(
    ending: bytes, tmp_path: Path
) -> None:
    content = build_summaries([_RUN])
    row, failed = _summary_rows(content[: content.rindex(b"]}]")] + ending, tmp_path)
    assert isinstance(row, RowItem)
    assert isinstance(failed, FailedItem)
    assert "cut short" in failed.reason
    assert "Ask Garmin for the export again" in failed.reason


def test_a_list_in_another_form_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    (failed,) = _summary_rows(json.dumps([_RUN]).encode(), tmp_path)
    assert isinstance(failed, FailedItem)
    assert "no list of activities" in failed.reason


def test_a_summary_without_a_start_fails_alone(tmp_path: Path) -> None:
    failed, row = _summary_rows(build_summaries([{"activityType": "running"}, _RUN]), tmp_path)
    assert isinstance(failed, FailedItem)
    assert isinstance(row, RowItem)


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"[" * 9999, b"\xff\x00", b'{"a": 1}'])
def test_a_list_of_nothing_gives_nothing(content: bytes, tmp_path: Path) -> None:
    assert not [row for row in _summary_rows(content, tmp_path) if isinstance(row, RowItem)]


@pytest.mark.parametrize("packed", [True, False])
def test_the_whole_tree_gives_rows_daily_steps_and_the_files_of_inner_archives(
    packed: bool, tmp_path: Path
) -> None:
    inner = build_zip({"a_1.fit": b"one", "a_2.fit": b"two", "readme.txt": b"x"})
    days = [{"calendarDate": "2021-01-01", "totalSteps": 4137}, {"calendarDate": "2021-01-02"}]
    entries = {
        f"{_FITNESS}a_0_summarizedActivities.json": build_summaries([_RUN]),
        "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": inner,
        "DI_CONNECT/DI-Connect-Aggregator/UDSFile_2021.json": json.dumps(days).encode(),
        "DI_CONNECT/DI-Connect-User/profile.json": b"{}",
        "customer_data/customer.json": b"{}",
    }
    if packed:
        path = write_zip(tmp_path / "garmin.zip", entries)
    else:
        path = write_folder(tmp_path / "garmin", entries)

    items = _items(path, tmp_path)

    files = [item for item in items if isinstance(item, FileItem)]
    assert [read_item(file) for file in files] == [b"one", b"two"]
    assert all("UploadedFiles_0-_Part1.zip/a_" in file.shown_as for file in files)
    (daily,) = [item for item in items if isinstance(item, DailyItem)]
    assert daily.steps == {date(2021, 1, 1): {"Garmin": 4137}}
    assert len([item for item in items if isinstance(item, RowItem)]) == 1
    assert not [item for item in items if isinstance(item, FailedItem)]


def test_a_damaged_inner_archive_fails_alone(tmp_path: Path) -> None:
    entries = {
        "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0.zip": b"PK\x03\x04 not a zip",
        f"{_FITNESS}a_0_summarizedActivities.json": build_summaries([_RUN]),
    }
    items = _items(write_zip(tmp_path / "garmin.zip", entries), tmp_path)
    assert {type(item) for item in items} == {FailedItem, RowItem}
