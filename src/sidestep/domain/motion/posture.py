"""Tells how a runner stands on each leg, on average over a clip, as plain numbers.

What a pose model makes of one angle hangs on the rest of the body: which of these numbers tell how
much of that, and what is told back from them, is the calibration's.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.step_values import RawStep
from sidestep.domain.motion.view_finding import inward_turn_deg, towards_midline
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

Posture = Mapping[str, float]
"""Numbers by name, as the picture shows them: measures by their ids, the camera's inward turn,
where knee and ankle of the swinging leg are from the hips' middle (+ away from the standing leg, +
below), how wide hips and shoulders are, and how far the standing leg's hip is below the other one;
places and widths in % of the leg's length."""

TURN = "inward_turn_deg"
READ = (
    RunMeasure.FEMORAL_ADDUCTION,
    RunMeasure.FPPA,
    RunMeasure.KNEE_OVER_FOOT,
    RunMeasure.KNEE_GAP,
    RunMeasure.STEP_WIDTH,
)
SWINGING = ("knee", "ankle")
WIDE = ("hip", "shoulder")
_TILT = "hips_tilt_pct"
_WIDTHS = frozenset(f"{part}s_wide_pct" for part in WIDE)

NOT_APART = _WIDTHS | {"knees_apart_pct", "feet_apart_pct"}
"""The same whichever leg stands, so they tell nothing of what sets the legs apart."""

ONLY_APART = frozenset({TURN, _TILT})
"""Opposite on the two legs, so they tell nothing of what both have alike."""

EXTRA = _WIDTHS | {_TILT} | {f"swinging_{part}_below_pct" for part in SWINGING}
"""Help in one place and cost more than they tell in another: learnt with and without them."""


def postures(
    steps: Sequence[RawStep], camera: CameraPose | None, view: View
) -> Mapping[Side, Posture]:
    """Return the posture on each leg; from aside, and without a good step, there is none."""
    if view is View.SIDE:
        return {}
    found = {}
    for side in Side:
        good = [step for step in steps if step.stance.is_good and step.stance.side is side]
        if good:
            found[side] = _posture(good, side, view) | {TURN: inward_turn_deg(camera, side, view)}
    return found


def _posture(steps: Sequence[RawStep], side: Side, view: View) -> dict[str, float]:
    numbers = {
        str(measure): _mean(step.values.get(measure, float("nan")) for step in steps)
        for measure in READ
    }
    outwards = towards_midline(side, view)
    for part in SWINGING:
        row = keypoint(part, side.other)
        across, below = (_mean(step.pose_legs[row, axis] for step in steps) for axis in (0, 1))
        numbers[f"swinging_{part}_pct"] = 100.0 * outwards * across
        numbers[f"swinging_{part}_below_pct"] = 100.0 * below
    for part in WIDE:
        numbers[f"{part}s_wide_pct"] = 100.0 * abs(_apart(steps, part, side, axis=0))
    return numbers | {_TILT: 100.0 * _apart(steps, "hip", side, axis=1)}


def _apart(steps: Sequence[RawStep], part: str, side: Side, *, axis: int) -> float:
    """Return how far the standing side's point lies from the other's, in leg lengths."""
    own, other = keypoint(part, side), keypoint(part, side.other)
    return _mean(step.pose_legs[own, axis] - step.pose_legs[other, axis] for step in steps)


def _mean(values: Iterable[float]) -> float:
    """Return the mean of what was seen, NaN where nothing was."""
    seen = [value for value in values if np.isfinite(value)]
    return float(np.mean(seen)) if seen else float("nan")
