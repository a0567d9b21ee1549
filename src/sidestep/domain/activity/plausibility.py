"""What a sensor can honestly have measured; values beyond it are taken out, never corrected.

These are limits of instruments and of human movement, wide on purpose. They say nothing about
health or training: such numbers live in ``knowledge/``.
"""

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.activity.recording import Column
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.sport import Sport

FOOT_SPORTS = frozenset({Sport.RUN, Sport.TRAIL_RUN, Sport.TREADMILL_RUN, Sport.WALK, Sport.HIKE})
"""Sports made of steps: only these have steps and a cadence of feet."""

# The fastest moment of the 100 m world record (Berlin 2009) was 12.4 m/s.
FASTEST_ON_FOOT_M_S = 12.5
# Downhill skiing and cycling reach 40 m/s and more; beyond 180 km/h a receiver is wrong.
FASTEST_ON_WHEELS_OR_SNOW_M_S = 50.0
_FAST_SPORTS = frozenset(
    {Sport.CYCLE, Sport.SKATE, Sport.ALPINE_SKI, Sport.CROSS_COUNTRY_SKI, Sport.ROW, Sport.OTHER}
)

# Below 25 and above 250 an optical or chest sensor has lost the pulse (255 is FIT's "no value").
HEART_RATE_BPM = (25.0, 250.0)
# Sprinters reach about 290 steps a minute; zero is standing still and stays.
CADENCE_SPM = (0.0, 300.0)
# The longest distance a watch counts in one activity; more is a broken counter.
DISTANCE_M = (0.0, 2_000_000.0)
# The Dead Sea shore lies at -430 m, Everest at 8,849 m.
ALTITUDE_M = (-500.0, 9_000.0)
POWER_W = (0.0, 3_000.0)
# A foot is on the ground for 80 ms in a sprint and about a second in a slow walk.
GROUND_CONTACT_MS = (50.0, 2_000.0)
VERTICAL_OSCILLATION_MM = (1.0, 500.0)
# No one climbs this from one sample to the next: before it, a height of 0 was not yet known.
_STEP_OUT_OF_NOTHING_M = 30.0
# Climb in one activity; a day in the highest mountains stays under this.
CLIMB_M = (0.0, 30_000.0)

# A median above this is a count of both feet that was doubled once more.
_DOUBLED_CADENCE_SPM = (250.0, 500.0)

# Receivers write (0, 0) when they have no fix; no run crosses that spot in the Atlantic.
_NULL_ISLAND_DEG = 1e-6

_IN_WORDS = {
    "distance_m": ("impossible distance was", "impossible distances were"),
    "speed_m_s": ("impossible speed was", "impossible speeds were"),
    "altitude_m": ("impossible altitude was", "impossible altitudes were"),
    "heart_rate_bpm": ("impossible heart rate was", "impossible heart rates were"),
    "cadence_spm": ("impossible cadence was", "impossible cadences were"),
    "power_w": ("impossible power was", "impossible powers were"),
    "ground_contact_ms": (
        "impossible ground contact time was",
        "impossible ground contact times were",
    ),
    "vertical_oscillation_mm": (
        "impossible vertical oscillation was",
        "impossible vertical oscillations were",
    ),
}


def fastest_m_s(sport: Sport) -> float:
    """Return the speed beyond which a recording of this sport is wrong."""
    return FASTEST_ON_WHEELS_OR_SNOW_M_S if sport in _FAST_SPORTS else FASTEST_ON_FOOT_M_S


def is_within(value: float | None, limits: tuple[float, float]) -> bool:
    """Tell whether a total is present, finite and within the limits, both ends included."""
    return value is not None and limits[0] <= value <= limits[1]


def keep_plausible(
    columns: dict[str, Column], sport: Sport
) -> tuple[dict[str, Column], tuple[str, ...]]:
    """Replace what no sensor can have measured by NaN.

    Parameters
    ----------
    columns
        Arrays of shape (n,) by the names of ``Streams``, ``time_s`` among them; NaN, infinite
        and absurd values are allowed everywhere.

    Returns
    -------
    columns
        The same columns; a value out of its limits is NaN, a column without any value is gone.
    repairs
        One sentence per kind of value taken out.
    """
    kept: dict[str, Column] = {"time_s": columns["time_s"]}
    repairs: list[str] = []
    columns, cadence_repairs = halve_doubled_cadence(columns, sport)
    repairs.extend(cadence_repairs)
    position, position_repairs = _plausible_positions(columns)
    kept.update(position)
    repairs.extend(position_repairs)
    limits = _limits(sport)
    for name, column in columns.items():
        if name not in limits:
            continue
        low, high = limits[name]
        cleaned, dropped = _mask(column, (column >= low) & (column <= high))
        if dropped:
            repairs.append(count_of(dropped, *_IN_WORDS[name]) + " left out")
        if cleaned is not None:
            kept[name] = cleaned
    return kept, tuple(repairs)


def _limits(sport: Sport) -> dict[str, tuple[float, float]]:
    return {
        "distance_m": DISTANCE_M,
        "speed_m_s": (0.0, fastest_m_s(sport)),
        "altitude_m": ALTITUDE_M,
        "heart_rate_bpm": HEART_RATE_BPM,
        "cadence_spm": CADENCE_SPM,
        "power_w": POWER_W,
        "ground_contact_ms": GROUND_CONTACT_MS,
        "vertical_oscillation_mm": VERTICAL_OSCILLATION_MM,
    }


def _mask(column: Column, is_good: NDArray[np.bool_]) -> tuple[Column | None, int]:
    good = int(np.count_nonzero(is_good))
    if good == len(column):
        return column, 0
    dropped = len(column) - good - int(np.count_nonzero(np.isnan(column)))
    return (np.where(is_good, column, np.nan) if good else None), dropped


def _plausible_positions(columns: dict[str, Column]) -> tuple[dict[str, Column], tuple[str, ...]]:
    latitude, longitude = columns.get("latitude_deg"), columns.get("longitude_deg")
    if latitude is None or longitude is None:
        return {}, ()
    is_good = (np.abs(latitude) <= 90.0) & (np.abs(longitude) <= 180.0)
    is_good &= (np.abs(latitude) > _NULL_ISLAND_DEG) | (np.abs(longitude) > _NULL_ISLAND_DEG)
    good = int(np.count_nonzero(is_good))
    if good == len(is_good):
        return {"latitude_deg": latitude, "longitude_deg": longitude}, ()
    missing = int(np.count_nonzero(np.isnan(latitude) | np.isnan(longitude)))
    dropped = len(is_good) - good - missing
    repairs = (
        (count_of(dropped, "impossible position was", "impossible positions were") + " left out",)
        if dropped
        else ()
    )
    if not good:
        return {}, repairs
    return {
        "latitude_deg": np.where(is_good, latitude, np.nan),
        "longitude_deg": np.where(is_good, longitude, np.nan),
    }, repairs


def drop_height_not_yet_known(altitude_m: Column) -> tuple[Column, int]:
    """Take out heights of exactly 0 that stand before the first known height, far from it.

    Parameters
    ----------
    altitude_m
        Shape (n,), in order of time; NaN where nothing was recorded.

    Returns
    -------
    column, dropped
        The same heights with the first ones NaN, and how many were taken out.
    """
    is_known = ~np.isnan(altitude_m) & (altitude_m != 0.0)
    first = int(np.argmax(is_known))
    dropped = int(np.count_nonzero(altitude_m[:first] == 0.0))
    if not dropped or abs(altitude_m[first]) < _STEP_OUT_OF_NOTHING_M:
        return altitude_m, 0
    return np.where(np.arange(len(altitude_m)) < first, np.nan, altitude_m), dropped


def halve_doubled_cadence(
    columns: dict[str, Column], sport: Sport
) -> tuple[dict[str, Column], tuple[str, ...]]:
    """Halve the cadence where most of it is beyond what feet can do, and say so."""
    cadence = columns.get("cadence_spm")
    if cadence is None or sport not in FOOT_SPORTS:
        return columns, ()
    low, high = _DOUBLED_CADENCE_SPM
    stepping = cadence[(cadence > 0.0) & (cadence <= high)]
    if not len(stepping) or np.median(stepping) <= low:
        return columns, ()
    halved = np.where(cadence <= high, cadence / 2.0, np.nan)
    return {**columns, "cadence_spm": halved}, (
        "The cadence was counted twice over and has been halved",
    )
