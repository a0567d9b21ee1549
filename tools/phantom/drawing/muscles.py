"""Where muscles lie under the skin: how strongly each point of a body at rest is lit.

Each muscle is a line between two places given by joints, with a reach around it. Drawn on skin and
clothes it shows where to feel the work; it is no anatomical plate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from phantom.rotations import Floats
from phantom.skeleton import SEGMENTS, Segment, other_side, side_sign

Spot = tuple[str, str, float, tuple[float, float, float]]
"""From a joint, so much of the way to another, then metres outwards, backwards and up."""


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle as a line, its reach in metres, the side of the limb it lies on, what carries it.

    ``faces`` is the direction (outwards, backwards, up) in which its skin lies from the bone.
    """

    line: tuple[Spot, ...]
    reach_m: float
    faces: tuple[float, float, float]
    on: tuple[str, ...]


_PELVIS = ("pelvis", "abdomen", "thigh")
MUSCLES: Mapping[str, Muscle] = {
    "gluteus_medius": Muscle(
        (("hip", "knee", 0.0, (0.05, 0.035, 0.11)), ("hip", "knee", 0.0, (0.075, 0.02, 0.0))),
        0.09,
        (1.0, 0.35, 0.0),
        _PELVIS,
    ),
    "gluteus_maximus": Muscle(
        (("hip", "knee", 0.0, (-0.03, 0.09, 0.05)), ("hip", "knee", 0.08, (0.03, 0.07, -0.03))),
        0.088,
        (0.0, 1.0, 0.0),
        _PELVIS,
    ),
    "quadriceps": Muscle(
        (("hip", "knee", 0.22, (0.01, -0.06, 0.0)), ("hip", "knee", 0.88, (0.0, -0.05, 0.0))),
        0.072,
        (0.0, -1.0, 0.0),
        ("thigh",),
    ),
    "hip_flexors": Muscle(
        (("hip", "knee", 0.0, (0.0, -0.07, 0.06)), ("hip", "knee", 0.42, (0.01, -0.065, 0.0))),
        0.066,
        (0.0, -1.0, 0.0),
        _PELVIS,
    ),
    "adductors": Muscle(
        (("hip", "knee", 0.16, (-0.04, -0.01, 0.0)), ("hip", "knee", 0.8, (-0.045, -0.01, 0.0))),
        0.082,
        (-1.0, -0.3, 0.0),
        ("thigh", "pelvis"),
    ),
    "hamstrings": Muscle(
        (("hip", "knee", 0.28, (0.0, 0.07, 0.0)), ("hip", "knee", 0.88, (0.0, 0.05, 0.0))),
        0.068,
        (0.0, 1.0, 0.0),
        ("thigh",),
    ),
    "calf": Muscle(
        (("knee", "ankle", 0.14, (0.0, 0.05, 0.0)), ("knee", "ankle", 0.52, (0.0, 0.045, 0.0))),
        0.065,
        (0.0, 1.0, 0.0),
        ("shank",),
    ),
    "soleus": Muscle(
        (("knee", "ankle", 0.42, (0.0, 0.05, 0.0)), ("knee", "ankle", 0.75, (0.0, 0.035, 0.0))),
        0.055,
        (0.0, 1.0, 0.0),
        ("shank",),
    ),
    "peroneals": Muscle(
        (("knee", "ankle", 0.15, (0.05, 0.01, 0.0)), ("knee", "ankle", 0.8, (0.04, 0.01, 0.0))),
        0.045,
        (1.0, 0.1, 0.0),
        ("shank",),
    ),
    "tibialis_posterior": Muscle(
        (("knee", "ankle", 0.3, (-0.05, 0.02, 0.0)), ("knee", "ankle", 0.92, (-0.035, 0.02, 0.0))),
        0.045,
        (-1.0, 0.3, 0.0),
        ("shank",),
    ),
    "foot_arch": Muscle(
        (("ankle", "ball", 0.35, (-0.03, 0.0, -0.03)), ("ankle", "ball", 0.9, (-0.03, 0.0, -0.01))),
        0.038,
        (-1.0, 0.0, -0.2),
        ("foot", "toes"),
    ),
    "toes": Muscle(
        (("ankle", "ball", 0.95, (-0.03, 0.0, 0.0)), ("ball", "toe", 1.0, (0.02, 0.0, 0.0))),
        0.045,
        (0.0, -0.4, 1.0),
        ("foot", "toes"),
    ),
    "obliques": Muscle(
        (
            ("hip", "shoulder", 0.32, (0.04, -0.01, 0.0)),
            ("hip", "shoulder", 0.55, (0.02, -0.01, 0.0)),
        ),
        0.07,
        (1.0, -0.2, 0.0),
        ("pelvis", "abdomen", "chest"),
    ),
}
"""What can be lit, for one side; ``left_`` or ``right_`` is put before the name."""


def names() -> tuple[str, ...]:
    """Return every muscle that can be lit, with its side."""
    return tuple(f"{side}_{name}" for name in MUSCLES for side in ("left", "right"))


def lit(
    muscles: Sequence[str],
    points: Floats,
    normals: Floats,
    weights: Floats,
    joints: Mapping[str, Floats],
) -> Floats:
    """Return how strongly points (n, 3) of a body at rest are lit, (n,) from 0 to 1."""
    strength = np.zeros(len(points))
    for name in muscles:
        side, _, kind = name.partition("_")
        muscle = MUSCLES[kind]
        sign = side_sign(side)
        line = np.stack([_spot(spot, side, joints) for spot in muscle.line])
        away = _distance_to_line(points, line)
        core = 0.55 * muscle.reach_m
        near = np.clip((muscle.reach_m - away) / (muscle.reach_m - core), 0.0, 1.0)
        near = near * near * (3 - 2 * near)
        faces = np.array(muscle.faces) * [sign, 1.0, 1.0]
        facing = normals @ (faces / np.linalg.norm(faces))
        carried = _carried(weights, muscle.on, side)
        strength = np.maximum(strength, near * np.clip(0.5 + 1.8 * facing, 0.0, 1.0) * carried)
    return strength


def _carried(weights: Floats, parts: Sequence[str], side: str) -> Floats:
    """Return whether a point hangs on the parts of that side, 0 to 1."""
    columns = [
        SEGMENTS.index(Segment(part if part in SEGMENTS else f"{side}_{part}")) for part in parts
    ]
    others = [
        SEGMENTS.index(Segment(f"{other_side(side)}_{part}"))
        for part in parts
        if part not in SEGMENTS
    ]
    own = weights[:, columns].sum(axis=1) - weights[:, others].sum(axis=1)
    carried: Floats = np.clip(2.0 * own, 0.0, 1.0)
    return carried


def _spot(spot: Spot, side: str, joints: Mapping[str, Floats]) -> Floats:
    first, last, share, (outwards, backwards, up) = spot
    begin, end = joints[f"{side}_{first}"], joints[f"{side}_{last}"]
    place: Floats = begin + share * (end - begin) + [side_sign(side) * outwards, backwards, up]
    return place


def _distance_to_line(points: Floats, line: Floats) -> Floats:
    begin, along = line[0], line[-1] - line[0]
    share = np.clip((points - begin) @ along / (along @ along), 0.0, 1.0)
    distance: Floats = np.linalg.norm(points - begin - share[:, None] * along, axis=1)
    return distance
