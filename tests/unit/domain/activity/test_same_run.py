"""When two summaries are of one run, and which recording is the richer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from builders.recordings import STARTED_AT, recording_of, steady_columns, steady_run
from sidestep.domain.activity.cleaning import clean_recording
from sidestep.domain.activity.same_run import is_same_run, richness
from sidestep.domain.activity.summary import ActivitySummary, Verdict
from sidestep.domain.vocabulary.sport import Sport

RUN = ActivitySummary(
    id="a",
    started_at=STARTED_AT,
    local_date=STARTED_AT.date(),
    sport=Sport.RUN,
    duration_s=3000.0,
    elapsed_s=3100.0,
    distance_m=10_000.0,
)


@pytest.mark.parametrize(
    "other",
    [
        RUN,
        replace(RUN, started_at=STARTED_AT + timedelta(seconds=60)),
        replace(RUN, duration_s=3059.0, distance_m=12_000.0),
        replace(RUN, duration_s=9000.0, distance_m=9_801.0),
        replace(RUN, distance_m=None),
        # A watch that knows its pauses, and a smoothed track that does not.
        replace(RUN, duration_s=3090.0, elapsed_s=3090.0, distance_m=9_600.0),
        replace(RUN, sport=Sport.OTHER),
        replace(RUN, sport=Sport.TRAIL_RUN),
        # The person has said that it was football.
        replace(RUN, sport=Sport.FOOTBALL, verdict=Verdict.CONFIRMED),
    ],
)
def test_these_are_the_same_run(other: ActivitySummary) -> None:
    assert is_same_run(RUN, other)


@pytest.mark.parametrize(
    "other",
    [
        replace(RUN, started_at=STARTED_AT + timedelta(seconds=61)),
        replace(RUN, duration_s=3200.0, elapsed_s=3200.0, distance_m=10_500.0),
        replace(RUN, duration_s=3200.0, elapsed_s=3200.0, distance_m=None),
        replace(RUN, sport=Sport.CYCLE),
    ],
)
def test_these_are_two(other: ActivitySummary) -> None:
    assert not is_same_run(RUN, other)


def test_two_empty_totals_do_not_agree() -> None:
    empty = replace(RUN, duration_s=0.0, elapsed_s=0.0, distance_m=None)
    assert not is_same_run(empty, empty)


def test_the_sport_comes_before_the_format_and_the_format_before_the_streams() -> None:
    full = clean_recording(steady_run())
    bare = clean_recording(recording_of({"time_s": steady_columns()["time_s"]}))
    row = clean_recording(recording_of(None, duration_s=600.0))
    unnamed = replace(full, sport=Sport.OTHER)
    order = [
        richness("fitfast", full, is_whole=False),
        richness("gpx", unnamed),
        richness("tcx", unnamed),
        richness("fitfast", unnamed),
        richness("strava_row", row),
        richness("gpx", bare),
        richness("gpx", full),
        richness("tcx", bare),
        richness("fitdecode", bare),
        richness("fitfast+header", full),
    ]
    assert order == sorted(set(order))
