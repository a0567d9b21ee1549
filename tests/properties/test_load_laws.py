from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.runs import TODAY, a_run, an_odd_run, shifted
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.activity.summary import ActivitySummary, StepsSource, Verdict
from sidestep.domain.load.analysis import analyse_load
from sidestep.domain.load.report import Context, LoadReport, Notice
from sidestep.domain.load.spike import compare_runs, in_order
from sidestep.domain.vocabulary.sport import Sport

PARAMETERS = shipped_parameters("load")
LAW = settings(deadline=None, max_examples=60)
SPORTS = (Sport.RUN, Sport.RUN, Sport.TREADMILL_RUN, Sport.TRAIL_RUN, Sport.TENNIS, Sport.CYCLE)


@st.composite
def histories(draw: st.DrawFn) -> list[ActivitySummary]:
    days = draw(
        st.lists(st.tuples(st.integers(0, 120), st.integers(5, 9)), unique=True, max_size=25)
    )
    return [replace(_activity(draw, day, hour), id=f"{day}-{hour}") for day, hour in days]


def _activity(draw: st.DrawFn, days_ago: int, hour: int) -> ActivitySummary:
    km = draw(st.none() | st.integers(1, 400).map(lambda tenths: tenths / 10))
    steps = draw(st.none() | st.integers(0, 60_000))
    return replace(
        a_run(days_ago, km, hour=hour, sport=draw(st.sampled_from(SPORTS)), steps=steps),
        heart_rate_mean_bpm=draw(st.none() | st.integers(90, 180).map(float)),
        heart_rate_max_bpm=draw(st.none() | st.integers(120, 210).map(float)),
        effort_rpe=draw(st.none() | st.integers(0, 10).map(float)),
        steps_source=StepsSource.NONE if steps is None else draw(st.sampled_from(StepsSource)),
    )


def analysed(history: list[ActivitySummary]) -> LoadReport:
    return analyse_load(history, TODAY, PARAMETERS)


@LAW
@given(histories(), st.integers(0, 120), st.sampled_from([Verdict.UNASKED, Verdict.EXCLUDED]))
def test_an_odd_or_excluded_activity_changes_nothing_but_the_questions(
    history: list[ActivitySummary], days_ago: int, verdict: Verdict
) -> None:
    odd = replace(an_odd_run(days_ago), verdict=verdict)
    report = analysed([*history, odd])
    assert replace(report, questions=()) == analysed(history)
    assert len(report.questions) == (verdict is Verdict.UNASKED)


@LAW
@given(histories())
def test_ratios_agree_with_looking_at_every_pair_of_runs(history: list[ActivitySummary]) -> None:
    runs = in_order(run for run in history if run.sport.is_running and run.distance_m)
    for place, (run, found) in enumerate(zip(runs, compare_runs(runs, PARAMETERS), strict=True)):
        before = [
            earlier.distance_km or 0.0
            for earlier in runs[:place]
            if (run.local_date - earlier.local_date).days <= 30
        ]
        assert found.activity_id == run.id
        assert found.longest_before_km == (max(before) if before else None)
        assert found.ratio == ((run.distance_km or 0.0) / max(before) if before else None)


@LAW
@given(histories().flatmap(lambda history: st.tuples(st.just(history), st.permutations(history))))
def test_the_order_of_activities_does_not_matter(
    pair: tuple[list[ActivitySummary], list[ActivitySummary]],
) -> None:
    assert analysed(pair[0]) == analysed(pair[1])


@LAW
@given(histories(), st.integers(-4000, 4000))
def test_the_same_history_on_other_days_gives_the_same_report(
    history: list[ActivitySummary], days: int
) -> None:
    moved = analyse_load(
        [shifted(activity, days) for activity in history], TODAY + timedelta(days=days), PARAMETERS
    )
    assert _without_days(moved) == _without_days(analysed(history))


def _without_days(report: LoadReport) -> tuple[object, ...]:
    """Return what a report says apart from calendar days, which its sentences name."""

    def same(notice: Notice) -> str:
        return notice.id

    context: Context = replace(report.context, as_of=None)
    return (
        [replace(week, ends_on=TODAY) for week in report.weeks],
        [replace(run, on=TODAY) for run in report.runs_30d],
        [replace(run, on=TODAY) for run in report.intensities_28d],
        report.next_run_cap_km,
        report.longest_row_without_rest_days,
        report.multidirectional_share_28d,
        report.exposures,
        context,
        [same(notice) for notice in report.notices],
        report.days_since_last_data,
        len(report.notes),
    )


@LAW
@given(histories(), st.integers(0, 60), st.integers(1, 400))
def test_a_further_run_never_lowers_the_cap(
    history: list[ActivitySummary], days_ago: int, tenths: int
) -> None:
    before = analysed(history).next_run_cap_km
    after = analysed([*history, a_run(days_ago, tenths / 10, hour=12)]).next_run_cap_km
    assert before is None or (after is not None and after >= before)


@LAW
@given(histories(), st.integers(0, 1))
def test_a_next_run_at_the_cap_today_or_tomorrow_is_within(
    history: list[ActivitySummary], days_ahead: int
) -> None:
    report = analysed(history)
    if report.next_run_cap_km is None or report.longest_run_30d_km is None:
        return
    assert report.next_run_cap_km == 1.1 * report.longest_run_30d_km
    runs = [run for run in history if run.sport.is_running]
    ahead = a_run(-days_ahead, report.next_run_cap_km, hour=23)
    assert compare_runs([*runs, ahead], PARAMETERS)[-1].band.value == "within"


@LAW
@given(histories())
def test_days_of_every_week_add_up_to_seven_and_shares_stay_shares(
    history: list[ActivitySummary],
) -> None:
    report = analysed(history)
    for week in report.weeks:
        parts = (week.running_days, week.non_running_days, week.days_without_data)
        assert sum(parts) == 7
        assert min(parts) >= 0
    share = report.multidirectional_share_28d
    assert share is None or 0 <= share <= 1
    for exposure in report.exposures:
        assert sum(exposure.by_source.values()) == exposure.steps


@LAW
@given(histories())
def test_a_missing_sensor_never_makes_an_intensity_of_nought(
    history: list[ActivitySummary],
) -> None:
    silent = [replace(one, heart_rate_mean_bpm=None, effort_rpe=None) for one in history]
    for rated in analysed(silent).intensities_28d:
        assert (rated.relative is None) == (rated.is_hard is None)
        assert rated.relative is None or rated.relative > 0


@LAW
@given(histories(), st.integers(0, 27))
def test_taking_a_run_away_never_lengthens_the_row_without_rest(
    history: list[ActivitySummary], days_ago: int
) -> None:
    rested = [one for one in history if one.local_date != TODAY - timedelta(days=days_ago)]
    row = analysed(history).longest_row_without_rest_days
    assert analysed(rested).longest_row_without_rest_days <= row
