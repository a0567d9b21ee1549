"""The overlay film and the stills as files: every frame at its time, whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import PictureType
from PIL import Image

from builders.drawn_clips import GREY, GreyClip, drawing, stance
from sidestep.adapters.video.overlay import OverlayPictures
from sidestep.domain.motion.skeleton import N_KEYPOINTS
from sidestep.domain.vocabulary.side import Side
from sidestep.errors import StorageError, UnreadableFileError
from sidestep.services.ports.clip_pictures import Still
from sidestep.services.ports.frames import Frame

UNEVEN_S = (0.0, 0.016, 0.05, 0.066, 0.133, 0.3, 0.316)
CLIP = Path("grey.mp4")


def told(share: float) -> None:
    """Listen to the progress."""


def still(path: Path, frame: int = 1) -> Still:
    return Still(frame=frame, caption="Typical left step – number 1, 3 % inside", path=path)


def read_film(path: Path) -> tuple[list[float], tuple[int, int], list[str]]:
    with av.open(str(path)) as film:
        video = film.streams.video[0]
        frames = list(film.decode(video))
        kinds = [f"{stream.type} {stream.codec_context.name}" for stream in film.streams]
        assert {frame.format.name for frame in frames} == {"yuv420p"}
        return [float(frame.time) for frame in frames], (frames[0].width, frames[0].height), kinds


def test_every_frame_keeps_its_own_time(tmp_path: Path) -> None:
    path = tmp_path / "overlay.mp4"
    OverlayPictures(GreyClip(UNEVEN_S)).draw(CLIP, drawing(UNEVEN_S), (), path, told)
    times, size, kinds = read_film(path)
    assert times == pytest.approx(UNEVEN_S, abs=1e-4)
    assert size == (180, 320)
    assert kinds == ["video h264"]


def test_no_picture_is_held_in_memory_until_a_later_one_is_coded(tmp_path: Path) -> None:
    times_s = tuple(number / 60 for number in range(20))
    path = tmp_path / "overlay.mp4"
    OverlayPictures(GreyClip(times_s)).draw(CLIP, drawing(times_s), (), path, told)
    with av.open(str(path)) as coded:
        kinds = [frame.pict_type for frame in coded.decode(video=0)]
    assert len(kinds) == 20
    assert PictureType.B not in kinds


@pytest.mark.parametrize(
    ("clip", "expected"),
    [((1080, 1920), (720, 1280)), ((1440, 810), (720, 404)), ((181, 321), (180, 320))],
)
def test_a_film_is_at_most_720_px_wide_and_even(
    tmp_path: Path, clip: tuple[int, int], expected: tuple[int, int]
) -> None:
    path = tmp_path / "overlay.mp4"
    width_px, height_px = clip
    grey = GreyClip(UNEVEN_S[:2], width_px=width_px // 2 * 2, height_px=height_px // 2 * 2)
    drawn = drawing(UNEVEN_S[:2], width_px=width_px, height_px=height_px)
    OverlayPictures(grey).draw(CLIP, drawn, (), path, told)
    assert read_film(path)[1] == expected


def test_a_clip_filmed_on_its_side_becomes_upright(tmp_path: Path) -> None:
    # Stored with the top of the picture on the left; upright (x, y) is stored at (y, 180 - x).
    stored = np.full((180, 320), GREY, np.uint8)
    stored[:, :40] = 235
    turned = GreyClip(
        (0.0,),
        stored_from_upright=np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 180.0]]),
        stored_luma=stored,
    )
    nowhere = drawing((0.0,), pose=np.full((N_KEYPOINTS, 2), np.nan))
    path = tmp_path / "overlay.mp4"
    OverlayPictures(turned).draw(CLIP, nowhere, (), path, told)
    with av.open(str(path)) as film:
        grey = next(film.decode(video=0)).to_ndarray(format="gray")
    assert grey[:30].mean() > 200
    assert grey[60:].mean() < 160


def test_a_still_is_three_by_four_and_says_what_it_is_to_programs_alone(tmp_path: Path) -> None:
    path = tmp_path / "typical_left.jpg"
    OverlayPictures(GreyClip(UNEVEN_S)).draw(CLIP, drawing(UNEVEN_S), (still(path),), None, told)
    with Image.open(path) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (720, 960)
        assert picture.info["comment"].decode().startswith("Typical left step – number 1")
    assert list(tmp_path.iterdir()) == [path]


def test_only_what_is_needed_is_read_when_no_film_is_wanted(tmp_path: Path) -> None:
    class Counted(GreyClip):
        n_read = 0

        def frames(self) -> Iterator[Frame]:
            for frame in super().frames():
                self.n_read += 1
                yield frame

    clip = Counted(UNEVEN_S)
    pictures = (still(tmp_path / "one.jpg", frame=1),)
    OverlayPictures(clip).draw(CLIP, drawing(UNEVEN_S), pictures, None, told)
    assert clip.n_read == 2


def test_a_clip_that_ends_too_early_leaves_nothing_behind(tmp_path: Path) -> None:
    short = GreyClip(UNEVEN_S[:3])
    pictures = (still(tmp_path / "one.jpg", frame=0), still(tmp_path / "two.jpg", frame=6))
    with pytest.raises(UnreadableFileError, match=r"grey\.mp4 ends before second 0\.3"):
        OverlayPictures(short).draw(
            CLIP, drawing(UNEVEN_S), pictures, tmp_path / "overlay.mp4", told
        )
    assert list(tmp_path.iterdir()) == []


def test_a_clip_without_a_single_picture_leaves_nothing_behind(tmp_path: Path) -> None:
    class Empty(GreyClip):
        def frames(self) -> Iterator[Frame]:
            raise UnreadableFileError("none of the pictures can be read")

    with pytest.raises(UnreadableFileError, match="none of the pictures"):
        OverlayPictures(Empty(())).draw(CLIP, drawing(()), (), tmp_path / "overlay.mp4", told)
    assert list(tmp_path.iterdir()) == []


def test_earlier_pictures_stay_when_new_ones_cannot_be_made(tmp_path: Path) -> None:
    earlier = tmp_path / "overlay.mp4"
    earlier.write_bytes(b"earlier")

    class Broken(GreyClip):
        def frames(self) -> Iterator[Frame]:
            yield from super().frames()
            raise UnreadableFileError("broken")

    with pytest.raises(UnreadableFileError):
        OverlayPictures(Broken(UNEVEN_S)).draw(CLIP, drawing(UNEVEN_S), (), earlier, told)
    assert earlier.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [earlier]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    path = tmp_path / "file" / "overlay.mp4"
    with pytest.raises(StorageError, match="cannot be written") as failed:
        OverlayPictures(GreyClip(UNEVEN_S)).draw(CLIP, drawing(UNEVEN_S), (), path, told)
    assert failed.value.hint


def test_progress_only_grows_and_ends_at_one(tmp_path: Path) -> None:
    shares: list[float] = []
    OverlayPictures(GreyClip(UNEVEN_S)).draw(
        CLIP, drawing(UNEVEN_S), (), tmp_path / "overlay.mp4", shares.append
    )
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 2


def test_a_film_of_nobody_is_the_clip_itself(tmp_path: Path) -> None:
    nobody = drawing(UNEVEN_S, pose=np.full((N_KEYPOINTS, 2), np.nan))
    path = tmp_path / "overlay.mp4"
    OverlayPictures(GreyClip(UNEVEN_S)).draw(CLIP, nobody, (), path, told)
    with av.open(str(path)) as film:
        grey = next(film.decode(video=0)).to_ndarray(format="gray")
    assert int(grey.max()) - int(grey.min()) <= 4


def test_a_step_without_an_offset_is_counted_all_the_same(tmp_path: Path) -> None:
    steps = (stance(Side.LEFT, 1, 0, 3, None), stance(Side.RIGHT, 2, 4, 6, 2.0))
    path = tmp_path / "overlay.mp4"
    OverlayPictures(GreyClip(UNEVEN_S)).draw(CLIP, drawing(UNEVEN_S, stances=steps), (), path, told)
    assert len(read_film(path)[0]) == len(UNEVEN_S)
