"""Writes pictures and their times into a video file.

What the pictures show is not known here.
"""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

_TICKS_PER_S = 90_000


def write_film(
    path: Path,
    pictures: Iterable[tuple[float, np.ndarray]],
    *,
    width_px: int,
    height_px: int,
    frame_rate_hz: float,
    quality: int,
    preset: str,
    rotate_deg: int,
) -> None:
    """Write pictures (height, width, 3) with their own times in seconds as H.264.

    With ``rotate_deg`` the pictures are stored turned anticlockwise, and the file says by how
    much a player must turn them clockwise. ``quality`` is x264's constant rate factor, smaller is
    better; ``preset`` trades its speed against the file's size.
    """
    turns = rotate_deg // 90
    if turns % 2:
        width_px, height_px = height_px, width_px
    with av.open(str(path), "w") as container:
        stream = container.add_stream(
            "libx264", rate=Fraction(frame_rate_hz).limit_denominator(1001)
        )
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuv420p"
        stream.time_base = Fraction(1, _TICKS_PER_S)
        stream.codec_context.time_base = Fraction(1, _TICKS_PER_S)
        if turns:
            stream.set_display_rotation(-rotate_deg)
        stream.options = {"crf": str(quality), "preset": preset, "threads": "1"}
        for time_s, picture in pictures:
            stored = np.ascontiguousarray(np.rot90(picture, turns))
            frame = av.VideoFrame.from_ndarray(stored, format="rgb24")
            frame.pts = round(time_s * _TICKS_PER_S)
            frame.time_base = Fraction(1, _TICKS_PER_S)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
