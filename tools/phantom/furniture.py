"""What stands in the room: floor, walls, treadmill, handrail and a post.

How it is lit and drawn does not belong here.
"""

from collections.abc import Sequence

import numpy as np

from phantom.body import Surface
from phantom.meshes import Piece, coloured, gathered, loft
from phantom.rotations import normalised
from phantom.skeleton import SEGMENTS
from phantom.specification import Bar, Place, Rgb

BELT_LENGTH_M = 1.6
_DECK_HEIGHT_M = 0.16
_ROOM_M = 5.0


def floor_height_m(place: Place) -> float:
    """Return where the floor is, the person standing on 0."""
    return -_DECK_HEIGHT_M if place.treadmill else 0.0


def furnish(place: Place) -> Piece:
    """Return everything that stands still."""
    floor = floor_height_m(place)
    wide = _ROOM_M
    skirting = _shade(place.wall_colour, 0.75)
    pieces = [_box((-wide, -wide, floor - 0.02), (wide, wide, floor), place.floor_colour)]
    for sign in (-1, 1):
        near, far = sorted((sign * wide, sign * (wide + 0.1)))
        pieces += [
            _box((-wide, near, floor), (wide, far, 3.2), place.wall_colour),
            _box((near, -wide, floor), (far, wide, 3.2), place.wall_colour),
        ]
        near, far = sorted((sign * (wide - 0.02), sign * wide))
        pieces += [
            _box((-wide, near, floor), (wide, far, floor + 0.1), skirting),
            _box((near, -wide, floor), (far, wide, floor + 0.1), skirting),
        ]
        if place.wall_stripes:
            pieces += [
                _box((-2.4, near, 0.8), (-1.2, far, 2.1), (120, 135, 150)),
                _box((1.1, near, 1.0), (2.3, far, 1.8), (170, 120, 90)),
                _box((near, -2.0, 0.9), (far, -0.8, 2.0), (110, 140, 120)),
                _box((near, 0.9, 1.1), (far, 1.9, 1.9), (150, 140, 105)),
                _box((-wide, near, 2.4), (wide, far, 2.46), skirting),
            ]
    if place.treadmill:
        pieces += _treadmill(place, floor)
    if place.post_in_front:
        pieces.append(_tube((0.12, 1.0, floor), (0.12, 1.0, 2.2), 0.03, (90, 90, 95)))
    if place.bar is not None:
        pieces.append(_bar(place.bar, floor))
    return gathered(pieces)


def _bar(bar: Bar, floor: float) -> Piece:
    if bar.upright:
        ends = (bar.left_m, bar.back_m, floor), (bar.left_m, bar.back_m, 2.2)
    else:
        half = bar.length_m / 2
        ends = (
            (bar.left_m - half, bar.back_m, bar.height_m),
            (bar.left_m + half, bar.back_m, bar.height_m),
        )
    return _tube(*ends, bar.thickness_m / 2, bar.colour)


def _treadmill(place: Place, floor: float) -> list[Piece]:
    half, length = place.belt_width_m / 2, BELT_LENGTH_M / 2
    deck, edge = (45, 45, 48), (180, 180, 182)
    pieces = [
        _box((-half, -length, -0.03), (half, length, 0.0), (62, 62, 66)),
        _box((-half - 0.1, -length - 0.45, floor), (half + 0.1, -length, 0.06), deck),
        _box((-half - 0.1, length, floor + 0.03), (half + 0.1, length + 0.05, -0.02), edge),
    ]
    for sign in (-1, 1):
        inner, outer = sorted((sign * half, sign * (half + 0.10)))
        pieces.append(_box((inner, -length, floor + 0.03), (outer, length, 0.012), deck))
        inner, outer = sorted((sign * half, sign * (half + 0.012)))
        pieces.append(_box((inner, -length, 0.0), (outer, length, 0.018), edge))
    if place.handrail == "none":
        return pieces
    metal = (70, 72, 78)
    for sign in (-1, 1):
        x, front = sign * (half + 0.06), -length - 0.1
        back = -length + (1.5 if place.handrail == "side" else 0.45)
        pieces.append(_tube((x, front, 0.0), (x, front, 1.15), 0.03, metal))
        pieces.append(_tube((x, front, 0.92), (x, back, 0.88), 0.022, metal))
        if place.handrail == "side":
            pieces.append(_tube((x, back, 0.0), (x, back, 0.88), 0.022, metal))
    pieces.append(
        _box((-half - 0.1, -length - 0.2, 1.1), (half + 0.1, -length - 0.08, 1.4), (40, 40, 44))
    )
    return pieces


def _box(low: Sequence[float], high: Sequence[float], colour: Rgb) -> Piece:
    """Return a box whose faces do not share corners, so that its edges stay sharp."""
    points: list[np.ndarray] = []
    triangles: list[list[int]] = []
    for axis in range(3):
        across = [(axis + 1) % 3, (axis + 2) % 3]
        for end, order in ((low, (0, 2, 1, 1, 2, 3)), (high, (0, 1, 2, 1, 3, 2))):
            start = len(points)
            for u in range(2):
                for v in range(2):
                    corner = np.array(end, dtype=float)
                    corner[across[0]] = (low, high)[u][across[0]]
                    corner[across[1]] = (low, high)[v][across[1]]
                    points.append(corner)
            # Corners run v first: 0 is low-low, 1 low-high, 2 high-low, 3 high-high.
            swapped = {0: 0, 1: 2, 2: 1, 3: 3}
            triangles += [
                [start + swapped[corner] for corner in order[:3]],
                [start + swapped[corner] for corner in order[3:]],
            ]
    return coloured(_still(np.array(points), np.array(triangles)), colour)


def _tube(start: Sequence[float], end: Sequence[float], radius: float, colour: Rgb) -> Piece:
    first, last = np.array(start), np.array(end)
    along = normalised(last - first)
    aside = normalised(np.cross(along, [0.3, 0.9, 0.1]))
    third = np.cross(along, aside)
    around = np.linspace(0, 2 * np.pi, 14, endpoint=False)[:, None]
    ring = radius * (np.cos(around) * aside + np.sin(around) * third)
    rings = np.stack([first + ring, last + ring])
    surface = loft(rings, np.zeros((2, len(SEGMENTS))))
    return coloured(_still(surface.points, surface.triangles), colour)


def _still(points: np.ndarray, triangles: np.ndarray) -> Surface:
    weights = np.zeros((len(points), len(SEGMENTS)))
    weights[:, 0] = 1.0
    return Surface(points=points, triangles=triangles, weights=weights)


def _shade(colour: Rgb, share: float) -> Rgb:
    red, green, blue = (int(channel * share) for channel in colour)
    return red, green, blue
