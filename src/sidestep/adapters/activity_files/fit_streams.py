"""FIT records as streams: which field holds which quantity; whose feet it counts is not asked."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np

from sidestep.domain.activity.recording import Column, Streams

_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "latitude_deg": ("position_lat",),
        "longitude_deg": ("position_long",),
        "distance_m": ("distance",),
        "speed_m_s": ("enhanced_speed", "speed"),
        "altitude_m": ("enhanced_altitude", "altitude"),
        "heart_rate_bpm": ("heart_rate",),
        "power_w": ("power", "Power"),
        "ground_contact_ms": ("stance_time",),
        "vertical_oscillation_mm": ("vertical_oscillation",),
    }
)
"""Stream to the fields that may hold it, best first; capitals mark a foot pod's own fields."""


def read_streams(records: Mapping[str, Column], start: float) -> Streams | None:
    """Return the records as streams without cadence, ``None`` if there is no record.

    Parameters
    ----------
    records
        Field name to column, ``timestamp`` in Unix seconds.
    start
        Unix seconds from which ``time_s`` counts.
    """
    times = records.get("timestamp")
    if times is None or not len(times):
        return None
    columns = {stream: _first_of(records, names) for stream, names in _COLUMNS.items()}
    heart_rate = columns["heart_rate_bpm"]
    if heart_rate is not None:
        columns["heart_rate_bpm"] = _known(np.where(heart_rate > 0, heart_rate, np.nan))
    return Streams(time_s=times - start, **columns)


def _first_of(records: Mapping[str, Column], names: Iterable[str]) -> Column | None:
    """Merge the columns that hold the same quantity: the first that knows a sample wins."""
    merged: Column | None = None
    for name in names:
        column = records.get(name)
        if column is None:
            continue
        merged = column if merged is None else np.where(np.isnan(merged), column, merged)
    return _known(merged)


def _known(column: Column | None) -> Column | None:
    if column is None or bool(np.isnan(column).all()):
        return None
    return column


def read_cadence(records: Mapping[str, Column]) -> Column | None:
    """Return the cadence as FIT has it, of one leg or of both, with its fraction."""
    whole = _known(records.get("cadence"))
    if whole is None:
        return None
    fraction = records.get("fractional_cadence")
    return whole if fraction is None else whole + np.nan_to_num(fraction)
