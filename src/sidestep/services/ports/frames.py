"""A clip's pictures as they come out of a decoder, still in planes and not yet upright.

What is looked for in them does not belong here.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """One component of a picture (brightness, or one of two colour differences) in memory.

    Attributes
    ----------
    samples
        Shape (k,), uint8: the memory as it is, without a copy. The sample of row r and column c
        is ``samples[first + r * row_step + c * column_step]``.
    shrink
        Picture pixels per sample along each axis: 1 for brightness, 2 for halved colour.
    """

    samples: NDArray[np.uint8]
    first: int
    row_step: int
    column_step: int
    height: int
    width: int
    shrink: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the frames of a clip have in common.

    Attributes
    ----------
    width_px, height_px
        Size of the upright picture in square pixels.
    stored_from_upright
        Shape (2, 3): takes ``(x, y, 1)`` of the upright picture to column and row as stored.
        Both count from the corner of the corner pixel.
    rgb_from_yuv
        Shape (3, 4): takes ``(Y, U, V, 1)``, each 0 to 255, to red, green and blue, 0 to 1.
    """

    width_px: int
    height_px: int
    stored_from_upright: NDArray[np.float64]
    rgb_from_yuv: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One picture at its time.

    Attributes
    ----------
    time_s
        From the clip's start; for a camera from its first picture.
    picture
        Makes the upright picture in red, green and blue with the given height, shape (h, w, 3),
        uint8. Costs far more than looking at the planes.
    """

    time_s: float
    luma: Plane
    blue_difference: Plane
    red_difference: Plane
    layout: Layout
    picture: Callable[[int], NDArray[np.uint8]]


class OpenClip(Protocol):
    """A clip that is being read from its start to its end, one frame in memory at a time."""

    duration_s: float
    """What the file says of itself; 0 when it says nothing."""
    n_frames_claimed: int
    """What the file says of itself; 0 when it says nothing, and not to be relied on."""

    def frames(self) -> Iterator[Frame]:
        """Give each frame once, times strictly increasing.

        Raises
        ------
        UnreadableFileError
            No frame can be decoded, or the clip is longer than can be handled.
        """


class Clips(Protocol):
    """Opens video files."""

    def open(self, clip: Path) -> AbstractContextManager[OpenClip]:
        """Open a clip.

        Raises
        ------
        UnreadableFileError
            The file is no video, is damaged, or its pictures are absurdly large.
        """


class FrameSource(Protocol):
    """Pictures as they happen: a camera, or a file played in real time."""

    def first(self) -> Frame | None:
        """Wait for a picture to get ready with, before ``begin``; it is not used up.

        Returns ``None`` when there is none.

        Raises
        ------
        UnreadableFileError
            The source broke.
        """

    def begin(self) -> None:
        """Start: a file plays from its first picture, a camera from its newest.

        What a camera saw before that counts as neither given nor dropped.
        """

    def newest(self) -> Frame | None:
        """Wait for a picture that was not given before; older ones are dropped, never queued.

        Only after ``begin``. Returns ``None`` when there will be no more.

        Raises
        ------
        UnreadableFileError
            The source broke.
        """

    def age_s(self, frame: Frame) -> float:
        """Tell how long ago a frame was taken (for a file: was due)."""

    @property
    def dropped(self) -> int:
        """Number of pictures that nobody had time for."""


class SentPictures(Protocol):
    """Makes frames of pictures that arrive one by one, each whole, as JPEG."""

    def frame(self, jpeg: bytes, time_s: float) -> Frame:
        """Decode a picture.

        Raises
        ------
        UnreadableFileError
            It is no JPEG, is damaged, or is larger than a mirror needs.
        """
