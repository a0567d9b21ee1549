"""What a person was used to run before the trouble, from the weeks behind her."""

from collections.abc import Sequence
from statistics import median

from sidestep.domain.load.report import WeekTotals
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import RunLevel


def used_to(weeks: Sequence[WeekTotals], rules: Rules) -> RunLevel | None:
    """Return the best weeks in a row as a level, ``None`` where no such weeks have runs in each.

    Parameters
    ----------
    weeks
        The last ones, oldest first.
    """
    count = rules.count("used_to_weeks")
    spans = [weeks[first : first + count] for first in range(len(weeks) - count + 1)]
    full = [span for span in spans if all(week.runs for week in span)]
    if not full:
        return None
    return _level(max(full, key=lambda span: sum(week.distance_km for week in span)), rules)


def _level(weeks: Sequence[WeekTotals], rules: Rules) -> RunLevel:
    runs = sum(week.runs for week in weeks)
    distance_km = sum(week.distance_km for week in weeks)
    longest_km = sum(week.longest_km for week in weeks)
    others = runs - len(weeks)
    usual_km = (distance_km - longest_km) / others if others else distance_km / runs
    return as_used_to(
        round(runs / len(weeks)), usual_km, median(week.longest_km for week in weeks), rules
    )


def as_used_to(runs: int, easy_km: float, long_km: float, rules: Rules) -> RunLevel:
    """Return runs a week and their lengths as what she was used to."""
    return RunLevel(
        runs=runs,
        easy_km=easy_km,
        long_km=long_km,
        why=rules.why("used_to_weeks", runs=runs, usual_km=easy_km, long_km=long_km),
    )
