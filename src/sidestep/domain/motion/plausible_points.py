"""Drops points that cannot be of this picture, before anything is computed from them."""

from dataclasses import replace

import numpy as np

from sidestep.domain.motion.pose_track import PoseTrack

PICTURES_AROUND = 2.0
"""A point this many picture sizes outside is not a guess about a hidden joint any more."""


def plausible(track: PoseTrack) -> PoseTrack:
    """Return the track with NaN for points far outside the picture or without a score."""
    known = np.isfinite(track.score)
    for axis, size_px in enumerate((track.width_px, track.height_px)):
        size = track.xy_px.dtype.type(max(size_px, 1))
        with np.errstate(invalid="ignore"):
            known &= np.abs(track.xy_px[..., axis] - size / 2) <= (PICTURES_AROUND + 0.5) * size
    if np.array_equal(known, track.score != 0):
        # Nothing to drop, and of a long clip nothing to copy: what is unknown has no score.
        return track
    return replace(
        track,
        xy_px=np.where(known[..., None], track.xy_px, np.nan),
        score=np.where(known, track.score, 0.0),
    )
