"""Finds how the camera stood from the runner alone, and takes its roll out of the picture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of
from sidestep.domain.motion.cleaning import CleanTrack
from sidestep.domain.motion.gait_events import MidStance
from sidestep.domain.motion.pose_track import Series
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.vocabulary.side import Side

MASS_ABOVE_HIPS = 0.2
"""Height of a person's centre of mass above the hips' middle, as a share of the trunk."""

FOOT_SWING_LEGS = 0.40
"""Half of the way a foot travels to and fro under the hips, in leg lengths, of its first harmonic;
set so that the turn found on runners of known yaw comes out right."""

PHASES = 32
FEWEST_STRIDES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraPose:
    """How the camera stood to the runner.

    Attributes
    ----------
    roll_deg
        + where what is upright leans to the right in the picture.
    turn_deg
        Angle between the line of sight to the runner and the running direction, whether the
        camera stands aside or the belt is turned: + where what lies ahead of the runner lies
        further right in the picture. NaN where too few strides were seen.
    turn_error_deg
        95 % half-width of the turn from stride to stride.
    """

    roll_deg: float
    turn_deg: float
    turn_error_deg: float


def estimate_camera(track: CleanTrack, stances: Sequence[MidStance]) -> CameraPose:
    """Estimate roll and turn from whole strides of the runner.

    Roll: over whole strides the centre of mass stays above the middle of the two feet's places,
    or the runner would fall; so the line between them is upright however the trunk leans. Turn:
    seen exactly from behind or in front, one leg's way through a stride is the other's mirrored
    half a stride later; what both share sideways is the feet's way to and fro, seen askew.
    """
    good = [stance for stance in stances if stance.is_good]
    turns = _turns_deg(track, good)
    n = len(turns)
    return CameraPose(
        roll_deg=_roll_deg(track, good),
        turn_deg=float(np.median(turns)) if n >= FEWEST_STRIDES else float("nan"),
        turn_error_deg=float(1.96 * 1.25 * np.std(turns, ddof=1) / np.sqrt(n))
        if n >= FEWEST_STRIDES
        else float("nan"),
    )


def straighten(track: CleanTrack, roll_deg: float) -> CleanTrack:
    """Turn the picture so that upright is upright."""
    angle = np.deg2rad(-roll_deg)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return replace(track, xy_px=track.xy_px @ turn)


def _roll_deg(track: CleanTrack, stances: Sequence[MidStance]) -> float:
    """Return the lean of the line from the feet's places to the centre of mass, 0 if unseen."""
    hips, shoulders = middle_of(track.xy_px, "hip"), middle_of(track.xy_px, "shoulder")
    mass = hips + MASS_ABOVE_HIPS * (shoulders - hips)
    leans = []
    for side in Side:
        own = [stance for stance in stances if stance.side is side]
        at = np.searchsorted(track.time_s, [stance.time_s for stance in own])
        at = np.clip(at, 0, len(track.time_s) - 1)
        rise = mass[at] - track.xy_px[at, keypoint("ankle", side)]
        rise = rise[np.all(np.isfinite(rise), axis=1)]
        if len(rise) == 0:
            return 0.0
        leans.append(np.median(rise, axis=0))
    up = np.mean(leans, axis=0)
    return float(np.degrees(np.arctan2(up[0], -up[1])))


def _turns_deg(track: CleanTrack, stances: Sequence[MidStance]) -> NDArray[np.float64]:
    """Return the turn as each stride of the left foot shows it."""
    phases = np.arange(PHASES) / PHASES
    ways = {side: _way(track, side) for side in Side}
    turns = []
    lefts = [stance for stance in stances if stance.side is Side.LEFT]
    for first, second in pairwise(lefts):
        stride_s = second.time_s - first.time_s
        if not 1.6 < stride_s / first.step_s < 2.4:
            continue
        shared = np.zeros(PHASES)
        for side, later in ((Side.LEFT, 0.0), (Side.RIGHT, 0.5)):
            at_s = first.time_s + ((phases + later) % 1.0) * stride_s
            shared = shared + 0.5 * np.interp(at_s, track.time_s, ways[side])
        swing = -2 * float(np.mean(shared * np.sin(2 * np.pi * phases)))
        if np.isfinite(swing):
            turns.append(np.degrees(np.arcsin(np.clip(swing / FOOT_SWING_LEGS, -1, 1))))
    return np.array(turns)


def _way(track: CleanTrack, side: Side) -> Series:
    """Return the ankle's sideways place under the hips, in leg lengths."""
    x = track.xy_px[:, keypoint("ankle", side), 0] - middle_of(track.xy_px, "hip")[:, 0]
    way: Series = x / track.leg_px
    return way
