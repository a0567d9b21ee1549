"""A clip that exists only in memory, plain grey, and legs whose places are known."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.skeleton import N_KEYPOINTS, keypoint
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.clip_pictures import Drawing, Stance
from sidestep.services.ports.frames import Frame, Layout, Plane

GREY = 126
UPRIGHT = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
STUDIO_709 = np.array(
    [
        [1.16438, 0.0, 1.79274, -248.100],
        [1.16438, -0.21325, -0.53291, 76.878],
        [1.16438, 2.11240, 0.0, -289.018],
    ]
) / np.array([[255.0]])
"""Back from brightness 16 to 235 and high definition's colours."""


@dataclass
class GreyClip:
    """Implements ``Clips`` and ``OpenClip``: grey frames at the given times."""

    time_s: Sequence[float]
    width_px: int = 180
    height_px: int = 320
    stored_from_upright: NDArray[np.float64] = field(default_factory=lambda: np.array(UPRIGHT))
    stored_luma: NDArray[np.uint8] | None = None
    duration_s: float = 0.0
    n_frames_claimed: int = 0

    @contextmanager
    def open(self, clip: Path) -> Iterator["GreyClip"]:
        """Be open."""
        yield self

    def frames(self) -> Iterator[Frame]:
        """Give a grey frame for each time."""
        is_turned = abs(self.stored_from_upright[0, 0]) < abs(self.stored_from_upright[0, 1])
        width, height = (
            (self.height_px, self.width_px) if is_turned else (self.width_px, self.height_px)
        )
        luma = self.stored_luma
        if luma is None:
            luma = np.full((height, width), GREY, np.uint8)
        layout = Layout(
            width_px=self.width_px,
            height_px=self.height_px,
            stored_from_upright=self.stored_from_upright,
            rgb_from_yuv=STUDIO_709,
        )
        for time_s in self.time_s:
            yield Frame(
                time_s=time_s,
                luma=_plane(luma, 1),
                blue_difference=_plane(np.full((height // 2, width // 2), 128, np.uint8), 2),
                red_difference=_plane(np.full((height // 2, width // 2), 128, np.uint8), 2),
                layout=layout,
                picture=self._picture,
            )

    def _picture(self, height_px: int) -> NDArray[np.uint8]:
        width_px = round(self.width_px * height_px / self.height_px)
        return np.full((height_px, width_px, 3), GREY, np.uint8)


def _plane(samples: NDArray[np.uint8], shrink: int) -> Plane:
    height, width = samples.shape
    return Plane(
        samples=np.ascontiguousarray(samples).reshape(-1),
        first=0,
        row_step=width,
        column_step=1,
        height=height,
        width=width,
        shrink=shrink,
    )


def standing_pose(
    *, knee_gap_px: float = 0.0, width_px: int = 180, height_px: int = 320, from_behind: bool = True
) -> NDArray[np.float64]:
    """Build a pose, shape (16, 2): straight legs, the left knee so far inside its foot."""
    pose = np.full((N_KEYPOINTS, 2), np.nan)
    for side in Side:
        inward = 1.0 if (side is Side.LEFT) == from_behind else -1.0
        x = width_px / 2 - inward * 0.1 * width_px
        inside = inward * knee_gap_px if side is Side.LEFT else 0.0
        for part, sideways, down in (
            ("hip", 0.0, 0.30),
            ("knee", inside, 0.55),
            ("ankle", 0.0, 0.80),
            ("heel", 0.0, 0.83),
            ("toe", 0.0, 0.84),
        ):
            pose[keypoint(part, side)] = x + sideways, down * height_px
    return pose


def drawing(
    time_s: Sequence[float],
    *,
    pose: NDArray[np.float64] | None = None,
    stances: tuple[Stance, ...] = (),
    width_px: int = 180,
    height_px: int = 320,
) -> Drawing:
    """Build a drawing in which the pose never changes."""
    if pose is None:
        pose = standing_pose(width_px=width_px, height_px=height_px)
    return Drawing(
        time_s=np.array(time_s),
        xy_px=np.repeat(pose[None], len(time_s), axis=0),
        width_px=width_px,
        height_px=height_px,
        stances=stances,
    )


def stance(
    side: Side, number: int, first_frame: int, last_frame: int, offset_pct: float | None = 3.0
) -> Stance:
    """Build a stance."""
    return Stance(
        side=side,
        number=number,
        first_frame=first_frame,
        last_frame=last_frame,
        offset_pct=offset_pct,
    )
