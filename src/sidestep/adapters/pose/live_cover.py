"""Looks now and then whether something stands before the person in pictures as they happen.

What it is and where is told by ``covered_body``; what follows from it is not known here.
"""

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.pose.covered_body import what_covers
from sidestep.adapters.pose.place_stills import STILLS, PlaceStills
from sidestep.services.ports.clips import Covered
from sidestep.services.ports.frames import Frame

HIGHEST_PX = 384
"""Smaller pictures than a clip's are looked at within the time of one, and tell as much."""


class LiveCover:
    """Looks at the last pictures together as soon as there are enough, and then begins anew.

    At 30 pictures a second that is every six seconds; what was found holds until then.
    """

    def __init__(self) -> None:
        self._covered: Covered | None = None
        self._stills: PlaceStills | None = None
        self._xy_px: list[NDArray[np.float64]] = []
        self._since_s = 0.0

    def watch(self, frame: Frame, xy_px: NDArray[np.float64]) -> Covered | None:
        """Take in the next picture, with the joints in it; return what was found last.

        Parameters
        ----------
        xy_px
            Shape (16, 2), in the upright picture.
        """
        if self._stills is None:
            self._stills, self._since_s = PlaceStills(highest_px=HIGHEST_PX), frame.time_s
        before = len(self._stills)
        self._stills.take(frame)
        if len(self._stills) > before:
            self._xy_px.append(xy_px)
        if len(self._stills) == STILLS:
            self._look(frame.layout.width_px, self._stills)
            self._begin()
        return self._covered

    def forget(self) -> None:
        """Begin anew: nobody was seen, or the picture became another."""
        self._covered = None
        self._begin()

    def _begin(self) -> None:
        self._stills, self._xy_px = None, []

    def _look(self, width_px: int, stills: PlaceStills) -> None:
        by = what_covers(np.stack(self._xy_px), width_px, stills)
        before = self._covered
        since_s = self._since_s if before is None else before.since_s
        self._covered = None if by is None else Covered(by=by, since_s=since_s)
