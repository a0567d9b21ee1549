"""Which points and which stances belong to a moment of the clip; nothing is drawn here."""

from bisect import bisect_right

import numpy as np

from sidestep.adapters.video.overlay_legs import Standing
from sidestep.services.ports.clip_pictures import Drawing, Stance

SAME_MOMENT = 0.5
"""A picture and the points of a moment may lie this many frames apart; beyond it none is drawn."""

AT_ONCE = 4
"""At most so many stances overlap in time: two legs, each ending late and beginning early."""


class Moments:
    """Looks up a drawing by time and by frame."""

    def __init__(self, drawing: Drawing) -> None:
        self._time_s = drawing.time_s
        self._stances = sorted(drawing.stances, key=lambda stance: stance.first_frame)
        self._begins = [stance.first_frame for stance in self._stances]
        self._step_s = float(np.median(np.diff(drawing.time_s))) if len(drawing.time_s) > 1 else 0.0

    def frame_at(self, time_s: float) -> int | None:
        """Return the nearest frame that has points; ``None`` when none is near."""
        if not len(self._time_s):
            return None
        after = int(np.searchsorted(self._time_s, time_s))
        near = [at for at in (after - 1, after) if 0 <= at < len(self._time_s)]
        nearest = min(near, key=lambda at: abs(self._time_s[at] - time_s))
        is_same = abs(self._time_s[nearest] - time_s) <= SAME_MOMENT * self._step_s + 1e-6
        return nearest if is_same else None

    def has_come(self, frame: int, time_s: float) -> bool:
        """Whether this time is that of the frame, or later."""
        return bool(time_s >= self._time_s[frame] - SAME_MOMENT * self._step_s - 1e-6)

    def begun(self, frame: int) -> list[Stance]:
        """Return every stance that has begun, oldest first."""
        return self._stances[: self.n_begun(frame)]

    def n_begun(self, frame: int) -> int:
        """Return how many stances have begun."""
        return bisect_right(self._begins, frame)

    def standing(self, frame: int) -> Standing:
        """Return the legs that stand."""
        n_begun = self.n_begun(frame)
        now = [
            stance
            for stance in self._stances[max(0, n_begun - AT_ONCE) : n_begun]
            if stance.last_frame >= frame
        ]
        return Standing(
            legs=frozenset(stance.side for stance in now),
            offset_pct={
                stance.side: stance.offset_pct for stance in now if stance.offset_pct is not None
            },
        )
