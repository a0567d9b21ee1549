"""Draws the trunk and the shoulders, thin and in no side's colour; the legs are drawn over them."""

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.video.overlay_body import Body
from sidestep.adapters.video.overlay_canvas import Canvas
from sidestep.adapters.video.overlay_colours import INK, WHITE
from sidestep.adapters.video.overlay_legs import LEAST_HAIR_PX, LINES_PER_LEG
from sidestep.adapters.video.overlay_picture import YuvPicture
from sidestep.domain.motion.skeleton import Keypoint

_SHOULDERS = [Keypoint.LEFT_SHOULDER, Keypoint.RIGHT_SHOULDER]
_HIPS = [Keypoint.LEFT_HIP, Keypoint.RIGHT_HIP]


def draw_trunk(picture: YuvPicture, xy_px: NDArray[np.float64], body: Body) -> None:
    """Draw the shoulders' line and, from its middle, the trunk down to the middle of the hips.

    From hip to hip there is no line: its points do not follow how the pelvis tilts.

    Parameters
    ----------
    xy_px
        Shape (16, 2), in pixels of the picture; nothing is drawn where shoulders or hips are NaN.
    body
        In pixels of the same picture.
    """
    left, right = xy_px[_SHOULDERS]
    neck, hips = (left + right) / 2, xy_px[_HIPS].mean(axis=0)
    if not (np.isfinite(neck).all() and np.isfinite(hips).all()):
        return
    hair = max(body.leg_px / LINES_PER_LEG, LEAST_HAIR_PX)
    lines = [[(float(x), float(y)) for x, y in ends] for ends in ((left, right), (neck, hips))]
    low, high = (edge([left, right, hips], axis=0) for edge in (np.min, np.max))
    margin = 3 * hair
    canvas = Canvas((*(low - margin).tolist(), *(high + margin).tolist()), picture.mix)
    for fill, width in ((INK, 2.2 * hair), (WHITE, 1.2 * hair)):
        for line in lines:
            canvas.line(line, width, fill)
    canvas.layer().lay_over(picture)
