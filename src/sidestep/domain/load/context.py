"""Figures others show, for information only; nothing here may gate or warn."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import fmean, stdev

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.coverage import Coverage, days_ending
from sidestep.domain.load.report import Context
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

CHRONIC_WEEKS = 3


def compute_context(runs: Sequence[ActivitySummary], on: date, coverage: Coverage) -> Context:
    """Return acute:chronic ratio, monotony and change as of the last day that is known.

    Acute:chronic is the kilometres of seven days over the weekly mean of the three weeks before
    (uncoupled, as the cohort used it). Monotony is the mean of daily running minutes over their
    standard deviation (n - 1), rest days as zero. Each is ``None`` when a day it needs has no data
    or it would divide by zero.

    Sources
    -------
    frandsen_2025, lolli_2019, impellizzeri_2021
    """
    as_of = coverage.known_until(on)
    if as_of is None:
        return Context(acute_chronic_ratio=None, monotony=None, week_to_week_change_frac=None)
    week = days_ending(as_of, DAYS_PER_WEEK)
    week_before = days_ending(week[0] - timedelta(days=1), DAYS_PER_WEEK)
    chronic = days_ending(week[0] - timedelta(days=1), CHRONIC_WEEKS * DAYS_PER_WEEK)
    kilometres = _by_day((run.local_date, run.distance_km or 0.0) for run in runs)
    minutes = _by_day((run.local_date, run.duration_s / 60) for run in runs)
    acute_km = _sum_over(week, kilometres, coverage)
    chronic_km = _sum_over(chronic, kilometres, coverage)
    before_km = _sum_over(week_before, kilometres, coverage)
    change = _ratio(acute_km, before_km)
    return Context(
        acute_chronic_ratio=_ratio(
            acute_km, None if chronic_km is None else chronic_km / CHRONIC_WEEKS
        ),
        monotony=_monotony(week, minutes, coverage),
        week_to_week_change_frac=None if change is None else change - 1,
        as_of=as_of,
    )


def _by_day(amounts: Iterable[tuple[date, float]]) -> dict[date, float]:
    totals: dict[date, float] = {}
    for day, amount in amounts:
        totals[day] = totals.get(day, 0.0) + amount
    return totals


def _sum_over(days: list[date], daily: dict[date, float], coverage: Coverage) -> float | None:
    if not coverage.has_all(days):
        return None
    return sum(daily.get(day, 0.0) for day in days)


def _monotony(days: list[date], daily: dict[date, float], coverage: Coverage) -> float | None:
    if not coverage.has_all(days):
        return None
    amounts = [daily.get(day, 0.0) for day in days]
    spread = stdev(amounts)
    return fmean(amounts) / spread if spread > 0 else None


def _ratio(part: float | None, whole: float | None) -> float | None:
    if part is None or whole is None or whole <= 0:
        return None
    return part / whole
