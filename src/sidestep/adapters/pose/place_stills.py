"""Keeps a few small pictures of a clip: what is the same in all of them does not move.

What is looked for in them is not known here.
"""

from collections.abc import Iterator, Sequence
from functools import cache

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

BAND_ROWS = 32
"""Rows looked at together through all stills: few enough to stay near the processor."""


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
        place = np.empty(self._kept[0].shape)
        for rows in _bands(place):
            place[rows] = _median([still[rows] for still in self._kept])
        return place

    def changes(self) -> Picture | None:
        """Return how much each place of the picture changes: the standard deviation of its luma.

        A lamp that flickers, or a camera that finds its exposure, brightens every place alike: that
        is taken out by what the usual place of a picture is brighter than of the first.
        """
        if len(self._kept) < FEWEST_STILLS:
            return None
        brighter = np.array([_usual_ratio(still, self._kept[0]) for still in self._kept])
        brighter = np.where(brighter > 0, brighter, 1.0)
        shares = np.median(brighter) / brighter
        changes = np.empty(self._kept[0].shape)
        for rows in _bands(changes):
            total = np.zeros(changes[rows].shape)
            squares = np.zeros_like(total)
            for still, share in zip(self._kept, shares, strict=True):
                values = still[rows] * share
                total += values
                squares += values * values
            n = len(self._kept)
            changes[rows] = np.sqrt(np.maximum(squares / n - (total / n) ** 2, 0.0))
        return changes


def _grey(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the mean of the three colours, shape (h, w)."""
    # Ten times as quick as a mean along an axis of three.
    red, green, blue = np.moveaxis(picture, 2, 0)
    total = np.add(red, green, dtype=np.uint16)
    total += blue
    total //= 3
    grey: NDArray[np.uint8] = total.astype(np.uint8)
    return grey


def _bands(picture: Picture) -> Iterator[slice]:
    return (slice(top, top + BAND_ROWS) for top in range(0, len(picture), BAND_ROWS))


def _median(stills: Sequence[NDArray[np.uint8]]) -> Picture:
    """Return what ``np.median`` does along the stills, ten times as quick."""
    ordered, n = list(stills), len(stills)
    # Neighbours in the wrong order change places, all pixels at a time, until none is left.
    for turn in range(n):
        for low in range(turn % 2, n - 1, 2):
            pair = ordered[low], ordered[low + 1]
            ordered[low], ordered[low + 1] = np.minimum(*pair), np.maximum(*pair)
    return (ordered[(n - 1) // 2].astype(np.float64) + ordered[n // 2]) / 2


def _usual_ratio(still: NDArray[np.uint8], first: NDArray[np.uint8]) -> float:
    """Return the median of ``still / first``, where nothing is as bright as the darkest grey.

    There are only 65,536 ratios: counting each takes a sixth of the time of finding their middle.
    """
    ratios, order = _ratios()
    at = first.astype(np.uint16) * 256 + still
    up_to = np.cumsum(np.bincount(at.ravel(), minlength=len(ratios))[order])
    middle = np.searchsorted(up_to, [(still.size - 1) // 2, still.size // 2], side="right")
    return float(np.mean(ratios[order[middle]]))


@cache
def _ratios() -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Return the ratio of every two values, and the order from the smallest."""
    greys = np.arange(256, dtype=np.float32)
    ratios = np.divide(greys, np.maximum(greys, 1)[:, None], dtype=np.float32).ravel()
    return ratios, np.argsort(ratios)
