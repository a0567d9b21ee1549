"""What stands in a drawn picture: sides by colour, the inward arrow, the foot line, the bars."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from builders.drawn_clips import GREY, STUDIO_709, drawing, stance, standing_pose
from sidestep.adapters.video.overlay_body import measure_body
from sidestep.adapters.video.overlay_canvas import Canvas, Colour
from sidestep.adapters.video.overlay_colours import INWARD, SIDE, WHITE
from sidestep.adapters.video.overlay_counts import draw_counter, draw_strip, strip_scale_pct
from sidestep.adapters.video.overlay_film import Painter, strip_boxes
from sidestep.adapters.video.overlay_legs import Standing, draw_legs, letter_layer
from sidestep.adapters.video.overlay_moments import Moments
from sidestep.adapters.video.overlay_picture import USUAL_MIX, YuvPicture, mix_of
from sidestep.adapters.video.overlay_still import HEIGHT_PX, cut_around, draw_still
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.vocabulary.side import Side

BOTH = Standing(legs=frozenset(Side), offset_pct=dict.fromkeys(Side))


def grey_picture(width: int = 360, height: int = 640) -> YuvPicture:
    stacked = np.full((height * 3 // 2, width), 128, np.uint8)
    stacked[:height] = GREY
    return YuvPicture(stacked, USUAL_MIX)


def drawn(pose: NDArray[np.float64], standing: Standing = BOTH) -> NDArray[np.uint8]:
    picture = grey_picture()
    body = measure_body(drawing((0.0,), pose=pose, width_px=360, height_px=640))
    draw_legs(picture, pose, body, standing)
    return picture.to_rgb()


def pixels_of(rgb: NDArray[np.uint8], colour: Colour) -> NDArray[np.int64]:
    """Return rows and columns that have nearly this colour, shape (n, 2)."""
    wanted = np.array([int(colour.rgb[at : at + 2], 16) for at in (1, 3, 5)])
    return np.argwhere(np.abs(rgb.astype(int) - wanted).max(axis=2) < 40)


def pose(knee_gap_px: float = 0.0) -> NDArray[np.float64]:
    return standing_pose(width_px=360, height_px=640, knee_gap_px=knee_gap_px)


@pytest.mark.parametrize("from_behind", [True, False])
def test_each_leg_has_its_own_colour_on_its_own_side(from_behind: bool) -> None:
    rgb = drawn(standing_pose(width_px=360, height_px=640, from_behind=from_behind))
    left, right = (pixels_of(rgb, SIDE[side])[:, 1].mean() for side in Side)
    assert (left < right) == from_behind


def test_left_and_right_differ_in_lightness() -> None:
    left, right = (USUAL_MIX.paint(*SIDE[side])[0] for side in Side)
    assert right - left > 60


@pytest.mark.parametrize("gap_px", [12.0, 30.0])
def test_a_knee_inside_gets_an_arrow_and_one_outside_does_not(gap_px: float) -> None:
    assert len(pixels_of(drawn(pose(knee_gap_px=gap_px)), INWARD)) > 20
    assert len(pixels_of(drawn(pose(knee_gap_px=-gap_px)), INWARD)) == 0


def test_the_arrow_points_from_the_foot_line_to_the_knee() -> None:
    found = pixels_of(drawn(pose(knee_gap_px=30.0)), INWARD)
    foot_x = pose()[keypoint("toe", Side.LEFT)][0]
    heights = {column: np.ptp(found[found[:, 1] == column, 0]) for column in np.unique(found[:, 1])}
    widest = max(heights, key=lambda column: heights[column])
    assert foot_x - 4 <= found[:, 1].min() <= foot_x + 4
    assert widest > foot_x + 15


def told(offset_pct: float) -> Standing:
    return replace(BOTH, offset_pct={Side.LEFT: offset_pct})


@pytest.mark.parametrize("gap_px", [-30.0, 0.0, 30.0])
@pytest.mark.parametrize("offset_pct", [0.1, 2.0, 6.0, 20.0])
def test_the_sign_of_the_number_decides_not_what_the_camera_saw(
    gap_px: float, offset_pct: float
) -> None:
    assert len(pixels_of(drawn(pose(knee_gap_px=gap_px), told(offset_pct)), INWARD)) > 4
    assert len(pixels_of(drawn(pose(knee_gap_px=gap_px), told(-offset_pct)), INWARD)) == 0


@pytest.mark.parametrize("gap_px", [-40.0, 0.0, 30.0])
def test_the_line_stands_as_far_from_the_knee_as_the_number_says(gap_px: float) -> None:
    seen = pose(knee_gap_px=gap_px)
    knee_x, knee_y = seen[keypoint("knee", Side.LEFT)]
    shank_px = np.hypot(*(seen[keypoint("ankle", Side.LEFT)] - (knee_x, knee_y)))
    rgb = drawn(seen, told(25.0))
    # Round end and white rim of the arrow reach a little further.
    beside = pixels_of(rgb[int(knee_y) - 35 : int(knee_y) - 24, : int(knee_x) - 12], WHITE)
    assert beside[:, 1].min() == pytest.approx(knee_x - 0.25 * shank_px, abs=7)
    # Its lower end stays on the foot.
    foot_y = seen[keypoint("toe", Side.LEFT)][1]
    below = pixels_of(rgb[int(foot_y) - 8 : int(foot_y)], WHITE)[:, 1]
    assert abs(below - seen[keypoint("toe", Side.LEFT)][0]).min() < 6


def test_a_step_that_was_not_measured_has_no_foot_line() -> None:
    inside = pose(knee_gap_px=30.0)
    assert len(pixels_of(drawn(inside, Standing(legs=frozenset(Side))), INWARD)) == 0


def painted_white(seen: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return where a film of this pose is white above the hips."""
    picture = grey_picture()
    Painter(drawing((0.0,), pose=seen, width_px=360, height_px=640)).paint(picture, 0.0)
    above = int(seen[keypoint("hip", Side.LEFT)][1]) - 20
    return pixels_of(picture.to_rgb()[:above], WHITE)


def test_the_trunk_is_drawn_from_the_middle_of_the_hips_to_that_of_the_shoulders() -> None:
    seen = pose()
    assert not len(painted_white(seen))
    for side, x in ((Side.LEFT, 150.0), (Side.RIGHT, 240.0)):
        seen[keypoint("shoulder", side)] = x, 80.0
    found = painted_white(seen)
    assert found[:, 0].min() == pytest.approx(80, abs=5)
    shoulders = found[np.abs(found[:, 0] - 80) < 3, 1]
    assert (shoulders.min(), shoulders.max()) == pytest.approx((150, 240), abs=5)
    halfway = found[np.abs(found[:, 0] - (80 + 0.3 * 640) / 2) < 3, 1]
    assert halfway.mean() == pytest.approx((195 + 180) / 2, abs=3)
    seen[keypoint("shoulder", Side.RIGHT)] = np.nan
    assert not len(painted_white(seen))


def test_parts_that_were_not_seen_are_left_out() -> None:
    half = pose()
    half[keypoint("ankle", Side.LEFT)] = np.nan
    half[keypoint("toe", Side.LEFT)] = np.nan
    nobody = np.full_like(half, np.nan)
    assert len(pixels_of(drawn(half), SIDE[Side.LEFT])) > 100
    assert np.ptp(drawn(nobody)) == 0


@given(x=st.floats(-900, 900), y=st.floats(-900, 900), gap_px=st.floats(-60, 60), hip=st.booleans())
def test_legs_anywhere_around_the_picture_do_no_harm(
    x: float, y: float, gap_px: float, hip: bool
) -> None:
    moved = pose(knee_gap_px=gap_px) + np.array((x, y))
    if not hip:
        moved[keypoint("hip", Side.RIGHT)] = np.nan
    drawn(moved)


def strip_pixels(side: Side, offset_pct: float, *, from_behind: bool) -> NDArray[np.int64]:
    still_pose = standing_pose(width_px=360, height_px=640, from_behind=from_behind)
    body = measure_body(drawing((0.0,), pose=still_pose))
    begun = [stance(side, 1, 0, 1, offset_pct)]
    picture = grey_picture()
    box = strip_boxes(still_pose[None], body, (360, 640), 0.7)[side]
    layer = draw_strip(begun, side, body, box, strip_scale_pct(begun), picture.mix, unit=0.7)
    layer.lay_over(picture)
    return pixels_of(picture.to_rgb(), INWARD)


@pytest.mark.parametrize("from_behind", [True, False])
@pytest.mark.parametrize("side", Side)
def test_a_bar_points_to_the_middle_of_the_picture_when_the_knee_is_inside(
    side: Side, from_behind: bool
) -> None:
    inside = strip_pixels(side, 8.0, from_behind=from_behind)
    is_on_left = (side is Side.LEFT) == from_behind
    strip_middle = 0.7 * 116 if is_on_left else 360 - 0.7 * 116
    assert (inside[:, 1].mean() > strip_middle) == is_on_left
    assert len(strip_pixels(side, -8.0, from_behind=from_behind)) == 0


@given(x=st.floats(-60, 60), size=st.floats(0.3, 1.0), from_behind=st.booleans())
def test_no_strip_stands_on_a_leg_when_there_is_a_place_without(
    x: float, size: float, from_behind: bool
) -> None:
    seen = standing_pose(width_px=720, height_px=1280, from_behind=from_behind)
    seen = (seen - np.nanmean(seen, axis=0)) * size + (360 + x, 900)
    body = measure_body(drawing((0.0,), pose=seen, width_px=720, height_px=1280))
    boxes = strip_boxes(seen[None], body, (720, 1280), 1.0)
    for part in ("knee", "ankle", "heel", "toe"):
        for side in Side:
            foot_x, foot_y = seen[keypoint(part, side)]
            for left, top, right, bottom in boxes.values():
                assert not (left < foot_x < right and top < foot_y < bottom)


@pytest.mark.parametrize(("aside_px", "is_high"), [(0.0, False), (200.0, True), (-200.0, True)])
def test_the_strips_stand_below_unless_a_foot_is_there(aside_px: float, is_high: bool) -> None:
    seen = standing_pose(width_px=720, height_px=1280)
    seen[:, 0] += aside_px
    body = measure_body(drawing((0.0,), pose=seen, width_px=720, height_px=1280))
    boxes = strip_boxes(seen[None], body, (720, 1280), 1.0)
    assert all((box[1] < 640) == is_high for box in boxes.values())


def test_the_counter_shows_the_number_and_the_legs() -> None:
    one, another = [stance(Side.LEFT, 7, 0, 1)], [stance(Side.LEFT, 8, 0, 1)]
    both = [stance(Side.LEFT, 7, 0, 1), stance(Side.RIGHT, 7, 0, 1)]
    pictures = []
    for newest in (one, another, both):
        picture = grey_picture()
        draw_counter(newest, picture.mix, unit=1.0).lay_over(picture)
        pictures.append(picture.to_rgb())
        assert len(pixels_of(pictures[-1], WHITE)) > 100
    assert not np.array_equal(pictures[0], pictures[1])
    assert len(pixels_of(pictures[0], SIDE[Side.RIGHT])) == 0
    assert len(pixels_of(pictures[2], SIDE[Side.RIGHT])) > 100


def test_no_word_is_drawn_so_that_a_film_reads_in_any_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[str] = []
    monkeypatch.setattr(Canvas, "words", lambda *given, **_: written.append(given[2]))
    picture = grey_picture()
    body = measure_body(drawing((0.0,), pose=pose(), width_px=360, height_px=640))
    letter_layer.cache_clear()
    counted = [stance(Side.LEFT, 7, 0, 1), stance(Side.RIGHT, 7, 0, 1)]
    draw_counter(counted, picture.mix, unit=1.0)
    for side in Side:
        draw_strip(counted, side, body, (0, 0, 200, 210), 8.0, picture.mix, unit=1.0)
    draw_legs(picture, pose(), body, BOTH)
    assert set(written) == {"7", "L", "R"}


def test_moments_find_the_points_of_a_time_and_the_stances_of_a_frame() -> None:
    steps = (stance(Side.LEFT, 1, 1, 2), stance(Side.RIGHT, 2, 3, 4, None))
    moments = Moments(drawing((0.0, 0.02, 0.04, 0.06, 0.08, 0.10), stances=steps))
    assert [moments.frame_at(time_s) for time_s in (0.0, 0.029, 0.031, 0.1)] == [0, 1, 2, 5]
    assert moments.frame_at(0.2) is None
    assert [moments.n_begun(frame) for frame in range(6)] == [0, 1, 1, 2, 2, 2]
    assert moments.standing(2).offset_pct == {Side.LEFT: 3.0}
    assert moments.standing(4).legs == {Side.RIGHT}
    assert moments.standing(4).offset_pct == {}
    assert moments.standing(5).legs == frozenset()


def test_an_empty_drawing_has_no_moment() -> None:
    assert Moments(drawing(())).frame_at(0.0) is None


@pytest.mark.parametrize("opacity", [0.0, 0.5, 1.0])
def test_a_sheet_hides_as_much_as_it_says(opacity: float) -> None:
    picture = grey_picture(20, 20)
    canvas = Canvas((0, 0, 20, 20), picture.mix)
    canvas.panel((-9, -9, 29, 29), 0, Colour("#ffffff", opacity))
    canvas.layer().lay_over(picture)
    assert picture.luma[10, 10] == pytest.approx(GREY + opacity * (235 - GREY), abs=1)
    assert picture.blue[5, 5] == pytest.approx(128, abs=1)


@pytest.mark.parametrize("left", [-30, -7, 0, 13, 19, 40])
def test_a_sheet_beyond_the_edge_is_cut(left: int) -> None:
    picture = grey_picture(20, 20)
    canvas = Canvas((left, left, left + 20, left + 20), picture.mix)
    canvas.panel((left, left, left + 20, left + 20), 0, WHITE)
    canvas.layer().lay_over(picture)
    covered = slice(max(left, 0), max(min(left + 20, 20), 0))
    expected = np.full((20, 20), GREY)
    expected[covered, covered] = 235
    inner = np.s_[1:-1, 1:-1]
    near = np.abs(picture.luma.astype(int) - expected)
    assert np.count_nonzero(near[inner] > 1) <= 2 * 20 * 2


def test_a_colour_comes_back_as_it_was_mixed() -> None:
    picture = grey_picture(20, 20)
    canvas = Canvas((0, 0, 20, 20), picture.mix)
    canvas.panel((-9, -9, 29, 29), 0, INWARD)
    canvas.layer().lay_over(picture)
    assert len(pixels_of(picture.to_rgb(), INWARD)) == 400


def test_the_mix_of_a_clip_is_told_from_its_colours() -> None:
    assert mix_of(STUDIO_709) == USUAL_MIX


@given(
    width_px=st.integers(64, 2000),
    height_px=st.integers(64, 2000),
    x=st.floats(0, 1),
    y=st.floats(0, 1),
    size=st.floats(0.01, 3),
)
def test_a_still_is_cut_from_inside_the_picture(
    width_px: int, height_px: int, x: float, y: float, size: float
) -> None:
    legs = np.array([[x * width_px, y * height_px], [x * width_px, (y + size) * height_px]])
    cut = cut_around(legs, size * height_px, width_px, height_px)
    assert cut.left >= -1e-6
    assert cut.top >= -1e-6
    assert cut.left + cut.width <= width_px + 1e-6
    assert cut.top + cut.height <= height_px + 1e-6
    assert cut.height == pytest.approx(cut.width * 4 / 3)


def test_a_still_shows_the_legs_large_down_to_the_feet() -> None:
    small = standing_pose(width_px=360, height_px=1280)
    small = (small - np.nanmean(small, axis=0)) * 0.5 + (180, 900)
    body = measure_body(drawing((0.0,), pose=small, width_px=360, height_px=1280))
    grey = np.full((1280, 360, 3), GREY, np.uint8)
    still = draw_still(grey, small, body, BOTH)
    for side in Side:
        rows = pixels_of(still, SIDE[side])[:, 0]
        assert rows.min() > 0.05 * HEIGHT_PX
        assert 0.7 * HEIGHT_PX < rows.max() < 0.97 * HEIGHT_PX
        assert np.ptp(rows) > 0.5 * HEIGHT_PX
