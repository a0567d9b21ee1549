from dataclasses import replace

import numpy as np
import pytest

from builders.motion_runner import Camera, Runner, jumping_jacks, walker
from sidestep.domain.motion.cleaning import CleanTrack, clean_track
from sidestep.domain.motion.gait_events import Gait, find_gait
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.rhythm import rhythm_curves
from sidestep.domain.motion.sides import settle_sides
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

ONE_FRAME_S = 1 / 60


def cleaned(track: PoseTrack, view: View = View.REAR) -> CleanTrack:
    return clean_track(settle_sides(track, view))


def gait_of(track: PoseTrack, view: View = View.REAR) -> Gait:
    return find_gait(rhythm_curves(cleaned(track, view)))


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("cadence_spm", [146.0, 168.0, 193.0])
def test_every_step_is_found_once_with_its_side_and_time(view: View, cadence_spm: float) -> None:
    runner = Runner(
        cadence_spm=cadence_spm, camera=Camera(view=view), noise_px=3, jitter=0.3, duration_s=12
    )
    gait = gait_of(runner.track(), view)
    for side in Side:
        found = [stance.time_s for stance in gait.stances if stance.side is side]
        truth = runner.visible_stances(side)
        assert len(found) == len(truth)
        assert np.abs(np.array(found) - truth).max() < ONE_FRAME_S
    assert gait.cadence_spm == pytest.approx(cadence_spm, rel=0.005)
    assert not gait.bad_windows


@pytest.mark.parametrize("rate_hz", [50.0, 120.0, 239.76])
def test_the_frame_rate_changes_nothing(rate_hz: float) -> None:
    runner = Runner(rate_hz=rate_hz, noise_px=2, duration_s=8)
    gait = gait_of(runner.track())
    assert gait.cadence_spm == pytest.approx(168.0, rel=0.005)
    assert len(gait.stances) == sum(len(runner.visible_stances(side)) for side in Side)


def test_no_step_is_invented_where_nobody_was_seen() -> None:
    track = Runner(noise_px=2).track()
    hidden = (track.time_s > 8) & (track.time_s < 11.5)
    track = replace(track, xy_px=np.where(hidden[:, None, None], np.nan, track.xy_px))
    gait = gait_of(track)
    assert not any(8.05 < stance.time_s < 11.45 for stance in gait.stances)
    assert gait.cadence_spm == pytest.approx(168.0, rel=0.005)
    assert len(gait.stances) > 40


@pytest.mark.parametrize("unseen", [1, 2])
def test_a_step_whose_feet_were_hidden_is_counted_and_not_measured(unseen: int) -> None:
    runner = Runner(noise_px=2, duration_s=12)
    track = runner.track()
    whole = gait_of(track).stances
    first, last = whole[12], whole[11 + unseen]
    hidden = (track.time_s > first.time_s - 0.1) & (track.time_s < last.time_s + 0.1)
    feet = [keypoint(part, side) for part in ("ankle", "heel", "toe") for side in Side]
    xy_px = track.xy_px.copy()
    for foot in feet:
        xy_px[hidden, foot] = np.nan
    found = gait_of(replace(track, xy_px=xy_px)).stances
    assert [stance.side for stance in found] == [stance.side for stance in whole]
    filled = found[12 : 12 + unseen]
    assert not any(stance.is_good for stance in filled)
    for one, other in zip(filled, whole[12:], strict=False):
        assert one.time_s == pytest.approx(other.time_s, abs=2 * ONE_FRAME_S)


def test_a_lens_at_the_height_of_the_head_finds_the_same_steps() -> None:
    low, high = (
        gait_of(Runner(camera=Camera(height_m=height_m, distance_m=2.5)).track())
        for height_m in (0.1, 1.7)
    )
    assert len(low.stances) == len(high.stances)
    assert (
        max(abs(a.time_s - b.time_s) for a, b in zip(low.stances, high.stances, strict=True))
        < 2 * ONE_FRAME_S
    )


def test_legs_that_do_not_take_turns_do_not_alternate() -> None:
    gait = gait_of(jumping_jacks(), View.FRONT)
    assert all(window.alternation < 0.25 for window in gait.windows)


def test_a_walk_is_slow_with_low_feet() -> None:
    gait = gait_of(walker())
    assert gait.cadence_spm == pytest.approx(112, rel=0.01)
