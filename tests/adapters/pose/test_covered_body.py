"""What stands still before a rendered runner: painted into the pictures of a clip."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sidestep.adapters.pose.covered_body import (
    ACROSS_DEG,
    FEWEST_STILLS,
    LIVELY_LUMA,
    STILL_LUMA,
    still_band,
    what_covers,
)
from sidestep.adapters.pose.place_stills import Picture, PlaceStills
from sidestep.adapters.video.clip_files import ClipFiles
from sidestep.domain.motion.pose_track import Cover, PoseTrack
from sidestep.domain.motion.skeleton import N_KEYPOINTS, Keypoint

Paint = Callable[[ImageDraw.ImageDraw], None]

CLIP = Path(__file__).parents[2] / "clips/run_rear.mp4"
WIDTH, HEIGHT = 432, 768


def true_track() -> PoseTrack:
    """Return the joints where they truly are, as a pose source would give them."""
    frames = json.loads(CLIP.with_suffix(".truth.json").read_text(encoding="utf-8"))["frames"]
    n = len(frames["time_s"])
    xy_px = np.full((n, N_KEYPOINTS, 2), np.nan)
    for name, points in frames["joints_px"].items():
        xy_px[:, Keypoint[name.upper()]] = points
    return PoseTrack(
        time_s=np.array(frames["time_s"]),
        xy_px=xy_px,
        score=np.ones((n, N_KEYPOINTS)),
        brightness=np.full(n, 120.0),
        sharpness=np.full(n, 5.0),
        people=np.ones(n),
        cuts_s=(),
        width_px=WIDTH,
        height_px=HEIGHT,
        model="truth",
    )


TRACK = true_track()


def usual(name: str) -> NDArray[np.float64]:
    return np.asarray(np.nanmedian(TRACK.xy_px[:, Keypoint[name]], axis=0))


KNEES = (usual("LEFT_KNEE") + usual("RIGHT_KNEE")) / 2
SHOULDERS = (usual("LEFT_SHOULDER") + usual("RIGHT_SHOULDER")) / 2
THIGH = float(np.linalg.norm(usual("LEFT_KNEE") - usual("LEFT_HIP")))


@cache
def pictures() -> PlaceStills:
    kept = PlaceStills()
    with ClipFiles().open(CLIP) as opened:
        for frame in opened.frames():
            kept.take(frame)
    return kept


def stills(
    paint: Paint | None = None,
    *,
    grain: float = 2.0,
    shake_px: float = 0.0,
    flicker: float = 0.0,
    n: int | None = None,
) -> PlaceStills:
    """Return the clip's small pictures with something painted over all of them."""
    rng = np.random.default_rng(4)
    changed = PlaceStills()
    for still in pictures()._kept[:n]:
        sheet = Image.fromarray(still)
        if paint is not None:
            paint(ImageDraw.Draw(sheet))
        seen = np.roll(np.asarray(sheet, dtype=float), round(shake_px * rng.normal()), axis=1)
        seen *= 1.0 + flicker * rng.uniform(-1, 1)
        seen += rng.normal(0, grain, seen.shape)
        changed._kept.append(np.clip(seen, 0, 255).astype(np.uint8))
    return changed


def level(share: float) -> Paint:
    half = share * THIGH / 2
    box = (0, KNEES[1] - half, WIDTH, KNEES[1] + half)
    return lambda draw: draw.rectangle(box, fill=100)


def upright(draw: ImageDraw.ImageDraw) -> None:
    half = 0.1 * THIGH
    draw.rectangle(
        (usual("LEFT_KNEE")[0] - half, 0, usual("LEFT_KNEE")[0] + half, HEIGHT), fill=100
    )


def aslant(draw: ImageDraw.ImageDraw) -> None:
    x, y = KNEES
    ends = [(x - 2 * THIGH, y + 2 * THIGH), (x + 2 * THIGH, y - 2 * THIGH)]
    draw.line(ends, fill=100, width=round(0.25 * THIGH))


def console(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, WIDTH, SHOULDERS[1] + 0.5 * THIGH), fill=40)


def beside(draw: ImageDraw.ImageDraw) -> None:
    for x in (0.1 * WIDTH, 0.9 * WIDTH):
        draw.rectangle((x - 12, 0, x + 12, HEIGHT), fill=60)


@pytest.mark.parametrize(
    ("paint", "found"),
    [
        (level(0.15), Cover.BAR),
        (level(0.4), Cover.BAR),
        (upright, Cover.POST),
        (aslant, Cover.RAIL),
        (console, Cover.CONSOLE),
        (beside, None),
        (None, None),
    ],
    ids=["bar", "thick bar", "post", "rail", "console", "posts beside her", "nothing"],
)
def test_what_stands_still_before_a_runner_is_told_by_how_it_lies(
    paint: Paint | None, found: Cover | None
) -> None:
    assert what_covers(TRACK, stills(paint)) is found


@pytest.mark.parametrize(
    ("paint", "found"), [(level(0.4), Cover.BAR), (upright, Cover.POST), (None, None)]
)
def test_a_lamp_that_flickers_hides_nothing_and_makes_nothing_up(
    paint: Paint | None, found: Cover | None
) -> None:
    assert what_covers(TRACK, stills(paint, flicker=0.08)) is found


@pytest.mark.parametrize("paint", [None, upright])
def test_nothing_is_said_of_a_picture_that_shakes(paint: Paint | None) -> None:
    assert what_covers(TRACK, stills(paint, shake_px=8.0)) is None


def test_nothing_is_said_of_too_few_pictures_or_of_nobody() -> None:
    assert what_covers(TRACK, stills(level(0.3), n=FEWEST_STILLS)) is Cover.BAR
    assert what_covers(TRACK, stills(level(0.3), n=FEWEST_STILLS - 1)) is None
    nobody = replace(TRACK, xy_px=np.full_like(TRACK.xy_px, np.nan))
    assert what_covers(nobody, stills(level(0.3))) is None


THIGH_PX = 40.0


def a_band(direction_deg: float, breadth: float, still: float, lively: float) -> Picture:
    y, x = np.indices((90, 60)) - np.array([45, 30])[:, None, None]
    turn = np.radians(direction_deg)
    away = np.abs(y * np.cos(turn) - x * np.sin(turn))
    return np.where(away <= breadth * THIGH_PX / 2, still, lively)


@settings(max_examples=40)
@given(
    nearest_deg=st.sampled_from(ACROSS_DEG),
    off_deg=st.floats(-7.5, 7.5),
    still=st.floats(0.0, STILL_LUMA - 0.1),
    lively=st.floats(LIVELY_LUMA + 0.1, 80.0),
)
def test_a_broad_band_is_found_about_as_it_lies_and_a_narrow_one_where_it_was_looked_for(
    nearest_deg: int, off_deg: float, still: float, lively: float
) -> None:
    broad = still_band(a_band(nearest_deg + off_deg, 0.5, still, lively), THIGH_PX)
    narrow = still_band(a_band(nearest_deg, 0.15, still, lively), THIGH_PX)
    for found in (broad, narrow):
        assert found is not None
        off = abs(found - nearest_deg) % 180
        assert min(off, 180 - off) <= ACROSS_DEG[1]


@pytest.mark.parametrize("alike", [0.0, 3.0, 60.0])
def test_where_everything_is_alike_there_is_no_band(alike: float) -> None:
    assert still_band(np.full((90, 60), alike), THIGH_PX) is None


def test_of_legs_outside_the_picture_nothing_is_said() -> None:
    assert still_band(np.empty((0, 0)), THIGH_PX) is None
