"""Angles and distances of the legs as seen from behind or in front; from aside they mean nothing.

Every function takes keypoints of shape (..., 16, 2) in pixels, x to the right and y downwards, and
returns shape (...); NaN where a point was not seen. "Inward" is towards the person's own midline.

Sources
-------
dingenen_2018, munro_2012
"""

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.view_finding import towards_midline
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

Poses = NDArray[np.float64]
Values = NDArray[np.float64]


def _inward_tilt_deg(xy_px: Poses, side: Side, view: View, upper: str, lower: str) -> Values:
    """Return how far a segment leans inward on its way down, in degrees from the vertical."""
    limb = xy_px[..., keypoint(lower, side), :] - xy_px[..., keypoint(upper, side), :]
    inward = towards_midline(side, view) * limb[..., 0]
    tilt: Values = np.degrees(np.arctan2(inward, limb[..., 1]))
    return tilt


def femoral_adduction_deg(xy_px: Poses, side: Side, view: View) -> Values:
    """Return the thigh (hip to knee) against the vertical, + towards the midline.

    Sources
    -------
    dingenen_2018
    """
    return _inward_tilt_deg(xy_px, side, view, "hip", "knee")


def fppa_deg(xy_px: Poses, side: Side, view: View) -> Values:
    """Return the frontal plane projection angle, + where the knee lies inward of hip and ankle.

    Sources
    -------
    munro_2012
    """
    thigh = _inward_tilt_deg(xy_px, side, view, "hip", "knee")
    shank = _inward_tilt_deg(xy_px, side, view, "knee", "ankle")
    bend: Values = (thigh - shank + 180.0) % 360.0 - 180.0
    return bend


def foot_x_px(xy_px: Poses, side: Side) -> Values:
    """Return where the middle of heel and toe lies in the picture."""
    x: Values = (xy_px[..., keypoint("heel", side), 0] + xy_px[..., keypoint("toe", side), 0]) / 2
    return x


def knee_over_foot_pct(xy_px: Poses, side: Side, view: View, shank_px: float) -> Values:
    """Return how far the knee is inward of the foot, % of shank length.

    The foot's line is upright through the middle of heel and toe: from behind, the two points lie
    nearly on each other, so a line drawn through them would point anywhere at the knee's height.
    """
    knee_x = xy_px[..., keypoint("knee", side), 0]
    offset: Values = towards_midline(side, view) * (knee_x - foot_x_px(xy_px, side))
    return 100.0 * offset / shank_px


def knee_gap_pct(xy_px: Poses, view: View, shank_px: float) -> Values:
    """Return the sideways distance of the knees, % of shank length; negative when they cross."""
    gap = xy_px[..., keypoint("knee", Side.RIGHT), 0] - xy_px[..., keypoint("knee", Side.LEFT), 0]
    distance: Values = towards_midline(Side.LEFT, view) * gap
    return 100.0 * distance / shank_px


def trunk_lean_deg(xy_px: Poses, side: Side, view: View) -> Values:
    """Return the trunk against the vertical, + towards the side that stands."""
    up = middle_of(xy_px, "shoulder") - middle_of(xy_px, "hip")
    outward = -towards_midline(side, view) * up[..., 0]
    lean: Values = np.degrees(np.arctan2(outward, -up[..., 1]))
    return lean
