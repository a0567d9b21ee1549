"""Drops points that cannot be of this picture, before anything is computed from them."""

from dataclasses import replace

import numpy as np

from sidestep.domain.motion.pose_track import PoseTrack

PICTURES_AROUND = 2.0
"""A point this many picture sizes outside is not a guess about a hidden joint any more."""


def plausible(track: PoseTrack) -> PoseTrack:
    """Return the track with NaN for points far outside the picture or without a score."""
    size = np.array([max(track.width_px, 1), max(track.height_px, 1)], dtype=track.xy_px.dtype)
    with np.errstate(invalid="ignore"):
        inside = np.all(np.abs(track.xy_px - size / 2) <= (PICTURES_AROUND + 0.5) * size, axis=-1)
    known = inside & np.isfinite(track.score)
    if np.array_equal(known, track.score != 0):
        # Nothing to drop, and of a long clip nothing to copy: what is unknown has no score.
        return track
    return replace(
        track,
        xy_px=np.where(known[..., None], track.xy_px, np.nan),
        score=np.where(known, track.score, 0.0),
    )
