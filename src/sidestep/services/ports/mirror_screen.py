"""What the treadmill mirror shows and sounds on; what it shows is decided in ``domain.motion``."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.mirror import MirrorView
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.frames import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorPicture:
    """One picture of the mirror before it is drawn.

    Attributes
    ----------
    frame
        As the camera saw it; the mirror shows the person's left on the picture's left.
    shown
        The pose is in pixels of the upright frame.
    watched, title, unit
        The measure of the bars, what it is called, and the sign behind its numbers.
    limit
        The person's own, in the measure's unit; ``None`` for none.
    delay_s
        How old the last pictures were when they had been shown; ``None`` in the beginning.
    is_too_slow
        So few pictures were shown lately that steps, and with them the cadence, may be missed.
    """

    frame: Frame
    view: View
    shown: MirrorView
    watched: RunMeasure
    title: str
    unit: str
    limit: float | None
    delay_s: float | None
    is_too_slow: bool = False


class MirrorScreen(Protocol):
    """Shows the mirror and makes its sounds."""

    @property
    def can_sound(self) -> bool:
        """There is something to make sounds with."""

    def show(self, picture: MirrorPicture) -> bool:
        """Show a picture; return whether the person wants to see more.

        Raises
        ------
        StorageError
            The picture was to be saved and cannot be.
        """

    def sound(self, side: Side) -> None:
        """Begin the sound of a side and return at once."""


class PictureWindow(Protocol):
    """A window that pictures are shown in."""

    def show(self, rgb: NDArray[np.uint8]) -> bool:
        """Show a picture, shape (h, w, 3); return whether the window is still open."""


class SideTones(Protocol):
    """One sound for each side."""

    def play(self, side: Side) -> None:
        """Begin the sound of a side and return at once."""
