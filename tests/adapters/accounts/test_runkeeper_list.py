from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.exports import RUNKEEPER, build_row, build_table, write_folder, write_zip
from sidestep.adapters.accounts.holdings import FolderHolding
from sidestep.adapters.accounts.opener import ImportSources
from sidestep.adapters.accounts.runkeeper import read_runkeeper
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import AccountHint, FailedItem, FileItem, RowItem

_RUN = {
    "Activity Id": "a-1",
    "Date": "2019-08-27 19:00:05",
    "Type": "Running",
    "Distance (km)": "4.27",
    "Duration": "30:09",
    "Average Pace": "7:04",
    "Climb (m)": "49",
    "Average Heart Rate (bpm)": "110",
    "Notes": "Käsh, and\na second line",
}


class _TableOnly:
    """A holding in memory with nothing but the list."""

    shown_as = "log"

    def __init__(self, table: bytes) -> None:
        self._table = table

    def names(self) -> Sequence[str]:
        return ("cardioActivities.csv",)

    def open(self, name: str) -> BinaryIO:
        assert name == "cardioActivities.csv"
        return BytesIO(self._table)

    def item(self, name: str, hint: AccountHint | None = None) -> FileItem:
        return FileItem(shown_as=name, container=Path(name), member=None, hint=hint)


def _row(
    tmp_path: Path, cells: dict[str, str], header: list[str] = RUNKEEPER, delimiter: str = ","
) -> RowItem:
    table = build_table(header, [build_row(header, cells)], delimiter=delimiter)
    folder = write_folder(tmp_path / "runkeeper", {"cardioActivities.csv": table})
    (item,) = read_runkeeper(FolderHolding(folder), ZoneInfo("Europe/Athens"))
    assert isinstance(item, RowItem)
    return item


def test_a_row_of_the_documented_form(tmp_path: Path) -> None:
    recording = _row(tmp_path, _RUN).recording
    assert recording.started_at == datetime(2019, 8, 27, 16, 0, 5, tzinfo=UTC)
    assert recording.utc_offset_s == 3 * 3600
    assert recording.sport is Sport.RUN
    assert recording.duration_s == 1809.0
    assert recording.distance_m == pytest.approx(4270.0)
    assert recording.ascent_m == 49.0
    assert recording.heart_rate_mean_bpm == 110.0


def test_miles_and_feet_become_metres(tmp_path: Path) -> None:
    header = [name.replace("(km)", "(mi)").replace("(m)", "(ft)") for name in RUNKEEPER]
    cells = _RUN | {"Distance (mi)": "1.0", "Climb (ft)": "100", "Date": "8/9/2019 7:00"}
    recording = _row(tmp_path, cells, header).recording
    assert recording.distance_m == pytest.approx(1609.344)
    assert recording.ascent_m == pytest.approx(30.48)
    assert (recording.started_at.month, recording.started_at.day) == (8, 9)


def test_a_spreadsheet_with_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    cells = _RUN | {"Date": "27.08.2019 19:00", "Distance (km)": "4,27"}
    recording = _row(tmp_path, cells, delimiter=";").recording
    assert recording.distance_m == pytest.approx(4270.0)
    assert recording.started_at == datetime(2019, 8, 27, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "expected_s"),
    [
        ({"Duration": "30:09:00"}, 1809.0),
        ({"Duration": "30:09:00", "Average Pace": "", "Average Speed (km/h)": "8.49"}, 1809.0),
        ({"Duration": "01:00:00", "Distance (km)": "0", "Average Pace": ""}, 3600.0),
        ({"Duration": "35:47:00", "Distance (km)": "0", "Average Pace": ""}, 2147.0),
        ({"Duration": "01:20:30", "Distance (km)": "11.66", "Average Pace": "06:54"}, 4830.0),
        ({"Duration": "30:09:00", "Distance (km)": "100", "Average Pace": "18:05"}, 108540.0),
        ({"Duration": ""}, None),
    ],
)
def test_minutes_that_a_spreadsheet_took_for_hours_are_found_by_the_pace(
    cells: dict[str, str], expected_s: float | None, tmp_path: Path
) -> None:
    row = _row(tmp_path, _RUN | cells)
    assert row.recording.duration_s == expected_s
    assert bool(row.notes) == (expected_s in {1809.0, 2147.0})


def test_the_note_says_how_it_was_read(tmp_path: Path) -> None:
    (note,) = _row(tmp_path, _RUN | {"Duration": "30:09:00"}).notes
    assert note == "its duration 30:09:00 is read as 30 min 9 s"


@given(st.integers(180, 900), st.integers(100, 4000))
def test_a_duration_and_its_mangled_form_are_read_alike(pace_s: int, hectometres: int) -> None:
    distance_km = hectometres / 100
    duration = timedelta(seconds=round(pace_s * distance_km))
    minutes, seconds = divmod(int(duration.total_seconds()), 60)
    pace = f"{pace_s // 60}:{pace_s % 60:02}"
    cells = {"Distance (km)": str(distance_km), "Average Pace": pace}
    rows = [
        build_row(RUNKEEPER, _RUN | cells | {"Duration": written})
        for written in (f"{minutes}:{seconds:02}", f"{minutes}:{seconds:02}:00")
    ]
    items = read_runkeeper(_TableOnly(build_table(RUNKEEPER, rows)), UTC)
    read = [item.recording.duration_s for item in items if isinstance(item, RowItem)]
    assert read == [duration.total_seconds()] * 2


def test_files_beside_the_list_are_read_and_rows_without_one_are_rows(tmp_path: Path) -> None:
    listed = build_row(RUNKEEPER, _RUN | {"GPX File": "2019-08-27-190005.gpx"})
    table = build_table(RUNKEEPER, [listed, build_row(RUNKEEPER, _RUN)])
    entries = {
        "cardioActivities.csv": table,
        "2019-08-27-190005.gpx": b"<gpx/>",
        "2011-01-01-000000.gpx": b"<gpx/>",
        "measurements.csv": b"a,b\n",
    }
    path = write_zip(tmp_path / "runkeeper.zip", entries)
    items = list(ImportSources(ZoneInfo("Europe/Athens")).items(path, tmp_path))
    files = [item for item in items if isinstance(item, FileItem)]
    assert [file.member for file in files] == ["2019-08-27-190005.gpx", "2011-01-01-000000.gpx"]
    assert files[0].hint is not None
    assert files[0].hint.sport is Sport.RUN
    assert files[1].hint is None
    assert len([item for item in items if isinstance(item, RowItem)]) == 1


def test_a_row_without_a_date_fails_alone(tmp_path: Path) -> None:
    rows = [build_row(RUNKEEPER, _RUN | {"Date": ""}), build_row(RUNKEEPER, _RUN)]
    path = tmp_path / "log.csv"
    path.write_bytes(build_table(RUNKEEPER, rows))
    failed, row = ImportSources().items(path, tmp_path)
    assert isinstance(failed, FailedItem)
    assert isinstance(row, RowItem)
    assert "row 3" in row.shown_as


def test_a_list_of_2011_does_not_number_its_activities(tmp_path: Path) -> None:
    header = [name for name in RUNKEEPER if name not in {"Activity Id", "Friend's Tagged"}]
    table = build_table(header, [build_row(header, _RUN | {"Duration": "0:32:42"})])
    path = write_zip(tmp_path / "export.zip", {"cardioActivities.csv": table})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (item,) = ImportSources(ZoneInfo("Europe/Athens")).items(path, scratch)
    assert isinstance(item, RowItem)
    assert item.recording.started_at == datetime(2019, 8, 27, 16, 0, 5, tzinfo=UTC)
    assert item.recording.duration_s == 1962.0
