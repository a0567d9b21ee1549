"""Collects the points of a GPX or TCX track into streams; which elements hold them is not known."""

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np
from lxml import etree

from sidestep.adapters.activity_files.instants import is_plausible_instant
from sidestep.adapters.activity_files.safe_xml import local_name
from sidestep.domain.activity.recording import Column, Streams

_NUMBERS = (
    "latitude_deg",
    "longitude_deg",
    "distance_m",
    "speed_m_s",
    "altitude_m",
    "heart_rate_bpm",
    "cadence_spm",
    "power_w",
)
_OF_A_PLACE = ("latitude_deg", "longitude_deg", "distance_m", "speed_m_s", "altitude_m")
# Single points from before the first are slips of a clock; segments are longer, and of one day.
_STRAY_FRAC = 0.05
_LONGEST_OUT_OF_ORDER_S = 86_400.0


class TrackPoints:
    """The points of one track, in file order.

    Attributes
    ----------
    undated
        Points without a usable time; nothing can place them, so they are left out.
    utc_offset_s
        Offset the file writes its times with, ``None`` for UTC.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._names: dict[str, str] = {}
        self._times: list[float] = []
        self._numbers: dict[str, list[float]] = {name: [] for name in _NUMBERS}
        self.undated = 0
        self.utc_offset_s: int | None = None

    def __len__(self) -> int:
        return len(self._times)

    def find_start(self) -> float | None:
        """Return the Unix time the track begins with, ``None`` if there is no point.

        That is the first point's, unless a good part of the track lies before it: then a program
        has put the segments in another order.
        """
        if not self._times:
            return None
        times = np.array(self._times)
        before = times[(times < times[0]) & (times > times[0] - _LONGEST_OUT_OF_ORDER_S)]
        is_part_of_track = len(before) > _STRAY_FRAC * len(times)
        return float(before.min() if is_part_of_track else times[0])

    def add(self, point: etree._Element, position: tuple[str | None, str | None] | None) -> None:
        """Add a point element; ``position`` holds latitude and longitude kept as attributes."""
        texts = self._texts(point)
        if position is not None:
            texts["latitude_deg"], texts["longitude_deg"] = position
        unix_s = self._read_time(texts.get("time"))
        if unix_s is None:
            self.undated += 1
            return
        self._times.append(unix_s)
        for name, column in self._numbers.items():
            column.append(read_number(texts.get(name)))

    def _texts(self, point: etree._Element) -> dict[str, str | None]:
        texts: dict[str, str | None] = {}
        names = self._names
        for element in point.iter(etree.Element):
            tag = element.tag
            name = names.get(tag)
            if name is None:
                name = names[tag] = self._fields.get(local_name(tag).lower(), "")
            if name and name not in texts:
                text = element.text
                if text and not text.isspace():
                    texts[name] = text
        return texts

    def _read_time(self, text: str | None) -> float | None:
        moment = read_instant(text)
        if moment is None:
            return None
        offset = moment.utcoffset()
        if offset and self.utc_offset_s is None:
            self.utc_offset_s = int(offset.total_seconds())
        return moment.timestamp()

    def finish(self, start_unix_s: float) -> Streams | None:
        """Return the streams from a start on, ``None`` if there is no point."""
        if not self._times:
            return None
        columns = {name: _column(values) for name, values in self._numbers.items()}
        _forget_impossible(columns)
        times = np.array(self._times)
        _forget_stale(columns, times)
        return Streams(
            time_s=times - start_unix_s,
            **{name: column for name, column in columns.items() if not np.isnan(column).all()},
        )


def read_number(text: str | None) -> float:
    """Return a number as written, with a decimal point or comma; NaN if it is none."""
    if text is None:
        return np.nan
    try:
        return float(text)
    except ValueError:
        pass
    # Some phones write numbers the way their owner's language does.
    try:
        return float(text.replace(",", ".", 1))
    except ValueError:
        return np.nan


def read_instant(text: str | None) -> datetime | None:
    """Return an ISO 8601 instant, taken as UTC if it names no zone; ``None`` if unusable."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(_tidy_instant(text))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment if is_plausible_instant(moment.timestamp()) else None
    except (ValueError, OverflowError):
        return None


def _tidy_instant(text: str) -> str:
    """Undo what programs add to or leave out of ISO 8601."""
    text = text.strip()
    if text.endswith("Z"):
        return text
    return text.upper().removesuffix("UTC").removesuffix("GMT").strip().replace("/", "-")


def _column(values: list[float]) -> Column:
    column = np.array(values, np.float64)
    column[~np.isfinite(column)] = np.nan
    return column


def _forget_impossible(columns: dict[str, Column]) -> None:
    """Turn what no sensor can mean into NaN: heart rate 0, coordinates off the globe."""
    heart_rate = columns["heart_rate_bpm"]
    heart_rate[heart_rate <= 0] = np.nan
    latitude, longitude = columns["latitude_deg"], columns["longitude_deg"]
    is_off = ~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))
    latitude[is_off] = np.nan
    longitude[is_off] = np.nan


def _forget_stale(columns: dict[str, Column], times: Column) -> None:
    """Forget the places of samples that run back in time and repeat the place before them.

    Some phones add each late heart rate to the track under its own, earlier time and copy the
    newest place onto it. In order of time the runner would jump back and forth.
    """
    latitude, longitude = columns["latitude_deg"], columns["longitude_deg"]
    repeats = (np.diff(latitude) == 0.0) & (np.diff(longitude) == 0.0)
    if not repeats.any():
        return
    starts_at = np.where(np.concatenate(([True], ~repeats)), np.arange(len(times)), 0)
    is_stale = times < times[np.maximum.accumulate(starts_at)]
    for name in _OF_A_PLACE:
        columns[name][is_stale] = np.nan
