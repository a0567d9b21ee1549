"""Tells whether a panel would hide a leg, so that it can stand elsewhere; draws nothing."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.video.overlay_canvas import Box
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.vocabulary.side import Side

FOOT_LEGS: Final = 0.06
"""Half a foot, and the line drawn on it, reach this far round its points, in leg lengths."""

_SHOWN = [keypoint(part, side) for side in Side for part in ("knee", "ankle", "heel", "toe")]


def hidden_share(boxes: Sequence[Box], xy_px: NDArray[np.float64], leg_px: float) -> float:
    """Return in which share of the pictures a knee or a foot lies under one of the boxes.

    Parameters
    ----------
    boxes
        Of the panels, in pixels.
    xy_px
        Shape (..., 16, 2), in the same pixels; what is NaN is nowhere.
    """
    if not xy_px.size:
        return 0.0
    margin = FOOT_LEGS * leg_px
    x, y = np.moveaxis(xy_px[..., _SHOWN, :], -1, 0)
    is_under = np.zeros(x.shape, dtype=bool)
    for left, top, right, bottom in boxes:
        is_across = (x > left - margin) & (x < right + margin)
        is_under |= is_across & (y > top - margin) & (y < bottom + margin)
    return float(np.mean(np.any(is_under, axis=-1)))
