"""Whether a person is coming back after light weeks: by what she really ran, never by the knee.

Else a sorer knee, which asks for less, could end the way back sooner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import PastRun
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """How far somebody has come since her weeks became light.

    Attributes
    ----------
    busiest_km
        Kilometres of the busiest of these weeks; 0 when none of them has a run.
    longest_km
        The longest run of these weeks; 0 without one.
    runs
        Running days of the week that had most of them.
    most_runs
        Running days they lead to: one more than both of two weeks in a row had.
    """

    busiest_km: float
    longest_km: float
    runs: int
    most_runs: int


def way_back(
    runs: Sequence[PastRun], as_of: date, used_to_week_km: float | None, rules: Rules
) -> WayBack | None:
    """Return how far she has come back, ``None`` when the weeks before are not light.

    It begins when both of two weeks have less than half of what she was used to, and ends when one
    rise more leads to all of it. In between what was reached stays: a run left out in one week does
    not make the next ask for less than it did, or weeks would go up and down with it.

    Parameters
    ----------
    runs
        What was run in the last month.
    as_of
        Last day something is known of: the first of the weeks ends there.
    """
    if used_to_week_km is None or not runs:
        return None
    spans = _weeks_two_by_two(_weeks_until(as_of, runs, rules))
    reached: list[Sequence[_Week]] = []
    for span in spans:
        busiest_km = max(week.km for week in span)
        begins = busiest_km < rules.number("back_week_frac") * used_to_week_km
        goes_on = bool(reached) and busiest_km * rules.number("back_week_rise") < used_to_week_km
        reached = [*reached, span] if begins or goes_on else []
    if not reached:
        return None
    return WayBack(
        busiest_km=max(week.km for span in reached for week in span),
        longest_km=max(week.longest_km for span in reached for week in span),
        runs=max(week.days for span in reached for week in span),
        most_runs=max(_runs_after(span) for span in reached),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Week:
    km: float
    longest_km: float
    days: int


def _weeks_until(as_of: date, runs: Sequence[PastRun], rules: Rules) -> list[_Week]:
    """Return the whole weeks of the month, the oldest first; before she began there are none."""
    began = min(run.on for run in runs)
    known = rules.count("spike_window_days") // DAYS_PER_WEEK
    ends = [as_of - timedelta(days=index * DAYS_PER_WEEK) for index in reversed(range(known))]
    return [_week_until(end, runs) for end in ends if began <= end]


def _week_until(end: date, runs: Sequence[PastRun]) -> _Week:
    lived = [run for run in runs if 0 <= (end - run.on).days < DAYS_PER_WEEK]
    return _Week(
        km=sum(run.distance_km for run in lived),
        longest_km=max((run.distance_km for run in lived), default=0.0),
        days=len({run.on for run in lived}),
    )


def _weeks_two_by_two(weeks: Sequence[_Week]) -> list[Sequence[_Week]]:
    """Return each week with the one before it; one alone where there is no other."""
    return [weeks] if len(weeks) == 1 else list(pairwise(weeks))


def _runs_after(span: Sequence[_Week]) -> int:
    days = [week.days for week in span]
    return max(*days, min(days) + 1)
