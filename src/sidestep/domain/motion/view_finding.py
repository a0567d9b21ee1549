"""Finds out from where a clip was filmed, and whether that may overrule the view that was named."""

import math
from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import trunk_length_px
from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

FRONTAL_WIDTH = 0.28
"""Shoulders and hips together, in trunk lengths: about 0.6 from behind, 0.05 to 0.2 from aside."""

AGREEING_SHARE = 0.65
"""Share of frames that must show left and right in the same order, or the view is not known."""

SURE_SHARE = 0.9
"""Share of frames from which the order is beyond a doubt: it is 1.0 on ordinary clips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFound:
    """What the body's width and the order of its sides say about the camera's place.

    Attributes
    ----------
    view
        ``None`` where the frames disagree or nobody was seen.
    width_in_trunks
        Median width of shoulders and hips over the trunk's length.
    left_first_share
        Share of frames in which the person's left lies left of the right in the picture.
    """

    view: View | None
    width_in_trunks: float
    left_first_share: float

    @property
    def is_sure(self) -> bool:
        """Whether nobody's word may overrule it: left and right would be exchanged."""
        if self.view is None or self.view is View.SIDE:
            return self.view is not None
        return max(self.left_first_share, 1 - self.left_first_share) >= SURE_SHARE

    def contradicts(self, asked: View | None) -> bool:
        """Whether another view was named than the one that is surely seen."""
        return asked is not None and self.is_sure and asked is not self.view

    def or_asked(self, asked: View | None) -> View | None:
        """Return the view to measure by: what is surely seen, then what was named."""
        return self.view if self.is_sure else asked or self.view


UNKNOWN_VIEW = ViewFound(view=None, width_in_trunks=float("nan"), left_first_share=float("nan"))


def find_view(track: PoseTrack) -> ViewFound:
    """Find the view from how wide shoulders and hips are and which side lies where."""
    trunk_px = trunk_length_px(track.xy_px)
    widths = np.stack([_right_minus_left(track.xy_px, part) for part in ("shoulder", "hip")])
    seen = np.all(np.isfinite(widths), axis=0)
    if not seen.any() or not trunk_px > 0:
        return UNKNOWN_VIEW
    width = np.mean(widths[:, seen], axis=0) / trunk_px
    wide = float(np.median(np.abs(width)))
    left_first = float(np.mean(width > 0))
    return ViewFound(
        view=_view(wide, left_first), width_in_trunks=wide, left_first_share=left_first
    )


LIVE_S = 2.0
"""Live, the view is that of so many seconds, and unknown until half of them were seen."""

FEWEST_POSES = 12
"""In them: with fewer a turn of the body would be taken for another place of the camera."""


@dataclass(slots=True)
class LiveView:
    """The view of the last seconds of somebody who is seen pose by pose."""

    _poses: deque[tuple[float, float]] = field(default_factory=deque)

    @property
    def since_s(self) -> float:
        """When the oldest pose was seen that the view is found from."""
        return self._poses[0][0] if self._poses else float("nan")

    def see(self, time_s: float, xy_px: NDArray[np.float64]) -> ViewFound:
        """Take one pose, shape (16, 2), and return the view as far as it is known.

        It costs a few microseconds: shoulders and hips alone, in plain numbers.
        """
        if self._poses and time_s <= self._poses[-1][0]:
            self._poses.clear()
        width = _width_in_trunks(xy_px)
        if math.isfinite(width):
            self._poses.append((time_s, width))
        while self._poses and self._poses[0][0] < time_s - LIVE_S:
            self._poses.popleft()
        if len(self._poses) < FEWEST_POSES or time_s - self.since_s < LIVE_S / 2:
            return UNKNOWN_VIEW
        widths = [width for _, width in self._poses]
        wide = sorted(abs(width) for width in widths)[len(widths) // 2]
        left_first = sum(width > 0 for width in widths) / len(widths)
        return ViewFound(
            view=_view(wide, left_first), width_in_trunks=wide, left_first_share=left_first
        )


def _width_in_trunks(xy_px: NDArray[np.float64]) -> float:
    """Return the mean width of shoulders and hips over the trunk, + where left is left; or NaN."""
    (left_x, left_y), (right_x, right_y), (hip_x, hip_y), (other_x, other_y) = xy_px[
        _TRUNK
    ].tolist()
    across = (left_x + right_x - hip_x - other_x) / 2
    along = (left_y + right_y - hip_y - other_y) / 2
    trunk_px = math.hypot(across, along)
    return (right_x - left_x + other_x - hip_x) / 2 / trunk_px if trunk_px else math.nan


_TRUNK = [keypoint(part, side) for part in ("shoulder", "hip") for side in (Side.LEFT, Side.RIGHT)]


def _right_minus_left(xy_px: NDArray[np.float64], part: str) -> NDArray[np.float64]:
    gap: NDArray[np.float64] = (
        xy_px[:, keypoint(part, Side.RIGHT), 0] - xy_px[:, keypoint(part, Side.LEFT), 0]
    )
    return gap


def _view(width_in_trunks: float, left_first_share: float) -> View | None:
    if width_in_trunks < FRONTAL_WIDTH:
        return View.SIDE
    if left_first_share >= AGREEING_SHARE:
        return View.REAR
    if left_first_share <= 1 - AGREEING_SHARE:
        return View.FRONT
    return None


def towards_midline(side: Side, view: View) -> float:
    """Return +1 where the body's midline lies to the right of this leg in the picture, else -1.

    Only for pictures from behind or in front.
    """
    from_behind = 1.0 if side is Side.LEFT else -1.0
    return from_behind if view is View.REAR else -from_behind


def inward_turn_deg(camera: CameraPose | None, side: Side, view: View) -> float:
    """Return how far the camera is turned so that what lies ahead moves towards the midline.

    0 where the turn is not known, and from aside, where no value is corrected for it.
    """
    if view is View.SIDE or camera is None or not np.isfinite(camera.turn_deg):
        return 0.0
    return towards_midline(side, view) * camera.turn_deg
