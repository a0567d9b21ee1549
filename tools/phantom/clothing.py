"""Dresses a body: clothes, shoes and hair with clean edges, the skin under them taken away.

How the pieces are moved and drawn does not belong here.
"""

from collections.abc import Iterable

import numpy as np

from phantom.body import Body, Surface
from phantom.meshes import Piece, coarsened, coloured, cut, gathered, inflated, loft, smoothed
from phantom.rotations import Floats, about_axis, normalised
from phantom.skeleton import SEGMENTS, SIDES, Segment, side_sign
from phantom.specification import Clothes, Rgb

SOLE_M = 0.025
"""Thickness of every sole."""

_OVERLAP_M = 0.02
"""How far skin goes on under a garment's edge."""
_HEM = {"shorts": 0.55, "short_tights": 0.62, "tights": 1.9, "loose_trousers": 1.93, "none": 0.12}
"""Where trouser legs end: 1 is the knee, 2 the ankle."""
_SLEEVE = {"singlet": 0.12, "t_shirt": 0.62, "long_sleeves": 1.88}
"""Where sleeves end: 1 is the elbow, 2 the wrist."""
_EASE_M = {
    "shorts": 0.016,
    "short_tights": 0.004,
    "tights": 0.003,
    "loose_trousers": 0.016,
    "none": 0.004,
}
_TOP_EASE_M = {"singlet": 0.006, "t_shirt": 0.013, "long_sleeves": 0.013}
_FLARE_M = 0.022
"""How much wider than the leg a loose trouser is at its hem."""


def dress(
    body: Body,
    clothes: Clothes,
    skin_colour: Rgb,
    *,
    is_barefoot: bool = False,
    is_fine: bool = False,
) -> Piece:
    """Return everything that is seen of a person, at rest.

    ``is_fine`` keeps every point of head and hands.
    """
    skin = body.skin if is_fine else _coarse_where_detail_is_small(body.skin)
    legs_field = _legs_field(body, skin, clothes.legs)
    top_field = _top_field(body, skin, clothes.top)
    shoe_field = -np.ones(len(skin.points)) if is_barefoot else 0.045 - skin.points[:, 2]
    hair_field = _hair_field(body, skin)
    covered = np.maximum(legs_field, top_field)
    hidden = np.maximum(covered, shoe_field)
    # Skin that goes on under cloth comes through it where cloth bends, unless it lies deeper.
    under = inflated(skin, -0.006 * np.clip(hidden / 0.01, 0.0, 1.0)) if is_fine else skin
    bare = cut(under, _OVERLAP_M - hidden)

    legs = smoothed(cut(skin, legs_field), 2 if is_fine else 6)
    # Close at the waist, where the top hangs over it.
    below_waist = np.clip((body.joints["abdomen"][2] - 0.06 - legs.points[:, 2]) / 0.1, 0.0, 1.0)
    at_waist = -0.004 if is_fine else 0.003
    legs = inflated(legs, at_waist + below_waist * (_EASE_M[clothes.legs] - at_waist))
    if clothes.legs == "loose_trousers":
        legs = _flared(body, legs)
    top = inflated(smoothed(cut(skin, top_field), 4 if is_fine else 10), _TOP_EASE_M[clothes.top])
    pieces = [
        _face(body, bare, skin_colour, clothes.hair_colour, 0.3 if is_fine else 0.65),
        _eyes(body),
        coloured(legs, clothes.legs_colour),
        coloured(top, clothes.top_colour),
    ]
    for side in () if is_barefoot else SIDES:
        pieces += _shoe(body, side, clothes)
    if clothes.hair != "none":
        scalp = inflated(smoothed(cut(skin, hair_field), 3), _hair_thickness(body, clothes.hair))
        pieces.append(coloured(scalp, clothes.hair_colour))
    if clothes.hair == "ponytail":
        pieces.append(coloured(_ponytail(body), clothes.hair_colour))
    if clothes.hair == "bun":
        pieces.append(coloured(_bun(body), clothes.hair_colour))
    return gathered(pieces)


def _coarse_where_detail_is_small(skin: Surface) -> Surface:
    """Return the skin with fewer points on head and hands, which have half of them."""
    head = _share(skin, ["head"]) > 0.9
    skin = coarsened(skin, head, 0.006)
    hands = _share(skin, [f"{side}_hand" for side in SIDES]) > 0.9
    return coarsened(skin, hands, 0.008)


def _share(surface: Surface, segments: Iterable[str]) -> Floats:
    """Return how much of each point belongs to some segments."""
    columns = [SEGMENTS.index(Segment(name)) for name in segments]
    share: Floats = surface.weights[:, columns].sum(axis=1)
    return share


def _along(points: Floats, joints: tuple[Floats, Floats, Floats]) -> Floats:
    """Return how far along a limb points lie: 1 at its middle joint, 2 at its end."""
    first, second, third = joints
    upper, lower = second - first, third - second
    on_upper = (points - first) @ upper / (upper @ upper)
    on_lower = (points - second) @ lower / (lower @ lower)
    along: Floats = np.where(on_upper < 1, on_upper, 1 + np.maximum(on_lower, 0.0))
    return along


def _limb(body: Body, side: str, parts: tuple[str, str, str]) -> tuple[Floats, Floats, Floats]:
    first, second, third = (body.joints[f"{side}_{part}"] for part in parts)
    return first, second, third


def _legs_field(body: Body, surface: Surface, legs: str) -> Floats:
    """Return metres inside the trousers' edges."""
    points = surface.points
    waist = body.joints["abdomen"][2] - points[:, 2]
    hem = np.empty(len(points))
    for side in SIDES:
        own = side_sign(side) * points[:, 0] >= 0
        along = _along(points[own], _limb(body, side, ("hip", "knee", "ankle")))
        hem[own] = (_HEM[legs] - along) * 0.4
    arms = [f"{side}_{part}" for side in SIDES for part in ("upper_arm", "forearm", "hand")]
    field: Floats = np.minimum(np.minimum(waist, hem), 0.5 - _share(surface, arms))
    return field


def _top_field(body: Body, surface: Surface, top: str) -> Floats:
    """Return metres inside the edges of what is worn above."""
    points = surface.points
    hem = points[:, 2] - (body.joints["abdomen"][2] - 0.04)
    neck, head = body.joints["neck"], body.joints["head"]
    up = normalised(np.array([0.0, -0.45, 1.0]))
    collar = (neck + 0.15 * (head - neck) - points) @ up
    sleeve = np.empty(len(points))
    for side in SIDES:
        own = side_sign(side) * points[:, 0] >= 0
        along = _along(points[own], _limb(body, side, ("shoulder", "elbow", "wrist")))
        arm = _share(surface, [f"{side}_{part}" for part in ("upper_arm", "forearm", "hand")])[own]
        sleeve[own] = (_SLEEVE[top] - along * np.clip(4.0 * arm - 1.6, 0.0, 1.0)) * 0.25
    # Hands hang lower than the hem and would be taken for a skirt.
    hands = _share(surface, [f"{side}_hand" for side in SIDES])
    edges = [np.where(_is_arm(surface), 1.0, hem), collar, sleeve, 0.5 - hands]
    field: Floats = np.minimum.reduce(edges)
    return field


def _is_arm(surface: Surface) -> np.ndarray:
    arms = [f"{side}_{part}" for side in SIDES for part in ("upper_arm", "forearm", "hand")]
    is_arm: np.ndarray = _share(surface, arms) > 0.9
    return is_arm


def _hair_field(body: Body, surface: Surface) -> Floats:
    """Return metres behind and above the hairline."""
    crown, head = body.crown, body.joints["head"]
    size = crown[2] - head[2]
    backwards = normalised(np.array([0.0, 0.8, 0.6]))
    line = head + np.array([0.0, -0.33 * size, 0.42 * size])
    on_head = (_share(surface, ["head"]) - 0.5) * 0.1
    field: Floats = np.minimum((surface.points - line) @ backwards, on_head)
    return field


def _hair_thickness(body: Body, hair: str) -> float:
    return 0.012 if hair == "short" else 0.008


def _ponytail(body: Body) -> Surface:
    crown, head = body.crown, body.joints["head"]
    size = crown[2] - head[2]
    knot = head + np.array([0.0, 0.78 * size, 0.55 * size])
    place = np.linspace(0, 1, 10)
    middle = knot + np.stack(
        [0 * place, 0.05 * np.sin(2.2 * place), -0.22 * place**1.4 + 0.015 * place], axis=-1
    )
    radius = 0.030 * np.sqrt(np.clip(np.sin(np.pi * (0.12 + 0.86 * place)), 0.02, 1))
    around = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    ring = np.stack([np.cos(around), 0.7 * np.sin(around), 0 * around], axis=-1)
    weights = np.zeros((len(place), len(SEGMENTS)))
    weights[:, SEGMENTS.index(Segment.HEAD)] = 1.0
    # Rings run downwards, so they are taken from the tip up to face outwards.
    return loft((middle[:, None] + radius[:, None, None] * ring)[::-1], weights)


def _bun(body: Body) -> Surface:
    """Return hair wound up at the back of the head, which no posture moves."""
    crown, head = body.crown, body.joints["head"]
    size = crown[2] - head[2]
    middle = head + np.array([0.0, 0.84 * size, 0.62 * size])
    down = np.linspace(0.05, np.pi - 0.05, 9)
    around = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    rings = np.empty((len(down), len(around), 3))
    rings[..., 0] = np.sin(down)[:, None] * np.cos(around)
    rings[..., 1] = np.sin(down)[:, None] * np.sin(around)
    rings[..., 2] = -np.cos(down)[:, None]
    weights = np.zeros((len(down), len(SEGMENTS)))
    weights[:, SEGMENTS.index(Segment.HEAD)] = 1.0
    return loft(middle + rings * [0.036, 0.031, 0.036], weights)


def _flared(body: Body, legs: Surface) -> Surface:
    """Return trouser legs widened to hang free of the leg below the seat."""
    points = legs.points.copy()
    for side in SIDES:
        joints = _limb(body, side, ("hip", "knee", "ankle"))
        own = np.flatnonzero(side_sign(side) * points[:, 0] >= 0)
        along = _along(points[own], joints)
        hip, knee, ankle = joints
        upper, lower = np.clip(along, 0, 1)[:, None], np.clip(along - 1, 0, 1)[:, None]
        axis = hip + upper * (knee - hip) + lower * (ankle - knee)
        from_axis = points[own] - axis
        from_axis[:, 2] = 0.0
        distance = np.linalg.norm(from_axis, axis=1)
        hang = np.clip((along - 0.25) / 0.5, 0.0, 1.0)
        wide = np.interp(along, [0.3, 1.0, 2.0], [0.075, 0.078, 0.078])
        wanted = np.maximum(distance + _FLARE_M * np.clip(along / 2, 0, 1), wide)
        grown = distance + hang * (wanted - distance)
        points[own] += from_axis * (grown / np.maximum(distance, 0.01) - 1)[:, None]
    return Surface(points=points, triangles=legs.triangles, weights=legs.weights)


def _eyes(body: Body) -> Piece:
    points = body.eyes.points
    colours = np.full((len(points), 3), 225, dtype=np.uint8)
    for side in SIDES:
        own = side_sign(side) * points[:, 0] > 0
        front = points[:, 1] < points[own, 1].min() + 0.004
        colours[own & front] = (50, 35, 25)
    return Piece(surface=body.eyes, colours=colours)


def _face(body: Body, bare: Surface, skin: Rgb, hair: Rgb, brow_share: float) -> Piece:
    """Return the bare skin with brows and lips a little darker."""
    piece = coloured(bare, skin)
    colours = piece.colours.astype(float)
    points = bare.points
    eyes = body.eyes.points
    eye_z, eye_y = eyes[:, 2].mean(), eyes[:, 1].min()
    out = np.abs(points[:, 0])
    forward = points[:, 1] < eye_y + 0.012
    height = points[:, 2] - eye_z
    brow = forward & (out > 0.012) & (out < 0.05) & (np.abs(height - 0.022) < 0.006)
    lips = (points[:, 1] < eye_y - 0.004) & (out < 0.025) & (np.abs(height + 0.073) < 0.009)
    colours[brow] = (1 - brow_share) * colours[brow] + brow_share * np.array(hair)
    colours[lips] = colours[lips] * [0.8, 0.55, 0.55]
    return Piece(surface=bare, colours=colours.astype(np.uint8))


def _shoe(body: Body, side: str, clothes: Clothes) -> list[Piece]:
    """Return upper and sole of a running shoe built round the foot."""
    ankle, heel, ball = (body.joints[f"{side}_{part}"] for part in ("ankle", "heel", "ball"))
    skin = body.skin
    own = _share(skin, [f"{side}_foot", f"{side}_toes"]) > 0.5
    along = ball - heel
    yaw = float(np.degrees(np.arctan2(along[0], -along[1])))
    straight = about_axis(2, -yaw)
    foot = (skin.points[own] - ankle) @ straight.T + [0, 0, ankle[2]]
    back, tip = foot[:, 1].max() + 0.008, foot[:, 1].min() - 0.012
    ball_y = ((ball - ankle) @ straight.T)[1]
    place = (1 - np.cos(np.linspace(0, np.pi, 22))) / 2
    stations = back + place * (tip - back)
    outline = np.empty((3, len(stations)))
    for row, station in enumerate(stations):
        near = foot[np.abs(foot[:, 1] - np.clip(station, tip + 0.03, back - 0.02)) < 0.02]
        low = near[near[:, 2] < 0.07]
        outline[0, row], outline[1, row] = low[:, 0].max() + 0.006, low[:, 0].min() - 0.006
        outline[2, row] = min(near[:, 2].max() + 0.008, 0.088)
    left, right, top = (_eased(values) for values in outline)
    round_off = np.sqrt(np.clip(1 - np.abs(2 * place - 1) ** 5, 0.0, 1.0))
    middle, half = (left + right) / 2, (left - right) / 2 * round_off
    toe_cap = np.clip((place - 0.72) / 0.28, 0, 1)
    top = np.maximum(top * (1 - 0.35 * toe_cap**2), 0.03)
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    bent = np.clip((ball_y - stations) / 0.03 + 0.5, 0.0, 1.0)
    weights = np.zeros((len(stations), len(SEGMENTS)))
    weights[:, SEGMENTS.index(Segment(f"{side}_toes"))] = bent
    weights[:, SEGMENTS.index(Segment(f"{side}_foot"))] = 1 - bent

    def shell(low: Floats, high: Floats, wider: float, power: float) -> Surface:
        cosine, sine = np.cos(around), np.sin(around)
        x = np.sign(cosine) * np.abs(cosine) ** power
        z = np.sign(sine) * np.abs(sine) ** power
        rings = np.empty((len(stations), len(around), 3))
        rings[..., 0] = middle[:, None] + (half + wider * round_off)[:, None] * x
        rings[..., 1] = stations[:, None]
        rings[..., 2] = ((low + high) / 2)[:, None] + ((high - low) / 2)[:, None] * z
        placed = (rings - [0, 0, ankle[2]]) @ straight + ankle
        return loft(placed, weights)

    ground = np.full(len(stations), -SOLE_M)
    lifted = ground + 0.012 * toe_cap**2
    return [
        coloured(shell(lifted + 0.012, top, 0.0, 0.75), clothes.shoe_colour),
        coloured(shell(lifted, lifted + 0.027, 0.004, 0.35), clothes.sole_colour),
    ]


def _eased(values: Floats) -> Floats:
    padded = np.concatenate([values[:1], values, values[-1:]])
    eased: Floats = 0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:]
    return eased
