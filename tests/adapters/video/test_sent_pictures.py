"""Pictures sent one by one: decoded as they are, and nothing that could hurt is."""

import pytest

from builders.sent_pictures import grey_jpeg, jpegs_of
from sidestep.adapters.video.sent_pictures import MOST_SIZES, JpegPictures
from sidestep.errors import UnreadableFileError


def claiming(jpeg: bytes, width: int, height: int) -> bytes:
    """The same bytes with another size in their head."""
    at = jpeg.index(b"\xff\xc0")
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return jpeg[: at + 5] + size + jpeg[at + 9 :]


def test_a_picture_is_as_large_and_as_bright_as_it_was_sent() -> None:
    frame = JpegPictures().frame(grey_jpeg(200, 100), 1.5)
    assert (frame.layout.width_px, frame.layout.height_px, frame.time_s) == (200, 100, 1.5)
    assert abs(int(frame.luma.samples[frame.luma.first]) - 120) <= 1


def test_a_turned_phone_gives_upright_pictures_of_the_other_size() -> None:
    pictures = JpegPictures()
    sizes = [
        (frame.layout.width_px, frame.layout.height_px)
        for frame in (
            pictures.frame(grey_jpeg(200, 100), 0.0),
            pictures.frame(grey_jpeg(100, 200), 0.1),
            pictures.frame(grey_jpeg(200, 100), 0.2),
        )
    ]
    assert sizes == [(200, 100), (100, 200), (200, 100)]


def test_sizes_cannot_change_for_ever() -> None:
    pictures = JpegPictures()
    for number in range(MOST_SIZES):
        pictures.frame(grey_jpeg(100 + 4 * number, 100), float(number))
    with pytest.raises(UnreadableFileError, match="too often"):
        pictures.frame(grey_jpeg(300, 100), 9.0)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff" + bytes(100),
        grey_jpeg()[:200],
        claiming(grey_jpeg(), 65_000, 65_000),
        grey_jpeg(8, 8),
        grey_jpeg(4000, 700),
    ],
    ids=["nothing", "GIF", "zeros", "cut", "absurd", "tiny", "large"],
)
def test_what_is_no_picture_for_a_mirror_is_refused_and_the_next_one_taken(sent: bytes) -> None:
    pictures = JpegPictures()
    with pytest.raises(UnreadableFileError):
        pictures.frame(sent, 0.0)
    whole = next(jpeg for _, jpeg in jpegs_of("run_rear", 400))
    assert pictures.frame(whole, 0.1).layout.height_px == 360
