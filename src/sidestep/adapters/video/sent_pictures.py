"""Decodes pictures that arrive one by one as JPEG; they stay in memory and are soon forgotten."""

from typing import Final

import av

from sidestep.adapters.video.clip_files import SMALLEST_PX, FrameShaper
from sidestep.errors import UnreadableFileError
from sidestep.services.ports.frames import Frame

LARGEST_PX: Final = 1920 * 1200
"""A few kilobytes can claim to be a picture of gigabytes."""

MOST_SIZES: Final = 4
"""A phone may be turned now and then; each size makes the networks begin anew."""

_BEGINS: Final = b"\xff\xd8\xff"


class JpegPictures:
    """Implements ``services.ports.SentPictures`` with PyAV, for one sender."""

    def __init__(self) -> None:
        self._decoder = av.CodecContext.create("mjpeg", "r")
        self._decoder.thread_count = 1
        self._decoder.options = {"max_pixels": str(LARGEST_PX)}
        self._shapers: dict[tuple[int, int], FrameShaper] = {}

    def frame(self, jpeg: bytes, time_s: float) -> Frame:
        """Decode a picture.

        Raises
        ------
        UnreadableFileError
            It is no JPEG, is damaged, or is larger than a mirror needs.
        """
        decoded = self._decoded(jpeg)
        size = decoded.width, decoded.height
        if min(size) < SMALLEST_PX or size[0] * size[1] > LARGEST_PX:
            raise UnreadableFileError(f"a picture of {size[0]} by {size[1]} pixels is of no use")
        if size not in self._shapers:
            if len(self._shapers) == MOST_SIZES:
                raise UnreadableFileError("the pictures change their size too often")
            self._shapers[size] = FrameShaper(None)
        return self._shapers[size](decoded, time_s)

    def _decoded(self, jpeg: bytes) -> av.VideoFrame:
        if not jpeg.startswith(_BEGINS):
            raise UnreadableFileError("what was sent is no JPEG picture")
        try:
            for frame in self._decoder.decode(av.Packet(jpeg)):
                if isinstance(frame, av.VideoFrame) and not frame.is_corrupt:
                    return frame
        except (av.FFmpegError, ValueError, MemoryError) as error:
            raise UnreadableFileError("a picture cannot be decoded") from error
        raise UnreadableFileError("a picture cannot be decoded")
