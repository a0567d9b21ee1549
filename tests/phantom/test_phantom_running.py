from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from builders.rest_skeleton import SHANK_M, THIGH_M, rest_skeleton
from phantom.running import Runner
from phantom.specification import DRIFTING, Run, Sides
from phantom.truth import measure_steps

SIDES = ("left", "right")
SOLE_M = 0.02


def a_runner(run: Run, duration_s: float = 4.0, seed: int = 3) -> Runner:
    lengths = dict.fromkeys(SIDES, (THIGH_M, SHANK_M))
    return Runner(run, rest_skeleton(), lengths, duration_s=duration_s, seed=seed, sole_m=SOLE_M)


@pytest.fixture(scope="module")
def runner() -> Runner:
    return a_runner(
        Run(
            femoral_adduction_deg=Sides(left=4.0, right=11.0),
            fppa_deg=Sides(left=0.0, right=8.0),
            noise_deg=0.0,
        )
    )


@pytest.fixture(scope="module")
def steps(runner: Runner) -> list[dict[str, Any]]:
    return measure_steps(runner, 4.0)


def moments(runner: Runner, index: int, first: float, last: float) -> np.ndarray:
    """Times between two shares of a step's stance."""
    contact, toe_off = runner.steps.contact_s[index], runner.steps.toe_off_s[index]
    times: np.ndarray = contact + (toe_off - contact) * np.linspace(first, last, 15)
    return times


@pytest.mark.parametrize(("side", "adduction", "fppa"), [("left", 4.0, 0.0), ("right", 11.0, 8.0)])
def test_every_step_has_the_angles_that_were_asked_for(
    steps: list[dict[str, Any]], side: str, adduction: float, fppa: float
) -> None:
    own = [step for step in steps if step["side"] == side]
    assert len(own) >= 4
    for step in own:
        assert step["femoral_adduction_deg"] == pytest.approx(adduction, abs=0.05)
        assert step["fppa_deg"] == pytest.approx(fppa, abs=0.05)


@pytest.mark.parametrize("measure", DRIFTING)
def test_what_may_drift_does(measure: str) -> None:
    still = Run(noise_deg=0.0, noise_timing=0.0)
    drifting = replace(still, drift={measure: Sides(left=4.0, right=0.0)})
    before, after = (a_runner(run).steps for run in (still, drifting))
    change = getattr(after, measure) - getattr(before, measure)
    assert change[after.side == "left"][-1] == pytest.approx(4.0)
    assert (np.diff(change[after.side == "left"]) >= 0).all()
    assert change[after.side == "right"] == pytest.approx(0.0)


def test_the_knee_bends_as_asked_in_the_middle_of_stance(steps: list[dict[str, Any]]) -> None:
    for step in steps:
        assert step["knee_flexion_deg"] == pytest.approx(42.0, abs=4.0)


def test_sides_alternate_at_the_asked_cadence(steps: list[dict[str, Any]]) -> None:
    assert all(a["side"] != b["side"] for a, b in pairwise(steps))
    middles = [step["mid_stance_s"] for step in steps]
    assert 60 / np.mean(np.diff(middles)) == pytest.approx(170.0, rel=0.01)


@pytest.mark.parametrize("change_spm", [-12.0, 12.0])
def test_a_cadence_that_drifts_does_so_from_start_to_end(change_spm: float) -> None:
    change = Sides(left=change_spm, right=change_spm)
    run = Run(noise_timing=0.0, drift={"cadence_spm": change})
    middles = a_runner(run, duration_s=20.0).steps.mid_stance_s
    at_s, cadence_spm = (middles[1:] + middles[:-1]) / 2, 60 / np.diff(middles)
    within = (at_s > 0) & (at_s < 20)
    slope, start = np.polyfit(at_s[within], cadence_spm[within], 1)
    assert start == pytest.approx(170.0, abs=0.5)
    assert 20 * slope == pytest.approx(change_spm, abs=0.5)
    assert middles[-1] > 20 + 1


def test_the_ball_of_the_standing_foot_rides_the_belt_without_sliding_or_sinking(
    runner: Runner,
) -> None:
    index = len(runner.steps.side) // 2
    side = runner.steps.side[index]
    # From when the whole sole is down until the toes leave.
    times = moments(runner, index, 0.16, 0.999)
    ball = runner.at(times).joints[f"{side}_ball"]
    speed = np.diff(ball[:, 1]) / np.diff(times)
    assert speed == pytest.approx(2.8, abs=0.01)
    assert np.ptp(ball[:, 0]) < 1e-3
    assert ball[:, 2] == pytest.approx(0.03 + SOLE_M, abs=1e-3)


def test_the_heel_lands_on_the_belt_and_does_not_go_through_it(runner: Runner) -> None:
    times = np.linspace(0.0, 4.0, 481)
    joints = runner.at(times).joints
    for side in SIDES:
        assert joints[f"{side}_heel"][:, 2].min() > 0.03 + SOLE_M - 0.008
        assert joints[f"{side}_toe"][:, 2].min() > SOLE_M - 0.004


def test_bones_keep_their_length_and_joints_never_jump(runner: Runner) -> None:
    times = np.linspace(0.0, 3.0, 721)
    joints = runner.at(times).joints
    for side in SIDES:
        hip, knee, ankle = (joints[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))
        assert np.linalg.norm(knee - hip, axis=1) == pytest.approx(THIGH_M, abs=1e-9)
        assert np.linalg.norm(ankle - knee, axis=1) == pytest.approx(SHANK_M, abs=1e-9)
        for joint in (hip, knee, ankle):
            speed = np.linalg.norm(np.diff(joint, axis=0), axis=1) / np.diff(times)
            assert speed.max() < 12.0


def test_between_steps_the_body_falls_freely(runner: Runner) -> None:
    index = len(runner.steps.side) // 2
    start, end = runner.steps.toe_off_s[index], runner.steps.contact_s[index + 1]
    times = np.linspace(start, end, 9)[1:-1]
    joints = runner.at(times).joints
    height = (joints["left_hip"] + joints["right_hip"])[:, 2] / 2
    second = np.diff(height, 2) / np.diff(times)[0] ** 2
    assert second == pytest.approx(-9.81, rel=1e-3)


def test_only_one_foot_stands_at_a_time_and_each_for_its_share(runner: Runner) -> None:
    times = np.linspace(0.0, 4.0, 4001)
    left, right = (runner.is_standing(side, times) for side in SIDES)
    assert not (left & right).any()
    assert left.mean() == pytest.approx(0.37, abs=0.05)


def test_a_drift_shows_as_the_change_from_first_to_last_step() -> None:
    run = Run(noise_deg=0.0, drift={"femoral_adduction_deg": Sides(left=0.0, right=5.0)})
    runner = a_runner(run, duration_s=8.0)
    for side, change in (("left", 0.0), ("right", 5.0)):
        steps = [step for step in measure_steps(runner, 8.0) if step["side"] == side]
        times = np.array([step["mid_stance_s"] for step in steps])
        values = np.array([step["femoral_adduction_deg"] for step in steps])
        assert 8.0 * np.polyfit(times, values, 1)[0] == pytest.approx(change, abs=0.1)


def test_the_same_seed_gives_the_same_run_and_another_seed_another() -> None:
    run = Run()
    first, again, other = (a_runner(run, 2.0, seed) for seed in (5, 5, 6))
    times = np.linspace(0.0, 2.0, 20)
    knees = [each.at(times).joints["left_knee"] for each in (first, again, other)]
    assert np.array_equal(knees[0], knees[1])
    assert not np.allclose(knees[0], knees[2])
