"""Sums and means of a sensor over time, where gaps and pauses count for nothing."""

import numpy as np

from sidestep.domain.activity.pauses import gap_limit_s, paused_between_s
from sidestep.domain.activity.recording import Column, Pause


def known_stretches(
    time_s: Column, values: Column, pauses: tuple[Pause, ...] = ()
) -> tuple[Column, Column]:
    """Return the stretches in which a sensor's value is known, and the value over each.

    A stretch lies between two successive known values no further apart than a gap; its value is
    their mean, its length the time between them without pauses.

    Parameters
    ----------
    time_s, values
        Shape (n,), seconds (strictly increasing) and the sensor's unit, NaN where unknown.
    pauses
        In order, not overlapping.

    Returns
    -------
    seconds, means
        Shape (m,), without NaN.
    """
    is_known = ~np.isnan(values)
    known_time_s, known = (
        (time_s, values) if is_known.all() else (time_s[is_known], values[is_known])
    )
    spacing_s = np.diff(known_time_s)
    seconds = spacing_s - paused_between_s(known_time_s, pauses) if pauses else spacing_s
    means = (known[1:] + known[:-1]) / 2.0
    within = spacing_s <= gap_limit_s(time_s)
    if not within.all():
        seconds, means = seconds[within], means[within]
    return seconds, means


def mean_over_time(time_s: Column, values: Column) -> float | None:
    """Return a sensor's mean weighted by time, ``None`` when no two values lie together."""
    seconds, means = known_stretches(time_s, values)
    total_s = float(seconds.sum())
    return float((seconds * means).sum() / total_s) if total_s > 0.0 else None
