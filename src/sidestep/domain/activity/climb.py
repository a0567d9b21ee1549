"""Climb and descent from altitude, without adding up the sensor's noise."""

import numpy as np

from sidestep.domain.activity.recording import Column

# Barometers wander by a metre or two and satellite altitudes by more: a rise or fall counts once
# it is larger than this.
NOISE_M = 3.0


def compute_climb(altitude_m: Column) -> tuple[float, float]:
    """Return ascent and descent, both positive, counting only swings of at least ``NOISE_M``.

    Parameters
    ----------
    altitude_m
        Shape (n,), metres; NaN where unknown, at least one value known.
    """
    turns = _turning_points(altitude_m[~np.isnan(altitude_m)])
    highest, lowest = np.maximum.accumulate(turns), np.minimum.accumulate(turns)
    swings = np.flatnonzero((highest - turns >= NOISE_M) | (turns - lowest >= NOISE_M))
    if not len(swings):
        return 0.0, 0.0
    first = int(swings[0])
    is_rising = bool(turns[first] - lowest[first] >= NOISE_M)
    start = float(lowest[first] if is_rising else highest[first])
    return _add_swings(turns[first:].tolist(), start=start, heading=1 if is_rising else -1)


def _add_swings(turns: list[float], *, start: float, heading: int) -> tuple[float, float]:
    """Add up swings from ``start`` on, the first of them upwards (1) or downwards (-1)."""
    total_m = {1: 0.0, -1: 0.0}
    extreme = turns[0]
    for altitude in turns:
        further_m = heading * (altitude - extreme)
        if further_m > 0.0:
            extreme = altitude
        elif further_m <= -NOISE_M:
            total_m[heading] += abs(extreme - start)
            start, extreme, heading = extreme, altitude, -heading
    total_m[heading] += abs(extreme - start)
    return total_m[1], total_m[-1]


def _turning_points(values: Column) -> Column:
    """Keep only the first and last value and those where rising turns to falling or back."""
    steps = np.sign(np.diff(values))
    values = np.concatenate((values[:1], values[1:][steps != 0]))
    steps = steps[steps != 0]
    turns = np.flatnonzero(steps[1:] != steps[:-1]) + 1
    return np.concatenate((values[:1], values[turns], values[1:][-1:]))
