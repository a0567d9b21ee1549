"""One pass over Apple Health's export.xml: steps, standing hours, workouts as text.

The file may hold gigabytes of records that do not matter here and bytes that no XML may hold, so
it is searched as bytes, not parsed. What a workout says is read elsewhere.
"""

import html
import re
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.accounts.archives import read_chunk
from sidestep.errors import HostileFileError, UnreadableFileError

_CHUNK_BYTES = 4 << 20
_MAX_PROLOGUE_BYTES = 8 << 20
_MAX_TAG_BYTES = 64 << 10
_MAX_ELEMENT_BYTES = 16 << 20
_ROOT = b"<HealthData"
_STEPS = b'"HKQuantityTypeIdentifierStepCount"'
_STANDING = b'"HKCategoryTypeIdentifierAppleStandHour"'
_STOOD = "HKCategoryValueAppleStandHourStood"
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_WORKOUT_START = re.compile(rb"<Workout[\s>]")
_TAG_END = re.compile(rb'(?:[^">]|"[^"]*")*>')
# Phones and watches count in minutes; what some apps write is the total of a day.
_LONGEST_INTERVAL_S = 3600
_EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass(slots=True)
class SourceSteps:
    """Steps that one phone or watch counted, as intervals in the order they come.

    Sixteen bytes an interval: a million of them stay under 20 MB.
    """

    start_s: "array[int]" = field(default_factory=lambda: array("q"))
    length_s: "array[int]" = field(default_factory=lambda: array("i"))
    count: "array[int]" = field(default_factory=lambda: array("i"))

    def add(self, start_s: int, end_s: int, count: int) -> bool:
        """Add an interval unless it repeats the last one; tell whether it was added."""
        length_s = min(max(end_s - start_s, 0), 2**31 - 1)
        repeats = bool(self.start_s) and (
            (self.start_s[-1], self.length_s[-1], self.count[-1]) == (start_s, length_s, count)
        )
        if not repeats:
            self.start_s.append(start_s)
            self.length_s.append(length_s)
            self.count.append(count)
        return not repeats


@dataclass(slots=True)
class HealthScan:
    """What one pass found.

    Attributes
    ----------
    steps_by_day
        Steps by local day and source.
    steps_by_source
        The same steps as intervals.
    stood_hours
        Local day and hour of every hour with standing.
    packed_workouts
        Each ``Workout`` element as it stands in the file, compressed: ten years of them with
        every pause and segment would fill memory otherwise.
    is_cut_short
        Whether the file ended before its own end.
    """

    steps_by_day: dict[date, dict[str, int]] = field(default_factory=dict)
    steps_by_source: dict[str, SourceSteps] = field(
        default_factory=lambda: defaultdict(SourceSteps)
    )
    stood_hours: set[tuple[date, int]] = field(default_factory=set)
    packed_workouts: list[bytes] = field(default_factory=list)
    is_cut_short: bool = True

    def workouts(self) -> Iterator[bytes]:
        """Yield the ``Workout`` elements in the order of the file."""
        yield from map(zlib.decompress, self.packed_workouts)


def scan_health_export(stream: BinaryIO) -> HealthScan:
    """Search an export for steps, standing hours and workouts.

    Parameters
    ----------
    stream
        The XML, open for reading bytes.

    Raises
    ------
    HostileFileError
        It defines entities, as Apple's never does.
    UnreadableFileError
        It is no Apple Health export, or damaged before anything was found.
    """
    scan = HealthScan()
    rest = _skip_prologue(stream)
    try:
        while chunk := read_chunk(stream, _CHUNK_BYTES):
            rest = _search(rest + chunk, scan)
    except UnreadableFileError:
        if not scan.steps_by_day and not scan.packed_workouts:
            raise
    _search(rest + b"<", scan)
    return scan


def _skip_prologue(stream: BinaryIO) -> bytes:
    """Pass over the document type, which iOS 16 wrote broken, and return what follows it."""
    head = b""
    while (at := head.find(_ROOT)) < 0:
        chunk = read_chunk(stream, _CHUNK_BYTES)
        if not chunk or len(head) > _MAX_PROLOGUE_BYTES:
            raise UnreadableFileError("it is not an export of Apple Health")
        head += chunk
    if b"<!ENTITY" in head[:at]:
        raise HostileFileError("its document type defines entities; an export never does")
    return head[at:]


def _search(buffer: bytes, scan: HealthScan) -> bytes:
    """Take in all complete elements of a buffer and return what is still incomplete."""
    end = _complete_until(buffer)
    for attributes in _records(buffer, _STEPS, end):
        _add_steps(attributes, scan)
    for attributes in _records(buffer, _STANDING, end):
        _add_standing(attributes, scan)
    scan.packed_workouts.extend(map(zlib.compress, _workouts(buffer, end)))
    scan.is_cut_short = scan.is_cut_short and buffer.rfind(b"</HealthData>") < 0
    return buffer[end:]


def _complete_until(buffer: bytes) -> int:
    """Return up to where the buffer holds every element whole.

    That is where the last tag begins: where one ends, a ``>`` inside an attribute would mislead.
    """
    end = max(buffer.rfind(b"<"), 0)
    opening = max(buffer.rfind(b"<Workout ", 0, end), buffer.rfind(b"<Workout\n", 0, end))
    if opening >= 0 and _workout_end(buffer, opening) < 0:
        end = opening
    if len(buffer) - end > _MAX_ELEMENT_BYTES:
        raise HostileFileError(
            "one record or workout in it is larger than any real one",
            hint="Make the export again in the Health app.",
        )
    return end


def _workout_end(buffer: bytes, opening: int) -> int:
    tag = _TAG_END.match(buffer, opening, opening + _MAX_TAG_BYTES)
    if tag is None:
        return -1
    if buffer[tag.end() - 2 : tag.end()] == b"/>":
        return tag.end()
    closing = buffer.find(b"</Workout>", tag.end())
    return -1 if closing < 0 else closing + len(b"</Workout>")


def _workouts(buffer: bytes, end: int) -> Iterator[bytes]:
    at = 0
    while match := _WORKOUT_START.search(buffer, at, end):
        at = _workout_end(buffer, match.start())
        if at < 0:
            return
        yield buffer[match.start() : at]


def _records(buffer: bytes, kind: bytes, end: int) -> Iterator[dict[bytes, bytes]]:
    at = buffer.find(kind, 0, end)
    while at >= 0:
        opening = buffer.rfind(b"<", 0, at)
        closing = _TAG_END.match(buffer, max(opening, 0), min(end, at + _MAX_TAG_BYTES))
        if closing is not None and buffer.startswith(b"<Record", opening):
            yield dict(_ATTRIBUTE.findall(buffer, opening, closing.end()))
        at = buffer.find(kind, at + len(kind), end)


def _add_steps(attributes: dict[bytes, bytes], scan: HealthScan) -> None:
    start = _moment(attributes.get(b"startDate", b""))
    end = _moment(attributes.get(b"endDate", b""))
    count = _whole(attributes.get(b"value", b""))
    if start is None or end is None or count is None:
        return
    source = _source_name(attributes.get(b"sourceName", b""))
    if scan.steps_by_source[source].add(start[0], end[0], count):
        day = scan.steps_by_day.setdefault(start[1], {})
        day[source] = day.get(source, 0) + count


def _add_standing(attributes: dict[bytes, bytes], scan: HealthScan) -> None:
    start = _moment(attributes.get(b"startDate", b""))
    if start is not None and attributes.get(b"value", b"").decode("ascii", "replace") == _STOOD:
        scan.stood_hours.add((start[1], int(attributes[b"startDate"][11:13])))


def _whole(value: bytes) -> int | None:
    try:
        count = round(float(value))
    except (ValueError, OverflowError):
        return None
    return count if 0 <= count < 2**31 else None


@lru_cache(maxsize=4096)
def _source_name(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace")).strip() or "unnamed source"


@lru_cache(maxsize=4096)
def _local_day(text: bytes) -> date | None:
    try:
        return date.fromisoformat(text.decode("ascii", "replace"))
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _offset_s(text: bytes) -> int | None:
    match = re.fullmatch(rb"([+-])(\d{2}):?(\d{2})", text)
    if match is None:
        return None
    seconds = int(match[2]) * 3600 + int(match[3]) * 60
    return -seconds if match[1] == b"-" else seconds


def _moment(text: bytes) -> tuple[int, date] | None:
    """Read ``2025-01-01 06:30:00 +0100`` as seconds since 1970 and the local day."""
    day = _local_day(text[:10])
    offset_s = _offset_s(text[20:])
    if day is None or offset_s is None:
        return None
    try:
        clock_s = int(text[11:13]) * 3600 + int(text[14:16]) * 60 + int(text[17:19])
    except ValueError:
        return None
    return (day.toordinal() - _EPOCH_DAY) * 86_400 + clock_s - offset_s, day


Whole = NDArray[np.int64]


class StepCounter:
    """Tells how many steps a source counted in a stretch of time.

    Parameters
    ----------
    steps_by_source
        Intervals by source, in any order.
    """

    def __init__(self, steps_by_source: dict[str, SourceSteps]) -> None:
        self._sources = {name: _sort(steps) for name, steps in sorted(steps_by_source.items())}

    def count_between(self, start_s: float, end_s: float) -> tuple[int, str] | None:
        """Count the steps of the source that covers most of a stretch.

        An interval that lies partly inside gives that part of its steps; one of more than an
        hour gives none. Sources are never added: a phone and a watch count the same steps.

        Parameters
        ----------
        start_s, end_s
            Seconds since 1970.

        Returns
        -------
        tuple[int, str] | None
            The steps and the name of the source; ``None`` when no source counted there.
        """
        found = ((*_count(each, start_s, end_s), name) for name, each in self._sources.items())
        covered_s, steps, name = max(found, default=(0.0, 0.0, ""))
        return (round(steps), name) if covered_s > 0 else None


def _sort(steps: SourceSteps) -> tuple[Whole, Whole, Whole]:
    start, length, count = (
        np.array(column, dtype=np.int64) for column in (steps.start_s, steps.length_s, steps.count)
    )
    fine = np.flatnonzero(length <= _LONGEST_INTERVAL_S)
    order = fine[np.argsort(start[fine], kind="stable")]
    return start[order], length[order], count[order]


def _count(source: tuple[Whole, Whole, Whole], start_s: float, end_s: float) -> tuple[float, float]:
    start, length, count = source
    longest_s = int(length.max(initial=0))
    low, high = np.searchsorted(start, [start_s - longest_s, end_s])
    begins = start[low:high]
    lasts = np.maximum(length[low:high], 1)
    inside = np.minimum(begins + lasts, end_s) - np.maximum(begins, start_s)
    inside = np.clip(inside, 0.0, None)
    return float(inside.sum()), float((count[low:high] * inside / lasts).sum())
