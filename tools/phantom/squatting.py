"""A person who squats on both legs or on one, to a seat or not; knees are where they are asked.

What is true of the result is measured elsewhere, from the joints alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from phantom.curves import slow_wander
from phantom.legs import Foot, Knee, place_knee_by_offset, read_leg, turn_leg
from phantom.rotations import Floats, about_axis, apply
from phantom.skeleton import SIDES, Pose, Segment, other_side, pose_body, side_sign
from phantom.specification import Sides, Squat
from phantom.upper_body import lean, turn_arms, turn_trunk

_STANDING_BEND_DEG = 9.0
_BALANCE_M = 0.42
"""From the hips to the middle of trunk, arms and head."""
_LIFT_S = (1.2, 0.3)
"""Before the first repetition: when the free foot begins to leave the floor and is up."""
_FREE_LEG_DEG = {
    "behind": ((6.0, 22.0), (62.0, 25.0)),
    "ahead": ((36.0, 34.0), (24.0, 10.0)),
    "down": ((30.0, -9.0), (6.0, 0.0)),
}
"""Of the free leg: thigh forwards and knee bent, upright and how much more at the bottom."""
_SETTLE_S = 0.4
"""How long the trunk takes to come upright on a seat, and to lean forwards again."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """One squat: when, how deep, and how far in the knees come.

    She is at the bottom from ``down_s`` to ``rises_s``; ``bottom_s`` is half-way.
    """

    start_s: float
    down_s: float
    bottom_s: float
    rises_s: float
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
        self._all = self.repetitions
        if squat.starts_seated:
            self._all = (_first_rise(squat), *self.repetitions)
        self._clock = np.linspace(0.0, self.repetitions[-1].end_s + 3.0, 400)
        self._sway = slow_wander(self._clock, 0.006, chance)

    @property
    def standing_s(self) -> float:
        """A moment at which she stands still."""
        return self.repetitions[0].start_s if self._squat.starts_seated else 0.0

    @property
    def seat(self) -> Floats | None:
        """The hips' middle (3,) on the seat, lowest of all repetitions; ``None`` without one."""
        if self._squat.seat == "none":
            return None
        joints = self.at(np.array([each.bottom_s for each in self._all])).joints
        middles = (joints["left_hip"] + joints["right_hip"]) / 2
        lowest: Floats = middles[np.argmin(middles[:, 2])]
        return lowest

    def at(self, times: Floats) -> Pose:
        """Return the pose at each time."""
        down, bend, _ = self._course(times)
        pelvis, chest, middle = self._trunk(times, down, bend)
        level = np.zeros_like(times)
        turns = turn_trunk(pelvis, chest, lean(level, level, 6.0 + 10.0 * down))
        turns |= self._arms(chest, down)
        for side in SIDES:
            leg = self._planted_leg(side, times, pelvis, middle)
            if self.standing_leg == other_side(side):
                leg = self._lifted(leg, times)
            turns |= turn_leg(side, leg, self._rest, self._feet[side])
        return pose_body(self._rest, turns, middle)

    def _arms(self, chest: Floats, down: Floats) -> dict[Segment, Floats]:
        if self._squat.arms == "at_chest":
            return turn_arms(
                self._rest,
                chest,
                dict.fromkeys(SIDES, np.full_like(down, 30.0)),
                dict.fromkeys(SIDES, np.full_like(down, 105.0)),
                abduction_deg=4.0,
                inwards_deg=45.0,
            )
        return turn_arms(
            self._rest,
            chest,
            dict.fromkeys(SIDES, 4.0 + 78.0 * down),
            dict.fromkeys(SIDES, 18.0 + 4.0 * down),
            abduction_deg=9.0,
        )

    def phases(self, times: Floats) -> list[str]:
        """Return ``quiet``, ``down``, ``up`` or ``pause`` for each time."""
        names = np.full(len(times), "pause", dtype="<U5")
        for repetition in self._all:
            names[(times >= repetition.start_s) & (times < repetition.bottom_s)] = "down"
            names[(times >= repetition.bottom_s) & (times < repetition.end_s)] = "up"
        names[times < self._squat.quiet_s] = "quiet"
        listed: list[str] = names.tolist()
        return listed

    def _course(self, times: Floats) -> tuple[Floats, Floats, dict[str, Floats]]:
        """Return how far down she is (0 to 1), the knee's bend in degrees and knee-in."""
        down, bend = np.zeros_like(times), np.full_like(times, _STANDING_BEND_DEG)
        knee_in = {side: np.zeros_like(times) for side in SIDES}
        for repetition in self._all:
            inside = (times > repetition.start_s) & (times < repetition.end_s)
            share = np.interp(
                times[inside],
                [repetition.start_s, repetition.down_s, repetition.rises_s, repetition.end_s],
                [0.0, 0.5, 0.5, 1.0],
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
        of_shank = np.radians(squat.shank_share * bend)
        of_thigh = np.radians(bend) - of_shank
        back = thigh * np.sin(of_thigh) - shank * np.sin(of_shank)
        height = foot.height_m + thigh * np.cos(of_thigh) + shank * np.cos(of_shank)
        forwards = np.degrees(np.arcsin(np.clip((back + 0.04) / _BALANCE_M, -0.3, 0.9)))
        forwards = np.maximum(forwards, 2.0) + squat.trunk_lean_forward_deg * down
        if squat.seat != "none":
            forwards += self._settled(times) * (squat.seated_lean_deg - forwards)
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

    def _settled(self, times: Floats) -> Floats:
        """Return how far the seat carries her, 0 to 1."""
        settled = np.zeros_like(times)
        for each in self._all:
            since, left = times - each.down_s, each.rises_s - times
            share = np.clip(np.minimum(since, left) / _SETTLE_S, 0.0, 1.0)
            settled = np.maximum(settled, (1 - np.cos(np.pi * share)) / 2)
        return settled

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
        """Return the free leg off the floor."""
        down, _, _ = self._course(times)
        (thigh, thigh_more), (knee, knee_more) = _FREE_LEG_DEG[self._squat.free_foot]
        up = leg.copy()
        up[:, 0] = np.radians(thigh + thigh_more * down)
        up[:, 1] = np.radians(2.0)
        up[:, 2] = 0.0
        up[:, 3] = np.radians(knee + knee_more * down)
        up[:, 4:] = 0.0
        up[:, 5] = np.radians(15.0)
        return leg + self._lift(times)[:, None] * (up - leg)


def _plan_repetitions(squat: Squat, chance: np.random.Generator) -> tuple[Repetition, ...]:
    planned = []
    start = squat.quiet_s
    if squat.starts_seated:
        start += squat.repetition_s / 2 + squat.pause_s
    for _ in range(squat.repetitions):
        length = squat.repetition_s * (1 + 0.04 * chance.standard_normal())
        down = start + length * (0.5 + 0.02 * chance.standard_normal())
        end = start + length + squat.bottom_s
        planned.append(
            Repetition(
                start,
                down,
                down + squat.bottom_s / 2,
                down + squat.bottom_s,
                end,
                squat.knee_flexion_deg + squat.noise_depth_deg * chance.standard_normal(),
                Sides(
                    left=squat.knee_in_pct.left + squat.noise_pct * chance.standard_normal(),
                    right=squat.knee_in_pct.right + squat.noise_pct * chance.standard_normal(),
                ),
            )
        )
        start = end + squat.pause_s
    return tuple(planned)


def _first_rise(squat: Squat) -> Repetition:
    """Return what brings her up from the seat she is on from long before the start."""
    half_s = squat.repetition_s / 2
    return Repetition(
        -60.0 - half_s,
        -60.0,
        (squat.quiet_s - 60.0) / 2,
        squat.quiet_s,
        squat.quiet_s + half_s,
        squat.knee_flexion_deg,
        squat.knee_in_pct,
    )
