"""A mirror without camera, network, window or time: the clock moves only when somebody works."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from builders.drawn_clips import GreyClip
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.vocabulary.side import Side
from sidestep.errors import UnreadableFileError
from sidestep.services.ports.clips import Covered, LivePose
from sidestep.services.ports.frames import Frame
from sidestep.services.ports.mirror_screen import MirrorPicture


class PacedFrames:
    """Implements ``services.ports.FrameSource``: grey pictures that are due at the given times."""

    def __init__(self, time_s: Sequence[float], breaks: str = "") -> None:
        self.now_s = 0.0
        self._begun_s = 0.0
        self.dropped = 0
        self._waiting = list(GreyClip(time_s).frames())
        self._breaks = breaks

    def first(self) -> Frame | None:
        return self._waiting[0] if self._waiting else None

    def begin(self) -> None:
        self._begun_s = self.now_s

    def newest(self) -> Frame | None:
        if not self._waiting:
            if self._breaks:
                raise UnreadableFileError(self._breaks)
            return None
        self.now_s = max(self.now_s, self._begun_s + self._waiting[0].time_s)
        n_due = sum(self._begun_s + frame.time_s <= self.now_s for frame in self._waiting)
        self.dropped += n_due - 1
        newest = self._waiting[n_due - 1]
        del self._waiting[:n_due]
        return newest

    def age_s(self, frame: Frame) -> float:
        return self.now_s - self._begun_s - frame.time_s


class TrackedPoses:
    """Implements ``services.ports.LivePoses``: the poses of a track.

    ``getting_ready`` is done once, ``work`` for each picture; ``covered`` says what stands before
    the person at a time.
    """

    def __init__(
        self,
        track: PoseTrack,
        *,
        score: NDArray[np.float64] | None = None,
        work: Callable[[], None] = lambda: None,
        getting_ready: Callable[[], None] = lambda: None,
        covered: Callable[[float], Covered | None] = lambda _: None,
    ) -> None:
        self._track = track
        self._score = score
        self._work = work
        self._getting_ready = getting_ready
        self._covered = covered

    def prepare(self, frame: Frame) -> None:
        self._getting_ready()

    def see(self, frame: Frame) -> LivePose | None:
        self._work()
        at = int(np.searchsorted(self._track.time_s, frame.time_s - 1e-9))
        xy_px = self._track.xy_px[at]
        if np.isnan(xy_px).all():
            return None
        score = np.ones(len(xy_px)) if self._score is None else self._score
        return LivePose(
            time_s=frame.time_s, xy_px=xy_px, score=score, covered=self._covered(frame.time_s)
        )


class RememberedScreen:
    """Implements ``services.ports.MirrorScreen``: keeps what it was shown and asked to sound."""

    can_sound = True

    def __init__(self, *, closes_after: int | None = None) -> None:
        self.pictures: list[MirrorPicture] = []
        self.sounds: list[tuple[int, Side]] = []
        self._closes_after = closes_after

    def show(self, picture: MirrorPicture) -> bool:
        self.pictures.append(picture)
        return len(self.pictures) != self._closes_after

    def sound(self, side: Side) -> None:
        """Note the side, and how many steps of it had been made."""
        n_steps = sum(
            picture.shown.finished.side is side
            for picture in self.pictures
            if picture.shown.finished is not None
        )
        self.sounds.append((n_steps, side))
