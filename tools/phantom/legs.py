"""One leg: from hip and ankle to the knee, and from the knee to turned segments.

Angles are those of the frontal plane (x, z) and the sagittal plane (y, z) of the world. When the
foot stands where is the gait's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from phantom.curves import bisect
from phantom.rotations import (
    Floats,
    about_axis,
    apply,
    frame_along,
    from_rotation_vector,
    normalised,
    to_rotation_vector,
)
from phantom.skeleton import Segment, side_sign

N_COORDINATES = 9
"""Of a leg: thigh forwards, thigh inwards, thigh turn, knee bend, knee sideways, ankle (three),
toes; radians."""

_LATERAL = np.array([1.0, 0.0, 0.0])
_KNEE_TURN_SHARE = 0.6
"""How much of a knee's way inwards is turning of the thigh; the rest is the knee's own opening."""


@dataclass(frozen=True, slots=True)
class Foot:
    """A foot flat on the belt and pointing ahead; metres from the ankle."""

    ball: Floats
    """The joint of the toes, about which the heel rises."""
    heel: Floats
    """The sole under the heel, on which the foot lands."""
    middle: Floats
    """Half-way from the heel to the tip of the toes."""
    height_m: float
    rest_yaw_deg: float

    @classmethod
    def of(cls, rest: Mapping[str, Floats], side: str, sole_m: float) -> "Foot":
        """Return the foot of a body at rest with a sole of this thickness under it."""
        ankle = rest[f"{side}_ankle"]
        along = rest[f"{side}_ball"] - rest[f"{side}_heel"]
        rest_yaw = float(np.degrees(np.arctan2(along[0], -along[1])))
        height = float(ankle[2]) + sole_m
        straight = about_axis(2, -rest_yaw)
        ball = apply(straight, rest[f"{side}_ball"] - ankle)
        heel = apply(straight, rest[f"{side}_heel"] - ankle) * [1, 1, 0] - [0, 0, height]
        ends = (rest[f"{side}_heel"] + rest[f"{side}_toe"]) / 2 - ankle
        return cls(ball, heel, apply(straight, ends), height, rest_yaw)


def frontal_angles(side: str, hip: Floats, knee: Floats, ankle: Floats) -> tuple[Floats, Floats]:
    """Return thigh against vertical and thigh against shank, radians, + knee inward."""
    sign = side_sign(side)
    thigh, shank = knee - hip, ankle - knee
    of_thigh = np.arctan2(-sign * thigh[..., 0], -thigh[..., 2])
    of_shank = np.arctan2(-sign * shank[..., 0], -shank[..., 2])
    return of_thigh, of_thigh - of_shank


@dataclass(frozen=True, slots=True)
class Knee:
    """Where a knee can be, given hip and ankle: on a circle, straight ahead at 0."""

    side: str
    centre: Floats
    ahead: Floats
    inward: Floats

    @classmethod
    def of(cls, side: str, hip: Floats, ankle: Floats, lengths: tuple[float, float]) -> "Knee":
        """Return the circle; a leg too short to reach is stretched nearly straight."""
        thigh, shank = lengths
        along = ankle - hip
        distance = np.linalg.norm(along, axis=-1, keepdims=True)
        axis = along / distance
        distance = np.minimum(distance, 0.9995 * (thigh + shank))
        to_centre = (thigh**2 - shank**2 + distance**2) / (2 * distance)
        radius = np.sqrt(np.maximum(thigh**2 - to_centre**2, 0.0))
        forwards = np.array([0.0, -1.0, 0.0]) + axis[..., 1:2] * axis
        ahead = normalised(forwards)
        inward = np.cross(axis, ahead) * side_sign(side)
        return cls(side, hip + to_centre * axis, radius * ahead, radius * inward)

    def at(self, turn: Floats) -> Floats:
        """Return the knee (..., 3) at a turn inwards round the circle, radians."""
        turn = turn[..., None]
        return self.centre + np.cos(turn) * self.ahead + np.sin(turn) * self.inward


def place_knee_by_fppa(
    side: str, hip: Floats, ankle: Floats, lengths: tuple[float, float], fppa: Floats
) -> Floats:
    """Return the knee whose frontal plane projection angle is as given, radians."""
    circle = Knee.of(side, hip, ankle, lengths)
    limit = np.full(hip.shape[:-1], np.radians(80.0))
    turn = bisect(
        -limit, limit, lambda turn: frontal_angles(side, hip, circle.at(turn), ankle)[1] > fppa
    )
    return circle.at(turn)


def place_knee_by_offset(
    side: str, hip: Floats, ankle: Floats, lengths: tuple[float, float], knee_x: Floats
) -> Floats:
    """Return the knee at a sideways place, metres."""
    circle = Knee.of(side, hip, ankle, lengths)
    limit = np.full(hip.shape[:-1], np.radians(80.0))
    sign = side_sign(side)
    turn = bisect(-limit, limit, lambda turn: sign * circle.at(turn)[..., 0] < sign * knee_x)
    return circle.at(turn)


def read_leg(
    side: str,
    joints: tuple[Floats, Floats, Floats],
    foot: Floats,
    toes: Floats,
    thigh_turn: Floats,
) -> Floats:
    """Return the coordinates (..., N_COORDINATES) of a leg whose joints are placed.

    ``foot`` are its turns from pointing ahead, ``toes`` their bend upwards against the foot and
    ``thigh_turn`` an added inward turn of the thigh, radians.
    """
    hip, knee, ankle = joints
    thigh, shank = knee - hip, ankle - knee
    sign = side_sign(side)
    forwards = np.arctan2(-thigh[..., 1], -thigh[..., 2])
    inwards = np.arctan2(-sign * thigh[..., 0], -thigh[..., 2])
    neutral = frame_along(-thigh, _LATERAL)
    hinge = np.cross(shank, thigh)
    hinge = hinge * np.where(hinge[..., :1] < 0, -1.0, 1.0)
    in_neutral = apply(np.swapaxes(neutral, -1, -2), normalised(hinge))
    turn = _KNEE_TURN_SHARE * np.arctan2(in_neutral[..., 1], in_neutral[..., 0])
    turn = np.clip(turn, -np.radians(25.0), np.radians(25.0)) + sign * -1.0 * thigh_turn
    frame = neutral @ about_axis(2, np.degrees(turn))
    local = normalised(apply(np.swapaxes(frame, -1, -2), shank))
    bend = np.arctan2(local[..., 1], -local[..., 2])
    sideways = np.arcsin(np.clip(local[..., 0], -1, 1))
    of_shank = frame_along(-shank, frame[..., 0])
    of_ankle = to_rotation_vector(np.swapaxes(of_shank, -1, -2) @ foot)
    return np.concatenate(
        [np.stack([forwards, inwards, turn, bend, sideways], axis=-1), of_ankle, toes[..., None]],
        axis=-1,
    )


def turn_leg(
    side: str, coordinates: Floats, rest: Mapping[str, Floats], foot: Foot
) -> dict[Segment, Floats]:
    """Return the turns from rest of thigh, shank, foot and toes."""
    sign = side_sign(side)
    forwards, inwards, turn, bend, sideways = np.moveaxis(coordinates[..., :5], -1, 0)
    # Times the cosine, so that a thigh may also be level or point upwards.
    level = np.cos(forwards)
    down = np.stack([-sign * np.tan(inwards) * level, -np.sin(forwards), -level], axis=-1)
    of_thigh = frame_along(-down, _LATERAL) @ about_axis(2, np.degrees(turn))
    flat = np.cos(sideways)
    local = np.stack([np.sin(sideways), flat * np.sin(bend), -flat * np.cos(bend)], axis=-1)
    of_shank = frame_along(-apply(of_thigh, local), of_thigh[..., 0])
    of_foot = of_shank @ from_rotation_vector(coordinates[..., 5:8])
    of_toes = of_foot @ about_axis(0, -np.degrees(coordinates[..., 8]))

    hip, knee, ankle = (rest[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
    from_rest = about_axis(2, -foot.rest_yaw_deg)
    return {
        Segment(f"{side}_thigh"): of_thigh @ frame_along(hip - knee, _LATERAL).T,
        Segment(f"{side}_shank"): of_shank @ frame_along(knee - ankle, _LATERAL).T,
        Segment(f"{side}_foot"): of_foot @ from_rest,
        Segment(f"{side}_toes"): of_toes @ from_rest,
    }
