from dataclasses import replace

import numpy as np
import pytest

from builders.motion_runner import Camera, Runner
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.sides import LEGS, mirror_track, settle_sides
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.view_finding import find_view
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side


def with_legs_exchanged(track: PoseTrack, frames: slice) -> PoseTrack:
    xy_px = track.xy_px.copy()
    for part in LEGS:
        left, right = keypoint(part, Side.LEFT), keypoint(part, Side.RIGHT)
        xy_px[frames, left] = track.xy_px[frames, right]
        xy_px[frames, right] = track.xy_px[frames, left]
    return replace(track, xy_px=xy_px)


@pytest.mark.parametrize("view", list(View))
def test_the_view_is_found_from_the_body_alone(view: View) -> None:
    assert find_view(Runner(camera=Camera(view=view), noise_px=3).track()).view is view


def test_a_mirrored_runner_is_still_seen_from_behind() -> None:
    assert find_view(mirror_track(Runner().track())).view is View.REAR


def test_nobody_has_no_view() -> None:
    track = Runner(duration_s=1).track()
    assert find_view(replace(track, xy_px=np.full_like(track.xy_px, np.nan))).view is None


@pytest.mark.parametrize("view", [View.REAR, View.FRONT, View.SIDE])
@pytest.mark.parametrize("length", [1, 7, 25])
def test_exchanged_legs_are_put_right(view: View, length: int) -> None:
    whole = Runner(camera=Camera(view=view), noise_px=2, duration_s=6).track()
    start = 131
    repaired = settle_sides(with_legs_exchanged(whole, slice(start, start + length)), view)
    knees = [keypoint("ankle", side) for side in Side]
    wrong = np.abs(repaired.track.xy_px - whole.xy_px)[:, knees].max(axis=(1, 2)) > 15
    # Where the legs lie on each other, a frame more or less cannot be told.
    assert wrong.sum() <= (4 if view is View.SIDE else 0)
    assert repaired.n_swaps == 1


def test_a_long_exchange_from_behind_is_put_right_too() -> None:
    whole = Runner(noise_px=2, duration_s=8).track()
    repaired = settle_sides(with_legs_exchanged(whole, slice(100, 300)), View.REAR)
    assert np.allclose(repaired.track.xy_px, whole.xy_px)
    assert (repaired.n_swaps, repaired.n_swapped_frames) == (1, 200)


def test_a_sound_track_is_left_alone() -> None:
    whole = Runner(noise_px=2).track()
    settled = settle_sides(whole, View.REAR)
    assert settled.n_swaps == 0
    assert np.array_equal(settled.track.xy_px, whole.xy_px)


def test_the_persons_word_about_the_view_turns_the_sides() -> None:
    track = Runner(duration_s=4).track()
    settled = settle_sides(track, View.FRONT).track
    left, right = keypoint("knee", Side.LEFT), keypoint("knee", Side.RIGHT)
    assert np.allclose(settled.xy_px[:, left], track.xy_px[:, right])
