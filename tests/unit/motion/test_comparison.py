from dataclasses import replace
from functools import cache

import pytest

from builders.motion_runner import Camera, Runner
from builders.motion_squatter import Squatter
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.motion.calibration import EXACT
from sidestep.domain.motion.comparison import compare_runs, compare_squats
from sidestep.domain.motion.run_analysis import RunAnalysis, RunMeasure
from sidestep.domain.motion.running import analyse_run
from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.motion.squatting import analyse_squat
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measured, Unknown

PARAMETERS = shipped_parameters("motion")
THIGH = RunMeasure.FEMORAL_ADDUCTION


@cache
def run(left_deg: float = 8.0, view: View = View.REAR, cadence_spm: float = 168.0) -> RunAnalysis:
    runner = Runner(
        adduction_deg={Side.LEFT: left_deg, Side.RIGHT: 8.0},
        fppa_deg={Side.LEFT: 2 * left_deg - 11, Side.RIGHT: 5.0},
        cadence_spm=cadence_spm,
        spread_deg=1.0,
        noise_px=2,
        duration_s=15,
        camera=Camera(view=view),
    )
    return analyse_run(
        runner.track(), view=None, parameters=PARAMETERS, calibration=EXACT, versions={"pose": "x"}
    )


def test_a_leg_that_turned_in_is_a_clear_change_and_the_other_is_not() -> None:
    found = compare_runs(run(8.0), run(13.0), PARAMETERS)
    assert found.reason is None
    left, right = found.sides[Side.LEFT][THIGH], found.sides[Side.RIGHT][THIGH]
    assert left.is_clear
    assert isinstance(left.change, Measured)
    assert left.change.value == pytest.approx(5.0, abs=1.2)
    assert not right.is_clear
    assert found.difference[THIGH].is_clear
    assert not found.cadence_spm.is_clear


def test_a_change_within_the_error_of_both_is_not_clear() -> None:
    before, after = run(8.0), run(13.0)
    measures = dict(after.sides[Side.LEFT].measures)
    thigh = measures[THIGH]
    assert isinstance(thigh, Measured)
    measures[THIGH] = replace(thigh, error=6.0)
    unsure = replace(
        after,
        sides={**after.sides, Side.LEFT: replace(after.sides[Side.LEFT], measures=measures)},
    )
    assert not compare_runs(before, unsure, PARAMETERS).sides[Side.LEFT][THIGH].is_clear


def test_faster_steps_are_a_clear_change_of_cadence() -> None:
    found = compare_runs(run(), run(cadence_spm=178.0), PARAMETERS).cadence_spm
    assert found.is_clear
    assert isinstance(found.change, Measured)
    assert found.change.value == pytest.approx(10, abs=0.5)


def test_views_are_not_compared_but_cadence_is() -> None:
    found = compare_runs(run(), run(view=View.FRONT), PARAMETERS)
    assert found.reason is not None
    change = found.sides[Side.LEFT][THIGH].change
    assert isinstance(change, Unknown)
    assert "from behind" in change.reason
    assert "front" in change.reason
    assert isinstance(found.cadence_spm.change, Measured)


def test_pose_models_are_not_compared() -> None:
    other = replace(run(), versions={"pose": "y"})
    assert isinstance(
        compare_runs(run(), other, PARAMETERS).sides[Side.LEFT][THIGH].change, Unknown
    )


def test_degrees_of_two_calibrations_are_not_compared_but_cadence_is() -> None:
    before, after = (
        replace(run(), versions={"pose": "x", "calibration": f"x {day}"})
        for day in ("2026-11-22", "2026-11-29")
    )
    found = compare_runs(before, after, PARAMETERS)
    assert found.reason is not None
    assert "x 2026-11-22" in found.reason
    assert "x 2026-11-29" in found.reason
    assert isinstance(found.sides[Side.LEFT][THIGH].change, Unknown)
    assert isinstance(found.cadence_spm.change, Measured)


def test_an_unusable_clip_gives_its_reason() -> None:
    short = analyse_run(
        Runner(duration_s=4).track(),
        view=None,
        parameters=PARAMETERS,
        calibration=EXACT,
        versions={"pose": "x"},
    )
    change = compare_runs(run(), short, PARAMETERS).sides[Side.LEFT][THIGH].change
    assert isinstance(change, Unknown)
    assert "good steps" in change.reason
    assert change.reason.startswith("In the second clip: ")


@cache
def squats(
    left_in_deg: float = 2.0,
    on: Side | None = None,
    view: View = View.FRONT,
    bend_deg: float = 55.0,
) -> SquatAnalysis:
    squatter = Squatter(
        knee_in_deg={Side.LEFT: left_in_deg, Side.RIGHT: 2.0},
        on=on,
        camera=Camera(view=view),
        noise_px=0.5,
    )
    return analyse_squat(
        squatter.track(),
        view=None,
        parameters=PARAMETERS,
        calibration=EXACT,
        versions={"pose": "x"},
    )


@pytest.mark.parametrize("measure", [SquatMeasure.FPPA, SquatMeasure.FPPA_WORST])
def test_on_one_leg_the_knees_angle_is_clear_beyond_what_is_in_print(measure: SquatMeasure) -> None:
    def change(to_deg: float) -> bool | None:
        found = compare_squats(squats(on=Side.LEFT), squats(to_deg, on=Side.LEFT), PARAMETERS)
        assert found.reason is None
        left = found.sides[Side.LEFT][measure]
        assert left.is_beyond_error
        assert left.smallest == 8.9
        return left.is_clear

    assert change(16.0) is True
    assert change(4.0) is False


def test_what_has_no_smallest_change_in_print_is_never_called_clear() -> None:
    found = compare_squats(squats(), squats(16.0), PARAMETERS).sides
    offset = found[Side.LEFT][SquatMeasure.KNEE_OVER_FOOT]
    assert offset.is_beyond_error
    assert offset.smallest is None
    assert offset.is_clear is None
    assert found[Side.LEFT][SquatMeasure.FPPA].is_clear is None
    assert found[Side.RIGHT][SquatMeasure.DEPTH].is_clear is False


def test_of_what_both_legs_do_together_there_is_no_difference() -> None:
    found = compare_squats(squats(), squats(), PARAMETERS)
    assert SquatMeasure.KNEE_OVER_FOOT in found.difference
    assert SquatMeasure.DEPTH not in found.difference


def test_squats_on_one_leg_are_not_compared_with_squats_on_both() -> None:
    found = compare_squats(squats(), squats(on=Side.LEFT), PARAMETERS)
    assert found.reason is not None
    assert "on one leg" in found.reason
    assert isinstance(found.sides[Side.LEFT][SquatMeasure.DEPTH].change, Unknown)


def test_squats_from_two_places_or_two_pose_models_are_not_compared() -> None:
    there = compare_squats(squats(), squats(view=View.REAR), PARAMETERS).reason
    assert there is not None
    assert "from behind" in there
    other = replace(squats(), versions={"pose": "y"})
    assert compare_squats(squats(), other, PARAMETERS).reason is not None
