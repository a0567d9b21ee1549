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
    known = altitude_m[~np.isnan(altitude_m)]
    ascent_m = descent_m = 0.0
    turns = _turning_points(known).tolist()
    # ``low`` and ``high`` are the extremes since the last swing that counted.
    low = high = base = turns[0]
    heading = 0
    for altitude in turns[1:]:
        low, high = min(low, altitude), max(high, altitude)
        if heading >= 0 and high - altitude >= NOISE_M:
            if heading > 0:
                ascent_m += high - base
            heading, base, low = -1, high, altitude
        elif heading <= 0 and altitude - low >= NOISE_M:
            if heading < 0:
                descent_m += base - low
            heading, base, high = 1, low, altitude
    if heading > 0:
        ascent_m += high - base
    elif heading < 0:
        descent_m += base - low
    return ascent_m, descent_m


def _turning_points(values: Column) -> Column:
    """Keep only the first and last value and those where rising turns to falling or back."""
    steps = np.sign(np.diff(values))
    values = np.concatenate((values[:1], values[1:][steps != 0]))
    steps = steps[steps != 0]
    turns = np.flatnonzero(steps[1:] != steps[:-1]) + 1
    return np.concatenate((values[:1], values[turns], values[1:][-1:]))
