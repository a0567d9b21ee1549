from dataclasses import replace
from datetime import date, timedelta

import pytest

from builders.runs import TODAY, a_run, every_other_day, runs_on
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.load.analysis import analyse_load
from sidestep.domain.load.coverage import compute_coverage
from sidestep.domain.load.report import LoadReport
from sidestep.domain.vocabulary.sport import Sport

PARAMETERS = shipped_parameters("load")


def kinds(report: LoadReport) -> list[str]:
    return [notice.kind for notice in report.notices if notice.kind != "context"]


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_an_empty_history_knows_nothing_and_claims_nothing() -> None:
    report = analyse_load([], TODAY, PARAMETERS)
    assert report.week.days_without_data == 7
    assert report.week.non_running_days == 0
    assert report.days_since_last_data is None
    assert report.multidirectional_share_28d is None
    assert report.notices == ()
    assert report.notes == ()


def test_a_week_adds_up_kilometres_time_climb_and_days() -> None:
    history = [
        *runs_on(range(7, 60, 3)),
        replace(a_run(4, 10), ascent_m=120.0, descent_m=100.0),
        a_run(4, 2, hour=18),
        a_run(0, None, duration_s=1200),
    ]
    week = analyse_load(history, TODAY, PARAMETERS).week
    assert (week.runs, week.running_days, week.non_running_days) == (3, 2, 5)
    assert week.distance_km == 12
    assert week.duration_s == 4000 + 800 + 1200
    assert (week.ascent_m, week.descent_m) == (120, 100)


def test_climb_is_unknown_when_no_run_recorded_it() -> None:
    assert analyse_load(every_other_day(), TODAY, PARAMETERS).week.ascent_m is None


def test_twelve_weeks_end_on_the_day_oldest_first() -> None:
    weeks = analyse_load(every_other_day(weeks=12), TODAY, PARAMETERS).weeks
    assert [week.ends_on for week in weeks] == [days_ago(7 * back) for back in range(11, -1, -1)]
    assert sum(week.runs for week in weeks) == 42


def test_days_after_the_last_data_are_not_rest_days() -> None:
    week = analyse_load(runs_on([3, 5, 9]), TODAY, PARAMETERS).week
    assert (week.running_days, week.non_running_days, week.days_without_data) == (2, 2, 3)


def test_a_day_with_phone_steps_has_data() -> None:
    steps = {days_ago(0): 8000}
    week = analyse_load(runs_on([3, 5, 9]), TODAY, PARAMETERS, steps).week
    assert (week.running_days, week.non_running_days, week.days_without_data) == (2, 5, 0)


def test_another_sport_is_data_and_not_running() -> None:
    history = [*runs_on([3, 5, 9]), a_run(0, 30, sport=Sport.CYCLE)]
    week = analyse_load(history, TODAY, PARAMETERS).week
    assert (week.runs, week.non_running_days, week.days_without_data) == (2, 5, 0)


@pytest.mark.parametrize(("empty_days", "is_known"), [(14, True), (15, False)])
def test_a_gap_longer_than_two_weeks_is_without_data(empty_days: int, is_known: bool) -> None:
    coverage = compute_coverage([days_ago(empty_days + 1), days_ago(0)], [], 14)
    assert coverage.has(days_ago(3)) is is_known
    assert coverage.has(days_ago(0))


def test_later_data_turns_an_empty_day_into_a_day_without_running() -> None:
    week = analyse_load([*runs_on([3, 5, 9]), a_run(-2)], TODAY, PARAMETERS).week
    assert (week.running_days, week.non_running_days, week.days_without_data) == (2, 5, 0)


def test_what_was_done_after_the_day_is_not_looked_at() -> None:
    history = every_other_day()
    tomorrow = a_run(-1, 50)
    assert analyse_load([*history, tomorrow], TODAY, PARAMETERS) == analyse_load(
        history, TODAY, PARAMETERS
    )


def test_old_data_is_said_to_be_old() -> None:
    report = analyse_load(every_other_day(), days_ago(-8), PARAMETERS)
    assert report.is_stale
    assert report.days_since_last_data == 8
    assert any("30 June 2026" in note for note in report.notes)
    assert not analyse_load(every_other_day(), days_ago(-7), PARAMETERS).is_stale


def test_missing_days_inside_the_month_are_told() -> None:
    report = analyse_load(runs_on([40, 20, 1]), TODAY, PARAMETERS)
    assert any("had no data" in note for note in report.notes)


def test_runs_without_a_distance_are_told() -> None:
    report = analyse_load([*every_other_day(), a_run(1, None)], TODAY, PARAMETERS)
    assert any("1 run of the last 30 days came without a distance" in one for one in report.notes)
    assert "no_recent_run" not in kinds(report)


def test_a_row_is_days_not_runs() -> None:
    history = [*runs_on([2, 3, 4]), a_run(3, 4, hour=18), *runs_on([10, 11])]
    assert analyse_load(history, TODAY, PARAMETERS).longest_row_without_rest_days == 3


def test_a_row_is_looked_for_in_four_weeks() -> None:
    report = analyse_load([*runs_on(range(28, 40)), a_run(27), a_run(26)], TODAY, PARAMETERS)
    assert report.longest_row_without_rest_days == 2


def test_a_week_without_rest_is_noticed_as_our_own_sign() -> None:
    report = analyse_load([*runs_on(range(7)), *runs_on([9, 12])], TODAY, PARAMETERS)
    notice = next(one for one in report.notices if one.kind == "no_rest")
    assert notice.id == "row_without_rest_days"
    assert "7 days in a row" in notice.says


def test_fewer_than_three_days_off_is_noticed_as_the_articles_convention() -> None:
    report = analyse_load([*runs_on([0, 1, 3, 4, 6]), a_run(9)], TODAY, PARAMETERS)
    notice = next(one for one in report.notices if one.kind == "no_rest")
    assert notice.id == "non_running_days_per_week"
    assert notice.backing.basis == "article"
    assert "has not been tested" in notice.says


def test_three_days_off_are_enough() -> None:
    assert "no_rest" not in kinds(analyse_load(runs_on([0, 2, 4, 6, 9]), TODAY, PARAMETERS))


def test_a_day_without_data_may_have_been_a_rest_day() -> None:
    assert "no_rest" not in kinds(analyse_load(runs_on([3, 4, 5, 6, 9]), TODAY, PARAMETERS))
