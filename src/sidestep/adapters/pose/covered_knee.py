"""Finds what stands still before a knee, of somebody who runs or squats.

Whoever bends the knees changes the picture at every height of the legs and, in every column, from
the knee up to the shoulders. What hides a knee is a row or a column in which nothing changes,
between others in which much does. Which of them moves a measure is not known here.
"""

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.pose.place_stills import Picture

STILL_LUMA, LIVELY_LUMA = 4.0, 12.0
"""Standard deviation of what does not change, and of what surely does. Grain and compression of
real cameras on a stand made 1.2 to 2.2."""

CHANGED_SHARE = 0.95
"""A row or column is as lively as the twentieth of it that changes most."""

ACROSS_LEGS, UPRIGHT_LEGS, ONE_KNEE_LEGS = 0.06, 0.04, 0.2
"""In lengths of a thigh: the narrowest that counts across both knees, upright before one, and as
high as one knee alone. In 389 rendered runs and squats with nothing before the legs the widest
found were 0, 0 and 0; each of 30 with a bar, a post or a box before a knee had 0.10, 0.05 or 0.28
at least."""

BESIDE_LEGS, UPRIGHT_BESIDE_LEGS, ONE_BESIDE_LEGS = 0.35, 0.5, 0.16
"""How far to the sides of the knees is looked, in lengths of a thigh; the last is half a knee."""

ROWS_LEGS, ONE_ROWS_LEGS = 1.0, 0.5
"""How far above and below the knee: from hip to ankle, and from half the thigh to half the shank.
One leg alone, in dark trousers, is still further down."""

ABOVE_SHOULDER_LEGS, BELOW_KNEE_LEGS = 0.2, 0.3
"""How far the columns reach beyond shoulder and knee."""

NEAR_ROWS_LEGS, NEAR_COLUMNS_LEGS = 0.25, 0.15
"""What comes no nearer to the knee than this hides something else."""


def is_knee_covered(
    changes: Picture,
    knees_px: NDArray[np.float64],
    shoulders_y_px: float,
    thigh_px: float,
) -> bool:
    """Tell whether something stands still before a knee.

    Parameters
    ----------
    changes
        How much each place of the picture changes, as ``PlaceStills.changes``.
    knees_px
        Shape (2, 2), x and y of where each knee usually is in it.
    shoulders_y_px
        How high the shoulders usually are in it.
    thigh_px
        Length of a thigh in it.
    """
    look = _Look(changes, thigh_px)
    x, y = knees_px[:, 0], float(knees_px[:, 1].mean())
    if look.rows(y, (x.min(), x.max()), BESIDE_LEGS, ROWS_LEGS) >= ACROSS_LEGS:
        return True
    return any(
        look.columns(at_x, shoulders_y_px, at_y) >= UPRIGHT_LEGS
        or look.rows(at_y, (at_x, at_x), ONE_BESIDE_LEGS, ONE_ROWS_LEGS) >= ONE_KNEE_LEGS
        for at_x, at_y in knees_px
    )


class _Look:
    """A look at a part of the picture; lengths are in thighs, places in pixels."""

    def __init__(self, changes: Picture, thigh_px: float) -> None:
        self._changes = changes
        self._thigh_px = thigh_px

    def rows(self, y: float, x: tuple[float, float], beside: float, reach: float) -> float:
        """Return the height of what lies still across this place."""
        rows = self._span(y - reach * self._thigh_px, y + reach * self._thigh_px)
        columns = self._span(x[0] - beside * self._thigh_px, x[1] + beside * self._thigh_px)
        return self._widest_still(rows, columns, axis=1, middle=y, near=NEAR_ROWS_LEGS)

    def columns(self, x: float, shoulders_y: float, knee_y: float) -> float:
        """Return the breadth of what stands still before this place, up to the shoulders."""
        rows = self._span(
            shoulders_y - ABOVE_SHOULDER_LEGS * self._thigh_px,
            knee_y + BELOW_KNEE_LEGS * self._thigh_px,
        )
        beside = UPRIGHT_BESIDE_LEGS * self._thigh_px
        columns = self._span(x - beside, x + beside)
        return self._widest_still(rows, columns, axis=0, middle=x, near=NEAR_COLUMNS_LEGS)

    def _widest_still(
        self, rows: slice, columns: slice, *, axis: int, middle: float, near: float
    ) -> float:
        part = self._changes[rows, columns]
        if not part.size:
            return 0.0
        lively = np.quantile(part, CHANGED_SHARE, axis=axis)
        first = (columns if axis == 0 else rows).start
        is_near = np.abs(first + np.arange(len(lively)) - middle) <= near * self._thigh_px
        return _longest_still(lively, is_near) / self._thigh_px

    def _span(self, first: float, last: float) -> slice:
        return slice(max(0, round(first)), max(0, round(last)) + 1)


def _longest_still(lively: NDArray[np.float64], is_near: NDArray[np.bool_]) -> int:
    """Return the most still lines in a row that come near, between two that are lively."""
    surely = np.flatnonzero(lively > LIVELY_LUMA)
    within = slice(surely[0], surely[-1]) if len(surely) else slice(0)
    longest, run, comes_near = 0, 0, False
    for each, near in zip(lively[within], is_near[within], strict=True):
        if each < STILL_LUMA:
            run, comes_near = run + 1, comes_near or bool(near)
        else:
            run, comes_near = 0, False
        longest = max(longest, run if comes_near else 0)
    return longest
