"""Angles of the legs and the trunk as seen from aside; from behind they mean nothing.

Every function takes keypoints of shape (..., 16, 2) in pixels and returns shape (...); NaN where a
point was not seen. ``facing`` is +1 where the runner runs to the right of the picture, else -1.
"""

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.vocabulary.side import Side

Poses = NDArray[np.float64]
Values = NDArray[np.float64]


def find_facing(xy_px: Poses) -> float:
    """Return +1 or -1: toes lie ahead of heels in most frames."""
    ahead = [
        xy_px[..., keypoint("toe", side), 0] - xy_px[..., keypoint("heel", side), 0]
        for side in Side
    ]
    seen = np.concatenate([np.ravel(each) for each in ahead])
    seen = seen[np.isfinite(seen)]
    return -1.0 if seen.size and np.median(seen) < 0 else 1.0


def nearer_side(facing: float) -> Side:
    """Return the side turned to the camera; its leg hides the other one half of the time."""
    return Side.RIGHT if facing > 0 else Side.LEFT


def _forward_tilt_deg(limb: Poses, facing: float) -> Values:
    tilt: Values = np.degrees(np.arctan2(facing * limb[..., 0], limb[..., 1]))
    return tilt


def knee_flexion_deg(xy_px: Poses, side: Side, facing: float) -> Values:
    """Return the bend of the knee, 0 is straight, + is bent the natural way."""
    hip, knee, ankle = (xy_px[..., keypoint(part, side), :] for part in ("hip", "knee", "ankle"))
    bend = _forward_tilt_deg(knee - hip, facing) - _forward_tilt_deg(ankle - knee, facing)
    flexion: Values = (bend + 180.0) % 360.0 - 180.0
    return flexion


def trunk_lean_forward_deg(xy_px: Poses, facing: float) -> Values:
    """Return the trunk against the vertical, + forwards."""
    up = middle_of(xy_px, "shoulder") - middle_of(xy_px, "hip")
    lean: Values = np.degrees(np.arctan2(facing * up[..., 0], -up[..., 1]))
    return lean


def foot_ahead_of_hip_px(xy_px: Poses, side: Side, facing: float) -> Values:
    """Return how far the ankle is ahead of the hip of its own side, in pixels.

    The other hip is nearer to the lens or farther from it, and the camera never stands quite aside.
    """
    ankle_x = xy_px[..., keypoint("ankle", side), 0]
    ahead: Values = facing * (ankle_x - xy_px[..., keypoint("hip", side), 0])
    return ahead


def foot_height_px(xy_px: Poses, side: Side) -> Values:
    """Return how low the back of the foot is in the picture (y, downwards)."""
    height: Values = (
        xy_px[..., keypoint("heel", side), 1] + xy_px[..., keypoint("ankle", side), 1]
    ) / 2
    return height
