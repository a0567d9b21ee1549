"""The segments of a body, how they hang together, and where a pose puts every joint.

How a pose comes about (a run, a squat) does not belong here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from phantom.rotations import Floats, apply


class Segment(StrEnum):
    """A rigid part of the body."""

    PELVIS = "pelvis"
    ABDOMEN = "abdomen"
    CHEST = "chest"
    NECK = "neck"
    HEAD = "head"
    LEFT_COLLAR = "left_collar"
    LEFT_UPPER_ARM = "left_upper_arm"
    LEFT_FOREARM = "left_forearm"
    LEFT_HAND = "left_hand"
    LEFT_THIGH = "left_thigh"
    LEFT_SHANK = "left_shank"
    LEFT_FOOT = "left_foot"
    LEFT_TOES = "left_toes"
    RIGHT_COLLAR = "right_collar"
    RIGHT_UPPER_ARM = "right_upper_arm"
    RIGHT_FOREARM = "right_forearm"
    RIGHT_HAND = "right_hand"
    RIGHT_THIGH = "right_thigh"
    RIGHT_SHANK = "right_shank"
    RIGHT_FOOT = "right_foot"
    RIGHT_TOES = "right_toes"


SEGMENTS = tuple(Segment)
SIDES = ("left", "right")

_ONE_SIDE = {
    "collar": ("chest", "collar"),
    "upper_arm": ("{}_collar", "shoulder"),
    "forearm": ("{}_upper_arm", "elbow"),
    "hand": ("{}_forearm", "wrist"),
    "thigh": ("pelvis", "hip"),
    "shank": ("{}_thigh", "knee"),
    "foot": ("{}_shank", "ankle"),
    "toes": ("{}_foot", "ball"),
}
ATTACHED: Mapping[Segment, tuple[Segment, str]] = {
    Segment.ABDOMEN: (Segment.PELVIS, "abdomen"),
    Segment.CHEST: (Segment.ABDOMEN, "chest"),
    Segment.NECK: (Segment.CHEST, "neck"),
    Segment.HEAD: (Segment.NECK, "head"),
} | {
    Segment(f"{side}_{part}"): (Segment(parent.format(side)), f"{side}_{joint}")
    for side in SIDES
    for part, (parent, joint) in _ONE_SIDE.items()
}
"""For each segment but the pelvis: the one it hangs on and the joint between them."""

_ENDS = {f"{side}_heel": Segment(f"{side}_foot") for side in SIDES} | {
    f"{side}_toe": Segment(f"{side}_toes") for side in SIDES
}
JOINTS = ("pelvis", *(joint for _, joint in ATTACHED.values()), *_ENDS)


def side_sign(side: str) -> float:
    """Return the sign of x on a side of the body: + is her left."""
    return 1.0 if side == "left" else -1.0


def other_side(side: str) -> str:
    """Return the opposite side."""
    return "right" if side == "left" else "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """A body over time.

    Attributes
    ----------
    turns
        Each segment's rotation from rest, (frames, 3, 3), world axes.
    joints
        Each joint's place, (frames, 3) in metres, world axes.
    rest
        Each joint's place at rest.
    """

    turns: Mapping[Segment, Floats]
    joints: Mapping[str, Floats]
    rest: Mapping[str, Floats]

    def transforms(self) -> Floats:
        """Return what moves points at rest into the pose, (frames, segments, 3, 4)."""
        moved = []
        for segment in SEGMENTS:
            joint = "pelvis" if segment is Segment.PELVIS else ATTACHED[segment][1]
            turn = self.turns[segment]
            shift = self.joints[joint] - apply(turn, self.rest[joint])
            moved.append(np.concatenate([turn, shift[..., None]], axis=-1))
        return np.stack(moved, axis=1)


def pose_body(
    rest: Mapping[str, Floats], turns: Mapping[Segment, Floats], hips_middle: Floats
) -> Pose:
    """Return the pose with the hips' middle (frames, 3) where it is asked for."""
    middle = (rest["left_hip"] + rest["right_hip"]) / 2
    joints = {
        "pelvis": hips_middle + apply(turns[Segment.PELVIS], rest["pelvis"] - middle),
    }
    begins = {Segment.PELVIS: "pelvis"}
    for segment, (parent, joint) in ATTACHED.items():
        begin = begins[parent]
        joints[joint] = joints[begin] + apply(turns[parent], rest[joint] - rest[begin])
        begins[segment] = joint
    for joint, segment in _ENDS.items():
        begin = begins[segment]
        joints[joint] = joints[begin] + apply(turns[segment], rest[joint] - rest[begin])
    return Pose(turns=turns, joints=joints, rest=rest)
