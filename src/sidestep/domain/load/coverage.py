"""Which days have data: a day nobody recorded is not a rest day; not what happened on them."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def days_ending(on: date, count: int) -> list[date]:
    """Return the ``count`` days that end on ``on``, oldest first."""
    return [on - timedelta(days=back) for back in range(count - 1, -1, -1)]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Days from the first with data to the last, without the gaps that are too long.

    Attributes
    ----------
    data_days
        Days with an activity or with counted steps, rising.
    longest_gap_days
        More empty days than this in a row are days without data, not days without running.
    """

    data_days: tuple[date, ...]
    longest_gap_days: int

    @property
    def first(self) -> date | None:
        """The first day with data."""
        return self.data_days[0] if self.data_days else None

    @property
    def last(self) -> date | None:
        """The last day with data."""
        return self.data_days[-1] if self.data_days else None

    def has(self, day: date) -> bool:
        """Whether what happened on this day is known."""
        after = bisect_left(self.data_days, day)
        if after == len(self.data_days):
            return False
        if self.data_days[after] == day:
            return True
        if after == 0:
            return False
        empty_days = (self.data_days[after] - self.data_days[after - 1]).days - 1
        return empty_days <= self.longest_gap_days

    def has_all(self, days: Iterable[date]) -> bool:
        """Whether what happened is known for every one of these days."""
        return all(self.has(day) for day in days)


def compute_coverage(
    activity_days: Iterable[date], step_days: Iterable[date], on: date, longest_gap_days: int
) -> Coverage:
    """Return the coverage up to ``on`` from days with activities and days with counted steps."""
    known = {day for days in (activity_days, step_days) for day in days if day <= on}
    return Coverage(tuple(sorted(known)), longest_gap_days)
