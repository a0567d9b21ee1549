from dataclasses import replace

import numpy as np
import pytest

from phantom.furniture import floor_height_m, furnish
from phantom.rotations import Floats
from phantom.specification import Bar, Place

HALL = Place(treadmill=False)


def added(place: Place) -> Floats:
    """Return the points (n, 3) that a place has and the bare hall has not."""
    points = furnish(place).surface.points
    bare = {tuple(point) for point in furnish(HALL).surface.points.round(6)}
    mine = [point for point in points if tuple(point.round(6)) not in bare]
    return np.array(mine).reshape(-1, 3)


def test_every_face_has_three_corners_and_a_colour() -> None:
    piece = furnish(Place(handrail="side", post_in_front=True, bar=Bar()))
    surface = piece.surface
    assert surface.triangles.min() >= 0
    assert surface.triangles.max() < len(surface.points)
    assert piece.colours.shape == (len(surface.points), 3)
    corners = surface.points[surface.triangles]
    doubled = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert (np.linalg.norm(doubled, axis=1) > 1e-9).all()


def test_a_lying_bar_goes_across_at_its_height() -> None:
    bar = Bar(back_m=-0.8, height_m=0.55, left_m=0.1, length_m=1.2, thickness_m=0.06)
    points = added(replace(HALL, bar=bar))
    assert points.mean(axis=0) == pytest.approx([0.1, -0.8, 0.55], abs=1e-6)
    assert points[:, 0].min() == pytest.approx(-0.5)
    assert points[:, 0].max() == pytest.approx(0.7)
    around = np.linalg.norm(points[:, 1:] - [-0.8, 0.55], axis=1)
    assert around.max() == pytest.approx(0.03)


@pytest.mark.parametrize("treadmill", [True, False])
def test_an_upright_bar_stands_on_the_floor(treadmill: bool) -> None:
    place = Place(treadmill=treadmill, bar=Bar(upright=True, left_m=-0.1, back_m=0.9))
    without = furnish(replace(place, bar=None)).surface.points
    points = furnish(place).surface.points[len(without) :]
    assert points.mean(axis=0)[:2] == pytest.approx([-0.1, 0.9], abs=1e-6)
    assert points[:, 2].min() == pytest.approx(floor_height_m(place))
    assert points[:, 2].max() > 2.0


def test_rails_along_the_belt_stand_beside_it_on_both_sides() -> None:
    place = Place(handrail="side", belt_width_m=0.5)
    without = len(furnish(replace(place, handrail="none")).surface.points)
    points = furnish(place).surface.points[without:]
    rails = points[points[:, 1] > -0.6]
    assert (np.abs(rails[:, 0]) > 0.25).all()
    assert {float(sign) for sign in np.sign(rails[:, 0])} == {-1.0, 1.0}
