"""Rows of running days without a day off; not how many are right (no study says)."""

from collections.abc import Iterable
from datetime import date

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.coverage import days_ending


def longest_row_without_rest(runs: Iterable[ActivitySummary], on: date, days: int) -> int:
    """Return the most running days in a row within the ``days`` that end on ``on``."""
    run_on = {run.local_date for run in runs}
    longest = row = 0
    for day in days_ending(on, days):
        row = row + 1 if day in run_on else 0
        longest = max(longest, row)
    return longest
