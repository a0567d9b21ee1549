from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from builders.video_files import (
    BRIGHT,
    DARK,
    HEIGHT_PX,
    SQUARE_PX,
    WIDTH_PX,
    square_at,
    write_sound,
    write_video,
)
from sidestep.adapters.video import clip_files
from sidestep.adapters.video.clip_files import ClipFiles
from sidestep.errors import UnreadableFileError
from sidestep.services.ports.frames import Frame

EVEN_MS = [0, 33, 67, 100, 133]


def frames_of(path: Path) -> list[Frame]:
    with ClipFiles().open(path) as clip:
        return list(clip.frames())


def luma_at(frame: Frame, x: float, y: float) -> int:
    """Look up one pixel of the upright picture in the stored plane."""
    column, row = frame.layout.stored_from_upright @ (x, y, 1.0)
    plane = frame.luma
    at = plane.first + int(row) * plane.row_step + int(column) * plane.column_step
    return int(plane.samples[at])


def brightness_at(frame: Frame, x: float, y: float) -> float:
    """Look up one grey pixel as it is meant to be seen, 0 to 255."""
    return 255 * float(frame.layout.rgb_from_yuv[1] @ (luma_at(frame, x, y), 128, 128, 1))


def square_middle(frame: int) -> tuple[float, float]:
    column, row = square_at(frame)
    return column + SQUARE_PX / 2, row + SQUARE_PX / 2


def test_every_frame_comes_once_with_its_own_time(tmp_path: Path) -> None:
    stamps_ms = [0, 20, 70, 75, 200]
    frames = frames_of(write_video(tmp_path / "varying.mkv", stamps_ms))
    assert [frame.time_s for frame in frames] == pytest.approx([ms / 1000 for ms in stamps_ms])
    for number, frame in enumerate(frames):
        assert brightness_at(frame, *square_middle(number)) == pytest.approx(BRIGHT, abs=6)
        assert brightness_at(frame, WIDTH_PX - 5, HEIGHT_PX - 5) == pytest.approx(DARK, abs=6)


@pytest.mark.parametrize("format", ["yuv420p", "yuvj420p", "yuv444p", "yuv420p10le", "nv12"])
def test_every_way_of_storing_pixels_gives_the_same_brightness(tmp_path: Path, format: str) -> None:
    frames = frames_of(write_video(tmp_path / "stored.mp4", EVEN_MS, format=format))
    assert brightness_at(frames[2], *square_middle(2)) == pytest.approx(BRIGHT, abs=8)
    plane = frames[2].blue_difference
    assert plane.samples[plane.first] == pytest.approx(128, abs=4)


def test_a_clip_filmed_on_its_side_is_upright_without_being_turned(tmp_path: Path) -> None:
    path = write_video(tmp_path / "turned.mp4", EVEN_MS, turned_deg=-90)
    frame = frames_of(path)[1]
    assert (frame.layout.width_px, frame.layout.height_px) == (HEIGHT_PX, WIDTH_PX)
    x, y = square_middle(1)
    assert brightness_at(frame, HEIGHT_PX - y, x) == pytest.approx(BRIGHT, abs=6)
    picture = frame.picture(WIDTH_PX)
    assert picture.shape == (WIDTH_PX, HEIGHT_PX, 3)
    assert picture[int(x), int(HEIGHT_PX - y)].min() > 150


def test_the_picture_has_the_brightness_that_the_planes_promise(tmp_path: Path) -> None:
    frame = frames_of(write_video(tmp_path / "grey.mp4", EVEN_MS))[0]
    x, y = square_middle(0)
    planes = (luma_at(frame, x, y), 128, 128, 1)
    promised = np.clip(frame.layout.rgb_from_yuv @ planes, 0, 1) * 255
    assert frame.picture(HEIGHT_PX)[int(y), int(x)] == pytest.approx(promised, abs=4)


def test_wide_pixels_are_made_square(tmp_path: Path) -> None:
    path = write_video(tmp_path / "wide.mp4", EVEN_MS, pixel_aspect=Fraction(3, 2))
    layout = frames_of(path)[0].layout
    assert (layout.width_px, layout.height_px) == (WIDTH_PX * 3 // 2, HEIGHT_PX)


def test_a_clip_says_how_long_it_claims_to_be(tmp_path: Path) -> None:
    with ClipFiles().open(write_video(tmp_path / "claims.mp4", EVEN_MS)) as clip:
        assert clip.duration_s == pytest.approx(0.166, abs=0.05)
        assert clip.n_frames_claimed == len(EVEN_MS)


def test_a_clip_cut_short_gives_what_there_is(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "whole.mkv", list(range(0, 1500, 33))).read_bytes()
    path = tmp_path / "half.mkv"
    path.write_bytes(whole[: len(whole) * 9 // 10])
    assert 1 < len(frames_of(path)) < 46


@pytest.mark.parametrize(
    "content",
    [b"", b"no video at all, just words\n" * 50, b"\x00" * 4000, b"RIFF\x00\x00\x00\x00AVI LIST"],
    ids=["empty", "words", "zeros", "a beginning"],
)
@pytest.mark.parametrize("name", ["clip.mp4", "clip.txt", "clip.m3u8"])
def test_what_is_no_video_is_refused_with_what_to_do(
    tmp_path: Path, content: bytes, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refused:
        frames_of(path)
    assert name in refused.value.message
    assert refused.value.hint


def test_sound_alone_is_no_film(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="holds no film"):
        frames_of(write_sound(tmp_path / "sound.m4a"))


def test_a_still_picture_is_no_film(tmp_path: Path) -> None:
    path = write_video(tmp_path / "still.png", [0], format="rgb24", codec="png")
    with pytest.raises(UnreadableFileError, match="holds no film"):
        frames_of(path)


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"absent\.mp4"):
        frames_of(tmp_path / "absent.mp4")


def test_a_list_that_names_other_files_is_not_followed(tmp_path: Path) -> None:
    write_video(tmp_path / "other.mp4", EVEN_MS)
    playlist = tmp_path / "list.mp4"
    playlist.write_text("ffconcat version 1.0\nfile other.mp4\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        frames_of(playlist)


def test_pictures_too_large_or_too_small_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_video(tmp_path / "sized.mp4", EVEN_MS)
    with monkeypatch.context() as patched:
        patched.setattr(clip_files, "LARGEST_PX", 1000)
        with pytest.raises(UnreadableFileError, match="160 by 96"):
            frames_of(path)
    with monkeypatch.context() as patched:
        patched.setattr(clip_files, "SMALLEST_PX", 100)
        with pytest.raises(UnreadableFileError, match="too small"):
            frames_of(path)


def test_a_clip_without_an_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip_files, "LONGEST_S", 0.1)
    with pytest.raises(UnreadableFileError, match="longer than"):
        frames_of(write_video(tmp_path / "endless.mp4", EVEN_MS))


def test_a_file_says_no_address_that_is_fetched(tmp_path: Path) -> None:
    playlist = tmp_path / "away.m3u8"
    playlist.write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/clip.ts\n#EXT-X-ENDLIST\n",
        encoding="utf-8",
    )
    with pytest.raises(UnreadableFileError):
        frames_of(playlist)


def test_a_closed_clip_gives_no_more_frames(tmp_path: Path) -> None:
    with ClipFiles().open(write_video(tmp_path / "closed.mp4", EVEN_MS)) as clip:
        frames = clip.frames()
        next(frames)
    assert list(frames) == []
