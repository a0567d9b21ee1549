from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders.exports import (
    STRAVA_2019,
    STRAVA_GERMAN,
    STRAVA_LONG,
    build_row,
    build_table,
    write_folder,
    write_zip,
)
from sidestep.adapters.accounts.opener import ImportSources
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import FailedItem, FileItem, ImportItem, RowItem, SkippedItem

_LONG_RUN = {
    "Activity ID": "9",
    "Activity Date": "Sep 12, 2018, 3:02:23\u202fPM",
    "Activity Name": 'Lunch, easy "chat" run 🏃',
    "Activity Type": "Run",
    "Elapsed Time": ("1900", "1900.5"),
    "Distance": ("5.01", "5012.3"),
    "Moving Time": "1800.5",
    "Elevation Gain": "31.5",
    "Average Heart Rate": "141",
    "Perceived Exertion": "6",
    "Type": "",
    "Total Steps": "4800",
}
_GERMAN_RUN = {
    "Aktivitäts-ID": "9",
    "Aktivitätsdatum": "12.09.2018, 15:02:23",
    "Aktivitätsart": "Lauf",
    "Verstrichene Zeit": ("1900", "1900.5"),
    "Distanz": ("5,01", "5012.3"),
    "Bewegungszeit": "1800.5",
    "Höhenzunahme": "31.5",
    "Durchschnittliche Herzfrequenz": "141",
    "Gefühlte Anstrengung": "6",
    "Schritte insgesamt": "4800",
}


def _items(path: Path, scratch: Path) -> list[ImportItem]:
    return list(ImportSources().items(path, scratch))


def _rows(path: Path, scratch: Path) -> list[RowItem]:
    return [item for item in _items(path, scratch) if isinstance(item, RowItem)]


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("header", "cells"), [(STRAVA_LONG, _LONG_RUN), (STRAVA_GERMAN, _GERMAN_RUN)]
)
def test_a_row_without_a_file_is_an_activity_in_either_language(
    header: list[str], cells: dict[str, str], tmp_path: Path, scratch: Path
) -> None:
    table = build_table(header, [build_row(header, cells)])
    path = write_zip(tmp_path / "export.zip", {"activities.csv": table})

    (row,) = _rows(path, scratch)

    recording = row.recording
    assert row.reader == "strava"
    assert recording.started_at == datetime(2018, 9, 12, 15, 2, 23, tzinfo=UTC)
    assert recording.sport is Sport.RUN
    assert recording.elapsed_s == 1900.5
    assert recording.duration_s == 1800.5
    assert recording.distance_m == 5012.3
    assert recording.ascent_m == 31.5
    assert recording.heart_rate_mean_bpm == 141
    assert recording.effort_rpe == 6
    assert recording.steps_counted == 4800


def test_ten_columns_have_kilometres_and_no_moving_time(tmp_path: Path, scratch: Path) -> None:
    cells = {
        "Activity Date": "Jan 1, 2019, 12:37:12 AM",
        "Activity Type": "Virtual Run",
        "Elapsed Time": "2124",
        "Distance": "7.28",
    }
    table = build_table(STRAVA_2019, [build_row(STRAVA_2019, cells)])
    (row,) = _rows(write_folder(tmp_path / "x", {"activities.csv": table}), scratch)
    assert row.recording.started_at == datetime(2019, 1, 1, 0, 37, 12, tzinfo=UTC)
    assert row.recording.distance_m == pytest.approx(7280.0)
    assert row.recording.duration_s == row.recording.elapsed_s == 2124.0
    assert row.recording.sport is Sport.TREADMILL_RUN
    assert row.recording.is_indoor


def test_swims_of_the_short_form_are_in_metres_with_grouped_thousands(
    tmp_path: Path, scratch: Path
) -> None:
    cells = {
        "Activity Date": "Jan 1, 2019, 1:37:12 PM",
        "Activity Type": "Swim",
        "Distance": "1,500",
    }
    table = build_table(STRAVA_2019, [build_row(STRAVA_2019, cells)])
    (row,) = _rows(write_folder(tmp_path / "x", {"activities.csv": table}), scratch)
    assert row.recording.distance_m == 1500.0


def test_the_form_before_july_2019_had_metres(tmp_path: Path, scratch: Path) -> None:
    header = [
        "id",
        "date",
        "name",
        "type",
        "description",
        "elapsed_time",
        "distance",
        "commute",
        "gear",
        "filename",
    ]
    row_cells = ["1", "2018-09-12 15:02:23", "x", "Run", "", "783", "3681.0", "true", "", ""]
    table = build_table(header, [row_cells])
    (row,) = _rows(write_folder(tmp_path / "x", {"activities.csv": table}), scratch)
    assert row.recording.distance_m == 3681.0
    assert row.recording.started_at == datetime(2018, 9, 12, 15, 2, 23, tzinfo=UTC)


def test_an_unnamed_language_is_read_by_the_usual_places(tmp_path: Path, scratch: Path) -> None:
    header = [f"столбец {number}" for number in range(13)]
    cells = ["7", "12.09.2018, 15:02:23", "", "Run", "", "600", "2,5", *[""] * 5]
    table = build_table(header, [[*cells, "activities/7.fit.gz"], [*cells, ""]])
    path = write_zip(
        tmp_path / "export.zip", {"activities.csv": table, "activities/7.fit.gz": b"fit"}
    )
    file, row = _items(path, scratch)
    assert isinstance(file, FileItem)
    assert isinstance(row, RowItem)
    assert file.hint is not None
    assert file.hint.distance_m == row.recording.distance_m == 2500.0


def test_an_unnamed_language_has_its_repeated_columns_too(tmp_path: Path, scratch: Path) -> None:
    header = [f"столбец {number}" for number in range(len(STRAVA_LONG))]
    for at, name in enumerate(STRAVA_LONG):
        if name in {"Elapsed Time", "Distance"}:
            header[at] = header[STRAVA_LONG.index(name)]
    header[12] = "файл"
    cells = _LONG_RUN | {"Activity Date": "12 сент. 2018 г., 15:02:23", "Activity Type": "Забег"}
    cells |= {"Distance": ("5,01", "5012.3"), "Filename": "activities/9.gpx"}
    table = build_table(header, [build_row(STRAVA_LONG, cells)])
    path = write_zip(tmp_path / "export.zip", {"activities.csv": table, "activities/8.gpx": b""})
    (row,) = _rows(path, scratch)
    assert row.recording.started_at == datetime(2018, 9, 12, 15, 2, 23, tzinfo=UTC)
    assert row.recording.sport is Sport.RUN
    assert row.recording.distance_m == 5012.3
    assert row.recording.duration_s == 1800.5
    assert row.recording.elapsed_s == 1900.5


_DUTCH = {
    "Activiteits-ID": "9",
    "Datum van activiteit": "12 mrt. 2018 15:02:23",
    "Naam activiteit": "Rondje",
    "Activiteitstype": "Hardloopsessie",
    "Verstreken tijd": "1900",
    "Afstand": "5,01",
    "Bestandsnaam": "",
    "Beweegtijd": "1800.5",
    "Totale stijging": "31.5",
    "Gemiddelde hartslag": "141",
}
_CHINESE = {
    "活动 ID": "9",
    "活动日期": "2018年3月12日 15:02:23",
    "活动名称": "x",
    "活动类型": "跑步",
    "活动描述": "",
    "全程耗时": "1900",
    "距离": "5.01",
    "文件名": "",
}


@pytest.mark.parametrize("cells", [_DUTCH, _CHINESE], ids=["Dutch", "Chinese"])
def test_lists_in_other_languages_are_read_by_their_names(
    cells: dict[str, str], tmp_path: Path, scratch: Path
) -> None:
    table = build_table(list(cells), [list(cells.values())])
    (row,) = _rows(write_folder(tmp_path / "x", {"activities.csv": table}), scratch)
    assert row.recording.started_at == datetime(2018, 3, 12, 15, 2, 23, tzinfo=UTC)
    assert row.recording.sport is Sport.RUN
    assert row.recording.distance_m == pytest.approx(5010.0)
    assert row.recording.elapsed_s == 1900.0
    assert row.recording.duration_s == (1800.5 if "Beweegtijd" in cells else 1900.0)
    assert row.recording.heart_rate_mean_bpm == (141.0 if "Beweegtijd" in cells else None)


def test_no_distance_is_none_and_not_nought(tmp_path: Path, scratch: Path) -> None:
    cells = _LONG_RUN | {"Activity Type": "Tennis", "Distance": ("0.00", "0.0")}
    table = build_table(STRAVA_LONG, [build_row(STRAVA_LONG, cells)])
    (row,) = _rows(write_folder(tmp_path / "x", {"activities.csv": table}), scratch)
    assert row.recording.distance_m is None
    assert row.recording.sport is Sport.TENNIS


@pytest.mark.parametrize("packed", [True, False])
def test_files_carry_what_the_list_says_and_unlisted_files_come_too(
    packed: bool, tmp_path: Path, scratch: Path
) -> None:
    listed = build_row(STRAVA_LONG, _LONG_RUN | {"Filename": "activities/9.fit.gz"})
    missing = build_row(STRAVA_LONG, _LONG_RUN | {"Filename": "activities/8.fit.gz"})
    entries = {
        "export_1/activities.csv": build_table(STRAVA_LONG, [listed, listed, missing]),
        "export_1/activities/9.fit.gz": b"nine",
        "export_1/activities/77.gpx": b"<gpx/>",
        "export_1/shoes.csv": b"a,b\n",
        "export_1/media/one.jpg": b"x",
        "export_1/media/two.jpg": b"x",
    }
    if packed:
        path = write_zip(tmp_path / "export.zip", entries)
    else:
        path = write_folder(tmp_path / "export", entries)

    items = _items(path, scratch)

    files = [item for item in items if isinstance(item, FileItem)]
    assert [file.shown_as.rpartition("/")[2] for file in files] == [
        "9.fit.gz",
        "9.fit.gz",
        "77.gpx",
    ]
    assert files[0] == files[1]
    hint = files[0].hint
    assert hint is not None
    assert hint.sport is Sport.RUN
    assert hint.sport_as_recorded == "Run"
    assert (hint.duration_s, hint.elapsed_s, hint.distance_m) == (1800.5, 1900.5, 5012.3)
    assert hint.effort_rpe == 6
    assert files[2].hint is None
    (row,) = [item for item in items if isinstance(item, RowItem)]
    assert row.notes == ("its file 8.fit.gz did not come with the list",)
    (skipped,) = [item for item in items if isinstance(item, SkippedItem)]
    assert "2 .jpg, 1 .csv" in skipped.reason


def test_a_file_that_was_unpacked_on_the_way_is_still_found(tmp_path: Path, scratch: Path) -> None:
    listed = build_row(STRAVA_LONG, _LONG_RUN | {"Filename": "activities/9.FIT.gz"})
    entries = {"activities.csv": build_table(STRAVA_LONG, [listed]), "activities/9.fit": b"x"}
    (file,) = _items(write_folder(tmp_path / "export", entries), scratch)
    assert isinstance(file, FileItem)
    assert file.hint is not None


def test_doubled_rows_have_the_same_content(tmp_path: Path, scratch: Path) -> None:
    row = build_row(STRAVA_LONG, _LONG_RUN)
    table = build_table(STRAVA_LONG, [row, row])
    first, second = _rows(write_folder(tmp_path / "x", {"activities.csv": table}), scratch)
    assert first.content == second.content
    assert first.shown_as != second.shown_as


def test_a_row_with_a_date_in_no_known_form_fails_alone(tmp_path: Path, scratch: Path) -> None:
    good = build_row(STRAVA_LONG, _LONG_RUN)
    bad = build_row(STRAVA_LONG, _LONG_RUN | {"Activity Date": "once"})
    table = build_table(STRAVA_LONG, [bad, good])
    failed, row = _items(write_folder(tmp_path / "x", {"activities.csv": table}), scratch)
    assert isinstance(failed, FailedItem)
    assert "'once'" in failed.reason
    assert isinstance(row, RowItem)


def test_an_empty_list_says_so_and_the_files_beside_it_are_read(
    tmp_path: Path, scratch: Path
) -> None:
    entries = {"activities.csv": b"\n", "activities/9.fit": b"x"}
    failed, file = _items(write_folder(tmp_path / "export", entries), scratch)
    assert isinstance(failed, FailedItem)
    assert failed.reason == "list unreadable: the table is empty. Make the export again"
    assert isinstance(file, FileItem)


def test_the_list_alone_is_recognised_under_any_name(tmp_path: Path, scratch: Path) -> None:
    row = build_row(STRAVA_GERMAN, _GERMAN_RUN | {"Dateiname": "activities/9.fit.gz"})
    path = tmp_path / "meine liste.csv"
    path.write_bytes(build_table(STRAVA_GERMAN, [row]))
    (item,) = _items(path, scratch)
    assert isinstance(item, RowItem)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b'"'])
def test_an_empty_or_garbled_list_breaks_nothing(
    content: bytes, tmp_path: Path, scratch: Path
) -> None:
    entries = {"activities.csv": content, "activities/9.fit": b"x"}
    items = _items(write_folder(tmp_path / "export", entries), scratch)
    assert any(isinstance(item, FileItem) for item in items)
