from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from builders.drawn_clips import GreyClip
from sidestep.adapters.pose.following import LOOK_AGAIN_S, Following
from sidestep.adapters.pose.motion_map import MotionMap
from sidestep.adapters.pose.person_detector import Person
from sidestep.adapters.pose.region import Region
from sidestep.services.ports.frames import Frame

WIDTH_PX, HEIGHT_PX = 180, 320
RUNNER = Region(x_px=90.0, y_px=160.0, edge_px=100.0)
BYSTANDER = Region(x_px=20.0, y_px=160.0, edge_px=90.0)


def person(region: Region) -> Person:
    return Person(region=region, score=0.9)


def frame_with_noise_at(regions: Sequence[Region], time_s: float, seed: int) -> Frame:
    luma = np.full((HEIGHT_PX, WIDTH_PX), 126, dtype=np.uint8)
    for region in regions:
        half = int(region.edge_px / 4)
        x, y = int(region.x_px), int(region.y_px)
        noise = np.random.default_rng(seed).integers(0, 255, (2 * half, 2 * half))
        left = max(0, x - half)
        right = min(WIDTH_PX, x + half)
        luma[y - half : y + half, left:right] = noise[:, left - (x - half) : right - (x - half)]
    with GreyClip([time_s], stored_luma=luma).open(Path("clip")) as clip:
        return next(iter(clip.frames()))


def motion_at(*regions: Region | None, frames: int = 30) -> MotionMap:
    motion = MotionMap(frame_with_noise_at((), 0.0, 0).layout)
    moving = [region for region in regions if region is not None]
    for number in range(frames):
        motion.watch(frame_with_noise_at(moving, number / 15, number))
    return motion


def started(region: Region, motion: MotionMap) -> Following:
    following = Following(WIDTH_PX, HEIGHT_PX)
    following.find([person(region)], motion, 0.0)
    return following


def test_the_large_one_in_the_middle_is_taken() -> None:
    following = Following(WIDTH_PX, HEIGHT_PX)
    following.find([person(BYSTANDER), person(RUNNER)], motion_at(None), 0.0)
    assert following.region == RUNNER


def test_the_one_who_moves_is_taken_before_one_who_is_as_large() -> None:
    following = Following(WIDTH_PX, HEIGHT_PX)
    following.find([person(RUNNER), person(BYSTANDER)], motion_at(BYSTANDER), 0.0)
    assert following.region == BYSTANDER


def test_a_bystander_is_given_up_for_the_runner() -> None:
    motion = motion_at(RUNNER)
    following = started(BYSTANDER, motion)
    assert following.reconsider([person(BYSTANDER), person(RUNNER)], motion)
    assert following.region == RUNNER


def test_a_runner_is_not_given_up_for_anyone() -> None:
    following = started(RUNNER, motion_at(RUNNER))
    assert not following.reconsider([person(RUNNER)], motion_at(RUNNER))
    people = [person(RUNNER), person(BYSTANDER)]
    assert not following.reconsider(people, motion_at(BYSTANDER))
    assert following.region == RUNNER


LEFT_RUNNER = Region(x_px=55.0, y_px=160.0, edge_px=100.0)
RIGHT_RUNNER = Region(x_px=125.0, y_px=160.0, edge_px=95.0)
AT_THE_EDGE = Region(x_px=165.0, y_px=160.0, edge_px=95.0)
FAR_BEHIND = Region(x_px=125.0, y_px=160.0, edge_px=60.0)


@pytest.mark.parametrize(
    ("own", "other", "moves", "n"),
    [
        (LEFT_RUNNER, RIGHT_RUNNER, True, 1),
        (LEFT_RUNNER, RIGHT_RUNNER, False, 0),
        (LEFT_RUNNER, FAR_BEHIND, True, 0),
        (RUNNER, AT_THE_EDGE, True, 0),
        (AT_THE_EDGE, RUNNER, True, 1),
    ],
)
def test_only_a_runner_as_large_and_as_central_could_be_meant_instead(
    own: Region, other: Region, moves: bool, n: int
) -> None:
    motion = motion_at(own, other if moves else None)
    following = started(own, motion)
    assert following.rivals([person(own), person(other)], motion) == n


def test_a_small_mirror_image_is_not_taken_however_it_moves() -> None:
    mirror = Region(x_px=20.0, y_px=160.0, edge_px=40.0)
    following = started(RUNNER, motion_at(None))
    assert not following.reconsider([person(RUNNER), person(mirror)], motion_at(mirror))


def test_who_is_lost_is_looked_for_at_the_same_place_first() -> None:
    motion = motion_at(None)
    following = started(RUNNER, motion)
    assert not following.see(RUNNER, 0.1, 1.0, following.turn)
    assert following.region is None
    assert following.wants_look(1.0)
    following.find([person(BYSTANDER)], motion, 1.0)
    assert following.region is None
    assert not following.wants_look(1.0 + LOOK_AGAIN_S / 2)
    following.find([person(BYSTANDER), person(RUNNER)], motion, 1.5)
    assert following.region == RUNNER


def test_after_a_while_anyone_will_do() -> None:
    motion = motion_at(None)
    following = started(RUNNER, motion)
    following.see(RUNNER, 0.1, 1.0, following.turn)
    following.find([person(BYSTANDER)], motion, 9.0)
    assert following.region == BYSTANDER


def test_an_answer_begun_before_somebody_else_was_found_is_ignored() -> None:
    motion = motion_at(None)
    following = started(RUNNER, motion)
    old = following.turn
    following.forget()
    following.find([person(BYSTANDER)], motion, 0.2)
    assert not following.see(RUNNER, 0.9, 0.1, old)
    assert following.region == BYSTANDER


def test_a_square_that_runs_away_is_lost() -> None:
    following = started(RUNNER, motion_at(None))
    away = Region(x_px=900.0, y_px=160.0, edge_px=100.0)
    assert not following.see(away, 0.9, 0.1, following.turn)
    assert following.region is None


def scene(seed: int) -> Frame:
    blocks = np.random.default_rng(seed).integers(20, 230, (20, 12)).astype(np.uint8)
    luma = np.kron(blocks, np.ones((16, 15), dtype=np.uint8))
    with GreyClip([0.0], stored_luma=np.ascontiguousarray(luma)).open(Path("clip")) as clip:
        return next(iter(clip.frames()))


def test_another_scene_is_a_cut_and_only_once() -> None:
    motion = MotionMap(scene(1).layout)
    assert [motion.watch(scene(seed)) for seed in (1, 1, 1, 2, 2)] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_a_lamp_that_is_switched_on_is_no_cut() -> None:
    dark, light = frame_with_noise_at((), 0.0, 0), GreyClip([0.0])
    light.stored_luma = np.full((HEIGHT_PX, WIDTH_PX), 220, dtype=np.uint8)
    motion = MotionMap(dark.layout)
    motion.watch(dark)
    assert not motion.watch(next(iter(light.frames())))
