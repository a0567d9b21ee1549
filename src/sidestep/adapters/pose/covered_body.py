"""Finds what stands still between the camera and a person: a bar, a post, a rail, a console.

The pose network goes on placing a knee behind it, as sure as before. But whoever moves changes the
picture wherever she is seen, so where nothing ever changes and beside it everything does, something
lies over her. A knee is looked at by itself, also of somebody who squats (``covered_knee``). What
follows from it for a clip is not known here.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.pose.covered_knee import LIVELY_LUMA, STILL_LUMA, is_knee_covered
from sidestep.adapters.pose.place_stills import Picture, PlaceStills
from sidestep.domain.motion.pose_track import Cover
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.vocabulary.side import Side

FEWEST_STILLS = 7
"""Fewer pictures may all show the same moment of the stride."""

SHAKING_LUMA = 4.0
"""Of the usual place of the picture: the camera moves, and nothing can be told from stillness."""

ACROSS_DEG = tuple(range(0, 180, 15))
"""Directions in which a bar may lie: 0 is level, 90 upright."""

LINE_LEGS, NARROWEST_LEGS, BREADTH_LEGS = 1.0, 0.08, 0.025
"""In lengths of a thigh: the shortest line across the legs' part of the picture that counts, the
narrowest bar, and about how broad a line is. In 504 pieces of rendered runs with nothing before the
legs the widest still band was 0.07; of nine bars before thighs or shins the narrowest was 0.10."""

BESIDE_LEGS, BELOW_HIP_LEGS, BELOW_ANKLE_LEGS = 0.4, 0.1, 0.2
"""How far the legs' part reaches beyond the joints, in lengths of a thigh."""

CHANGED_SHARE = 0.9
"""A line is as lively as the tenth of it that changes most."""

SHOULDER_LEGS = 0.25, 0.15
"""Half breadth and half height looked at around a shoulder: its outline bounces with the runner."""


def what_covers(xy_px: NDArray[np.float64], width_px: float, stills: PlaceStills) -> Cover | None:
    """Return what hides a knee, or a runner's legs or shoulders, all the time.

    ``None`` when nothing was found, or nothing can be told: the camera shakes, there are too few
    pictures, or nobody is in them. A knee can be told of whoever runs or squats, all else only of
    a person who runs.

    Parameters
    ----------
    xy_px
        Shape (n, 16, 2), the joints in pictures ``width_px`` wide; NaN where not seen.
    stills
        Of the same time.
    """
    changes = stills.changes() if len(stills) >= FEWEST_STILLS else None
    if changes is None or np.median(changes) > SHAKING_LUMA:
        return None
    shrink = changes.shape[1] / width_px
    joints = {
        part: np.array([_usual_place(xy_px, part, side) for side in Side]) * shrink
        for part in ("shoulder", "hip", "knee", "ankle")
    }
    thigh_px = float(np.mean(np.linalg.norm(joints["knee"] - joints["hip"], axis=1)))
    if not thigh_px > 0:
        return None
    if is_knee_covered(changes, joints["knee"], float(joints["shoulder"][:, 1].mean()), thigh_px):
        return Cover.KNEE
    band_deg = still_band(_legs_part(changes, joints, thigh_px), thigh_px)
    if band_deg is not None:
        return _kind_of(band_deg)
    liveliest = [_around_shoulder(changes, place, thigh_px) for place in joints["shoulder"]]
    return Cover.CONSOLE if max(liveliest) < STILL_LUMA else None


def still_band(legs: Picture, thigh_px: float) -> float | None:
    """Return the direction of the widest still band with liveliness on both sides, in degrees.

    Parameters
    ----------
    legs
        How much each place of the legs' part of the picture changes.
    thigh_px
        Length of a thigh in it.

    Returns
    -------
    float or None
        0 for level, 90 for upright, 0 to 180; ``None`` when there is no such band.
    """
    breadth_px = max(1, round(BREADTH_LEGS * thigh_px))
    fewest = LINE_LEGS * thigh_px * breadth_px
    order = np.argsort(legs, axis=None)
    widths = {
        direction_deg: breadth_px
        * _widest_still(_lines(legs, order, direction_deg, breadth_px, fewest))
        for direction_deg in ACROSS_DEG
    }
    widest = max(widths, key=lambda direction_deg: widths[direction_deg])
    return float(widest) if widths[widest] >= NARROWEST_LEGS * thigh_px else None


def _usual_place(xy_px: NDArray[np.float64], part: str, side: Side) -> NDArray[np.float64]:
    seen = xy_px[:, keypoint(part, side)]
    seen = seen[np.isfinite(seen[:, 0])]
    return np.median(seen, axis=0) if len(seen) else np.full(2, np.nan)


def _legs_part(
    changes: Picture, joints: dict[str, NDArray[np.float64]], thigh_px: float
) -> Picture:
    x = np.concatenate([joints[part][:, 0] for part in ("hip", "knee", "ankle")])
    top, bottom = joints["hip"][:, 1].mean(), joints["ankle"][:, 1].mean()
    rows = _span(top + BELOW_HIP_LEGS * thigh_px, bottom + BELOW_ANKLE_LEGS * thigh_px)
    columns = _span(x.min() - BESIDE_LEGS * thigh_px, x.max() + BESIDE_LEGS * thigh_px)
    return changes[rows, columns]


def _lines(
    legs: Picture,
    order: NDArray[np.intp],
    direction_deg: float,
    breadth_px: int,
    fewest: float,
) -> NDArray[np.float64]:
    """Return how lively each line in a direction is, in order; NaN with too few pixels.

    ``order`` sorts the places of the picture from the stillest to the liveliest.
    """
    turn = np.radians(direction_deg)
    y, x = (np.arange(size) for size in legs.shape)
    away_px = (y * np.cos(turn))[:, None] - x * np.sin(turn)
    line = np.floor((away_px - away_px.min(initial=0.0)) / breadth_px + 1e-9).astype(int).ravel()
    counts = np.bincount(line)
    last = np.cumsum(counts) - 1
    at = np.minimum(last - counts + 1 + (CHANGED_SHARE * counts).astype(int), last)
    # Those of one line stay in their order; short numbers are sorted the quickest.
    by_line = np.argsort(line[order].astype(np.int16), kind="stable")
    return np.where(counts >= fewest, legs.ravel()[order[by_line[at]]], np.nan)


def _widest_still(lively: NDArray[np.float64]) -> int:
    """Return the most lines in a row that are still, between two that are lively."""
    return max(_still_runs(lively), default=0)


def _still_runs(lively: NDArray[np.float64]) -> Iterator[int]:
    surely = np.flatnonzero(lively > LIVELY_LUMA)
    run = 0
    for each in lively[surely[0] : surely[-1] + 1] if len(surely) else ():
        run = run + 1 if each < STILL_LUMA else 0
        yield run


def _kind_of(direction_deg: float) -> Cover:
    from_level_deg = min(direction_deg, 180.0 - direction_deg)
    if from_level_deg <= ACROSS_DEG[1]:
        return Cover.BAR
    return Cover.POST if from_level_deg >= ACROSS_DEG[5] else Cover.RAIL


def _around_shoulder(changes: Picture, place: NDArray[np.float64], thigh_px: float) -> float:
    """Return the liveliness around a shoulder; infinite where it cannot be told."""
    if not np.isfinite(place).all():
        return np.inf
    (x, y), (half_x, half_y) = place, np.array(SHOULDER_LEGS) * thigh_px
    around = changes[_span(y - half_y, y + half_y), _span(x - half_x, x + half_x)]
    return float(np.quantile(around, CHANGED_SHARE)) if around.size else np.inf


def _span(first: float, last: float) -> slice:
    return slice(max(0, round(first)), max(0, round(last)) + 1)
