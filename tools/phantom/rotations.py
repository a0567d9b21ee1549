"""Rotations and frames of axes, over whole clips at once.

World axes: x to the person's left, y backwards, z up; she runs towards -y. Angles in degrees.
What a body part does with them is not known here.
"""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.floating[Any]]


def about_axis(axis: int, degrees: npt.ArrayLike) -> Floats:
    """Return right-handed rotations (..., 3, 3) about a world axis (0 x, 1 y, 2 z)."""
    angle = np.radians(np.asarray(degrees, dtype=float))
    cosine, sine = np.cos(angle), np.sin(angle)
    following, last = (axis + 1) % 3, (axis + 2) % 3
    rotation = np.zeros((*angle.shape, 3, 3))
    rotation[..., axis, axis] = 1.0
    rotation[..., following, following] = cosine
    rotation[..., last, last] = cosine
    rotation[..., following, last] = -sine
    rotation[..., last, following] = sine
    return rotation


def normalised(vectors: Floats) -> Floats:
    """Return vectors (..., 3) at length one; a null vector stays null."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(length > 0, length, 1.0)


def frame_along(long_axis: Floats, lateral_hint: Floats) -> Floats:
    """Return frames (..., 3, 3) whose columns are lateral, third and long axis.

    The long axis is kept as given; the lateral one is the hint made perpendicular to it.
    """
    long_axis = normalised(long_axis)
    along = np.sum(lateral_hint * long_axis, axis=-1, keepdims=True)
    lateral = normalised(lateral_hint - along * long_axis)
    return np.stack([lateral, np.cross(long_axis, lateral), long_axis], axis=-1)


def to_rotation_vector(rotations: Floats) -> Floats:
    """Return axis times angle (..., 3) in radians of rotations smaller than half a turn."""
    trace = np.trace(rotations, axis1=-2, axis2=-1)
    angle = np.arccos(np.clip((trace - 1) / 2, -1.0, 1.0))
    twist = np.stack(
        [
            rotations[..., 2, 1] - rotations[..., 1, 2],
            rotations[..., 0, 2] - rotations[..., 2, 0],
            rotations[..., 1, 0] - rotations[..., 0, 1],
        ],
        axis=-1,
    )
    # Near no turn, sin(angle) vanishes and half the twist is the vector itself.
    sine = np.sin(angle)
    scale = np.where(sine > 1e-6, angle / np.where(sine > 1e-6, 2 * sine, 1.0), 0.5)
    return twist * scale[..., None]


def from_rotation_vector(vectors: Floats) -> Floats:
    """Return rotations (..., 3, 3) for axis times angle (..., 3) in radians."""
    angle = np.linalg.norm(vectors, axis=-1)[..., None, None]
    axis = normalised(vectors)
    cross = np.zeros((*vectors.shape[:-1], 3, 3))
    cross[..., 0, 1], cross[..., 0, 2] = -axis[..., 2], axis[..., 1]
    cross[..., 1, 0], cross[..., 1, 2] = axis[..., 2], -axis[..., 0]
    cross[..., 2, 0], cross[..., 2, 1] = -axis[..., 1], axis[..., 0]
    turned: Floats = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    return turned


def apply(rotations: Floats, vectors: Floats) -> Floats:
    """Turn vectors (..., 3) by rotations (..., 3, 3)."""
    turned: Floats = np.einsum("...ij,...j->...i", rotations, vectors)
    return turned
