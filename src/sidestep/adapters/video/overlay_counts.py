"""Draws what was counted and the last eight stances of each side; the legs are drawn elsewhere.

Numbers, letters and arrows only: a film is watched in any language.
"""

from collections.abc import Sequence
from itertools import islice

from sidestep.adapters.video.overlay_body import Body
from sidestep.adapters.video.overlay_canvas import Box, Canvas, Layer, width_of
from sidestep.adapters.video.overlay_colours import FAINT, INK, INWARD, QUIET, SHADE, WHITE
from sidestep.adapters.video.overlay_legs import draw_letter
from sidestep.adapters.video.overlay_picture import ColourMix
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.clip_pictures import Stance

SHOWN = 8
"""Stances of each side in the strip: about six seconds of running."""

LEAST_SCALE_PCT = 8.0
"""Half of a strip stands for at least this much, so that small offsets look small."""


COUNTER, COUNTER_LINES, EDGE = 44, 1.65, 16
"""In units: the counter's figures, its panel in heights of them, and how far from the edges."""

STRIP_WIDTH, STRIP_HEIGHT, UNDER_COUNTER = 200, 210, 8


def strip_scale_pct(stances: Sequence[Stance]) -> float:
    """Return what half of a strip stands for, the same through the whole clip."""
    offsets = [abs(each.offset_pct) for each in stances if each.offset_pct is not None]
    return max([*offsets, LEAST_SCALE_PCT])


def draw_counter(newest: Sequence[Stance], mix: ColourMix, *, unit: float) -> Layer:
    """Draw the number of the newest stance and the letters of the legs that stand.

    ``unit`` is a hundredth of the text's usual height, so that a small picture gets small signs.
    """
    size = COUNTER * unit
    text = str(newest[0].number)
    pad, edge = 18 * unit, EDGE * unit
    letters = 1.75 * size * 0.8 * len(newest)
    width = pad + width_of(text, size) + pad + letters
    height = COUNTER_LINES * size
    canvas = Canvas((edge, edge, edge + width + 2, edge + height + 2), mix)
    middle = edge + height / 2
    canvas.panel((edge, edge, edge + width, edge + height), height / 4, SHADE)
    canvas.words((edge + pad, middle), text, size=size, fill=WHITE)
    for position, stance in enumerate(newest):
        x = edge + width - letters + (position + 0.42) * letters / len(newest)
        draw_letter(canvas, (x, middle), stance.side, 0.8 * size)
    return canvas.layer()


def strip_box(*, is_left: bool, is_high: bool, picture_px: tuple[int, int], unit: float) -> Box:
    """Return where a strip stands: in a lower corner, or at the height under the counter."""
    width, height = STRIP_WIDTH * unit, STRIP_HEIGHT * unit
    left = EDGE * unit if is_left else picture_px[0] - EDGE * unit - width
    under_counter = (EDGE + COUNTER_LINES * COUNTER + UNDER_COUNTER) * unit
    top = under_counter if is_high else picture_px[1] - EDGE * unit - height
    return left, top, left + width, top + height


def draw_strip(
    begun: Sequence[Stance],
    side: Side,
    body: Body,
    box: Box,
    scale_pct: float,
    mix: ColourMix,
    *,
    unit: float,
) -> Layer:
    """Draw the last eight stances of a side, on the side that this leg has in the picture.

    Every stance is a row, the newest lowest. The dashed line is the foot line; a bar towards the
    picture's middle is a knee inside it. A row without a bar was not measured.
    """
    left, top, right, bottom = box
    width = right - left
    canvas = Canvas((left, top, right + 2, bottom + 2), mix)
    canvas.panel(box, 14 * unit, SHADE)
    inward = body.inward(side)
    _heading(canvas, side, left, top, width, inward, unit)
    line_x = left + width / 2
    first_y, pitch = top + 66 * unit, 17.5 * unit
    reach = width / 2 - 16 * unit
    mine = list(islice((each for each in reversed(begun) if each.side is side), SHOWN))
    for row, stance in enumerate(reversed(mine), start=SHOWN - len(mine)):
        y = first_y + row * pitch
        canvas.line([(line_x - reach, y), (line_x + reach, y)], 2 * unit, FAINT)
        if stance.offset_pct is not None:
            share = min(max(stance.offset_pct / scale_pct, -1.0), 1.0)
            _bar(canvas, line_x, y, share * reach * inward, share > 0, unit)
    ends = ((line_x, first_y - 12 * unit), (line_x, first_y + (SHOWN - 1) * pitch + 12 * unit))
    canvas.dashes(*ends, width=2.5 * unit, dash=9 * unit, fill=WHITE)
    return canvas.layer()


def _heading(
    canvas: Canvas, side: Side, left: float, top: float, width: float, inward: float, unit: float
) -> None:
    size = 26 * unit
    y = top + 32 * unit
    outer = left + 30 * unit if inward > 0 else left + width - 30 * unit
    draw_letter(canvas, (outer, y), side, size)
    inner = left + width - 18 * unit if inward > 0 else left + 18 * unit
    tip = (inner, y)
    neck = inner - inward * 13 * unit
    canvas.line([(neck - inward * 40 * unit, y), (neck, y)], 5 * unit, QUIET)
    canvas.shape([tip, (neck, y - 11 * unit), (neck, y + 11 * unit)], QUIET)


def _bar(
    canvas: Canvas, line_x: float, y: float, reach: float, is_inward: bool, unit: float
) -> None:
    first, last = sorted((line_x, line_x + reach))
    half, rim = 6 * unit, (1.5 if is_inward else 2.5) * unit
    canvas.panel((first, y - half, last, y + half), 2 * unit, WHITE)
    inside = (first + rim, y - half + rim, max(last - rim, first + rim), y + half - rim)
    canvas.panel(inside, unit, INWARD if is_inward else INK)
