from itertools import pairwise

import numpy as np
import pytest

from builders.rest_skeleton import SHANK_M, THIGH_M, rest_skeleton
from phantom.specification import Sides, Squat
from phantom.squatting import Squatter
from phantom.truth import measure_repetitions, measure_stance

SIDES = ("left", "right")


def a_squatter(squat: Squat) -> Squatter:
    lengths = dict.fromkeys(SIDES, (THIGH_M, SHANK_M))
    return Squatter(squat, rest_skeleton(), lengths, seed=4, sole_m=0.02)


def test_at_the_bottom_each_knee_is_where_it_was_asked() -> None:
    squat = Squat(knee_in_pct=Sides(left=2.0, right=12.0), noise_pct=0.0, noise_depth_deg=0.0)
    repetitions = measure_repetitions(a_squatter(squat))
    assert len(repetitions) == 5
    for repetition in repetitions:
        assert repetition["left"]["knee_over_foot_pct"] == pytest.approx(2.0, abs=0.2)
        assert repetition["right"]["knee_over_foot_pct"] == pytest.approx(12.0, abs=0.2)
        assert repetition["right"]["fppa_deg"] > repetition["left"]["fppa_deg"] + 5
        assert repetition["left"]["knee_flexion_deg"] == pytest.approx(80.0, abs=6.0)
        assert repetition["start_s"] < repetition["bottom_s"] < repetition["end_s"]


@pytest.mark.parametrize("standing_leg", SIDES)
def test_a_single_leg_squat_measures_the_leg_she_stands_on(standing_leg: str) -> None:
    squat = Squat(
        standing_leg=standing_leg,
        knee_flexion_deg=60.0,
        knee_in_pct=Sides(left=6.0, right=6.0),
        noise_pct=0.0,
        stance_width_m=0.18,
    )
    squatter = a_squatter(squat)
    for repetition in measure_repetitions(squatter):
        assert repetition["on"] == standing_leg
        assert set(repetition) & set(SIDES) == {standing_leg}
        assert repetition[standing_leg]["knee_over_foot_pct"] == pytest.approx(6.0, abs=0.2)
        bottom = squatter.at(np.array([repetition["bottom_s"]])).joints
        free = "right" if standing_leg == "left" else "left"
        assert bottom[f"{free}_ankle"][0, 2] > bottom[f"{standing_leg}_ankle"][0, 2] + 0.1


def test_feet_stay_planted_throughout() -> None:
    squatter = a_squatter(Squat())
    joints = squatter.at(np.linspace(0.0, 14.0, 200)).joints
    for side in SIDES:
        for part in ("ankle", "heel", "toe"):
            assert np.ptp(joints[f"{side}_{part}"], axis=0) == pytest.approx(0.0, abs=2e-3)


def test_she_stands_still_first_and_goes_down_and_up_in_turn() -> None:
    squatter = a_squatter(Squat(repetitions=2))
    times = np.linspace(0.0, 9.0, 300)
    phases = squatter.phases(times)
    seen = [phases[0], *(b for a, b in pairwise(phases) if a != b)]
    assert seen == ["quiet", "down", "up", "pause", "down", "up", "pause"]
    height = squatter.at(times).joints["left_hip"][:, 2]
    quiet = np.array(phases) == "quiet"
    assert np.ptp(height[quiet]) < 1e-6
    assert height.min() < height[0] - 0.15


def test_the_most_inward_angle_is_that_of_a_bent_knee_and_not_of_a_straight_one() -> None:
    outwards = Squat(knee_in_pct=Sides(left=-6.0, right=-6.0), knee_flexion_deg=80.0)
    for repetition in measure_repetitions(a_squatter(outwards)):
        assert repetition["left"]["fppa_worst_deg"] < -5
    shallow = measure_repetitions(a_squatter(Squat(knee_flexion_deg=35.0, noise_depth_deg=0.0)))
    assert all("fppa_worst_deg" not in repetition["left"] for repetition in shallow)


def test_the_knee_furthest_in_is_that_of_a_squat_and_not_of_standing() -> None:
    outwards = Squat(
        knee_in_pct=Sides(left=-8.0, right=-8.0), stance_width_m=0.45, knee_flexion_deg=90.0
    )
    squatter = a_squatter(outwards)
    upright = measure_stance("left", squatter.at(np.zeros(1)).joints)["knee_over_foot_pct"][0]
    for repetition in measure_repetitions(squatter):
        worst = repetition["left"]["knee_over_foot_worst_pct"]
        assert repetition["left"]["knee_over_foot_pct"] <= worst < upright - 5


@pytest.mark.parametrize("seat", ["stool", "chair"])
def test_on_a_seat_she_stays_still_and_the_trunk_comes_upright(seat: str) -> None:
    squat = Squat(
        seat=seat, bottom_s=1.2, shank_share=0.05, seated_lean_deg=5.0, noise_depth_deg=0.0
    )
    squatter = a_squatter(squat)
    first = squatter.repetitions[0]
    assert first.rises_s - first.down_s == pytest.approx(1.2)
    joints = squatter.at(np.linspace(first.down_s, first.rises_s, 9)).joints
    assert squatter.seat is not None
    hips = (joints["left_hip"] + joints["right_hip"]) / 2
    assert np.ptp(hips[:, 2]) < 1e-6
    assert hips[:, 2] == pytest.approx(squatter.seat[2])
    leans = measure_stance("left", joints)["trunk_lean_forward_deg"]
    assert leans[4] == pytest.approx(5.0, abs=2.0)
    assert leans[0] > leans[4] + 20
    assert a_squatter(Squat()).seat is None


def test_who_starts_seated_rises_once_before_the_first_whole_repetition() -> None:
    squat = Squat(seat="chair", starts_seated=True, bottom_s=0.8, repetitions=3, noise_depth_deg=0)
    squatter = a_squatter(squat)
    assert len(squatter.repetitions) == 3
    times = np.linspace(0.0, squatter.repetitions[-1].end_s + 0.4, 400)
    phases = squatter.phases(times)
    seen = [phases[0], *(b for a, b in pairwise(phases) if a != b)]
    assert seen == ["quiet", "up", "pause", *["down", "up", "pause"] * 3]
    height = squatter.at(times).joints["left_hip"][:, 2]
    assert height[0] == pytest.approx(height.min(), abs=1e-3)
    for repetition in measure_repetitions(squatter):
        assert repetition["left"]["depth_pct"] > 20


def test_a_thigh_may_be_level_and_point_upwards_and_the_foot_stays() -> None:
    squat = Squat(seat="stool", knee_flexion_deg=104.0, shank_share=0.0, noise_depth_deg=0.0)
    squatter = a_squatter(squat)
    joints = squatter.at(np.linspace(0.0, squatter.repetitions[0].end_s, 120)).joints
    assert joints["left_hip"][:, 2].min() < joints["left_knee"][:, 2].min()
    for part in ("ankle", "toe"):
        assert np.ptp(joints[f"left_{part}"], axis=0) == pytest.approx(0.0, abs=2e-3)


@pytest.mark.parametrize(("free_foot", "is_higher"), [("ahead", True), ("down", False)])
def test_the_free_foot_goes_ahead_of_her_or_down_before_a_step(
    free_foot: str, is_higher: bool
) -> None:
    squat = Squat(standing_leg="left", knee_flexion_deg=80.0, free_foot=free_foot)
    squatter = a_squatter(squat)
    bottom = squatter.at(np.array([squatter.repetitions[0].bottom_s])).joints
    assert bottom["right_ankle"][0, 1] < bottom["left_ankle"][0, 1] - 0.1
    assert (bottom["right_ankle"][0, 2] > bottom["left_ankle"][0, 2]) == is_higher


def test_at_the_chest_both_hands_are_together_and_stay_there() -> None:
    joints = a_squatter(Squat(arms="at_chest")).at(np.linspace(0.0, 6.0, 40)).joints
    apart = np.linalg.norm(joints["left_wrist"] - joints["right_wrist"], axis=-1)
    ahead = joints["left_shoulder"] - joints["left_wrist"]
    assert apart.max() < 0.2
    assert ahead[0, 1] > 0.1
    assert np.ptp(np.linalg.norm(ahead, axis=-1)) < 1e-6
