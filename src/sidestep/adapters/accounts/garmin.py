"""Garmin's account export: activity summaries, daily steps, uploaded files; not what FITs hold."""

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, BinaryIO

from sidestep.adapters.accounts.archives import read_chunk
from sidestep.adapters.accounts.cells import canonical_json
from sidestep.adapters.accounts.failures import failed
from sidestep.adapters.accounts.holdings import Holding, read_table
from sidestep.adapters.accounts.leftovers import is_activity_name, summarise_leftovers
from sidestep.domain.activity.recording import Recording
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError, UnreadableFileError
from sidestep.services.ports import DailyItem, FailedItem, ImportItem, RowItem, SkippedItem

ROOT = "DI_CONNECT/"
_READER = "garmin"
_SUMMARIES = "summarizedactivities.json"
_LIST_KEY = '"summarizedActivitiesExport"'
_CHUNK_BYTES = 1 << 20
_MAX_OBJECT_CHARACTERS = 64 << 20
_PARENTS = frozenset({"multi_sport", "multisport"})

_ASK_AGAIN = "Ask Garmin for the export again"

InnerArchive = Callable[[Holding, str], Iterator[ImportItem]]


def read_garmin(holding: Holding, open_inner: InnerArchive) -> Iterator[ImportItem]:
    """Yield what a Garmin account export holds.

    Parameters
    ----------
    holding
        The export, packed or not: the folder that has ``DI_CONNECT`` in it.
    open_inner
        Yields the items of an archive inside it, given its name.
    """
    leftovers: list[str] = []
    for name in holding.names():
        lower = name.lower()
        if lower.endswith(_SUMMARIES):
            yield from _summaries(holding, name)
        elif "/udsfile_" in lower and lower.endswith(".json"):
            yield from _daily(holding, name)
        elif lower.endswith(".zip"):
            yield from open_inner(holding, name)
        elif is_activity_name(name):
            yield holding.item(name)
        else:
            leftovers.append(name)
    yield from summarise_leftovers(holding.shown_as, leftovers)


def _summaries(holding: Holding, name: str) -> Iterator[ImportItem]:
    shown_as = f"{holding.shown_as}/{name}"
    try:
        with holding.open(name) as stream:
            for number, summary in enumerate(_objects(stream), start=1):
                yield _summary_item(f"{shown_as}, activity {number}", summary)
    except InputError as error:
        yield failed(shown_as, error)


def _objects(stream: BinaryIO) -> Iterator[Mapping[str, Any]]:
    """Yield the summaries one by one: such a file may hold more than memory should."""
    text = _Text(stream)
    if not text.peek(" \t\r\n[]"):
        return
    if not text.skip_past(_LIST_KEY):
        raise UnreadableFileError("it holds no list of activities", hint=_ASK_AGAIN)
    text.skip_past("[")
    while True:
        following = text.peek(" \t\r\n,")
        if following == "{":
            yield text.take_object()
        elif following != "]":
            raise _cut_short()
        elif text.skip_past(_LIST_KEY):
            text.skip_past("[")
        else:
            return


def _cut_short() -> UnreadableFileError:
    return UnreadableFileError("the list of activities is cut short or garbled", hint=_ASK_AGAIN)


class _Text:
    """JSON text read a piece at a time, with a place in it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._decoder = json.JSONDecoder()
        self._buffer = ""
        self._at = 0

    def _read_more(self) -> bool:
        chunk = read_chunk(self._stream, _CHUNK_BYTES)
        self._buffer = self._buffer[self._at :] + self._decode(chunk)
        self._at = 0
        return bool(chunk)

    def skip_past(self, mark: str) -> bool:
        """Go behind the next ``mark``; stay where the search ended if there is none."""
        while (found := self._buffer.find(mark, self._at)) < 0:
            self._at = max(self._at, len(self._buffer) - len(mark))
            if not self._read_more():
                return False
        self._at = found + len(mark)
        return True

    def peek(self, skipped: str) -> str:
        """Return the next character that is not to be skipped, empty at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in skipped:
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._read_more():
                return ""

    def take_object(self) -> Mapping[str, Any]:
        """Read the object that begins here.

        Raises
        ------
        UnreadableFileError
            It is cut short or garbled.
        """
        while True:
            try:
                value, self._at = self._decoder.raw_decode(self._buffer, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                too_long = len(self._buffer) - self._at > _MAX_OBJECT_CHARACTERS
                if too_long or not self._read_more():
                    raise _cut_short() from error
            else:
                return value if isinstance(value, dict) else {}


def _summary_item(shown_as: str, summary: Mapping[str, Any]) -> ImportItem:
    recorded = _activity_type(summary)
    if recorded.lower() in _PARENTS:
        return SkippedItem(
            shown_as=shown_as, reason="a multisport frame; its parts are listed on their own"
        )
    started_at = _instant(summary, "startTimeGmt") or _instant(summary, "beginTimestamp")
    if started_at is None:
        return FailedItem(shown_as=shown_as, reason="it has no start time")
    return RowItem(
        shown_as=f"{shown_as} ({recorded})" if recorded else shown_as,
        reader=_READER,
        content=canonical_json(summary),
        recording=_recording(summary, recorded, started_at),
    )


def _recording(summary: Mapping[str, Any], recorded: str, started_at: datetime) -> Recording:
    sport = sport_from_name(recorded)
    if sport is Sport.OTHER:
        sport = sport_from_name(str(summary.get("sportType") or ""))
    steps = _number(summary, "steps")
    return Recording(
        started_at=started_at,
        sport=sport,
        sport_as_recorded=recorded,
        utc_offset_s=_utc_offset_s(summary, started_at),
        duration_s=_scaled(summary, "duration", 1000.0),
        elapsed_s=_scaled(summary, "elapsedDuration", 1000.0),
        distance_m=_scaled(summary, "distance", 100.0),
        ascent_m=_scaled(summary, "elevationGain", 100.0),
        descent_m=_scaled(summary, "elevationLoss", 100.0),
        heart_rate_mean_bpm=_scaled(summary, "avgHr", 1.0),
        steps_counted=int(steps) if steps is not None and steps > 0 else None,
        effort_rpe=_effort(summary),
        is_indoor=sport is Sport.TREADMILL_RUN,
        device="Garmin",
    )


def _activity_type(summary: Mapping[str, Any]) -> str:
    kind = summary.get("activityType")
    if isinstance(kind, dict):
        kind = kind.get("typeKey")
    return kind if isinstance(kind, str) else ""


def _number(summary: Mapping[str, Any], key: str) -> float | None:
    value = summary.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e15 else None


def _scaled(summary: Mapping[str, Any], key: str, per_unit: float) -> float | None:
    value = _number(summary, key)
    return value / per_unit if value is not None and value > 0 else None


def _instant(summary: Mapping[str, Any], key: str) -> datetime | None:
    milliseconds = _number(summary, key)
    if not milliseconds:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000.0, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _utc_offset_s(summary: Mapping[str, Any], started_at: datetime) -> int | None:
    local = _instant(summary, "startTimeLocal")
    if local is None:
        return None
    offset = local - started_at
    return round(offset.total_seconds()) if abs(offset) <= timedelta(hours=14) else None


def _effort(summary: Mapping[str, Any]) -> float | None:
    # Garmin keeps its 1 to 10 as 10 to 100.
    tenths = _number(summary, "directWorkoutRpe") or _number(summary, "workoutRpe")
    return tenths / 10.0 if tenths and 0 < tenths <= 100 else None


def _daily(holding: Holding, name: str) -> Iterator[ImportItem]:
    shown_as = f"{holding.shown_as}/{name}"
    try:
        content = read_table(holding, name)
        days = json.loads(content)
    except InputError as error:
        yield failed(shown_as, error, about="daily steps unreadable")
        return
    except (ValueError, RecursionError):
        yield FailedItem(
            shown_as=shown_as, reason=f"daily steps unreadable: it is not JSON. {_ASK_AGAIN}"
        )
        return
    steps = dict(_steps_by_day(days))
    if steps:
        yield DailyItem(
            shown_as=shown_as,
            reader=_READER,
            content=content,
            steps={day: {"Garmin": count} for day, count in sorted(steps.items())},
        )


def _steps_by_day(days: object) -> Iterator[tuple[date, int]]:
    for day in days if isinstance(days, list) else []:
        steps = _number(day, "totalSteps") if isinstance(day, dict) else None
        if steps is None or steps < 0:
            continue
        try:
            yield date.fromisoformat(str(day.get("calendarDate"))[:10]), int(steps)
        except ValueError:
            continue
