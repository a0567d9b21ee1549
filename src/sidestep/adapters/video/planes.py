"""The planes of a decoded frame as memory to look into, and what their numbers mean in colour."""

import av
import numpy as np
from numpy.typing import NDArray

from sidestep.services.ports.frames import Plane

PLANAR = frozenset({"yuv420p", "yuvj420p"})
INTERLEAVED = frozenset({"nv12"})
ONE_FORMAT = "yuv420p"
"""What every other format is turned into first."""

HIGH_DEFINITION_PX = 720
"""Shorter edge from which a file that names no colours means those of high definition."""

_KR_KB = {"standard": (0.299, 0.114), "high": (0.2126, 0.0722), "wide": (0.2627, 0.0593)}
_COLOURS = {1: "high", 4: "standard", 5: "standard", 6: "standard", 7: "high", 9: "wide"}
"""By the code points of ITU-T H.273 for matrix coefficients."""
_FULL_RANGE = 2
"""What FFmpeg calls the colour range of JPEG: 0 to 255 instead of 16 to 235."""


def planes_of(frame: av.VideoFrame) -> tuple[Plane, Plane, Plane]:
    """Give brightness and the two colour differences of a frame in one of the known formats."""
    if frame.format.name in INTERLEAVED:
        luma, both = frame.planes
        return (
            _plane(luma, shrink=1),
            _plane(both, shrink=2, first=0, column_step=2),
            _plane(both, shrink=2, first=1, column_step=2),
        )
    luma, blue, red = frame.planes
    return _plane(luma, shrink=1), _plane(blue, shrink=2), _plane(red, shrink=2)


def _plane(
    plane: av.video.plane.VideoPlane, *, shrink: int, first: int = 0, column_step: int = 1
) -> Plane:
    # No copy: the array is the frame's own memory, and keeps it alive.
    samples = np.frombuffer(memoryview(plane), dtype=np.uint8)
    return Plane(
        samples=samples,
        first=first,
        row_step=plane.line_size,
        column_step=column_step,
        height=plane.height,
        width=plane.width,
        shrink=shrink,
    )


def rgb_from_yuv(frame: av.VideoFrame) -> NDArray[np.float64]:
    """Return shape (3, 4): ``(Y, U, V, 1)``, 0 to 255, to red, green and blue, 0 to 1."""
    shorter_px = min(frame.width, frame.height)
    unnamed = "high" if shorter_px >= HIGH_DEFINITION_PX else "standard"
    kr, kb = _KR_KB[_COLOURS.get(int(frame.colorspace), unnamed)]
    is_full = frame.format.name.startswith("yuvj") or frame.color_range == _FULL_RANGE
    luma_gain, chroma_gain, black = (1 / 255, 1 / 255, 0) if is_full else (1 / 219, 1 / 224, 16)
    kg = 1 - kr - kb
    blue_to_blue, red_to_red = 2 * (1 - kb) * chroma_gain, 2 * (1 - kr) * chroma_gain
    mixed = np.array(
        [
            [luma_gain, 0.0, red_to_red],
            [luma_gain, -blue_to_blue * kb / kg, -red_to_red * kr / kg],
            [luma_gain, blue_to_blue, 0.0],
        ]
    )
    return np.column_stack([mixed, -mixed @ (black, 128, 128)])
