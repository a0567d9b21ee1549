"""The mirror's pictures: turned over as in a mirror, the person's left on the left, the bars."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from builders.drawn_clips import standing_pose
from builders.mirror_pictures import (
    HEIGHT_PX,
    WIDTH_PX,
    grey_frame,
    left_bright,
    mirror_picture,
)
from sidestep.adapters.video.mirror_painter import MirrorPainter
from sidestep.adapters.video.overlay_colours import INWARD, SIDE
from sidestep.adapters.video.overlay_picture import USUAL_MIX, YuvPicture
from sidestep.domain.motion.skeleton import N_KEYPOINTS
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.mirror_screen import MirrorPicture

NOBODY = np.full((N_KEYPOINTS, 2), np.nan)
STEPS = {Side.LEFT: (3.0, 5.0, 7.0), Side.RIGHT: (2.0, -3.0)}
MIDDLE = slice(HEIGHT_PX // 5, 7 * HEIGHT_PX // 10)
"""Rows in which no sign stands, only the person."""


def painted(picture: MirrorPicture) -> YuvPicture:
    return MirrorPainter().paint(picture)


def is_coloured(picture: YuvPicture, colour: str) -> NDArray[np.bool_]:
    """Return shape (h / 2, w / 2): where a picture has a colour, nearly."""
    _, blue, red, _ = USUAL_MIX.paint(colour, 1.0)
    near = np.abs(picture.blue.astype(int) - blue) + np.abs(picture.red.astype(int) - red)
    return np.asarray(near < 12)


def columns_of(picture: YuvPicture, side: Side) -> NDArray[np.intp]:
    """Return the columns, in pixels, in which the leg of a side is drawn."""
    rows = slice(MIDDLE.start // 2, MIDDLE.stop // 2)
    return 2 * np.flatnonzero(is_coloured(picture, SIDE[side].rgb)[rows].any(axis=0))


@pytest.mark.parametrize(("view", "bright"), [(View.FRONT, "right"), (View.REAR, "left")])
def test_a_picture_from_the_front_is_turned_over_like_a_mirror(view: View, bright: str) -> None:
    frame = grey_frame(luma=left_bright())
    luma = painted(mirror_picture(frame=frame, view=view, pose=NOBODY)).luma[MIDDLE].astype(int)
    mean = {"left": luma[:, : WIDTH_PX // 2].mean(), "right": luma[:, WIDTH_PX // 2 :].mean()}
    dark = "left" if bright == "right" else "right"
    assert mean[bright] > mean[dark] + 50


@pytest.mark.parametrize("view", [View.FRONT, View.REAR])
def test_the_persons_left_is_on_the_left(view: View) -> None:
    picture = painted(mirror_picture(view=view))
    assert columns_of(picture, Side.LEFT).max() < WIDTH_PX / 2
    assert columns_of(picture, Side.RIGHT).min() > WIDTH_PX / 2


def test_the_front_is_the_mirrored_rear_and_nothing_else() -> None:
    front = painted(
        mirror_picture(
            frame=grey_frame(luma=left_bright()),
            view=View.FRONT,
            pose=standing_pose(
                knee_gap_px=12, width_px=WIDTH_PX, height_px=HEIGHT_PX, from_behind=False
            ),
            values=STEPS,
        )
    )
    rear = painted(
        mirror_picture(
            frame=grey_frame(luma=left_bright()[:, ::-1]),
            pose=standing_pose(knee_gap_px=12, width_px=WIDTH_PX, height_px=HEIGHT_PX),
            values=STEPS,
        )
    )
    np.testing.assert_array_equal(front.stacked, rear.stacked)


def test_the_foot_line_stands_on_the_standing_leg_only() -> None:
    pose = standing_pose(knee_gap_px=30, width_px=WIDTH_PX, height_px=HEIGHT_PX)
    left, right, none = (
        painted(mirror_picture(pose=pose, standing=side)) for side in (Side.LEFT, Side.RIGHT, None)
    )
    assert is_coloured(left, INWARD.rgb).any()
    assert not is_coloured(right, INWARD.rgb).any()
    assert not is_coloured(none, INWARD.rgb).any()


def test_bars_stand_on_their_own_side_and_only_once_there_are_steps() -> None:
    without = painted(mirror_picture(pose=NOBODY)).luma.astype(int)
    one = painted(mirror_picture(pose=NOBODY, values={Side.LEFT: (5.0,)})).luma.astype(int)
    low = slice(8 * HEIGHT_PX // 10, HEIGHT_PX - 30)
    assert np.ptp(without[low]) == 0
    both = painted(mirror_picture(pose=NOBODY, values=STEPS))
    for side in Side:
        own = is_coloured(both, SIDE[side].rgb)[low.start // 2 : low.stop // 2]
        half = own[:, : WIDTH_PX // 4], own[:, WIDTH_PX // 4 :]
        here, there = half if side is Side.LEFT else half[::-1]
        assert here.any()
        assert not there.any()
    assert np.ptp(one[low]) > 0


def test_a_larger_value_makes_a_longer_bar_towards_the_middle() -> None:
    def reach(value: float) -> int:
        picture = painted(mirror_picture(pose=NOBODY, values={Side.LEFT: (value,)}))
        rows = is_coloured(picture, SIDE[Side.LEFT].rgb)[int(0.87 * HEIGHT_PX / 2) :]
        return int(np.flatnonzero(rows.any(axis=0)).max())

    assert reach(3.0) < reach(6.0) < reach(11.0)


def test_only_bars_beyond_the_limit_change_their_colour() -> None:
    def pink(value: float, *, over: Side | None = None) -> int:
        picture = mirror_picture(pose=NOBODY, values={Side.LEFT: (value,)}, limit=6.0, over=over)
        return int(is_coloured(painted(picture), INWARD.rgb).sum())

    assert pink(5.9) == 0
    assert pink(6.1) > 0
    assert pink(6.1, over=Side.LEFT) > 2 * pink(6.1)


def test_a_step_that_was_not_measured_has_no_bar() -> None:
    picture = painted(mirror_picture(pose=NOBODY, values={Side.LEFT: (None,)}))
    bars = is_coloured(picture, SIDE[Side.LEFT].rgb)[int(0.87 * HEIGHT_PX / 2) :]
    assert not bars.any()


@pytest.mark.parametrize("why", [{"hidden_since_s": 0.0}, {"other_view": View.FRONT}])
def test_where_nothing_can_be_measured_there_are_no_bars_but_words(why: dict[str, Any]) -> None:
    shown = painted(mirror_picture(pose=NOBODY, values=STEPS))
    hidden = painted(mirror_picture(pose=NOBODY, values=STEPS, **why))
    low = slice(8 * HEIGHT_PX // 10, HEIGHT_PX - 30)
    assert np.ptp(hidden.luma[low].astype(int)) == 0
    assert (hidden.luma != shown.luma)[: HEIGHT_PX // 4, : WIDTH_PX // 2].any()


def test_an_empty_mirror_can_be_drawn() -> None:
    empty = mirror_picture(pose=NOBODY, standing=None, cadence_spm=None, delay_s=None)
    assert painted(empty).luma.shape == (HEIGHT_PX, WIDTH_PX)


def test_signs_are_drawn_anew_only_when_they_change() -> None:
    painter = MirrorPainter()
    painter.paint(mirror_picture(values=STEPS, limit=6.0))
    signs = painter._signs
    first = signs.of(mirror_picture(values=STEPS, limit=6.0), bars_are_high=False)
    again = signs.of(mirror_picture(values=STEPS, limit=6.0), bars_are_high=False)
    later = signs.of(mirror_picture(values=STEPS, limit=6.0, delay_s=0.09), bars_are_high=False)
    assert [a is b for a, b in zip(first, again, strict=True)] == [True] * 5
    assert [a is b for a, b in zip(first, later, strict=True)] == [False, True, True, True, True]


@pytest.mark.parametrize("aside_px", [-150.0, 150.0])
def test_bars_leave_the_corner_in_which_a_foot_stands_and_stay_away(aside_px: float) -> None:
    painter, frame = MirrorPainter(), grey_frame()
    there = standing_pose(width_px=WIDTH_PX, height_px=HEIGHT_PX)
    there[:, 0] += aside_px

    def bars_are_low(pose: NDArray[np.float64]) -> bool:
        shown = painter.paint(mirror_picture(frame=frame, pose=pose, values=STEPS))
        return bool(np.ptp(shown.luma[HEIGHT_PX - 40 : HEIGHT_PX - 20].astype(int)) > 0)

    # Somebody who only passes by moves nothing.
    assert all(bars_are_low(pose) for pose in (*[there] * 3, *[NOBODY] * 20))
    while_standing_there = [bars_are_low(there) for _ in range(10)]
    assert not while_standing_there[-1]
    assert not bars_are_low(NOBODY)
