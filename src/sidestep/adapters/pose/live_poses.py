"""Finds the person in pictures as they happen: one at a time, with one core.

Whole files are quicker through ``blazepose_source``; smoothing belongs to the domain.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from sidestep.adapters.pose.following import Following
from sidestep.adapters.pose.landmark_network import (
    HIPS,
    RIM,
    LandmarkNetwork,
    LandmarkRequest,
)
from sidestep.adapters.pose.live_cover import LiveCover
from sidestep.adapters.pose.model_files import PoseModels
from sidestep.adapters.pose.motion_map import MotionMap
from sidestep.adapters.pose.person_detector import PersonDetector
from sidestep.adapters.pose.region import region_around
from sidestep.adapters.pose.squares import SquaresInTurn
from sidestep.domain.motion.skeleton import N_KEYPOINTS
from sidestep.services.ports.clips import LivePose
from sidestep.services.ports.frames import Frame, Layout


class BlazePoseLive:
    """Implements ``services.ports.LivePoses``; without ``prepare`` the first picture takes seconds.

    Parameters
    ----------
    models
        The networks.
    """

    def __init__(self, models: PoseModels) -> None:
        self._models = models
        self._state: _State | None = None

    def prepare(self, frame: Frame) -> None:
        """Compile the networks for pictures like this one and let them look once."""
        self.see(frame)
        if self._state is not None:
            layout = self._state.layout
            self._state = replace(
                self._state,
                following=Following(layout.width_px, layout.height_px),
                motion=MotionMap(layout),
                squares=SquaresInTurn(),
                cover=LiveCover(),
            )

    def see(self, frame: Frame) -> LivePose | None:
        """Find the person in a picture that is later than the one before."""
        state = self._state
        if state is None or not _are_alike(state.layout, frame.layout):
            state = self._state = self._begin(frame.layout)
        following = state.following
        if state.motion.watch(frame):
            following.forget()
            state.cover.forget()
        if following.wants_look(frame.time_s):
            following.find(state.detector.people(frame), state.motion, frame.time_s)
        if following.region is None:
            state.cover.forget()
            return None
        state.request.start(frame, state.squares.next_of(frame, following.region))
        joints = state.request.wait()
        around = region_around(joints.xy_px[HIPS], joints.xy_px[RIM])
        if not following.see(around, joints.presence, frame.time_s, following.turn):
            return None
        xy_px = joints.xy_px[:N_KEYPOINTS]
        covered = state.cover.watch(frame, xy_px)
        return LivePose(time_s=frame.time_s, xy_px=xy_px, score=joints.score, covered=covered)

    def _begin(self, layout: Layout) -> "_State":
        network = LandmarkNetwork(self._models, layout.rgb_from_yuv, streams=1)
        return _State(
            layout=layout,
            detector=PersonDetector(self._models.detector, layout),
            request=network.request(),
            following=Following(layout.width_px, layout.height_px),
            motion=MotionMap(layout),
        )


def _are_alike(one: Layout, other: Layout) -> bool:
    return one is other or (
        (one.width_px, one.height_px) == (other.width_px, other.height_px)
        and np.array_equal(one.stored_from_upright, other.stored_from_upright)
        and np.array_equal(one.rgb_from_yuv, other.rgb_from_yuv)
    )


@dataclass(slots=True, kw_only=True)
class _State:
    layout: Layout
    detector: PersonDetector
    request: LandmarkRequest
    following: Following
    motion: MotionMap
    squares: SquaresInTurn = field(default_factory=SquaresInTurn)
    cover: LiveCover = field(default_factory=LiveCover)
