"""Where the runs of weeks ahead come from, where they may go, and by how much a week."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.goal import longest_needed_km
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Lengths, PastRun, RunLevel
from sidestep.domain.planning.running import RunningPlan
from sidestep.domain.planning.week import Why

_CLOSE_KM = 0.1
"""Lengths are rounded down to this, so what is nearer counts as reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """From the usual running of the first week to what she was used to, and on to her goal.

    ``home`` is what she was used to, ``top`` the same unless she has a goal.
    """

    runs: int
    most_runs: int
    usual: Lengths
    home: Lengths
    top: Lengths

    def is_at_top(self, stands: Lengths) -> bool:
        """Whether nothing has to grow any more."""
        return (
            stands.long_km > self.top.long_km - _CLOSE_KM
            and stands.easy_km > self.top.easy_km - _CLOSE_KM
        )

    def can_reach_top_in(self, weeks: int, rules: Rules) -> bool:
        """Whether so many weeks of growth from the usual are enough for the longest run."""
        return bool(
            self.usual.long_km * rules.number("build_step_frac") ** weeks >= self.top.long_km
        )


def climb_of(draft: Draft) -> Climb:
    """Return the way up from a first week: what she was used to, and more only for a goal."""
    usual, used_to, rules = draft.usual, draft.request.used_to, draft.rules
    goal = draft.request.profile.goal
    easy_km, long_km, most_runs = usual.easy_km, usual.long_km, usual.runs
    if used_to is not None:
        most_runs = max(most_runs, min(used_to.runs, usual.most_runs))
        easy_km, long_km = max(easy_km, used_to.easy_km), max(long_km, used_to.long_km)
    home = Lengths(easy_km=easy_km, long_km=long_km)
    if goal is not None and goal.on >= draft.week_starts:
        long_km = max(long_km, longest_needed_km(goal, rules))
        easy_km = max(easy_km, long_km / rules.number("goal_long_run_ratio"))
    return Climb(
        runs=usual.runs,
        most_runs=most_runs,
        usual=Lengths(easy_km=usual.easy_km, long_km=usual.long_km),
        home=home,
        top=Lengths(easy_km=easy_km, long_km=long_km),
    )


def without_goal(climb: Climb) -> Climb:
    """Return the way up once the goal's day is over: home is the top again."""
    return replace(climb, top=climb.home)


def shorter(one: Lengths, other: Lengths) -> Lengths:
    """Return the shorter of two usual and of two longest runs."""
    return Lengths(easy_km=min(one.easy_km, other.easy_km), long_km=min(one.long_km, other.long_km))


def stands_at(running: RunningPlan, done: Sequence[PastRun]) -> Lengths | None:
    """Return the lengths a week comes to before they were split, ``None`` without a run.

    What was only rounded down counts in full, or growth would be lost to rounding.
    """
    lengths_km = sorted(run.distance_km / running.split_frac for run in done)
    if not lengths_km:
        return None
    wished = stands_wished(running)
    return Lengths(
        easy_km=_unrounded(median(lengths_km[:-1] or lengths_km), wished.easy_km),
        long_km=_unrounded(lengths_km[-1], wished.long_km),
    )


def _unrounded(done_km: float, wished_km: float) -> float:
    return wished_km if 0.0 <= wished_km - done_km < 2.0 * _CLOSE_KM else done_km


def lighter(level: RunLevel, stands: Lengths, rules: Rules) -> RunLevel:
    """Return the level of a lighter week: a share of where the runs stand."""
    share = rules.number("lighter_week_frac")
    return replace(
        level,
        easy_km=stands.easy_km * share,
        long_km=stands.long_km * share,
        why=rules.why("lighter_week_frac"),
    )


def stands_wished(running: RunningPlan) -> Lengths:
    """Return the lengths a week would come to if nothing but the plan held its runs."""
    return Lengths(
        easy_km=running.easy_km / running.split_frac, long_km=running.long_km / running.split_frac
    )


def eased(climb: Climb, rules: Rules) -> Lengths:
    """Return where runs start again after weeks that paused."""
    share = rules.number("eased_run_frac")
    return Lengths(easy_km=climb.usual.easy_km * share, long_km=climb.usual.long_km * share)


def usual_level(climb: Climb, rules: Rules) -> RunLevel:
    """Return the usual running as a level: what care is taken from."""
    return RunLevel(
        runs=climb.runs,
        easy_km=climb.usual.easy_km,
        long_km=climb.usual.long_km,
        why=rules.why("keep_weeks"),
    )


def next_level(
    climb: Climb, stands: Lengths, rules: Rules, *, calm_weeks: int, weeks_left: int | None
) -> RunLevel:
    """Return the level of a week after one that was taken well.

    Parameters
    ----------
    calm_weeks
        Weeks so far without a reason for care: runs come back one by one with them.
    weeks_left
        Weeks that can still grow towards a goal, this one counted: no faster than it needs.
        ``None`` without a goal.
    """
    added = calm_weeks // rules.count("add_run_weeks")
    step = rules.number("build_step_frac")
    is_at_top = climb.is_at_top(stands)
    return RunLevel(
        runs=min(climb.runs + added, climb.most_runs),
        easy_km=_grown(stands.easy_km, climb.top.easy_km, weeks_left, step),
        long_km=_grown(stands.long_km, climb.top.long_km, weeks_left, step),
        why=rules.why("keep_weeks") if is_at_top else why_built(rules),
    )


def why_built(rules: Rules) -> Why:
    """Return why runs grow, and when they do not."""
    return rules.why(
        "build_step_frac",
        calm=rules.number("running_pain_max"),
        sessions=rules.number("progress_sessions"),
    )


def _grown(now_km: float, top_km: float, weeks_left: int | None, most: float) -> float:
    if now_km <= 0.0 or now_km >= top_km:
        return now_km
    step = most
    if weeks_left is not None and weeks_left > 0:
        step = min(most, (top_km / now_km) ** (1.0 / weeks_left))
    return min(top_km, now_km * step)
