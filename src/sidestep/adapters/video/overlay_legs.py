"""Draws the legs, and the knee against the line over the foot; counts and bars are elsewhere."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
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
"""Hair lines: half as wide as the leg is drawn; a smaller gap cannot be seen. Where a measuring has
found the knee inside, the arrow is drawn at least twice so long: small, and yet an arrow."""

LETTER_PX = 28.0
"""Half of it on a phone that shows 360 pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which legs stand, and which of them get a foot line.

    Attributes
    ----------
    offset_pct
        Of the legs whose knee was measured against the foot: how far it is inside, % of the shank,
        as told; ``None`` to draw what the picture shows.
    """

    legs: Collection[Side] = ()
    offset_pct: Mapping[Side, float | None] = field(default_factory=dict)


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
        foot = leg.foot_middle if is_standing and side in standing.offset_pct else None
        gap = None
        if foot is not None and leg.knee is not None:
            gap = _gap_above(leg.knee, foot, standing.offset_pct[side], body, side, hair)
        canvas = _sheet([*leg.points, *([gap.start] if gap else [])], 14 * hair, picture.mix)
        _leg(canvas, leg, side, hair, is_standing=is_standing)
        if foot is not None and gap is not None:
            _line_over_foot(canvas, foot, gap.start, hair)
            _draw_gap(canvas, gap, body.inward(side), hair)
        if leg.knee is not None:
            radius = hair * (2.4 if is_standing else 1.9)
            canvas.disc(leg.knee, radius + 0.9 * hair, WHITE)
            canvas.disc(leg.knee, radius, SIDE[side])
        canvas.layer().lay_over(picture)
        if leg.knee is not None:
            at = _beside(
                leg.knee, gap.start if gap else None, body.inward(side), 5.6 * hair + letter_px
            )
            letter_layer(side, letter_px, picture.mix).lay_over(picture, at)


def _beside(knee: Point, line: Point | None, inward: float, away_px: float) -> tuple[int, int]:
    """Return an even place outside both the knee and the line over the foot."""
    outermost = min(inward * knee[0], inward * (line or knee)[0]) * inward
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """From the line over the foot to the knee, drawn above it."""

    start: Point
    end: Point
    is_inside: bool


def _gap_above(
    knee: Point, foot: Point, offset_pct: float | None, body: Body, side: Side, hair: float
) -> _Gap:
    """Return the gap that was told; the picture's own where none was."""
    y = knee[1] - GAP_ABOVE_KNEE * hair
    inward = body.inward(side)
    if offset_pct is None:
        is_inside = (knee[0] - foot[0]) * inward >= LEAST_ARROW * hair
        return _Gap(start=(foot[0], y), end=(knee[0], y), is_inside=is_inside)
    # What is upright leans in a picture whose camera does, and points are read a little beside
    # where they are. Both are taken out of the number: the line leans by them, so that picture and
    # number say the same.
    line_x = knee[0] - inward * offset_pct / 100 * body.shank_px
    return _Gap(start=(line_x, y), end=(knee[0], y), is_inside=offset_pct > 0)


def _line_over_foot(canvas: Canvas, foot: Point, through: Point, hair: float) -> None:
    """Draw the line from the foot up and a little beyond the gap."""
    length = float(np.hypot(through[0] - foot[0], through[1] - foot[1]))
    beyond = 1 + 4 * hair / max(length, 1.0)
    top = (
        foot[0] + beyond * (through[0] - foot[0]),
        foot[1] + beyond * (through[1] - foot[1]),
    )
    canvas.dashes(foot, top, width=2.2 * hair, dash=5 * hair, fill=INK)
    canvas.dashes(foot, top, width=1.0 * hair, dash=5 * hair, fill=WHITE)


def _draw_gap(canvas: Canvas, gap: _Gap, inward: float, hair: float) -> None:
    """Draw from the foot line to the knee: an arrow when the knee is inside, else a plain bar."""
    start, end = gap.start, gap.end
    if not gap.is_inside:
        canvas.line([start, end], 3.6 * hair, INK)
        canvas.line([start, end], 2.2 * hair, WHITE)
        return
    length = max(abs(end[0] - start[0]), 2 * LEAST_ARROW * hair)
    start = (end[0] - inward * length, end[1])
    head = min(4.5 * hair, length)
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
