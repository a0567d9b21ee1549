"""Which days have data: a day nobody recorded is not a rest day; not what happened on them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


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

    def last_data_day(self, on: date) -> date | None:
        """Return the last day up to ``on`` on which something was recorded."""
        after = bisect_right(self.data_days, on)
        return self.data_days[after - 1] if after else None

    def known_until(self, on: date) -> date | None:
        """Return the last day up to ``on`` of which it is known what happened."""
        return on if self.has(on) else self.last_data_day(on)


def compute_coverage(
    activity_days: Iterable[date], step_days: Iterable[date], longest_gap_days: int
) -> Coverage:
    """Return the coverage from days with activities and days with counted steps.

    Days after the day of the analysis may be among them: data from later shows that the watch was
    in use, so that an empty day before it was a day without running.
    """
    return Coverage(tuple(sorted({*activity_days, *step_days})), longest_gap_days)
