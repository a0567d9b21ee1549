"""Finds squats by how far the hips go down: start, bottom, end and the standing leg; no angles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of
from sidestep.domain.motion.cleaning import CleanTrack, pieces
from sidestep.domain.motion.pose_track import Series
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.vocabulary.side import Side

LEAVING_SHARE = 0.04
"""A repetition starts and ends where the hips are this share of its depth below standing."""

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
    knee_bend_deg
        Shape (n,) over ``start`` to ``end``: the bend of the knee that such a depth takes.
    """

    start: int
    bottom: int
    end: int
    on: Side | None
    depth_pct: float
    knee_bend_deg: Series

    @property
    def samples(self) -> slice:
        """From start to end, both included."""
        return slice(self.start, self.end + 1)


def find_repetitions(
    track: CleanTrack, *, depth_min_pct: float, lift_min_pct: float
) -> tuple[RepetitionFound, ...]:
    """Find every squat deeper than ``depth_min_pct``, whole ones only.

    A repetition opens when the hips pass ``depth_min_pct`` and closes when they are back above
    half of it, so trembling at the bottom or the top makes no repetitions of its own.

    Parameters
    ----------
    depth_min_pct
        % of leg length.
    lift_min_pct
        % of leg length: a foot that much above the other does not stand.
    """
    drop_pct, lifted = _drop(track, lift_min_pct)
    found = []
    for piece in pieces(np.isfinite(drop_pct)):
        for start, end in _crossings(drop_pct[piece], depth_min_pct):
            first, last = piece.start + start, piece.start + end
            bottom = first + int(np.argmax(drop_pct[first : last + 1]))
            edge = LEAVING_SHARE * drop_pct[bottom]
            first = _walk(drop_pct, first, -1, edge, piece.start)
            last = _walk(drop_pct, last, +1, edge, piece.stop - 1)
            if (last - first) / track.rate_hz < SHORTEST_S:
                continue
            found.append(
                RepetitionFound(
                    start=first,
                    bottom=bottom,
                    end=last,
                    on=_standing_leg(lifted[first : last + 1]),
                    depth_pct=float(drop_pct[bottom]),
                    knee_bend_deg=knee_bend_deg(drop_pct[first : last + 1]),
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
    y = track.xy_px[..., 1]
    left, right = (y[:, keypoint("ankle", side)] for side in (Side.LEFT, Side.RIGHT))
    hips = middle_of(track.xy_px, "hip")[:, 1]
    # The lower ankle is on the ground, on one leg and on two.
    height = np.maximum(left, right) - hips
    seen = height[np.isfinite(height)]
    if seen.size == 0:
        return np.full(len(y), np.nan), np.zeros(len(y))
    standing_px = float(np.percentile(seen, STANDING_PERCENTILE))
    lift = 100.0 * (right - left) / standing_px
    lifted = np.where(np.abs(lift) > lift_min_pct, np.sign(lift), 0.0)
    drop: Series = 100.0 * (1 - height / standing_px)
    return drop, np.nan_to_num(lifted)


def _crossings(drop_pct: Series, depth_min_pct: float) -> list[tuple[int, int]]:
    """Return where the drop passes the least depth and where it is back above half of it."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    # Who is down at the first sample started before the clip: that one has no start.
    was_up = False
    for place, drop in enumerate(drop_pct):
        if start is None:
            was_up = was_up or drop < depth_min_pct / 2
            if was_up and drop >= depth_min_pct:
                start = place
        elif drop < depth_min_pct / 2:
            found.append((start, place))
            start = None
    return found


def _walk(drop_pct: Series, place: int, way: int, edge: float, last: int) -> int:
    while place != last and drop_pct[place] > edge:
        place += way
    return place


def _standing_leg(lifted: NDArray[np.float64]) -> Side | None:
    """Return the leg that stood for most of a repetition, ``None`` for both."""
    if np.mean(lifted > 0) > 0.5:
        return Side.RIGHT
    if np.mean(lifted < 0) > 0.5:
        return Side.LEFT
    return None
