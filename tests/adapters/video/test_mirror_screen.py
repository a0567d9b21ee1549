"""Where the mirror's pictures go: the window, the film at its real times, and nowhere else."""

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from builders.mirror_pictures import HEIGHT_PX, WIDTH_PX, grey_frame, mirror_picture
from sidestep.adapters.video.mirror_camera import first_camera
from sidestep.adapters.video.mirror_screen import drawn_mirror
from sidestep.domain.vocabulary.side import Side
from sidestep.errors import InputError, StorageError

UNEVEN_S = (0.0, 0.033, 0.2, 0.233)


class OpenWindow:
    """Implements ``PictureWindow``; closes when told."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []
        self.is_open = True

    def show(self, rgb: NDArray[np.uint8]) -> bool:
        self.shapes.append(rgb.shape)
        return self.is_open


class NotedTones:
    """Implements ``SideTones``."""

    def __init__(self) -> None:
        self.played: list[Side] = []

    def play(self, side: Side) -> None:
        self.played.append(side)


def test_a_saved_film_keeps_the_real_times(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "mirror.mp4"
    with drawn_mirror(None, None, path) as screen:
        for time_s in UNEVEN_S:
            assert screen.show(mirror_picture(frame=grey_frame(time_s)))
        assert not path.exists()
    with av.open(str(path)) as film:
        frames = list(film.decode(video=0))
    assert [frame.time for frame in frames] == pytest.approx(UNEVEN_S, abs=1e-4)
    assert {(frame.width, frame.height) for frame in frames} == {(WIDTH_PX, HEIGHT_PX)}
    assert list(path.parent.iterdir()) == [path]


def test_the_window_is_shown_the_picture_and_decides_whether_to_go_on(tmp_path: Path) -> None:
    window = OpenWindow()
    with drawn_mirror(window, None, None) as screen:
        assert screen.show(mirror_picture())
        window.is_open = False
        assert not screen.show(mirror_picture())
    assert window.shapes == [(HEIGHT_PX, WIDTH_PX, 3)] * 2
    assert list(tmp_path.iterdir()) == []


def test_without_window_and_film_nothing_is_drawn() -> None:
    with drawn_mirror(None, None, None) as screen:
        assert screen.show(mirror_picture())
        assert not screen.can_sound
        screen.sound(Side.LEFT)


def test_sounds_go_to_the_loudspeaker() -> None:
    tones = NotedTones()
    with drawn_mirror(None, tones, None) as screen:
        assert screen.can_sound
        screen.sound(Side.RIGHT)
    assert tones.played == [Side.RIGHT]


def test_a_film_that_is_broken_off_by_an_error_leaves_nothing(tmp_path: Path) -> None:
    def break_off() -> None:
        with drawn_mirror(None, None, tmp_path / "mirror.mp4") as screen:
            screen.show(mirror_picture())
            raise InputError("something else")

    with pytest.raises(InputError, match="something else"):
        break_off()
    assert list(tmp_path.iterdir()) == []


def test_a_film_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        drawn_mirror(None, None, tmp_path / "file" / "mirror.mp4") as screen,
        pytest.raises(StorageError),
    ):
        screen.show(mirror_picture())


def test_without_a_picture_there_is_no_film(tmp_path: Path) -> None:
    with drawn_mirror(None, None, tmp_path / "mirror.mp4"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("system", "camera"), [("linux", "/dev/video0"), ("darwin", "0")])
def test_the_first_camera_has_the_systems_name(
    system: str, camera: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    assert first_camera() == camera


def test_where_cameras_have_names_only_the_name_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(InputError, match="by name") as refused:
        first_camera()
    assert "--camera" in refused.value.hint
