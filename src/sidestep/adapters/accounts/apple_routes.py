"""The GPX of an Apple workout route as streams on the workout's time base; no other GPX."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

import numpy as np
from lxml import etree

from sidestep.domain.activity.recording import Column, Streams
from sidestep.errors import HostileFileError

# A route may begin before the watch's workout does, or be written a little after its end.
_SLACK_S = 600.0
_Point = tuple[float, float, float, float, float]


def read_routes(
    contents: Sequence[bytes], started_at: datetime, elapsed_s: float
) -> Streams | None:
    """Read the points of a workout's routes.

    Parameters
    ----------
    contents
        The GPX files that the workout names, in order.
    started_at
        The workout's start, the zero of ``time_s``.
    elapsed_s
        The workout's length. Points of quite another time are left out.

    Returns
    -------
    Streams | None
        ``None`` when no point lies in the workout's time.

    Raises
    ------
    HostileFileError
        A file defines entities.
    """
    zero_s = started_at.timestamp()
    points = [(point[0] - zero_s, *point[1:]) for content in contents for point in _points(content)]
    points = [point for point in points if -_SLACK_S <= point[0] <= elapsed_s + _SLACK_S]
    if not points:
        return None
    table = np.array(points, dtype=np.float64).T
    time_s, latitude, longitude, altitude, speed = table
    return Streams(
        time_s=time_s,
        latitude_deg=latitude,
        longitude_deg=longitude,
        altitude_m=_present(altitude),
        speed_m_s=_present(speed),
    )


def _present(column: Column) -> Column | None:
    return None if bool(np.isnan(column).all()) else column


def _points(content: bytes) -> Iterator[_Point]:
    start = max(content.find(b"<"), 0)
    if b"<!ENTITY" in content:
        raise HostileFileError("a route defines entities; a route never does")
    parser = etree.iterparse(
        BytesIO(content[start:]),
        events=("end",),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
    )
    try:
        for _, element in parser:
            if _local(element.tag) == "trkpt":
                point = _point(element)
                element.clear()
                if point is not None:
                    yield point
    except etree.XMLSyntaxError:
        return


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _point(element: etree._Element) -> _Point | None:
    texts = {_local(each.tag): each.text or "" for each in element.iter() if each is not element}
    time_s = _seconds(texts.get("time", ""))
    latitude, longitude = _number(element.get("lat")), _number(element.get("lon"))
    if time_s is None or np.isnan(latitude) or np.isnan(longitude):
        return None
    return time_s, latitude, longitude, _number(texts.get("ele")), _number(texts.get("speed"))


def _number(text: str | None) -> float:
    try:
        value = float(text or "nan")
    except ValueError:
        return float("nan")
    return value if abs(value) < 1e6 else float("nan")


def _seconds(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
