"""Draws a picture of the mirror: the person turned over, the legs, the signs; shows nothing."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.video.mirror_bars import bars_box
from sidestep.adapters.video.mirror_signs import MirrorSigns
from sidestep.adapters.video.overlay_body import Body
from sidestep.adapters.video.overlay_legs import LETTER_PX, Standing, draw_legs
from sidestep.adapters.video.overlay_picture import YuvPicture, mix_of
from sidestep.adapters.video.panel_places import hidden_share
from sidestep.adapters.video.scaling import round_size
from sidestep.domain.motion.body_size import length_px
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.frames import Frame, Layout
from sidestep.services.ports.mirror_screen import MirrorPicture

LONGEST_PX: Final = 960
"""Longer edge of what is drawn: sharp enough across a room, and drawn within a few milliseconds."""

UNITS_ACROSS: Final = 720
"""The picture's width in units: signs keep their share of the width, also on a phone's screen."""

LEAST_UNITS_HIGH: Final = 500
"""A low, wide picture gets smaller signs: the bars may take half of the height."""

LEG_MEMORY: Final = 0.1
"""How fast the lines' width follows the leg's length, per picture: it must not flicker."""

HIDDEN_MEMORY, HIDDEN_TOO_LONG = 0.1, 0.5
"""A leg that was under the bars in six or seven pictures in a row stands there, and did not only
pass by."""


class MirrorPainter:
    """Draws pictures of one session, which may change their size."""

    def __init__(self) -> None:
        self._layout: Layout | None = None
        self._leg_px = self._hidden = 0.0
        self._bars_are_high = False

    def paint(self, picture: MirrorPicture) -> YuvPicture:
        """Draw a picture."""
        layout = picture.frame.layout
        if layout is not self._layout:
            self._begin(layout)
        frame, xy_px = picture.frame, picture.shown.xy_px
        if picture.view is View.FRONT:
            frame, xy_px = as_in_a_mirror(frame), _turned_over(xy_px, layout.width_px)
        painted = YuvPicture.from_frame(frame, *self._size_px, self._mix)
        xy_px = xy_px * self._scale
        self._learn_leg(xy_px)
        legs = () if picture.shown.standing is None else (picture.shown.standing,)
        draw_legs(
            painted,
            xy_px,
            # The person's left is on the left: mirrored from the front, and as it is from behind.
            Body(leg_px=self._leg_px, shank_px=self._leg_px / 2, left_is_on_left=True),
            Standing(legs=legs, offset_pct=dict.fromkeys(legs)),
            letter_px=LETTER_PX * min(self._unit, 1.0),
        )
        self._keep_feet_free(xy_px)
        for sign in self._signs.of(picture, bars_are_high=self._bars_are_high):
            sign.lay_over(painted)
        return painted

    def _begin(self, layout: Layout) -> None:
        scale = min(LONGEST_PX / max(layout.width_px, layout.height_px), 1.0)
        self._layout = layout
        self._mix = mix_of(layout.rgb_from_yuv)
        self._size_px = round_size(layout.width_px * scale), round_size(layout.height_px * scale)
        self._scale = np.divide(self._size_px, (layout.width_px, layout.height_px))
        width_px, height_px = self._size_px
        self._unit = min(width_px / UNITS_ACROSS, height_px / LEAST_UNITS_HIGH)
        self._signs = MirrorSigns(self._size_px, self._unit, self._mix)
        self._leg_px = self._hidden = 0.0
        self._bars_are_high = False

    def _keep_feet_free(self, xy_px: NDArray[np.float64]) -> None:
        """Lift the bars when they stand on a foot; they stay there, for nothing may jump about."""
        low, high = (
            hidden_share(
                [bars_box(side, self._size_px, is_high=is_high, unit=self._unit) for side in Side],
                xy_px,
                self._leg_px,
            )
            for is_high in (False, True)
        )
        self._hidden += HIDDEN_MEMORY * (float(low > high) - self._hidden)
        self._bars_are_high |= self._hidden > HIDDEN_TOO_LONG

    def _learn_leg(self, xy_px: NDArray[np.float64]) -> None:
        lengths = (
            float(length_px(xy_px, side, "hip", "knee") + length_px(xy_px, side, "knee", "ankle"))
            for side in Side
        )
        longest = max((length for length in lengths if np.isfinite(length)), default=self._leg_px)
        known = self._leg_px or longest
        self._leg_px = known + LEG_MEMORY * (longest - known)


def as_in_a_mirror(frame: Frame) -> Frame:
    """Return a frame whose upright picture is turned over sideways; costs nothing."""
    layout = frame.layout
    over = np.array([[-1.0, 0.0, layout.width_px], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    stored_from_upright = layout.stored_from_upright @ over
    return replace(frame, layout=replace(layout, stored_from_upright=stored_from_upright))


def _turned_over(xy_px: NDArray[np.float64], width_px: int) -> NDArray[np.float64]:
    return np.stack([width_px - xy_px[:, 0], xy_px[:, 1]], axis=1)
