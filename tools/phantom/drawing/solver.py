"""Finds the posture nearest to the angles asked for in which everything touches what it should.

A damped least squares search over the place of the hips and every angle. Contacts weigh far more
than angles, asked angles more than those of the base posture.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from phantom.clothing import SOLE_M
from phantom.drawing.anatomy import LEAST, MOST, MOTIONS, N_VALUES, NAMES, posture
from phantom.drawing.figures import Figure
from phantom.drawing.surfaces import Plane
from phantom.rotations import Floats
from phantom.skeleton import SEGMENTS, SIDES, Pose, Segment

_ASKED_GIVE_DEG = 2.0
_UPRIGHT_GIVE_DEG = {"pelvis_turn": 3.0, "pelvis_list": 3.5}
"""Standing people keep facing ahead and level."""
_BETWEEN_GIVE_DEG = 3.0
_LIMIT_GIVE_DEG = 0.25
_CONTACT_GIVE_M = 0.0008
_KEPT_GIVE_M = 0.0012
_UNDER_GIVE_M = 0.0015
_PLACE_GIVE_M = 0.5
_ASKED_PLACE_GIVE_M = 0.01
_BALANCE_GIVE_M = 0.012
_LOOSENED = (60.0, 8.0, 1.0)
_GOOD = 25.0
"""A cost at which no other start is tried."""
_ROUNDS = 60
_STEP = 1e-5
_SETTLED, _SETTLED_SHARE, _STALLS = 0.004, 1e-4, 2
"""After so many rounds that each gain less than this cost or this part of it, the search ends."""
_NEARLY_UNDER_M = 0.04
_MASSES: Mapping[str, tuple[str, str, float]] = {
    "pelvis": ("pelvis", "abdomen", 0.13),
    "trunk": ("abdomen", "neck", 0.32),
    "head": ("neck", "head", 0.08),
    **{
        f"{side}_{part}": (f"{side}_{first}", f"{side}_{last}", share)
        for side in SIDES
        for part, first, last, share in (
            ("upper_arm", "shoulder", "elbow", 0.027),
            ("forearm", "elbow", "wrist", 0.022),
            ("thigh", "hip", "knee", 0.142),
            ("shank", "knee", "ankle", 0.043),
            ("foot", "heel", "ball", 0.014),
        )
    },
}
"""Between which joints each part's weight is, and its share of the body's: rounded from the usual
anthropometric tables; it only decides where she stands over her feet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A place of the body on a plane, or on another place of the body (``on_place``).

    ``kept`` holds where each group of the place stays, (groups, 3); None lets it slide.
    """

    place: str
    plane: Plane | None = None
    on_place: str = ""
    kept: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a posture shall be like."""

    values: Floats
    """(N_VALUES,): metres, then radians."""
    give: Floats
    """(N_VALUES,) in the same units: what one unit of cost allows."""
    contacts: Sequence[Contact]
    solid: Sequence[Plane]
    """Planes that nothing goes through."""
    balance_on: Sequence[str] = ()
    """Places over whose middle the weight shall be."""
    loosened: float = 1.0
    """How much more than usual contacts and solid planes give way."""


class Body:
    """A figure that can be bent: from values to joints and skin."""

    def __init__(self, figure: Figure, root: str, *, has_shoes: bool) -> None:
        self.figure, self.root = figure, root
        self._neutral = figure.neutral()
        points = figure.points.copy()
        if has_shoes:
            lowered = {
                row
                for side in SIDES
                for place in ("foot", "forefoot", "heel", "toes")
                for (row,) in figure.places[f"{side}_{place}"]
            }
            points[sorted(lowered), 2] -= SOLE_M
        ahead = np.concatenate([points, np.ones((len(points), 1))], axis=1)
        # One product moves all points: (points, segments x 4) by (segments x 4, 3).
        self._moved_by = (figure.weights[:, :, None] * ahead[:, None, :]).reshape(len(points), -1)

    def pose(self, values: Floats) -> tuple[Pose, dict[Segment, Floats]]:
        """Return joints and axes for values (b, N_VALUES)."""
        return posture(values, self.root, self.figure.rest, self._neutral)

    def skin(self, pose: Pose, rows: np.ndarray | None = None) -> Floats:
        """Return the sampled skin (b, n, 3) of a pose; with ``rows`` the others are left at 0."""
        moves = np.swapaxes(pose.transforms(), 2, 3)
        batch = moves.shape[0]
        table = moves.reshape(batch, len(SEGMENTS) * 4, 3).transpose(1, 0, 2)
        some = self._moved_by if rows is None else self._moved_by[rows]
        flat = some @ table.reshape(len(SEGMENTS) * 4, -1)
        points: Floats = flat.reshape(-1, batch, 3).transpose(1, 0, 2)
        if rows is None:
            return points
        spread = np.zeros((batch, len(self._moved_by), 3))
        spread[:, rows] = points
        return spread

    def rows(self, places: Iterable[str]) -> np.ndarray:
        """Return the rows of the skin that belong to some places."""
        own = [row for place in places for group in self.figure.places[place] for row in group]
        return np.array(own, dtype=int)

    def groups(self, skin: Floats, place: str) -> Floats:
        """Return the middle of every group of a place, (b, groups, 3)."""
        groups = self.figure.places[place]
        return np.stack([skin[:, list(rows)].mean(axis=1) for rows in groups], axis=1)


def asked_give(
    asked: frozenset[str], *, is_upright: bool, is_placed: bool, is_raised: bool
) -> Floats:
    """Return how much each value of a key pose gives way."""
    stiff = _UPRIGHT_GIVE_DEG if is_upright else {}
    degrees = [
        _ASKED_GIVE_DEG if name in asked else stiff.get(name, motion.give_deg)
        for name, motion in MOTIONS.items()
    ]
    across = _ASKED_PLACE_GIVE_M if is_placed else _PLACE_GIVE_M
    return np.concatenate(
        [
            [across, across, _ASKED_PLACE_GIVE_M if is_raised else 4 * _PLACE_GIVE_M],
            np.radians(degrees),
        ]
    )


def between_give() -> Floats:
    """Return how much each value gives way between two key poses."""
    return np.concatenate([[0.03] * 3, np.full(len(NAMES), np.radians(_BETWEEN_GIVE_DEG))])


def solve_afresh(body: Body, wish: Wish, starts: Sequence[Floats]) -> Floats:
    """Return the best values for a wish that may be far from every start.

    Contacts are loose at first, so that a limb is not caught on the wrong side of the floor.
    """
    found: list[tuple[float, Floats]] = []
    for start in starts:
        values = start
        for loosened in _LOOSENED:
            values = solve(body, replace(wish, loosened=loosened), values)
        everything = np.arange(len(body.figure.points))
        residuals = _residuals(body, wish, values[None], everything, everything)[0]
        found.append((float(residuals @ residuals), values))
        if found[-1][0] < _GOOD:
            break
    return min(found, key=lambda pair: pair[0])[1]


def solve(body: Body, wish: Wish, first: Floats) -> Floats:
    """Return the values (N_VALUES,) nearest to a wish, searched from ``first``."""
    values, damping, stalls = first.copy(), 1e-3, 0

    def cost_of(many: Floats, rows: np.ndarray) -> Floats:
        return _residuals(body, wish, many, rows, np.union1d(rows, always))

    touching = {place for each in wish.contacts for place in (each.place, each.on_place) if place}
    always = body.rows({*touching, *wish.balance_on})
    for _ in range(_ROUNDS):
        skin = body.skin(body.pose(values[None])[0])[0]
        rows = _nearly_under(skin, wish.solid)
        tried = np.concatenate([values[None], values + _STEP * np.eye(N_VALUES)])
        residuals = cost_of(tried, rows)
        now = residuals[0]
        slope = (residuals[1:] - now).T / _STEP
        gradient, curvature = slope.T @ now, slope.T @ slope
        cost = float(now @ now)
        moved = False
        for _ in range(10):
            damped = curvature + damping * np.diag(np.diag(curvature) + 1e-9)
            step = -np.linalg.solve(damped, gradient)
            step = step * min(1.0, 0.6 / float(np.abs(step).max() + 1e-12))
            there = cost_of((values + step)[None], rows)[0]
            after = float(there @ there)
            if after < cost:
                values = values + step
                damping = max(damping / 4, 1e-7)
                moved = True
                settled = max(_SETTLED, _SETTLED_SHARE * cost)
                stalls = 0 if cost - after > settled else stalls + 1
                break
            damping *= 6
        if not moved or stalls == _STALLS:
            break
    return values


def _nearly_under(skin: Floats, solid: Sequence[Plane]) -> np.ndarray:
    close = np.zeros(len(skin), dtype=bool)
    for plane in solid:
        close |= (skin - plane.point) @ plane.normal < _NEARLY_UNDER_M
    return np.flatnonzero(close)


def _residuals(
    body: Body, wish: Wish, values: Floats, rows: np.ndarray, needed: np.ndarray
) -> Floats:
    pose, _ = body.pose(values)
    skin = body.skin(pose, needed)
    angles = values[:, 3:]
    beyond = np.maximum(angles - MOST, 0.0) + np.minimum(angles - LEAST, 0.0)
    parts = [(values - wish.values) / wish.give, beyond / np.radians(_LIMIT_GIVE_DEG)]
    for contact in wish.contacts:
        parts += [part / wish.loosened for part in _of_contact(body, contact, skin)]
    for plane in wish.solid:
        height = (skin[:, rows] - plane.point) @ plane.normal
        parts.append(np.minimum(height, 0.0) / (_UNDER_GIVE_M * wish.loosened))
    if wish.balance_on:
        feet = np.concatenate([body.groups(skin, place) for place in wish.balance_on], axis=1)
        away = (weight_middle(pose) - feet.mean(axis=1))[:, :2]
        parts.append(away / _BALANCE_GIVE_M)
    return np.concatenate(parts, axis=1)


def _of_contact(body: Body, contact: Contact, skin: Floats) -> list[Floats]:
    groups = body.groups(skin, contact.place)
    if contact.plane is None:
        other = body.groups(skin, contact.on_place).mean(axis=1)
        return [(groups.mean(axis=1) - other) / (2 * _KEPT_GIVE_M)]
    parts = [gaps(body, contact.place, contact.plane, skin) / _CONTACT_GIVE_M]
    if contact.kept is not None:
        drift = groups - contact.kept
        across = drift - (drift @ contact.plane.normal)[..., None] * contact.plane.normal
        parts.append(across.reshape(len(skin), -1) / _KEPT_GIVE_M)
    return parts


def gaps(body: Body, place: str, plane: Plane, skin: Floats) -> Floats:
    """Return how far the lowest point of every group is from a plane, (b, groups) in metres."""
    return np.stack(
        [
            ((skin[:, list(rows)] - plane.point) @ plane.normal).min(axis=1)
            for rows in body.figure.places[place]
        ],
        axis=1,
    )


def weight_middle(pose: Pose) -> Floats:
    """Return where the body's weight is in the middle, (b, 3)."""
    total = sum(share for _, _, share in _MASSES.values())
    middle: Floats = sum(
        (pose.joints[first] + pose.joints[last]) * (share / 2 / total)
        for first, last, share in _MASSES.values()
    )  # type: ignore[assignment]
    return middle
