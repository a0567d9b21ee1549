"""Tells how many frames a second of a film are new; the others repeat the one before.

Editors and some webcams write 25 or 30 frames a second as 50 or 60.
"""

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.cleaning import frame_rate_hz
from sidestep.domain.motion.pose_track import Series

MOVES = 1.0
"""Change of a picture, of 255, below which there is hardly a movement to compare with."""

REPEATED = 0.45
"""A frame that changes by less than this share of the frames around it repeats the one before.

Films of runners whose frames were all new had none below 0.54, at any compression; those written
twice had half of them below 0.1, and below 0.45 when they were compressed until nothing was sharp.
"""

AROUND_S = 0.085
AROUND_MIN = 3
"""How far around a frame one looks, at least so many frames: a tenth of a second holds a new one in
all but the slowest films, and a body that comes to rest takes longer."""

REPEATED_SHARE_MIN = 0.15
"""Fewer are a hiccup of the camera, or somebody who stands nearly still."""


def new_frames_hz(time_s: Series, changes: Series | None) -> float:
    """Return how many new frames a second a film has.

    Parameters
    ----------
    changes
        Shape (n,), how much each frame differs from the one before, 0 to 255, NaN where that is not
        known; ``None`` where the source does not tell.

    Returns
    -------
    float
        The frame rate itself unless many frames are repeated, or where nothing moves.
    """
    rate_hz = frame_rate_hz(time_s)
    if changes is None or not rate_hz:
        return rate_hz
    around = _changes_around(changes, max(AROUND_MIN, round(AROUND_S * rate_hz)))
    with np.errstate(invalid="ignore"):
        is_repeated = (around > MOVES) & (changes < REPEATED * around)
        is_new = ~is_repeated & (changes > MOVES)
    told = int(np.sum(is_repeated | is_new))
    share = float(np.sum(is_repeated)) / told if told else 0.0
    return rate_hz * (1.0 - share) if share >= REPEATED_SHARE_MIN else rate_hz


def _changes_around(changes: Series, reach: int) -> NDArray[np.float64]:
    """Return what a new frame changes here: the lesser of the largest before and after it.

    So neither a movement that begins or ends nor a single cut makes the frames beside it repeated.
    """
    before, after = np.zeros(len(changes)), np.zeros(len(changes))
    known = np.nan_to_num(changes, nan=0.0)
    for step in range(1, reach + 1):
        before[step:] = np.maximum(before[step:], known[:-step])
        after[:-step] = np.maximum(after[:-step], known[step:])
    lesser: NDArray[np.float64] = np.minimum(before, after)
    return lesser
