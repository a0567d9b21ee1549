"""Rendered people, whose joints are known in every frame, through decoder and networks."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from builders.drawn_clips import GreyClip
from sidestep.adapters.pose.blazepose_source import BlazePoseSource
from sidestep.adapters.pose.live_poses import BlazePoseLive
from sidestep.adapters.pose.model_files import find_models
from sidestep.adapters.video.clip_files import ClipFiles
from sidestep.domain.motion.cleaning import frame_rate_hz
from sidestep.domain.motion.new_frames import new_frames_hz
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.vocabulary.side import Side

CLIPS = Path(__file__).parents[2] / "clips"
NAMES = ("run_rear_turned_phone", "run_rear_two_people", "run_rear_uneven", "run_front")
PEOPLE = {"run_rear_two_people": 2}
LEG = ("hip", "knee", "ankle", "heel", "toe")


@cache
def track_of(name: str) -> PoseTrack:
    return BlazePoseSource(ClipFiles(), find_models()).track(
        CLIPS / f"{name}.mp4", lambda _share: None
    )


@cache
def truth_of(name: str) -> dict[str, NDArray[np.float64]]:
    truth = json.loads((CLIPS / f"{name}.truth.json").read_text(encoding="utf-8"))
    joints = {part: np.array(points) for part, points in truth["frames"]["joints_px"].items()}
    return joints | {"time_s": np.array(truth["frames"]["time_s"])}


def leg_px(name: str) -> float:
    truth = truth_of(name)
    thigh = np.linalg.norm(truth["left_hip"] - truth["left_knee"], axis=1)
    shank = np.linalg.norm(truth["left_knee"] - truth["left_ankle"], axis=1)
    return float(np.median(thigh + shank))


def errors(name: str, part: str, side: Side, seen_as: Side) -> NDArray[np.float64]:
    """Distance of a point from where it truly is, per frame, in leg lengths."""
    true = truth_of(name)[f"{side.value}_{part}"]
    seen = track_of(name).xy_px[:, keypoint(part, seen_as)]
    distance: NDArray[np.float64] = np.linalg.norm(seen - true, axis=1) / leg_px(name)
    return distance


@pytest.mark.parametrize("name", NAMES)
def test_the_runner_is_seen_where_she_is_and_when_with_left_on_the_left(name: str) -> None:
    track = track_of(name)
    assert track.time_s == pytest.approx(truth_of(name)["time_s"], abs=1e-3)
    assert np.isfinite(track.xy_px).all()
    assert not track.cuts_s
    assert ((track.brightness > 20) & (track.brightness < 235)).all()
    assert np.isfinite(track.sharpness[::5]).all()
    assert track.changes is not None
    assert np.isfinite(track.changes[1:]).all()
    assert new_frames_hz(track.time_s, track.changes) == frame_rate_hz(track.time_s)
    assert set(track.people[np.isfinite(track.people)]) == {PEOPLE.get(name, 1)}
    # Whoever only watches is nobody who could be meant instead.
    assert track.rivals is not None
    assert set(track.rivals[np.isfinite(track.rivals)]) == {0}
    worst = {"hip": 0.06, "knee": 0.07, "ankle": 0.09, "heel": 0.12, "toe": 0.13}
    for part in LEG:
        for side in Side:
            assert errors(name, part, side, side).mean() < worst[part], part
    for part in ("hip", "knee", "ankle"):
        own = errors(name, part, Side.LEFT, Side.LEFT)
        other = errors(name, part, Side.LEFT, Side.RIGHT)
        assert (own < other).mean() > 0.95, part


def test_the_same_clip_gives_the_same_track_again_and_says_how_far_it_is() -> None:
    told: list[float] = []
    source = BlazePoseSource(ClipFiles(), find_models())
    again = source.track(CLIPS / "run_front.mp4", told.append)
    assert np.array_equal(again.xy_px, track_of("run_front").xy_px)
    assert told == sorted(told)
    assert len(told) > 1
    assert told[-1] == 1.0


def test_one_picture_after_the_other_gives_nearly_the_same_as_the_whole_clip() -> None:
    live, track = BlazePoseLive(find_models()), track_of(NAMES[0])
    ready = BlazePoseLive(find_models())
    with ClipFiles().open(CLIPS / f"{NAMES[0]}.mp4") as clip:
        for number, frame in enumerate(clip.frames()):
            if number == 0:
                ready.prepare(frame)
            pose, of_ready = live.see(frame), ready.see(frame)
            assert pose is not None
            assert of_ready is not None
            assert np.array_equal(of_ready.xy_px, pose.xy_px)
            apart = np.linalg.norm(pose.xy_px - track.xy_px[number], axis=1) / leg_px(NAMES[0])
            assert np.median(apart) < 0.05
            if number == 30:
                break


def test_a_picture_in_which_nobody_is_found_says_how_dark_it_is() -> None:
    dark = GreyClip((0.0, 0.02))
    dark.stored_luma = np.full((dark.height_px, dark.width_px), 20, np.uint8)
    track = BlazePoseSource(dark, find_models()).track(Path("dark.mp4"), lambda _share: None)
    assert np.isnan(track.xy_px).all()
    assert track.brightness == pytest.approx([20, 20])
