"""Archives and lists shaped like the accounts' own exports, with contents made up here."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

STRAVA_2019 = [
    "Activity ID",
    "Activity Date",
    "Activity Name",
    "Activity Type",
    "Activity Description",
    "Elapsed Time",
    "Distance",
    "Commute",
    "Activity Gear",
    "Filename",
]
STRAVA_LONG = [
    "Activity ID",
    "Activity Date",
    "Activity Name",
    "Activity Type",
    "Activity Description",
    "Elapsed Time",
    "Distance",
    "Max Heart Rate",
    "Relative Effort",
    "Commute",
    "Activity Private Note",
    "Activity Gear",
    "Filename",
    "Athlete Weight",
    "Bike Weight",
    "Elapsed Time",
    "Moving Time",
    "Distance",
    "Max Speed",
    "Average Speed",
    "Elevation Gain",
    "Elevation Loss",
    "Max Heart Rate",
    "Average Heart Rate",
    "Relative Effort",
    "Perceived Exertion",
    "Type",
    "Start Time",
    "Commute",
    "Total Steps",
]
STRAVA_GERMAN = [
    "Aktivitäts-ID",
    "Aktivitätsdatum",
    "Name der Aktivität",
    "Aktivitätsart",
    "Aktivitätsbeschreibung",
    "Verstrichene Zeit",
    "Distanz",
    "Max. Herzfrequenz",
    "Relative Leistung",
    "Pendeln",
    "Hinweis zur Privatsphäre für Aktivitäten",
    "Aktivitätsausrüstung",
    "Dateiname",
    "Sportlergewicht",
    "Fahrradgewicht",
    "Verstrichene Zeit",
    "Bewegungszeit",
    "Distanz",
    "Höchstgeschw.",
    "Durchschnittliche Geschwindigkeit",
    "Höhenzunahme",
    "Höhenunterschied",
    "Max. Herzfrequenz",
    "Durchschnittliche Herzfrequenz",
    "Relative Leistung",
    "Gefühlte Anstrengung",
    "Art",
    "Startzeit",
    "Pendeln",
    "Schritte insgesamt",
]
RUNKEEPER = [
    "Activity Id",
    "Date",
    "Type",
    "Route Name",
    "Distance (km)",
    "Duration",
    "Average Pace",
    "Average Speed (km/h)",
    "Calories Burned",
    "Climb (m)",
    "Average Heart Rate (bpm)",
    "Friend's Tagged",
    "Notes",
    "GPX File",
]


def build_table(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str = ","
) -> bytes:
    """Write a table as an account does."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def build_row(header: Sequence[str], cells: Mapping[str, str | Sequence[str]]) -> list[str]:
    """Fill a row by column name; a repeated name takes its cells in turn."""
    turns: dict[str, int] = {}
    row: list[str] = []
    for name in header:
        turn = turns[name] = turns.get(name, -1) + 1
        cell = cells.get(name, "")
        if isinstance(cell, str):
            cell = (cell,)
        row.append(cell[turn] if turn < len(cell) else "")
    return row


def write_zip(path: Path, entries: Mapping[str, bytes]) -> Path:
    """Write a zip with these entries."""
    path.write_bytes(build_zip(entries))
    return path


def build_zip(entries: Mapping[str, bytes]) -> bytes:
    """Return a zip with these entries."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, entry in entries.items():
            archive.writestr(name, entry)
    return content.getvalue()


def write_folder(folder: Path, entries: Mapping[str, bytes]) -> Path:
    """Write the same entries as files under a folder."""
    for name, entry in entries.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(entry)
    return folder


def build_summaries(summaries: Sequence[Mapping[str, object]]) -> bytes:
    """Return Garmin's list of activity summaries."""
    return json.dumps([{"summarizedActivitiesExport": list(summaries)}]).encode()


def build_step_record(
    start: str, end: str, count: int, *, source: str = "Phone", extra: str = ""
) -> str:
    """Return a step record of Apple Health; times such as ``2025-01-01 06:30:00 +0000``."""
    return (
        f' <Record type="HKQuantityTypeIdentifierStepCount" sourceName="{source}" {extra}'
        f'unit="count" creationDate="{end}" startDate="{start}" endDate="{end}" '
        f'value="{count}"/>\n'
    )


def build_health_export(*elements: str, prologue: str = "") -> bytes:
    """Return an export.xml of Apple Health around these elements."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"{prologue}"
        '<HealthData locale="en_GB">\n'
        ' <ExportDate value="2026-01-15 10:00:00 +0000"/>\n'
        f"{''.join(elements)}"
        "</HealthData>\n"
    ).encode()


def build_workout(
    start: str,
    end: str,
    *,
    kind: str = "Running",
    attributes: str = 'duration="30" durationUnit="min"',
    children: str = "",
) -> str:
    """Return a workout of Apple Health."""
    return (
        f' <Workout workoutActivityType="HKWorkoutActivityType{kind}" {attributes} '
        f'sourceName="Watch" creationDate="{end}" startDate="{start}" endDate="{end}">\n'
        f"{children}\n </Workout>\n"
    )
