"""Reads video files frame by frame; what is seen in the frames does not belong here."""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Final, cast

import av
import numpy as np
from av.buffer import Buffer
from av.stream import Disposition
from numpy.typing import NDArray

from sidestep.adapters.video.planes import (
    INTERLEAVED,
    ONE_FORMAT,
    PLANAR,
    planes_of,
    rgb_from_yuv,
)
from sidestep.adapters.video.read_ahead import read_ahead
from sidestep.adapters.video.real_times import RealTimes
from sidestep.adapters.video.scaling import round_size, scaled
from sidestep.adapters.video.upright import Orientation, read_orientation
from sidestep.errors import UnreadableFileError
from sidestep.services.ports.frames import Frame, Layout

LARGEST_PX: Final = 8192 * 4608
"""More than any phone films; a file that claims more wants the memory, not the measurement."""
SMALLEST_PX: Final = 64
LONGEST_S: Final = 3 * 3600.0

AHEAD: Final = 1
"""Frames that wait while an earlier one is looked at and a later one is decoded."""

_HINT = "Give a video as a phone or a camera makes it: MP4, MOV, MKV or WebM."
_SHORTER = "Cut the part you want to know about out of it; a few minutes are plenty."

# FFmpeg also reads pictures, text as if it were a terminal, and lists that name other files.
_NO_CLIPS = frozenset({"tty", "image2", "concat", "hls", "dash", "lavfi", "sdp", "rtsp"})

# A file may name an address; nothing but the file itself is to be read.
_ONLY_FILES = {"protocol_whitelist": "file"}
# The filter that smooths block edges costs a fifth of the decoding; without it, the error of the
# points on clips with known truth grows by less than 0.1 % of the leg's length.
_QUICK = {"skip_loop_filter": "all", "flags2": "+fast", "max_pixels": str(LARGEST_PX)}


class ClipFiles:
    """Implements ``services.ports.Clips`` with PyAV."""

    @contextmanager
    def open(self, clip: Path) -> Iterator["ClipFile"]:
        """Open a clip and close it again.

        Raises
        ------
        UnreadableFileError
            It is no video, or its pictures are too large or too small.
        """
        try:
            container = av.open(f"file:{clip.resolve()}", container_options=_ONLY_FILES)
        except (av.FFmpegError, OSError, ValueError) as error:
            message = f"{clip.name} cannot be read as a video: {_reason(error)}."
            raise UnreadableFileError(message, hint=_HINT) from error
        with container:
            opened = ClipFile(clip.name, container)
            try:
                yield opened
            finally:
                opened.close()


class ClipFile:
    """Implements ``services.ports.OpenClip``; can be read once, from start to end.

    Parameters
    ----------
    name
        What to call it in messages.
    container
        Open; whoever opened it closes it.

    Raises
    ------
    UnreadableFileError
        It holds no film, or pictures too large or too small.
    """

    def __init__(self, name: str, container: av.container.InputContainer) -> None:
        self._name = name
        self._container = container
        self._being_read: Generator[Frame] | None = None
        self._stream = self._find_film()
        self._stream.codec_context.thread_count = 1
        self._stream.codec_context.options = dict(_QUICK)
        self.duration_s = self._claimed_duration_s()
        if self.duration_s > LONGEST_S:
            raise self._too_long()
        self.n_frames_claimed = self._stream.frames or round(
            self.duration_s * float(self._stream.average_rate or 0)
        )

    def frames(self) -> Iterator[Frame]:
        """Give each frame once, times strictly increasing.

        Broken stretches are left out.

        Raises
        ------
        UnreadableFileError
            No frame can be decoded, or the clip never ends.
        """
        self._being_read = read_ahead(self._frames(), AHEAD)
        return self._being_read

    def close(self) -> None:
        """Give no more frames: FFmpeg crashes when asked for some of a file that is closed."""
        if self._being_read is not None:
            self._being_read.close()

    def _frames(self) -> Iterator[Frame]:
        rate = self._stream.average_rate or self._stream.guessed_rate
        times = RealTimes(float(1 / rate) if rate else None)
        shaped = FrameShaper(self._stream.sample_aspect_ratio)
        is_empty = True
        for decoded in self._decode():
            stamp = decoded.pts if decoded.pts is not None else decoded.dts
            base = decoded.time_base or self._stream.time_base
            time_s = times.next(None if stamp is None or base is None else float(stamp * base))
            if time_s is None:
                continue
            if time_s > LONGEST_S:
                raise self._too_long()
            is_empty = False
            yield shaped(decoded, time_s)
        if is_empty:
            message = f"None of the pictures in {self._name} can be read."
            raise UnreadableFileError(message, hint="The file may be damaged: copy it again.")

    def _decode(self) -> Iterator[av.VideoFrame]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except (av.FFmpegError, OSError):
                # The rest of the file is missing; what came before it stands.
                return
            if packet is None:
                return
            try:
                decoded = packet.decode()
            except av.FFmpegError:
                continue
            for frame in decoded:
                if isinstance(frame, av.VideoFrame) and not frame.is_corrupt:
                    yield frame

    def _find_film(self) -> av.VideoStream:
        kinds = set(self._container.format.name.split(","))
        films = [
            stream
            for stream in self._container.streams.video
            if not stream.disposition & Disposition.attached_pic
        ]
        if kinds & _NO_CLIPS or any(kind.endswith("_pipe") for kind in kinds) or not films:
            message = f"{self._name} holds no film."
            raise UnreadableFileError(message, hint=_HINT)
        film = max(films, key=lambda stream: stream.width * stream.height)
        if film.width * film.height > LARGEST_PX:
            message = f"The pictures in {self._name} are {film.width} by {film.height} pixels."
            raise UnreadableFileError(message, hint="Film in 1080p; more is not needed.")
        if min(film.width, film.height) < SMALLEST_PX:
            message = (
                f"The pictures in {self._name} are {film.width} by {film.height} pixels, "
                f"too small to see a person in."
            )
            raise UnreadableFileError(message, hint="Film in 1080p.")
        return film

    def _claimed_duration_s(self) -> float:
        stream = self._stream
        if stream.duration is not None and stream.time_base is not None:
            return float(stream.duration * stream.time_base)
        return (self._container.duration or 0) / av.time_base

    def _too_long(self) -> UnreadableFileError:
        message = f"{self._name} is longer than {LONGEST_S / 3600:.0f} hours."
        return UnreadableFileError(message, hint=_SHORTER)


class FrameShaper:
    """Turns decoded frames into ``Frame``; the layout is that of the first one."""

    def __init__(self, pixel_aspect: Fraction | None) -> None:
        self._pixel_aspect = pixel_aspect
        self._stored: tuple[int, int] | None = None
        self._orientation: Orientation
        self._layout: Layout

    def __call__(self, decoded: av.VideoFrame, time_s: float) -> Frame:
        """Give the frame its planes, and the size the clip began with."""
        turned_by = _display_matrix(decoded) if self._stored is None else None
        width, height = self._stored or (decoded.width, decoded.height)
        is_known = decoded.format.name in PLANAR | INTERLEAVED
        if not is_known or (decoded.width, decoded.height) != (width, height):
            format = decoded.format.name if is_known else ONE_FORMAT
            decoded = scaled(decoded, width=width, height=height, format=format)
        if self._stored is None:
            self._stored = width, height
            self._orientation = read_orientation(turned_by, self._pixel_aspect)
            width_px, height_px = self._orientation.upright_size_px(width, height)
            self._layout = Layout(
                width_px=width_px,
                height_px=height_px,
                stored_from_upright=self._orientation.stored_from_upright(width, height),
                rgb_from_yuv=rgb_from_yuv(decoded),
            )
        luma, blue, red = planes_of(decoded)
        return Frame(
            time_s=time_s,
            luma=luma,
            blue_difference=blue,
            red_difference=red,
            layout=self._layout,
            picture=_picture_of(decoded, self._orientation, self._layout),
        )


def _display_matrix(decoded: av.VideoFrame) -> bytes | None:
    by_name = cast("Mapping[str, Buffer]", decoded.side_data)
    matrix = by_name.get("DISPLAYMATRIX")
    return None if matrix is None else bytes(matrix)


def _picture_of(
    decoded: av.VideoFrame, orientation: Orientation, layout: Layout
) -> Callable[[int], NDArray[np.uint8]]:
    def picture(height_px: int) -> NDArray[np.uint8]:
        upright = round_size(layout.width_px * height_px / layout.height_px), height_px
        width, height = upright if orientation.turn[0, 0] else upright[::-1]
        stored = scaled(decoded, width=width, height=height, format="rgb24")
        return orientation.apply(np.asarray(stored.to_ndarray(), dtype=np.uint8))

    return picture


def _reason(error: Exception) -> str:
    if isinstance(error, (av.InvalidDataError, ValueError)):
        return "it is damaged, or of another kind"
    said = getattr(error, "strerror", None) or str(error)
    return said[:1].lower() + said[1:]
