"""Draws the mirror's counter, cadence, delay and bars, each anew only when it changes."""

from collections.abc import Callable, Hashable
from typing import Final

from sidestep.adapters.video.mirror_bars import Bars, draw_bars
from sidestep.adapters.video.overlay_canvas import Canvas, Layer, width_of
from sidestep.adapters.video.overlay_colours import SHADE, WHITE
from sidestep.adapters.video.overlay_counts import draw_counter
from sidestep.adapters.video.overlay_picture import ColourMix
from sidestep.domain.motion.views import FROM
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.clip_pictures import Stance
from sidestep.services.ports.mirror_screen import MirrorPicture

LEAST_SCALE: Final = 12.0
"""The longest bar stands for at least this much, so that small values look small."""

SCALE_STEP: Final = 4.0
"""The scale grows in steps of this, so that the bars do not breathe with every step."""

LIMIT_SHARE: Final = 0.7
"""The limit lies at this share of the longest bar or nearer, so that bars beyond it are seen."""

HIDDEN: Final = ["Something is in the way:", "move the camera"]
"""In place of the bars, which would show guesses."""

EDGE, LINE = 16, 34
"""In units."""


class MirrorSigns:
    """What stands in the mirror beside the person.

    Parameters
    ----------
    size_px
        Of the pictures, width and height.
    unit
        Length of one unit in pixels.
    """

    def __init__(self, size_px: tuple[int, int], unit: float, mix: ColourMix) -> None:
        self._size_px = size_px
        self._unit = unit
        self._mix = mix
        self._drawn: dict[str, tuple[Hashable, Layer]] = {}

    def of(self, picture: MirrorPicture, *, bars_are_high: bool) -> list[Layer]:
        """Return the signs of a picture."""
        signs = [self._lines("right", _right_lines(picture), is_left=False)]
        if not picture.shown.n_steps:
            return signs
        is_hidden = picture.shown.spoilt_since_s is not None
        left = _in_place_of_bars(picture) if is_hidden else [picture.title, "last steps"]
        signs += [self._counter(picture), self._lines("left", left, is_left=True)]
        if not is_hidden:
            signs += [self._bars(_bars(picture, side, is_high=bars_are_high)) for side in Side]
        return signs

    def _counter(self, picture: MirrorPicture) -> Layer:
        newest = _newest(picture)
        return self._kept(
            "counter",
            newest,
            lambda: draw_counter([newest], self._mix, unit=self._unit),
        )

    def _bars(self, bars: Bars) -> Layer:
        return self._kept(
            f"{bars.side} bars",
            bars,
            lambda: draw_bars(bars, self._size_px, self._mix, unit=self._unit),
        )

    def _lines(self, name: str, lines: list[str], *, is_left: bool) -> Layer:
        return self._kept(
            f"{name} lines", tuple(lines), lambda: self._draw_lines(lines, is_left=is_left)
        )

    def _kept(self, name: str, key: Hashable, draw: Callable[[], Layer]) -> Layer:
        """Return the sign of this name, drawn anew when the key is another."""
        if name not in self._drawn or self._drawn[name][0] != key:
            self._drawn[name] = (key, draw())
        return self._drawn[name][1]

    def _draw_lines(self, lines: list[str], *, is_left: bool) -> Layer:
        """Write lines in the upper corner: on the left under the counter."""
        unit = self._unit
        size, pad = 26 * unit, 14 * unit
        width = max(width_of(line, size) for line in lines) + 2 * pad
        height = len(lines) * LINE * unit + pad
        top = (EDGE + 44 * 1.65 + 8) * unit if is_left else EDGE * unit
        left = EDGE * unit if is_left else self._size_px[0] - EDGE * unit - width
        canvas = Canvas((left, top, left + width + 2, top + height + 2), self._mix)
        canvas.panel((left, top, left + width, top + height), 12 * unit, SHADE)
        for row, line in enumerate(lines):
            y = top + pad / 2 + (row + 0.5) * LINE * unit
            x = left + pad if is_left else left + width - pad
            canvas.words((x, y), line, size=size, fill=WHITE, anchor="lm" if is_left else "rm")
        return canvas.layer()


def _in_place_of_bars(picture: MirrorPicture) -> list[str]:
    other = picture.shown.other_view
    if other is None:
        return HIDDEN
    return [f"You are seen {FROM[other]},", f"not {FROM[picture.view]}: not measured"]


def _newest(picture: MirrorPicture) -> Stance:
    """Return the newest step as the counter takes it."""
    last = [steps[-1] for steps in picture.shown.recent.values() if steps]
    side = max(last, key=lambda step: step.time_s).side if last else Side.LEFT
    number = picture.shown.n_steps
    return Stance(side=side, number=number, first_frame=0, last_frame=0, offset_pct=None)


def _right_lines(picture: MirrorPicture) -> list[str]:
    delay_s = picture.delay_s
    return [
        _cadence_line(picture),
        "delay ..." if delay_s is None else f"delay {1000 * delay_s:.0f} ms",
    ]


def _cadence_line(picture: MirrorPicture) -> str:
    if picture.is_too_slow:
        return "computer too slow"
    cadence = picture.shown.cadence_spm
    return "steps a minute: ..." if cadence is None else f"{cadence:.0f} steps a minute"


def _bars(picture: MirrorPicture, side: Side, *, is_high: bool) -> Bars:
    return Bars(
        side=side,
        values=tuple(
            None if value is None else round(value, 2)
            for value in (step.values.get(picture.watched) for step in picture.shown.recent[side])
        ),
        scale=_scale(picture),
        limit=picture.limit,
        is_over=picture.shown.is_over_limit[side],
        sign=picture.unit,
        is_high=is_high,
    )


def _scale(picture: MirrorPicture) -> float:
    """Return what the longest bar of both sides stands for."""
    values = [
        abs(step.values[picture.watched])
        for steps in picture.shown.recent.values()
        for step in steps
        if picture.watched in step.values
    ]
    largest = max([*values, (picture.limit or 0.0) / LIMIT_SHARE, LEAST_SCALE])
    return -(-largest // SCALE_STEP) * SCALE_STEP
