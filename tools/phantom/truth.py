"""What is true of a clip: every frame's joints and every step's or repetition's measures.

Measured from the joints alone, projected without perspective onto the runner's own frontal plane
(x, z) or sagittal plane (y, z); how the pose came about and what the camera makes of it play no
part in the measures.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from phantom.camera import Eye
from phantom.legs import frontal_angles
from phantom.rotations import Floats
from phantom.running import Runner
from phantom.skeleton import SIDES, other_side, side_sign
from phantom.specification import Clip, write_clip
from phantom.squatting import Squatter

WRITTEN_JOINTS = tuple(
    f"{side}_{part}"
    for part in ("shoulder", "hip", "knee", "ankle", "heel", "toe")
    for side in SIDES
)

Joints = Mapping[str, Floats]

TELLING_BEND_DEG = (45.0, 60.0)
"""Of a squat's knee: less, and the leg is too straight for an FPPA; more, and the thigh points at
the lens."""


def measure_stance(side: str, joints: Joints) -> dict[str, Floats]:
    """Return the measures of a standing leg at each moment; signs and units by name.

    ``femoral_adduction_deg``
        Thigh, hip to knee, against the vertical; + knee towards the midline.
    ``fppa_deg``
        Thigh against shank; + knee inward of the line from hip to ankle.
    ``knee_over_foot_pct``
        Knee's sideways distance from the middle of heel and toe, % of shank length; + inward.
    ``knee_gap_pct``
        Sideways distance between the knees, % of shank length; negative when they cross.
    ``trunk_lean_deg``
        Hips' middle to shoulders' middle against the vertical; + towards the standing side.
    ``pelvic_drop_deg``
        Line of the hips against level; + swinging side lower.
    ``knee_flexion_deg``
        Bend of the knee seen from the side; 0 is straight.
    ``trunk_lean_forward_deg``
        Trunk against the vertical seen from the side; + forwards.
    """
    sign = side_sign(side)
    hip, knee, ankle, heel, toe = (
        joints[f"{side}_{part}"] for part in ("hip", "knee", "ankle", "heel", "toe")
    )
    shank_m = _length(knee, ankle)
    inwards, fppa = frontal_angles(side, hip, knee, ankle)
    hips, shoulders = (
        (joints[f"left_{part}"] + joints[f"right_{part}"]) / 2 for part in ("hip", "shoulder")
    )
    trunk = shoulders - hips
    across = hip - joints[f"{other_side(side)}_hip"]
    thigh, shank = knee - hip, ankle - knee
    bend = np.arctan2(-thigh[..., 1], -thigh[..., 2]) - np.arctan2(-shank[..., 1], -shank[..., 2])
    foot_x = (heel[..., 0] + toe[..., 0]) / 2
    gap = joints["left_knee"][..., 0] - joints["right_knee"][..., 0]
    return {
        "femoral_adduction_deg": np.degrees(inwards),
        "fppa_deg": np.degrees(fppa),
        "knee_over_foot_pct": 100 * sign * (foot_x - knee[..., 0]) / shank_m,
        "knee_gap_pct": 100 * gap / shank_m,
        "trunk_lean_deg": np.degrees(np.arctan2(sign * trunk[..., 0], trunk[..., 2])),
        "pelvic_drop_deg": np.degrees(np.arctan2(across[..., 2], np.abs(across[..., 0]))),
        "knee_flexion_deg": np.degrees(bend),
        "trunk_lean_forward_deg": np.degrees(np.arctan2(-trunk[..., 1], trunk[..., 2])),
    }


def measure_steps(runner: Runner, duration_s: float) -> list[dict[str, Any]]:
    """Return every step whose whole stance is in the clip, with its true measures.

    The mean over the middle third of stance, besides ``step_width_pct`` (this ankle from the
    previous one, both in the middle of their stance, % of leg length, negative when they cross)
    and ``overstride_pct`` (ankle ahead of the hip at contact, % of leg length).
    """
    steps = runner.steps
    found = []
    for index in range(1, len(steps.side)):
        contact, toe_off = float(steps.contact_s[index]), float(steps.toe_off_s[index])
        if contact < 0 or toe_off > duration_s:
            continue
        side = str(steps.side[index])
        third = contact + (toe_off - contact) * np.linspace(1 / 3, 2 / 3, 21)
        means = {
            name: float(np.mean(values))
            for name, values in measure_stance(side, runner.at(third).joints).items()
        }
        middle = steps.mid_stance_s[index - 1 : index + 1]
        joints = runner.at(np.array([*middle, contact])).joints
        leg_m = leg_length(side, joints)
        ankle, hip = joints[f"{side}_ankle"], joints[f"{side}_hip"]
        from_other = ankle[1, 0] - joints[f"{other_side(side)}_ankle"][0, 0]
        means["step_width_pct"] = float(100 * side_sign(side) * from_other / leg_m)
        means["overstride_pct"] = float(100 * (hip[2, 1] - ankle[2, 1]) / leg_m)
        found.append(
            {
                "side": side,
                "contact_s": round(contact, 5),
                "toe_off_s": round(toe_off, 5),
                "mid_stance_s": round(float(middle[1]), 5),
                **{name: round(value, 3) for name, value in means.items()},
            }
        )
    return found


def measure_repetitions(squatter: Squatter) -> list[dict[str, Any]]:
    """Return every repetition with its times and, per side, its true measures.

    ``fppa_deg``, ``knee_over_foot_pct``, ``knee_flexion_deg``, ``depth_pct`` (drop of the hips'
    middle from standing, % of leg length) and ``knee_to_ankle_gap_ratio`` are those of the
    bottom, ``*_worst_*`` the most inward of the repetition. A single-leg squat has one side.

    The most inward FPPA is that of ``TELLING_BEND_DEG``: a straight leg has none, whatever the
    knees do later, so that standing before and after would hide how far out they are. The most
    inward knee over the foot is that of a knee bent by as much or more: who stands with the feet
    wider than the knees has them inside, however far out they go in the squat.
    """
    standing = squatter.at(np.array([squatter.standing_s])).joints
    found = []
    for repetition in squatter.repetitions:
        clock = np.linspace(repetition.start_s, repetition.end_s, 121)
        joints = squatter.at(clock).joints
        bottom = squatter.at(np.array([repetition.bottom_s])).joints
        values: dict[str, Any] = {
            "start_s": round(repetition.start_s, 5),
            "bottom_s": round(repetition.bottom_s, 5),
            "end_s": round(repetition.end_s, 5),
            "on": squatter.standing_leg,
        }
        for side in squatter.sides:
            at_bottom = measure_stance(side, bottom)
            throughout = measure_stance(side, joints)
            bend = throughout["knee_flexion_deg"]
            is_squat = bend >= TELLING_BEND_DEG[0]
            is_telling = is_squat & (bend <= TELLING_BEND_DEG[1])
            offset_pct = throughout["knee_over_foot_pct"]
            at_bottom_pct = at_bottom["knee_over_foot_pct"][0]
            drop = _hips_height(standing)[0] - _hips_height(bottom)[0]
            own = {
                "fppa_deg": at_bottom["fppa_deg"][0],
                "knee_over_foot_pct": at_bottom_pct,
                "knee_over_foot_worst_pct": max([at_bottom_pct, *offset_pct[is_squat]]),
                "femoral_adduction_deg": at_bottom["femoral_adduction_deg"][0],
                "knee_flexion_deg": at_bottom["knee_flexion_deg"][0],
                "trunk_lean_deg": at_bottom["trunk_lean_deg"][0],
                "pelvic_drop_deg": at_bottom["pelvic_drop_deg"][0],
                "depth_pct": 100 * drop / leg_length(side, bottom),
            }
            if is_telling.any():
                own["fppa_worst_deg"] = throughout["fppa_deg"][is_telling].max()
            if squatter.standing_leg is None:
                gaps = [
                    bottom[f"left_{part}"][0, 0] - bottom[f"right_{part}"][0, 0]
                    for part in ("knee", "ankle")
                ]
                own["knee_to_ankle_gap_ratio"] = gaps[0] / gaps[1]
            values[side] = {name: round(float(value), 3) for name, value in own.items()}
        found.append(values)
    return found


def describe(
    clip: Clip,
    eye: Eye,
    times: Floats,
    joints: Joints,
    motion: Runner | Squatter,
) -> dict[str, Any]:
    """Return the whole truth of a clip as plain values: lengths in metres, angles in degrees."""
    document: dict[str, Any] = {
        "clip": write_clip(clip),
        "axes": "x to her left, y backwards, z up, origin on the belt under her middle; metres",
        "camera": {
            "position_m": _rounded(eye.position, 4),
            "forwards": _rounded(eye.forwards, 5),
            "right": _rounded(eye.right, 5),
            "up": _rounded(eye.up, 5),
            "focal_length_px": round(eye.focal_length_px, 2),
            "width_px": eye.width_px,
            "height_px": eye.height_px,
        },
    }
    frames: dict[str, Any] = {"time_s": _rounded(times, 5)}
    if isinstance(motion, Runner):
        steps = measure_steps(motion, clip.duration_s)
        document["steps"] = steps
        document["cadence_spm"] = round(_cadence(motion, clip.duration_s), 3)
        document["means"] = _means(steps)
        on_belt = {side: motion.is_standing(side, times) for side in SIDES}
        frames["contact"] = {side: on_belt[side].astype(int).tolist() for side in SIDES}
        frames["phase"] = np.select(
            [on_belt["left"], on_belt["right"]], ["left_stance", "right_stance"], "flight"
        ).tolist()
    else:
        document["repetitions"] = measure_repetitions(motion)
        frames["contact"] = {side: [int(side in motion.sides)] * len(times) for side in SIDES}
        frames["phase"] = motion.phases(times)
    written = {name: joints[name] for name in WRITTEN_JOINTS}
    frames["joints_m"] = {name: _rounded(place, 4) for name, place in written.items()}
    frames["joints_px"] = {
        name: _rounded(eye.to_pixels(place), 1) for name, place in written.items()
    }
    document["frames"] = frames
    return document


def _means(steps: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Return each side's mean of every measure over the clip."""
    means = {}
    for side in SIDES:
        own = [step for step in steps if step["side"] == side]
        names = [name for name in own[0] if name.endswith(("_deg", "_pct"))] if own else []
        means[side] = {name: round(float(np.mean([s[name] for s in own])), 3) for name in names}
        means[side]["n_steps"] = len(own)
    return means


def _cadence(runner: Runner, duration_s: float) -> float:
    """Return steps per minute between the first and the last mid-stance of the clip."""
    middles = runner.steps.mid_stance_s
    middles = middles[(middles >= 0) & (middles <= duration_s)]
    return float(60 * (len(middles) - 1) / (middles[-1] - middles[0]))


def _length(first: Floats, second: Floats) -> Floats:
    length: Floats = np.linalg.norm(second - first, axis=-1)
    return length


def leg_length(side: str, joints: Joints) -> float:
    """Return the length of a leg, thigh and shank, at the first moment."""
    hip, knee, ankle = (joints[f"{side}_{part}"][0] for part in ("hip", "knee", "ankle"))
    return float(_length(hip, knee) + _length(knee, ankle))


def _hips_height(joints: Joints) -> Floats:
    height: Floats = (joints["left_hip"][:, 2] + joints["right_hip"][:, 2]) / 2
    return height


def _rounded(values: Floats, digits: int) -> Any:
    return np.round(values, digits).tolist()
