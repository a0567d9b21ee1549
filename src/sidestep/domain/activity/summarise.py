"""From a cleaned activity to the one row the load analysis works with."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta, tzinfo

import numpy as np

from sidestep.domain.activity.oddities import find_oddities
from sidestep.domain.activity.recording import Activity
from sidestep.domain.activity.steps import StepCount, mean_cadence_spm
from sidestep.domain.activity.summary import ActivitySummary


def summarise(
    activity: Activity,
    count: StepCount,
    *,
    id: str,
    zone: tzinfo,
    sources: Iterable[str],
) -> ActivitySummary:
    """Summarise a cleaned activity.

    Parameters
    ----------
    count
        Its steps, as ``count_steps`` found them.
    id
        What the activity is stored under.
    zone
        The runner's own time zone, for files that do not say what the local clock showed.
    sources
        Content hashes of the files it rests on, richest first.
    """
    return ActivitySummary(
        id=id,
        started_at=activity.started_at,
        local_date=local_date(activity, zone),
        sport=activity.sport,
        duration_s=activity.duration_s,
        elapsed_s=activity.elapsed_s,
        distance_m=activity.distance_m,
        ascent_m=activity.ascent_m,
        descent_m=activity.descent_m,
        steps=count.steps,
        steps_source=count.source,
        cadence_spm=mean_cadence_spm(activity),
        heart_rate_mean_bpm=activity.heart_rate_mean_bpm,
        heart_rate_max_bpm=_highest_heart_rate(activity),
        effort_rpe=activity.effort_rpe,
        is_indoor=activity.is_indoor,
        oddities=find_oddities(activity),
        sources=tuple(sources),
        step_laps=tuple(lap.of_workout for lap in activity.laps if lap.of_workout is not None),
    )


def local_date(activity: Activity, zone: tzinfo) -> date:
    """Return the day the activity started on, on the runner's own clock."""
    offset_s = activity.utc_offset_s
    try:
        if offset_s is None:
            return activity.started_at.astimezone(zone).date()
        return (activity.started_at.astimezone(UTC) + timedelta(seconds=offset_s)).date()
    except OverflowError:
        # A damaged date in year 1 or 9999 has no other day beside it; it is asked about anyway.
        return activity.started_at.date()


def _highest_heart_rate(activity: Activity) -> float | None:
    streams = activity.streams
    if streams is None or streams.heart_rate_bpm is None:
        return None
    return float(np.nanmax(streams.heart_rate_bpm))
