"""Who watches a clip and says where the person's joints are in every frame."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sidestep.domain.motion.pose_track import PoseTrack


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
