"""Draws on every frame of a clip and writes the overlay film; reading the clip is not here."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.video.overlay_body import Body, measure_body
from sidestep.adapters.video.overlay_canvas import Box, Layer
from sidestep.adapters.video.overlay_counts import (
    draw_counter,
    draw_strip,
    strip_box,
    strip_scale_pct,
)
from sidestep.adapters.video.overlay_files import Film
from sidestep.adapters.video.overlay_legs import LETTER_PX, draw_legs
from sidestep.adapters.video.overlay_moments import Moments
from sidestep.adapters.video.overlay_picture import ColourMix, YuvPicture, mix_of
from sidestep.adapters.video.overlay_trunk import draw_trunk
from sidestep.adapters.video.panel_places import hidden_share
from sidestep.adapters.video.scaling import round_size
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.clip_pictures import Drawing, Stance
from sidestep.services.ports.frames import Frame

WIDEST_PX: Final = 720
USUAL_HEIGHT_PX: Final = 1080
POSES_LOOKED_AT: Final = 2_000
"""Enough to tell where the feet usually are; all of half an hour would be held a second time."""

LEAST_UNIT: Final = 0.7
"""Signs shrink with a low picture down to this, so that they can still be read."""


class DrawnFilm:
    """The overlay, frame by frame; only one frame is in memory."""

    def __init__(self, drawing: Drawing, path: Path) -> None:
        self._painter = Painter(drawing)
        self._film = Film(path)
        self._mix: ColourMix | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._film.close()

    def take(self, frame: Frame) -> None:
        """Draw on a frame and add it at its own time."""
        mix = self._mix = self._mix or mix_of(frame.layout.rgb_from_yuv)
        picture = YuvPicture.from_frame(frame, *self._painter.size_px, mix)
        self._painter.paint(picture, frame.time_s)
        self._film.add(picture, frame.time_s)


class Painter:
    """Draws on pictures of one clip.

    Attributes
    ----------
    size_px
        Width and height of the pictures it draws on, both even.
    """

    def __init__(self, drawing: Drawing) -> None:
        scale = min(WIDEST_PX / drawing.width_px, 1.0)
        body = measure_body(drawing)
        self.size_px = round_size(drawing.width_px * scale), round_size(drawing.height_px * scale)
        self._scale = np.divide(self.size_px, (drawing.width_px, drawing.height_px))
        self._xy_px = drawing.xy_px
        self._body = body.scaled(scale)
        self._moments = Moments(drawing)
        self._unit = min(max(self.size_px[1] / USUAL_HEIGHT_PX, LEAST_UNIT), 1.0)
        some = self._xy_px[:: max(len(self._xy_px) // POSES_LOOKED_AT, 1)]
        boxes = strip_boxes(some * self._scale, self._body, self.size_px, self._unit)
        self._signs = Signs(drawing, self._moments, self._body, boxes, self._unit)

    def paint(self, picture: YuvPicture, time_s: float) -> None:
        """Draw on one picture in place."""
        frame = self._moments.frame_at(time_s)
        if frame is None:
            return
        xy_px = self._xy_px[frame] * self._scale
        draw_trunk(picture, xy_px, self._body)
        draw_legs(
            picture,
            xy_px,
            self._body,
            self._moments.standing(frame),
            letter_px=LETTER_PX * self._unit,
        )
        for sign in self._signs.at(frame, picture.mix):
            sign.lay_over(picture)


def strip_boxes(
    xy_px: NDArray[np.float64], body: Body, size_px: tuple[int, int], unit: float
) -> dict[Side, Box]:
    """Return where the strips stand through the whole film: where they hide the legs least.

    Parameters
    ----------
    xy_px
        Shape (n, 16, 2), in the film's pixels, as are ``body`` and ``size_px``.
    """
    low, high = (
        {
            side: strip_box(
                is_left=body.is_on_left(side), is_high=is_high, picture_px=size_px, unit=unit
            )
            for side in Side
        }
        for is_high in (False, True)
    )
    hidden_by = [hidden_share(list(boxes.values()), xy_px, body.leg_px) for boxes in (low, high)]
    return high if hidden_by[1] < hidden_by[0] else low


class Signs:
    """The counter and the strips, drawn anew only when a stance begins."""

    def __init__(
        self,
        drawing: Drawing,
        moments: Moments,
        body: Body,
        boxes: Mapping[Side, Box],
        unit: float,
    ) -> None:
        self._moments = moments
        self._body = body
        self._boxes = boxes
        self._unit = unit
        self._scale_pct = strip_scale_pct(drawing.stances)
        self._has_offsets = any(stance.offset_pct is not None for stance in drawing.stances)
        self._n_drawn = 0
        self._drawn: list[Layer] = []

    def at(self, frame: int, mix: ColourMix) -> list[Layer]:
        """Return the signs that stand in the picture at this frame."""
        n_begun = self._moments.n_begun(frame)
        if n_begun != self._n_drawn:
            self._n_drawn = n_begun
            self._drawn = self._draw(self._moments.begun(frame), mix) if n_begun else []
        return self._drawn

    def _draw(self, begun: Sequence[Stance], mix: ColourMix) -> list[Layer]:
        newest = [stance for stance in begun[-len(Side) :] if stance.number == begun[-1].number]
        counter = draw_counter(newest, mix, unit=self._unit)
        if not self._has_offsets:
            return [counter]
        strips = (
            draw_strip(
                begun, side, self._body, self._boxes[side], self._scale_pct, mix, unit=self._unit
            )
            for side in Side
        )
        return [counter, *strips]
