"""Draws the legs, and the knee against the line over the foot; counts and bars are elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.video.overlay_body import Body, Leg, leg_at
from sidestep.adapters.video.overlay_canvas import Canvas, Layer, Point
from sidestep.adapters.video.overlay_colours import INK, INWARD, ON_SIDE, SIDE, WHITE
from sidestep.adapters.video.overlay_picture import ColourMix, YuvPicture
from sidestep.domain.vocabulary.side import Side

LINES_PER_LEG = 110
"""A stretched leg is this many hair lines long; every width is told in them."""

LEAST_HAIR_PX = 1.6
GAP_ABOVE_KNEE = 8.0
"""Hair lines; on the knee itself its dot would hide a small gap."""

LEAST_ARROW = 1.3
"""Hair lines: half as wide as the leg is drawn; a smaller gap cannot be seen."""

LETTER_PX = 28.0
"""Half of it on a phone that shows 360 pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which legs stand, and which of them get a foot line.

    Attributes
    ----------
    measured
        Legs whose knee was measured against the foot.
    outside
        Of these, the ones whose knee was found outside by a measuring that knows how the camera
        stood: whatever the picture seems to show, no arrow says inside.
    """

    legs: Collection[Side] = ()
    measured: Collection[Side] = ()
    outside: Collection[Side] = ()


def draw_legs(
    picture: YuvPicture,
    xy_px: NDArray[np.float64],
    body: Body,
    standing: Standing,
    *,
    letter_px: float = LETTER_PX,
) -> None:
    """Draw both legs of one frame into a picture, in place.

    Parameters
    ----------
    xy_px
        Shape (16, 2), in pixels of the picture; what is NaN is left out.
    body
        In pixels of the same picture.
    """
    hair = max(body.leg_px / LINES_PER_LEG, LEAST_HAIR_PX)
    for side in sorted(Side, key=lambda side: side in standing.legs):
        leg = leg_at(xy_px, side)
        if not leg.points:
            continue
        is_standing = side in standing.legs
        foot = leg.foot_middle if is_standing and side in standing.measured else None
        canvas = _sheet(leg.points, 14 * hair, picture.mix)
        _leg(canvas, leg, side, hair, is_standing=is_standing)
        if foot is not None and leg.knee is not None:
            inward = 0.0 if side in standing.outside else body.inward(side)
            _knee_against_foot(canvas, leg.knee, foot, inward, hair)
        if leg.knee is not None:
            radius = hair * (2.4 if is_standing else 1.9)
            canvas.disc(leg.knee, radius + 0.9 * hair, WHITE)
            canvas.disc(leg.knee, radius, SIDE[side])
        canvas.layer().lay_over(picture)
        if leg.knee is not None:
            at = _beside(leg.knee, foot, body.inward(side), 5.6 * hair + letter_px)
            letter_layer(side, letter_px, picture.mix).lay_over(picture, at)


def _beside(knee: Point, foot: Point | None, inward: float, away_px: float) -> tuple[int, int]:
    """Return an even place outside both the knee and the line over the foot."""
    outermost = min(inward * knee[0], inward * (foot or knee)[0]) * inward
    return 2 * round((outermost - inward * away_px) / 2), 2 * round(knee[1] / 2)


def _sheet(points: list[Point], margin: float, mix: ColourMix) -> Canvas:
    across, down = zip(*points, strict=True)
    return Canvas(
        (min(across) - margin, min(down) - margin, max(across) + margin, max(down) + margin), mix
    )


def _leg(canvas: Canvas, leg: Leg, side: Side, hair: float, *, is_standing: bool) -> None:
    width = hair * (2.6 if is_standing else 1.3)
    rim = hair * (1.5 if is_standing else 0.9)
    for fill, wide in ((WHITE, width + rim), (SIDE[side], width)):
        for piece in leg.pieces:
            canvas.line(piece, wide, fill)


def _knee_against_foot(
    canvas: Canvas, knee: Point, foot: Point, inward: float, hair: float
) -> None:
    """Draw the line over the foot, and above the knee how far the knee is from it."""
    gap_y = knee[1] - GAP_ABOVE_KNEE * hair
    ends = foot, (foot[0], gap_y - 4 * hair)
    canvas.dashes(*ends, width=2.2 * hair, dash=5 * hair, fill=INK)
    canvas.dashes(*ends, width=1.0 * hair, dash=5 * hair, fill=WHITE)
    _gap(canvas, (foot[0], gap_y), knee[0], inward, hair)


def _gap(canvas: Canvas, start: Point, knee_x: float, inward: float, hair: float) -> None:
    """Draw from the foot line to the knee: an arrow when the knee is inside, else a plain bar.

    ``inward`` is 0 where the knee was found outside.
    """
    gap = knee_x - start[0]
    end = (knee_x, start[1])
    if gap * inward < LEAST_ARROW * hair:
        canvas.line([start, end], 3.6 * hair, INK)
        canvas.line([start, end], 2.2 * hair, WHITE)
        return
    head = min(4.5 * hair, abs(gap))
    neck = (end[0] - inward * head, end[1])
    for fill, rim in ((WHITE, 0.9 * hair), (INWARD, 0.0)):
        half = 0.75 * head + 1.6 * rim
        canvas.line([start, neck], min(2.6 * hair, head) + 2 * rim, fill)
        canvas.shape(
            [
                (end[0] + inward * 2 * rim, end[1]),
                (neck[0] - inward * rim, end[1] - half),
                (neck[0] - inward * rim, end[1] + half),
            ],
            fill,
        )


@cache
def letter_layer(side: Side, size: float, mix: ColourMix) -> Layer:
    """Return the side's letter round the picture's upper left corner, to be moved to its place."""
    canvas = Canvas((-size, -size, size, size), mix)
    draw_letter(canvas, (0.0, 0.0), side, size)
    return canvas.layer()


def draw_letter(canvas: Canvas, middle: Point, side: Side, size: float) -> None:
    """Draw the side's letter on its colour."""
    x, y = middle
    half = 0.68 * size
    rim = size / 14
    canvas.panel((x - half - rim, y - half - rim, x + half + rim, y + half + rim), size / 3, WHITE)
    canvas.panel((x - half, y - half, x + half, y + half), size / 3.6, SIDE[side])
    canvas.words(middle, side.letter, size=size, fill=ON_SIDE[side], anchor="mm")
