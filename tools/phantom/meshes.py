"""Cutting, smoothing, lofting and colouring of triangle meshes at rest.

Which piece is a shirt and which a shoe is not known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from phantom.body import Surface
from phantom.rotations import Floats, normalised
from phantom.specification import Rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A surface of one colour, or of one colour for each of its points."""

    surface: Surface
    colours: np.ndarray
    """(n, 3) uint8."""


def coloured(surface: Surface, colour: Rgb) -> Piece:
    """Return the surface in one colour."""
    tint = np.tile(np.array(colour, dtype=np.uint8), (len(surface.points), 1))
    return Piece(surface=surface, colours=tint)


def cut(surface: Surface, field: Floats) -> Surface:
    """Return what lies where ``field`` (n,) is positive, cut cleanly along its zero line."""
    triangles = surface.triangles
    inside = field > 0
    count = inside[triangles].sum(axis=1)
    whole = triangles[count == 3]
    parts = [whole]
    pairs: list[np.ndarray] = []
    n_points = len(field)
    for wanted in (1, 2):
        chosen = triangles[count == wanted]
        alone = inside[chosen] == (wanted == 1)
        first = np.argmax(alone, axis=1)
        rows = np.arange(len(chosen))
        a, b, c = (chosen[rows, (first + turn) % 3] for turn in range(3))
        start = n_points + sum(map(len, pairs))
        on_ab, on_ac = start + rows, start + len(rows) + rows
        pairs.append(np.concatenate([np.stack([a, b], -1), np.stack([a, c], -1)]))
        if wanted == 1:
            parts.append(np.stack([a, on_ab, on_ac], -1))
        else:
            parts.append(np.stack([on_ab, b, c], -1))
            parts.append(np.stack([on_ab, c, on_ac], -1))
    edges = np.sort(np.concatenate(pairs), axis=1)
    edges, same = np.unique(edges, axis=0, return_inverse=True)
    joined = np.concatenate(parts)
    joined = np.where(
        joined < n_points, joined, n_points + same.ravel()[np.maximum(joined - n_points, 0)]
    )
    low, high = edges[:, 0], edges[:, 1]
    share = (field[low] / (field[low] - field[high]))[:, None]

    def extended(values: Floats) -> Floats:
        return np.concatenate([values, values[low] + share * (values[high] - values[low])])

    used, joined = np.unique(joined, return_inverse=True)
    return Surface(
        points=extended(surface.points)[used],
        triangles=joined.reshape(-1, 3),
        weights=extended(surface.weights)[used],
    )


def coarsened(surface: Surface, where: np.ndarray, grid_m: float) -> Surface:
    """Return the surface with the points of ``where`` (n,) that share a cell of a grid made one."""
    cells = np.floor(surface.points / grid_m).astype(np.int64)
    # A point outside keeps a cell of its own.
    own = np.where(where, 0, 1 + np.arange(len(where)))
    _, first, cell = np.unique(
        np.column_stack([own, cells * where[:, None]]),
        axis=0,
        return_index=True,
        return_inverse=True,
    )
    cell = cell.ravel()
    count = np.bincount(cell)[:, None]
    points = np.stack([np.bincount(cell, column) for column in surface.points.T], axis=-1) / count
    triangles = cell[surface.triangles]
    a, b, c = triangles.T
    triangles = triangles[(a != b) & (b != c) & (c != a)]
    return Surface(points=points, triangles=triangles, weights=surface.weights[first])


def compute_normals(points: Floats, triangles: np.ndarray) -> Floats:
    """Return the outward direction (n, 3) at each point."""
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    of_faces = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], of_faces)
    return normalised(normals)


def smoothed(surface: Surface, rounds: int) -> Surface:
    """Return the surface without its small bumps; its border stays where it is."""
    triangles = surface.triangles
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    _, back, times = np.unique(
        np.sort(edges, axis=1), axis=0, return_inverse=True, return_counts=True
    )
    on_border = np.zeros(len(surface.points), dtype=bool)
    on_border[edges[times[back.ravel()] == 1]] = True
    degree = np.bincount(edges.ravel(), minlength=len(surface.points))[:, None]
    points = surface.points
    for _ in range(rounds):
        total = np.zeros_like(points)
        np.add.at(total, edges[:, 0], points[edges[:, 1]])
        np.add.at(total, edges[:, 1], points[edges[:, 0]])
        points = np.where(on_border[:, None], points, 0.5 * points + 0.5 * total / degree)
    return replace(surface, points=points)


def inflated(surface: Surface, by_m: Floats | float) -> Surface:
    """Return the surface moved outwards."""
    normals = compute_normals(surface.points, surface.triangles)
    outwards = np.asarray(by_m).reshape(-1, 1) * normals
    return replace(surface, points=surface.points + outwards)


def loft(rings: Floats, weights: Floats) -> Surface:
    """Return the closed skin over rings of points (r, k, 3) with a row of weights per ring."""
    n_rings, n_around, _ = rings.shape
    row, column = np.meshgrid(np.arange(n_rings - 1), np.arange(n_around), indexing="ij")
    following = (column + 1) % n_around
    a, b = row * n_around + column, row * n_around + following
    c, d = a + n_around, b + n_around
    sides = np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)]
    )
    middles = rings[[0, -1]].mean(axis=1)
    first, last = n_rings * n_around, n_rings * n_around + 1
    around = np.arange(n_around)
    turned = (around + 1) % n_around
    end = (n_rings - 1) * n_around
    caps = np.concatenate(
        [
            np.stack([turned, around, np.full(n_around, first)], -1),
            np.stack([end + around, end + turned, np.full(n_around, last)], -1),
        ]
    )
    return Surface(
        points=np.concatenate([rings.reshape(-1, 3), middles]),
        triangles=np.concatenate([sides, caps]),
        weights=np.concatenate([np.repeat(weights, n_around, axis=0), weights[[0, -1]]]),
    )


def gathered(pieces: Sequence[Piece]) -> Piece:
    """Return all pieces as one."""
    starts = np.cumsum([0, *(len(piece.surface.points) for piece in pieces)])
    return Piece(
        surface=Surface(
            points=np.concatenate([piece.surface.points for piece in pieces]),
            triangles=np.concatenate(
                [
                    piece.surface.triangles + start
                    for piece, start in zip(pieces, starts[:-1], strict=True)
                ]
            ),
            weights=np.concatenate([piece.surface.weights for piece in pieces]),
        ),
        colours=np.concatenate([piece.colours for piece in pieces]),
    )
