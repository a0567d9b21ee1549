"""Running totals of seven days at a time; not whether they are too much."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.coverage import Coverage, days_ending
from sidestep.domain.load.report import WeekTotals
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK


def total_week(runs: Sequence[ActivitySummary], ends_on: date, coverage: Coverage) -> WeekTotals:
    """Add up the runs of the seven days that end on ``ends_on``.

    Running days, days without running and days without data add up to seven. Climb and descent
    are over the runs that recorded them, ``None`` when none did.
    """
    days = days_ending(ends_on, DAYS_PER_WEEK)
    inside = [run for run in runs if days[0] <= run.local_date <= ends_on]
    run_on = {run.local_date for run in inside}
    without_data = sum(not coverage.has(day) for day in days)
    return WeekTotals(
        ends_on=ends_on,
        runs=len(inside),
        running_days=len(run_on),
        non_running_days=DAYS_PER_WEEK - len(run_on) - without_data,
        days_without_data=without_data,
        distance_km=sum(run.distance_km or 0.0 for run in inside),
        duration_s=sum(run.duration_s for run in inside),
        ascent_m=_sum_of_known(run.ascent_m for run in inside),
        descent_m=_sum_of_known(run.descent_m for run in inside),
        longest_km=max((run.distance_km or 0.0 for run in inside), default=0.0),
    )


def total_weeks(
    runs: Iterable[ActivitySummary], on: date, count: int, coverage: Coverage
) -> tuple[WeekTotals, ...]:
    """Return the last ``count`` weeks, oldest first, the last one ending on ``on``."""
    first = on - timedelta(days=count * DAYS_PER_WEEK - 1)
    recent = [run for run in runs if first <= run.local_date <= on]
    ends = (on - timedelta(days=DAYS_PER_WEEK * back) for back in range(count - 1, -1, -1))
    return tuple(total_week(recent, ends_on, coverage) for ends_on in ends)


def _sum_of_known(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
