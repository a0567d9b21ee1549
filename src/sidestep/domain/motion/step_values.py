"""Averages the angles over the middle third of each stance; corrects and calibrates nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of, shank_length_px
from sidestep.domain.motion.cleaning import CleanTrack
from sidestep.domain.motion.frontal_angles import (
    femoral_adduction_deg,
    fppa_deg,
    knee_gap_pct,
    knee_over_foot_pct,
    trunk_lean_deg,
)
from sidestep.domain.motion.gait_events import MidStance
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.sagittal_angles import (
    find_facing,
    foot_ahead_of_hip_px,
    foot_height_px,
    knee_flexion_deg,
    nearer_side,
    trunk_lean_forward_deg,
)
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.view_finding import towards_midline
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

FALLING_STEPS = 0.6
"""From aside: how long before mid-stance, in steps, the foot may still be in the air."""

STOPPED_SHARE = 0.2
"""From aside: a foot that sinks at less than this share of its fastest has come down. Chosen on
rendered runners, where it tells best how far ahead the foot lands."""

FRONTAL_MEASURES = (
    RunMeasure.FEMORAL_ADDUCTION,
    RunMeasure.FPPA,
    RunMeasure.KNEE_OVER_FOOT,
    RunMeasure.KNEE_GAP,
    RunMeasure.STEP_WIDTH,
    RunMeasure.TRUNK_LEAN,
)
SAGITTAL_MEASURES = (
    RunMeasure.KNEE_FLEXION,
    RunMeasure.OVERSTRIDE,
    RunMeasure.TRUNK_LEAN_FORWARD,
)
OF_THE_LEGS = frozenset(FRONTAL_MEASURES) - {RunMeasure.TRUNK_LEAN}
"""What moves with thigh and shank."""

NEARER_LEG_ONLY = frozenset({RunMeasure.KNEE_FLEXION, RunMeasure.OVERSTRIDE})
"""From aside; the pose model guesses the farther leg: on rendered runners its knee reads 4 to 8
degrees too straight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawStep:
    """One step as the picture shows it.

    Attributes
    ----------
    values
        Means over the middle third of stance; what was not seen is absent.
    place_legs
        Where the hips' middle was from side to side, in leg lengths.
    size
        Length of the trunk over its usual length in the clip: how near the runner was.
    pose_legs
        Shape (16, 2): mean place of each point from the hips' middle, in leg lengths.
    """

    stance: MidStance
    start_s: float
    end_s: float
    values: Mapping[RunMeasure, float]
    place_legs: float
    size: float
    pose_legs: NDArray[np.float64]


def measures_of(view: View) -> tuple[RunMeasure, ...]:
    """Return what can be measured from a view."""
    return SAGITTAL_MEASURES if view is View.SIDE else FRONTAL_MEASURES


def whole_stances(
    track: CleanTrack, stances: Sequence[MidStance], stance_share: float
) -> tuple[MidStance, ...]:
    """Return the stances that the clip shows from contact to toe-off."""
    if len(track.time_s) == 0:
        return ()
    first_s, last_s = float(track.time_s[0]), float(track.time_s[-1])
    return tuple(
        stance
        for stance in stances
        if first_s <= stance.time_s - stance_share * stance.step_s
        and stance.time_s + stance_share * stance.step_s <= last_s
    )


def measure_steps(
    track: CleanTrack, stances: Sequence[MidStance], stance_share: float
) -> tuple[RawStep, ...]:
    """Measure every step over the middle third of its stance.

    Parameters
    ----------
    track
        With upright upright.
    stance_share
        Stance as a share of the stride: contact and toe-off cannot be seen from behind, so the
        middle third is taken around mid-stance, as long as this share makes it.
    """
    curves = _curves(track)
    hips = middle_of(track.xy_px, "hip")
    trunk = middle_of(track.xy_px, "shoulder") - hips
    trunk_px = np.hypot(trunk[:, 0], trunk[:, 1])
    usual_px = float(np.nanmedian(trunk_px)) if np.isfinite(trunk_px).any() else float("nan")
    steps = []
    for place, stance in enumerate(stances):
        half_s = stance_share * 2 * stance.step_s / 6
        middle = _between(track, stance.time_s - half_s, stance.time_s + half_s)
        values = {
            measure: float(np.mean(curves[stance.side][measure][middle]))
            for measure in curves[stance.side]
        }
        before = stances[place - 1] if place else None
        values |= _further(track, stance, before, middle)
        steps.append(
            RawStep(
                stance=stance,
                start_s=stance.time_s - half_s,
                end_s=stance.time_s + half_s,
                values={measure: value for measure, value in values.items() if np.isfinite(value)},
                place_legs=float(np.mean(hips[middle, 0])) / track.leg_px,
                size=float(np.mean(trunk_px[middle])) / usual_px,
                pose_legs=np.mean(track.xy_px[middle] - hips[middle, None], axis=0) / track.leg_px,
            )
        )
    return tuple(steps)


def _between(track: CleanTrack, start_s: float, end_s: float) -> NDArray[np.intp]:
    """Return the samples of an interval, at least the nearest one."""
    first, last = np.searchsorted(track.time_s, [start_s - 1e-9, end_s + 1e-9])
    if first == last:
        nearest = np.argmin(np.abs(track.time_s - (start_s + end_s) / 2))
        return np.array([nearest], dtype=np.intp)
    return np.arange(first, last, dtype=np.intp)


def _curves(track: CleanTrack) -> dict[Side, dict[RunMeasure, NDArray[np.float64]]]:
    xy, view = track.xy_px, track.view
    shank_px = shank_length_px(xy)
    if view is View.SIDE:
        facing = find_facing(xy)
        near, lean = nearer_side(facing), trunk_lean_forward_deg(xy, facing)
        curves = {side: {RunMeasure.TRUNK_LEAN_FORWARD: lean} for side in Side}
        curves[near][RunMeasure.KNEE_FLEXION] = knee_flexion_deg(xy, near, facing)
        return curves
    gap = knee_gap_pct(xy, view, shank_px)
    return {
        side: {
            RunMeasure.FEMORAL_ADDUCTION: femoral_adduction_deg(xy, side, view),
            RunMeasure.FPPA: fppa_deg(xy, side, view),
            RunMeasure.KNEE_OVER_FOOT: knee_over_foot_pct(xy, side, view, shank_px),
            RunMeasure.KNEE_GAP: gap,
            RunMeasure.TRUNK_LEAN: trunk_lean_deg(xy, side, view),
        }
        for side in Side
    }


def _further(
    track: CleanTrack, stance: MidStance, before: MidStance | None, middle: NDArray[np.intp]
) -> dict[RunMeasure, float]:
    """Return what is no mean of one curve: step width, or overstride from aside."""
    if track.view is View.SIDE:
        facing = find_facing(track.xy_px)
        is_hidden = stance.side is not nearer_side(facing)
        return {} if is_hidden else {RunMeasure.OVERSTRIDE: _overstride_pct(track, stance, facing)}
    if before is None or before.side is stance.side:
        return {}
    if stance.time_s - before.time_s > 1.5 * stance.step_s:
        return {}
    earlier = middle - round((stance.time_s - before.time_s) * track.rate_hz)
    if earlier[0] < 0:
        return {}
    x = track.xy_px[..., 0]
    here = np.mean(x[middle, keypoint("ankle", stance.side)])
    there = np.mean(x[earlier, keypoint("ankle", before.side)])
    width = towards_midline(stance.side, track.view) * (there - here)
    return {RunMeasure.STEP_WIDTH: float(100.0 * width / track.leg_px)}


def _overstride_pct(track: CleanTrack, stance: MidStance, facing: float) -> float:
    """Return how far the ankle is ahead of the hips when the foot comes down; NaN if unseen.

    The foot sinks fast until the ground stops it. (Where it is lowest tells less: it rolls over the
    heel, and a camera that looks down sees a standing foot rise as it rides away.)
    """
    falling = np.gradient(foot_height_px(track.xy_px, stance.side))
    middle = int(np.argmin(np.abs(track.time_s - stance.time_s)))
    first = max(0, middle - round(FALLING_STEPS * stance.step_s * track.rate_hz))
    before = falling[first:middle]
    if before.size == 0 or not np.isfinite(before).all():
        return float("nan")
    fastest = int(np.argmax(before))
    stopped = np.flatnonzero(before[fastest:] <= STOPPED_SHARE * before[fastest])
    if stopped.size == 0 or stopped[0] == 0:
        return float("nan")
    after = first + fastest + int(stopped[0])
    limit = STOPPED_SHARE * before[fastest]
    share = (falling[after - 1] - limit) / (falling[after - 1] - falling[after])
    ahead = foot_ahead_of_hip_px(track.xy_px[after - 1 : after + 1], stance.side, facing)
    at_contact = (1 - share) * ahead[0] + share * ahead[1]
    return float(100.0 * at_contact / track.leg_px)
