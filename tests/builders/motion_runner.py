"""A runner whose every joint is known, swung by sines and seen through a pinhole camera."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.skeleton import N_KEYPOINTS, keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

THIGH_M, SHANK_M, TRUNK_M = 0.42, 0.42, 0.50
HIP_HALF_M, SHOULDER_HALF_M = 0.09, 0.18
STANCE_SHARE = 0.36
Points = NDArray[np.float64]
"""Shape (n, 16, 3): x to the person's right, y forwards, z up; metres."""


@dataclass(frozen=True, kw_only=True)
class Camera:
    """A pinhole ``distance_m`` from the runner; ``yaw_deg`` is how far round it stands."""

    view: View = View.REAR
    distance_m: float = 3.0
    height_m: float = 0.9
    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    focal_px: float = 1500.0
    width_px: int = 1080
    height_px: int = 1920

    def see(self, points: Points) -> NDArray[np.float64]:
        turn = {View.REAR: 0.0, View.FRONT: np.pi, View.SIDE: np.pi / 2}[self.view]
        angle = turn + np.deg2rad(self.yaw_deg)
        forward = np.array([np.sin(angle), np.cos(angle)])
        right = np.array([np.cos(angle), -np.sin(angle)])
        depth = points[..., :2] @ forward + self.distance_m
        x = self.focal_px * (points[..., :2] @ right) / depth
        y = self.focal_px * (self.height_m - points[..., 2]) / depth
        roll = np.deg2rad(self.roll_deg)
        picture: NDArray[np.float64] = np.stack(
            [
                self.width_px / 2 + x * np.cos(roll) - y * np.sin(roll),
                self.height_px / 2 + x * np.sin(roll) + y * np.cos(roll),
            ],
            axis=-1,
        )
        return picture


@dataclass(frozen=True, kw_only=True)
class Runner:
    """Steps at a steady cadence; angles per side, + as the measures have them.

    ``drift_deg`` is added to the femoral adduction of each side over the whole clip, and
    ``spread_deg`` scatters it from step to step. ``wander_m`` is the sideways sway on the belt.
    """

    cadence_spm: float = 168.0
    duration_s: float = 20.0
    rate_hz: float = 60.0
    adduction_deg: dict[Side, float] = field(default_factory=lambda: dict.fromkeys(Side, 8.0))
    fppa_deg: dict[Side, float] = field(default_factory=lambda: dict.fromkeys(Side, 5.0))
    drift_deg: dict[Side, float] = field(default_factory=lambda: dict.fromkeys(Side, 0.0))
    spread_deg: float = 0.0
    wander_m: float = 0.0
    sway_deg: float = 0.0
    first_mid_stance_s: float = 0.21
    jitter: float = 0.0
    noise_px: float = 0.0
    seed: int = 1
    camera: Camera = field(default_factory=Camera)

    @property
    def stride_s(self) -> float:
        return 120.0 / self.cadence_spm

    def times(self) -> NDArray[np.float64]:
        n = int(self.duration_s * self.rate_hz)
        shake = np.random.default_rng(self.seed).uniform(-1, 1, n) * self.jitter
        times: NDArray[np.float64] = (np.arange(n) + shake - shake[0]) / self.rate_hz
        return times

    def mid_stances(self, side: Side) -> NDArray[np.float64]:
        first = self.first_mid_stance_s + (self.stride_s / 2 if side is Side.RIGHT else 0.0)
        times: NDArray[np.float64] = np.arange(
            first - 2 * self.stride_s, self.duration_s + 2, self.stride_s
        )
        return times

    def visible_stances(self, side: Side) -> NDArray[np.float64]:
        times = self.mid_stances(side)
        visible: NDArray[np.float64] = times[(times >= 0) & (times <= self.times()[-1])]
        return visible

    def true_adduction(self, side: Side, at_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Angle of every step, held through its stance."""
        stances = self.mid_stances(side)
        chance = np.random.default_rng(self.seed + 7 + (side is Side.LEFT))
        steps = self.adduction_deg[side] + self.drift_deg[side] * stances / self.duration_s
        steps = steps + self.spread_deg * chance.standard_normal(len(stances))
        held = 0.2 * self.stride_s
        edges = np.stack([stances - held, stances + held], axis=1).ravel()
        angles: NDArray[np.float64] = np.interp(at_s, edges, np.repeat(steps, 2))
        return angles

    def points(self) -> Points:
        """Every keypoint in metres."""
        t = self.times()
        spin = 2 * np.pi / self.stride_s
        bounce = 0.035 * np.cos(2 * spin * (t - self.first_mid_stance_s))
        centre = np.zeros((len(t), 3))
        centre[:, 0] = self.wander_m * np.sin(2 * np.pi * t / 13.0)
        centre[:, 2] = 0.86 - bounce
        lean = np.deg2rad(self.sway_deg) * np.sin(spin * (t - self.first_mid_stance_s))
        body = np.zeros((len(t), N_KEYPOINTS, 3))
        up = np.stack([np.sin(lean), 0.1 * np.ones_like(t), np.cos(lean)], axis=1)
        neck = centre + TRUNK_M * up
        for side in Side:
            self._add_side(body, side, centre, neck, t)
        return body

    def _add_side(
        self,
        body: Points,
        side: Side,
        centre: NDArray[np.float64],
        neck: NDArray[np.float64],
        t: NDArray[np.float64],
    ) -> None:
        outward = -1.0 if side is Side.LEFT else 1.0
        phase = 2 * np.pi * (t - self.mid_stances(side)[0]) / self.stride_s
        hip_flexion = np.deg2rad(24 + 28 * np.cos(phase + 0.55 * np.pi))
        knee_flexion = np.deg2rad(62 - 36 * np.cos(phase - 0.35) + 12 * np.cos(2 * phase))
        adduction = np.deg2rad(self.true_adduction(side, t))
        shin = adduction - np.deg2rad(self.fppa_deg[side])
        hip = centre + np.array([outward * HIP_HALF_M, 0, 0])
        knee = hip + THIGH_M * _limb(-outward * np.tan(adduction), hip_flexion)
        ankle = knee + SHANK_M * _limb(-outward * np.tan(shin), hip_flexion - knee_flexion)
        foot_pitch = hip_flexion - knee_flexion + np.deg2rad(20)
        sole = np.stack([np.zeros_like(t), np.cos(foot_pitch), np.sin(foot_pitch)], axis=1)
        shoulder = neck + np.array([outward * SHOULDER_HALF_M, 0, 0])
        swing = 0.15 * np.sin(phase)
        elbow = shoulder + np.stack([0.05 * outward + 0 * t, swing, -0.28 + 0 * t], axis=1)
        for part, where in {
            "hip": hip,
            "knee": knee,
            "ankle": ankle,
            "heel": ankle - 0.06 * sole - np.array([0, 0, 0.06]),
            "toe": ankle + 0.16 * sole - np.array([0, 0, 0.06]),
            "shoulder": shoulder,
            "elbow": elbow,
            "wrist": elbow + np.array([0, 0.2, 0.1]),
        }.items():
            body[:, keypoint(part, side)] = where

    def track(self) -> PoseTrack:
        """What a perfect pose source (but for ``noise_px``) would say."""
        t = self.times()
        xy_px = self.camera.see(self.points())
        chance = np.random.default_rng(self.seed + 3)
        xy_px = xy_px + self.noise_px * chance.standard_normal(xy_px.shape)
        return pose_track(t, xy_px, self.camera)


def _limb(sideways: NDArray[np.float64], forwards: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors downwards whose frontal projection has the given tangent."""
    down = np.cos(forwards)
    limb = np.stack([sideways * down, np.sin(forwards), -down], axis=1)
    unit: NDArray[np.float64] = limb / np.linalg.norm(limb, axis=1, keepdims=True)
    return unit


def pose_track(
    time_s: NDArray[np.float64], xy_px: NDArray[np.float64], camera: Camera | None = None
) -> PoseTrack:
    """Keypoints as a bright, sharp, uncut clip of one person."""
    camera = camera or Camera()
    n = len(time_s)
    people = np.full(n, np.nan)
    people[:1] = 1
    return PoseTrack(
        time_s=time_s,
        xy_px=xy_px,
        score=np.ones((n, N_KEYPOINTS)),
        brightness=np.full(n, 120.0),
        sharpness=np.full(n, 8.0),
        people=people,
        cuts_s=(),
        width_px=camera.width_px,
        height_px=camera.height_px,
        model="closed form",
    )


def jumping_jacks(camera: Camera | None = None, duration_s: float = 10.0) -> PoseTrack:
    """Legs and arms open and close together, hips bounce: nobody's legs take turns."""
    camera = camera or Camera(view=View.FRONT)
    t = np.arange(int(duration_s * 60)) / 60
    opened = (1 - np.cos(2 * np.pi * 1.2 * t)) / 2
    body = np.zeros((len(t), N_KEYPOINTS, 3))
    hips = np.stack([0 * t, 0 * t, 0.86 + 0.08 * np.abs(np.sin(2 * np.pi * 1.2 * t))], axis=1)
    for side in Side:
        outward = -1.0 if side is Side.LEFT else 1.0
        leg = np.deg2rad(25) * opened
        down = np.stack([outward * np.sin(leg), 0 * t, -np.cos(leg)], axis=1)
        hip = hips + np.array([outward * HIP_HALF_M, 0, 0])
        shoulder = hips + np.array([outward * SHOULDER_HALF_M, 0, TRUNK_M])
        ankle = hip + (THIGH_M + SHANK_M) * down
        arm = np.deg2rad(160) * opened
        reach = np.stack([outward * np.sin(arm), 0 * t, -np.cos(arm)], axis=1)
        for part, where in {
            "hip": hip,
            "knee": hip + THIGH_M * down,
            "ankle": ankle,
            "heel": ankle + np.array([0, -0.05, -0.06]),
            "toe": ankle + np.array([0, 0.16, -0.06]),
            "shoulder": shoulder,
            "elbow": shoulder + 0.28 * reach,
            "wrist": shoulder + 0.55 * reach,
        }.items():
            body[:, keypoint(part, side)] = where
    chance = np.random.default_rng(2)
    xy_px = camera.see(body)
    return pose_track(t, xy_px + chance.standard_normal(xy_px.shape), camera)


def walker(camera: Camera | None = None, duration_s: float = 12.0) -> PoseTrack:
    """Somebody who walks: slow steps, low feet, the trunk highest over the standing leg."""
    runner = Runner(cadence_spm=112.0, duration_s=duration_s, camera=camera or Camera())
    body = runner.points()
    t = runner.times()
    spin = 4 * np.pi / runner.stride_s * (t - runner.first_mid_stance_s)
    body[..., 2] += 0.055 * np.cos(spin)[:, None]
    for side in Side:
        for part in ("ankle", "heel", "toe"):
            row = keypoint(part, side)
            low = float(body[:, row, 2].min())
            body[:, row, 2] = low + 0.3 * (body[:, row, 2] - low)
    return pose_track(t, runner.camera.see(body), runner.camera)


def standing_then_running(runner: Runner, quiet_s: float) -> PoseTrack:
    """The same person stands still and straight before the run begins."""
    n = round(quiet_s * runner.rate_hz)
    body = np.zeros((n, N_KEYPOINTS, 3))
    for side in Side:
        outward = -1.0 if side is Side.LEFT else 1.0
        heights = {"ankle": 0.08, "knee": 0.5, "hip": 0.92, "shoulder": 1.42}
        halves = {"hip": HIP_HALF_M, "shoulder": SHOULDER_HALF_M}
        for part, height_m in heights.items():
            body[:, keypoint(part, side)] = [outward * halves.get(part, 0.08), 0.0, height_m]
        body[:, keypoint("heel", side)] = [outward * 0.08, -0.05, 0.02]
        body[:, keypoint("toe", side)] = [outward * 0.10, 0.16, 0.02]
        body[:, keypoint("elbow", side)] = [outward * 0.22, 0.0, 1.15]
        body[:, keypoint("wrist", side)] = [outward * 0.24, 0.1, 0.9]
    run = runner.track()
    still = runner.camera.see(body)
    still = still + runner.noise_px * np.random.default_rng(8).standard_normal(still.shape)
    xy_px = np.concatenate([still, run.xy_px])
    return pose_track(np.arange(len(xy_px)) / runner.rate_hz, xy_px, runner.camera)
