"""The things an exercise is done with, as triangles: mat, wall, step, chair, band, dumbbell.

What is fixed stands still; what is held or worn follows the body.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from phantom.drawing.paper import Shown
from phantom.drawing.surfaces import SEAT_HEIGHT_M, SEAT_SIZE_M, STEP_HEIGHT_M, STEP_SIZE_M
from phantom.meshes import compute_normals, loft
from phantom.rotations import Floats, about_axis, normalised
from phantom.skeleton import SEGMENTS

_MAT_COLOUR = (0.70, 0.79, 0.76)
_WALL = (0.905, 0.89, 0.86)
_WOOD = (0.80, 0.70, 0.57)
_DARK = (0.33, 0.36, 0.40)
_BAND = (0.80, 0.66, 0.20)
_TOWEL = (0.86, 0.80, 0.90)
_LINE = (0.86, 0.845, 0.81)
_MAT_THICK_M = 0.008
_FOLDS_M = ((0.028, 0.016, 0.021), (0.074, 0.018, 0.016), (0.118, 0.018, 0.010))
"""Of a gathered towel: how far ahead of the toes' joint, how wide, how high."""
_FOLDED_M, _DRAWN_IN_M = 0.14, 0.055
_UP = np.array([0.0, 0.0, 1.0])


def standing_props(props: Mapping[str, Mapping[str, Any]]) -> list[Shown]:
    """Return the props that stand still."""
    shown: list[Shown] = [_floor()]
    if "mat" in props:
        shown += _mat(**props["mat"])
    if "wall" in props:
        shown += _wall(**props["wall"])
    if "step" in props:
        shown += _step(**props["step"])
    if "chair" in props:
        shown += _chair(**props["chair"])
    if "strip" in props:
        shown += _strip(**props["strip"])
    if "towel" in props:
        shown += _towel(**props["towel"])
    return shown


def prop_corners(props: Mapping[str, Mapping[str, Any]]) -> Floats:
    """Return points (n, 3) of props that the picture shall not cut off."""
    shown = [
        each.points
        for name, values in props.items()
        if name in ("mat", "step", "chair", "towel", "wall")
        for each in standing_props({name: values})[1:]
    ]
    return np.concatenate(shown) if shown else np.zeros((0, 3))


def _floor() -> Shown:
    size = 6.0
    corners = np.array([[-size, -size, 0], [size, -size, 0], [size, size, 0], [-size, size, 0.0]])
    corners[:, 2] = -_MAT_THICK_M - 0.001
    return Shown(
        points=corners,
        normals=np.tile([0.0, 0.0, 1.0], (4, 1)),
        triangles=np.array([[0, 1, 2], [0, 2, 3]]),
        colours=np.tile(np.array([250, 248, 244]) / 255, (4, 1)),
        lit=np.zeros(4),
        casts_shadow=False,
        takes_shadow=True,
        flat_share=1.0,
    )


def _mat(
    at: Sequence[float] = (0.0, 0.0),
    size_m: Sequence[float] = (0.72, 1.75),
    turn_deg: float = 0.0,
) -> list[Shown]:
    half = np.array(size_m) / 2
    return [
        box(
            (-half[0], -half[1], -_MAT_THICK_M),
            (half[0], half[1], 0.0),
            _MAT_COLOUR,
            turn_deg=turn_deg,
            at=at,
            takes_shadow=True,
            flat_share=0.75,
            casts_shadow=False,
        )
    ]


def _wall(
    distance_m: float,
    azimuth_deg: float = 0.0,
    width_m: float = 0.8,
    height_m: float = 1.9,
    aside_m: float = 0.0,
) -> list[Shown]:
    low = (aside_m - width_m / 2, -distance_m - 0.05, -_MAT_THICK_M)
    high = (aside_m + width_m / 2, -distance_m, height_m)
    return [box(low, high, _WALL, turn_deg=azimuth_deg, flat_share=0.6, casts_shadow=False)]


def _step(
    at: Sequence[float] = (0.0, 0.0),
    height_m: float = STEP_HEIGHT_M,
    size_m: Sequence[float] = STEP_SIZE_M,
    turn_deg: float = 0.0,
) -> list[Shown]:
    half = np.array(size_m) / 2
    board = box(
        (-half[0], -half[1], height_m - 0.03),
        (half[0], half[1], height_m),
        _WOOD,
        turn_deg=turn_deg,
        at=at,
        flat_share=0.3,
    )
    body = box(
        (-half[0] + 0.015, -half[1] + 0.015, -_MAT_THICK_M),
        (half[0] - 0.015, half[1] - 0.015, height_m - 0.03),
        (0.72, 0.62, 0.50),
        turn_deg=turn_deg,
        at=at,
        flat_share=0.3,
    )
    return [body, board]


def _chair(
    at: Sequence[float] = (0.0, 0.0),
    height_m: float = SEAT_HEIGHT_M,
    turn_deg: float = 0.0,
    back: bool = True,
) -> list[Shown]:
    """Return a chair whose back is behind its seat (turned, seen from above, by an angle)."""
    wide, deep = SEAT_SIZE_M[0] / 2, SEAT_SIZE_M[1] / 2
    leg = 0.02

    def part(low: Sequence[float], high: Sequence[float], colour: Sequence[float] = _WOOD) -> Shown:
        return box(low, high, colour, turn_deg=turn_deg, at=at, flat_share=0.25)

    shown = [part((-wide, -deep, height_m - 0.035), (wide, deep, height_m))]
    for x in (-wide + leg, wide - leg):
        for y in (-deep + leg, deep - leg):
            top = height_m + 0.42 if back and y > 0 else height_m - 0.035
            shown.append(part((x - leg, y - leg, -_MAT_THICK_M), (x + leg, y + leg, top)))
    if back:
        shown.append(
            part((-wide, deep - 0.03, height_m + 0.24), (wide, deep - 0.01, height_m + 0.42))
        )
    return shown


def _strip(
    spacing_m: float,
    along: str = "x",
    length_m: float = 8.0,
    width_m: float = 0.9,
    moved_m: Sequence[float] = (0.0, 0.0),
) -> list[Shown]:
    """Return a track with lines across it, ``moved_m`` on."""
    shown = []
    turn = 0.0 if along == "x" else 90.0
    count = int(length_m / spacing_m / 2)
    for place in range(-count, count + 1):
        middle = place * spacing_m
        shown.append(
            box(
                (middle - 0.012, -width_m / 2, -_MAT_THICK_M),
                (middle + 0.012, width_m / 2, -0.006),
                _LINE,
                turn_deg=turn,
                at=moved_m,
                takes_shadow=True,
                flat_share=1.0,
                casts_shadow=False,
            )
        )
    for side in (-1, 1):
        edge = side * width_m / 2
        shown.append(
            box(
                (-length_m / 2, edge - 0.012, -_MAT_THICK_M),
                (length_m / 2, edge + 0.012, -0.006),
                _LINE,
                turn_deg=turn,
                at=moved_m,
                takes_shadow=True,
                flat_share=1.0,
                casts_shadow=False,
            )
        )
    return shown


def _towel(
    at: Sequence[float] = (0.0, 0.0),
    size_m: Sequence[float] = (0.24, 0.42),
    toes_y_m: float = 0.0,
    gathered: float = 0.0,
) -> list[Shown]:
    """Return a towel that lies lengthwise, ``gathered`` (0 to 1) in folds ahead of the toes."""
    y = np.linspace(size_m[1] / 2, -size_m[1] / 2, 161) + at[1]
    ahead = toes_y_m - y
    folds = [high * np.exp(-(((ahead - away) / wide) ** 2)) for away, wide, high in _FOLDS_M]
    z = 0.001 + gathered * np.sum(folds, axis=0)
    # What lies in folds is missing at the far end.
    y = y + gathered * _DRAWN_IN_M * np.clip(ahead / _FOLDED_M, 0.0, 1.0)
    slope = np.gradient(z, y)
    upwards = normalised(np.stack([np.zeros_like(y), -slope, np.ones_like(y)], axis=-1))
    left, right = (
        np.stack([np.full_like(y, at[0] + side * size_m[0] / 2), y, z], axis=-1) for side in (1, -1)
    )
    low_left, low_right = (edge * [1.0, 1.0, 0.0] - _MAT_THICK_M * _UP for edge in (left, right))
    sidewards = np.tile([1.0, 0.0, 0.0], (len(y), 1))
    far, low_far = np.stack([left[-1], right[-1]]), np.stack([low_left[-1], low_right[-1]])
    return [
        _ribbon(left, right, upwards),
        _ribbon(left, low_left, sidewards),
        _ribbon(right, low_right, -sidewards),
        _ribbon(far, low_far, np.tile([0.0, -1.0, 0.0], (2, 1))),
    ]


def _ribbon(first: Floats, last: Floats, normals: Floats) -> Shown:
    """Return cloth between two lines of points (n, 3)."""
    count = len(first)
    row = np.arange(count - 1)
    triangles = np.concatenate(
        [
            np.stack([row, row + 1, row + count], axis=-1),
            np.stack([row + 1, row + count + 1, row + count], axis=-1),
        ]
    )
    return Shown(
        points=np.concatenate([first, last]),
        normals=np.concatenate([normals, normals]),
        triangles=triangles,
        colours=np.tile(np.asarray(_TOWEL), (2 * count, 1)),
        lit=np.zeros(2 * count),
        takes_shadow=True,
        casts_shadow=False,
        flat_share=0.3,
    )


def dumbbell(middle: Floats, axis: Floats) -> list[Shown]:
    """Return a dumbbell lying about a point along an axis."""
    along = normalised(axis)
    return [
        tube(middle - 0.07 * along, middle + 0.07 * along, 0.014, (0.62, 0.64, 0.66)),
        tube(middle - 0.125 * along, middle - 0.06 * along, 0.052, _DARK),
        tube(middle + 0.06 * along, middle + 0.125 * along, 0.052, _DARK),
    ]


def band_round(left: Floats, right: Floats, reach_m: float) -> list[Shown]:
    """Return a band round both ankles: two strands, before and behind, and a loop at each."""
    along = normalised(right - left)
    across = normalised(np.cross(along, [0.0, 0.0, 1.0]))
    shown = []
    for sign in (-1, 1):
        begin, end = left + sign * reach_m * across, right + sign * reach_m * across
        shown.append(tube(begin, end, 0.011, _BAND))
    for middle, out in ((left, -along), (right, along)):
        around = np.linspace(-np.pi / 2, np.pi / 2, 9)
        path = [
            middle + reach_m * (np.cos(angle) * out + np.sin(angle) * across) for angle in around
        ]
        shown += [tube(a, b, 0.011, _BAND) for a, b in pairwise(path)]
    return shown


def band_to(foot: Floats, fixed: Floats) -> list[Shown]:
    """Return a band from a foot to where it is fixed, and the post that holds it."""
    post = fixed * [1, 1, 0]
    return [
        tube(foot, fixed, 0.011, _BAND),
        tube(post - _UP * _MAT_THICK_M, post + 0.45 * _UP, 0.025, _WOOD),
    ]


def box(
    low: Sequence[float],
    high: Sequence[float],
    colour: Sequence[float],
    *,
    turn_deg: float = 0.0,
    at: Sequence[float] = (0.0, 0.0),
    takes_shadow: bool = False,
    casts_shadow: bool = True,
    flat_share: float = 0.0,
) -> Shown:
    """Return a box turned about the vertical and then put somewhere, with sharp edges."""
    points: list[Floats] = []
    normals: list[Floats] = []
    triangles: list[list[int]] = []
    ends = np.stack([np.asarray(low, dtype=float), np.asarray(high, dtype=float)])
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for end in (0, 1):
            start = len(points)
            for first, second in ((0, 0), (1, 0), (1, 1), (0, 1)):
                corner = np.empty(3)
                corner[axis], corner[u], corner[v] = (
                    ends[end, axis],
                    ends[first, u],
                    ends[second, v],
                )
                points.append(corner)
                normal = np.zeros(3)
                normal[axis] = 1.0 if end else -1.0
                normals.append(normal)
            triangles += [[start, start + 1, start + 2], [start, start + 2, start + 3]]
    turn = about_axis(2, turn_deg)
    placed = np.array(points) @ turn.T + [*at, 0.0]
    return Shown(
        points=placed,
        normals=np.array(normals) @ turn.T,
        triangles=np.array(triangles),
        colours=np.tile(np.asarray(colour, dtype=float), (len(placed), 1)),
        lit=np.zeros(len(placed)),
        takes_shadow=takes_shadow,
        casts_shadow=casts_shadow,
        flat_share=flat_share,
    )


def tube(start: Floats, end: Floats, radius_m: float, colour: Sequence[float]) -> Shown:
    """Return a round bar between two points."""
    along = normalised(end - start)
    aside = normalised(np.cross(along, [0.3, 0.9, 0.1]))
    third = np.cross(along, aside)
    around = np.linspace(0, 2 * np.pi, 20, endpoint=False)[:, None]
    ring = radius_m * (np.cos(around) * aside + np.sin(around) * third)
    surface = loft(np.stack([start + ring, end + ring]), np.zeros((2, len(SEGMENTS))))
    return Shown(
        points=surface.points,
        normals=compute_normals(surface.points, surface.triangles),
        triangles=surface.triangles,
        colours=np.tile(np.asarray(colour, dtype=float), (len(surface.points), 1)),
        lit=np.zeros(len(surface.points)),
    )
