"""Finds how the camera stood from the runner alone, and takes its roll out of the picture."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of
from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.cleaning import CleanTrack
from sidestep.domain.motion.gait_events import MidStance
from sidestep.domain.motion.pose_track import LinesRoll
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

MASS_ABOVE_HIPS = 0.2
"""Height of a runner's centre of mass above the hips' middle, as a share of the trunk: at the
navel, a little above the hip joints."""

FORWARD_LEAN_SINE = 0.11
"""Of the 6 to 7 degrees that runners lean forwards."""

TRUNK_WEIGHT = 2.0
"""On rendered runners the trunk erred half as much as each of the other two witnesses."""

BELT_LEGS_PER_S = 3.3
"""Usual speed of a foot under the hips: 2.8 m/s with a leg of 0.85 m. The true speed can't be seen
from behind; a quarter faster or slower makes a turn of 4 degrees read as 5 or 3."""

STANDING_SHARE = 1 / 3
"""Of half a stance on each side of its middle, where the foot surely rides the belt."""

MEDIAN_95 = 1.96 * 1.25
"""95 % half-width of a median in standard errors of a mean."""

BODY_ERROR_DEG = 2.0
"""95 % half-width of the roll that the runner alone shows, on rendered runners."""

CONTRADICTION_DEG = 5.0
"""Lines this far from the runner's own upright belong to something that stands aslant."""

FEWEST_PAIRS = 4
FEWEST_SAMPLES = 4


def estimate_camera(
    track: CleanTrack,
    stances: Sequence[MidStance],
    stance_share: float,
    lines_roll: LinesRoll | None = None,
) -> CameraPose:
    """Estimate roll and turn from whole strides of the runner.

    Roll: a mean of three witnesses that no runner upsets all at once. Over whole strides the
    centre of mass stays above the middle of the two feet's places, or the runner would fall; the
    trunk leans as much to one side as to the other; and so does the line of the shoulders. (The
    line of the hips is no witness: the pose model draws it across the trunk.) Turn: a standing
    foot rides the belt straight backwards; what both feet move sideways in the picture meanwhile
    is that way, seen askew.

    Parameters
    ----------
    stance_share
        Stance as a share of the stride.
    lines_roll
        What the upright lines of the place say. They weigh by their error against the runner's,
        and are not heard where the two contradict each other.
    """
    good = [stance for stance in stances if stance.is_good]
    # Either needs the other a little: the turn a picture made upright, the roll the forward lean
    # that a turned camera sees as a lean aside.
    roll_deg = weigh_lines(_roll_deg(track, good, 0.0), lines_roll)
    turns = _turns_deg(straighten(track, roll_deg), good, stance_share)
    if len(turns) >= FEWEST_PAIRS:
        roll_deg = weigh_lines(_roll_deg(track, good, float(np.median(turns))), lines_roll)
    n = len(turns)
    return CameraPose(
        roll_deg=roll_deg,
        turn_deg=float(np.median(turns)) if n >= FEWEST_PAIRS else float("nan"),
        turn_error_deg=MEDIAN_95 * float(np.std(turns, ddof=1)) / float(np.sqrt(n))
        if n >= FEWEST_PAIRS
        else float("nan"),
    )


def weigh_lines(body_deg: float, lines_roll: LinesRoll | None) -> float:
    """Return the roll from what the body says and what the lines of the place say."""
    if lines_roll is None or abs(lines_roll.degrees - body_deg) > CONTRADICTION_DEG:
        return body_deg
    of_body, of_lines = BODY_ERROR_DEG**-2, lines_roll.error_deg**-2
    return (of_body * body_deg + of_lines * lines_roll.degrees) / (of_body + of_lines)


def straighten(track: CleanTrack, roll_deg: float) -> CleanTrack:
    """Turn the picture so that upright is upright."""
    angle = np.deg2rad(-roll_deg)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return replace(track, xy_px=track.xy_px @ turn.astype(track.xy_px.dtype))


def _roll_deg(track: CleanTrack, stances: Sequence[MidStance], turn_deg: float) -> float:
    """Return the weighted mean of what trunk, balance and shoulders say, 0 if none was seen."""
    across = -1.0 if track.view is View.FRONT else 1.0
    right = _mean(
        track.xy_px[:, keypoint("shoulder", Side.RIGHT)]
        - track.xy_px[:, keypoint("shoulder", Side.LEFT)]
    )
    trunk_deg = _lean_deg(_mean(middle_of(track.xy_px, "shoulder") - middle_of(track.xy_px, "hip")))
    witnesses = (
        (TRUNK_WEIGHT, trunk_deg - FORWARD_LEAN_SINE * turn_deg),
        (1.0, _lean_deg(_mean_rise(track, stances))),
        # A level line turned by a quarter points upwards.
        (1.0, _lean_deg(across * np.array([right[1], -right[0]]))),
    )
    heard = [(weight, lean) for weight, lean in witnesses if np.isfinite(lean)]
    if not heard:
        return 0.0
    return sum(weight * lean for weight, lean in heard) / sum(weight for weight, _ in heard)


def _lean_deg(up: NDArray[np.float64]) -> float:
    return float(np.degrees(np.arctan2(up[0], -up[1])))


def _mean(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    seen = vectors[np.all(np.isfinite(vectors), axis=-1)]
    return np.asarray(np.mean(seen, axis=0)) if len(seen) else np.full(2, np.nan)


def _mean_rise(track: CleanTrack, stances: Sequence[MidStance]) -> NDArray[np.float64]:
    """Return the way from the middle of the feet's places up to the centre of mass."""
    hips, shoulders = middle_of(track.xy_px, "hip"), middle_of(track.xy_px, "shoulder")
    mass = hips + MASS_ABOVE_HIPS * (shoulders - hips)
    rises = []
    for side in Side:
        own = [stance.time_s for stance in stances if stance.side is side]
        at = np.clip(np.searchsorted(track.time_s, own), 0, max(0, len(track.time_s) - 1))
        rises.append(_mean(mass[at] - track.xy_px[at, keypoint("ankle", side)]))
    return np.asarray(np.mean(rises, axis=0))


def _turns_deg(
    track: CleanTrack, stances: Sequence[MidStance], stance_share: float
) -> NDArray[np.float64]:
    """Return the turn as each pair of a left and a right step shows it."""
    turns = []
    for first, second in pairwise(stances):
        if second.side is first.side or second.time_s - first.time_s > 1.5 * first.step_s:
            continue
        # A foot beside the line of sight seems to move aside as it comes nearer; its fellow on
        # the other side does the opposite.
        speeds = [_sideways_speed(track, stance, stance_share) for stance in (first, second)]
        askew = -float(np.mean(speeds)) / BELT_LEGS_PER_S
        if np.isfinite(askew):
            turns.append(np.degrees(np.arcsin(np.clip(askew, -1, 1))))
    return np.array(turns)


def _sideways_speed(track: CleanTrack, stance: MidStance, stance_share: float) -> float:
    """Return how fast a standing foot moves to the right in the picture, leg lengths a second."""
    half_s = STANDING_SHARE * stance_share * stance.step_s * 2
    first, last = np.searchsorted(
        track.time_s, [stance.time_s - half_s - 1e-9, stance.time_s + half_s + 1e-9]
    )
    if last - first < FEWEST_SAMPLES:
        return float("nan")
    foot = [keypoint(part, stance.side) for part in ("ankle", "heel", "toe")]
    x = np.mean(track.xy_px[first:last, foot, 0], axis=1) / track.leg_px
    time_s = track.time_s[first:last] - track.time_s[first:last].mean()
    return float(np.sum(time_s * x) / np.sum(time_s**2))
