"""What stands before a runner, looked for while she runs: pictures of a rendered clip, painted."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builders.drawn_clips import GreyClip
from sidestep.adapters.pose.live_cover import LiveCover
from sidestep.adapters.pose.place_stills import FIRST_EVERY, STILLS
from sidestep.adapters.video.clip_files import ClipFiles
from sidestep.domain.motion.pose_track import Cover
from sidestep.domain.motion.skeleton import N_KEYPOINTS, keypoint
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.clips import Covered
from sidestep.services.ports.frames import Frame

CLIP = Path(__file__).parents[2] / "clips/run_rear.mp4"
SIZE_PX = 432, 768
PLACES_PX = {"shoulder": (20, 255), "hip": (18, 400), "knee": (17, 515), "ankle": (14, 610)}
"""About where she is: from the middle, and down."""


def joints_px() -> NDArray[np.float64]:
    xy_px = np.full((N_KEYPOINTS, 2), np.nan)
    for side in Side:
        for part, (aside, y) in PLACES_PX.items():
            x = SIZE_PX[0] / 2 + (aside if side is Side.RIGHT else -aside)
            xy_px[keypoint(part, side)] = x, y
    return xy_px


@cache
def pictures() -> tuple[NDArray[np.uint8], ...]:
    with ClipFiles().open(CLIP) as opened:
        some = islice(opened.frames(), 0, STILLS * (FIRST_EVERY + 1), FIRST_EVERY + 1)
        return tuple(frame.picture(SIZE_PX[1]) for frame in some)


def frames(begin_s: float, bar_px: int) -> Iterator[Frame]:
    """Yield just so many frames that she is looked at once."""
    n = FIRST_EVERY * (STILLS - 1) + 1
    grey = GreyClip([begin_s + at / 30 for at in range(n)], *SIZE_PX).frames()
    for at, frame in enumerate(grey):
        rgb = pictures()[at // FIRST_EVERY].copy()
        middle = PLACES_PX["knee"][1]
        rgb[middle - bar_px // 2 : middle + bar_px // 2] = 100
        yield replace(frame, picture=partial(_of_any_height, rgb))


def _of_any_height(rgb: NDArray[np.uint8], _height_px: int) -> NDArray[np.uint8]:
    return rgb


def watched(cover: LiveCover, begin_s: float, bar_px: int) -> list[Covered | None]:
    return [cover.watch(frame, joints_px()) for frame in frames(begin_s, bar_px)]


def test_a_bar_is_told_once_there_are_enough_pictures_and_until_it_is_gone() -> None:
    cover = LiveCover()
    first = watched(cover, 0.0, 30)
    assert first[:-1] == [None] * (len(first) - 1)
    assert first[-1] == Covered(by=Cover.KNEE, since_s=0.0)
    second = watched(cover, 10.0, 30)
    assert set(second) == {first[-1]}
    third = watched(cover, 20.0, 0)
    assert set(third[:-1]) == {first[-1]}
    assert third[-1] is None


def test_when_nobody_was_seen_it_begins_anew() -> None:
    cover = LiveCover()
    watched(cover, 0.0, 30)
    cover.forget()
    assert set(watched(cover, 10.0, 30)[:-1]) == {None}
