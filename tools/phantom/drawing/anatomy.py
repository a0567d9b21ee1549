"""The joints of a drawn figure: what can be turned, by how much, and where that puts every part.

Angles are those of a clinic, in degrees, zero standing upright with the arms hanging and the palms
towards the thighs. World axes as everywhere: x to the figure's left, y backwards, z up.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from phantom.rotations import Floats, about_axis, frame_along, normalised
from phantom.skeleton import SIDES, Pose, Segment, pose_body, side_sign

_LATERAL = np.array([1.0, 0.0, 0.0])
_DOWN = np.array([0.0, 0.0, -1.0])


@dataclass(frozen=True, slots=True)
class Motion:
    """One way of moving: its limits, and how loosely it keeps to what is asked of it.

    ``give_deg`` is what one unit of the solver's cost allows where the pose asks for nothing.
    """

    least: float
    most: float
    give_deg: float


_BODY = {
    "pelvis_tilt": Motion(-75.0, 130.0, 14.0),
    "pelvis_list": Motion(-60.0, 60.0, 10.0),
    "pelvis_turn": Motion(-180.0, 180.0, 10.0),
    "trunk_flexion": Motion(-30.0, 80.0, 8.0),
    "trunk_side_bend": Motion(-35.0, 35.0, 6.0),
    "trunk_rotation": Motion(-45.0, 45.0, 6.0),
    "neck_flexion": Motion(-60.0, 50.0, 8.0),
    "neck_side_bend": Motion(-45.0, 45.0, 8.0),
    "neck_rotation": Motion(-80.0, 80.0, 8.0),
}
_LIMB = {
    "shoulder_girdle_elevation": Motion(-10.0, 35.0, 5.0),
    "shoulder_girdle_protraction": Motion(-20.0, 30.0, 5.0),
    "shoulder_flexion": Motion(-60.0, 180.0, 12.0),
    "shoulder_abduction": Motion(-60.0, 180.0, 12.0),
    "shoulder_rotation": Motion(-90.0, 90.0, 12.0),
    "elbow_flexion": Motion(0.0, 150.0, 12.0),
    "forearm_pronation": Motion(-90.0, 90.0, 14.0),
    "wrist_extension": Motion(-80.0, 92.0, 10.0),
    "wrist_deviation": Motion(-35.0, 25.0, 6.0),
    "hip_flexion": Motion(-30.0, 130.0, 10.0),
    "hip_abduction": Motion(-40.0, 60.0, 8.0),
    "hip_rotation": Motion(-50.0, 65.0, 8.0),
    "knee_flexion": Motion(0.0, 155.0, 10.0),
    "ankle_dorsiflexion": Motion(-60.0, 42.0, 10.0),
    "ankle_inversion": Motion(-25.0, 38.0, 6.0),
    "foot_turn": Motion(-15.0, 15.0, 4.0),
    "toes_extension": Motion(-35.0, 85.0, 10.0),
}
MOTIONS: Mapping[str, Motion] = _BODY | {
    f"{side}_{name}": motion for side in SIDES for name, motion in _LIMB.items()
}
"""Every angle of a pose. Signs: pelvis tilts and trunk bends forwards; list, side bend, turn and
rotation go to her left; shoulder and hip turn outwards; wrists deviate to the thumb; knees bend;
feet turn outwards.

The limits are our own wide bounds, which no body should be drawn beyond. Most lie a little outside
the Merck Manual's normal values (hip bent 125, abducted and turned 45; knee 130; ankle up 20, down
50; foot in 35, out 25; elbow 160; wrist back 70; read on secondary pages), because the ends that
weight and hands can reach lie further than those a person reaches freely: a squatting ankle, a
kneeling knee, a wrist that carries, the joint of the toes on the ball of the foot."""

BODY_NAMES, LIMB_NAMES = tuple(_BODY), tuple(_LIMB)
NAMES = tuple(MOTIONS)
N_VALUES = 3 + len(NAMES)
"""A posture as numbers: the hips' middle in metres, then every angle in radians."""
COLUMN = {name: 3 + place for place, name in enumerate(NAMES)}
LEAST = np.radians([motion.least for motion in MOTIONS.values()])
MOST = np.radians([motion.most for motion in MOTIONS.values()])

_ROOTS: Mapping[str, Floats] = {
    "upright": np.eye(3),
    "face_down": about_axis(0, 90.0),
    "face_up": about_axis(0, -90.0),
    "on_right_side": about_axis(1, -90.0),
    "on_left_side": about_axis(1, 90.0),
}
ROOTS = tuple(_ROOTS)


@dataclass(frozen=True, slots=True)
class Neutral:
    """What turns each part of a body at rest into the posture all angles are counted from."""

    turns: Mapping[Segment, Floats]
    pronation: Mapping[str, float]
    """How far each forearm is pronated at rest, radians."""

    @classmethod
    def of(cls, rest: Mapping[str, Floats], palms: Mapping[str, Floats]) -> "Neutral":
        """Return the neutral turns; ``palms`` are the axes of each hand at rest."""
        turns: dict[Segment, Floats] = {}
        pronation: dict[str, float] = {}
        for side in SIDES:
            sign = side_sign(side)
            hip, knee, ankle = (rest[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
            turns[Segment(f"{side}_thigh")] = frame_along(hip - knee, _LATERAL).T
            turns[Segment(f"{side}_shank")] = frame_along(knee - ankle, _LATERAL).T
            along = rest[f"{side}_ball"] - rest[f"{side}_heel"]
            yaw = np.degrees(np.arctan2(along[0], -along[1]))
            turns[Segment(f"{side}_foot")] = about_axis(2, -yaw)
            turns[Segment(f"{side}_toes")] = about_axis(2, -yaw)
            shoulder, elbow, wrist = (
                rest[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist")
            )
            upper, fore = elbow - shoulder, wrist - elbow
            hinge = normalised(np.cross(upper, fore))
            hanging = frame_along(_DOWN, -_LATERAL)
            turns[Segment(f"{side}_upper_arm")] = hanging @ frame_along(upper, hinge).T
            of_forearm = hanging @ frame_along(fore, hinge).T
            turns[Segment(f"{side}_forearm")] = of_forearm
            # Thumb forwards, palm to the thigh, fingers down.
            wanted = np.stack([[0.0, -1.0, 0.0], [-sign, 0.0, 0.0], _DOWN], axis=-1)
            turns[Segment(f"{side}_hand")] = wanted @ palms[side].T
            thumb = of_forearm @ palms[side][:, 0]
            pronation[side] = float(np.arctan2(-sign * thumb[0], -thumb[1]))
        return cls(turns, pronation)


_BODY_WAYS = (("flexion", 0), ("side_bend", 1), ("rotation", 2))
_LIMB_WAYS: tuple[tuple[str, int, float, bool], ...] = (
    ("shoulder_girdle_protraction", 2, -1.0, True),
    ("shoulder_flexion", 0, -1.0, False),
    ("shoulder_abduction", 1, -1.0, True),
    ("shoulder_rotation", 2, 1.0, True),
    ("elbow_flexion", 0, -1.0, False),
    ("wrist_extension", 1, -1.0, True),
    ("wrist_deviation", 0, -1.0, False),
    ("hip_flexion", 0, -1.0, False),
    ("hip_abduction", 1, -1.0, True),
    ("hip_rotation", 2, 1.0, True),
    ("knee_flexion", 0, 1.0, False),
    ("ankle_dorsiflexion", 0, -1.0, False),
    ("ankle_inversion", 1, 1.0, True),
    ("foot_turn", 2, 1.0, True),
    ("toes_extension", 0, -1.0, False),
)
"""About which axis each angle of a limb turns, its sign, and whether the right side mirrors it."""


def _turns(values: Floats, neutral: "Neutral") -> dict[str, Floats]:
    """Return the rotation (b, 3, 3) of every angle, all made at once because that is much faster.

    Trunk and neck turn by halves, in each of their two joints; the forearm takes half of what the
    hand is pronated over its place at rest.
    """
    names: list[str] = []
    axes: list[int] = []
    angles: list[Floats] = []

    def add(name: str, axis: int, angle: Floats) -> None:
        names.append(name)
        axes.append(axis)
        angles.append(angle)

    for way, axis in (("turn", 2), ("list", 1), ("tilt", 0)):
        add(f"pelvis_{way}", axis, values[:, COLUMN[f"pelvis_{way}"]])
    for part in ("trunk", "neck"):
        for way, axis in _BODY_WAYS:
            add(f"{part}_{way}", axis, values[:, COLUMN[f"{part}_{way}"]] / 2)
    for side in SIDES:
        mirror = side_sign(side)
        own = {name: values[:, COLUMN[f"{side}_{name}"]] for name in LIMB_NAMES}
        for name, axis, sign, is_mirrored in _LIMB_WAYS:
            add(f"{side}_{name}", axis, (sign * mirror if is_mirrored else sign) * own[name])
        # The shoulder blade follows the arm: about a third of what is above 30 degrees.
        raised = np.maximum(own["shoulder_flexion"], own["shoulder_abduction"])
        follows = 0.3 * np.maximum(raised - np.radians(30.0), 0.0)
        add(f"{side}_collar", 1, -mirror * (own["shoulder_girdle_elevation"] + follows))
        pronated = own["forearm_pronation"]
        add(f"{side}_hand", 2, -mirror * pronated)
        add(f"{side}_forearm", 2, -mirror * 0.5 * (pronated - neutral.pronation[side]))
    turns = np.empty((len(names), len(values), 3, 3))
    table = np.degrees(np.stack(angles))
    for axis in range(3):
        rows = [row for row, own_axis in enumerate(axes) if own_axis == axis]
        turns[rows] = about_axis(axis, table[rows])
    return dict(zip(names, turns, strict=True))


def posture(
    values: Floats, root: str, rest: Mapping[str, Floats], neutral: Neutral
) -> tuple[Pose, dict[Segment, Floats]]:
    """Return the pose of values (b, N_VALUES) and the axes (b, 3, 3) of every part.

    Columns of the axes are to her left, backwards and up, in the neutral posture.
    """
    turn = _turns(values, neutral)

    def spun(part: str) -> Floats:
        turned: Floats = (
            turn[f"{part}_flexion"] @ turn[f"{part}_side_bend"] @ turn[f"{part}_rotation"]
        )
        return turned

    axes: dict[Segment, Floats] = {}
    pelvis = _ROOTS[root] @ turn["pelvis_turn"] @ turn["pelvis_list"] @ turn["pelvis_tilt"]
    half_trunk, half_neck = spun("trunk"), spun("neck")
    axes[Segment.PELVIS] = pelvis
    axes[Segment.ABDOMEN] = pelvis @ half_trunk
    chest = axes[Segment.CHEST] = axes[Segment.ABDOMEN] @ half_trunk
    axes[Segment.NECK] = chest @ half_neck
    axes[Segment.HEAD] = axes[Segment.NECK] @ half_neck
    for side in SIDES:
        own = {name: turn[f"{side}_{name}"] for name, *_ in _LIMB_WAYS}
        axes[Segment(f"{side}_collar")] = (
            chest @ own["shoulder_girdle_protraction"] @ turn[f"{side}_collar"]
        )
        upper = (
            chest @ own["shoulder_flexion"] @ own["shoulder_abduction"] @ own["shoulder_rotation"]
        )
        bent = upper @ own["elbow_flexion"]
        axes[Segment(f"{side}_upper_arm")] = upper
        axes[Segment(f"{side}_forearm")] = bent @ turn[f"{side}_forearm"]
        axes[Segment(f"{side}_hand")] = (
            bent @ turn[f"{side}_hand"] @ own["wrist_extension"] @ own["wrist_deviation"]
        )
        thigh = pelvis @ own["hip_flexion"] @ own["hip_abduction"] @ own["hip_rotation"]
        shank = thigh @ own["knee_flexion"]
        foot = shank @ own["ankle_dorsiflexion"] @ own["foot_turn"] @ own["ankle_inversion"]
        axes[Segment(f"{side}_thigh")] = thigh
        axes[Segment(f"{side}_shank")] = shank
        axes[Segment(f"{side}_foot")] = foot
        axes[Segment(f"{side}_toes")] = foot @ own["toes_extension"]
    turns = {
        segment: frame @ neutral.turns[segment] if segment in neutral.turns else frame
        for segment, frame in axes.items()
    }
    return pose_body(rest, turns, values[:, :3]), axes
