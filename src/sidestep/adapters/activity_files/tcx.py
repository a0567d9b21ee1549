"""TCX activities as recordings; courses and workouts are no activities."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType

import numpy as np
from lxml import etree

from sidestep.adapters.activity_files.cadence import count_both_feet
from sidestep.adapters.activity_files.instants import recorded_s
from sidestep.adapters.activity_files.safe_xml import (
    XmlWalk,
    clean_bytes,
    cut_unfinished,
    local_name,
)
from sidestep.adapters.activity_files.sport_from_speed import GUESSED_RUN_NOTE, guess_sport
from sidestep.adapters.activity_files.track_points import TrackPoints, read_instant, read_number
from sidestep.domain.activity.recording import Lap, Recording, Streams
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import FileReading, Loss

_FIELDS = MappingProxyType(
    {
        "time": "time",
        "latitudedegrees": "latitude_deg",
        "longitudedegrees": "longitude_deg",
        "altitudemeters": "altitude_m",
        "distancemeters": "distance_m",
        "value": "heart_rate_bpm",
        "heartratebpm": "heart_rate_bpm",
        "cadence": "cadence_spm",
        "runcadence": "cadence_spm",
        "speed": "speed_m_s",
        "watts": "power_w",
    }
)
"""Element, in whatever namespace, to stream; inside a point only heart rate has a ``Value``, and
only version 1 writes it without one."""

_TAGS = ("Activity", "Run", "Lap", "Trackpoint", "Course", "Workout", "Transition")
_SPORTS_OF_VERSION_1 = frozenset({"Running", "Biking", "Other"})
"""In version 1 an activity is a ``Run``, whatever its sport, in a folder named after the sport."""


@dataclass(slots=True)
class _LapTotals:
    started_unix_s: float | None = None
    duration_s: float = np.nan
    distance_m: float = np.nan


@dataclass(slots=True)
class _ActivityParts:
    sport_words: str = ""
    points: TrackPoints = field(default_factory=lambda: TrackPoints(_FIELDS))
    laps: list[_LapTotals] = field(default_factory=list)
    device: str = ""


def read_tcx(name: str, content: bytes) -> FileReading:
    """Read a TCX file, each activity as one recording.

    Raises
    ------
    HostileFileError
        It attacks the XML parser.
    UnreadableFileError
        Its encoding is not one that can be read.
    """
    document, is_cut = cut_unfinished(
        clean_bytes(name, content), root="TrainingCenterDatabase", sample="Trackpoint"
    )
    walk = XmlWalk(name, document, tags=_TAGS, samples=("Trackpoint",))
    activities = _collect(walk)
    notes: list[str] = []
    recordings = [
        recording
        for activity in activities
        if (recording := _recording(activity, notes)) is not None
    ]
    undated = sum(activity.points.undated for activity in activities)
    if recordings and undated:
        notes.append(f"{undated:,} points without a usable time were left out")
    damage = "the file ends in the middle" if is_cut else walk.damage
    return FileReading(
        reader="tcx",
        recordings=tuple(recordings),
        loss=_loss(recordings, damage),
        skipped="" if recordings else "it holds no activity with a time, only a course or workout",
        notes=tuple(dict.fromkeys(notes)),
    )


def _collect(walk: XmlWalk) -> list[_ActivityParts]:
    activities: list[_ActivityParts] = []
    current = _ActivityParts()
    for name, element in walk:
        if name == "Trackpoint":
            current.points.add(element, None)
        elif name == "Lap":
            current.laps.append(_lap_totals(element))
        else:
            if name in {"Activity", "Run"}:
                current.sport_words = (element.get("Sport") or _folder_sport(element)).strip()
                current.device = _device(element)
                activities.append(current)
            current = _ActivityParts()
    return activities


def _folder_sport(activity: etree._Element) -> str:
    names = (local_name(each.tag) for each in activity.iterancestors())
    return next((name for name in names if name in _SPORTS_OF_VERSION_1), "")


def _device(activity: etree._Element) -> str:
    for creator in activity.iterchildren("{*}Creator"):
        for name in creator.iterchildren("{*}Name"):
            return (name.text or "").strip()
    return ""


def _lap_totals(element: etree._Element) -> _LapTotals:
    started_at = read_instant(element.get("StartTime"))
    totals = _LapTotals(started_unix_s=None if started_at is None else started_at.timestamp())
    for child in element.iterchildren(etree.Element):
        name = local_name(child.tag)
        if name == "TotalTimeSeconds":
            totals.duration_s = read_number(child.text)
        elif name == "DistanceMeters":
            totals.distance_m = read_number(child.text)
    return totals


def _recording(activity: _ActivityParts, notes: list[str]) -> Recording | None:
    starts = [lap.started_unix_s for lap in activity.laps if lap.started_unix_s is not None]
    start_unix_s = activity.points.find_start()
    if start_unix_s is None:
        start_unix_s = min(starts, default=None)
    if start_unix_s is None:
        return None
    sport = sport_from_name(activity.sport_words)
    streams = activity.points.finish(start_unix_s)
    if streams is not None:
        if not activity.sport_words and guess_sport(streams) is Sport.RUN:
            sport = Sport.RUN
            notes.append(GUESSED_RUN_NOTE)
        cadence, note = count_both_feet(streams.cadence_spm, sport)
        notes += [note] if note else []
        streams = replace(streams, cadence_spm=cadence)
    return Recording(
        started_at=datetime.fromtimestamp(start_unix_s, UTC),
        sport=sport,
        sport_as_recorded=activity.sport_words,
        utc_offset_s=activity.points.utc_offset_s,
        duration_s=_total([lap.duration_s for lap in activity.laps]),
        distance_m=_total([lap.distance_m for lap in activity.laps]),
        is_indoor=sport is Sport.TREADMILL_RUN or _is_run_without_positions(sport, streams),
        device=activity.device,
        streams=streams,
        laps=_laps(activity.laps, start_unix_s),
    )


def _is_run_without_positions(sport: Sport, streams: Streams | None) -> bool:
    """Whether a foot pod or treadmill counted the metres: watches outdoors add positions."""
    return (
        sport.is_running
        and streams is not None
        and streams.latitude_deg is None
        and streams.distance_m is not None
    )


def _total(values: list[float]) -> float | None:
    known = [value for value in values if np.isfinite(value) and value >= 0]
    return float(sum(known)) if known else None


def _laps(totals: list[_LapTotals], start_unix_s: float) -> tuple[Lap, ...]:
    laps = []
    for lap in totals:
        if lap.started_unix_s is None or not np.isfinite(lap.duration_s) or lap.duration_s < 0:
            continue
        begins_s = lap.started_unix_s - start_unix_s
        distance_m = lap.distance_m if np.isfinite(lap.distance_m) else None
        laps.append(Lap(start_s=begins_s, end_s=begins_s + lap.duration_s, distance_m=distance_m))
    return tuple(laps)


def _loss(recordings: list[Recording], damage: str) -> Loss | None:
    if not damage or not recordings:
        return None
    recovered_s = recorded_s(recordings)
    stated_s = _total([recording.duration_s or np.nan for recording in recordings])
    expected_s = None if stated_s is None else max(stated_s, recovered_s)
    return Loss(recovered_s=recovered_s, expected_s=expected_s, reason=damage)
