"""The row that is kept of an activity."""

from datetime import UTC, date, datetime, timedelta, timezone

from builders.recordings import steady_run
from sidestep.domain.activity.cleaning import clean_recording
from sidestep.domain.activity.recording import Recording
from sidestep.domain.activity.steps import StepEstimate, count_steps
from sidestep.domain.activity.summarise import summarise
from sidestep.domain.activity.summary import ActivitySummary, StepsSource

LATE = datetime(2026, 5, 4, 23, 30, tzinfo=UTC)
EAST = timezone(timedelta(hours=2))


def summary_of(recording: Recording) -> ActivitySummary:
    activity = clean_recording(recording)
    count = count_steps(activity, estimate=StepEstimate(steps_per_km=930.0))
    return summarise(activity, count, id="a", zone=EAST, sources=["f1"])


def test_the_summary_holds_what_the_load_needs() -> None:
    summary = summary_of(steady_run(effort_rpe=4.0))
    assert summary.distance_km == 1.8
    assert summary.duration_s == 600.0
    assert (summary.steps, summary.steps_source) == (1700, StepsSource.CADENCE)
    assert summary.cadence_spm == 170.0
    assert summary.heart_rate_max_bpm == 140.0
    assert summary.effort_rpe == 4.0
    assert summary.sources == ("f1",)
    assert summary.is_counted
    assert summary.sport.is_running


def test_the_day_is_the_one_on_the_file_s_own_clock() -> None:
    assert summary_of(steady_run(started_at=LATE, utc_offset_s=-3600)).local_date == date(
        2026, 5, 4
    )


def test_without_an_offset_the_day_is_the_one_in_the_runner_s_zone() -> None:
    assert summary_of(steady_run(started_at=LATE)).local_date == date(2026, 5, 5)


def test_an_odd_recording_is_not_counted_until_it_is_confirmed() -> None:
    summary = summary_of(steady_run(started_at=datetime(1989, 12, 31, tzinfo=UTC)))
    assert summary.oddities
    assert not summary.is_counted
