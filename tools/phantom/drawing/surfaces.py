"""The planes a body can touch: floor, wall, step and chair, from a drawing's props."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from phantom.rotations import Floats, about_axis

STEP_HEIGHT_M, STEP_SIZE_M = 0.15, (0.60, 0.36)
SEAT_HEIGHT_M, SEAT_SIZE_M = 0.45, (0.44, 0.42)


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane through a point with its outward direction."""

    point: Floats
    normal: Floats
    is_endless: bool
    """Whether nothing can be behind it; a step or a seat ends somewhere."""


FLOOR = Plane(np.zeros(3), np.array([0.0, 0.0, 1.0]), True)


def planes(props: Mapping[str, Mapping[str, Any]]) -> dict[str, Plane]:
    """Return the planes by name."""
    found = {"floor": FLOOR}
    if "wall" in props:
        wall = props["wall"]
        # 0 is before her face, 90 at her left.
        away = about_axis(2, wall.get("azimuth_deg", 0.0)) @ np.array([0.0, -1.0, 0.0])
        found["wall"] = Plane(away * wall["distance_m"], -away, True)
    if "step" in props:
        height = props["step"].get("height_m", STEP_HEIGHT_M)
        found["step"] = Plane(np.array([0.0, 0.0, height]), FLOOR.normal, False)
    if "chair" in props:
        height = props["chair"].get("height_m", SEAT_HEIGHT_M)
        found["chair"] = Plane(np.array([0.0, 0.0, height]), FLOOR.normal, False)
    return found
