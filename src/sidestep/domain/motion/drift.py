"""How a measure changes over a run, and whether that is more than chance; not what it means."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.early_and_late import part_length_s
from sidestep.domain.motion.pose_track import Series
from sidestep.domain.motion.run_analysis import Drift
from sidestep.domain.motion.step_statistics import (
    measure_series,
    student_half_width,
    without_outliers,
)
from sidestep.domain.vocabulary.uncertainty import Unknown

GROUPS = 60
"""Steps are averaged in at most this many groups in a row: a robust slope takes every pair."""

BLOCK = 4
BLOCKS = 10
"""Groups are drawn in at most so many blocks, none shorter than ``BLOCK``, so that what
neighbouring steps share stays together."""

DRAWS = 400
SEED = 20261122


def find_drift(
    time_s: Series, values: Series, *, fewest: int, smallest_real_change: float
) -> Drift | Unknown:
    """Compare the end of a run with its start, by a robust slope and a block bootstrap.

    Parameters
    ----------
    time_s, values
        Good steps of one side in order of time; NaN values are left out.
    fewest
        Steps that the first and the last part need each.
    smallest_real_change
        In the measure's unit: what two measurements can differ by without anything having changed.

    Returns
    -------
    Drift or Unknown
        Unknown where one of the parts has too few steps.
    """
    kept = np.isfinite(without_outliers(values))
    time_s, values = time_s[kept], values[kept]
    if len(values) < 3 * fewest or not np.ptp(time_s) > 0:
        return _too_few(fewest)
    is_early, is_late = _parts(time_s)
    if min(is_early.sum(), is_late.sum()) < fewest:
        return _too_few(fewest)
    span_s = float(np.ptp(time_s))
    grouped_s, grouped = _grouped(time_s), _grouped(values)
    slope = robust_slope(grouped_s, grouped[None])[0]
    error = _slope_error(grouped_s, grouped, float(slope))
    change = float(slope) * span_s
    few = "too few steps"
    return Drift(
        early=measure_series(values[is_early], fewest=fewest, too_few=few),
        late=measure_series(values[is_late], fewest=fewest, too_few=few),
        change=change,
        error=error * span_s,
        is_clear=abs(change) > max(error * span_s, smallest_real_change),
    )


def with_misreading(drift: Drift, half_width: float, smallest_real_change: float) -> Drift:
    """Add to the error of a change how far the pose model may have misread it (95 %)."""
    error = float(np.hypot(drift.error, half_width))
    return replace(
        drift, error=error, is_clear=abs(drift.change) > max(error, smallest_real_change)
    )


def _too_few(fewest: int) -> Unknown:
    return Unknown(
        reason="Too few good steps to compare the clip's start with its end: each leg needs "
        f"{fewest} at each end, and {3 * fewest} in all."
    )


def _parts(time_s: Series) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which steps lie in the first and which in the last part of the run."""
    part_s = part_length_s(float(np.ptp(time_s)))
    return time_s <= time_s[0] + part_s, time_s >= time_s[-1] - part_s


def _grouped(values: Series) -> Series:
    parts = np.array_split(values, min(GROUPS, len(values)))
    return np.array([part.mean() for part in parts])


def robust_slope(time_s: Series, rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median slope over all pairs of points (Theil and Sen), one per row."""
    first, second = np.triu_indices(len(time_s), 1)
    slopes = (rows[:, second] - rows[:, first]) / (time_s[second] - time_s[first])
    median: NDArray[np.float64] = np.median(slopes, axis=1)
    return median


def _slope_error(time_s: Series, values: Series, slope: float) -> float:
    """Return the 95 % half-width of the slope when what it leaves is drawn anew in blocks."""
    trend = slope * (time_s - time_s.mean())
    left = values - trend
    left = left - left.mean()
    n = len(left)
    block = max(BLOCK, -(-n // BLOCKS))
    # Blocks of what a fitted line leaves scatter less than what they stand for: in each, two steps
    # at its cost. And from few blocks, their scatter is itself unsure.
    left = left * np.sqrt(n / max(1, n - 2 * block))
    chance = np.random.default_rng(SEED)
    starts = chance.integers(0, n - block + 1, (DRAWS, -(-n // block)))
    places = (starts[..., None] + np.arange(block)).reshape(DRAWS, -1)[:, :n]
    drawn = robust_slope(time_s, trend + left[places])
    return student_half_width(n / block - 2) * float(np.std(drawn))
