import numpy as np
import pytest
from numpy.typing import NDArray

from sidestep.domain.motion.frontal_angles import (
    femoral_adduction_deg,
    fppa_deg,
    knee_gap_pct,
    knee_over_foot_pct,
    trunk_lean_deg,
)
from sidestep.domain.motion.skeleton import N_KEYPOINTS, keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

FRONTAL = [View.REAR, View.FRONT]


def pose(side: Side, view: View, thigh_deg: float, shank_deg: float) -> NDArray[np.float64]:
    """One leg in the picture, thigh and shank 100 px long, leaning inward on their way down."""
    inward = 1.0 if (side is Side.LEFT) == (view is View.REAR) else -1.0
    xy = np.full((N_KEYPOINTS, 2), np.nan)
    hip = np.array([500.0, 500.0])

    def down(angle_deg: float) -> NDArray[np.float64]:
        angle = np.deg2rad(angle_deg)
        return 100 * np.array([inward * np.sin(angle), np.cos(angle)])

    knee = hip + down(thigh_deg)
    ankle = knee + down(shank_deg)
    for part, where in {"hip": hip, "knee": knee, "ankle": ankle}.items():
        xy[keypoint(part, side)] = where
    xy[keypoint("heel", side)] = ankle + np.array([-4, 10])
    xy[keypoint("toe", side)] = ankle + np.array([4, 14])
    return xy


@pytest.mark.parametrize("view", FRONTAL)
@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize(("thigh_deg", "shank_deg"), [(10, 2), (-4, 6), (0, 0), (25, -20)])
def test_angles_are_positive_inward_on_either_side_and_view(
    view: View, side: Side, thigh_deg: float, shank_deg: float
) -> None:
    xy = pose(side, view, thigh_deg, shank_deg)
    assert femoral_adduction_deg(xy, side, view) == pytest.approx(thigh_deg)
    assert fppa_deg(xy, side, view) == pytest.approx(thigh_deg - shank_deg)
    offset = 100 * np.sin(np.deg2rad(-shank_deg))
    assert knee_over_foot_pct(xy, side, view, 100.0) == pytest.approx(offset)


@pytest.mark.parametrize("view", FRONTAL)
def test_knees_that_cross_have_a_negative_gap(view: View) -> None:
    right = 1.0 if view is View.REAR else -1.0
    xy = np.zeros((N_KEYPOINTS, 2))
    xy[keypoint("knee", Side.RIGHT), 0] = 30 * right
    assert knee_gap_pct(xy, view, 100.0) == pytest.approx(30)
    xy[keypoint("knee", Side.RIGHT), 0] = -5 * right
    assert knee_gap_pct(xy, view, 100.0) == pytest.approx(-5)


@pytest.mark.parametrize("view", FRONTAL)
def test_a_trunk_leans_towards_the_side_that_stands(view: View) -> None:
    right = 1.0 if view is View.REAR else -1.0
    xy = np.zeros((N_KEYPOINTS, 2))
    for side in Side:
        xy[keypoint("shoulder", side)] = [right * np.tan(np.deg2rad(6)) * 100, -100]
    assert trunk_lean_deg(xy, Side.RIGHT, view) == pytest.approx(6)
    assert trunk_lean_deg(xy, Side.LEFT, view) == pytest.approx(-6)
