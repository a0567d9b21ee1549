from dataclasses import replace

import pytest

from builders.runs import TODAY, a_run, an_odd_run, every_other_day
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.activity.summary import StepsSource, Verdict
from sidestep.domain.load.analysis import analyse_load
from sidestep.domain.vocabulary.sport import Sport

PARAMETERS = shipped_parameters("load")


def test_the_share_is_sideways_time_over_moving_time() -> None:
    history = [
        a_run(1, duration_s=5400),
        a_run(2, None, sport=Sport.TENNIS, duration_s=1800),
        a_run(3, None, sport=Sport.STRENGTH, duration_s=9000),
        a_run(4, None, sport=Sport.OTHER, duration_s=9000),
        a_run(28, None, sport=Sport.ULTIMATE, duration_s=9000),
    ]
    assert analyse_load(history, TODAY, PARAMETERS).multidirectional_share_28d == 0.25


def test_training_that_only_goes_forwards_is_noticed_with_what_is_not_known() -> None:
    report = analyse_load(every_other_day(), TODAY, PARAMETERS)
    assert report.multidirectional_share_28d == 0
    notice = next(one for one in report.notices if one.kind == "one_direction")
    assert notice.backing.basis == "design"
    assert "has not been shown" in notice.says


def test_a_little_running_is_too_little_to_speak_of_direction() -> None:
    report = analyse_load([a_run(1), a_run(5)], TODAY, PARAMETERS)
    assert "one_direction" not in [one.kind for one in report.notices]


def test_steps_are_multiplied_out_per_knee() -> None:
    history = [
        a_run(0, steps=5100),
        replace(a_run(10, steps=4001), steps_source=StepsSource.ESTIMATE),
        a_run(100, steps=1000),
        a_run(365, steps=7),
        a_run(3),
    ]
    week, month, year = analyse_load(history, TODAY, PARAMETERS).exposures
    assert (week.days, week.steps, week.steps_per_knee, week.runs_without_steps) == (
        7,
        5100,
        2550,
        1,
    )
    assert (month.steps, month.steps_per_knee) == (9101, 4550)
    assert month.by_source == {"estimate": 4001, "session_count": 5100}
    assert year.steps == 10101


def test_the_steps_come_with_the_word_estimate_and_without_a_threshold() -> None:
    note = analyse_load([a_run(0, steps=5100)], TODAY, PARAMETERS).exposure_note
    assert note is not None
    assert "an estimate" in note.says
    assert "No number of steps is known to be too many" in note.says


def test_an_odd_recording_is_asked_about_and_not_counted() -> None:
    history = every_other_day()
    report = analyse_load([*history, an_odd_run(1)], TODAY, PARAMETERS)
    assert [question.activity_id for question in report.questions] == ["odd-1"]
    assert "Did a car" in report.questions[0].asks
    assert replace(report, questions=()) == analyse_load(history, TODAY, PARAMETERS)


@pytest.mark.parametrize(("verdict", "runs"), [(Verdict.CONFIRMED, 5), (Verdict.EXCLUDED, 4)])
def test_an_answered_recording_is_no_longer_asked_about(verdict: Verdict, runs: int) -> None:
    answered = replace(an_odd_run(1), verdict=verdict)
    report = analyse_load([*every_other_day(), answered], TODAY, PARAMETERS)
    assert report.questions == ()
    assert report.week.runs == runs
