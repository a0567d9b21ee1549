"""A stick body standing with its arms hanging, for motions that are checked without a mesh."""

import numpy as np

THIGH_M, SHANK_M = 0.42, 0.42
_RIGHT_SIDE = {
    "collar": (-0.03, 0.0, 1.36),
    "shoulder": (-0.17, 0.0, 1.35),
    "elbow": (-0.33, -0.01, 1.16),
    "wrist": (-0.45, -0.15, 1.03),
    "hip": (-0.10, 0.0, 0.92),
    "knee": (-0.10, 0.0, 0.50),
    "ankle": (-0.10, 0.0, 0.08),
    "ball": (-0.10, -0.12, 0.03),
    "heel": (-0.10, 0.04, 0.03),
    "toe": (-0.10, -0.17, 0.02),
}
_MIDDLE = {
    "pelvis": (0.0, 0.0, 0.94),
    "abdomen": (0.0, 0.04, 1.00),
    "chest": (0.0, 0.01, 1.14),
    "neck": (0.0, 0.02, 1.44),
    "head": (0.0, -0.02, 1.56),
}


def rest_skeleton() -> dict[str, np.ndarray]:
    """Return every joint of a symmetric body 1.7 m tall, thighs and shanks 0.42 m."""
    joints = {name: np.array(place) for name, place in _MIDDLE.items()}
    for name, place in _RIGHT_SIDE.items():
        joints[f"right_{name}"] = np.array(place)
        joints[f"left_{name}"] = np.array(place) * [-1, 1, 1]
    return joints
