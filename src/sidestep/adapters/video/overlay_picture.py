"""A small upright picture in brightness and halved colour, to be drawn on and written.

A clip is kept in the colours it was filmed in: only the few drawn ones are mixed for it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, Self

import av
import numpy as np
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from sidestep.adapters.video.scaling import scaled
from sidestep.services.ports.frames import Frame, Plane

Paint = tuple[int, int, int, int]
"""Brightness, blue and red difference, each times the opacity, and the opacity, 0 to 255."""

KR_KB: Final = {
    Colorspace.ITU709: (0.2126, 0.0722),
    Colorspace.SMPTE170M: (0.299, 0.114),
    Colorspace.BT2020: (0.2627, 0.0593),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourMix:
    """How a file turns red, green and blue into what it stores."""

    space: Colorspace
    range: ColorRange

    def paint(self, colour: str, opacity: float) -> Paint:
        """Mix ``#rrggbb``."""
        return _paint(self, colour, opacity)


USUAL_MIX: Final = ColourMix(space=Colorspace.ITU709, range=ColorRange.MPEG)


def mix_of(rgb_from_yuv: NDArray[np.float64]) -> ColourMix:
    """Find the mix whose way back is the nearest to this one, shape (3, 4)."""
    known = [
        ColourMix(space=space, range=range_)
        for space in KR_KB
        for range_ in (ColorRange.MPEG, ColorRange.JPEG)
    ]
    whole = np.vstack([rgb_from_yuv, (0, 0, 0, 1)])
    back = np.linalg.inv(whole)[:3]
    return min(known, key=lambda mix: float(np.abs(_yuv_from_rgb(mix) - back).sum()))


@cache
def _paint(mix: ColourMix, colour: str, opacity: float) -> Paint:
    rgb = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    stored = _yuv_from_rgb(mix) @ (*rgb, 1.0)
    luma, blue, red = (round(float(value) * opacity) for value in np.clip(stored, 0, 255))
    return luma, blue, red, round(255 * opacity)


@cache
def _yuv_from_rgb(mix: ColourMix) -> NDArray[np.float64]:
    kr, kb = KR_KB[mix.space]
    luma = np.array([kr, 1 - kr - kb, kb])
    blue = (np.array([0, 0, 1]) - luma) / (2 * (1 - kb))
    red = (np.array([1, 0, 0]) - luma) / (2 * (1 - kr))
    is_full = mix.range is ColorRange.JPEG
    luma_gain, chroma_gain, black = (255, 255, 0) if is_full else (219, 224, 16)
    gains = np.vstack([luma * luma_gain, blue * chroma_gain, red * chroma_gain])
    return np.column_stack([gains, (black, 128, 128)])


class YuvPicture:
    """One picture in memory.

    Parameters
    ----------
    stacked
        Shape (h * 3 / 2, w), uint8, h and w even: brightness, then both halved differences.

    Attributes
    ----------
    luma, blue, red
        Views of it, shapes (h, w), (h / 2, w / 2) and (h / 2, w / 2).
    """

    def __init__(self, stacked: NDArray[np.uint8], mix: ColourMix) -> None:
        width = stacked.shape[1]
        height = stacked.shape[0] * 2 // 3
        quarter = height * width // 4
        flat = stacked.reshape(-1)
        self.mix = mix
        self.stacked = stacked
        self.luma = flat[: 4 * quarter].reshape(height, width)
        self.blue = flat[4 * quarter : 5 * quarter].reshape(height // 2, width // 2)
        self.red = flat[5 * quarter :].reshape(height // 2, width // 2)

    @classmethod
    def from_rgb(cls, rgb: NDArray[np.uint8]) -> Self:
        """Take over a picture, shape (h, w, 3), h and w even."""
        frame = scaled(
            av.VideoFrame.from_ndarray(rgb, format="rgb24"),
            format="yuv420p",
            dst_colorspace=USUAL_MIX.space,
            dst_color_range=USUAL_MIX.range,
        )
        return cls(np.array(frame.to_ndarray(), dtype=np.uint8), USUAL_MIX)

    @classmethod
    def from_frame(cls, frame: Frame, width: int, height: int, mix: ColourMix) -> Self:
        """Shrink a frame to this upright size, both numbers even."""
        matrix = frame.layout.stored_from_upright
        is_turned = abs(matrix[0, 0]) < abs(matrix[0, 1])
        across, down = (height, width) if is_turned else (width, height)
        small = scaled(_stored(frame), width=across, height=down, format="yuv420p", threads=1)
        picture = cls(np.empty((height * 3 // 2, width), np.uint8), mix)
        for plane, mine in zip(
            small.planes, (picture.luma, picture.blue, picture.red), strict=True
        ):
            shape = plane.height, plane.line_size
            stored = _memory(plane)[: shape[0] * shape[1]].reshape(shape)
            mine[:] = _upright(stored[:, : plane.width], matrix, is_turned=is_turned)
        return picture

    def to_frame(self) -> av.VideoFrame:
        """Return it as something to encode."""
        frame = av.VideoFrame.from_ndarray(self.stacked, format="yuv420p")
        frame.colorspace, frame.color_range = self.mix.space, self.mix.range
        return frame

    def to_rgb(self) -> NDArray[np.uint8]:
        """Return shape (h, w, 3)."""
        return np.array(scaled(self.to_frame(), format="rgb24").to_ndarray(), dtype=np.uint8)


def _stored(frame: Frame) -> av.VideoFrame:
    """Put the planes back into what PyAV scales."""
    is_interleaved = frame.blue_difference.column_step == 2
    luma = frame.luma
    stored = av.VideoFrame(luma.width, luma.height, "nv12" if is_interleaved else "yuv420p")
    planes = (luma, frame.blue_difference, frame.red_difference)
    for source, target in zip(planes, stored.planes, strict=False):
        _copy(source, _memory(target), target.line_size)
    return stored


def _memory(plane: VideoPlane) -> NDArray[np.uint8]:
    return np.frombuffer(memoryview(plane), np.uint8)


def _copy(source: Plane, target: NDArray[np.uint8], line_size: int) -> None:
    """Copy the rows of a plane; of an interleaved pair both."""
    wide = source.width * source.column_step
    rows = np.lib.stride_tricks.as_strided(
        source.samples[source.first :], (source.height, wide), (source.row_step, 1), writeable=False
    )
    target[: source.height * line_size].reshape(source.height, line_size)[:, :wide] = rows


def _upright(
    stored: NDArray[np.uint8], matrix: NDArray[np.float64], *, is_turned: bool
) -> NDArray[np.uint8]:
    """Turn and mirror by the map from upright to stored, shape (2, 3)."""
    if is_turned:
        stored, along_x, along_y = stored.T, matrix[1, 0], matrix[0, 1]
    else:
        along_x, along_y = matrix[0, 0], matrix[1, 1]
    return stored[:: 1 if along_y > 0 else -1, :: 1 if along_x > 0 else -1]
