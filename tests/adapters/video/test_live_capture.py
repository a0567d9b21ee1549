import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders.drawn_clips import GreyClip
from builders.video_files import write_video
from sidestep.adapters.video.live_capture import LiveCapture, play_file, watch_camera
from sidestep.errors import UnreadableFileError
from sidestep.services.ports.frames import Frame


class FakeClock:
    """Time passes only by waiting."""

    def __init__(self) -> None:
        self.time_s = 100.0
        self.waited_s: list[float] = []

    def now_s(self) -> float:
        return self.time_s

    def wait(self, _closed: threading.Event, seconds: float) -> None:
        self.waited_s.append(seconds)
        self.time_s += seconds


def drained(capture: LiveCapture) -> list[Frame]:
    frames = []
    while (frame := capture.newest()) is not None:
        frames.append(frame)
    return frames


def test_each_picture_is_given_once_or_counted_as_dropped() -> None:
    clock = FakeClock()
    clip = GreyClip([0.0, 0.1, 0.2, 0.3, 0.4])
    capture = LiveCapture(clip.frames(), is_paced=True, now_s=clock.now_s, wait=clock.wait)
    given = drained(capture)
    assert len(given) + capture.dropped == 5
    assert given[-1].time_s == 0.4
    capture.close()


def test_a_file_is_held_back_until_its_pictures_are_due() -> None:
    clock = FakeClock()
    clip = GreyClip([0.0, 0.1, 0.25])
    capture = LiveCapture(clip.frames(), is_paced=True, now_s=clock.now_s, wait=clock.wait)
    last = drained(capture)[-1]
    assert clock.waited_s == pytest.approx([0.1, 0.15])
    assert capture.age_s(last) == pytest.approx(0.0)
    clock.time_s += 0.04
    assert capture.age_s(last) == pytest.approx(0.04)
    capture.close()


def test_older_pictures_are_dropped_and_never_queued() -> None:
    all_taken = threading.Event()

    def source() -> Iterator[Frame]:
        yield from GreyClip([0.0, 0.1, 0.2]).frames()
        all_taken.set()

    capture = LiveCapture(source(), is_paced=False)
    assert all_taken.wait(30)
    newest = capture.newest()
    assert newest is not None
    assert newest.time_s == 0.2
    assert capture.newest() is None
    assert capture.dropped == 2
    capture.close()


def test_a_source_that_breaks_is_told_after_its_last_picture() -> None:
    def source() -> Iterator[Frame]:
        yield from GreyClip([0.0]).frames()
        raise OSError("unplugged")

    capture = LiveCapture(source(), is_paced=False)
    with pytest.raises(UnreadableFileError, match="unplugged"):
        drained(capture)
    capture.close()


def test_closing_ends_it_in_the_middle(tmp_path: Path) -> None:
    path = write_video(tmp_path / "long.mp4", list(range(0, 4000, 100)))
    with play_file(path) as capture:
        assert capture.newest() is not None
    assert capture.newest() is None or capture.newest() is None


def test_a_camera_that_is_not_there_is_told_by_name() -> None:
    with (
        pytest.raises(UnreadableFileError, match="no such camera") as refused,
        watch_camera("no such camera"),
    ):
        pass
    assert refused.value.hint
