"""From a specification to a clip and its truth: puts body, motion, stage and film together."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from phantom.body import Body, build_body, leg_lengths
from phantom.camera import place_camera
from phantom.clothing import SOLE_M, dress
from phantom.film import write_film
from phantom.rotations import Floats
from phantom.running import Runner
from phantom.skeleton import SIDES
from phantom.specification import Clip
from phantom.squatting import Squatter
from phantom.stage import Stage, all_joints
from phantom.truth import describe

_POSES_AT_ONCE = 120


def truth_path(film: Path) -> Path:
    """Return where the truth of a clip is written."""
    return film.with_suffix(".truth.json")


def render(clip: Clip, film: Path, progress: Callable[[float], None] | None = None) -> None:
    """Write the clip and, beside it, its truth; ``progress`` is told the share that is done."""
    body = build_body(clip.body)
    motion = set_in_motion(clip, body)
    times = frame_times(clip)
    eye = place_camera(clip.camera, clip.width_px, clip.height_px)
    stage = Stage(clip.place, eye, [dress(body, clip.clothes, clip.body.skin)])

    def pictures() -> Iterator[tuple[float, np.ndarray]]:
        for start in range(0, len(times), _POSES_AT_ONCE):
            some = times[start : start + _POSES_AT_ONCE]
            pose = motion.at(some)
            transforms, joints = pose.transforms(), all_joints(pose)
            for row, time_s in enumerate(some):
                yield float(time_s), stage.draw([transforms[row]], [joints[row]])
            if progress is not None:
                progress((start + len(some)) / len(times))

    write_film(
        film,
        pictures(),
        width_px=clip.width_px,
        height_px=clip.height_px,
        frame_rate_hz=clip.frame_rate_hz,
        quality=clip.quality,
    )
    truth = describe(clip, eye, times, motion.at(times).joints, motion)
    truth_path(film).write_text(json.dumps(truth, separators=(",", ":")) + "\n", encoding="utf-8")


def set_in_motion(clip: Clip, body: Body) -> Runner | Squatter:
    """Return the motion of the person filmed."""
    lengths = {side: leg_lengths(body.joints, side) for side in SIDES}
    if clip.run is not None:
        return Runner(
            clip.run,
            body.joints,
            lengths,
            duration_s=clip.duration_s,
            seed=clip.seed,
            sole_m=SOLE_M,
        )
    assert clip.squat is not None
    return Squatter(clip.squat, body.joints, lengths, seed=clip.seed, sole_m=SOLE_M)


def frame_times(clip: Clip) -> Floats:
    """Return when each frame is taken, seconds from 0; uneven when the clip's rate varies."""
    n_frames = round(clip.duration_s * clip.frame_rate_hz)
    gaps = np.full(n_frames, 1 / clip.frame_rate_hz)
    chance = np.random.default_rng([clip.seed, 7])
    gaps *= 1 + clip.frame_time_jitter * chance.uniform(-1.0, 1.0, n_frames)
    times: Floats = np.concatenate([[0.0], np.cumsum(gaps)[:-1]])
    return times
