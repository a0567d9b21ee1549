"""A cautious guess for tracks that say nothing of their sport; files that say it are believed."""

import numpy as np

from sidestep.domain.activity.positions import haversine_m
from sidestep.domain.activity.recording import Column, Streams
from sidestep.domain.vocabulary.sport import Sport

GUESSED_RUN_NOTE = "the file does not say what sport; its speed fits running"

MOVING_ABOVE_M_S = 0.8
"""Slower samples are pauses at lights and in shops; they say nothing of the sport."""

RUN_MEDIAN_M_S = (1.8, 6.0)
"""Median moving speed of runs: walkers stay below 1.8 m/s (9:15 min/km), and 6 m/s is faster
than the marathon record."""

RUN_FAST_TENTH_BELOW_M_S = 7.0
"""Nine tenths of a run's moving time stay below this; slow rides pass it on every descent."""

_LEAST_MOVING_S = 120.0


def guess_sport(streams: Streams) -> Sport:
    """Return ``RUN`` where the speed fits running and ``OTHER`` everywhere else."""
    speed_m_s, weight_s = _speeds(streams)
    is_moving = (speed_m_s > MOVING_ABOVE_M_S) & (weight_s > 0)
    speed_m_s, weight_s = speed_m_s[is_moving], weight_s[is_moving]
    if weight_s.sum() < _LEAST_MOVING_S:
        return Sport.OTHER
    order = np.argsort(speed_m_s)
    share = np.cumsum(weight_s[order]) / weight_s.sum()
    median = float(speed_m_s[order][np.searchsorted(share, 0.5)])
    fast_tenth = float(speed_m_s[order][np.searchsorted(share, 0.9)])
    slowest, fastest = RUN_MEDIAN_M_S
    fits = slowest <= median <= fastest and fast_tenth < RUN_FAST_TENTH_BELOW_M_S
    return Sport.RUN if fits else Sport.OTHER


def _speeds(streams: Streams) -> tuple[Column, Column]:
    """Return the speed between samples and for how long it held, gaps cut to half a minute."""
    step_s = np.diff(streams.time_s)
    weight_s = np.clip(np.nan_to_num(step_s), 0.0, 30.0)
    moved_m = _moved(streams)
    if moved_m is None:
        return np.zeros_like(weight_s), weight_s
    with np.errstate(divide="ignore", invalid="ignore"):
        speed_m_s = np.where(step_s > 0, moved_m / step_s, np.nan)
    return speed_m_s, np.where(np.isfinite(speed_m_s), weight_s, 0.0)


def _moved(streams: Streams) -> Column | None:
    if streams.distance_m is not None:
        return np.diff(streams.distance_m)
    if streams.latitude_deg is None or streams.longitude_deg is None:
        return None
    return haversine_m(streams.latitude_deg, streams.longitude_deg)
