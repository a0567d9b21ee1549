"""The camera: where it stands, and where it sees a point of the world.

Drawing what it sees does not belong here.
"""

from dataclasses import dataclass

import numpy as np

from phantom.rotations import Floats, about_axis, normalised
from phantom.specification import Camera

_VIEW_FROM = {
    "rear": (0.0, 1.0, 0.0),
    "front": (0.0, -1.0, 0.0),
    "side": (-1.0, 0.0, 0.0),
    "side_left": (1.0, 0.0, 0.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Eye:
    """A placed camera without distortion; axes are unit vectors of the world."""

    position: Floats
    forwards: Floats
    right: Floats
    up: Floats
    focal_length_px: float
    width_px: int
    height_px: int

    def to_pixels(self, points: Floats) -> Floats:
        """Return where points (..., 3) are in the upright picture, (..., 2).

        x to the right and y down from the picture's upper left corner; the middle of the first
        pixel is (0.5, 0.5).
        """
        seen = points - self.position
        depth = seen @ self.forwards
        return np.stack(
            [
                self.width_px / 2 + self.focal_length_px * (seen @ self.right) / depth,
                self.height_px / 2 - self.focal_length_px * (seen @ self.up) / depth,
            ],
            axis=-1,
        )


def place_camera(camera: Camera, width_px: int, height_px: int) -> Eye:
    """Return the camera of a specification.

    Raises
    ------
    ValueError
        There is no such view.
    """
    if camera.view not in _VIEW_FROM:
        message = f"no view {camera.view!r}; known are {', '.join(_VIEW_FROM)}"
        raise ValueError(message)
    away = about_axis(2, camera.yaw_deg) @ np.array(_VIEW_FROM[camera.view])
    position = away * camera.distance_m + [0.0, 0.0, camera.height_m]
    forwards = normalised(np.array([0.0, 0.0, camera.aim_height_m]) - position)
    right = normalised(np.cross(forwards, [0.0, 0.0, 1.0]))
    up = np.cross(right, forwards)
    position = position + camera.offset_m * right
    roll = np.radians(camera.roll_deg)
    return Eye(
        position=position,
        forwards=forwards,
        right=np.cos(roll) * right + np.sin(roll) * up,
        up=np.cos(roll) * up - np.sin(roll) * right,
        focal_length_px=height_px / 2 / np.tan(np.radians(camera.field_of_view_deg) / 2),
        width_px=width_px,
        height_px=height_px,
    )
