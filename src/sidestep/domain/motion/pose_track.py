"""What a pose source saw in a clip, frame by frame, before anything was cleaned or decided."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.skeleton import N_KEYPOINTS

Series = NDArray[np.float64]
"""Shape (n,), float64, one value per frame; NaN means not seen."""

LEAST_SCORE = 0.3
"""A point scored below this is a guess of the pose source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesRoll:
    """Roll of the camera as the upright lines of the place show it.

    Attributes
    ----------
    degrees
        + where what is upright leans to the right in the picture.
    error_deg
        95 % half-width.
    """

    degrees: float
    error_deg: float


class Cover(StrEnum):
    """What stands still between the camera and a person: before a knee, or as it lies over her."""

    KNEE = "knee"
    BAR = "bar"
    POST = "post"
    RAIL = "rail"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseTrack:
    """Keypoints of one person through a clip, in the upright picture.

    Attributes
    ----------
    time_s
        Shape (n,), real time of each frame from the clip's start, strictly increasing.
    xy_px
        Shape (n, 16, 2); x to the right, y downwards, origin in the upper left corner of
        the upright picture (rotation of the file applied). NaN where no person was found.
    score
        Shape (n, 16), 0 to 1: how sure the source is that the point is in the picture and visible.
    brightness
        Shape (n,), mean luma of the picture around the person, 0 (black) to 255; of the whole
        picture while nobody is found.
    sharpness
        Shape (n,), mean absolute luma difference of neighbouring pixels around the person;
        small is blurred. NaN where not computed.
    people
        Shape (n,), persons the detector saw where it ran, NaN elsewhere.
    cuts_s
        Times at which the picture changed so abruptly that the clip must have been edited.
    width_px, height_px
        Size of the upright picture.
    model
        Name and version of what produced the points.
    lines_roll
        What the place says of the camera's roll, ``None`` where it says nothing.
    covered_by
        What hides a knee all the time, or a runner's legs (level, upright, aslant) or shoulders (a
        console); of somebody who does not run only the knee means anything. ``None`` when nothing
        was found, or nothing could be told.
    rivals
        Shape (n,), those among the people who could as well be meant as the one followed: as large,
        as lively and as near to the picture's middle. NaN as in ``people``; ``None`` where the
        source does not tell.
    changes
        Shape (n,), how much each picture differs from the one before, 0 to 255: root mean square
        over the whole of it. NaN for the first; ``None`` where the source does not tell.
    """

    time_s: Series
    xy_px: NDArray[np.float64]
    score: NDArray[np.float64]
    brightness: Series
    sharpness: Series
    people: Series
    cuts_s: tuple[float, ...]
    width_px: int
    height_px: int
    model: str
    lines_roll: LinesRoll | None = None
    covered_by: Cover | None = None
    rivals: Series | None = None
    changes: Series | None = None

    def __post_init__(self) -> None:
        n = len(self.time_s)
        shapes = {"xy_px": (n, N_KEYPOINTS, 2), "score": (n, N_KEYPOINTS), "brightness": (n,)}
        shapes |= {"sharpness": (n,), "people": (n,)}
        for name, shape in shapes.items():
            found = getattr(self, name).shape
            if found != shape:
                message = f"{name} has shape {found}, {n} frames need {shape}"
                raise ValueError(message)
        if np.any(np.diff(self.time_s) <= 0):
            message = "time_s must increase from frame to frame"
            raise ValueError(message)
