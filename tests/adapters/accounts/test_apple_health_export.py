from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from builders.exports import (
    build_health_export,
    build_step_record,
    build_workout,
    write_folder,
    write_zip,
)
from sidestep.adapters.accounts.opener import ImportSources
from sidestep.domain.activity.recording import Pause
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import DailyItem, FailedItem, ImportItem, RowItem, SkippedItem

_START = "2025-01-01 07:30:00 +0100"
_END = "2025-01-01 08:00:00 +0100"
_ROUTE = b"""<?xml version="1.0"?>
<gpx version="1.1" creator="Apple Health Export" xmlns="http://www.topografix.com/GPX/1/1"><trk>
<trkseg>
<trkpt lon="-2.5" lat="51.4"><ele>18.5</ele><time>2025-01-01T06:30:00Z</time>
 <extensions><speed>2.5</speed><course>1</course></extensions></trkpt>
<trkpt><time>2025-01-01T06:30:05Z</time></trkpt>
<trkpt lon="-2.6" lat="51.5"><ele>19.5</ele><time>2025-01-01T06:30:10Z</time>
 <extensions><speed>3.0</speed></extensions></trkpt>
</trkseg></trk></gpx>"""
_ROUTE_REFERENCE = '<WorkoutRoute><FileReference path="/workout-routes/r 1.gpx"/></WorkoutRoute>'


def _items(
    tmp_path: Path, *elements: str, extra: dict[str, bytes] | None = None, name: str = "export.xml"
) -> list[ImportItem]:
    entries = {f"apple_health_export/{name}": build_health_export(*elements), **(extra or {})}
    path = write_zip(tmp_path / "export.zip", entries)
    return list(ImportSources().items(path, tmp_path))


def _row(tmp_path: Path, *elements: str, extra: dict[str, bytes] | None = None) -> RowItem:
    (row,) = [
        item for item in _items(tmp_path, *elements, extra=extra) if isinstance(item, RowItem)
    ]
    return row


def test_a_workout_of_the_newer_form(tmp_path: Path) -> None:
    children = """
      <MetadataEntry key="HKIndoorWorkout" value="0"/>
      <MetadataEntry key="HKElevationAscended" value="12345 cm"/>
      <WorkoutEvent type="HKWorkoutEventTypePause" date="2025-01-01 07:40:00 +0100"/>
      <WorkoutEvent type="HKWorkoutEventTypeResume" date="2025-01-01 07:42:00 +0100"/>
      <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="5.2" unit="km"/>
      <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="141.5" maximum="178"/>
      <WorkoutStatistics type="HKQuantityTypeIdentifierStepCount" sum="4711" unit="count"/>"""
    row = _row(
        tmp_path,
        build_workout(
            _START, _END, attributes='duration="28" durationUnit="min"', children=children
        ),
    )
    recording = row.recording
    assert recording.started_at == datetime(2025, 1, 1, 6, 30, tzinfo=UTC)
    assert recording.utc_offset_s == 3600
    assert recording.sport is Sport.RUN
    assert not recording.is_indoor
    assert recording.duration_s == 1680.0
    assert recording.elapsed_s == 1800.0
    assert recording.distance_m == 5200.0
    assert recording.ascent_m == pytest.approx(123.45)
    assert recording.heart_rate_mean_bpm == 141.5
    assert recording.steps_counted == 4711
    assert recording.pauses == (Pause(start_s=600.0, end_s=720.0),)
    assert row.reader == "apple_health"


def test_a_workout_of_the_older_form_in_miles(tmp_path: Path) -> None:
    attributes = (
        'duration="1800" durationUnit="s" totalDistance="3.0" totalDistanceUnit="mi" '
        'totalEnergyBurned="300" totalEnergyBurnedUnit="kcal"'
    )
    recording = _row(tmp_path, build_workout(_START, _END, attributes=attributes)).recording
    assert recording.distance_m == pytest.approx(3 * 1609.344)
    assert recording.duration_s == 1800.0


def test_the_zone_a_workout_names_wins_over_that_of_the_export(tmp_path: Path) -> None:
    zone = '<MetadataEntry key="HKTimeZone" value="America/New_York"/>'
    row = _row(tmp_path, build_workout(_START, _END, children=zone))
    assert row.recording.utc_offset_s == -5 * 3600
    unknown = '<MetadataEntry key="HKTimeZone" value="../Nowhere"/>'
    row = _row(tmp_path, build_workout(_START, _END, children=unknown))
    assert row.recording.utc_offset_s == 3600


@pytest.mark.parametrize(
    ("kind", "indoor", "sport"),
    [
        ("Running", "1", Sport.TREADMILL_RUN),
        ("Running", "0", Sport.RUN),
        ("Soccer", "0", Sport.FOOTBALL),
        ("Walking", "1", Sport.WALK),
    ],
)
def test_indoor_runs_are_treadmill_runs(
    kind: str, indoor: str, sport: Sport, tmp_path: Path
) -> None:
    children = f'<MetadataEntry key="HKIndoorWorkout" value="{indoor}"/>'
    recording = _row(tmp_path, build_workout(_START, _END, kind=kind, children=children)).recording
    assert recording.sport is sport
    assert recording.is_indoor == (indoor == "1")


def test_a_route_becomes_streams_on_the_workouts_clock(tmp_path: Path) -> None:
    extra = {"apple_health_export/workout-routes/r 1.gpx": _ROUTE}
    row = _row(tmp_path, build_workout(_START, _END, children=_ROUTE_REFERENCE), extra=extra)
    streams = row.recording.streams
    assert streams is not None
    assert streams.altitude_m is not None
    assert streams.speed_m_s is not None
    assert streams.latitude_deg is not None
    np.testing.assert_allclose(streams.time_s, [0.0, 10.0])
    np.testing.assert_allclose(streams.altitude_m, [18.5, 19.5])
    np.testing.assert_allclose(streams.speed_m_s, [2.5, 3.0])
    np.testing.assert_allclose(streams.latitude_deg, [51.4, 51.5])
    assert row.notes == ()
    assert _ROUTE in row.content


def test_a_route_of_quite_another_time_is_not_laid_over_the_workout(tmp_path: Path) -> None:
    extra = {"apple_health_export/workout-routes/r 1.gpx": _ROUTE.replace(b"2025", b"2024")}
    row = _row(tmp_path, build_workout(_START, _END, children=_ROUTE_REFERENCE), extra=extra)
    assert row.recording.streams is None
    assert row.notes == ("no point of its route lies in the time of the workout",)


@pytest.mark.parametrize(
    ("extra", "note"),
    [
        ({}, "its route r 1.gpx is not in the export"),
        (
            {"apple_health_export/workout-routes/r 1.gpx": b'<!DOCTYPE g [<!ENTITY a "b">]><gpx/>'},
            "a route defines entities; a route never does",
        ),
        (
            {"apple_health_export/workout-routes/r 1.gpx": b"not xml at all"},
            "no point of its route lies in the time of the workout",
        ),
    ],
)
def test_a_workout_outlives_its_route(extra: dict[str, bytes], note: str, tmp_path: Path) -> None:
    row = _row(tmp_path, build_workout(_START, _END, children=_ROUTE_REFERENCE), extra=extra)
    assert row.recording.streams is None
    assert row.notes == (note,)


def test_routes_that_no_workout_names_are_told(tmp_path: Path) -> None:
    folder = "apple_health_export/workout-routes"
    extra = {f"{folder}/{name}.gpx": _ROUTE for name in ("r 1", "a", "b")}
    items = _items(tmp_path, build_workout(_START, _END, children=_ROUTE_REFERENCE), extra=extra)
    (skipped,) = [item for item in items if isinstance(item, SkippedItem)]
    assert "2 routes" in skipped.reason


def test_stray_control_characters_inside_a_workout_survive(tmp_path: Path) -> None:
    children = (
        '<MetadataEntry key="x\x0b" value="\x0b"/><MetadataEntry key="HKIndoorWorkout" value="1"/>'
    )
    assert _row(tmp_path, build_workout(_START, _END, children=children)).recording.is_indoor


def test_steps_that_another_device_counted_in_a_run_are_apportioned_and_not_called_its_own(
    tmp_path: Path,
) -> None:
    records = [
        build_step_record(
            "2025-01-01 07:20:00 +0100", "2025-01-01 07:40:00 +0100", 3000, source="W"
        ),
        build_step_record(
            "2025-01-01 07:40:00 +0100", "2025-01-01 08:00:00 +0100", 3200, source="W"
        ),
        build_step_record(
            "2025-01-01 07:50:00 +0100", "2025-01-01 08:00:00 +0100", 1500, source="P"
        ),
    ]
    row = _row(tmp_path, *records, build_workout(_START, _END))
    assert row.recording.phone_steps == 1500 + 3200
    assert row.recording.steps_counted is None


def test_steps_of_the_watch_that_recorded_the_run_are_its_own_count(tmp_path: Path) -> None:
    records = [
        build_step_record(_START, _END, 4800, source="Watch"),
        build_step_record(_START, "2025-01-01 07:50:00 +0100", 3000, source="Phone"),
    ]
    recording = _row(tmp_path, *records, build_workout(_START, _END)).recording
    assert (recording.steps_counted, recording.phone_steps) == (4800, None)


def test_a_phone_that_stayed_behind_counts_no_steps_of_the_run(tmp_path: Path) -> None:
    record = build_step_record(_START, _END, 300)
    assert _row(tmp_path, record, build_workout(_START, _END)).recording.phone_steps is None


def test_a_ride_gets_no_steps_from_the_phone(tmp_path: Path) -> None:
    record = build_step_record(_START, _END, 3000)
    row = _row(tmp_path, record, build_workout(_START, _END, kind="Cycling"))
    assert row.recording.phone_steps is None


def test_days_have_steps_by_source_and_standing_hours(tmp_path: Path) -> None:
    stood = (
        '<Record type="HKCategoryTypeIdentifierAppleStandHour" sourceName="W" '
        'startDate="2025-01-01 09:00:00 +0100" endDate="2025-01-01 10:00:00 +0100" '
        'value="HKCategoryValueAppleStandHourStood"/>'
    )
    items = _items(tmp_path, build_step_record(_START, _END, 300), stood)
    (daily,) = [item for item in items if isinstance(item, DailyItem)]
    assert daily.steps == {date(2025, 1, 1): {"Phone": 300}}
    assert daily.standing_hours == {date(2025, 1, 1): 1}
    assert daily.content == (
        b'{"standing_hours":{"2025-01-01":1},"steps":{"2025-01-01":{"Phone":300}}}'
    )


@pytest.mark.parametrize("name", ["export.xml", "Export.xml", "exportieren.xml", "导出.xml"])
def test_the_phone_may_translate_the_name_of_the_document(name: str, tmp_path: Path) -> None:
    extra = {"apple_health_export/export_cda.xml": b"<ClinicalDocument/>"}
    items = _items(tmp_path, build_workout(_START, _END), extra=extra, name=name)
    assert {type(item) for item in items} == {RowItem, SkippedItem}


def test_an_unpacked_export_and_the_document_alone_give_the_same_rows(tmp_path: Path) -> None:
    entries = {"export.xml": build_health_export(build_workout(_START, _END))}
    folder = write_folder(tmp_path / "apple_health_export", entries)
    (in_folder,) = ImportSources().items(folder, tmp_path)
    (alone,) = ImportSources().items(folder / "export.xml", tmp_path)
    assert isinstance(in_folder, RowItem)
    assert isinstance(alone, RowItem)
    assert in_folder.content == alone.content


def test_a_workout_without_a_start_fails_alone(tmp_path: Path) -> None:
    items = _items(tmp_path, build_workout("", _END), build_workout(_START, _END))
    assert [type(item) for item in items] == [FailedItem, RowItem]


def test_an_entity_bomb_is_a_failure_with_a_reason(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE HealthData [<!ENTITY a "aaa">]><HealthData>&a;</HealthData>'
    path = tmp_path / "export.xml"
    path.write_bytes(bomb)
    (failed,) = ImportSources().items(path, tmp_path)
    assert isinstance(failed, FailedItem)
    assert "entities" in failed.reason


def _interval(minutes: float, km: float, bpm: float, extra: str = "") -> str:
    kind = "HKQuantityTypeIdentifier"
    return (
        f'<WorkoutActivity duration="{minutes}" durationUnit="min">{extra}'
        f'<WorkoutStatistics type="{kind}DistanceWalkingRunning" sum="{km}" unit="km"/>'
        f'<WorkoutStatistics type="{kind}HeartRate" average="{bpm}" unit="count/min"/>'
        '<MetadataEntry key="HKElevationAscended" value="500 cm"/></WorkoutActivity>'
    )


@pytest.mark.parametrize("own_first", [True, False])
def test_what_a_workout_says_of_itself_goes_before_its_parts(
    own_first: bool, tmp_path: Path
) -> None:
    own = """<MetadataEntry key="HKElevationAscended" value="1200 cm"/>
      <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="5" unit="km"/>
      <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="150" unit="count/min"/>
      """
    parts = _interval(10, 2.0, 140) + _interval(20, 3.0, 155)
    children = own + parts if own_first else parts + own
    recording = _row(tmp_path, build_workout(_START, _END, children=children)).recording
    assert recording.distance_m == 5000.0
    assert recording.heart_rate_mean_bpm == 150.0
    assert recording.ascent_m == 12.0


def test_totals_that_only_the_parts_have_are_put_together(tmp_path: Path) -> None:
    indoor = '<MetadataEntry key="HKIndoorWorkout" value="1"/>'
    children = _interval(10, 2.0, 140, indoor) + _interval(30, 3.0, 160)
    recording = _row(tmp_path, build_workout(_START, _END, children=children)).recording
    assert recording.distance_m == 5000.0
    assert recording.heart_rate_mean_bpm == pytest.approx(155.0)
    assert recording.sport is Sport.TREADMILL_RUN


@pytest.mark.parametrize("repeated", [True, False])
def test_a_pause_counts_once_however_often_it_is_told(repeated: bool, tmp_path: Path) -> None:
    event = '<WorkoutEvent type="HKWorkoutEventType{}" date="2025-01-01 07:{}:00 +0100"/>'
    pause = event.format("MotionPaused", 40) + event.format("MotionResumed", 42)
    if repeated:
        told = [("Pause", 40), ("MotionPaused", 40), ("Resume", 42), ("MotionResumed", 42)]
        pause = "".join(event.format(kind, minute) for kind, minute in told)
        pause += f'<WorkoutActivity duration="30">{pause}</WorkoutActivity>'
    recording = _row(tmp_path, build_workout(_START, _END, children=pause)).recording
    assert recording.pauses == (Pause(start_s=600.0, end_s=720.0),)
