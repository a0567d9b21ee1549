from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from sidestep.adapters.video.upright import Orientation, read_orientation

WIDTH, HEIGHT = 6, 4
TURNS = {
    "as it is": ((1, 0), (0, 1)),
    "to the right": ((0, -1), (1, 0)),
    "upside down": ((-1, 0), (0, -1)),
    "to the left": ((0, 1), (-1, 0)),
    "mirrored": ((-1, 0), (0, 1)),
    "mirrored and turned": ((0, 1), (1, 0)),
}


def display_matrix(turn: tuple[tuple[int, int], ...], scale: int = 1 << 16) -> bytes:
    (a, c), (b, d) = turn
    numbers = [a * scale, b * scale, 0, c * scale, d * scale, 0, 0, 0, 1 << 30]
    return np.array(numbers, dtype=np.int32).tobytes()


def numbered_picture() -> NDArray[np.uint8]:
    numbers = np.arange(WIDTH * HEIGHT, dtype=np.uint8).reshape(HEIGHT, WIDTH, 1)
    return np.repeat(numbers, 3, axis=2)


@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS.keys())
def test_a_point_and_the_picture_are_turned_alike(turn: tuple[tuple[int, int], ...]) -> None:
    orientation = read_orientation(display_matrix(turn), None)
    stored = numbered_picture()
    upright = orientation.apply(stored)
    to_stored = orientation.stored_from_upright(WIDTH, HEIGHT)
    assert upright.shape[1::-1] == orientation.upright_size_px(WIDTH, HEIGHT)
    for y, x in np.ndindex(upright.shape[:2]):
        column, row = np.floor(to_stored @ (x + 0.5, y + 0.5, 1)).astype(int)
        assert upright[y, x, 0] == stored[row, column, 0]


def test_a_quarter_turn_to_the_right_takes_the_first_row_to_the_right_edge() -> None:
    orientation = read_orientation(display_matrix(TURNS["to the right"]), None)
    assert list(orientation.apply(numbered_picture())[:, -1, 0]) == [0, 1, 2, 3, 4, 5]


def test_wide_pixels_make_the_upright_picture_wider() -> None:
    orientation = read_orientation(None, Fraction(4, 3))
    assert orientation.upright_size_px(720, 576) == (960, 576)
    column, row = orientation.stored_from_upright(720, 576) @ (480.0, 288.0, 1.0)
    assert (column, row) == pytest.approx((360.0, 288.0))


@pytest.mark.parametrize("matrix", [b"", bytes(36), b"\x01" * 36, b"short"])
def test_a_matrix_without_sense_leaves_the_picture_as_it_is(matrix: bytes) -> None:
    assert isinstance(read_orientation(matrix, None), Orientation)
    assert np.array_equal(read_orientation(matrix, None).turn, np.eye(2))


def test_a_matrix_slightly_off_a_quarter_turn_is_taken_for_one() -> None:
    turned = np.radians(88.0)
    numbers = np.array(
        [np.cos(turned), np.sin(turned), 0, -np.sin(turned), np.cos(turned), 0, 0, 0, 0]
    )
    matrix = (numbers * (1 << 16)).astype(np.int32).tobytes()
    assert np.array_equal(read_orientation(matrix, None).turn, [[0, -1], [1, 0]])
