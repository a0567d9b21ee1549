"""What stands still before rendered people: painted into the pictures of a run and of squats."""

import json
from collections.abc import Callable
from functools import cache, cached_property
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
    still_band,
    what_covers,
)
from sidestep.adapters.pose.covered_knee import LIVELY_LUMA, STILL_LUMA
from sidestep.adapters.pose.place_stills import Picture, PlaceStills
from sidestep.adapters.video.clip_files import ClipFiles
from sidestep.domain.motion.pose_track import Cover
from sidestep.domain.motion.skeleton import N_KEYPOINTS, Keypoint

Paint = Callable[["Filmed", ImageDraw.ImageDraw], None]

CLIPS = Path(__file__).parents[2] / "clips"
WIDTH, HEIGHT = 432, 768


class Filmed:
    """A rendered clip: where the joints truly are, and its small pictures."""

    def __init__(self, name: str) -> None:
        self._clip = CLIPS / f"{name}.mp4"
        told = json.loads(self._clip.with_suffix(".truth.json").read_text(encoding="utf-8"))
        joints_px = told["frames"]["joints_px"]
        self.xy_px = np.full((len(joints_px["left_knee"]), N_KEYPOINTS, 2), np.nan)
        for joint, points in joints_px.items():
            self.xy_px[:, Keypoint[joint.upper()]] = points
        self.knees, self.ankles, self.shoulders = (
            (self.usual(f"LEFT_{part}") + self.usual(f"RIGHT_{part}")) / 2
            for part in ("KNEE", "ANKLE", "SHOULDER")
        )
        self.thigh = float(np.linalg.norm(self.usual("LEFT_KNEE") - self.usual("LEFT_HIP")))

    def usual(self, joint: str) -> NDArray[np.float64]:
        return np.asarray(np.nanmedian(self.xy_px[:, Keypoint[joint]], axis=0))

    @cached_property
    def pictures(self) -> PlaceStills:
        kept = PlaceStills()
        with ClipFiles().open(self._clip) as opened:
            for frame in opened.frames():
                kept.take(frame)
        return kept

    def stills(
        self,
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
        for still in self.pictures._kept[:n]:
            sheet = Image.fromarray(still)
            if paint is not None:
                paint(self, ImageDraw.Draw(sheet))
            seen = np.roll(np.asarray(sheet, dtype=float), round(shake_px * rng.normal()), axis=1)
            seen *= 1.0 + flicker * rng.uniform(-1, 1)
            seen += rng.normal(0, grain, seen.shape)
            changed._kept.append(np.clip(seen, 0, 255).astype(np.uint8))
        return changed

    def covered_by(self, stills: PlaceStills) -> Cover | None:
        return what_covers(self.xy_px, WIDTH, stills)


@cache
def filmed(name: str) -> Filmed:
    return Filmed(name)


def level(share: float, *, above_ankle: float = 1.0) -> Paint:
    """Return a bar: its height in thighs, and where from ankle (0) to knee (1)."""

    def paint(on: Filmed, draw: ImageDraw.ImageDraw) -> None:
        half = share * on.thigh / 2
        y = on.ankles[1] + above_ankle * (on.knees[1] - on.ankles[1])
        draw.rectangle((0, y - half, WIDTH, y + half), fill=100)

    return paint


def upright(on: Filmed, draw: ImageDraw.ImageDraw) -> None:
    half, x = 0.1 * on.thigh, on.usual("LEFT_KNEE")[0]
    draw.rectangle((x - half, 0, x + half, HEIGHT), fill=100)


def upright_aside(on: Filmed, draw: ImageDraw.ImageDraw) -> None:
    half, x = 0.06 * on.thigh, on.usual("LEFT_KNEE")[0] - 0.22 * on.thigh
    draw.rectangle((x - half, 0, x + half, HEIGHT), fill=100)


def box_before(joint: str) -> Paint:
    def paint(on: Filmed, draw: ImageDraw.ImageDraw) -> None:
        (x, y), half = on.usual(joint), 0.2 * on.thigh
        draw.rectangle((x - half, y - half, x + half, y + half), fill=100)

    return paint


def aslant(on: Filmed, draw: ImageDraw.ImageDraw) -> None:
    x, y = on.knees
    ends = [(x - 2 * on.thigh, y + 2 * on.thigh), (x + 2 * on.thigh, y - 2 * on.thigh)]
    draw.line(ends, fill=100, width=round(0.25 * on.thigh))


def console(on: Filmed, draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, WIDTH, on.shoulders[1] + 0.5 * on.thigh), fill=40)


def beside(on: Filmed, draw: ImageDraw.ImageDraw) -> None:
    for x in (0.1 * WIDTH, 0.9 * WIDTH):
        draw.rectangle((x - 12, 0, x + 12, HEIGHT), fill=60)


@pytest.mark.parametrize(
    ("paint", "found"),
    [
        (level(0.15), Cover.KNEE),
        (level(0.4), Cover.KNEE),
        (upright, Cover.KNEE),
        (box_before("RIGHT_KNEE"), Cover.KNEE),
        (level(0.15, above_ankle=0.5), Cover.BAR),
        (upright_aside, Cover.POST),
        (aslant, Cover.RAIL),
        (console, Cover.CONSOLE),
        (box_before("RIGHT_TOE"), None),
        (beside, None),
        (None, None),
    ],
    ids=[
        "bar",
        "thick bar",
        "post",
        "box before a knee",
        "bar before the shins",
        "post beside the knee",
        "rail",
        "console",
        "box before a foot",
        "posts beside her",
        "nothing",
    ],
)
def test_what_stands_still_before_a_runner_is_told_by_how_it_lies(
    paint: Paint | None, found: Cover | None
) -> None:
    run = filmed("run_rear")
    assert run.covered_by(run.stills(paint)) is found


@pytest.mark.parametrize(
    ("paint", "hides"),
    [
        (level(0.15), True),
        (level(0.8), True),
        (upright, True),
        (box_before("LEFT_KNEE"), True),
        (level(0.15, above_ankle=0.4), False),
        (beside, False),
        (None, False),
    ],
    ids=["bar", "table", "post", "box before a knee", "bar before the shins", "posts", "nothing"],
)
def test_what_stands_still_before_a_knee_is_told_of_squats(
    paint: Paint | None, *, hides: bool
) -> None:
    squats = filmed("squat_front")
    assert (squats.covered_by(squats.stills(paint)) is Cover.KNEE) is hides


@pytest.mark.parametrize(
    ("paint", "found"), [(level(0.4), Cover.KNEE), (upright, Cover.KNEE), (None, None)]
)
def test_a_lamp_that_flickers_hides_nothing_and_makes_nothing_up(
    paint: Paint | None, found: Cover | None
) -> None:
    run = filmed("run_rear")
    assert run.covered_by(run.stills(paint, flicker=0.08)) is found


@pytest.mark.parametrize("paint", [None, upright])
def test_nothing_is_said_of_a_picture_that_shakes(paint: Paint | None) -> None:
    run = filmed("run_rear")
    assert run.covered_by(run.stills(paint, shake_px=8.0)) is None


def test_nothing_is_said_of_too_few_pictures_or_of_nobody() -> None:
    run = filmed("run_rear")
    assert run.covered_by(run.stills(level(0.3), n=FEWEST_STILLS)) is Cover.KNEE
    assert run.covered_by(run.stills(level(0.3), n=FEWEST_STILLS - 1)) is None
    nobody = np.full_like(run.xy_px, np.nan)
    assert what_covers(nobody, WIDTH, run.stills(level(0.3))) is None


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
