from dataclasses import replace

import numpy as np
import pytest

from builders.rest_skeleton import SHANK_M, THIGH_M, rest_skeleton
from phantom.furniture import dumbbell, floor_height_m, furnish, seat_under
from phantom.rotations import Floats
from phantom.skeleton import SEGMENTS, Segment
from phantom.specification import Bar, Place, Squat
from phantom.squatting import Squatter

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


@pytest.mark.parametrize("has_back", [True, False])
def test_a_seat_is_under_the_hips_and_stands_on_the_floor(has_back: bool) -> None:
    points = seat_under(np.array([0.02, 0.3, 0.55]), 0.0, has_back=has_back).surface.points
    assert points[:, 2].min() == pytest.approx(0.0)
    assert (points[:, 2].max() > 0.7) == has_back
    assert points[:, 0].mean() == pytest.approx(0.02, abs=0.01)
    assert points[:, 1].min() < 0.1
    assert points[:, 1].max() > 0.4


def test_a_step_is_under_her_feet_and_the_floor_below() -> None:
    place = replace(HALL, step_m=0.15)
    assert floor_height_m(place) == -0.15
    points = furnish(place).surface.points
    assert ((points[:, 2] == 0.0) & (np.abs(points[:, :2]) < 0.4).all(axis=1)).any()


def test_the_dumbbell_is_between_the_hands_and_goes_with_the_chest() -> None:
    squat = Squat(arms="at_chest", dumbbell=True)
    lengths = dict.fromkeys(("left", "right"), (THIGH_M, SHANK_M))
    pose = Squatter(squat, rest_skeleton(), lengths, seed=1, sole_m=0.02).at(np.zeros(1))
    piece = dumbbell(pose)
    weights = piece.surface.weights
    assert (weights[:, SEGMENTS.index(Segment.CHEST)] == 1.0).all()
    assert weights.sum() == len(weights)
    move = pose.transforms()[0, SEGMENTS.index(Segment.CHEST)]
    middle = (piece.surface.points @ move[:, :3].T + move[:, 3]).mean(axis=0)
    hands = (pose.joints["left_wrist"] + pose.joints["right_wrist"])[0] / 2
    assert np.linalg.norm(middle - hands) < 0.1
