"""What a drawn posture measures, from its joints alone, as a clip of a person could be measured.

These are the targets beside each pose. They are written by the tool and never by hand.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from phantom.drawing.loop import Loop
from phantom.rotations import Floats, normalised
from phantom.skeleton import SIDES, side_sign
from phantom.truth import leg_length, measure_stance

Measured = dict[str, "float | dict[str, float]"]
_HEADER = "targets:  # measured on the drawn figure: do not edit\n"


def measure(joints: Mapping[str, Floats]) -> Measured:
    """Return what the joints (3,) of one posture measure, in whole degrees.

    Trunk lean is the line from the hips' to the shoulders' middle against the vertical. Hip angles
    are those of the thigh against that line and the line of the hips, so that the bend of the back
    counts as the hip's, as it does for a camera that sees no spine. The ankle's is the shank
    against the line from heel to toe, 0 at a right angle.
    """
    hips = (joints["left_hip"] + joints["right_hip"]) / 2
    up = normalised((joints["left_shoulder"] + joints["right_shoulder"]) / 2 - hips)
    across = joints["left_hip"] - joints["right_hip"]
    left = normalised(across - (across @ up) * up)
    forwards = np.cross(left, up)
    measured: Measured = {"trunk_lean_deg": _degrees(np.arccos(np.clip(up[2], -1, 1)))}
    for side in SIDES:
        hip, knee, ankle, heel, toe = (
            joints[f"{side}_{name}"] for name in ("hip", "knee", "ankle", "heel", "toe")
        )
        thigh, shank = normalised(knee - hip), normalised(ankle - knee)
        foot = normalised(toe - heel)
        measured[side] = {
            "knee_flexion_deg": _degrees(_angle(thigh, shank)),
            "hip_flexion_deg": _degrees(np.arctan2(thigh @ forwards, -(thigh @ up))),
            "hip_abduction_deg": _degrees(
                np.arcsin(np.clip(thigh @ left, -1, 1)) * side_sign(side)
            ),
            "ankle_dorsiflexion_deg": _degrees(_angle(shank, foot) - np.pi / 2),
        }
    return measured


def measure_squat(standing: Mapping[str, Floats], bottom: Mapping[str, Floats]) -> Measured:
    """Return what a squat measures as the truth of a rendered clip does, in whole per cent.

    The drop of the hips from standing in % of leg length, each knee from the line over its foot
    (+ inward) and the knees' distance over the ankles' at the bottom.
    """
    at_once = {name: place[None] for name, place in bottom.items()}
    drop = _hips_height(standing) - _hips_height(bottom)
    gaps = [bottom[f"left_{part}"][0] - bottom[f"right_{part}"][0] for part in ("knee", "ankle")]
    measured: Measured = {
        "depth_pct": _whole(100 * drop / leg_length("left", at_once)),
        "knee_to_ankle_gap_ratio": round(float(gaps[0] / gaps[1]), 2),
    }
    for side in SIDES:
        over_foot = measure_stance(side, at_once)["knee_over_foot_pct"][0]
        measured[side] = {"knee_over_foot_pct": _whole(over_foot)}
    return measured


def targets_of(loop: Loop) -> dict[str, Measured]:
    """Return what start and finish of an exercise measure, and what a clip of it would show."""
    ends = {}
    for name, key in (("start", loop.spec.start), ("finish", loop.spec.finish)):
        pose, _ = loop.body.pose(loop.keys[loop.spec.loop.index(key)][None])
        ends[name] = {joint: place[0] for joint, place in pose.joints.items()}
    found = {name: measure(joints) for name, joints in ends.items()}
    if loop.spec.clip == "squat":
        found["clip"] = measure_squat(ends["start"], ends["finish"])
    return found


def write_targets(path: Path, loop: Loop) -> None:
    """Write the targets of a solved exercise at the end of its specification."""
    text = path.read_text(encoding="utf-8").split("targets:")[0].rstrip() + "\n" + _HEADER
    for name, measured in targets_of(loop).items():
        text += f"  {name}:\n"
        for key, value in measured.items():
            if isinstance(value, dict):
                inside = ", ".join(f"{part}: {degrees:g}" for part, degrees in value.items())
                text += f"    {key}: {{{inside}}}\n"
            else:
                text += f"    {key}: {value:g}\n"
    path.write_text(text, encoding="utf-8")


def _angle(first: Floats, second: Floats) -> float:
    return float(np.arccos(np.clip(first @ second, -1.0, 1.0)))


def _hips_height(joints: Mapping[str, Floats]) -> float:
    return float((joints["left_hip"][2] + joints["right_hip"][2]) / 2)


def _degrees(radians: Any) -> float:
    return _whole(np.degrees(radians))


def _whole(value: Any) -> float:
    return float(np.round(value)) + 0.0
