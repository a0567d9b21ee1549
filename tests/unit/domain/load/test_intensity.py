from dataclasses import replace

import pytest

from builders.runs import TODAY, a_run, every_other_day
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.analysis import analyse_load
from sidestep.domain.load.intensity import compute_own_measure, rate_run
from sidestep.domain.load.report import IntensityBasis

PARAMETERS = shipped_parameters("load")


def with_heart(
    run: ActivitySummary, mean_bpm: float | None, max_bpm: float | None
) -> ActivitySummary:
    return replace(run, heart_rate_mean_bpm=mean_bpm, heart_rate_max_bpm=max_bpm)


def test_a_logged_effort_wins_over_everything() -> None:
    run = replace(with_heart(a_run(0), 180, 190), effort_rpe=3.0)
    own = compute_own_measure(
        [with_heart(a_run(day), 150, 190) for day in range(1, 6)], TODAY, PARAMETERS
    )
    rated = rate_run(run, own, PARAMETERS)
    assert (rated.basis, rated.relative, rated.is_hard) == (IntensityBasis.EFFORT, 0.3, False)


def test_a_logged_effort_of_nought_is_an_answer() -> None:
    own = compute_own_measure([], TODAY, PARAMETERS)
    rated = rate_run(replace(a_run(0), effort_rpe=0.0), own, PARAMETERS)
    assert (rated.basis, rated.relative, rated.is_hard) == (IntensityBasis.EFFORT, 0.0, False)


def test_heart_rate_is_set_against_the_highest_of_a_year() -> None:
    past = [with_heart(a_run(day), 150, 200) for day in (10, 20, 364)]
    own = compute_own_measure(past, TODAY, PARAMETERS)
    rated = rate_run(with_heart(a_run(0), 170, 175), own, PARAMETERS)
    assert (rated.basis, rated.relative, rated.is_hard) == (IntensityBasis.HEART_RATE, 0.85, True)


def test_one_slipped_strap_does_not_settle_the_highest_heart_rate() -> None:
    past = [with_heart(a_run(day), 150, high) for day, high in enumerate((240, 190, 188, 185), 1)]
    assert compute_own_measure(past, TODAY, PARAMETERS).highest_heart_rate_bpm == 190


def test_two_readings_are_too_few_to_know_the_highest() -> None:
    past = [with_heart(a_run(day), 150, 190) for day in (1, 2)]
    assert compute_own_measure(past, TODAY, PARAMETERS).highest_heart_rate_bpm is None


def test_a_history_of_easy_runs_has_no_maximum_so_how_hard_is_unknown() -> None:
    easy = [with_heart(a_run(day), 145, 153) for day in range(1, 40, 2)]
    report = analyse_load(easy, TODAY, PARAMETERS)
    assert {(one.basis, one.is_hard) for one in report.intensities_28d} == {
        (IntensityBasis.UNKNOWN, None)
    }
    assert not any(notice.kind == "hard_days" for notice in report.notices)
    assert any("never far above that of a usual run" in note for note in report.notes)


@pytest.mark.parametrize(("usual_bpm", "is_plausible"), [(153, True), (154, False)])
def test_a_maximum_is_plausible_while_the_usual_run_is_not_hard_by_it(
    usual_bpm: float, is_plausible: bool
) -> None:
    past = [with_heart(a_run(day), usual_bpm, 181) for day in range(1, 8)]
    assert compute_own_measure(past, TODAY, PARAMETERS).is_highest_plausible is is_plausible


def test_an_effort_or_a_maximum_logged_makes_the_same_easy_runs_known_again() -> None:
    easy = [with_heart(a_run(day), 145, 153) for day in range(1, 40, 2)]
    races = [with_heart(a_run(day), 175, 188) for day in (60, 100, 140)]
    report = analyse_load([*easy, *races], TODAY, PARAMETERS)
    assert {(one.basis, one.is_hard) for one in report.intensities_28d} == {
        (IntensityBasis.HEART_RATE, False)
    }


def test_pace_is_set_against_the_median_of_ninety_days() -> None:
    own = compute_own_measure(every_other_day(), TODAY, PARAMETERS)
    fast = a_run(0, 5, duration_s=5000 / (2.5 * 1.2))
    rated = rate_run(fast, own, PARAMETERS)
    assert rated.basis is IntensityBasis.PACE
    assert rated.relative == pytest.approx(1.2)
    assert rated.is_hard


def test_without_anything_to_go_by_effort_is_unknown_and_not_nought() -> None:
    rated = rate_run(a_run(0, None), compute_own_measure([], TODAY, PARAMETERS), PARAMETERS)
    assert (rated.basis, rated.relative, rated.is_hard) == (IntensityBasis.UNKNOWN, None, None)


def test_a_heart_rate_of_nought_is_a_missing_sensor() -> None:
    past = [with_heart(a_run(day), 150, 190) for day in range(1, 5)]
    own = compute_own_measure(past, TODAY, PARAMETERS)
    assert rate_run(with_heart(a_run(0), 0, 0), own, PARAMETERS).basis is IntensityBasis.PACE


def test_three_hard_runs_in_a_week_are_noticed() -> None:
    hard = [replace(a_run(day), effort_rpe=8.0) for day in (1, 3, 5)]
    report = analyse_load([*hard, a_run(8), a_run(10)], TODAY, PARAMETERS)
    assert [one.id for one in report.notices if one.kind == "hard_days"] == ["hard_runs_per_week"]


def test_runs_of_unknown_effort_are_told() -> None:
    report = analyse_load([a_run(1, None)], TODAY, PARAMETERS)
    assert any("How hard 1 run" in note for note in report.notes)
