"""When each frame of a clip is taken, evenly or as a phone's camera does."""

import numpy as np

from phantom.rotations import Floats
from phantom.specification import Clip


def frame_times(clip: Clip) -> Floats:
    """Return when each frame is taken, seconds from 0; uneven when the clip's rate varies."""
    n_frames = round(clip.duration_s * clip.frame_rate_hz)
    gaps = np.full(n_frames, 1 / clip.frame_rate_hz)
    chance = np.random.default_rng([clip.seed, 7])
    gaps *= 1 + clip.frame_time_jitter * chance.uniform(-1.0, 1.0, n_frames)
    times: Floats = np.concatenate([[0.0], np.cumsum(gaps)[:-1]])
    return times
