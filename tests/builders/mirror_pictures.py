"""Pictures of the mirror before they are drawn: a grey frame, a pose, steps of known values."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from builders.drawn_clips import GREY, GreyClip, standing_pose
from sidestep.domain.motion.mirror import LiveStep, MirrorView
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.frames import Frame
from sidestep.services.ports.mirror_screen import MirrorPicture

WIDTH_PX, HEIGHT_PX = 540, 960
THIGH = RunMeasure.FEMORAL_ADDUCTION


def grey_frame(time_s: float = 0.0, luma: NDArray[np.uint8] | None = None) -> Frame:
    clip = GreyClip([time_s], width_px=WIDTH_PX, height_px=HEIGHT_PX, stored_luma=luma)
    return next(clip.frames())


def left_bright() -> NDArray[np.uint8]:
    """Return brightness that tells the frame's left half from its right."""
    luma = np.full((HEIGHT_PX, WIDTH_PX), GREY, np.uint8)
    luma[:, : WIDTH_PX // 2] = 200
    return luma


def mirror_picture(
    *,
    frame: Frame | None = None,
    view: View = View.REAR,
    pose: NDArray[np.float64] | None = None,
    values: Mapping[Side, Sequence[float | None]] | None = None,
    standing: Side | None = Side.LEFT,
    limit: float | None = None,
    over: Side | None = None,
    cadence_spm: float | None = 168.0,
    delay_s: float | None = 0.04,
    hidden_since_s: float | None = None,
    other_view: View | None = None,
) -> MirrorPicture:
    """Build a picture; ``values`` are the last steps of each side, which took turns."""
    recent = {
        side: tuple(
            LiveStep(
                side=side,
                time_s=0.7 * at + (0.35 if side is Side.RIGHT else 0.0),
                values={} if value is None else {THIGH: value},
            )
            for at, value in enumerate((values or {}).get(side, ()))
        )
        for side in Side
    }
    if pose is None:
        pose = standing_pose(width_px=WIDTH_PX, height_px=HEIGHT_PX, from_behind=view is View.REAR)
    return MirrorPicture(
        frame=frame or grey_frame(),
        view=view,
        shown=MirrorView(
            xy_px=pose,
            n_steps=sum(len(steps) for steps in recent.values()),
            cadence_spm=cadence_spm,
            recent=recent,
            is_over_limit={side: side is over for side in Side},
            finished=None,
            standing=standing,
            hidden_since_s=hidden_since_s,
            other_view=other_view,
            other_view_since_s=None if other_view is None else 0.0,
        ),
        watched=THIGH,
        title="Thigh towards the midline",
        unit="°",
        limit=limit,
        delay_s=delay_s,
    )
