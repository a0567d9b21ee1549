"""A person who squats, every joint known, seen from in front through a pinhole camera."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from builders.motion_runner import (
    HIP_HALF_M,
    SHANK_M,
    SHOULDER_HALF_M,
    THIGH_M,
    TRUNK_M,
    Camera,
    Points,
    pose_track,
)
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.skeleton import N_KEYPOINTS, keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

ANKLE_HALF_M = 0.14


@dataclass(frozen=True, kw_only=True)
class Squatter:
    """Squats like a cosine; the shanks tilt inward by ``knee_in_deg`` at the bottom.

    Upright they tilt by ``upright_in_deg``, as where the feet stand wider than the knees. On one
    leg the other foot is put down between two squats where it ``rests``.
    """

    repetitions: int = 4
    repetition_s: float = 2.5
    pause_s: float = 0.8
    rate_hz: float = 30.0
    bend_deg: float = 55.0
    knee_in_deg: dict[Side, float] = field(default_factory=lambda: dict.fromkeys(Side, 4.0))
    upright_in_deg: float = 0.0
    on: Side | None = None
    rests: bool = True
    noise_px: float = 0.0
    camera: Camera = field(default_factory=lambda: Camera(view=View.FRONT))

    @property
    def duration_s(self) -> float:
        return self.repetitions * (self.repetition_s + self.pause_s) + 2 * self.pause_s

    def times(self) -> NDArray[np.float64]:
        return np.arange(int(self.duration_s * self.rate_hz)) / self.rate_hz

    def bottoms(self) -> NDArray[np.float64]:
        first = self.pause_s + self.repetition_s / 2
        bottoms: NDArray[np.float64] = first + np.arange(float(self.repetitions)) * (
            self.repetition_s + self.pause_s
        )
        return bottoms

    def depth(self) -> NDArray[np.float64]:
        """0 standing, 1 at the bottom."""
        near = np.min(np.abs(self.times()[:, None] - self.bottoms()), axis=1)
        phase = np.clip(near / (self.repetition_s / 2), 0, 1)
        depth: NDArray[np.float64] = (1 + np.cos(np.pi * phase)) / 2
        return depth

    def points(self) -> Points:
        depth = self.depth()
        bend = np.deg2rad(self.bend_deg) * depth + 0.02
        body = np.zeros((len(depth), N_KEYPOINTS, 3))
        height = SHANK_M * np.cos(0.4 * bend) + THIGH_M * np.cos(0.6 * bend)
        back = SHANK_M * np.sin(0.4 * bend) - THIGH_M * np.sin(0.6 * bend)
        centre = np.stack([0 * depth, back, 0.08 + height], axis=1)
        for side in Side:
            outward = -1.0 if side is Side.LEFT else 1.0
            tilt = np.deg2rad(
                self.upright_in_deg + (self.knee_in_deg[side] - self.upright_in_deg) * depth
            )
            feet = ANKLE_HALF_M if self.on is None else 0.0
            ankle = np.stack([0 * depth + outward * feet, 0 * depth, 0.08 + 0 * depth], axis=1)
            shank = np.stack(
                [-outward * np.tan(tilt), np.sin(0.4 * bend), np.cos(0.4 * bend)], axis=1
            )
            hip = centre + np.array([outward * HIP_HALF_M, 0, 0])
            knee = ankle + SHANK_M * shank
            if self.on is side.other:
                is_up = (depth > 0 if self.rests else depth >= 0)[:, None]
                knee = np.where(is_up, hip + THIGH_M * np.array([0, 0.1, -0.995]), knee)
                ankle = np.where(is_up, knee + SHANK_M * np.array([0, -0.8, -0.6]), ankle)
            shoulder = centre + np.array([outward * SHOULDER_HALF_M, 0.05, TRUNK_M])
            for part, where in {
                "hip": hip,
                "knee": knee,
                "ankle": ankle,
                "heel": ankle + np.array([0, -0.05, -0.06]),
                "toe": ankle + np.array([0, 0.16, -0.06]),
                "shoulder": shoulder,
                "elbow": shoulder + np.array([0, 0.2, -0.1]),
                "wrist": shoulder + np.array([0, 0.4, 0]),
            }.items():
                body[:, keypoint(part, side)] = where
        return body

    def true_fppa_deg(self, side: Side) -> NDArray[np.float64]:
        """Thigh against shank in the frontal plane, every frame."""
        body = self.points()
        hip, knee, ankle = (body[:, keypoint(part, side)] for part in ("hip", "knee", "ankle"))
        inward = 1.0 if side is Side.LEFT else -1.0

        def tilt(upper: NDArray[np.float64], lower: NDArray[np.float64]) -> NDArray[np.float64]:
            limb = lower - upper
            angle: NDArray[np.float64] = np.degrees(np.arctan2(inward * limb[:, 0], -limb[:, 2]))
            return angle

        return tilt(hip, knee) - tilt(knee, ankle)

    def track(self) -> PoseTrack:
        chance = np.random.default_rng(5)
        xy_px = self.camera.see(self.points())
        xy_px = xy_px + self.noise_px * chance.standard_normal(xy_px.shape)
        return pose_track(self.times(), xy_px, self.camera)
