"""A recording as GPX or TCX, for demonstrations, benchmarks and tests."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from sidestep.domain.activity.recording import Column, Lap, Recording, Streams
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import Sport

_GPX_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator={creator} xmlns="http://www.topografix.com/GPX/1/1"
 xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2">
<trk><type>{kind}</type><trkseg>
"""
_GPX_TAIL = "</trkseg></trk>\n</gpx>\n"

_TCX_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
 xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Activities><Activity Sport="{kind}"><Id>{start}</Id>
"""
_TCX_TAIL = "</Activity></Activities>\n</TrainingCenterDatabase>\n"
_DEVICE = '<Creator xsi:type="Device_t"><Name>{device}</Name></Creator>\n'


def write_gpx(activity: Recording) -> bytes:
    """Write one activity as GPX 1.1 with Garmin's point extension.

    GPX needs a position at every point: samples without one are left out. Cadence is written
    per leg, as watches do.
    """
    kind = activity.sport_as_recorded
    if sport_from_name(kind) is not activity.sport:
        kind = activity.sport.value
    head = _GPX_HEAD.format(creator=quoteattr(activity.device or "Sidestep"), kind=escape(kind))
    points = "" if activity.streams is None else _gpx_points(activity, activity.streams)
    return (head + points + _GPX_TAIL).encode()


def write_tcx(activity: Recording) -> bytes:
    """Write one activity as TCX, its laps included; cadence per leg, as watches write it."""
    kinds = {Sport.CYCLE: "Biking"}
    kind = "Running" if activity.sport.is_running else kinds.get(activity.sport, "Other")
    head = _TCX_HEAD.format(kind=kind, start=_time(activity.started_at, 0.0))
    laps = activity.laps or (_only_lap(activity),)
    points = [] if activity.streams is None else _tcx_points(activity, activity.streams)
    body = "".join(_tcx_lap(activity, laps, index, points) for index in range(len(laps)))
    device = _DEVICE.format(device=escape(activity.device)) if activity.device else ""
    return (head + body + device + _TCX_TAIL).encode()


def _gpx_points(activity: Recording, streams: Streams) -> str:
    latitude, longitude = streams.latitude_deg, streams.longitude_deg
    if latitude is None or longitude is None:
        return ""
    altitude = _texts(streams.altitude_m, "<ele>{:.2f}</ele>")
    inner = _joined(
        _texts(streams.heart_rate_bpm, "<gpxtpx:hr>{:.0f}</gpxtpx:hr>"),
        _texts(_one_leg(streams), "<gpxtpx:cad>{:.0f}</gpxtpx:cad>"),
        _texts(streams.speed_m_s, "<gpxtpx:speed>{:.3f}</gpxtpx:speed>"),
    )
    power = _texts(streams.power_w, "<power>{:.0f}</power>")
    lines = []
    for index, time_s in enumerate(streams.time_s.tolist()):
        if np.isnan(latitude[index]) or np.isnan(longitude[index]):
            continue
        extension = _at(power, index)
        if _at(inner, index):
            extension += (
                f"<gpxtpx:TrackPointExtension>{_at(inner, index)}</gpxtpx:TrackPointExtension>"
            )
        lines.append(
            f'<trkpt lat="{latitude[index]:.7f}" lon="{longitude[index]:.7f}">'
            f"{_at(altitude, index)}<time>{_time(activity.started_at, time_s)}</time>"
            + (f"<extensions>{extension}</extensions>" if extension else "")
            + "</trkpt>\n"
        )
    return "".join(lines)


def _tcx_points(activity: Recording, streams: Streams) -> list[tuple[float, str]]:
    """Return every sample's time and element."""
    before = _joined(
        _positions(streams),
        _texts(streams.altitude_m, "<AltitudeMeters>{:.2f}</AltitudeMeters>"),
        _texts(streams.distance_m, "<DistanceMeters>{:.2f}</DistanceMeters>"),
        _texts(streams.heart_rate_bpm, "<HeartRateBpm><Value>{:.0f}</Value></HeartRateBpm>"),
    )
    inner = _joined(
        _texts(streams.speed_m_s, "<ns3:Speed>{:.3f}</ns3:Speed>"),
        _texts(_one_leg(streams), "<ns3:RunCadence>{:.0f}</ns3:RunCadence>"),
        _texts(streams.power_w, "<ns3:Watts>{:.0f}</ns3:Watts>"),
    )
    points = []
    for index, time_s in enumerate(streams.time_s.tolist()):
        extension = _at(inner, index)
        if extension:
            extension = f"<Extensions><ns3:TPX>{extension}</ns3:TPX></Extensions>"
        element = (
            f"<Trackpoint><Time>{_time(activity.started_at, time_s)}</Time>"
            f"{_at(before, index)}{extension}</Trackpoint>\n"
        )
        points.append((time_s, element))
    return points


def _tcx_lap(
    activity: Recording, laps: Sequence[Lap], index: int, points: list[tuple[float, str]]
) -> str:
    lap = laps[index]
    begins = -np.inf if index == 0 else lap.start_s
    ends = np.inf if index + 1 == len(laps) else laps[index + 1].start_s
    inside = "".join(element for time_s, element in points if begins <= time_s < ends)
    metres = "" if lap.distance_m is None else f"<DistanceMeters>{lap.distance_m}</DistanceMeters>"
    return (
        f'<Lap StartTime="{_time(activity.started_at, lap.start_s)}">'
        f"<TotalTimeSeconds>{lap.end_s - lap.start_s}</TotalTimeSeconds>{metres}"
        "<Calories>0</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>"
        f"<Track>\n{inside}</Track></Lap>\n"
    )


def _only_lap(activity: Recording) -> Lap:
    lasts_s = activity.duration_s
    if lasts_s is None and activity.streams is not None and len(activity.streams):
        lasts_s = float(activity.streams.time_s.max())
    return Lap(start_s=0.0, end_s=lasts_s or 0.0, distance_m=activity.distance_m)


def _one_leg(streams: Streams) -> Column | None:
    return None if streams.cadence_spm is None else streams.cadence_spm / 2.0


def _positions(streams: Streams) -> list[str]:
    if streams.latitude_deg is None or streams.longitude_deg is None:
        return []
    template = (
        "<Position><LatitudeDegrees>{:.7f}</LatitudeDegrees>"
        "<LongitudeDegrees>{:.7f}</LongitudeDegrees></Position>"
    )
    pairs = zip(streams.latitude_deg.tolist(), streams.longitude_deg.tolist(), strict=True)
    return ["" if pair[0] != pair[0] else template.format(*pair) for pair in pairs]


def _texts(column: Column | None, template: str) -> list[str]:
    """Format every value, "" for NaN; no list at all for a stream that is absent."""
    if column is None:
        return []
    write: Callable[[float], str] = template.format
    return ["" if value != value else write(value) for value in column.tolist()]


def _joined(*parts: list[str]) -> list[str]:
    present = [part for part in parts if part]
    return ["".join(pieces) for pieces in zip(*present, strict=True)]


def _at(texts: list[str], index: int) -> str:
    return texts[index] if texts else ""


def _time(start: datetime, time_s: float) -> str:
    moment = start.astimezone(UTC) + timedelta(seconds=time_s)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
