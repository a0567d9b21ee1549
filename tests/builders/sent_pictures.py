"""Pictures as the mirror's page sends them: JPEG behind a few numbers, from a clip or drawn."""

import io
import math
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import av
from PIL import Image

CLIPS = Path(__file__).parents[1] / "clips"


@cache
def jpegs_of(name: str, every: int = 1, height: int = 360) -> tuple[tuple[float, bytes], ...]:
    """Time and JPEG of every so manieth picture of a rendered clip."""
    return tuple(_jpegs_of(CLIPS / f"{name}.mp4", every, height))


def _jpegs_of(clip: Path, every: int, height: int) -> Iterator[tuple[float, bytes]]:
    with av.open(str(clip)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number % every == 0:
                width = 4 * round(frame.width * height / frame.height / 4)
                shown = frame.reformat(width, height, "rgb24").to_ndarray()
                yield float(frame.time or 0.0), _jpeg(Image.fromarray(shown))


def grey_jpeg(width: int = 272, height: int = 360) -> bytes:
    """A picture with nobody in it."""
    return _jpeg(Image.new("RGB", (width, height), (120, 120, 120)))


def _jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=80)
    return written.getvalue()


def message(
    number: int, time_s: float, jpeg: bytes, delay_ms: float = math.nan, n_dropped: int = 0
) -> bytes:
    """A picture as it travels."""
    return struct.pack("<IdfI", number, 1000 * time_s, delay_ms, n_dropped) + jpeg
