"""Decides which leg is left over whole strides and repairs exchanged ones; smooths nothing."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import leg_length_px
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.skeleton import MIRRORED, keypoint
from sidestep.domain.motion.view_finding import towards_midline
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

LEGS = ("knee", "ankle", "heel", "toe")
TRUNK = ("shoulder", "elbow", "wrist", "hip")

LABEL_WEIGHT = {View.REAR: 0.02, View.FRONT: 0.02, View.SIDE: 0.004}
"""Cost per frame of contradicting the pose source, in leg lengths. From aside it is only a
tie-breaker: there one leg hides the other at every step, and exchanges last."""

ORDER_WEIGHT = 0.05
"""Cost per frame of a crossed pair in a view where the two lie apart, in leg lengths."""

FARTHEST = 1.0
"""A jump beyond this, in leg lengths, is a lost person and says nothing more about sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SidedTrack:
    """A pose track whose left is the person's left in every frame.

    Attributes
    ----------
    n_swaps
        How often the pose source exchanged the legs for a while.
    n_swapped_frames
        In how many frames it had them exchanged.
    """

    track: PoseTrack
    view: View
    n_swaps: int
    n_swapped_frames: int


def settle_sides(track: PoseTrack, view: View) -> SidedTrack:
    """Choose for every frame whether the legs are as named or exchanged, cheapest over the clip.

    Continuity from frame to frame speaks through how far each leg would have to jump, the view
    through the order of the pair in the picture (a runner's knees hardly ever cross).
    """
    leg_px = leg_length_px(track.xy_px)
    if not leg_px > 0:
        return SidedTrack(track=track, view=view, n_swaps=0, n_swapped_frames=0)
    trunk = _exchanged(track.xy_px, leg_px, TRUNK, "hip", view)
    legs = _exchanged(track.xy_px, leg_px, LEGS, "knee", view)
    if not (trunk.any() or legs.any()):
        return SidedTrack(track=track, view=view, n_swaps=0, n_swapped_frames=0)
    xy_px, score = track.xy_px.copy(), track.score.copy()
    for parts, swapped in ((TRUNK, trunk), (LEGS, legs)):
        for side in Side:
            for part in parts:
                here, there = keypoint(part, side), keypoint(part, side.other)
                xy_px[swapped, here] = track.xy_px[swapped, there]
                score[swapped, here] = track.score[swapped, there]
    return SidedTrack(
        track=replace(track, xy_px=xy_px, score=score),
        view=view,
        n_swaps=int(np.sum(np.diff(legs.astype(int), prepend=0) == 1)),
        n_swapped_frames=int(np.sum(legs)),
    )


def mirror_track(track: PoseTrack) -> PoseTrack:
    """Return the track of the mirrored person: the picture turned over, left and right renamed."""
    flipped = track.xy_px[:, MIRRORED, :].copy()
    flipped[..., 0] = track.width_px - flipped[..., 0]
    roll = track.lines_roll
    return replace(
        track,
        xy_px=flipped,
        score=track.score[:, MIRRORED],
        lines_roll=None if roll is None else replace(roll, degrees=-roll.degrees),
    )


def _exchanged(
    xy_px: NDArray[np.float64], leg_px: float, parts: tuple[str, ...], ordered: str, view: View
) -> NDArray[np.bool_]:
    """Return for every frame whether this group of points has its sides exchanged."""
    left = xy_px[:, [keypoint(part, Side.LEFT) for part in parts]] / leg_px
    right = xy_px[:, [keypoint(part, Side.RIGHT) for part in parts]] / leg_px
    stay = _jump(left[1:] - left[:-1]) + _jump(right[1:] - right[:-1])
    cross = _jump(left[1:] - right[:-1]) + _jump(right[1:] - left[:-1])
    against = np.full(len(xy_px), LABEL_WEIGHT[view])
    if view is not View.SIDE:
        place = parts.index(ordered)
        apart = right[:, place, 0] - left[:, place, 0]
        in_order = np.clip(towards_midline(Side.LEFT, view) * apart * 10, -1, 1)
        against += ORDER_WEIGHT * np.nan_to_num(in_order)
    return _cheapest_path(stay, cross, against)


def _jump(step: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean length of a step over the points seen, 0 where none was."""
    length = np.hypot(step[..., 0], step[..., 1])
    seen = np.isfinite(length)
    total = np.where(seen, np.minimum(length, FARTHEST), 0.0).sum(axis=1)
    mean: NDArray[np.float64] = total / np.maximum(seen.sum(axis=1), 1)
    return mean


def _cheapest_path(
    stay: NDArray[np.float64], cross: NDArray[np.float64], against: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return the cheapest sequence of "exchanged" over all frames (dynamic programming)."""
    n = len(against)
    came_from = np.zeros((n, 2), dtype=bool)
    as_named, exchanged = 0.0, float(against[0]) if n else 0.0
    for frame in range(1, n):
        same, change = float(stay[frame - 1]), float(cross[frame - 1])
        came_from[frame, 0] = exchanged + change < as_named + same
        came_from[frame, 1] = exchanged + same < as_named + change
        as_named, exchanged = (
            min(as_named + same, exchanged + change),
            min(exchanged + same, as_named + change) + float(against[frame]),
        )
    path = np.zeros(n, dtype=bool)
    state = exchanged < as_named
    for frame in range(n - 1, -1, -1):
        path[frame] = state
        state = bool(came_from[frame, int(state)])
    return path
