"""A runner on a belt: pelvis, feet and joints over time, solved so that the feet do not slide.

The standing foot rides the belt backwards, rolls over heel and ball, and the knee is placed where
the asked frontal angles are true; the swinging leg follows curves like those of running
laboratories; between the steps the body flies. What is true of the result is measured elsewhere,
from the joints alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from phantom.curves import between, bisect, hermite, slow_wander
from phantom.legs import (
    N_COORDINATES,
    Foot,
    frontal_angles,
    place_knee_by_fppa,
    read_leg,
    turn_leg,
)
from phantom.rotations import Floats, about_axis, apply
from phantom.skeleton import SIDES, Pose, pose_body, side_sign
from phantom.specification import CADENCE, Run, Sides
from phantom.upper_body import lean, turn_arms, turn_trunk

_GRAVITY_M_S2 = 9.81
_ROLL_FROM = 0.45
"""Share of stance at which the heel leaves the belt."""
_LAND_UNTIL = 0.15
"""Share of stance at which the whole sole is down."""
_KNEE_AT_TOE_OFF_DEG = 18.0
_BEFORE_S = -2.0
"""When the first step is planned; the last is as long after the clip."""
_CLEARANCE_M = -0.004
"""How far the swinging toes stay above where they are when the sole is flat on the belt; the
tip may dip a little, being bent up."""
_KNOTS = np.array([0.0, 0.25, 0.48, 0.75, 0.93, 1.0])
"""Shares of swing at which the swinging leg's curves are tied down."""


@dataclass(slots=True)
class Steps:
    """Every step of a run in order; arrays (n,), seconds, metres, degrees, radians where named."""

    side: np.ndarray
    contact_s: Floats
    toe_off_s: Floats
    femoral_adduction_deg: Floats
    fppa_deg: Floats
    pelvic_drop_deg: Floats
    trunk_lean_deg: Floats
    hip_rotation_deg: Floats
    foot_x_m: Floats = field(default_factory=lambda: np.zeros(0))

    @property
    def mid_stance_s(self) -> Floats:
        """Return the middle of each stance."""
        middle: Floats = (self.contact_s + self.toe_off_s) / 2
        return middle

    @property
    def sign(self) -> Floats:
        """Return + for a left step."""
        return np.where(self.side == "left", 1.0, -1.0)


class Runner:
    """A run that can be looked at at any time between the start and the end of the clip."""

    def __init__(
        self,
        run: Run,
        rest: Mapping[str, Floats],
        lengths: Mapping[str, tuple[float, float]],
        *,
        duration_s: float,
        seed: int,
        sole_m: float,
    ) -> None:
        self._run, self._rest, self._lengths = run, rest, lengths
        chance = np.random.default_rng(seed)
        self._feet = {side: Foot.of(rest, side, sole_m) for side in SIDES}
        self.steps = _plan_steps(run, duration_s, chance)
        clock = np.linspace(-3.0, duration_s + 3.0, int(20 * (duration_s + 6)))
        self._clock = clock
        self._wander_x = slow_wander(clock, run.wander_m, chance)
        self._wander_y = slow_wander(clock, run.wander_forward_m, chance)
        self._hips_at_contact_m = 0.0
        self._reach_m = 0.0
        self._roll_deg = 0.0
        self._swing_lift_deg = 0.0
        self._solve_body()
        self._solve_feet()
        self._solve_swing()

    def at(self, times: Floats) -> Pose:
        """Return the pose at each time."""
        run = self._run
        pelvis = self._pelvis(times)
        counter = self._alternating(times, self.steps.contact_s, self.steps.sign * 9.0)
        to_left = self._alternating(
            times, self.steps.mid_stance_s, self.steps.sign * self.steps.trunk_lean_deg
        )
        level = np.zeros_like(times)
        forwards = level + run.trunk_lean_forward_deg
        chest = lean(counter, to_left, forwards)
        head = lean(level, 0.3 * to_left, 0.4 * forwards)
        turns = turn_trunk(pelvis, chest, head)
        swing = self._alternating(times, self.steps.contact_s, self.steps.sign)
        turns |= turn_arms(
            self._rest,
            chest,
            {side: -side_sign(side) * run.arm_swing_deg * swing - 6.0 for side in SIDES},
            {side: 95.0 - side_sign(side) * 14.0 * swing for side in SIDES},
        )
        for side in SIDES:
            turns |= turn_leg(side, self._leg(side, times), self._rest, self._feet[side])
        return pose_body(self._rest, turns, self._hips_middle(times))

    def is_standing(self, side: str, times: Floats) -> np.ndarray:
        """Return whether the foot of a side is on the belt at each time."""
        step = self._last_step(side, times)
        standing: np.ndarray = times <= self.steps.toe_off_s[step]
        return standing

    # --- the body -----------------------------------------------------------------------------

    def _alternating(self, times: Floats, knots: Floats, values: Floats) -> Floats:
        return between(times, knots, values)

    def _pelvis(self, times: Floats) -> Floats:
        """Return the pelvis's turns: the standing side higher, the landing side ahead."""
        steps = self.steps
        turn = self._alternating(times, steps.contact_s, -steps.sign * 5.0)
        to_left = self._alternating(times, steps.mid_stance_s, -steps.sign * steps.pelvic_drop_deg)
        return lean(turn, to_left, np.full_like(times, 0.6 * self._run.trunk_lean_forward_deg))

    def _hips_middle(self, times: Floats) -> Floats:
        steps = self.steps
        step = np.clip(np.searchsorted(steps.contact_s, times, "right") - 1, 0, None)
        step = np.minimum(step, len(steps.contact_s) - 2)
        stance = steps.toe_off_s[step] - steps.contact_s[step]
        flight = steps.contact_s[step + 1] - steps.toe_off_s[step]
        speed = _GRAVITY_M_S2 * flight / 2
        in_stance = (times - steps.contact_s[step]) / stance
        in_flight = times - steps.toe_off_s[step]
        # A spring while standing, free fall while flying; speeds agree where they meet.
        sinking = speed * stance / np.pi * np.sin(np.pi * in_stance)
        rising = speed * in_flight - _GRAVITY_M_S2 * in_flight**2 / 2
        height = self._hips_at_contact_m + np.where(in_stance <= 1, -sinking, rising)
        sway = self._alternating(times, steps.mid_stance_s, steps.sign * self._run.pelvis_sway_m)
        return np.stack(
            [
                np.interp(times, self._clock, self._wander_x) + sway,
                np.interp(times, self._clock, self._wander_y),
                height,
            ],
            axis=-1,
        )

    def _hip(self, side: str, times: Floats) -> Floats:
        middle = (self._rest["left_hip"] + self._rest["right_hip"]) / 2
        out = self._rest[f"{side}_hip"] - middle
        return self._hips_middle(times) + apply(self._pelvis(times), out)

    # --- a leg --------------------------------------------------------------------------------

    def _last_step(self, side: str, times: Floats) -> np.ndarray:
        own = np.flatnonzero(self.steps.side == side)
        found = np.searchsorted(self.steps.contact_s[own], times, "right") - 1
        return own[np.clip(found, 0, len(own) - 2)]

    def _leg(self, side: str, times: Floats) -> Floats:
        """Return the coordinates (t, N_COORDINATES) of a leg through stances and swings."""
        step = self._last_step(side, times)
        lift = self.steps.toe_off_s[step]
        coordinates = np.empty((len(times), N_COORDINATES))
        standing = times <= lift
        coordinates[standing] = self._standing_leg(side, step[standing], times[standing])
        swinging = ~standing
        if swinging.any():
            coordinates[swinging] = self._swinging_leg(side, step[swinging], times[swinging])
        return coordinates

    def _stance_share(self, step: np.ndarray, times: Floats) -> Floats:
        stance = self.steps.toe_off_s[step] - self.steps.contact_s[step]
        share: Floats = (times - self.steps.contact_s[step]) / stance
        return share

    def _foot(self, side: str, step: np.ndarray, times: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the ankle (t, 3), the foot's turns (t, 3, 3) and the toes' bend, radians."""
        run, foot = self._run, self._feet[side]
        share = self._stance_share(step, times)
        landing = np.clip(1 - share / _LAND_UNTIL, 0.0, None)
        rolling = np.clip((share - _ROLL_FROM) / (1 - _ROLL_FROM), 0.0, None)
        pitch = run.foot_pitch_contact_deg * landing**2 - self._roll_deg * rolling**2
        turned = about_axis(2, np.full_like(times, side_sign(side) * run.toe_out_deg))
        pitched = about_axis(0, -pitch)
        pivot = np.where((pitch > 0)[:, None], foot.heel, foot.ball)
        contact = self.steps.contact_s[step]
        ridden = run.speed_m_s * (times - contact)
        start_y = np.interp(contact, self._clock, self._wander_y) - self._reach_m
        flat = np.stack(
            [self.steps.foot_x_m[step], start_y + ridden, np.full_like(times, foot.height_m)],
            axis=-1,
        )
        ankle = flat + apply(turned, pivot - apply(pitched, pivot))
        toes = np.radians(np.clip(-pitch, 0.0, 70.0))
        return ankle, turned @ pitched, toes

    def _fppa(self, step: np.ndarray, times: Floats) -> Floats:
        share = self._stance_share(step, times)
        third = np.linspace(1 / 3, 2 / 3, 21)
        shape = 0.3 + 0.7 * np.sin(np.pi * np.clip(share, 0, 1))
        mean = float(np.mean(0.3 + 0.7 * np.sin(np.pi * third)))
        angle: Floats = np.radians(self.steps.fppa_deg[step]) * shape / mean
        return angle

    def _standing_joints(
        self, side: str, step: np.ndarray, times: Floats
    ) -> tuple[Floats, Floats, Floats]:
        hip = self._hip(side, times)
        ankle, _, _ = self._foot(side, step, times)
        knee = place_knee_by_fppa(side, hip, ankle, self._lengths[side], self._fppa(step, times))
        return hip, knee, ankle

    def _standing_leg(self, side: str, step: np.ndarray, times: Floats) -> Floats:
        _, turned, toes = self._foot(side, step, times)
        share = np.clip(self._stance_share(step, times), 0, 1)
        turn = np.radians(self.steps.hip_rotation_deg[step]) * np.sin(np.pi * share)
        return read_leg(side, self._standing_joints(side, step, times), turned, toes, turn)

    def _swinging_leg(self, side: str, step: np.ndarray, times: Floats) -> Floats:
        """Return the leg between the end of a stance and the start of the same foot's next."""
        run, steps = self._run, self.steps
        lift, land = steps.toe_off_s[step], steps.contact_s[step + 2]
        length = (land - lift)[:, None]
        instant = 0.004
        first = self._standing_leg(side, step, lift)
        last = self._standing_leg(side, step + 2, land)
        leaving = (first - self._standing_leg(side, step, lift - instant)) / instant * length
        coming = (self._standing_leg(side, step + 2, land + instant) - last) / instant * length
        values = np.repeat(first[:, None], len(_KNOTS), axis=1)
        values[:, -1] = last
        lifted = np.radians(self._swing_lift_deg)
        hip, knee = np.radians(run.hip_flexion_swing_deg), np.radians(run.knee_flexion_swing_deg)
        values[:, 1:-1, 0] = np.array([-0.10, 0.52, 1.0, 0.84]) * hip + 0.3 * lifted
        values[:, 1:-1, 3] = np.array([0.68, 1.0, 0.66, 0.2]) * knee + lifted * np.array(
            [0.3, 0.7, 1.0, 0.5]
        )
        # The foot points down while it is carried through and is drawn up for landing.
        passing = {1: 2.0, 5: -0.4 * self._swing_lift_deg - 4.0}
        for column in (1, 2, 4, 5, 6, 7):
            ahead = np.radians(passing.get(column, 0.0))
            fades = np.array([0.6, 0.3, 0.0, 0.0])[None]
            comes = np.array([0.0, 0.0, 0.5, 0.9])[None]
            values[:, 1:-1, column] = (
                fades * first[:, column, None]
                + comes * last[:, column, None]
                + (1 - fades - comes) * ahead
            )
        values[:, 1:-1, 8] = np.array([0.25, 0.05, 0.0, 0.0]) * first[:, 8, None]
        return hermite(
            (times - lift) / (land - lift),
            _KNOTS,
            values,
            np.clip(leaving, -12.0, 12.0),
            np.clip(coming, -12.0, 12.0),
        )

    # --- solving ------------------------------------------------------------------------------

    def _knee_bend_deg(self, share: float) -> float:
        """Return the knee's bend in one of the middle steps at a share of its stance."""
        step = np.array([len(self.steps.side) // 2])
        side = str(self.steps.side[step[0]])
        stance = self.steps.toe_off_s[step] - self.steps.contact_s[step]
        hip, knee, ankle = self._standing_joints(
            side, step, self.steps.contact_s[step] + share * stance
        )
        thigh, shank = knee - hip, ankle - knee
        cosine = np.sum(thigh * shank) / np.linalg.norm(thigh) / np.linalg.norm(shank)
        return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))

    def _solve_body(self) -> None:
        """Find height, reach and roll that give the asked bend of the knee along the stance."""
        run = self._run
        longest = sum(self._lengths["left"]) + 0.2
        self.steps.foot_x_m = self.steps.sign * 0.03
        self._hips_at_contact_m, self._reach_m, self._roll_deg = 0.9 * longest, 0.2, 45.0

        def solve(name: str, low: float, high: float, share: float, bend_deg: float) -> None:
            rising = name == "_roll_deg"

            def beyond(value: Floats) -> np.ndarray:
                setattr(self, name, float(value))
                bend = self._knee_bend_deg(share)
                return np.asarray(bend > bend_deg if rising else bend < bend_deg)

            setattr(self, name, float(bisect(np.asarray(low), np.asarray(high), beyond)))

        for _ in range(4):
            solve("_hips_at_contact_m", 0.3 * longest, 1.2 * longest, 0.5, run.knee_flexion_deg)
            solve("_reach_m", 0.02, 0.5, 0.0, run.knee_flexion_contact_deg)
            solve("_roll_deg", 15.0, 66.0, 1.0, _KNEE_AT_TOE_OFF_DEG)

    def _solve_swing(self) -> None:
        """Bend the swinging leg more until its toes clear the belt."""
        steps, middle = self.steps, len(self.steps.side) // 2
        step = np.array([middle, middle + 1])
        share = np.linspace(0.06, 0.94, 45)
        for _ in range(12):
            clearance = []
            for index in step:
                side = str(steps.side[index])
                lift, land = steps.toe_off_s[index], steps.contact_s[index + 2]
                toe = self.at(lift + share * (land - lift)).joints[f"{side}_toe"]
                flat = self._rest[f"{side}_toe"][2] - self._rest[f"{side}_ankle"][2]
                clearance.append(float(np.min(toe[:, 2] - flat - self._feet[side].height_m)))
            if min(clearance) > _CLEARANCE_M:
                return
            self._swing_lift_deg += 3.0

    def _solve_feet(self) -> None:
        """Put each foot where the thigh's mean angle in mid-stance is the asked one."""
        steps = self.steps
        wander = np.interp(steps.mid_stance_s, self._clock, self._wander_x)
        steps.foot_x_m = steps.sign * 0.03 + wander
        shares = np.linspace(1 / 3, 2 / 3, 9)
        for side in SIDES:
            own = np.flatnonzero(steps.side == side)
            step = np.repeat(own, len(shares))
            stance = (steps.toe_off_s - steps.contact_s)[step]
            times = steps.contact_s[step] + np.tile(shares, len(own)) * stance
            target = steps.femoral_adduction_deg[own]

            def too_far_in(
                inwards: Floats,
                side: str = side,
                own: np.ndarray = own,
                step: np.ndarray = step,
                times: Floats = times,
                target: Floats = target,
            ) -> np.ndarray:
                steps.foot_x_m[own] = wander[own] - side_sign(side) * inwards
                hip, knee, ankle = self._standing_joints(side, step, times)
                inward, _ = frontal_angles(side, hip, knee, ankle)
                mean = np.degrees(inward).reshape(len(own), -1).mean(axis=1)
                above: np.ndarray = mean > target
                return above

            inwards = bisect(np.full(len(own), -0.3), np.full(len(own), 0.3), too_far_in)
            steps.foot_x_m[own] = wander[own] - side_sign(side) * inwards


def _usual_lengths(run: Run, duration_s: float) -> Floats:
    """Return how long each step is as planned, from before the start to after the end."""
    change_spm = run.drift.get(CADENCE, Sides()).left
    shortest = 60.0 / max(run.cadence_spm, run.cadence_spm + change_spm)
    n_steps = int(np.ceil((duration_s - 2 * _BEFORE_S) / shortest)) + 4
    lengths, at_s = np.empty(n_steps), _BEFORE_S
    for step in range(n_steps):
        passed = min(max(at_s / duration_s, 0.0), 1.0)
        lengths[step] = 60.0 / (run.cadence_spm + change_spm * passed)
        at_s += lengths[step]
    return lengths


def _plan_steps(run: Run, duration_s: float, chance: np.random.Generator) -> Steps:
    """Return the steps from before the start to after the end of the clip."""
    usual = _usual_lengths(run, duration_s)
    n_steps = len(usual)
    lengths = usual * (1 + run.noise_timing * chance.standard_normal(n_steps))
    contact = _BEFORE_S + np.cumsum(lengths) - lengths[0] - chance.uniform(0, usual[0])
    stance = 2 * run.stance_share * lengths
    sides = np.array(SIDES)[(np.arange(n_steps) + chance.integers(2)) % 2]
    passed = np.clip((contact + stance / 2) / duration_s, 0.0, 1.0)

    def planned(name: str, noise: float) -> Floats:
        base: Sides = getattr(run, name)
        change = run.drift.get(name, Sides())
        own = [
            getattr(base, side) + getattr(change, side) * share
            for side, share in zip(sides, passed, strict=True)
        ]
        values: Floats = np.array(own) + noise * chance.standard_normal(n_steps)
        return values

    return Steps(
        side=sides,
        contact_s=contact,
        toe_off_s=contact + stance,
        femoral_adduction_deg=planned("femoral_adduction_deg", run.noise_deg),
        fppa_deg=planned("fppa_deg", run.noise_deg),
        pelvic_drop_deg=planned("pelvic_drop_deg", run.noise_deg / 2),
        trunk_lean_deg=planned("trunk_lean_deg", run.noise_deg / 2),
        hip_rotation_deg=planned("hip_rotation_deg", run.noise_deg),
    )
