"""The square around a person that the landmark network looks at, and how it follows her.

Which person it is does not belong here.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

MARGIN = 1.25
"""Edge of the square over the diameter of the circle around the body (``bazarevsky_2020``)."""

FOLLOW_AFTER_SHARE = 0.06
"""The square stays where it is until the person has moved by this share of its edge.

A square at rest keeps the network's own bias the same from frame to frame."""
RESIZE_AFTER_SHARE = 0.08
TURN_AFTER_RAD = np.radians(12.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A square in the upright picture, turned clockwise so that the body stands in it.

    One that ``is_mirrored`` is looked at from behind the picture: its left is the square's right.
    """

    x_px: float
    y_px: float
    edge_px: float
    angle_rad: float = 0.0
    is_mirrored: bool = False

    def mirrored(self) -> "Region":
        """Return the same square, seen the other way round."""
        return replace(self, is_mirrored=not self.is_mirrored)

    def from_unit(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take points of the square, shape (n, 2), 0 to 1, to pixels of the upright picture."""
        cos, sin = np.cos(self.angle_rad), np.sin(self.angle_rad)
        turn = np.array([[cos, sin], [-sin, cos]])
        from_middle = (points - 0.5) * (-1.0 if self.is_mirrored else 1.0, 1.0)
        upright: NDArray[np.float64] = from_middle @ turn * self.edge_px + (self.x_px, self.y_px)
        return upright

    def distance_to(self, other: "Region") -> float:
        """Return the distance of the two middles in edges of this square."""
        return float(np.hypot(other.x_px - self.x_px, other.y_px - self.y_px)) / self.edge_px


def region_around(middle: NDArray[np.float64], rim: NDArray[np.float64]) -> Region:
    """Return the square for a body whose circle has this middle (the hips) and upper rim.

    Both have shape (2,), in pixels of the upright picture.
    """
    across, up = rim[0] - middle[0], middle[1] - rim[1]
    return Region(
        x_px=float(middle[0]),
        y_px=float(middle[1]),
        edge_px=float(2 * MARGIN * np.hypot(across, up)),
        angle_rad=float(np.arctan2(across, up)),
    )


def follow(current: Region, seen: Region) -> Region:
    """Return where to look next: the same square until the person has clearly left its middle.

    A lean smaller than the limit counts as upright.
    """
    turned = abs(seen.angle_rad - current.angle_rad) > TURN_AFTER_RAD
    moved = current.distance_to(seen) > FOLLOW_AFTER_SHARE
    resized = abs(seen.edge_px / current.edge_px - 1) > RESIZE_AFTER_SHARE
    if not (moved or resized or turned):
        return current
    angle_rad = current.angle_rad
    if turned:
        angle_rad = seen.angle_rad if abs(seen.angle_rad) > TURN_AFTER_RAD else 0.0
    return Region(x_px=seen.x_px, y_px=seen.y_px, edge_px=seen.edge_px, angle_rad=angle_rad)
