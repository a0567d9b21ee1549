"""Smooth lines, discs and letters on a small see-through sheet, laid over a picture.

What is drawn, and why, does not belong here.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from sidestep.adapters.video.overlay_picture import ColourMix, YuvPicture

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Samples = NDArray[np.uint16]

FINER: Final = 2
"""A sheet is drawn this many times larger and then shrunk: that makes its edges smooth."""

SHEET: Final = "CMYK"
"""Four plain channels. ``RGBA`` would multiply by the opacity again whenever it is shrunk."""

CLEAR: Final = (0, 0, 0, 0)


class Colour(NamedTuple):
    """``#rrggbb``, and how much it hides, 0 to 1."""

    rgb: str
    opacity: float = 1.0


class Layer:
    """A finished sheet; it can be laid over any number of pictures.

    Parameters
    ----------
    left, top
        Where its upper left corner lies in the picture, in pixels, both even; may lie outside.
    painted
        Shape (h, w, 4), uint8, h and w even: ``Paint`` of every pixel.
    """

    def __init__(self, left: int, top: int, painted: NDArray[np.uint8]) -> None:
        self._left, self._top = left, top
        height, width = painted.shape[:2]
        fours = painted.reshape(height // 2, 2, width // 2, 2, 4)
        coarse = fours[:, 0, :, 0].astype(np.uint16)
        for row, column in ((0, 1), (1, 0), (1, 1)):
            coarse += fours[:, row, :, column]
        coarse += 2
        coarse >>= 2
        self._luma, self._keeps_luma = _ink(painted, 0)
        self._blue, self._keeps_colour = _ink(coarse, 1)
        self._red, _ = _ink(coarse, 2)

    def lay_over(self, picture: YuvPicture, at: tuple[int, int] = (0, 0)) -> None:
        """Blend the sheet into a picture, in place, moved by ``at``, two even numbers."""
        left, top = self._left + at[0], self._top + at[1]
        _blend(picture.luma, self._luma, self._keeps_luma, left, top)
        _blend(picture.blue, self._blue, self._keeps_colour, left // 2, top // 2)
        _blend(picture.red, self._red, self._keeps_colour, left // 2, top // 2)


def _ink(painted: NDArray[np.integer], channel: int) -> tuple[Samples, Samples]:
    """Return what a channel adds, and how much of what lies under it stays, both 16 bits."""
    return painted[..., channel].astype(np.uint16), 255 - painted[..., 3].astype(np.uint16)


def _blend(under: NDArray[np.uint8], ink: Samples, keeps: Samples, left: int, top: int) -> None:
    rows = slice(max(top, 0), min(top + ink.shape[0], under.shape[0]))
    columns = slice(max(left, 0), min(left + ink.shape[1], under.shape[1]))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    mine = (
        slice(rows.start - top, rows.stop - top),
        slice(columns.start - left, columns.stop - left),
    )
    # (x + 128 + (x + 128 >> 8)) >> 8 is x / 255, rounded, and fits 16 bits.
    shown = under[rows, columns] * keeps[mine]
    shown += 128
    shown += shown >> 8
    shown >>= 8
    shown += ink[mine]
    under[rows, columns] = shown


class Canvas:
    """A see-through sheet in the picture's own pixels.

    Parameters
    ----------
    box
        Left, top, right and bottom in the picture, in pixels.
    mix
        Of the picture it will be laid over.
    """

    def __init__(self, box: Box, mix: ColourMix) -> None:
        left, top, right, bottom = box
        self._left, self._top = 2 * int(left // 2), 2 * int(top // 2)
        width = 2 * max(int(-(-(right - self._left) // 2)), 1)
        height = 2 * max(int(-(-(bottom - self._top) // 2)), 1)
        self._mix = mix
        self._sheet = Image.new(SHEET, (width * FINER, height * FINER), CLEAR)
        self._draw = ImageDraw.Draw(self._sheet)

    def layer(self) -> Layer:
        """Return what was drawn, smooth."""
        return Layer(self._left, self._top, np.asarray(self._sheet.reduce(FINER)))

    def line(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """Draw a line through all points, with round ends and bends."""
        fine = [self._fine(point) for point in points]
        self._draw.line(fine, fill=self._mix.paint(*fill), width=max(round(width * FINER), 1))
        for point in points:
            self.disc(point, width / 2, fill)

    def dashes(self, start: Point, end: Point, *, width: float, dash: float, fill: Colour) -> None:
        """Draw a dashed line; a gap is two thirds of a dash."""
        away = np.subtract(end, start)
        length = float(np.hypot(*away))
        if length <= 0:
            return
        along = away / length
        for at in np.arange(0.0, length, dash * 5 / 3):
            first = np.add(start, along * at)
            last = np.add(start, along * min(at + dash, length))
            self.line([(first[0], first[1]), (last[0], last[1])], width, fill)

    def disc(self, middle: Point, radius: float, fill: Colour) -> None:
        """Draw a filled circle."""
        x, y = self._fine(middle)
        r = radius * FINER
        self._draw.ellipse((x - r, y - r, x + r, y + r), fill=self._mix.paint(*fill))

    def shape(self, corners: Sequence[Point], fill: Colour) -> None:
        """Draw a filled polygon."""
        self._draw.polygon([self._fine(corner) for corner in corners], fill=self._mix.paint(*fill))

    def panel(self, box: Box, radius: float, fill: Colour) -> None:
        """Draw a filled rectangle with round corners."""
        left, top, right, bottom = box
        self._draw.rounded_rectangle(
            (*self._fine((left, top)), *self._fine((right, bottom))),
            radius * FINER,
            fill=self._mix.paint(*fill),
        )

    def words(self, at: Point, text: str, *, size: float, fill: Colour, anchor: str = "lm") -> None:
        """Write a line; ``anchor`` is Pillow's, ``lm`` is left and middle."""
        self._draw.text(
            self._fine(at),
            text,
            fill=self._mix.paint(*fill),
            font=typeface(round(size * FINER)),
            anchor=anchor,
            stroke_width=size * FINER / 40,
            stroke_fill=self._mix.paint(*fill),
        )

    def _fine(self, point: Point) -> Point:
        return (point[0] - self._left) * FINER, (point[1] - self._top) * FINER


@cache
def typeface(size_px: int) -> ImageFont.FreeTypeFont:
    """Return the typeface that comes inside Pillow, so that a picture is the same everywhere."""
    font = ImageFont.load_default(size_px)
    if not isinstance(font, ImageFont.FreeTypeFont):
        message = "Pillow was built without FreeType, so there is no typeface of any size"
        raise TypeError(message)
    return font


def width_of(text: str, size: float) -> float:
    """Return how wide a line of text is, in pixels."""
    return typeface(round(size * FINER)).getlength(text) / FINER
