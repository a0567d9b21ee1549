"""Keeps a few small pictures of a clip: what is the same in all of them does not move.

What is looked for in them is not known here.
"""

import numpy as np
from numpy.typing import NDArray

from sidestep.services.ports.frames import Frame

Picture = NDArray[np.float64]
"""Shape (height, width), luma 0 to 255."""

STILLS = 12
FEWEST_STILLS = 3
"""Pictures whose median shows the place without what moves in it; at most twice as many."""

FIRST_EVERY = 16
"""A small picture is made of every sixteenth frame, in a longer clip of fewer."""

WIDTH_PX = 540
"""Stills are made about this wide."""


class PlaceStills:
    """Keeps some small pictures of a clip, evenly over it however long it is.

    Parameters
    ----------
    highest_px
        They are no higher than this.
    """

    def __init__(self, *, highest_px: int = 1 << 15) -> None:
        self._highest_px = highest_px
        self._kept: list[NDArray[np.uint8]] = []
        self._seen = 0
        self._every = FIRST_EVERY

    def __len__(self) -> int:
        return len(self._kept)

    def take(self, frame: Frame) -> None:
        """Keep a small grey copy of this frame, if it is its turn."""
        if self._seen % self._every == 0:
            layout = frame.layout
            height_px = round(layout.height_px * min(1.0, WIDTH_PX / layout.width_px))
            height_px = min(height_px, self._highest_px)
            self._kept.append(_grey(frame.picture(height_px)))
            if len(self._kept) == 2 * STILLS:
                self._kept = self._kept[::2]
                self._every *= 2
        self._seen += 1

    def place(self) -> Picture | None:
        """Return the upright picture of the place without what moves in it."""
        if len(self._kept) < FEWEST_STILLS:
            return None
        return np.asarray(np.median(np.stack(self._kept), axis=0, overwrite_input=True))

    def changes(self) -> Picture | None:
        """Return how much each place of the picture changes: the standard deviation of its luma.

        A lamp that flickers, or a camera that finds its exposure, brightens every place alike: that
        is taken out by what the usual place of a picture is brighter than of the first.
        """
        if len(self._kept) < FEWEST_STILLS:
            return None
        first = np.maximum(self._kept[0], 1).astype(np.float32)
        brighter = np.array([float(np.median(still / first)) for still in self._kept])
        brighter = np.where(brighter > 0, brighter, 1.0)
        # One picture at a time: a stack of floats would take a hundred megabytes.
        total = np.zeros(self._kept[0].shape)
        squares = np.zeros_like(total)
        for still, share in zip(self._kept, np.median(brighter) / brighter, strict=True):
            values = still * share
            total += values
            squares += values * values
        n = len(self._kept)
        return np.sqrt(np.maximum(squares / n - (total / n) ** 2, 0.0))


def _grey(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the mean of the three colours, shape (h, w)."""
    # Ten times as quick as a mean along an axis of three.
    red, green, blue = np.moveaxis(picture, 2, 0)
    total = np.add(red, green, dtype=np.uint16)
    total += blue
    total //= 3
    grey: NDArray[np.uint8] = total.astype(np.uint8)
    return grey
