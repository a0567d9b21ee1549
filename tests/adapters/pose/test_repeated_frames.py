"""A committed clip, written anew with some frames repeated, through decoder and motion map."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import cycle
from pathlib import Path

import av
import numpy as np
import pytest

from sidestep.adapters.pose.motion_map import MotionMap
from sidestep.adapters.video.clip_files import ClipFiles
from sidestep.domain.motion.new_frames import new_frames_hz

CLIPS = Path(__file__).parents[2] / "clips"
FRAMES = 72


def written_again(clip: Path, to: Path, times: Sequence[int], rate: int, quality: int) -> Path:
    """Write each frame so many times in turn, 0 leaves it out."""
    with av.open(str(clip)) as read, av.open(str(to), "w") as written:
        film = read.streams.video[0]
        stream = written.add_stream("libx264", rate=rate)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = film.codec_context.width, film.codec_context.height
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": str(quality), "preset": "veryfast"}
        n = 0
        for _, frame, repeated in zip(range(FRAMES), read.decode(film), cycle(times), strict=False):
            for _ in range(repeated):
                frame.pts, frame.time_base = n, Fraction(1, rate)
                frame.pict_type = av.video.frame.PictureType.NONE
                written.mux(stream.encode(frame))
                n += 1
        written.mux(stream.encode(None))
    return to


def new_frames_of(clip: Path) -> float:
    times_s, changes = [], []
    with ClipFiles().open(clip) as opened:
        motion = None
        for frame in opened.frames():
            motion = motion or MotionMap(frame.layout)
            motion.watch(frame)
            times_s.append(frame.time_s)
            changes.append(motion.change)
    return new_frames_hz(np.array(times_s), np.array(changes))


@pytest.mark.parametrize(
    ("times", "rate", "quality", "new_hz"),
    [
        ((2, 0), 60, 23, 30),
        ((2, 0), 50, 35, 25),
        ((3, 0, 2, 0, 2, 0), 70, 28, 30),
        ((3, 0, 0, 2, 0), 60, 23, 24),
        ((1,), 60, 35, 60),
    ],
    ids=["30 as 60", "25 as 50, pressed hard", "now twice, now thrice", "24 as 60", "all new"],
)
def test_a_film_whose_frames_are_repeated_shows_how_many_are_new(
    tmp_path: Path, times: tuple[int, ...], rate: int, quality: int, new_hz: float
) -> None:
    again = written_again(CLIPS / "run_rear.mp4", tmp_path / "again.mp4", times, rate, quality)
    assert new_frames_of(again) == pytest.approx(new_hz, rel=0.08)
