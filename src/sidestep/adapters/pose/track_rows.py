"""Gathers a pose track frame by frame, in memory that is written once.

All but times are kept in single precision: of points an eighth of a thousandth of a pixel in the
largest picture.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.skeleton import N_KEYPOINTS

_ROOM_TO_BEGIN_WITH = 1024


class TrackRows:
    """One row per frame.

    Parameters
    ----------
    expected
        Frames the file claims to have; more are no harm.
    """

    def __init__(self, expected: int) -> None:
        self.n = 0
        self._room = max(expected, _ROOM_TO_BEGIN_WITH)
        # Untouched memory costs nothing: the system gives it out on the first write.
        self._columns: dict[str, NDArray[Any]] = {
            "time_s": np.empty(self._room),
            "xy_px": np.empty((self._room, N_KEYPOINTS, 2), dtype=np.float32),
            "score": np.empty((self._room, N_KEYPOINTS), dtype=np.float32),
            "brightness": np.empty(self._room, dtype=np.float32),
            "sharpness": np.empty(self._room, dtype=np.float32),
            "people": np.empty(self._room, dtype=np.float32),
            "rivals": np.empty(self._room, dtype=np.float32),
            "changes": np.empty(self._room, dtype=np.float32),
        }

    def begin(self, time_s: float) -> int:
        """Add a frame of which only the time is known, and return its row."""
        if self.n == self._room:
            self._room *= 2
            for name, column in self._columns.items():
                wider = np.empty((self._room, *column.shape[1:]), dtype=column.dtype)
                wider[: self.n] = column
                self._columns[name] = wider
        row = self.n
        for name in ("xy_px", "brightness", "sharpness", "people", "rivals", "changes"):
            self._columns[name][row] = np.nan
        self._columns["score"][row] = 0.0
        self._columns["time_s"][row] = time_s
        self.n += 1
        return row

    def set(self, row: int, **values: NDArray[np.float64] | float) -> None:
        """Fill in what is now known of a frame."""
        for name, value in values.items():
            self._columns[name][row] = value

    def take_back_person(self, before_row: int) -> None:
        """Unsay who was seen in all rows before one: it was somebody else."""
        self._columns["xy_px"][:before_row] = np.nan
        self._columns["score"][:before_row] = 0.0

    def track(
        self, *, cuts_s: tuple[float, ...], width_px: int, height_px: int, model: str
    ) -> PoseTrack:
        """Give out what was gathered, without copying it."""
        seen = {name: column[: self.n] for name, column in self._columns.items()}
        return PoseTrack(
            time_s=seen["time_s"],
            xy_px=seen["xy_px"],
            score=seen["score"],
            brightness=seen["brightness"],
            sharpness=seen["sharpness"],
            people=seen["people"],
            rivals=seen["rivals"],
            changes=seen["changes"],
            cuts_s=cuts_s,
            width_px=width_px,
            height_px=height_px,
            model=model,
        )
