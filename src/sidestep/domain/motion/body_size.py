"""How large the person is in the picture, so that everything else can be told in body lengths."""

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.vocabulary.side import Side

STRETCHED_PERCENTILE = 90
"""A bent leg looks short; near the longest it was seen is near its true length."""


def middle_of(xy_px: NDArray[np.float64], part: str) -> NDArray[np.float64]:
    """Return the middle between the left and the right of a part, shape (..., 2), in pixels."""
    left = xy_px[..., keypoint(part, Side.LEFT), :]
    right = xy_px[..., keypoint(part, Side.RIGHT), :]
    middle: NDArray[np.float64] = (left + right) / 2
    return middle


def length_px(
    xy_px: NDArray[np.float64], side: Side, first: str, second: str
) -> NDArray[np.float64]:
    """Return the distance of two parts of one side in every frame, shape (n,)."""
    gap = xy_px[..., keypoint(first, side), :] - xy_px[..., keypoint(second, side), :]
    distance: NDArray[np.float64] = np.hypot(gap[..., 0], gap[..., 1])
    return distance


def _stretched(length: NDArray[np.float64]) -> float:
    seen = length[np.isfinite(length)]
    return float(np.percentile(seen, STRETCHED_PERCENTILE)) if seen.size else float("nan")


def leg_length_px(xy_px: NDArray[np.float64]) -> float:
    """Return hip to knee to ankle of the stretched leg, mean of both sides; NaN when not seen."""
    return float(
        np.mean(
            [
                _stretched(length_px(xy_px, side, "hip", "knee"))
                + _stretched(length_px(xy_px, side, "knee", "ankle"))
                for side in Side
            ]
        )
    )


def shank_length_px(xy_px: NDArray[np.float64]) -> float:
    """Return knee to ankle of the stretched leg, mean of both sides; NaN when not seen."""
    return float(np.mean([_stretched(length_px(xy_px, side, "knee", "ankle")) for side in Side]))


def trunk_length_px(xy_px: NDArray[np.float64]) -> float:
    """Return the distance of the shoulders' middle from the hips' middle, median over frames."""
    trunk = middle_of(xy_px, "shoulder") - middle_of(xy_px, "hip")
    length = np.hypot(trunk[..., 0], trunk[..., 1])
    seen = length[np.isfinite(length)]
    return float(np.median(seen)) if seen.size else float("nan")
