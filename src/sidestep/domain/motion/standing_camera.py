"""Finds how the camera stood from somebody who stands on both feet, not from the running."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of
from sidestep.domain.motion.camera import MASS_ABOVE_HIPS, weigh_lines
from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.cleaning import CleanTrack
from sidestep.domain.motion.gait_events import MidStance
from sidestep.domain.motion.pose_track import LinesRoll
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.view_finding import towards_midline
from sidestep.domain.vocabulary.side import Side

FOOT_LEGS = 0.29
"""From heel to toe, in leg lengths."""

SHORTEST_S = 0.3
"""Of standing still on both feet, all such moments together."""

BALANCE_WEIGHT = 2.0
"""Who stands still is above the feet; trunk and shoulders may hang to one side."""


AWAY_FROM_STEPS_S = 0.5
"""Nobody stands still so shortly before or after a step."""

LEVEL_LEGS = 0.05
"""Feet of somebody who stands are level within this."""

STRAIGHT_LEGS = 0.93
"""Hips of somebody who stands upright are this high above the ankles, at least."""

STILL_LEGS_PER_S = 0.15


def find_quiet_standing(track: CleanTrack, stances: Sequence[MidStance]) -> NDArray[np.bool_]:
    """Return the frames of a run's clip in which the runner stands still, shape (n,)."""
    hips, feet = middle_of(track.xy_px, "hip"), middle_of(track.xy_px, "ankle")
    ankles = [track.xy_px[:, keypoint("ankle", side), 1] for side in Side]
    if len(hips) < 2:
        return np.zeros(len(hips), dtype=bool)
    speed = np.hypot(*np.gradient(hips, axis=0).T) * track.rate_hz
    with np.errstate(invalid="ignore"):
        still = (
            (np.abs(ankles[0] - ankles[1]) < LEVEL_LEGS * track.leg_px)
            & (feet[:, 1] - hips[:, 1] > STRAIGHT_LEGS * track.leg_px)
            & (speed < STILL_LEGS_PER_S * track.leg_px)
        )
    steps_s = np.array([-np.inf, *sorted(stance.time_s for stance in stances), np.inf])
    after = np.searchsorted(steps_s, track.time_s)
    for nearest in (after - 1, after):
        still &= np.abs(track.time_s - steps_s[nearest]) > AWAY_FROM_STEPS_S
    quiet: NDArray[np.bool_] = still
    return quiet


def estimate_standing_camera(
    track: CleanTrack, is_standing: NDArray[np.bool_], lines_roll: LinesRoll | None = None
) -> CameraPose | None:
    """Estimate roll and turn from the frames in which somebody stands upright on both feet.

    Roll: the centre of mass is above the middle of the feet, trunk and shoulders are straight.
    Turn: the two feet point as far outwards on one side as on the other.

    Parameters
    ----------
    is_standing
        Shape (n,).
    lines_roll
        What the upright lines of the place say.

    Returns
    -------
    CameraPose or None
        ``None`` where nobody stands long enough.
    """
    xy = track.xy_px[is_standing]
    hips, shoulders = middle_of(xy, "hip"), middle_of(xy, "shoulder")
    feet = middle_of(xy, "ankle")
    toes = middle_of(xy, "toe")[:, 0] - middle_of(xy, "heel")[:, 0]
    right = xy[:, keypoint("shoulder", Side.RIGHT)] - xy[:, keypoint("shoulder", Side.LEFT)]
    across = towards_midline(Side.LEFT, track.view) * right
    known = np.isfinite(feet[:, 0]) & np.isfinite(hips[:, 0]) & np.isfinite(right[:, 0])
    if known.sum() < SHORTEST_S * track.rate_hz:
        return None
    mass = hips + MASS_ABOVE_HIPS * (shoulders - hips)
    witnesses = (
        (BALANCE_WEIGHT, mass - feet),
        (1.0, shoulders - hips),
        (1.0, np.stack([across[:, 1], -across[:, 0]], axis=1)),
    )
    roll_deg = sum(weight * _lean_deg(up[known]) for weight, up in witnesses) / sum(
        weight for weight, _ in witnesses
    )
    seen = toes[np.isfinite(toes)]
    askew = float(np.median(seen)) / (FOOT_LEGS * track.leg_px) if seen.size else float("nan")
    return CameraPose(
        roll_deg=weigh_lines(roll_deg, lines_roll),
        turn_deg=float(np.degrees(np.arcsin(np.clip(askew, -1, 1)))),
        turn_error_deg=float("nan"),
    )


def _lean_deg(ups: NDArray[np.float64]) -> float:
    up = np.median(ups, axis=0)
    return float(np.degrees(np.arctan2(up[0], -up[1])))
