import numpy as np
import pytest

from sidestep.domain.motion.cleaning import CleanTrack
from sidestep.domain.motion.gait_events import MidStance
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.skeleton import N_KEYPOINTS, keypoint
from sidestep.domain.motion.step_values import measure_steps
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

RATE_HZ, LEG_PX, BELT_PX_PER_S = 60.0, 300.0, 900.0
MIDDLE_S = 1.0


def landing(
    contact_s: float, sinking_px_per_s: float, facing: float = 1.0
) -> tuple[CleanTrack, Side]:
    """A foot that falls, is stopped by the ground at a moment, and rides back under the hip."""
    side = Side.RIGHT if facing > 0 else Side.LEFT
    time_s = np.arange(0.0, 2.0, 1 / RATE_HZ)
    xy = np.zeros((len(time_s), N_KEYPOINTS, 2))
    ahead = BELT_PX_PER_S * (MIDDLE_S - time_s)
    height = np.where(time_s < contact_s, sinking_px_per_s * (time_s - contact_s), 0.0)
    xy[:, [keypoint("shoulder", each) for each in Side], 1] = -150
    for part, x, y in (("ankle", 0, 0), ("heel", -20, 15), ("toe", 60, 20), ("knee", 20, -150)):
        for each in Side:
            xy[:, keypoint(part, each), 0] = facing * (ahead + x)
            xy[:, keypoint(part, each), 1] = 300 + height + y
    track = CleanTrack(time_s=time_s, rate_hz=RATE_HZ, xy_px=xy, view=View.SIDE, leg_px=LEG_PX)
    return track, side


@pytest.mark.parametrize("facing", [1.0, -1.0])
@pytest.mark.parametrize("contact_s", [0.86, 0.875, 0.89])
def test_the_foot_lands_where_the_ground_stops_it(contact_s: float, facing: float) -> None:
    track, side = landing(contact_s, 1200.0, facing)
    stance = MidStance(side=side, time_s=MIDDLE_S, step_s=0.35, is_good=True)
    (step,) = measure_steps(track, [stance], 0.37)
    true_pct = 100 * BELT_PX_PER_S * (MIDDLE_S - contact_s) / LEG_PX
    one_frame_pct = 100 * BELT_PX_PER_S / RATE_HZ / LEG_PX
    assert step.values[RunMeasure.OVERSTRIDE] == pytest.approx(true_pct, abs=one_frame_pct)


def test_a_foot_that_never_falls_lands_nowhere() -> None:
    track, side = landing(0.87, 0.0)
    stance = MidStance(side=side, time_s=MIDDLE_S, step_s=0.35, is_good=True)
    (step,) = measure_steps(track, [stance], 0.37)
    assert RunMeasure.OVERSTRIDE not in step.values
