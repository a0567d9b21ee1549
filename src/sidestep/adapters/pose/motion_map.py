"""Watches a coarse grid over the whole picture: its light, its movement, its becoming another."""

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.pose.region import Region
from sidestep.services.ports.frames import Frame, Layout

GRID = 64
_BLOCK = 4
"""Neighbouring samples whose mean is compared for cuts, so that noise and texture do not count."""

MEMORY_S = 1.0
"""How long a movement counts; longer than half a running stride."""

CUT_CHANGE = 18.0
"""Mean change of the blocks' brightness, of 255, that no camera on a stand sees by itself."""
CUT_TIMES_USUAL = 6.0
_CUT_SHARE = 0.5
"""Share of the blocks that must change: a person coming close changes fewer."""
_CUT_BLOCK = 8.0

MOVING = 2.0
"""Mean change of brightness from frame to frame, of 255, above the noise of any camera."""


class MotionMap:
    """Change from frame to frame on a grid of 64 by 64 samples.

    Parameters
    ----------
    layout
        Of the pictures it will be given.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._positions: NDArray[np.intp] | None = None
        self._before: NDArray[np.float32] | None = None
        self._blocks_before: NDArray[np.float32] | None = None
        self._before_s = 0.0
        self._activity = np.zeros((GRID, GRID), dtype=np.float32)
        self._usual_change = 0.0
        self.change = float("nan")
        """How much the last picture differs from the one before: root mean square, of 255."""

    def watch(self, frame: Frame) -> bool:
        """Take in the next frame; return whether the picture was cut before it."""
        now = frame.luma.samples.take(self._places(frame), mode="clip").astype(np.float32)
        before, self._before = self._before, now
        blocks_before, self._blocks_before = self._blocks_before, _blocks(now)
        elapsed_s, self._before_s = frame.time_s - self._before_s, frame.time_s
        if before is None or blocks_before is None:
            return False
        share = min(1.0, elapsed_s / MEMORY_S)
        changed = now - before
        # Squared, a small runner counts for more than what is everywhere.
        self.change = float(np.sqrt(np.vdot(changed, changed) / changed.size))
        self._activity += share * (np.abs(changed) - self._activity)
        return self._is_cut(self._blocks_before - blocks_before, share)

    @property
    def brightness(self) -> float:
        """Return the mean brightness of the last picture, 0 to 255; NaN before the first."""
        return float("nan") if self._before is None else float(self._before.mean())

    def liveliness(self, region: Region) -> float:
        """Return how much it moves inside a square, against the whole picture's median."""
        return self._mean_inside(region) / (float(np.median(self._activity)) + 1.0)

    def is_moving(self, region: Region) -> bool:
        """Tell whether a square's inside moves more than noise does."""
        return self._mean_inside(region) > MOVING + float(np.median(self._activity))

    def _is_cut(self, change: NDArray[np.float32], share: float) -> bool:
        # A lamp that is switched on changes everything alike; that is no cut.
        change = np.abs(change - np.median(change))
        mean = float(change.mean())
        is_cut = (
            mean > CUT_CHANGE
            and mean > CUT_TIMES_USUAL * self._usual_change
            and float((change > _CUT_BLOCK).mean()) > _CUT_SHARE
        )
        if not is_cut:
            self._usual_change += share * (mean - self._usual_change)
        return is_cut

    def _mean_inside(self, region: Region) -> float:
        # The body fills the inner half of its square; what is around it belongs to others.
        half_px = region.edge_px / 4
        columns = _cells(region.x_px, half_px, self._layout.width_px)
        rows = _cells(region.y_px, half_px, self._layout.height_px)
        inside = self._activity[rows, columns]
        return float(inside.mean()) if inside.size else 0.0

    def _places(self, frame: Frame) -> NDArray[np.intp]:
        if self._positions is None:
            plane, layout = frame.luma, self._layout
            middles = (np.arange(GRID) + 0.5) / GRID
            x, y = np.meshgrid(middles * layout.width_px, middles * layout.height_px)
            upright = np.stack([x, y, np.ones_like(x)])
            column, row = np.tensordot(layout.stored_from_upright, upright, axes=1)
            column = np.clip(column, 0, plane.width - 1).astype(np.intp)
            row = np.clip(row, 0, plane.height - 1).astype(np.intp)
            self._positions = plane.first + row * plane.row_step + column * plane.column_step
        return self._positions


def _blocks(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    n = GRID // _BLOCK
    means: NDArray[np.float32] = samples.reshape(n, _BLOCK, n, _BLOCK).mean(axis=(1, 3))
    return means


def _cells(middle_px: float, half_px: float, size_px: int) -> slice:
    first = int(np.clip((middle_px - half_px) / size_px * GRID, 0, GRID))
    last = int(np.clip((middle_px + half_px) / size_px * GRID + 1, 0, GRID))
    return slice(first, last)
