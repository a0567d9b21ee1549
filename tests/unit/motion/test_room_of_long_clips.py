"""Half an hour of points is measured without copies of all of them beside each other."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from builders.motion_runner import Runner
from sidestep.domain.motion.cleaning import clean_track
from sidestep.domain.motion.plausible_points import plausible
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.sides import SidedTrack, settle_sides
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

POINTS_BYTES = 16 * 2 * 4
"""Of one frame, in single precision."""


def long_run() -> PoseTrack:
    track = Runner(duration_s=100).track()
    return replace(
        track, xy_px=track.xy_px.astype(np.float32), score=track.score.astype(np.float32)
    )


def legs_alone(track: PoseTrack) -> SidedTrack:
    """Leave out what is smoothed like the legs: counting memory takes its time.

    The scores made here count, too.
    """
    legs = [keypoint(part, side) for part in ("hip", "knee", "ankle") for side in Side]
    score = np.zeros_like(track.score)
    score[:, legs] = 1.0
    return SidedTrack(
        track=replace(track, score=score), view=View.REAR, n_swaps=0, n_swapped_frames=0
    )


@pytest.mark.parametrize(
    ("stage", "most_points"),
    [
        (plausible, 1.5),
        (lambda track: settle_sides(track, View.REAR), 2.0),
        (lambda track: clean_track(legs_alone(track)), 5.0),
    ],
    ids=["plausible", "settle_sides", "clean_track"],
)
def test_a_stage_takes_little_more_room_than_the_points_themselves(
    stage: Callable[[PoseTrack], Any], most_points: float
) -> None:
    track = long_run()
    tracemalloc.start()
    try:
        stage(track)
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most_bytes / len(track.time_s) < most_points * POINTS_BYTES
