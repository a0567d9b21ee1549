"""Cuts one frame to the legs, large; the legs are drawn elsewhere, and what is said, on pages."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sidestep.adapters.video.overlay_body import Body
from sidestep.adapters.video.overlay_legs import Standing, draw_legs
from sidestep.adapters.video.overlay_picture import YuvPicture
from sidestep.domain.motion.skeleton import Keypoint

WIDTH_PX: Final = 720
HEIGHT_PX: Final = 960
"""No word is drawn into it: a page says it beside the picture, in its reader's language."""

ABOVE_HIP_LEGS: Final = 0.45
BELOW_FOOT_LEGS: Final = 0.16


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A piece of a frame, in its pixels."""

    left: float
    top: float
    width: float
    height: float


def cut_around(xy_px: NDArray[np.float64], leg_px: float, width_px: int, height_px: int) -> Cut:
    """Choose a piece of 3 to 4 round the legs, shape (16, 2); all that fits when none is known."""
    known = xy_px[np.all(np.isfinite(xy_px), axis=1)]
    widest = min(width_px, height_px * WIDTH_PX / HEIGHT_PX)
    if known.size:
        (across, top), (beyond, bottom) = known.min(axis=0).tolist(), known.max(axis=0).tolist()
        high = bottom - top + (ABOVE_HIP_LEGS + BELOW_FOOT_LEGS) * leg_px
        wide = beyond - across + leg_px / 2
        middle, upper = float(known[:, 0].mean()), top - ABOVE_HIP_LEGS * leg_px
        lower = bottom + BELOW_FOOT_LEGS * leg_px
    else:
        high, wide, middle = float(height_px), float(width_px), width_px / 2
        upper = lower = 0.0
    width = min(max(high * WIDTH_PX / HEIGHT_PX, wide), widest)
    height = width * HEIGHT_PX / WIDTH_PX
    # Where not all has room, the feet say more than the hips.
    upper = max(upper, lower - height)
    return Cut(
        left=float(np.clip(middle - width / 2, 0, width_px - width)),
        top=float(np.clip(upper, 0, height_px - height)),
        width=width,
        height=height,
    )


def draw_still(
    picture: NDArray[np.uint8],
    xy_px: NDArray[np.float64],
    body: Body,
    standing: Standing,
) -> NDArray[np.uint8]:
    """Return the legs of a frame, 720 by 960 px, drawn on.

    Parameters
    ----------
    picture
        Shape (h, w, 3), the whole upright frame.
    xy_px
        Shape (16, 2), in the same pixels, as is ``body``.
    """
    legs = xy_px[Keypoint.LEFT_HIP :]
    cut = cut_around(legs, body.leg_px, picture.shape[1], picture.shape[0])
    scale = WIDTH_PX / cut.width
    piece = Image.fromarray(picture).resize(
        (WIDTH_PX, HEIGHT_PX),
        Image.Resampling.LANCZOS,
        box=(cut.left, cut.top, cut.left + cut.width, cut.top + cut.height),
    )
    shown = YuvPicture.from_rgb(np.array(piece))
    draw_legs(
        shown,
        (xy_px - (cut.left, cut.top)) * scale,
        body.scaled(scale),
        standing,
    )
    return shown.to_rgb()
