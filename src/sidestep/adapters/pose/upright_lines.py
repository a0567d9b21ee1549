"""Finds the roll of the camera from upright edges of the place: door frames, posts, walls.

Level edges are left out: seen askew they run down or up the picture without any roll. Who is in the
picture, and what the roll is used for, is not known here.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.pose.place_stills import Picture, PlaceStills
from sidestep.domain.motion.pose_track import LinesRoll, PoseTrack
from sidestep.domain.motion.skeleton import Keypoint

WIDEST_DEG = 8.0
STEP_DEG = 0.1
"""Rolls tried: a camera further out of level is seen by the person who films."""

STEEPEST = 0.27
"""Tangent of 15 degrees: an edge further from upright is a line of perspective."""

_HIPS = [Keypoint.LEFT_HIP, Keypoint.RIGHT_HIP]

MARGIN = 0.15
"""Of the person's width, left out on each side of the outermost joints."""

FAINTEST_LUMA = 6.0
"""An edge needs this change of luma per pixel to be more than noise."""

FEWEST_EDGES = 150
"""Edge pixels a half of the picture needs before its lines say anything."""

CLEAREST = 1.8
"""How far the best roll must stand out from the usual one: on rendered places of known roll, what
stood out less was as often wrong as right."""

BOTH_ERROR_DEG, ONE_ERROR_DEG = 0.6, 2.0
"""95 % half-widths. A camera that looks down makes uprights lean outwards, to the left in the left
half and to the right in the right half: the two halves together cancel it, one alone does not."""


def lines_roll_behind(track: PoseTrack, stills: PlaceStills) -> LinesRoll | None:
    """Return the roll that the place behind a person shows, ``None`` where it shows none."""
    place = stills.place()
    seen = np.isfinite(track.xy_px[..., 0])
    if place is None or not seen.any():
        return None
    shrink = place.shape[1] / track.width_px
    first, last = np.percentile(track.xy_px[..., 0][seen], [1, 99]) * shrink
    margin = MARGIN * (last - first)
    covered = slice(max(0, int(first - margin)), max(0, int(last + margin)))
    # Below the hips a treadmill's edges run aslant towards the camera.
    hips = np.nanmedian(track.xy_px[:, _HIPS, 1]) * shrink
    return find_lines_roll(place[: max(0, int(hips))], covered)


def find_lines_roll(place: Picture, person: slice) -> LinesRoll | None:
    """Return the roll that the place's upright edges show, ``None`` where none is clear.

    Parameters
    ----------
    place
        The upright picture of the place.
    person
        Columns that the person covers; they are left out.
    """
    across, down = _slopes(place)
    across[:, person] = 0.0
    half = place.shape[1] // 2
    halves = (slice(0, half), slice(half, None))
    found = [
        roll
        for columns in halves
        if (roll := _upright_roll(across[:, columns], down[:, columns])) is not None
    ]
    if not found:
        return None
    error_deg = BOTH_ERROR_DEG if len(found) == len(halves) else ONE_ERROR_DEG
    return LinesRoll(degrees=float(np.mean(found)), error_deg=error_deg)


def _slopes(place: Picture) -> tuple[Picture, Picture]:
    """Return the change of luma per pixel to the right and downwards, lightly smoothed."""
    smooth = place.copy()
    smooth[1:-1] = (place[:-2] + 2 * place[1:-1] + place[2:]) / 4
    smooth[:, 1:-1] = (smooth[:, :-2] + 2 * smooth[:, 1:-1] + smooth[:, 2:]) / 4
    across, down = np.zeros_like(place), np.zeros_like(place)
    across[:, 1:-1] = (smooth[:, 2:] - smooth[:, :-2]) / 2
    down[1:-1] = (smooth[2:] - smooth[:-2]) / 2
    return across, down


def _upright_roll(across: Picture, down: Picture) -> float | None:
    """Return the roll at which upright edges pile up most: turned back, they share their x."""
    edges = (np.abs(across) > FAINTEST_LUMA) & (np.abs(down) < STEEPEST * np.abs(across))
    y, x = np.nonzero(edges)
    if len(x) < FEWEST_EDGES:
        return None
    rolls = np.arange(-WIDEST_DEG, WIDEST_DEG + STEP_DEG / 2, STEP_DEG)
    piles = np.array(list(_pile_heights(x, y, np.abs(across[edges]), np.radians(rolls))))
    best = int(np.argmax(piles))
    is_at_the_end = best in (0, len(rolls) - 1)
    if is_at_the_end or piles[best] < CLEAREST * np.median(piles):
        return None
    before, top, after = piles[best - 1 : best + 2]
    bend = before - 2 * top + after
    between = 0.5 * (before - after) / bend if bend else 0.0
    return float(rolls[best] + between * STEP_DEG)


def _pile_heights(
    x: NDArray[np.intp], y: NDArray[np.intp], weight: Picture, rolls_rad: Picture
) -> Iterator[float]:
    for roll in rolls_rad:
        turned = x * np.cos(roll) + y * np.sin(roll)
        heights = np.bincount((turned - turned.min()).astype(int), weights=weight)
        yield float(np.sum(heights**2))
