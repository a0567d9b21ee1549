import numpy as np
import pytest

from phantom.camera import place_camera
from phantom.specification import Camera

LEVEL = Camera(distance_m=4.0, height_m=0.9, aim_height_m=0.9, field_of_view_deg=40.0)


def with_camera(**changed: object) -> Camera:
    values = {name: getattr(LEVEL, name) for name in Camera.__dataclass_fields__}
    return Camera(**(values | changed))


def test_what_it_aims_at_is_in_the_middle_of_the_picture() -> None:
    for camera in (LEVEL, with_camera(yaw_deg=12.0, roll_deg=5.0, height_m=1.4)):
        eye = place_camera(camera, 540, 960)
        assert eye.to_pixels(np.array([0.0, 0.0, 0.9])) == pytest.approx([270, 480])


@pytest.mark.parametrize(("view", "left_is_right_of_middle"), [("rear", False), ("front", True)])
def test_her_left_is_left_from_behind_and_right_from_the_front(
    view: str, left_is_right_of_middle: bool
) -> None:
    eye = place_camera(with_camera(view=view), 540, 960)
    x, _ = eye.to_pixels(np.array([0.2, 0.0, 0.9]))
    assert (x > 270) == left_is_right_of_middle


def test_half_the_field_of_view_reaches_the_edge_of_the_picture() -> None:
    eye = place_camera(LEVEL, 540, 960)
    top = 0.9 + 4.0 * np.tan(np.radians(20.0))
    assert eye.to_pixels(np.array([0.0, 0.0, top]))[1] == pytest.approx(0.0, abs=1e-9)


def test_a_rolled_camera_lets_a_level_line_fall_to_the_right() -> None:
    eye = place_camera(with_camera(roll_deg=3.0), 540, 960)
    left, right = eye.to_pixels(np.array([[0.3, 0.0, 0.9], [-0.3, 0.0, 0.9]]))
    slope = np.degrees(np.arctan2(right[1] - left[1], right[0] - left[0]))
    assert slope == pytest.approx(3.0)


def test_a_camera_moved_to_the_right_sees_her_on_the_left() -> None:
    eye = place_camera(with_camera(offset_m=0.2), 540, 960)
    x, y = eye.to_pixels(np.array([0.0, 0.0, 0.9]))
    assert x == pytest.approx(270 - eye.focal_length_px * 0.2 / 4.0)
    assert y == pytest.approx(480)


def test_an_unknown_view_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ValueError, match="'above'; known are rear, front"):
        place_camera(with_camera(view="above"), 540, 960)
