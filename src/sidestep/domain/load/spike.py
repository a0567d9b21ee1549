"""Each run against the longest run of the days before it; not what to do about it."""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.report import RunAgainstLongest, SpikeBand
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of, whole_number_of

RATIO_TOLERANCE = 1e-9
"""Relative; a run of exactly 1.10 times the longest is within, whatever floating point says."""


def in_order(activities: Iterable[ActivitySummary]) -> list[ActivitySummary]:
    """Return activities by day, then by start; the id settles what starts at the same instant."""
    return sorted(activities, key=_when)


def _when(activity: ActivitySummary) -> tuple[date, datetime, str]:
    return activity.local_date, activity.started_at, activity.id


def has_distance(activity: ActivitySummary) -> bool:
    """Whether the activity has a distance to compare: recorded, and more than nothing."""
    return activity.distance_m is not None and activity.distance_m > 0


def compare_runs(
    runs: Sequence[ActivitySummary], parameters: Parameters
) -> list[RunAgainstLongest]:
    """Set each run against the longest of the 30 days before it and of earlier that day.

    Parameters
    ----------
    runs
        Counted runs, in any order. Those without a distance are left out.
    parameters
        ``spike_window_days``, ``spike_gate_1_10``, ``spike_gate_2_00``.

    Returns
    -------
    list of RunAgainstLongest
        In the order of the days. Takes time proportional to the number of runs (after sorting).

    Sources
    -------
    frandsen_2025
    """
    window = timedelta(days=whole_number_of(parameters, "spike_window_days"))
    # Distances fall from left to right: the head is the longest run still inside the window.
    falling: deque[tuple[date, float]] = deque()
    compared: list[RunAgainstLongest] = []
    for run in in_order(run for run in runs if has_distance(run)):
        distance_km = run.distance_km or 0.0
        while falling and falling[0][0] < run.local_date - window:
            falling.popleft()
        longest_km = falling[0][1] if falling else None
        compared.append(_against(run, distance_km, longest_km, parameters))
        while falling and falling[-1][1] <= distance_km:
            falling.pop()
        falling.append((run.local_date, distance_km))
    return compared


def _against(
    run: ActivitySummary, distance_km: float, longest_km: float | None, parameters: Parameters
) -> RunAgainstLongest:
    ratio = None if longest_km is None else distance_km / longest_km
    return RunAgainstLongest(
        activity_id=run.id,
        on=run.local_date,
        distance_km=distance_km,
        longest_before_km=longest_km,
        ratio=ratio,
        band=band_of(ratio, parameters),
    )


def band_of(ratio: float | None, parameters: Parameters) -> SpikeBand:
    """Return the band of a ratio; two gates and no curve, because the cohort shows no curve.

    Sources
    -------
    frandsen_2025
    """
    if ratio is None:
        return SpikeBand.UNDEFINED
    if ratio > number_of(parameters, "spike_gate_2_00") * (1 + RATIO_TOLERANCE):
        return SpikeBand.OVER_2_00
    if ratio > number_of(parameters, "spike_gate_1_10") * (1 + RATIO_TOLERANCE):
        return SpikeBand.OVER_1_10
    return SpikeBand.WITHIN


def longest_recent_run(
    runs: Iterable[ActivitySummary], on: date, parameters: Parameters
) -> ActivitySummary | None:
    """Return the longest run of the 30 days that end on ``on``; the latest of equals.

    These are the days before a run of tomorrow; a run later today sees one day more, so that a
    cap from here is never too generous for either.
    """
    first = on - timedelta(days=whole_number_of(parameters, "spike_window_days") - 1)
    recent = [run for run in in_order(runs) if first <= run.local_date <= on and has_distance(run)]
    return max(reversed(recent), key=lambda run: run.distance_m or 0.0, default=None)


def next_run_cap_km(longest_km: float | None, parameters: Parameters) -> float | None:
    """Return the longest the next run should be, ``None`` when there is nothing to measure by."""
    if longest_km is None:
        return None
    return longest_km * number_of(parameters, "next_run_cap_ratio")
