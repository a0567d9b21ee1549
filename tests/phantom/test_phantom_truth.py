import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.rest_skeleton import rest_skeleton
from phantom.truth import measure_stance

SIDES = ("left", "right")
MIRROR = np.array([-1.0, 1.0, 1.0])


def standing(**moved: tuple[float, float, float]) -> dict[str, np.ndarray]:
    """The stick body with some joints moved by metres."""
    joints = {name: place[None].astype(float) for name, place in rest_skeleton().items()}
    for name, by in moved.items():
        joints[name] = joints[name] + np.array(by)
    return joints


def test_a_straight_leg_has_no_angles() -> None:
    measures = measure_stance("left", standing())
    for name in ("femoral_adduction_deg", "fppa_deg", "knee_flexion_deg", "pelvic_drop_deg"):
        assert measures[name][0] == pytest.approx(0.0, abs=1e-9)
    assert measures["knee_gap_pct"][0] == pytest.approx(100 * 0.20 / 0.42)


@pytest.mark.parametrize(("side", "inward"), [("left", -1), ("right", 1)])
def test_a_knee_that_moves_inwards_is_positive_on_both_sides(side: str, inward: int) -> None:
    moved = {f"{side}_knee": (inward * 0.05, 0.0, 0.0)}
    measures = measure_stance(side, standing(**moved))
    angle = np.degrees(np.arctan(0.05 / 0.42))
    assert measures["femoral_adduction_deg"][0] == pytest.approx(angle)
    assert measures["fppa_deg"][0] == pytest.approx(2 * angle)
    shank = np.hypot(0.42, 0.05)
    assert measures["knee_over_foot_pct"][0] == pytest.approx(100 * 0.05 / shank)


def test_a_lower_hip_on_the_swinging_side_is_a_drop() -> None:
    measures = measure_stance("left", standing(right_hip=(0.0, 0.0, -0.02)))
    assert measures["pelvic_drop_deg"][0] == pytest.approx(np.degrees(np.arctan(0.1)))
    assert measure_stance("right", standing(right_hip=(0.0, 0.0, -0.02)))["pelvic_drop_deg"][0] < 0


def test_shoulders_over_the_standing_side_lean_towards_it() -> None:
    to_left = {f"{side}_shoulder": (0.1, -0.05, 0.0) for side in SIDES}
    assert measure_stance("left", standing(**to_left))["trunk_lean_deg"][0] > 5
    assert measure_stance("right", standing(**to_left))["trunk_lean_deg"][0] < -5
    assert measure_stance("left", standing(**to_left))["trunk_lean_forward_deg"][0] > 3


shifts = st.floats(-0.08, 0.08)


@given(st.lists(st.tuples(shifts, shifts, shifts), min_size=10, max_size=10))
def test_the_mirrored_person_has_the_same_measures_on_the_other_side(
    moves: list[tuple[float, float, float]],
) -> None:
    parts = ("hip", "knee", "ankle", "heel", "toe")
    names = [f"{side}_{part}" for side in SIDES for part in parts]
    joints = standing(**dict(zip(names, moves, strict=True)))
    other = {"left": "right", "right": "left"}
    mirrored = {
        name: joints[f"{other[side]}_{part}" if part else name] * MIRROR
        for name in joints
        for side, _, part in [name.partition("_")]
    }
    for side in SIDES:
        here, there = measure_stance(side, joints), measure_stance(other[side], mirrored)
        for name, value in here.items():
            assert there[name][0] == pytest.approx(value[0], abs=1e-9)


@given(shifts, shifts, shifts)
def test_where_she_stands_changes_nothing(x: float, y: float, z: float) -> None:
    joints = standing(left_knee=(-0.04, -0.1, 0.0))
    moved = {name: place + np.array([10 * x, 10 * y, z]) for name, place in joints.items()}
    for name, value in measure_stance("left", joints).items():
        assert measure_stance("left", moved)[name][0] == pytest.approx(value[0], abs=1e-9)
