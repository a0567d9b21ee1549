import numpy as np
import pytest
from numpy.typing import NDArray

from sidestep.domain.motion.drift import find_drift, robust_slope, with_misreading
from sidestep.domain.motion.early_and_late import part_length_s
from sidestep.domain.motion.run_analysis import Drift
from sidestep.domain.motion.step_statistics import mean_error, measure_series, subtract
from sidestep.domain.vocabulary.uncertainty import Measured, Unknown


def chain(n: int, alike: float, seed: int = 0) -> NDArray[np.float64]:
    """Values of spread 1 of which each takes after the one before."""
    chance = np.random.default_rng(seed).standard_normal(n)
    values = np.empty(n)
    values[0] = chance[0]
    for place in range(1, n):
        values[place] = alike * values[place - 1] + np.sqrt(1 - alike**2) * chance[place]
    return values


def series(values: NDArray[np.float64], fewest: int = 7) -> Measured | Unknown:
    return measure_series(values, fewest=fewest, too_few="too few")


def test_the_band_holds_the_truth_about_as_often_as_it_says() -> None:
    for alike in (0.0, 0.6):
        held = [
            abs(np.mean(values)) <= mean_error(values)
            for values in (chain(60, alike, seed) for seed in range(300))
        ]
        assert 0.88 <= np.mean(held) <= 0.99


def test_one_slip_of_the_pose_model_does_not_move_the_mean() -> None:
    values = 5 + 0.5 * chain(30, 0.0)
    slipped = values.copy()
    slipped[4] = 60
    found = series(slipped)
    assert isinstance(found, Measured)
    assert found.n == 29
    assert found.value == pytest.approx(values.mean(), abs=0.2)


def test_ordinary_steps_are_hardly_ever_taken_for_slips() -> None:
    for n in (7, 8, 12):
        found = [series(chain(n, 0.0, seed)) for seed in range(400)]
        assert all(isinstance(each, Measured) for each in found)
        whole = np.mean([each.n == n for each in found if isinstance(each, Measured)])
        assert whole > 0.97


def test_a_slip_among_just_enough_steps_leaves_the_rest_measured() -> None:
    found = series(np.array([5.0, 5.2, 4.9, 60.0, 5.1, 5.05, 4.8]))
    assert isinstance(found, Measured)
    assert found.n == 6
    assert found.value == pytest.approx(5.0, abs=0.1)


def test_too_few_values_are_unknown_with_the_reason_given() -> None:
    assert series(np.array([1.0, np.nan, 2.0])) == Unknown(reason="too few")
    known = Measured(value=1, error=0.1, n=9)
    assert subtract(Unknown(reason="hidden"), known) == Unknown(reason="hidden")
    assert subtract(known, Unknown(reason="hidden")) == Unknown(reason="hidden")


def drift_of(values: NDArray[np.float64], minutes: float = 4.0) -> Drift:
    found = find_drift(
        np.linspace(0, 60 * minutes, len(values)), values, fewest=7, smallest_real_change=2.3
    )
    assert isinstance(found, Drift)
    return found


def test_a_steady_change_is_found_and_its_parts_told() -> None:
    found = drift_of(6 + np.linspace(0, 5, 320) + 1.5 * chain(320, 0.4))
    assert found.is_clear
    assert found.change == pytest.approx(5, abs=1.5 * found.error)
    assert isinstance(found.early, Measured)
    assert isinstance(found.late, Measured)
    assert found.late.value - found.early.value == pytest.approx(3.75, abs=0.8)


def test_a_change_smaller_than_the_smallest_real_one_is_not_clear() -> None:
    found = drift_of(6 + np.linspace(0, 1.5, 320) + 0.2 * chain(320, 0.0))
    assert not found.is_clear
    assert found.error < 0.5


def test_noise_alone_is_rarely_a_clear_drift() -> None:
    clear = [drift_of(3 * chain(60, 0.5, seed)).is_clear for seed in range(25)]
    assert np.mean(clear) <= 0.12


def test_the_band_of_the_slope_holds_the_truth_about_as_often_as_it_says() -> None:
    found = [drift_of(np.linspace(0, 3, 250) + 2 * chain(250, 0.3, seed)) for seed in range(30)]
    held = [abs(each.change - 3) <= each.error for each in found]
    assert np.mean(held) >= 0.8


@pytest.mark.parametrize("alike", [0.0, 0.4])
def test_it_does_so_with_the_thirty_steps_of_a_short_clip_too(alike: float) -> None:
    found = [drift_of(np.linspace(0, 3, 30) + chain(30, alike, seed), 0.35) for seed in range(80)]
    assert np.mean([abs(each.change - 3) <= each.error for each in found]) >= 0.86


def test_what_the_pose_model_may_misread_adds_to_the_error_of_a_change() -> None:
    drift = drift_of(6 + np.linspace(0, 5, 320) + 0.5 * chain(320, 0.0))
    told = with_misreading(drift, 2.0, smallest_real_change=2.3)
    assert told.change == drift.change
    assert told.error == pytest.approx(np.hypot(drift.error, 2.0))
    assert told.is_clear
    assert not with_misreading(drift, 5.5, smallest_real_change=2.3).is_clear
    assert not with_misreading(drift, 0.0, smallest_real_change=5.5).is_clear


def test_the_robust_slope_ignores_a_third_of_wild_values() -> None:
    time_s = np.arange(30.0)
    values = 2 * time_s
    values[::4] += 300
    assert robust_slope(time_s, values[None])[0] == pytest.approx(2, abs=0.01)


def test_a_short_series_has_no_drift() -> None:
    found = find_drift(np.arange(12.0), np.ones(12), fewest=7, smallest_real_change=1)
    assert isinstance(found, Unknown)
    assert "21 in all" in found.reason


def test_the_parts_are_a_minute_each_or_a_third_of_a_short_run() -> None:
    assert part_length_s(1800) == part_length_s(120) == 60
    assert part_length_s(90) == 30
