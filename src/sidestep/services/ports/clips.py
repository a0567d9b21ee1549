"""Who watches a clip and says where the person's joints are in every frame."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.pose_track import Cover, PoseTrack
from sidestep.services.ports.frames import Frame


class PoseSource(Protocol):
    """Finds one person's keypoints in a clip."""

    def track(self, clip: Path, progress: Callable[[float], None]) -> PoseTrack:
        """Follow the person through the whole clip.

        ``progress`` is told the share of the clip that is done, 0 to 1, every second or so.

        Raises
        ------
        UnreadableFileError
            The file is no video, or none of its frames can be decoded.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What stands still between the camera and a runner, and since when at the latest."""

    by: Cover
    since_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePose:
    """One person in one picture, as found and not smoothed.

    Attributes
    ----------
    xy_px
        Shape (16, 2), float64, pixels of the upright picture.
    score
        Shape (16,), 0 to 1, as in ``PoseTrack``.
    covered
        What stood before the person when that was last looked for, some seconds ago.
    """

    time_s: float
    xy_px: NDArray[np.float64]
    score: NDArray[np.float64]
    covered: Covered | None = None


class LivePoses(Protocol):
    """Finds the person in one picture after the other, while they happen."""

    def prepare(self, frame: Frame) -> None:
        """Do beforehand what takes long with the first picture of this kind; follow nobody yet."""

    def see(self, frame: Frame) -> LivePose | None:
        """Find the person; ``None`` when nobody is there."""
