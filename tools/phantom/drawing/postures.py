"""The postures from which poses are described: what each angle is unless a pose says otherwise."""

from collections.abc import Mapping

_HANGING = {
    "shoulder_abduction": 9.0,
    "shoulder_flexion": 2.0,
    "elbow_flexion": 14.0,
    "forearm_pronation": 10.0,
}
_STANDING = _HANGING | {"knee_flexion": 4.0, "hip_flexion": 3.0, "hip_abduction": 2.0}
_ON_ALL_FOURS = {
    "hip_flexion": 88.0,
    "knee_flexion": 90.0,
    "ankle_dorsiflexion": -46.0,
    "hip_abduction": 3.0,
    "shoulder_flexion": 88.0,
    "shoulder_abduction": 2.0,
    "elbow_flexion": 4.0,
    "forearm_pronation": 72.0,
    "wrist_extension": 84.0,
}
_ON_HER_SIDE = {"hip_abduction": 0.0, "ankle_dorsiflexion": -10.0, "elbow_flexion": 20.0}
_ON_HER_BACK = {
    "ankle_dorsiflexion": -15.0,
    "shoulder_abduction": 22.0,
    "shoulder_rotation": 0.0,
    "forearm_pronation": 70.0,
    "elbow_flexion": 8.0,
    "hip_abduction": 4.0,
}
_SEATED = {
    "hip_flexion": 86.0,
    "knee_flexion": 88.0,
    "hip_abduction": 6.0,
    "shoulder_flexion": 30.0,
    "shoulder_abduction": 6.0,
    "elbow_flexion": 55.0,
    "forearm_pronation": 80.0,
}
_LONG_SITTING = {
    "hip_flexion": 84.0,
    "knee_flexion": 4.0,
    "hip_abduction": 5.0,
    "shoulder_flexion": -38.0,
    "shoulder_abduction": 14.0,
    "elbow_flexion": 6.0,
    "wrist_extension": 55.0,
    "forearm_pronation": 60.0,
}
_KNEELING = _HANGING | {"knee_flexion": 95.0, "ankle_dorsiflexion": -40.0, "hip_flexion": 2.0}

BASES: Mapping[str, tuple[str, Mapping[str, float], Mapping[str, float]]] = {
    "standing": ("upright", {}, _STANDING),
    "kneeling": ("upright", {}, _KNEELING),
    "on_all_fours": ("face_down", {"neck_flexion": -8.0}, _ON_ALL_FOURS),
    "on_right_side": ("on_right_side", {}, _ON_HER_SIDE),
    "on_left_side": ("on_left_side", {}, _ON_HER_SIDE),
    "on_back": ("face_up", {}, _ON_HER_BACK),
    "seated": ("upright", {}, _SEATED),
    "long_sitting": ("upright", {}, _LONG_SITTING),
}
"""How the pelvis lies in the room, angles of the trunk, and angles of both sides."""
