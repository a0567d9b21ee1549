"""Small video files whose every frame is known: a bright square that moves over a dark ground."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

WIDTH_PX, HEIGHT_PX = 160, 96
DARK, BRIGHT = 40, 200
SQUARE_PX = 16
TIME_BASE = Fraction(1, 1000)


def square_at(frame: int) -> tuple[int, int]:
    """Column and row of the square's upper left corner."""
    return 8 + 4 * frame, 12


def stored_luma(frame: int) -> NDArray[np.uint8]:
    luma = np.full((HEIGHT_PX, WIDTH_PX), DARK, dtype=np.uint8)
    column, row = square_at(frame)
    luma[row : row + SQUARE_PX, column : column + SQUARE_PX] = BRIGHT
    return luma


def write_video(
    path: Path,
    stamps_ms: Sequence[int],
    *,
    format: str = "yuv420p",
    turned_deg: float = 0.0,
    pixel_aspect: Fraction | None = None,
    codec: str = "libx264",
) -> Path:
    """Write a frame at each time, nearly without loss."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = WIDTH_PX, HEIGHT_PX, format
        stream.codec_context.time_base = stream.time_base = TIME_BASE
        if codec == "libx264":
            stream.codec_context.options = {"crf": "8", "preset": "ultrafast", "bf": "0"}
        if pixel_aspect is not None:
            stream.codec_context.sample_aspect_ratio = pixel_aspect
        if turned_deg:
            stream.set_display_rotation(turned_deg)
        for number, stamp in enumerate(stamps_ms):
            grey = av.VideoFrame.from_ndarray(stored_luma(number), format="gray")
            frame = grey.reformat(format=format)
            frame.pts, frame.time_base = stamp, TIME_BASE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_sound(path: Path) -> Path:
    """Write a second of silence."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        assert isinstance(stream, av.AudioStream)
        for number in range(40):
            silence = np.zeros((1, 1024), dtype=np.float32)
            frame = av.AudioFrame.from_ndarray(silence, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 44100, 1024 * number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
