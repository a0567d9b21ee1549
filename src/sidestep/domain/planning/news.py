"""What is new in a week beside those before it, in a line; why it is so is said elsewhere."""

from collections.abc import Sequence

from sidestep.domain.planning.horizon import PlannedWeek, runs_of
from sidestep.domain.planning.ladders import AT_HOME
from sidestep.domain.planning.own_limits import YOUR_GOAL
from sidestep.domain.planning.week import Turns

ALIKE = "as the week before"
_COUNTS_KM = 0.3
"""Lengths are rounded down to tenths: a week that is nearer than this is as long."""


def news_of(earlier: Sequence[PlannedWeek], now: PlannedWeek) -> str:
    """Return what a week has that the one before it has not, ``ALIKE`` for nothing.

    An exercise is new once; after that it comes back.

    Parameters
    ----------
    earlier
        All weeks of the plan before it, the one before it last; one at least.
    """
    before = earlier[-1]
    known = _titles(before)
    seen = {title for week in earlier for title in _titles(week)}
    added = [title for title in _titles(now) if title not in known]
    new = " · ".join(title for title in added if title not in seen)
    again = " · ".join(title for title in added if title in seen)
    parts = [
        ", ".join(part for part in (_of_runs(before, now), _of_turns(before, now)) if part),
        f"new at home: {new}" if new else "",
        f"back again: {again}" if again else "",
    ]
    return "; ".join(part for part in parts if part) or ALIKE


def _titles(week: PlannedWeek) -> list[str]:
    """Return what is done at home in a week, each once, in the order of the days."""
    blocks = (block for day in week.plan.days for block in day.blocks)
    return list(dict.fromkeys(block.title for block in blocks if block.kind in AT_HOME))


def _longest_km(week: PlannedWeek) -> float:
    return max((run.distance_km for run in runs_of(week.plan)), default=0.0)


def _turns(week: PlannedWeek) -> Turns | None:
    """Return how running and walking take turns in the runs of a week, ``None`` where not."""
    return next(
        (each.turns for day in week.plan.days for each in day.blocks if each.turns is not None),
        None,
    )


def _of_turns(before: PlannedWeek, now: PlannedWeek) -> str:
    had, has = _turns(before), _turns(now)
    if not (runs_of(before.plan) and runs_of(now.plan)):
        return ""
    if has is None:
        return "" if had is None else "without walking breaks"
    if had is None:
        return "with walking breaks"
    runs_longer, walks_less = has.run_min > had.run_min, has.walk_min < had.walk_min
    parts = (
        "longer runs between the walks" if runs_longer else "",
        "shorter walks between the runs" if walks_less else "",
    )
    return " and ".join(part for part in parts if part)


def _of_runs(before: PlannedWeek, now: PlannedWeek) -> str:
    if any(block.why.rule == YOUR_GOAL for day in now.plan.days for block in day.blocks):
        return "your goal, with shorter runs before it"
    if now.is_lighter and now.distance_km < before.distance_km:
        return "a lighter week, with shorter runs"
    more = len(runs_of(now.plan)) - len(runs_of(before.plan))
    if more:
        number = "one run more" if more == 1 else "more runs" if more > 0 else "fewer runs"
        further_km = _longest_km(now) - _longest_km(before)
        if more < 0 or not _longest_km(before) or abs(further_km) <= _COUNTS_KM:
            return number
        of_each = "each of them shorter" if further_km < 0 else "and the longest is longer"
        return f"{number}, {of_each}"
    further_km = now.distance_km - before.distance_km
    if abs(further_km) < _COUNTS_KM:
        return ""
    if further_km < 0:
        return "shorter runs"
    return "runs as before the lighter week, or longer" if before.is_lighter else "longer runs"
