"""Recordings whose distance, steps and climb are known in closed form."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from math import degrees

import numpy as np

from sidestep.domain.activity.positions import EARTH_RADIUS_M
from sidestep.domain.activity.recording import Activity, Column, Recording, Streams
from sidestep.domain.vocabulary.sport import Sport

STARTED_AT = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
LATITUDE_DEG, LONGITUDE_DEG = 48.0, 11.0


def northward_deg(metres: Column) -> Column:
    """Latitudes on a meridian, a great circle, so many metres north of the starting point."""
    return LATITUDE_DEG + np.asarray(metres, dtype=np.float64) * degrees(1.0 / EARTH_RADIUS_M)


def steady_columns(
    *, seconds: int = 600, speed_m_s: float = 3.0, cadence_spm: float = 170.0, step_s: float = 1.0
) -> dict[str, Column]:
    """Due north at constant speed and cadence: ``speed * seconds`` metres, GPS and all sensors."""
    time_s = np.arange(0.0, seconds + step_s / 2.0, step_s)
    steady = np.ones_like(time_s)
    return {
        "time_s": time_s,
        "latitude_deg": northward_deg(time_s * speed_m_s),
        "longitude_deg": LONGITUDE_DEG * steady,
        "distance_m": time_s * speed_m_s,
        "speed_m_s": speed_m_s * steady,
        "altitude_m": 500.0 * steady,
        "heart_rate_bpm": 140.0 * steady,
        "cadence_spm": cadence_spm * steady,
    }


def recording_of(columns: Mapping[str, Column] | None, **totals: object) -> Recording:
    """A run with these streams; totals and everything else by name."""
    streams = None if columns is None else Streams(**columns)
    recording = Recording(started_at=STARTED_AT, sport=Sport.RUN, streams=streams)
    return replace(recording, **totals)  # type: ignore[arg-type]


def steady_run(**totals: object) -> Recording:
    """Ten minutes due north at 3 m/s and 170 steps a minute: 1,800 m and 1,700 steps."""
    return recording_of(steady_columns(), **totals)


def recorded_again(activity: Activity) -> Recording:
    """The activity as if a device had recorded exactly it."""
    names = set(Recording.__dataclass_fields__)
    return Recording(**{name: getattr(activity, name) for name in names})


def streams_of(activity: Activity) -> Streams:
    """The samples of an activity that must have some."""
    assert activity.streams is not None
    return activity.streams


def column_of(activity: Activity, name: str) -> Column:
    """One column of an activity that must have it."""
    return streams_of(activity).columns()[name]
