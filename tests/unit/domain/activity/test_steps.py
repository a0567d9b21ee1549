"""Steps and cadence from each source, against runs whose steps are known."""

from dataclasses import replace
from datetime import UTC

import numpy as np
import pytest

from builders.recordings import recording_of, steady_columns, steady_run
from sidestep.domain.activity.cleaning import clean_recording
from sidestep.domain.activity.recording import Activity, Pause
from sidestep.domain.activity.steps import (
    StepCount,
    StepEstimate,
    count_steps,
    mean_cadence_spm,
)
from sidestep.domain.activity.summarise import summarise
from sidestep.domain.activity.summary import StepsSource
from sidestep.domain.vocabulary.sport import Sport

ESTIMATE = StepEstimate(steps_per_km=930.0)


def count(activity: Activity, phone_steps: int | None = None) -> StepCount:
    return count_steps(replace(activity, phone_steps=phone_steps), estimate=ESTIMATE)


def run_without_cadence(**totals: object) -> Activity:
    columns = steady_columns()
    del columns["cadence_spm"]
    return clean_recording(recording_of(columns, **totals))


def test_cadence_over_time_gives_the_steps() -> None:
    counted = count(clean_recording(steady_run()))
    assert (counted.steps, counted.source) == (1700, StepsSource.CADENCE)


def test_the_watch_s_own_count_comes_first() -> None:
    counted = count(clean_recording(steady_run(steps_counted=1688)), phone_steps=1650)
    assert counted == StepCount(steps=1688, source=StepsSource.SESSION)


def test_a_count_of_one_foot_is_doubled_and_noted() -> None:
    counted = count(clean_recording(steady_run(steps_counted=848)))
    assert (counted.steps, counted.source) == (1696, StepsSource.SESSION)
    assert "one foot" in counted.note


def test_a_count_that_contradicts_the_cadence_gives_way_to_it() -> None:
    counted = count(clean_recording(steady_run(steps_counted=40)))
    assert (counted.steps, counted.source) == (1700, StepsSource.CADENCE)


def test_without_cadence_the_phone_counts() -> None:
    counted = count(run_without_cadence(), phone_steps=1650)
    assert (counted.steps, counted.source) == (1650, StepsSource.PHONE)


def test_a_phone_left_behind_is_not_believed() -> None:
    counted = count(run_without_cadence(), phone_steps=25)
    assert (counted.steps, counted.source) == (1674, StepsSource.ESTIMATE)


def test_nothing_is_known_without_any_source() -> None:
    assert count_steps(run_without_cadence(), estimate=None) == StepCount(
        steps=None, source=StepsSource.NONE
    )
    row = clean_recording(recording_of(None, duration_s=1800.0))
    assert count(row).steps is None


def test_a_walk_is_not_estimated() -> None:
    assert count(run_without_cadence(sport=Sport.WALK)).source is StepsSource.NONE


@pytest.mark.parametrize("sport", [Sport.CYCLE, Sport.SWIM, Sport.FOOTBALL, Sport.OTHER])
def test_other_sports_have_no_steps_whatever_their_cadence(sport: Sport) -> None:
    activity = clean_recording(steady_run(sport=sport, steps_counted=500))
    assert count(activity, phone_steps=900).source is StepsSource.NONE
    assert mean_cadence_spm(activity) is None


def test_a_pause_takes_its_share_of_steps_away() -> None:
    activity = clean_recording(steady_run(pauses=(Pause(start_s=100.0, end_s=160.0),)))
    assert count(activity).steps == 1530


def test_a_gap_adds_no_steps() -> None:
    columns = steady_columns()
    columns["time_s"][301:] += 1000.0
    assert count(clean_recording(recording_of(columns))).steps == round(170.0 * 599 / 60.0)


def test_a_cadence_of_a_small_part_does_not_speak_for_the_whole() -> None:
    columns = steady_columns()
    columns["cadence_spm"][100:] = np.nan
    assert count(clean_recording(recording_of(columns))).source is StepsSource.ESTIMATE


def test_a_drive_is_not_estimated_in_steps() -> None:
    columns = steady_columns(speed_m_s=25.0)
    del columns["cadence_spm"]
    assert count(clean_recording(recording_of(columns))).source is StepsSource.NONE


def test_mean_cadence_is_over_the_time_with_steps() -> None:
    columns = steady_columns()
    columns["cadence_spm"][200:400] = 0.0
    assert mean_cadence_spm(clean_recording(recording_of(columns))) == pytest.approx(170.0, abs=0.5)


def test_mean_cadence_weighs_by_time_and_not_by_samples() -> None:
    columns = {
        "time_s": np.concatenate((np.arange(0.0, 101.0), np.arange(110.0, 1001.0, 10.0))),
        "cadence_spm": np.concatenate((np.full(101, 160.0), np.full(90, 180.0))),
    }
    cadence_spm = mean_cadence_spm(clean_recording(recording_of(columns)))
    assert cadence_spm == pytest.approx((100 * 160 + 10 * 170 + 890 * 180) / 1000)


def test_phone_steps_reach_the_summary_under_their_own_name() -> None:
    columns = steady_columns()
    del columns["cadence_spm"]
    activity = clean_recording(recording_of(columns, phone_steps=1650))
    count = count_steps(activity, estimate=ESTIMATE)
    summary = summarise(activity, count, id="a", zone=UTC, sources=("f",))
    assert (summary.steps, summary.steps_source) == (1650, StepsSource.PHONE)
