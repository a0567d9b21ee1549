"""Makes the clips that speed is measured on: phone-like ones out of a small rendered one."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

NOISE = 4.0
"""Standard deviation of brightness: a phone's sensor indoors. Without it, decoding is too easy."""
BIT_RATE = 12_000_000


def make_phone_clip(
    source: Path, target: Path, *, seconds: float, frame_rate: int, width: int, height: int
) -> None:
    """Enlarge a clip, add a sensor's noise, and play it back and forth until it is long enough."""
    pictures = _luma_and_colour(source, width, height)
    noise = np.random.default_rng(1).normal(0.0, NOISE, (height + 64, width + 64)).astype(np.int16)
    partial = target.with_suffix(".partial.mp4")
    with av.open(str(partial), "w") as container:
        stream = container.add_stream("libx264", rate=frame_rate)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = BIT_RATE
        stream.codec_context.options = {"preset": "veryfast"}
        for number, shown in zip(
            range(round(seconds * frame_rate)), _to_and_fro(len(pictures)), strict=False
        ):
            down, across = (number * 37) % 64, (number * 53) % 64
            picture = av.VideoFrame.from_ndarray(pictures[shown], format="yuv420p")
            picture = picture.reformat(width=width, height=height)
            planes = picture.to_ndarray()
            noisy = planes[:height] + noise[down : down + height, across : across + width]
            planes[:height] = noisy.clip(0, 255)
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, frame_rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    partial.replace(target)


def repeat_clip(source: Path, target: Path, minutes: float) -> None:
    """Put a clip behind itself until it is long enough, without coding it anew."""
    partial = target.with_suffix(".partial.mp4")
    with av.open(str(partial), "w") as container:
        writing: av.VideoStream | None = None
        behind = 0
        while True:
            with av.open(str(source)) as part:
                reading = part.streams.video[0]
                assert reading.time_base is not None
                writing = writing or container.add_stream_from_template(reading)
                end = behind
                for packet in part.demux(reading):
                    if packet.pts is None or packet.dts is None:
                        continue
                    packet.pts, packet.dts = packet.pts + behind, packet.dts + behind
                    end = max(end, packet.pts + (packet.duration or 0))
                    packet.stream = writing
                    container.mux(packet)
                behind = end
                if float(behind * reading.time_base) >= 60 * minutes:
                    break
    partial.replace(target)


def _luma_and_colour(source: Path, width: int, height: int) -> list[NDArray[np.uint8]]:
    """Read a small clip whole; it must have the shape of the one to be made."""
    with av.open(str(source)) as container:
        stream = container.streams.video[0]
        if stream.width * height != stream.height * width:
            message = f"{source} has {stream.width} by {stream.height} pixels"
            raise SystemExit(message)
        return [
            np.asarray(frame.to_ndarray(format="yuv420p"), dtype=np.uint8)
            for frame in container.decode(stream)
        ]


def _to_and_fro(n: int) -> Iterator[int]:
    while True:
        yield from range(n)
        yield from range(n - 2, 0, -1)
