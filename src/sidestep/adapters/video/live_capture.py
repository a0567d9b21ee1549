"""Pictures as they happen: from a camera, or from a file played in real time.

Whole files are read in ``clip_files``.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import av

from sidestep.adapters.video.clip_files import ClipFiles, FrameShaper
from sidestep.errors import SidestepError, UnreadableFileError
from sidestep.services.ports.frames import Frame

CAMERA_PICTURES_PER_S: Final = 30
CAMERA_SIZE: Final = "1280x720"

_CAMERA_FORMATS = {"linux": "v4l2", "darwin": "avfoundation", "win32": "dshow"}
# Uncompressed 720p needs more than USB 2 carries at 30 pictures a second.
_CAMERA_WISHES: tuple[dict[str, str], ...] = (
    {"framerate": str(CAMERA_PICTURES_PER_S), "video_size": CAMERA_SIZE, "input_format": "mjpeg"},
    {"framerate": str(CAMERA_PICTURES_PER_S), "video_size": CAMERA_SIZE},
    {},
)


class LiveCapture:
    """Implements ``services.ports.FrameSource``: a thread that keeps the newest picture only.

    A camera is read from the start, so that no old picture waits in it; a file waits with its first
    picture for ``begin``.

    Parameters
    ----------
    frames
        Where pictures come from; may block until the next one is there.
    is_paced
        The frames are there at once, as in a file, and each is held back until it is due.
    now_s
        A clock that never goes back.
    wait
        Waits that many seconds, or until the capture is closed.
    """

    def __init__(
        self,
        frames: Iterator[Frame],
        *,
        is_paced: bool,
        now_s: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float], object] = threading.Event.wait,
    ) -> None:
        self._frames = frames
        self._is_paced = is_paced
        self._now_s = now_s
        self._wait = wait
        self._started_s: float | None = None
        self._changed = threading.Condition()
        self._closed = threading.Event()
        self._has_begun = False
        self._newest: Frame | None = None
        self._is_over = False
        self._failure: SidestepError | None = None
        self.dropped = 0
        self._thread = threading.Thread(target=self._run, name="live capture", daemon=True)
        self._thread.start()

    def first(self) -> Frame | None:
        """Wait for a picture to get ready with; it is not used up.

        Raises
        ------
        UnreadableFileError
            The source broke.
        """
        with self._changed:
            return self._await(lambda: self._newest is not None)

    def begin(self) -> None:
        """Play from here."""
        with self._changed:
            self._has_begun = True
            self._changed.notify_all()

    def newest(self) -> Frame | None:
        """Wait for a picture that was not given before.

        Raises
        ------
        UnreadableFileError
            The source broke.
        """
        with self._changed:
            # Its age can be told once the clock is set.
            frame = self._await(lambda: self._newest is not None and self._started_s is not None)
            self._newest = None
            return frame

    def age_s(self, frame: Frame) -> float:
        """Tell how long ago a frame was taken, or was due."""
        return self._now_s() - ((self._started_s or 0.0) + frame.time_s)

    def close(self) -> None:
        """Stop; whoever waits is told that it is over."""
        self._closed.set()
        with self._changed:
            self._changed.notify_all()
        self._thread.join()

    def _await(self, is_there: Callable[[], bool]) -> Frame | None:
        self._changed.wait_for(lambda: self._is_over or is_there())
        if self._newest is None and self._failure is not None:
            raise self._failure
        return self._newest

    def _run(self) -> None:
        try:
            for frame in self._frames:
                if not self._publish(frame):
                    break
        except SidestepError as error:
            self._failure = error
        except (av.FFmpegError, OSError) as error:
            self._failure = UnreadableFileError(f"The camera stopped: {error}.")
        finally:
            with self._changed:
                self._is_over = True
                self._changed.notify_all()

    def _publish(self, frame: Frame) -> bool:
        """Make a picture the newest when it is due; return whether to go on."""
        if self._is_paced and self._started_s is not None:
            early_s = self._started_s + frame.time_s - self._now_s()
            if early_s > 0:
                self._wait(self._closed, early_s)
        if self._closed.is_set():
            return False
        with self._changed:
            self.dropped += self._has_begun and self._newest is not None
            self._newest = frame
            self._changed.notify_all()
            if self._started_s is None:
                self._start(frame)
        return True

    def _start(self, first: Frame) -> None:
        """Set the clock to the first picture, in a file once it may play."""
        if self._is_paced:
            self._changed.wait_for(lambda: self._has_begun or self._closed.is_set())
        self._started_s = self._now_s() - first.time_s
        self._changed.notify_all()


@contextmanager
def play_file(clip: Path) -> Iterator[LiveCapture]:
    """Play a clip at the speed it was filmed at.

    Raises
    ------
    UnreadableFileError
        The file is no video.
    """
    with ClipFiles().open(clip) as opened:
        capture = LiveCapture(opened.frames(), is_paced=True)
        try:
            yield capture
        finally:
            capture.close()


@contextmanager
def watch_camera(device: str) -> Iterator[LiveCapture]:
    """Watch a camera, named as the system names it (such as ``/dev/video0``, ``0``).

    Raises
    ------
    UnreadableFileError
        There is no such camera, or it gives no pictures.
    """
    with _open_camera(device) as container:
        capture = LiveCapture(_camera_frames(container, time.monotonic), is_paced=False)
        try:
            yield capture
        finally:
            capture.close()


def _open_camera(device: str) -> av.container.InputContainer:
    kind = _CAMERA_FORMATS.get(sys.platform, "v4l2")
    file = f"video={device}" if kind == "dshow" else device
    reason: Exception | None = None
    for wishes in _CAMERA_WISHES:
        try:
            return av.open(file, format=kind, container_options=wishes)
        except (av.FFmpegError, OSError, ValueError) as error:
            reason = error
    message = f"The camera {device} cannot be opened: {reason}."
    raise UnreadableFileError(message, hint="Is it plugged in, and does another program use it?")


def _camera_frames(
    container: av.container.InputContainer, now_s: Callable[[], float]
) -> Iterator[Frame]:
    """Give pictures with the time at which they arrived: cameras' own stamps cannot be trusted."""
    stream = container.streams.video[0]
    stream.codec_context.thread_count = 1
    shaped = FrameShaper(stream.sample_aspect_ratio)
    first_s: float | None = None
    last_s = -1.0
    for decoded in container.decode(stream):
        arrived_s = now_s()
        first_s = arrived_s if first_s is None else first_s
        if arrived_s - first_s > last_s:
            last_s = arrived_s - first_s
            yield shaped(decoded, last_s)
