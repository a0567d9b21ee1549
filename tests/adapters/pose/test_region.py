import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidestep.adapters.pose.region import MARGIN, Region, follow, region_around

UPRIGHT = Region(x_px=100.0, y_px=200.0, edge_px=80.0)


def test_a_square_stands_around_the_hips_and_reaches_past_the_rim() -> None:
    region = region_around(np.array([100.0, 200.0]), np.array([100.0, 160.0]))
    assert region == Region(x_px=100.0, y_px=200.0, edge_px=2 * MARGIN * 40.0)


def test_its_corner_and_middle_are_where_they_should_be() -> None:
    points = UPRIGHT.from_unit(np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 0.5]]))
    assert points == pytest.approx(np.array([[60.0, 160.0], [100.0, 200.0], [140.0, 200.0]]))


@given(st.floats(-3.0, 3.0), st.floats(20.0, 300.0))
def test_the_rim_of_a_leaning_body_is_straight_above_the_middle_of_its_square(
    angle_rad: float, radius_px: float
) -> None:
    middle = np.array([100.0, 200.0])
    rim = middle + radius_px * np.array([np.sin(angle_rad), -np.cos(angle_rad)])
    region = region_around(middle, rim)
    above = region.from_unit(np.array([[0.5, 0.5 - 0.5 / MARGIN]]))[0]
    assert above == pytest.approx(rim, abs=1e-6)


def test_a_square_stays_while_the_person_hardly_moves() -> None:
    seen = Region(x_px=103.0, y_px=198.0, edge_px=83.0, angle_rad=0.1)
    assert follow(UPRIGHT, seen) is UPRIGHT


@pytest.mark.parametrize(
    "seen",
    [
        Region(x_px=110.0, y_px=200.0, edge_px=80.0),
        Region(x_px=100.0, y_px=200.0, edge_px=90.0),
        Region(x_px=100.0, y_px=200.0, edge_px=80.0, angle_rad=0.4),
    ],
    ids=["moved", "come closer", "leaning"],
)
def test_a_square_follows_who_has_left_it(seen: Region) -> None:
    assert follow(UPRIGHT, seen) == seen


def test_a_square_is_straightened_when_the_person_is_upright_again() -> None:
    leaning = Region(x_px=100.0, y_px=200.0, edge_px=80.0, angle_rad=0.4)
    seen = Region(x_px=100.0, y_px=200.0, edge_px=80.0, angle_rad=0.05)
    assert follow(leaning, seen).angle_rad == 0.0


@given(st.floats(-3.0, 3.0))
def test_a_mirrored_square_is_the_same_square_with_its_left_on_the_right(angle_rad: float) -> None:
    region = Region(x_px=100.0, y_px=200.0, edge_px=80.0, angle_rad=angle_rad)
    points = np.array([[0.1, 0.2], [0.5, 0.7], [0.9, 0.2]])
    turned_over = points * (-1.0, 1.0) + (1.0, 0.0)
    assert region.mirrored().from_unit(turned_over) == pytest.approx(region.from_unit(points))
    assert region.mirrored().mirrored() == region
