"""Draws the last steps of one side of the mirror as bars; its other signs are drawn elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from sidestep.adapters.video.overlay_canvas import Box, Canvas, Layer
from sidestep.adapters.video.overlay_colours import FAINT, INWARD, QUIET, SHADE, SIDE, WHITE
from sidestep.adapters.video.overlay_legs import draw_letter
from sidestep.adapters.video.overlay_picture import ColourMix
from sidestep.domain.vocabulary.side import Side

ROWS = 8
"""Room for this many steps; more are not drawn."""

WIDTH, HEIGHT, EDGE = 214, 250, 16
"""In units, as all lengths here: the panel, and how far it stays from the picture's edges."""

HIGH_TOP = 188
"""In units: under the lines in the upper corners."""

OUTWARD_SHARE = 0.42
"""Share of the panel that is left for values below zero; fewer are far below it than above."""

FIRST_ROW, PITCH, BAR = 84, 17.5, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """What the bars of one side show.

    Attributes
    ----------
    values
        The last steps, oldest first, + inward; ``None`` where one was not measured.
    scale
        What the longest bar stands for.
    sign
        Of the unit, behind a number.
    is_high
        They stand under what is written in the upper corners: below they would hide a foot.
    """

    side: Side
    values: tuple[float | None, ...]
    scale: float
    limit: float | None
    is_over: bool
    sign: str
    is_high: bool = False


def bars_box(side: Side, picture_px: tuple[int, int], *, is_high: bool, unit: float) -> Box:
    """Return where the panel of a side stands, on its side of the mirror."""
    width, height, edge = WIDTH * unit, HEIGHT * unit, EDGE * unit
    left = edge if side is Side.LEFT else picture_px[0] - edge - width
    top = HIGH_TOP * unit if is_high else picture_px[1] - edge - height
    return left, top, left + width, top + height


def draw_bars(bars: Bars, picture_px: tuple[int, int], mix: ColourMix, *, unit: float) -> Layer:
    """Draw the panel of a side.

    Every step is a bar, the newest lowest, towards the picture's middle when the value is inward.
    The dashed line is the limit. A rim round the panel says that too many steps pass it.
    """
    box = bars_box(bars.side, picture_px, is_high=bars.is_high, unit=unit)
    left, top = box[:2]
    rim = 7 * unit
    around = (box[0] - rim, box[1] - rim, box[2] + rim, box[3] + rim)
    canvas = Canvas((*around[:2], around[2] + 2, around[3] + 2), mix)
    if bars.is_over:
        canvas.panel(around, 20 * unit, WHITE)
        canvas.panel(box, 14 * unit, INWARD)
        inner = tuple(side + 6 * unit * way for side, way in zip(box, (1, 1, -1, -1), strict=True))
        canvas.panel((inner[0], inner[1], inner[2], inner[3]), 9 * unit, SHADE._replace(opacity=1))
    else:
        canvas.panel(box, 14 * unit, SHADE)
    _Panel(canvas, bars, left, top, unit).draw()
    return canvas.layer()


class _Panel:
    """The inside of a panel, in lengths from its outer edge inwards and from its top down."""

    def __init__(self, canvas: Canvas, bars: Bars, left: float, top: float, unit: float) -> None:
        self._canvas = canvas
        self._bars = bars
        self._unit = unit
        self._top = top
        self._inward = 1.0 if bars.side is Side.LEFT else -1.0
        self._outer = left if bars.side is Side.LEFT else left + WIDTH * unit

    def draw(self) -> None:
        """Draw everything."""
        self._heading()
        values = self._bars.values[-ROWS:]
        self._rows(values)
        ends = FIRST_ROW - PITCH / 2, FIRST_ROW + (ROWS - 0.5) * PITCH
        self._upright(0.0, ends, is_dashed=False)
        if self._bars.limit is not None:
            self._upright(self._bars.limit, ends, is_dashed=True)
            self._foot(f"limit {self._bars.limit:g}{self._bars.sign}")
        else:
            self._foot("in")

    def _heading(self) -> None:
        draw_letter(self._canvas, self._at(36, 38), self._bars.side, 34 * self._unit)
        newest = self._bars.values[-1] if self._bars.values else None
        if newest is None:
            if self._bars.values:
                self._words("not measured", 38, 20)
            return
        way = "in" if newest >= 0 else "out"
        self._words(f"{abs(newest):.0f}{self._bars.sign} {way}", 38, 31)

    def _rows(self, values: Sequence[float | None]) -> None:
        for row, value in enumerate(values, start=ROWS - len(values)):
            y = FIRST_ROW + row * PITCH
            track = self._at(12, y), self._at(WIDTH - 12, y)
            self._canvas.line(list(track), 1.5 * self._unit, FAINT)
            if value is not None:
                self._bar(value, y)

    def _bar(self, value: float, y: float) -> None:
        limit = self._bars.limit
        fill = INWARD if limit is not None and value > limit else SIDE[self._bars.side]
        across = sorted(self._at(self._along(each), y)[0] for each in (0.0, value))
        half, rim = BAR / 2 * self._unit, 2 * self._unit
        middle = self._top + y * self._unit
        outer = (across[0], middle - half, across[1], middle + half)
        inner = (
            outer[0] + rim,
            outer[1] + rim,
            max(outer[2] - rim, outer[0] + rim),
            outer[3] - rim,
        )
        self._canvas.panel(outer, 2 * self._unit, WHITE)
        self._canvas.panel(inner, self._unit, fill)

    def _upright(self, value: float, ends: tuple[float, float], *, is_dashed: bool) -> None:
        x = self._along(value)
        start, end = self._at(x, ends[0]), self._at(x, ends[1])
        if is_dashed:
            width, dash = 3 * self._unit, 9 * self._unit
            self._canvas.dashes(start, end, width=width, dash=dash, fill=WHITE)
        else:
            self._canvas.line([start, end], 2.5 * self._unit, QUIET)

    def _foot(self, text: str) -> None:
        """Write under the bars, at the inner edge, what the bars grow towards."""
        y = HEIGHT - 17
        tip, neck = self._at(WIDTH - 16, y), self._at(WIDTH - 30, y)
        wing = 9 * self._unit
        self._canvas.line([self._at(WIDTH - 44, y), neck], 4 * self._unit, QUIET)
        self._canvas.shape([tip, (neck[0], neck[1] - wing), (neck[0], neck[1] + wing)], QUIET)
        self._words(text, y, 26, away=54)

    def _words(self, text: str, y: float, size: float, *, away: float = 16) -> None:
        anchor = "rm" if self._inward > 0 else "lm"
        at = self._at(WIDTH - away, y)
        self._canvas.words(at, text, size=size * self._unit, fill=WHITE, anchor=anchor)

    def _along(self, value: float) -> float:
        """Return how far inwards a value lies, at most to the panel's ends."""
        zero, far = OUTWARD_SHARE * WIDTH, WIDTH - 16.0
        return min(max(zero + value / self._bars.scale * (far - zero), 14.0), far)

    def _at(self, inwards: float, down: float) -> tuple[float, float]:
        return (
            self._outer + self._inward * inwards * self._unit,
            self._top + down * self._unit,
        )
