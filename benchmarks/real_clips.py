"""Claim: on real people, left is left and right is right, and what is no run gives no number.

Two public takes, laid in one folder: the single-person demonstration of Pose2Sim (a man on a
beam, two cameras in front and two behind, synchronised and calibrated, ``pose2sim_singleperson/``)
and the demonstration of Sports2D (``sports2d_demo.mp4``: a woman walks past, a man does jumping
jacks). They come with those packages (BSD-3-Clause) and not with Sidestep. Nobody runs in them: no
freely licensed clip of a runner filmed from behind, with motion-capture truth, was found.

Sides: each pair of cameras is triangulated twice, with the legs as Sidestep names them and with one
camera's legs exchanged; whichever fits the pictures better is the truth. Measures: the same moments
seen by two cameras on the same side, their known roll taken out, as the angles read without
calibration. The cameras stand far apart, so a difference is geometry as much as error. Usage:
``python benchmarks/real_clips.py FOLDER``.
"""

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.motion.body_size import shank_length_px
from sidestep.domain.motion.camera import straighten
from sidestep.domain.motion.cleaning import CleanTrack, clean_track
from sidestep.domain.motion.frontal_angles import femoral_adduction_deg, knee_over_foot_pct
from sidestep.domain.motion.sides import settle_sides
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.analyse_clip import measure_clip
from sidestep.services.clips.clip_kinds import RUN

CAMERAS = {"cam01": View.FRONT, "cam02": View.FRONT, "cam03": View.REAR, "cam04": View.REAR}
LEGS = ("knee", "ankle")
FIXED_POINT = 64.0
"""The calibration file counts 64ths of a pixel."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """One camera's cleaned track and its projection matrix, shape (3, 4)."""

    track: CleanTrack
    projection: Floats


def main() -> None:
    folder = _options().folder
    take = folder / "pose2sim_singleperson"
    if not take.is_dir():
        print(
            f"{take} is not there: nothing measured. The top of this file says what to lay there."
        )
        return
    with tempfile.TemporaryDirectory() as home:
        wiring = Wiring(load_settings(Path(home)))
        projections = _projections(take / "Calib.qca.txt")
        seen = {}
        for camera, view in CAMERAS.items():
            track = wiring.pose_source.track(take / f"{camera}.mp4", lambda _: None)
            seen[camera] = Seen(clean_track(settle_sides(track, view)), projections[camera])
            _print_refusal(wiring, take / f"{camera}.mp4", view)
        _print_refusal(wiring, folder / "sports2d_demo.mp4", None)
    _print_sides(seen)
    for view in (View.REAR, View.FRONT):
        _print_measures(seen, view)


def _print_refusal(wiring: Wiring, clip: Path, view: View | None) -> None:
    if not clip.exists():
        return
    track = wiring.pose_source.track(clip, lambda _: None)
    run = measure_clip(track, RUN, view, wiring.knowledge)
    reasons = ", ".join(each.code for each in run.quality.problems if each.is_fatal)
    print(f"{clip.name}: {'GIVEN A RESULT' if run.quality.is_usable else 'refused'} ({reasons})")


def _projections(calibration: Path) -> dict[str, Floats]:
    """Return each camera's projection matrix from the world, mm, to upright pixels."""
    projections = {}
    for camera in etree.parse(calibration).iter("camera"):
        turn, lens = (next(camera.iter(part)).attrib for part in ("transform", "intrinsic"))
        rotation = np.array([[float(turn[f"r{row}{column}"]) for column in "123"] for row in "123"])
        place = np.array([float(turn[axis]) for axis in "xyz"])
        # The file's cameras look along minus z with y upwards, pictures along plus z downwards.
        rotation = np.diag([1.0, -1.0, -1.0]) @ rotation
        focal = [float(lens[f"focalLength{axis}"]) / FIXED_POINT for axis in "UV"]
        centre = [float(lens[f"centerPoint{axis}"]) / FIXED_POINT for axis in "UV"]
        inner = np.array([[focal[0], 0, centre[0]], [0, focal[1], centre[1]], [0, 0, 1]])
        outer = np.column_stack([rotation, -rotation @ place])
        projections[str(camera.get("serial"))] = inner @ outer
    return projections


def _print_sides(seen: Mapping[str, Seen]) -> None:
    print("\nleft and right: frames in which the legs fit as named better than exchanged")
    for first, second in combinations(CAMERAS, 2):
        as_named = _misfit_px(seen[first], seen[second], exchanged=False)
        exchanged = _misfit_px(seen[first], seen[second], exchanged=True)
        known = np.isfinite(as_named) & np.isfinite(exchanged)
        right = np.mean(as_named[known] < exchanged[known])
        print(
            f"  {first} with {second}: {100 * right:.0f} % of {known.sum()} frames "
            f"(misfit {np.median(as_named[known]):.0f} px as named, "
            f"{np.median(exchanged[known]):.0f} px exchanged)"
        )


def _misfit_px(first: Seen, second: Seen, *, exchanged: bool) -> Floats:
    """Return per frame how far the legs' points, put together in space, miss their pictures."""
    n = min(len(first.track.time_s), len(second.track.time_s))
    misfits = np.full((n, len(LEGS) * len(Side)), np.nan)
    pairs = [(part, side) for part in LEGS for side in Side]
    for column, (part, side) in enumerate(pairs):
        here = first.track.xy_px[:n, keypoint(part, side)]
        there = second.track.xy_px[:n, keypoint(part, side.other if exchanged else side)]
        for frame in np.flatnonzero(np.isfinite(here).all(1) & np.isfinite(there).all(1)):
            points = (here[frame], there[frame])
            misfits[frame, column] = _miss_px((first.projection, second.projection), points)
    return np.asarray(np.sqrt(np.mean(misfits**2, axis=1)))


def _miss_px(projections: tuple[Floats, Floats], points: tuple[Floats, Floats]) -> float:
    rows = [
        row
        for matrix, (x, y) in zip(projections, points, strict=True)
        for row in (x * matrix[2] - matrix[0], y * matrix[2] - matrix[1])
    ]
    place = np.linalg.svd(np.array(rows))[2][-1]
    misses = []
    for matrix, point in zip(projections, points, strict=True):
        across, down, depth = matrix @ place
        misses.append(np.hypot(across / depth - point[0], down / depth - point[1]))
    return float(np.mean(misses))


def _print_measures(seen: Mapping[str, Seen], view: View) -> None:
    cameras = [camera for camera, where in CAMERAS.items() if where is view]
    first, second = (
        straighten(seen[camera].track, _roll_deg(seen[camera].projection)) for camera in cameras
    )
    n = min(len(first.time_s), len(second.time_s))
    print(f"\nthe same moments from two cameras, {view.value} ({' and '.join(cameras)})")
    for side in Side:
        thighs = [femoral_adduction_deg(track.xy_px[:n], side, view) for track in (first, second)]
        offsets = [
            knee_over_foot_pct(track.xy_px[:n], side, view, shank_length_px(track.xy_px[:n]))
            for track in (first, second)
        ]
        for name, (one, other), unit in (("thigh", thighs, "°"), ("knee over foot", offsets, " %")):
            apart = one - other
            apart = apart[np.isfinite(apart)]
            print(
                f"  {side.value:5} {name:15} disagree by {np.median(np.abs(apart)):5.1f}{unit} "
                f"(median of {len(apart)} frames), {np.median(apart):+.1f}{unit} on average"
            )


def _roll_deg(projection: Floats) -> float:
    """Return how far what is upright leans to the right where the man is, near the origin."""
    low, high = (projection @ np.array([0.0, 0.0, height_mm, 1.0]) for height_mm in (500.0, 1500.0))
    across, down = high[:2] / high[2] - low[:2] / low[2]
    return float(np.degrees(np.arctan2(across, -down)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="Where the two takes lie.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
