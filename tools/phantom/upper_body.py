"""Pelvis, trunk, head and arms: from a few angles to turned segments.

The legs and the timing belong to the gait.
"""

from collections.abc import Mapping

import numpy as np

from phantom.rotations import (
    Floats,
    about_axis,
    apply,
    frame_along,
    from_rotation_vector,
    normalised,
    to_rotation_vector,
)
from phantom.skeleton import SIDES, Segment, side_sign


def lean(turn_deg: Floats, to_left_deg: Floats, forwards_deg: Floats) -> Floats:
    """Return rotations: leaning forwards, then to her left, then turned to her left."""
    return about_axis(2, turn_deg) @ about_axis(1, to_left_deg) @ about_axis(0, forwards_deg)


def turn_trunk(pelvis: Floats, chest: Floats, head: Floats) -> dict[Segment, Floats]:
    """Return the turns of the trunk; what lies between two parts turns half-way."""
    return {
        Segment.PELVIS: pelvis,
        Segment.ABDOMEN: _half_way(pelvis, chest),
        Segment.CHEST: chest,
        Segment.LEFT_COLLAR: chest,
        Segment.RIGHT_COLLAR: chest,
        Segment.NECK: _half_way(chest, head),
        Segment.HEAD: head,
    }


def turn_arms(
    rest: Mapping[str, Floats],
    chest: Floats,
    swing_deg: Mapping[str, Floats],
    elbow_deg: Mapping[str, Floats],
    abduction_deg: float = 14.0,
    inwards_deg: float = 12.0,
) -> dict[Segment, Floats]:
    """Return the turns of both arms hanging from the chest.

    ``swing_deg`` is the upper arm forwards, ``elbow_deg`` the bend of the elbow, ``inwards_deg``
    how far the bent forearm points across the body.
    """
    turns: dict[Segment, Floats] = {}
    for side in SIDES:
        sign = side_sign(side)
        out = about_axis(1, -sign * abduction_deg)
        swing = chest @ about_axis(0, -swing_deg[side]) @ out
        upper = swing @ np.array([0.0, 0.0, -1.0])
        # The forearm points ahead of the hanging arm and across the body.
        inwards = np.radians(inwards_deg) * -sign
        bend = np.radians(elbow_deg[side])
        local = np.stack(
            [
                np.sin(bend) * np.sin(inwards),
                -np.sin(bend) * np.cos(inwards),
                -np.cos(bend),
            ],
            axis=-1,
        )
        fore = apply(swing, local)
        shoulder, elbow, wrist = (rest[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist"))
        rest_upper, rest_fore = elbow - shoulder, wrist - elbow
        rest_hinge = normalised(np.cross(rest_upper, rest_fore))
        hinge = normalised(np.cross(upper, fore))
        turns[Segment(f"{side}_upper_arm")] = (
            frame_along(upper, hinge) @ frame_along(rest_upper, rest_hinge).T
        )
        turned_fore = frame_along(fore, hinge) @ frame_along(rest_fore, rest_hinge).T
        turns[Segment(f"{side}_forearm")] = turned_fore
        turns[Segment(f"{side}_hand")] = turned_fore
    return turns


def _half_way(first: Floats, second: Floats) -> Floats:
    difference = to_rotation_vector(np.swapaxes(first, -1, -2) @ second)
    return first @ from_rotation_vector(difference / 2)
