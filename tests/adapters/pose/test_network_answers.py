import numpy as np
import pytest
from numpy.typing import NDArray

from sidestep.adapters.pose.landmark_network import refined
from sidestep.adapters.pose.person_detector import CROP_PX, anchors, merged_people

N_MAPS, MAP = 39, 64


def maps_with_peak(column: float, row: float, height: float = 4.0) -> NDArray[np.float32]:
    y, x = np.mgrid[:MAP, :MAP]
    distance = (x - column) ** 2 + (y - row) ** 2
    bump = height - distance
    return np.repeat(bump[:, :, None], N_MAPS, axis=2).astype(np.float32)


def test_a_point_moves_to_the_peak_of_its_map() -> None:
    xy = np.array([[21.2 / MAP, 30.9 / MAP]])
    assert refined(xy, maps_with_peak(20.0, 32.0), np.arange(len(xy))) == pytest.approx(
        np.array([[20.0, 32.0]]) / MAP, abs=0.25 / MAP
    )


def test_a_point_stays_where_its_map_is_unsure() -> None:
    xy = np.array([[21.2 / MAP, 30.9 / MAP]])
    assert np.array_equal(
        refined(xy, maps_with_peak(20.0, 32.0, height=-1.0), np.arange(len(xy))), xy
    )


def test_points_at_and_beyond_the_edge_do_no_harm() -> None:
    xy = np.array([[-0.2, 0.5], [1.3, 1.3], [0.0, 0.0], [0.9999, 0.9999]])
    moved = refined(xy, maps_with_peak(0.0, 0.0), np.arange(len(xy)))
    assert np.array_equal(moved[:2], xy[:2])
    assert moved[2] == pytest.approx([0.0, 0.0], abs=1.5 / MAP)


def test_the_guesses_start_on_three_grids() -> None:
    starts = anchors()
    assert starts.shape == (2254, 2)
    assert starts[0] == pytest.approx([0.5 / 28, 0.5 / 28])
    assert starts[-1] == pytest.approx([6.5 / 7, 6.5 / 7])


def guess(x_px: float, y_px: float, edge_px: float) -> list[float]:
    """A face at a place, hips two edges and the rim one edge below and above it."""
    points = [x_px, y_px + 2 * edge_px, x_px, y_px - edge_px, 0.0, 0.0, 0.0, 0.0]
    return [x_px, y_px, edge_px, edge_px, *points]


def test_overlapping_guesses_are_one_person_weighted_by_how_sure_they_are() -> None:
    guesses = np.array([guess(50, 50, 20), guess(52, 50, 20), guess(150, 60, 20)], np.float32)
    logits = np.array([2.0, 2.0, 0.5], dtype=np.float32)
    people = merged_people(guesses, logits, np.zeros((3, 2)))
    assert [score for _, score in people] == pytest.approx([0.881, 0.622], abs=1e-3)
    first, second = (points * CROP_PX for points, _ in people)
    assert first == pytest.approx([51, 90, 51, 30], abs=1e-4)
    assert second == pytest.approx([150, 100, 150, 40], abs=1e-4)


def test_unsure_guesses_are_nobody() -> None:
    guesses = np.array([guess(50, 50, 20)], np.float32)
    assert merged_people(guesses, np.array([-0.1], np.float32), np.zeros((1, 2))) == []
