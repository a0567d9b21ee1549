"""What one Workout element of Apple Health says, in old and new forms; not its route's points."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml import etree

from sidestep.adapters.accounts.apple_statistics import (
    Statistic,
    number_in,
    own_first,
    read_statistics,
)
from sidestep.domain.activity.recording import Pause, Recording
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import Sport

_METRES = MappingProxyType(
    {"km": 1000.0, "mi": 1609.344, "m": 1.0, "yd": 0.9144, "ft": 0.3048, "cm": 0.01}
)
_SECONDS = MappingProxyType({"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0, "h": 3600.0})
_NOT_XML = bytes(code for code in range(32) if code not in b"\t\n\r")
_INDOOR_SPORTS = MappingProxyType({Sport.RUN: Sport.TREADMILL_RUN})
_PAUSES = frozenset({"HKWorkoutEventTypePause", "HKWorkoutEventTypeMotionPaused"})
_RESUMES = frozenset({"HKWorkoutEventTypeResume", "HKWorkoutEventTypeMotionResumed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Workout:
    """One workout, the routes it names and how long it lasted from start to end."""

    recording: Recording
    route_paths: tuple[str, ...]
    elapsed_s: float


def read_workout(snippet: bytes) -> Workout | None:
    """Read one ``Workout`` element.

    Parameters
    ----------
    snippet
        The element's own text, nothing around it.

    Returns
    -------
    Workout | None
        ``None`` when it has no start time.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True
    )
    element = etree.fromstring(snippet.translate(None, _NOT_XML), parser)
    if element is None:
        return None
    started_at = _moment(element.get("startDate"))
    if started_at is None:
        return None
    ended_at = _moment(element.get("endDate"))
    elapsed_s = max((ended_at - started_at).total_seconds(), 0.0) if ended_at else 0.0
    return Workout(
        recording=_recording(element, started_at, elapsed_s),
        route_paths=tuple(
            path for each in element.iter("FileReference") if (path := each.get("path"))
        ),
        elapsed_s=elapsed_s,
    )


def _recording(element: etree._Element, started_at: datetime, elapsed_s: float) -> Recording:
    metadata = {
        each.get("key", ""): each.get("value", "")
        for path in ("WorkoutActivity/MetadataEntry", "MetadataEntry")
        for each in element.iterfind(path)
    }
    statistics = read_statistics(element)
    steps = statistics.get("StepCount", Statistic()).sum
    recorded = element.get("workoutActivityType", "")
    sport = sport_from_name(recorded)
    is_indoor = metadata.get("HKIndoorWorkout", "") in {"1", "1.0", "true", "YES"}
    return Recording(
        started_at=started_at,
        sport=_INDOOR_SPORTS.get(sport, sport) if is_indoor else sport,
        sport_as_recorded=recorded,
        utc_offset_s=_utc_offset_s(started_at, metadata.get("HKTimeZone", "")),
        duration_s=_duration_s(element) or elapsed_s or None,
        elapsed_s=elapsed_s or None,
        distance_m=_distance_m(element, statistics),
        ascent_m=_quantity_m(metadata.get("HKElevationAscended", "")),
        descent_m=_quantity_m(metadata.get("HKElevationDescended", "")),
        heart_rate_mean_bpm=statistics.get("HeartRate", Statistic()).average,
        steps_counted=None if steps is None else round(steps),
        is_indoor=is_indoor,
        device=element.get("sourceName", ""),
        pauses=_pauses(element, started_at, elapsed_s),
    )


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None


def _utc_offset_s(started_at: datetime, zone_name: str) -> int | None:
    # An export writes every time in the zone of the day it was made; only this names the run's.
    zone: tzinfo | None = started_at.tzinfo
    try:
        zone = ZoneInfo(zone_name) if zone_name else zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = started_at.tzinfo
    offset = started_at.astimezone(zone or UTC).utcoffset()
    return None if offset is None else round(offset.total_seconds())


def _duration_s(element: etree._Element) -> float | None:
    duration = number_in(element, "duration")
    unit_s = _SECONDS.get(element.get("durationUnit", "min"))
    return None if duration is None or unit_s is None else duration * unit_s


def _distance_m(element: etree._Element, statistics: dict[str, Statistic]) -> float | None:
    for kind, statistic in statistics.items():
        unit_m = _METRES.get(statistic.unit)
        if kind.startswith("Distance") and statistic.sum is not None and unit_m is not None:
            return statistic.sum * unit_m
    value = number_in(element, "totalDistance")
    unit_m = _METRES.get(element.get("totalDistanceUnit", ""))
    return None if value is None or unit_m is None else value * unit_m


def _quantity_m(text: str) -> float | None:
    """Read a number with its unit, such as ``1234 cm``."""
    match = re.fullmatch(r"\s*(\d{1,9}(?:\.\d*)?)\s*([a-z]+)\s*", text)
    if match is None or match[2] not in _METRES:
        return None
    return float(match[1]) * _METRES[match[2]] or None


def _pauses(element: etree._Element, started_at: datetime, elapsed_s: float) -> tuple[Pause, ...]:
    pauses: list[Pause] = []
    paused_s: float | None = None
    for event in own_first(element, "WorkoutEvent"):
        kind, moment = event.get("type", ""), _moment(event.get("date"))
        at_s = (moment - started_at).total_seconds() if moment else None
        if at_s is None:
            continue
        if kind in _PAUSES and paused_s is None:
            paused_s = at_s
        elif kind in _RESUMES and paused_s is not None:
            if at_s > paused_s:
                pauses.append(Pause(start_s=paused_s, end_s=at_s))
            paused_s = None
    if paused_s is not None and elapsed_s > paused_s:
        pauses.append(Pause(start_s=paused_s, end_s=elapsed_s))
    return tuple(pauses)
