"""A series of steps as one number with its error; knows nothing of what the steps measure."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown

CONFIDENCE_Z = 1.96
"""Half-width of the 95 % band of a normal error, in standard deviations."""

OUTLIER_MADS = 4.0
"""A step this far from the median, in robust standard deviations, is a slip of the pose model."""

OUTLIER_FEW = 5.0
"""The spread of few steps is itself uncertain: the limit is widened by this over their number,
or one of seven quite ordinary steps would often pass for a slip."""

FEWEST_INDEPENDENT = 4.0
"""How alike neighbours are cannot be told from a few steps; fewer than this is never concluded."""


def without_outliers(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a series with NaN where a value lies far from the others."""
    seen = values[np.isfinite(values)]
    if seen.size < 5:
        return values
    middle = np.median(seen)
    spread = 1.4826 * float(np.median(np.abs(seen - middle)))
    limit = OUTLIER_MADS * (1 + OUTLIER_FEW / seen.size) * spread
    far = np.abs(values - middle) > max(limit, 1e-9)
    return np.where(far, np.nan, values)


def independent_count(values: NDArray[np.float64]) -> float:
    """Return how many independent values a series is worth: neighbours that agree count less."""
    n = len(values)
    off = values - values.mean()
    power = float(off @ off)
    if n < 4 or power <= 0:
        return float(n)
    alike = float(np.clip(off[:-1] @ off[1:] / power, 0.0, 0.9))
    return max(min(n, FEWEST_INDEPENDENT), n * (1 - alike) / (1 + alike))


def student_half_width(freedom: float) -> float:
    """Return how many standard errors make a 95 % half-width; fewer than one is taken for one."""
    from scipy import special

    return float(special.stdtrit(max(1.0, freedom), 0.975))


def mean_error(values: NDArray[np.float64]) -> float:
    """Return the 95 % half-width of the mean of a series, its autocorrelation considered."""
    if len(values) < 2:
        return float("inf")
    worth = independent_count(values)
    return student_half_width(worth - 1) * float(np.std(values, ddof=1)) / float(np.sqrt(worth))


def measure_series(
    values: NDArray[np.float64],
    *,
    fewest: int,
    too_few: str,
    calibration_sd: float = 0.0,
    corrected_for: Sequence[str] = (),
) -> Measure:
    """Return the mean of a series with its 95 % error, or why there is none.

    Parameters
    ----------
    values
        In order of time; NaN is left out.
    too_few
        The reason given when there are fewer than ``fewest`` values, slips of the model included.
    calibration_sd
        What calibration left, a standard deviation that no number of steps makes smaller.
    """
    kept = without_outliers(values)
    kept = kept[np.isfinite(kept)]
    if np.isfinite(values).sum() < fewest or len(kept) < 2:
        return Unknown(reason=too_few)
    error = float(np.hypot(mean_error(kept), CONFIDENCE_Z * calibration_sd))
    return Measured(
        value=float(np.mean(kept)), error=error, n=len(kept), corrected_for=tuple(corrected_for)
    )


def subtract(first: Measure, second: Measure, shared_sd: float | None = None) -> Measure:
    """Return first minus second with the errors of both, or the reason of the one that is unknown.

    ``shared_sd``, where known, is the calibration's spread of the difference itself; the errors
    then count only by what the repetitions scatter, so pass measures without calibration error.
    """
    if isinstance(first, Unknown):
        return first
    if isinstance(second, Unknown):
        return second
    extra = CONFIDENCE_Z * shared_sd if shared_sd is not None else 0.0
    return Measured(
        value=first.value - second.value,
        error=float(np.sqrt(first.error**2 + second.error**2 + extra**2)),
        n=min(first.n, second.n),
        corrected_for=first.corrected_for,
    )
