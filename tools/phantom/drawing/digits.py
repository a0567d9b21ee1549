"""Fingers and toes in other shapes than at rest: a flat hand, a hand that holds, toes apart.

The skeleton knows hands and toes as one part each, so their shape is given to the body at rest.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from phantom.body import BaseMesh, Reshape, bone_weights, cubes_middle
from phantom.rotations import Floats, apply, from_rotation_vector, normalised

HAND_SHAPES = ("relaxed", "flat", "hold")
TOE_SHAPES = ("relaxed", "big_toe_up", "small_toes_up", "curled", "spread", "short")

_HELD_DEG = (48.0, 62.0, 38.0)
"""Bend of a holding finger at its three joints."""
_THUMB_HELD_DEG = 30.0
_TOES_DEG = {"big_toe_up": (38.0, 0.0), "small_toes_up": (0.0, 34.0), "curled": (-22.0, -38.0)}
"""Of big and of small toes, upwards."""
_SPREAD_DEG = {"1": -12.0, "2": -3.0, "3": 3.0, "4": 8.0, "5": 14.0}


def shape_digits(hands: Mapping[str, str], toes: Mapping[str, tuple[str, float]]) -> Reshape:
    """Return what gives hands (a shape a side) and toes (a shape and its share) their shape."""

    def reshape(points: Floats, base: BaseMesh) -> Floats:
        moved = points.copy()
        for side, shape in hands.items():
            if shape != "relaxed":
                _shape_hand(moved, points, base, side, shape)
        for side, (shape, share) in toes.items():
            if shape != "relaxed":
                _shape_toes(moved, points, base, side, shape, share)
        return moved

    return reshape


def palm_frame(points: Floats, base: BaseMesh, side: str) -> Floats:
    """Return the axes of a hand as columns: towards the thumb, out of the palm, to the fingers."""
    wrist = cubes_middle(points, base, [f"joint-{side[0]}-hand"])
    index: Floats
    index, little, middle = (
        cubes_middle(points, base, [f"joint-{side[0]}-finger-{finger}-1"]) for finger in (2, 5, 3)
    )
    fingers = normalised(middle - wrist)
    thumbwards: Floats = index - little
    thumbwards = normalised(thumbwards - (thumbwards @ fingers) * fingers)
    sign = 1.0 if side == "left" else -1.0
    return np.stack([thumbwards, sign * np.cross(fingers, thumbwards), fingers], axis=-1)


def _shape_hand(moved: Floats, points: Floats, base: BaseMesh, side: str, shape: str) -> None:
    _, palm, fingers = palm_frame(points, base, side).T
    # Turning about this axis brings the fingers towards the palm.
    hinge = np.cross(fingers, palm)
    for finger in range(2, 6):
        joints = _chain(points, base, side, "finger", finger, 4)
        along = normalised(np.diff(joints, axis=0))
        bends = np.degrees(np.arcsin(np.clip(along @ palm, -1, 1)))
        wanted = np.zeros(3) if shape == "flat" else np.cumsum(_HELD_DEG)
        turns = [hinge * np.radians(angle) for angle in wanted - bends]
        _bend(moved, points, joints, turns, [f"finger{finger}-{bone}" for bone in (1, 2, 3)], side)
    joints = _chain(points, base, side, "finger", 1, 4)
    if shape == "flat":
        along = normalised(joints[-1] - joints[0])
        down = np.degrees(np.arcsin(np.clip(along @ palm, -1, 1)))
        turn = normalised(np.cross(along, palm)) * np.radians(-0.8 * down)
    else:
        turn = normalised(np.cross(joints[-1] - joints[0], palm)) * np.radians(_THUMB_HELD_DEG)
    _bend(moved, points, joints, [turn] * 3, [f"finger1-{bone}" for bone in (1, 2, 3)], side)


def _shape_toes(
    moved: Floats, points: Floats, base: BaseMesh, side: str, shape: str, share: float
) -> None:
    lateral = np.array([1.0, 0.0, 0.0])
    sign = 1.0 if side == "left" else -1.0
    if shape == "short":
        _draw_arch(moved, points, base, side, share)
        return
    for toe in range(1, 6):
        joints = _chain(points, base, side, "toe", toe, 3 if toe == 1 else 4)
        bones = [f"toe{toe}-{bone}" for bone in range(1, len(joints))]
        if shape == "spread":
            turn = np.radians(share * sign * _SPREAD_DEG[str(toe)]) * np.array([0.0, 0.0, 1.0])
            turns = [turn] * len(bones)
        else:
            up = _TOES_DEG[shape][0 if toe == 1 else 1] * share
            grows = np.linspace(0.7, 1.7, len(bones)) if up < 0 else np.ones(len(bones))
            turns = [-np.radians(up * part) * lateral for part in grows]
        _bend(moved, points, joints, turns, bones, side)


def _draw_arch(moved: Floats, points: Floats, base: BaseMesh, side: str, share: float) -> None:
    """Draw the ball of the foot a little towards the heel, its inner arch rising."""
    ankle, ball = (
        cubes_middle(points, base, [f"joint-{side[0]}-{name}"]) for name in ("ankle", "toe-1-1")
    )
    sign = 1.0 if side == "left" else -1.0
    own = (
        (sign * points[:, 0] > 0)
        & (points[:, 2] < ankle[2] + 0.02)
        & (np.abs(points[:, 0] - ankle[0]) < 0.09)
    )
    along = np.clip((ankle[1] + 0.02 - points[own, 1]) / (ankle[1] + 0.02 - ball[1]), 0.0, 1.3)
    inner = np.clip((sign * (ankle[0] - points[own, 0]) + 0.03) / 0.06, 0.0, 1.0)
    rises = np.sin(np.pi * np.clip(along, 0.0, 1.0)) * inner
    moved[own, 2] += share * 0.011 * rises
    moved[own, 1] += share * 0.012 * np.clip(along, 0.0, 1.0)


def _chain(points: Floats, base: BaseMesh, side: str, kind: str, digit: int, n: int) -> Floats:
    cubes = [f"joint-{side[0]}-{kind}-{digit}-{place}" for place in range(1, n + 1)]
    return np.stack([cubes_middle(points, base, [cube]) for cube in cubes])


def _bend(
    moved: Floats,
    points: Floats,
    joints: Floats,
    turns: Sequence[Floats],
    bones: Sequence[str],
    side: str,
) -> None:
    """Add to ``moved`` what turning a chain of bones (rotation vectors, whole turns) does."""
    place = joints[0]
    for bone, joint, following, turn in zip(bones, joints, joints[1:], turns, strict=False):
        rotation = from_rotation_vector(np.asarray(turn))
        table = bone_weights().get(f"{bone}.{side[0].upper()}", [])
        rows = np.array([row for row, _ in table], dtype=int)
        share = np.array([weight for _, weight in table])
        if len(rows):
            to = place + apply(rotation, points[rows] - joint)
            moved[rows] += share[:, None] * (to - points[rows])
        place = place + apply(rotation, following - joint)
