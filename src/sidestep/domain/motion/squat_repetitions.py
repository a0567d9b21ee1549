"""Finds squats by how far the hips go down: start, bottom, end and the standing leg; no angles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of
from sidestep.domain.motion.cleaning import CleanTrack, pieces
from sidestep.domain.motion.pose_track import Series
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.vocabulary.side import Side

LEAVING_SHARE = 0.10
"""A repetition starts and ends where the hips are this share of its depth below standing."""

RISE_SHARE = 0.75
"""Of the least depth: how far the hips must rise between two repetitions."""

RISING_AGAIN_PCT = 1.5
"""% of leg length: hips that sink by more than this have begun the next repetition."""

THIGH_SHARE_OF_BEND = 0.6
"""Of a bent knee, the thigh leans back by this share and the shank forward by the rest."""

STANDING_PERCENTILE = 95

STANDING_DROP_PCT = 4.0
"""Hips no further down than this, in % of leg length, are those of somebody who stands."""

SHORTEST_S = 0.6
"""Hips that are down for less are those of somebody who runs or jumps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionFound:
    """One squat, in samples of the clean track.

    Attributes
    ----------
    on
        The standing leg, ``None`` for both.
    depth_pct
        How far the hips went down, % of leg length.
    foot_moves_pct
        How much further one ankle went up and down in the picture than the other, % of leg length.
    knee_bend_deg
        Shape (n,) over ``start`` to ``end``: the bend of the knee that such a depth takes.
    """

    start: int
    bottom: int
    end: int
    on: Side | None
    depth_pct: float
    foot_moves_pct: float
    knee_bend_deg: Series


def find_repetitions(
    track: CleanTrack, *, depth_min_pct: float, lift_min_pct: float
) -> tuple[RepetitionFound, ...]:
    """Find every squat deeper than ``depth_min_pct``, whole ones only.

    Between two bottoms the hips must rise by most of ``depth_min_pct``, so trembling at the bottom
    or the top makes no repetitions of its own. How high somebody stands between them is left open:
    on one leg, or tired, that is lower than at the start.

    Parameters
    ----------
    depth_min_pct
        % of leg length.
    lift_min_pct
        % of leg length: a foot that much above the other does not stand.
    """
    from scipy import signal

    drop_pct, lifted = _drop(track, lift_min_pct)
    standing_px = _standing_px(track)
    found = []
    for piece in pieces(np.isfinite(drop_pct)):
        drop = drop_pct[piece]
        bottoms, _ = signal.find_peaks(
            drop, height=depth_min_pct, prominence=RISE_SHARE * depth_min_pct
        )
        for bottom in bottoms:
            first, last = _walk(drop, int(bottom), -1), _walk(drop, int(bottom), +1)
            if (last - first) / track.rate_hz < SHORTEST_S:
                continue
            whole = slice(piece.start + first, piece.start + last + 1)
            found.append(
                RepetitionFound(
                    start=whole.start,
                    bottom=piece.start + int(bottom),
                    end=whole.stop - 1,
                    on=_standing_leg(lifted[whole]),
                    depth_pct=float(drop[bottom]),
                    foot_moves_pct=100.0 * _foot_moves_px(track, whole) / standing_px,
                    knee_bend_deg=knee_bend_deg(drop[first : last + 1]),
                )
            )
    return tuple(found)


def find_standing(track: CleanTrack, *, lift_min_pct: float) -> NDArray[np.bool_]:
    """Return the frames in which somebody stands upright on both feet, shape (n,)."""
    drop_pct, lifted = _drop(track, lift_min_pct)
    with np.errstate(invalid="ignore"):
        standing: NDArray[np.bool_] = (drop_pct < STANDING_DROP_PCT) & (lifted == 0)
    return standing


def knee_bend_deg(drop_pct: Series) -> Series:
    """Return the knee bend that a drop of the hips takes, shape (n,), for thigh = shank.

    From in front the bend itself cannot be seen: it is told from how much shorter the leg is.
    """
    bends = np.arange(0.0, 141.0)
    thigh, shank = (
        np.deg2rad(THIGH_SHARE_OF_BEND * bends),
        np.deg2rad((1 - THIGH_SHARE_OF_BEND) * bends),
    )
    drops = 100.0 * (1 - (np.cos(thigh) + np.cos(shank)) / 2)
    bend: Series = np.interp(drop_pct, drops, bends)
    return bend


def _drop(track: CleanTrack, lift_min_pct: float) -> tuple[Series, NDArray[np.float64]]:
    """Return how far the hips are down, % of leg length, and which foot is up (+1 the left)."""
    left, right = _ankles(track)
    standing_px = _standing_px(track)
    lift = 100.0 * (right - left) / standing_px
    lifted = np.where(np.abs(lift) > lift_min_pct, np.sign(lift), 0.0)
    drop: Series = 100.0 * (1 - _hips_height(track) / standing_px)
    return drop, np.nan_to_num(lifted)


def _standing_px(track: CleanTrack) -> float:
    """Return how high the hips are over the ankles when somebody stands, NaN if nobody is seen."""
    height = _hips_height(track)
    seen = height[np.isfinite(height)]
    return float(np.percentile(seen, STANDING_PERCENTILE)) if seen.size else np.nan


def _hips_height(track: CleanTrack) -> Series:
    # The lower ankle is on the ground, on one leg and on two.
    height: Series = np.maximum(*_ankles(track)) - middle_of(track.xy_px, "hip")[:, 1]
    return height


def _ankles(track: CleanTrack) -> tuple[Series, Series]:
    """Return how far down the ankles are in the picture, the left and the right, shape (n,)."""
    left, right = (track.xy_px[:, keypoint("ankle", side), 1] for side in (Side.LEFT, Side.RIGHT))
    return left, right


def _foot_moves_px(track: CleanTrack, whole: slice) -> float:
    """Return how much further one ankle goes up and down than the other.

    A foot held ahead is nearer to the camera, and so as low in the picture as the one that stands;
    but it goes along with the body. Both tremble a little where the network places them.
    """
    left, right = (float(np.ptp(ankle[whole])) for ankle in _ankles(track))
    return abs(left - right)


def _walk(drop_pct: Series, bottom: int, way: int) -> int:
    """Return where the hips left (``way`` -1) or regained (+1) the height of standing."""
    last = 0 if way < 0 else len(drop_pct) - 1
    place = highest = bottom
    while place != last and drop_pct[place] <= drop_pct[highest] + RISING_AGAIN_PCT:
        place += way
        if drop_pct[place] < drop_pct[highest]:
            highest = place
    standing = drop_pct[highest]
    edge = standing + LEAVING_SHARE * (drop_pct[bottom] - standing)
    place = bottom
    while drop_pct[place] > edge:
        place += way
    return place


def _standing_leg(lifted: NDArray[np.float64]) -> Side | None:
    """Return the leg that stood for most of a repetition, ``None`` for both."""
    if np.mean(lifted > 0) > 0.5:
        return Side.RIGHT
    if np.mean(lifted < 0) > 0.5:
        return Side.LEFT
    return None
