"""Tells how somebody squats on both legs, on average over a clip, as plain numbers.

The counterpart of ``posture.py``: knees and feet are both on the ground here, so how far apart
either are is the same whichever leg is asked for.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import shank_length_px
from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.cleaning import CleanTrack
from sidestep.domain.motion.frontal_angles import (
    femoral_adduction_deg,
    fppa_deg,
    knee_over_foot_pct,
)
from sidestep.domain.motion.posture import TURN, WIDE, Posture
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.view_finding import inward_turn_deg
from sidestep.domain.vocabulary.side import Side

APART = {"knee": "knees_apart_pct", "ankle": "feet_apart_pct"}


def squat_postures(
    track: CleanTrack, telling: Sequence[NDArray[np.intp]], camera: CameraPose | None
) -> Mapping[Side, Posture]:
    """Return the posture on each leg.

    Parameters
    ----------
    track
        With upright upright.
    telling
        Of each squat, the samples in which the angle of the knee tells something.
    """
    shank_px = shank_length_px(track.xy_px)
    found = {}
    for side in Side:
        curves = {
            str(RunMeasure.FEMORAL_ADDUCTION): femoral_adduction_deg(track.xy_px, side, track.view),
            str(RunMeasure.FPPA): fppa_deg(track.xy_px, side, track.view),
            str(RunMeasure.KNEE_OVER_FOOT): knee_over_foot_pct(
                track.xy_px, side, track.view, shank_px
            ),
            **{name: _apart_pct(track, part) for part, name in APART.items()},
            **{f"{part}s_wide_pct": _apart_pct(track, part) for part in WIDE},
        }
        found[side] = {
            name: float(np.mean([np.mean(curve[samples]) for samples in telling]))
            for name, curve in curves.items()
        } | {TURN: inward_turn_deg(camera, side, track.view)}
    return found


def _apart_pct(track: CleanTrack, part: str) -> NDArray[np.float64]:
    """Return how far left and right are apart in the picture, % of leg length, shape (n,)."""
    x = track.xy_px[..., 0]
    gap: NDArray[np.float64] = np.abs(
        x[:, keypoint(part, Side.LEFT)] - x[:, keypoint(part, Side.RIGHT)]
    )
    return 100.0 * gap / track.leg_px
