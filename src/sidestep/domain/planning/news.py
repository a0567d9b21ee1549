"""What is new in a week beside the one before it, in a line; why it is so is said elsewhere."""

from sidestep.domain.planning.horizon import PlannedWeek, runs_of
from sidestep.domain.planning.ladders import AT_HOME
from sidestep.domain.planning.own_limits import YOUR_GOAL

ALIKE = "as the week before"
_COUNTS_KM = 0.3
"""Lengths are rounded down to tenths: a week that is nearer than this is as long."""


def news_of(before: PlannedWeek, now: PlannedWeek) -> str:
    """Return what a week has that the one before it has not, ``ALIKE`` for nothing."""
    titles = dict.fromkeys(
        block.title for day in now.plan.days for block in day.blocks if block.kind in AT_HOME
    )
    known = {block.title for day in before.plan.days for block in day.blocks}
    names = " · ".join(title for title in titles if title not in known)
    parts = [_of_runs(before, now), f"new at home: {names}" if names else ""]
    return "; ".join(part for part in parts if part) or ALIKE


def _of_runs(before: PlannedWeek, now: PlannedWeek) -> str:
    if any(block.why.rule == YOUR_GOAL for day in now.plan.days for block in day.blocks):
        return "your goal, with shorter runs before it"
    if now.is_lighter and now.distance_km < before.distance_km:
        return "a lighter week, with shorter runs"
    more = len(runs_of(now.plan)) - len(runs_of(before.plan))
    if more:
        return "one run more" if more == 1 else "more runs" if more > 0 else "fewer runs"
    further_km = now.distance_km - before.distance_km
    if abs(further_km) < _COUNTS_KM:
        return ""
    if further_km < 0:
        return "shorter runs"
    return "runs as before the lighter week, or longer" if before.is_lighter else "longer runs"
