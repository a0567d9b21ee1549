"""How bright and how sharp the picture is around the person."""

import numpy as np
from numpy.typing import NDArray

from sidestep.services.ports.frames import Frame

_EVERY = 4
"""Every fourth sample along each axis tells the mean as well as all of them."""
_GRID = 48


def brightness_of(luma: NDArray[np.uint8]) -> float:
    """Return the mean of a square's brightness, 0 to 255; shape (n, n)."""
    return float(luma[::_EVERY, ::_EVERY].mean())


def sharpness_of(frame: Frame, points_px: NDArray[np.float64]) -> float:
    """Return the mean absolute difference of neighbouring pixels over the body's box.

    Parameters
    ----------
    points_px
        Shape (n, 2), keypoints in the upright picture; their box is looked at.

    Returns
    -------
    float
        0 to 255; NaN when the box lies outside the picture.
    """
    plane = frame.luma
    corners = np.array([points_px.min(axis=0), points_px.max(axis=0)])
    stored = np.column_stack([corners, np.ones(2)]) @ frame.layout.stored_from_upright.T
    low, high = stored.min(axis=0), stored.max(axis=0)
    columns = _inside(low[0], high[0], plane.width - 1)
    rows = _inside(low[1], high[1], plane.height - 1)
    if columns is None or rows is None:
        return float("nan")
    here = plane.first + rows[:, None] * plane.row_step + columns * plane.column_step
    samples = plane.samples
    middle = samples.take(here, mode="clip").astype(np.int16)
    beside = samples.take(here + plane.column_step, mode="clip")
    below = samples.take(here + plane.row_step, mode="clip")
    return float(np.abs(middle - beside).mean() + np.abs(middle - below).mean()) / 2


def _inside(low: float, high: float, size: int) -> NDArray[np.intp] | None:
    low, high = max(low, 0.0), min(high, float(size))
    if high - low < 1.0:
        return None
    return (low + (np.arange(_GRID) + 0.5) / _GRID * (high - low)).astype(np.intp).clip(0, size - 1)
