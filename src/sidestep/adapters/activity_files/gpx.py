"""GPX tracks as recordings; waypoints and planned routes are no activities."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType

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
from sidestep.adapters.activity_files.track_points import TrackPoints
from sidestep.domain.activity.recording import Recording, Streams
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import FileReading, Loss

_FIELDS = MappingProxyType(
    {
        "time": "time",
        "ele": "altitude_m",
        "hr": "heart_rate_bpm",
        "heartrate": "heart_rate_bpm",
        "heart_rate": "heart_rate_bpm",
        "cad": "cadence_spm",
        "cadence": "cadence_spm",
        "runcadence": "cadence_spm",
        "power": "power_w",
        "powerinwatts": "power_w",
        "watts": "power_w",
        "speed": "speed_m_s",
        "distance": "distance_m",
    }
)
"""Element, in whatever namespace, to stream."""

_NAME_WITH_DATE = re.compile(
    r"(?P<words>[^\W\d][^\d]{0,40}?)[ _-]{1,3}\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b.*"
)
"""A name that an app made up of sport and date, such as ``Running 5/13/18 4:11 pm``."""


@dataclass(slots=True)
class _Track:
    points: TrackPoints = field(default_factory=lambda: TrackPoints(_FIELDS))
    sport_words: str = ""
    name: str = ""


def read_gpx(name: str, content: bytes) -> FileReading:
    """Read a GPX file, each track as one recording.

    Raises
    ------
    HostileFileError
        It attacks the XML parser.
    UnreadableFileError
        Its encoding is not one that can be read.
    """
    document, is_cut = cut_unfinished(clean_bytes(name, content), root="gpx", sample="trkpt")
    walk = XmlWalk(name, document, tags=("gpx", "trk", "trkpt", "type", "name"), samples=("trkpt",))
    tracks, device = _collect(walk)
    notes: list[str] = []
    recordings = [
        recording for track in tracks if (recording := _recording(track, device, notes)) is not None
    ]
    undated = sum(track.points.undated for track in tracks)
    if recordings and undated:
        notes.append(f"{undated:,} points without a usable time were left out")
    damage = "the file ends in the middle" if is_cut else walk.damage
    return FileReading(
        reader="gpx",
        recordings=tuple(recordings),
        loss=_loss(recordings, damage),
        skipped="" if recordings else _why_empty(undated),
        notes=tuple(dict.fromkeys(notes)),
    )


def _collect(walk: XmlWalk) -> tuple[list[_Track], str]:
    tracks: list[_Track] = []
    track = _Track()
    device = ""
    for name, element in walk:
        if name == "trkpt":
            track.points.add(element, (element.get("lat"), element.get("lon")))
        elif name == "type" and _is_in_track(element):
            track.sport_words = track.sport_words or (element.text or "").strip()
        elif name == "name" and _is_in_track(element):
            track.name = track.name or (element.text or "").strip()
        elif name == "trk":
            tracks.append(track)
            track = _Track()
        elif name == "gpx":
            device = element.get("creator") or device
    return [*tracks, track], device


def _is_in_track(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent.tag) == "trk"


def _recording(track: _Track, device: str, notes: list[str]) -> Recording | None:
    start_unix_s = track.points.find_start()
    if start_unix_s is None:
        return None
    streams = track.points.finish(start_unix_s)
    sport = _sport(track, streams, notes)
    if streams is not None:
        cadence, note = count_both_feet(streams.cadence_spm, sport)
        notes += [note] if note else []
        streams = replace(streams, cadence_spm=cadence)
    return Recording(
        started_at=datetime.fromtimestamp(start_unix_s, UTC),
        sport=sport,
        sport_as_recorded=track.sport_words,
        utc_offset_s=track.points.utc_offset_s,
        is_indoor=sport is Sport.TREADMILL_RUN,
        device=device,
        streams=streams,
    )


def _sport(track: _Track, streams: Streams | None, notes: list[str]) -> Sport:
    if track.sport_words:
        return sport_from_name(track.sport_words)
    named = _NAME_WITH_DATE.fullmatch(track.name)
    if named and (sport := sport_from_name(named["words"])) is not Sport.OTHER:
        return sport
    if streams is not None and guess_sport(streams) is Sport.RUN:
        notes.append(GUESSED_RUN_NOTE)
        return Sport.RUN
    return Sport.OTHER


def _loss(recordings: list[Recording], damage: str) -> Loss | None:
    if not damage or not recordings:
        return None
    return Loss(recovered_s=recorded_s(recordings), expected_s=None, reason=damage)


def _why_empty(undated: int) -> str:
    if undated:
        return "its points have no times: a planned route, not a recorded activity"
    return "it holds no track points, only waypoints, a route or a description"
