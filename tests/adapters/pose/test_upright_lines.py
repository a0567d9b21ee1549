"""The roll of the camera, told from door frames and posts drawn at a known angle."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sidestep.adapters.pose.upright_lines import (
    BOTH_ERROR_DEG,
    ONE_ERROR_DEG,
    find_lines_roll,
)

PERSON = slice(200, 340)
SIZE = 540, 700
FINER = 4


def place(roll_deg: float, posts: tuple[int, ...], aslant_deg: float = 0.0) -> NDArray[np.float64]:
    """Draw dark posts on a bright wall with a little grain, all rolled by the same angle."""
    sheet = Image.new("L", (SIZE[0] * FINER, SIZE[1] * FINER), 200)
    draw = ImageDraw.Draw(sheet)
    lean = np.tan(np.radians(roll_deg + aslant_deg)) * SIZE[1]
    for x in posts:
        ends = [(x + lean / 2, 0), (x - lean / 2, SIZE[1])]
        draw.line([(a * FINER, b * FINER) for a, b in ends], fill=90, width=14 * FINER)
    grain = np.random.default_rng(3).normal(0, 2, SIZE[::-1])
    return np.asarray(sheet.reduce(FINER), dtype=float) + grain


@pytest.mark.parametrize("roll_deg", [-4.0, -1.5, 0.0, 0.7, 3.0, 6.0])
def test_posts_on_both_sides_tell_the_roll_within_a_third_of_a_degree(roll_deg: float) -> None:
    roll = find_lines_roll(place(roll_deg, (60, 130, 400, 480)), PERSON)
    assert roll is not None
    assert roll.degrees == pytest.approx(roll_deg, abs=0.3)
    assert roll.error_deg == BOTH_ERROR_DEG


def test_posts_on_one_side_alone_are_believed_less() -> None:
    roll = find_lines_roll(place(2.0, (60, 130)), PERSON)
    assert roll is not None
    assert roll.error_deg == ONE_ERROR_DEG


def test_an_empty_wall_and_lines_far_from_upright_say_nothing() -> None:
    assert find_lines_roll(place(0.0, ()), PERSON) is None
    assert find_lines_roll(place(0.0, (60, 480), aslant_deg=25.0), PERSON) is None
    assert find_lines_roll(np.zeros((0, 540)), PERSON) is None


def test_what_the_person_covers_is_not_heard() -> None:
    assert find_lines_roll(place(3.0, (260, 280)), slice(150, 400)) is None
