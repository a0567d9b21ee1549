"""Writes finished pictures as an H.264 film or a JPEG, whole or not at all; draws nothing."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.codec.context import ThreadType
from numpy.typing import NDArray
from PIL import Image

from sidestep.adapters.video.overlay_picture import YuvPicture
from sidestep.errors import StorageError

TICKS_PER_S: Final = 90_000
"""Fine enough for the times of any camera, and what players expect."""

KEYFRAME_EVERY: Final = 120
"""Frames; a player can jump to a step without decoding from the start."""

JPEG_QUALITY: Final = 88

CODING_THREADS: Final = 2
"""On strips of the same picture: pictures coded side by side would all be held in memory."""

# Quality first set by eye at 360 and 720 px; the fastest preset that keeps thin lines clean.
# Looking ahead over two pictures instead of ten, and never backwards, takes 44 MiB less and a fifth
# less time; the film is as large, and as good to 0.3 dB.
_X264 = {
    "crf": "23",
    "preset": "veryfast",
    "x264-params": "rc-lookahead=2:sync-lookahead=0:bframes=0:ref=1",
}
# The index in front, so that a film sent to somebody starts at once.
_MP4 = {"movflags": "+faststart"}


@contextmanager
def unfinished(paths: tuple[Path, ...]) -> Iterator[tuple[Path, ...]]:
    """Give each path a neighbour to write into; all take their names together at the end.

    Raises
    ------
    StorageError
        A neighbour cannot be made, written or renamed. Then none is left.
    """
    parts: list[Path] = []
    try:
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
            os.close(handle)
            parts.append(Path(name))
        yield tuple(parts)
        for part, path in zip(parts, paths, strict=True):
            part.replace(path)
    except (OSError, av.FFmpegError) as failed:
        raise StorageError(
            f"The pictures of the clip cannot be written: {failed.strerror or failed}",
            hint="Check the free space of the data folder, and that you may write to it.",
        ) from failed
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def write_jpeg(path: Path, picture: NDArray[np.uint8], comment: str) -> None:
    """Write a picture, shape (h, w, 3), with its caption as the file's comment."""
    with path.open("wb") as file:
        Image.fromarray(picture).save(
            file, format="JPEG", quality=JPEG_QUALITY, comment=comment.encode()
        )


class Film:
    """A silent H.264 film in MP4; every picture keeps its own time.

    The first picture sets the size and the colours.
    """

    def __init__(self, path: Path) -> None:
        self._container = av.open(f"file:{path}", "w", format="mp4", options=_MP4)
        self._stream: av.VideoStream | None = None

    def add(self, picture: YuvPicture, time_s: float) -> None:
        """Add a picture that is shown from this time on."""
        stream = self._stream or self._begin(picture)
        frame = picture.to_frame()
        frame.pts, frame.time_base = round(time_s * TICKS_PER_S), Fraction(1, TICKS_PER_S)
        self._container.mux(stream.encode(frame))

    def close(self) -> None:
        """Write what is still held back, and the index."""
        if self._stream is not None:
            self._container.mux(self._stream.encode(None))
        self._container.close()

    def _begin(self, picture: YuvPicture) -> av.VideoStream:
        stream = self._container.add_stream("h264", options=_X264)
        coder = stream.codec_context
        coder.height, coder.width = picture.luma.shape
        coder.pix_fmt = "yuv420p"
        coder.time_base = Fraction(1, TICKS_PER_S)
        coder.gop_size = KEYFRAME_EVERY
        coder.thread_type, coder.thread_count = ThreadType.SLICE, CODING_THREADS
        coder.colorspace, coder.color_range = picture.mix.space, picture.mix.range
        self._stream = stream
        return stream
