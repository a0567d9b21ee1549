"""Tells how a runner stands on each leg, on average over a clip, as plain numbers.

What a pose model makes of one angle hangs on the rest of the body: which of these numbers tell how
much of that, and what is told back from them, is the calibration's.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.step_values import RawStep
from sidestep.domain.motion.view_finding import inward_turn_deg, towards_midline
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

Posture = Mapping[str, float]
"""Numbers by name, as the picture shows them: measures by their ids, the camera's inward turn, and
where knee and ankle of the swinging leg are from the hips' middle, in % of the leg's length, + away
from the standing leg."""

TURN = "inward_turn_deg"
READ = (
    RunMeasure.FEMORAL_ADDUCTION,
    RunMeasure.FPPA,
    RunMeasure.KNEE_OVER_FOOT,
    RunMeasure.KNEE_GAP,
    RunMeasure.STEP_WIDTH,
)
SWINGING = ("knee", "ankle")


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
    numbers = {}
    for measure in READ:
        values = [step.values[measure] for step in steps if measure in step.values]
        numbers[str(measure)] = float(np.mean(values)) if values else float("nan")
    for part in SWINGING:
        across = [step.pose_legs[keypoint(part, side.other), 0] for step in steps]
        seen = [place for place in across if np.isfinite(place)]
        place_legs = float(np.mean(seen)) if seen else float("nan")
        numbers[f"swinging_{part}_pct"] = 100.0 * towards_midline(side, view) * place_legs
    return numbers
