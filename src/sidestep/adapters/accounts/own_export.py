"""What ``sidestep data export`` wrote, read back: files, rows of account lists, days of steps.

How such an export is written is the storage's business.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sidestep.adapters.accounts.archives import MAX_ACTIVITY_BYTES, read_limited
from sidestep.adapters.accounts.cells import canonical_json
from sidestep.adapters.accounts.failures import failed
from sidestep.adapters.accounts.holdings import Holding, read_table
from sidestep.adapters.accounts.leftovers import is_activity_name
from sidestep.domain.activity.recording import Recording
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError, UnreadableFileError
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import AccountHint, DailyItem, FailedItem, ImportItem, RowItem

LIST_NAME = "activities.json"
SOURCES_NAME = "sources.csv"
ORIGINALS = "originals/"
CLAIMS = (
    LIST_NAME,
    "activities.csv",
    SOURCES_NAME,
    ORIGINALS,
    "streams/",
    "daily_steps.csv",
    "standing_hours.csv",
    *(f"{kind}.json" for kind in DocumentKind),
    "clips/",
    "README.md",
)
_DAMAGE = (
    InputError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    csv.Error,
)
_COUNTED_BY = "Sidestep export"
_LARGEST_OFFSET_H = 14


@dataclass(frozen=True, slots=True)
class _Source:
    """One original as the export lists it, and the activities that rest on it."""

    sha256: str
    shown_as: str
    reader: str
    activities: tuple[Mapping[str, Any], ...]


def read_own_export(holding: Holding) -> Iterator[ImportItem]:
    """Yield what an export of Sidestep holds.

    What the person said of a file's sport and effort comes with it; whether she counted an odd
    recording, and her answers and plans, do not.

    Parameters
    ----------
    holding
        The folder that was exported, packed or not.
    """
    try:
        sources = _sources(holding)
    except _DAMAGE as error:
        yield _failed(f"{holding.shown_as}/{LIST_NAME}", error, about="list unreadable")
        sources = {}
    for name in holding.names():
        if not name.startswith(ORIGINALS):
            continue
        source = sources.get(name.removeprefix(ORIGINALS).partition("-")[0])
        if is_activity_name(name):
            yield holding.item(name, _hint(source))
        elif source is not None and source.activities:
            yield _row_item(holding, name, source)
    yield from _days(holding)


def _failed(shown_as: str, error: Exception, *, about: str) -> FailedItem:
    if not isinstance(error, InputError):
        error = UnreadableFileError(
            "it is not as Sidestep writes it", hint="Export your data again, and change nothing."
        )
    return failed(shown_as, error, about=about)


def _sources(holding: Holding) -> dict[str, _Source]:
    """Return the originals by the beginning of their names, the first 12 of their hash."""
    by_source: dict[str, list[Mapping[str, Any]]] = {}
    for activity in json.loads(read_table(holding, LIST_NAME)):
        for sha256 in activity["sources"]:
            by_source.setdefault(sha256, []).append(activity)
    return {
        row["sha256"][:12]: _Source(
            row["sha256"], row["shown_as"], row["reader"], tuple(by_source.get(row["sha256"], ()))
        )
        for row in _table(holding, SOURCES_NAME)
    }


def _table(holding: Holding, name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(read_table(holding, name).decode("utf-8"), newline=""))


def _hint(source: _Source | None) -> AccountHint | None:
    if source is None or len(source.activities) != 1:
        return None
    (activity,) = source.activities
    try:
        return AccountHint(sport=_sport(activity), effort_rpe=_number(activity, "effort_rpe"))
    except _DAMAGE:
        return None


def _sport(activity: Mapping[str, Any]) -> Sport:
    return Sport(str(activity["sport"]))


def _number(activity: Mapping[str, Any], name: str) -> float | None:
    value = activity[name]
    return None if value is None else float(value)


def _steps(activity: Mapping[str, Any], counted_by: str) -> int | None:
    steps = _number(activity, "steps")
    return None if steps is None or activity["steps_source"] != counted_by else int(steps)


def _row_item(holding: Holding, name: str, source: _Source) -> RowItem | FailedItem:
    try:
        with holding.open(name) as stream:
            content = read_limited(stream, MAX_ACTIVITY_BYTES)
        recording = _recording(source.activities[0])
    except _DAMAGE as error:
        return _failed(source.shown_as, error, about="row unreadable")
    return RowItem(
        shown_as=source.shown_as, reader=source.reader, content=content, recording=recording
    )


def _recording(activity: Mapping[str, Any]) -> Recording:
    started_at = datetime.fromisoformat(activity["started_at"]).astimezone(UTC)
    distance_km = _number(activity, "distance_km")
    return Recording(
        started_at=started_at,
        sport=_sport(activity),
        utc_offset_s=_utc_offset_s(started_at, date.fromisoformat(activity["local_date"])),
        duration_s=_number(activity, "duration_s"),
        elapsed_s=_number(activity, "elapsed_s"),
        distance_m=None if distance_km is None else distance_km * 1000.0,
        ascent_m=_number(activity, "ascent_m"),
        descent_m=_number(activity, "descent_m"),
        heart_rate_mean_bpm=_number(activity, "heart_rate_mean_bpm"),
        steps_counted=_steps(activity, "session_count"),
        phone_steps=_steps(activity, "phone_steps"),
        effort_rpe=_number(activity, "effort_rpe"),
        is_indoor=activity["is_indoor"] is True,
    )


def _utc_offset_s(started_at: datetime, local_date: date) -> int:
    """Return the smallest offset that puts the start on that day: the export keeps only the day."""
    offsets_h = sorted(range(-_LARGEST_OFFSET_H, _LARGEST_OFFSET_H + 1), key=abs)
    fitting = (
        hours for hours in offsets_h if (started_at + timedelta(hours=hours)).date() == local_date
    )
    return next(fitting, 0) * 3600


def _days(holding: Holding) -> Iterator[DailyItem | FailedItem]:
    names = holding.names()
    try:
        steps = {
            date.fromisoformat(row["day"]): {_COUNTED_BY: int(row["steps"])}
            for row in (_table(holding, "daily_steps.csv") if "daily_steps.csv" in names else ())
        }
        hours = {
            date.fromisoformat(row["day"]): int(row["hours"])
            for row in (
                _table(holding, "standing_hours.csv") if "standing_hours.csv" in names else ()
            )
        }
    except _DAMAGE as error:
        yield _failed(holding.shown_as, error, about="daily steps unreadable")
        return
    if steps or hours:
        yield DailyItem(
            shown_as=f"{holding.shown_as}, steps and standing by day",
            reader="sidestep",
            content=canonical_json(
                {
                    "steps": {day.isoformat(): counts for day, counts in steps.items()},
                    "standing_hours": {day.isoformat(): count for day, count in hours.items()},
                }
            ),
            steps=steps,
            standing_hours=hours,
        )
