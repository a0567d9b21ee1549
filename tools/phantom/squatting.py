"""A person who squats on both legs or on one: feet planted, knees placed where they are asked.

What is true of the result is measured elsewhere, from the joints alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from phantom.curves import slow_wander
from phantom.legs import Foot, Knee, place_knee_by_offset, read_leg, turn_leg
from phantom.rotations import Floats, about_axis, apply
from phantom.skeleton import SIDES, Pose, other_side, pose_body, side_sign
from phantom.specification import Sides, Squat
from phantom.upper_body import lean, turn_arms, turn_trunk

_STANDING_BEND_DEG = 9.0
_SHANK_SHARE = 0.37
"""How much of the knee's bend is the shank leaning forwards."""
_BALANCE_M = 0.42
"""From the hips to the middle of trunk, arms and head."""
_LIFT_S = (1.2, 0.3)
"""Before the first repetition: when the free foot begins to leave the floor and is up."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """One squat: when, how deep, and how far in the knees come."""

    start_s: float
    bottom_s: float
    end_s: float
    knee_flexion_deg: float
    knee_in_pct: Sides


class Squatter:
    """Squats that can be looked at at any time."""

    def __init__(
        self,
        squat: Squat,
        rest: Mapping[str, Floats],
        lengths: Mapping[str, tuple[float, float]],
        *,
        seed: int,
        sole_m: float,
    ) -> None:
        self._squat, self._rest, self._lengths = squat, rest, lengths
        self.standing_leg = None if squat.standing_leg == "both" else squat.standing_leg
        self.sides = SIDES if self.standing_leg is None else (self.standing_leg,)
        chance = np.random.default_rng(seed)
        self._feet = {side: Foot.of(rest, side, sole_m) for side in SIDES}
        self.repetitions = _plan_repetitions(squat, chance)
        self._clock = np.linspace(0.0, self.repetitions[-1].end_s + 3.0, 400)
        self._sway = slow_wander(self._clock, 0.006, chance)

    def at(self, times: Floats) -> Pose:
        """Return the pose at each time."""
        down, bend, _ = self._course(times)
        pelvis, chest, middle = self._trunk(times, down, bend)
        level = np.zeros_like(times)
        turns = turn_trunk(pelvis, chest, lean(level, level, 6.0 + 10.0 * down))
        turns |= turn_arms(
            self._rest,
            chest,
            dict.fromkeys(SIDES, 4.0 + 78.0 * down),
            dict.fromkeys(SIDES, 18.0 + 4.0 * down),
            abduction_deg=9.0,
        )
        for side in SIDES:
            leg = self._planted_leg(side, times, pelvis, middle)
            if self.standing_leg == other_side(side):
                leg = self._lifted(leg, times)
            turns |= turn_leg(side, leg, self._rest, self._feet[side])
        return pose_body(self._rest, turns, middle)

    def phases(self, times: Floats) -> list[str]:
        """Return ``quiet``, ``down``, ``up`` or ``pause`` for each time."""
        names = np.full(len(times), "pause", dtype="<U5")
        names[times < self.repetitions[0].start_s] = "quiet"
        for repetition in self.repetitions:
            names[(times >= repetition.start_s) & (times < repetition.bottom_s)] = "down"
            names[(times >= repetition.bottom_s) & (times < repetition.end_s)] = "up"
        listed: list[str] = names.tolist()
        return listed

    def _course(self, times: Floats) -> tuple[Floats, Floats, dict[str, Floats]]:
        """Return how far down she is (0 to 1), the knee's bend in degrees and knee-in."""
        down, bend = np.zeros_like(times), np.full_like(times, _STANDING_BEND_DEG)
        knee_in = {side: np.zeros_like(times) for side in SIDES}
        for repetition in self.repetitions:
            inside = (times > repetition.start_s) & (times < repetition.end_s)
            share = np.interp(
                times[inside],
                [repetition.start_s, repetition.bottom_s, repetition.end_s],
                [0.0, 0.5, 1.0],
            )
            depth = np.sin(np.pi * share) ** 2
            down[inside] = depth
            bend[inside] += depth * (repetition.knee_flexion_deg - _STANDING_BEND_DEG)
            for side in SIDES:
                knee_in[side][inside] = getattr(repetition.knee_in_pct, side)
        return down, bend, knee_in

    def _trunk(self, times: Floats, down: Floats, bend: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the turns of pelvis and chest and the hips' middle over balanced feet."""
        squat, level = self._squat, np.zeros_like(times)
        thigh, shank = self._lengths["left"]
        foot = self._feet["left"]
        of_shank = np.radians(_SHANK_SHARE * bend)
        of_thigh = np.radians(bend) - of_shank
        back = thigh * np.sin(of_thigh) - shank * np.sin(of_shank)
        height = foot.height_m + thigh * np.cos(of_thigh) + shank * np.cos(of_shank)
        forwards = np.degrees(np.arcsin(np.clip((back + 0.04) / _BALANCE_M, -0.3, 0.9)))
        forwards = np.maximum(forwards, 2.0) + squat.trunk_lean_forward_deg * down
        sign = side_sign(self.standing_leg or "left")
        chest = lean(level, sign * squat.trunk_lean_deg * down, forwards)
        pelvis = lean(level, -sign * squat.pelvic_drop_deg * down, 0.7 * forwards)
        sway = np.interp(times, self._clock, self._sway)
        middle = np.stack([sway, back, height], axis=-1)
        if self.standing_leg is not None:
            side = self.standing_leg
            out = apply(pelvis, self._hip_from_middle(side))
            over_foot = self._ankle(side)[0] - sign * 0.04
            middle[:, 0] += self._lift(times) * over_foot
            middle[:, 1:] -= out[:, 1:]
        return pelvis, chest, middle

    def _hip_from_middle(self, side: str) -> Floats:
        middle = (self._rest["left_hip"] + self._rest["right_hip"]) / 2
        out: Floats = self._rest[f"{side}_hip"] - middle
        return out

    def _ankle(self, side: str) -> Floats:
        half = self._squat.stance_width_m / 2
        return np.array([side_sign(side) * half, 0.0, self._feet[side].height_m])

    def _planted_leg(self, side: str, times: Floats, pelvis: Floats, middle: Floats) -> Floats:
        down, _, knee_in = self._course(times)
        sign, foot = side_sign(side), self._feet[side]
        hip = middle + apply(pelvis, self._hip_from_middle(side))
        ankle = np.broadcast_to(self._ankle(side), hip.shape)
        turned = about_axis(2, np.full_like(times, sign * self._squat.toe_out_deg))
        lengths = self._lengths[side]
        straight = Knee.of(side, hip, ankle, lengths).at(np.zeros_like(times))
        line_x = ankle[:, 0] + apply(turned, foot.middle)[:, 0]
        wanted = line_x - sign * knee_in[side] / 100 * lengths[1]
        knee_x = straight[:, 0] + np.minimum(1.0, 1.6 * down) * (wanted - straight[:, 0])
        knee = place_knee_by_offset(side, hip, ankle, lengths, knee_x)
        still = np.zeros_like(times)
        return read_leg(side, (hip, knee, ankle), turned, still, still)

    def _lift(self, times: Floats) -> Floats:
        """Return how far the free foot is up, 0 to 1."""
        start = self.repetitions[0].start_s
        share = np.clip((times - start + _LIFT_S[0]) / (_LIFT_S[0] - _LIFT_S[1]), 0.0, 1.0)
        lifted: Floats = (1 - np.cos(np.pi * share)) / 2
        return lifted

    def _lifted(self, leg: Floats, times: Floats) -> Floats:
        """Return the free leg held up behind her."""
        down, _, _ = self._course(times)
        up = leg.copy()
        up[:, 0] = np.radians(6.0 + 22.0 * down)
        up[:, 1] = np.radians(2.0)
        up[:, 2] = 0.0
        up[:, 3] = np.radians(62.0 + 25.0 * down)
        up[:, 4:] = 0.0
        up[:, 5] = np.radians(15.0)
        return leg + self._lift(times)[:, None] * (up - leg)


def _plan_repetitions(squat: Squat, chance: np.random.Generator) -> tuple[Repetition, ...]:
    planned = []
    start = squat.quiet_s
    for _ in range(squat.repetitions):
        length = squat.repetition_s * (1 + 0.04 * chance.standard_normal())
        bottom = start + length * (0.5 + 0.02 * chance.standard_normal())
        planned.append(
            Repetition(
                start,
                bottom,
                start + length,
                squat.knee_flexion_deg + squat.noise_depth_deg * chance.standard_normal(),
                Sides(
                    left=squat.knee_in_pct.left + squat.noise_pct * chance.standard_normal(),
                    right=squat.knee_in_pct.right + squat.noise_pct * chance.standard_normal(),
                ),
            )
        )
        start += length + squat.pause_s
    return tuple(planned)
