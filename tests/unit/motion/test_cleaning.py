from dataclasses import replace

import numpy as np

from builders.motion_runner import Runner, pose_track
from sidestep.domain.motion.cleaning import LONGEST_GAP_S, clean_track
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.sides import SidedTrack
from sidestep.domain.motion.skeleton import Keypoint
from sidestep.domain.motion.views import View


def sided(track: PoseTrack) -> SidedTrack:
    return SidedTrack(track=track, view=View.REAR, n_swaps=0, n_swapped_frames=0)


def waves(hz: float, n: int = 300) -> PoseTrack:
    """A standing person whose left ankle swings with 100 px at a steady rate."""
    t = np.arange(n) / 60
    still = Runner(duration_s=n / 60).track().xy_px[:1].repeat(n, axis=0)
    still[:, Keypoint.LEFT_ANKLE, 1] = 1500 + 100 * np.sin(2 * np.pi * hz * t)
    return pose_track(t, still)


def swing(track: PoseTrack) -> float:
    ankle = clean_track(sided(track)).xy_px[60:-60, Keypoint.LEFT_ANKLE, 1]
    return float(np.sqrt(2) * np.std(ankle))


def test_what_legs_do_passes_the_filter_and_trembling_does_not() -> None:
    assert abs(swing(waves(3.0)) - 100) < 2
    assert swing(waves(20.0)) < 15


def test_the_filter_does_not_delay() -> None:
    track = waves(2.0)
    clean = clean_track(sided(track))
    truth = 1500 + 100 * np.sin(2 * np.pi * 2.0 * clean.time_s)
    assert np.abs(clean.xy_px[30:-30, Keypoint.LEFT_ANKLE, 1] - truth[30:-30]).max() < 2


def test_one_wild_point_leaves_no_trace() -> None:
    track = waves(1.0)
    xy_px = track.xy_px.copy()
    xy_px[150, Keypoint.LEFT_ANKLE] += 400
    wild = clean_track(sided(replace(track, xy_px=xy_px))).xy_px
    calm = clean_track(sided(track)).xy_px
    assert np.nanmax(np.abs(wild - calm)) < 3


def test_a_short_gap_is_bridged_and_a_long_one_stays_unknown() -> None:
    track = waves(1.0)
    score = track.score.copy()
    short = int(LONGEST_GAP_S * 60) - 2
    score[100 : 100 + short, Keypoint.LEFT_ANKLE] = 0.1
    score[180:200, Keypoint.LEFT_ANKLE] = 0.1
    clean = clean_track(sided(replace(track, score=score)))
    known = np.isfinite(clean.xy_px[:, Keypoint.LEFT_ANKLE, 0])
    assert known[:180].all()
    assert not known[181:199].any()
    assert known[201:].all()


def test_uneven_frames_become_even_without_changing_the_curve() -> None:
    track = waves(2.0)
    shaken = track.time_s + np.random.default_rng(1).uniform(-0.4, 0.4, len(track.time_s)) / 60
    xy_px = track.xy_px.copy()
    xy_px[:, Keypoint.LEFT_ANKLE, 1] = 1500 + 100 * np.sin(2 * np.pi * 2.0 * shaken)
    clean = clean_track(sided(replace(track, time_s=shaken, xy_px=xy_px)))
    assert np.allclose(np.diff(clean.time_s), 1 / clean.rate_hz)
    truth = 1500 + 100 * np.sin(2 * np.pi * 2.0 * clean.time_s)
    assert np.abs(clean.xy_px[30:-30, Keypoint.LEFT_ANKLE, 1] - truth[30:-30]).max() < 4


def test_one_picture_has_nothing_to_smooth() -> None:
    track = Runner(duration_s=1 / 60).track()
    assert len(track.time_s) == 1
    clean = clean_track(sided(track))
    assert clean.rate_hz == 0
    assert np.isnan(clean.xy_px).all()
