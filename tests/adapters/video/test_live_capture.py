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
    capture.begin()
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
    has_begun, all_taken = threading.Event(), threading.Event()

    def source() -> Iterator[Frame]:
        # What comes before the beginning is neither given nor dropped.
        assert has_begun.wait(30)
        yield from GreyClip([0.0, 0.1, 0.2]).frames()
        all_taken.set()

    capture = LiveCapture(source(), is_paced=False)
    capture.begin()
    has_begun.set()
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


def test_a_file_waits_with_its_first_picture_until_it_is_begun() -> None:
    clock = FakeClock()
    clip = GreyClip([0.0, 0.1, 0.2])
    capture = LiveCapture(clip.frames(), is_paced=True, now_s=clock.now_s, wait=clock.wait)
    first = capture.first()
    assert first is not None
    clock.time_s += 3.0
    given = drained(capture)
    assert len(given) + capture.dropped == 3
    assert clock.waited_s == pytest.approx([0.1, 0.1])
    assert capture.age_s(given[-1]) == pytest.approx(0.0)
    capture.close()


def test_what_a_camera_sees_before_it_is_begun_is_not_dropped() -> None:
    seen, go_on = threading.Event(), threading.Event()

    def source() -> Iterator[Frame]:
        *before, last = GreyClip([0.0, 0.1, 0.2, 0.3]).frames()
        yield from before
        seen.set()
        assert go_on.wait(30)
        yield last

    capture = LiveCapture(source(), is_paced=False)
    assert capture.first() is not None
    assert seen.wait(30)
    capture.begin()
    newest = capture.newest()
    assert newest is not None
    assert newest.time_s == 0.2
    go_on.set()
    assert [frame.time_s for frame in drained(capture)] == [0.3]
    assert capture.dropped == 0
    capture.close()


def test_a_source_that_breaks_while_getting_ready_is_told() -> None:
    def source() -> Iterator[Frame]:
        yield from GreyClip([]).frames()
        raise OSError("unplugged")

    capture = LiveCapture(source(), is_paced=False)
    with pytest.raises(UnreadableFileError, match="unplugged"):
        capture.first()
    capture.close()


def test_a_file_that_is_closed_before_it_is_begun_ends(tmp_path: Path) -> None:
    with play_file(write_video(tmp_path / "clip.mp4", list(range(0, 400, 100)))) as capture:
        assert capture.first() is not None


def test_closing_ends_it_in_the_middle(tmp_path: Path) -> None:
    path = write_video(tmp_path / "long.mp4", list(range(0, 4000, 100)))
    with play_file(path) as capture:
        capture.begin()
        assert capture.newest() is not None
    assert capture.newest() is None or capture.newest() is None


def test_a_camera_that_is_not_there_is_told_by_name() -> None:
    with (
        pytest.raises(UnreadableFileError, match="no such camera") as refused,
        watch_camera("no such camera"),
    ):
        pass
    assert refused.value.hint
