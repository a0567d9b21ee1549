"""Where the parts of the two legs lie in the drawn picture; how they look is not known here."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.video.overlay_canvas import Point
from sidestep.domain.motion.body_size import shank_length_px
from sidestep.domain.motion.skeleton import Keypoint, keypoint
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.clip_pictures import Drawing

STRETCHED_PERCENTILE = 90
"""A bent leg looks short; near the longest it was seen is near its true length."""

PARTS = ("hip", "knee", "ankle", "heel", "toe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What stays the same over a clip.

    Attributes
    ----------
    leg_px
        Length of the stretched leg in the clip's pixels; a tenth of the picture when never seen.
    shank_px
        Of it, from the knee to the ankle: what offsets are told in.
    left_is_on_left
        The person's left leg is mostly on the left of the picture, as seen from behind.
    """

    leg_px: float
    shank_px: float
    left_is_on_left: bool

    def scaled(self, scale: float) -> "Body":
        """Return the body in a picture that is so many times as large."""
        return replace(self, leg_px=self.leg_px * scale, shank_px=self.shank_px * scale)

    def is_on_left(self, side: Side) -> bool:
        """Whether this leg is mostly on the left of the picture."""
        return (side is Side.LEFT) == self.left_is_on_left

    def inward(self, side: Side) -> float:
        """Return +1 where the body's midline lies to the right of this leg in the picture."""
        return 1.0 if self.is_on_left(side) else -1.0


def measure_body(drawing: Drawing) -> Body:
    """Find the leg's length and which leg lies where, over all frames."""
    lengths = [
        np.linalg.norm(
            drawing.xy_px[:, keypoint(upper, side)] - drawing.xy_px[:, keypoint(lower, side)],
            axis=1,
        )
        for side in Side
        for upper, lower in (("hip", "knee"), ("knee", "ankle"))
    ]
    longest = [float(np.percentile(seen, STRETCHED_PERCENTILE)) for seen in _seen(lengths)]
    apart = drawing.xy_px[:, Keypoint.RIGHT_HIP, 0] - drawing.xy_px[:, Keypoint.LEFT_HIP, 0]
    apart = apart[np.isfinite(apart)]
    leg_px = 2 * float(np.mean(longest)) if longest else drawing.height_px / 10
    shank_px = shank_length_px(drawing.xy_px)
    return Body(
        leg_px=leg_px,
        shank_px=shank_px if np.isfinite(shank_px) else leg_px / 2,
        left_is_on_left=not apart.size or bool(np.median(apart) >= 0),
    )


def _seen(lengths: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    known = [length[np.isfinite(length)] for length in lengths]
    return [length for length in known if length.size]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg in one frame, in pixels of the drawn picture; ``None`` where a part is not known."""

    hip: Point | None
    knee: Point | None
    ankle: Point | None
    heel: Point | None
    toe: Point | None

    @property
    def pieces(self) -> list[list[Point]]:
        """The unbroken lines from the hip to the toe."""
        return _unbroken([self.hip, self.knee, self.ankle, self.heel, self.toe])

    @property
    def foot_middle(self) -> Point | None:
        """The middle between heel and toe."""
        if self.heel is None or self.toe is None:
            return None
        return (self.heel[0] + self.toe[0]) / 2, (self.heel[1] + self.toe[1]) / 2

    @property
    def points(self) -> list[Point]:
        """Every part that is known."""
        parts = (self.hip, self.knee, self.ankle, self.heel, self.toe)
        return [point for point in parts if point is not None]


def leg_at(xy_px: NDArray[np.float64], side: Side) -> Leg:
    """Take one leg out of a pose, shape (16, 2)."""
    found: dict[str, Point | None] = {}
    for part in PARTS:
        x, y = xy_px[keypoint(part, side)]
        found[part] = (float(x), float(y)) if np.isfinite(x) and np.isfinite(y) else None
    return Leg(**found)


def _unbroken(points: list[Point | None]) -> list[list[Point]]:
    lines: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            lines.append([])
        else:
            lines[-1].append(point)
    return [line for line in lines if len(line) > 1]
