"""What stands in the room: floor, walls, treadmill, handrail, a post, a seat; and a dumbbell.

How it is lit and drawn does not belong here.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from phantom.body import Surface
from phantom.drawing.surfaces import SEAT_SIZE_M, STEP_SIZE_M
from phantom.meshes import Piece, coloured, gathered, loft
from phantom.rotations import Floats, normalised
from phantom.skeleton import SEGMENTS, Pose, Segment
from phantom.specification import Bar, Place, Rgb

BELT_LENGTH_M = 1.6
_DECK_HEIGHT_M = 0.16
_ROOM_M = 5.0
_FLESH_M = 0.09
"""From the hips' joints down to the seat."""
_SEAT_FRONT_M, _SEAT_BACK_M = 0.25, 0.17
"""From the hips' middle to the ends of the seat."""
_STEP_ENDS_M = (0.17 - STEP_SIZE_M[1], 0.17)
"""Before and behind the ankles: the toes are at its front edge."""
_DUMBBELL = (
    (-0.07, 0.07, 0.014, (160, 164, 170)),
    (-0.125, -0.06, 0.055, (52, 56, 62)),
    (0.06, 0.125, 0.055, (52, 56, 62)),
)
"""Handle and heads, along its length: from, to, radius, colour."""


def floor_height_m(place: Place) -> float:
    """Return where the floor is, the person standing on 0."""
    return -_DECK_HEIGHT_M if place.treadmill else -place.step_m


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
    elif place.step_m:
        half = STEP_SIZE_M[0] / 2
        ahead, behind = _STEP_ENDS_M
        pieces.append(_box((-half, ahead, floor), (half, behind, 0.0), (122, 96, 70)))
    if place.post_in_front:
        pieces.append(_tube((0.12, 1.0, floor), (0.12, 1.0, 2.2), 0.03, (90, 90, 95)))
    if place.bar is not None:
        pieces.append(_bar(place.bar, floor))
    return gathered(pieces)


def seat_under(hips: Floats, floor: float, *, has_back: bool) -> Piece:
    """Return a stool or a chair for somebody whose hips' middle (3,) is there when she sits."""
    half = SEAT_SIZE_M[0] / 2
    left, front, back = float(hips[0]), hips[1] - _SEAT_FRONT_M, hips[1] + _SEAT_BACK_M
    top, leg = hips[2] - _FLESH_M, 0.04
    colour = (150, 112, 76) if has_back else (62, 66, 72)
    pieces = [_box((left - half, front, top - 0.04), (left + half, back, top), colour)]
    for x in (left - half, left + half - leg):
        pieces += [
            _box((x, y, floor), (x + leg, y + leg, top - 0.04), _shade(colour, 0.7))
            for y in (front, back - leg)
        ]
        if has_back:
            pieces.append(_box((x, back - leg, top), (x + leg, back, top + 0.42), colour))
    if has_back:
        pieces.append(
            _box((left - half, back - 0.03, top + 0.2), (left + half, back, top + 0.42), colour)
        )
    return gathered(pieces)


def dumbbell(pose: Pose) -> Piece:
    """Return a dumbbell as it is held upright in both hands, at rest, carried by the chest.

    ``pose`` is one moment in which the hands are before the chest.
    """
    chest, at = pose.turns[Segment.CHEST][0], pose.joints["chest"][0]
    wrists, elbows = (
        (pose.joints[f"left_{part}"][0] + pose.joints[f"right_{part}"][0]) / 2
        for part in ("wrist", "elbow")
    )
    held = wrists + 0.07 * normalised(wrists - elbows)
    middle = pose.rest["chest"] + chest.T @ (held - at)
    up = np.array([0.0, 0.0, 1.0])
    piece = gathered(
        [
            _tube(middle + low * up, middle + high * up, radius, colour)
            for low, high, radius, colour in _DUMBBELL
        ]
    )
    weights = np.zeros_like(piece.surface.weights)
    weights[:, SEGMENTS.index(Segment.CHEST)] = 1.0
    return replace(piece, surface=replace(piece.surface, weights=weights))


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
