"""Where the runs of weeks ahead come from, where they may go, and by how much a week."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.goal import longest_needed_km
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Goal, Lengths, PastRun, RunLevel
from sidestep.domain.planning.running import is_after_break
from sidestep.domain.planning.running_plan import RunningPlan
from sidestep.domain.planning.week import Why

LIGHTER_WEEK = "lighter_week_frac"
_CLOSE_KM = 0.1
"""Lengths are rounded down to this, so what is nearer counts as reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """From the usual running of its first week to what she was used to, her home.

    ``runs`` a week come back to ``most_runs``; a goal leads on from home, see ``top_of``.
    ``after_break`` when that first week followed a break, so that it had a share of the usual.
    """

    runs: int
    most_runs: int
    usual: Lengths
    home: Lengths
    after_break: bool = False

    def can_reach_in(self, weeks: int, top: Lengths, rules: Rules) -> bool:
        """Whether so many weeks of growth from the usual are enough for the longest run."""
        begins_km = self.usual.long_km
        if self.after_break:
            # The second week after a break still comes back and does not grow.
            begins_km, weeks = begins_km * rules.number("break_run_frac"), max(0, weeks - 1)
        return bool(begins_km * rules.number("build_step_frac") ** weeks >= top.long_km)


def climb_of(draft: Draft) -> Climb:
    """Return the way up from a first week: back to what she was used to."""
    usual, used_to = draft.usual, draft.request.used_to
    easy_km, long_km, most_runs = usual.easy_km, usual.long_km, usual.runs
    if used_to is not None:
        most_runs = max(most_runs, min(used_to.runs, usual.most_runs))
        easy_km, long_km = max(easy_km, used_to.easy_km), max(long_km, used_to.long_km)
    return Climb(
        runs=usual.runs,
        most_runs=most_runs,
        usual=Lengths(easy_km=usual.easy_km, long_km=usual.long_km),
        home=Lengths(easy_km=easy_km, long_km=long_km),
        after_break=is_after_break(draft.request, draft.week_starts, draft.rules),
    )


def top_of(
    climb: Climb, goal: Goal | None, week_starts: date, rules: Rules, *, split_frac: float
) -> Lengths:
    """Return where the runs may grow to: home, and more only for a goal that is still ahead.

    ``split_frac`` is the share of its length a run has once split: the goal asks for the real one.
    """
    if goal is None or goal.on < week_starts:
        return climb.home
    long_km = max(climb.home.long_km, longest_needed_km(goal, rules) / split_frac)
    easy_km = max(climb.home.easy_km, long_km / rules.number("goal_long_run_ratio"))
    return Lengths(easy_km=easy_km, long_km=long_km)


def is_at(top: Lengths, stands: Lengths) -> bool:
    """Whether nothing has to grow any more."""
    return stands.long_km > top.long_km - _CLOSE_KM and stands.easy_km > top.easy_km - _CLOSE_KM


def shorter(one: Lengths, other: Lengths) -> Lengths:
    """Return the shorter of two usual and of two longest runs."""
    return Lengths(easy_km=min(one.easy_km, other.easy_km), long_km=min(one.long_km, other.long_km))


def longer(one: Lengths, other: Lengths) -> Lengths:
    """Return the longer of two usual and of two longest runs."""
    return Lengths(easy_km=max(one.easy_km, other.easy_km), long_km=max(one.long_km, other.long_km))


def share_of(lengths: Lengths, share: float) -> Lengths:
    """Return a share of both lengths."""
    return Lengths(easy_km=lengths.easy_km * share, long_km=lengths.long_km * share)


def stands_at(draft: Draft, done: Sequence[PastRun]) -> Lengths | None:
    """Return the lengths a week comes to before it was split or held, ``None`` without a run.

    What was only rounded down counts in full, or growth would be lost to rounding; what fills the
    minutes of its day does not, or it would seem to grow every other week.
    """
    if not done:
        return None
    runs = sorted(done, key=lambda run: run.distance_km)
    others, longest = runs[:-1] or runs, runs[-1]
    share, wished = _share_of_length(draft.running), stands_wished(draft.running)
    fits_km = {
        room.on: room.run_minutes / draft.pace_min_per_km - _CLOSE_KM for room in draft.rooms
    }
    usual_km = median(run.distance_km for run in others)
    fills_usual = usual_km > max(fits_km[run.on] for run in others)
    fills_long = longest.distance_km > fits_km[longest.on]
    easy_km, long_km = usual_km / share.easy_km, longest.distance_km / share.long_km
    return Lengths(
        easy_km=easy_km if fills_usual else _unrounded(easy_km, wished.easy_km),
        long_km=long_km if fills_long else _unrounded(long_km, wished.long_km),
    )


def stands_really(
    planned: Sequence[PastRun], done: Sequence[PastRun], before: Lengths | None, after: Lengths
) -> Lengths:
    """Return where the runs stand after a week of which only some was done.

    A length that was run counts as planned. One that was not is held where it stood before, so
    that it comes again and nothing is lost; care that made it shorter stays.

    Parameters
    ----------
    before
        Where they stood before the week, ``None`` when it was the first.
    after
        Where they stand when all of it is done.
    """
    if before is None or not planned:
        return after
    lengths_km = sorted(run.distance_km for run in planned)
    longest_km = max((run.distance_km for run in done), default=0.0)
    usual_km, long_km = median(lengths_km[:-1] or lengths_km), lengths_km[-1]
    return Lengths(
        easy_km=after.easy_km
        if longest_km > usual_km - _CLOSE_KM
        else min(before.easy_km, after.easy_km),
        long_km=after.long_km
        if longest_km > long_km - _CLOSE_KM
        else min(before.long_km, after.long_km),
    )


def _unrounded(done_km: float, wished_km: float) -> float:
    return wished_km if 0.0 <= wished_km - done_km < 2.0 * _CLOSE_KM else done_km


def lighter(level: RunLevel, stands: Lengths, best: Lengths, rules: Rules) -> RunLevel:
    """Return the level of a lighter week: a share of the best there was.

    Runs that stand at less, after weeks of care, are light already: they stay as they are.
    """
    share = share_of(best, rules.number(LIGHTER_WEEK))
    held = shorter(stands, share)
    why = level.why if held == stands else rules.why(LIGHTER_WEEK)
    return replace(level, easy_km=held.easy_km, long_km=held.long_km, why=why)


def stands_wished(running: RunningPlan) -> Lengths:
    """Return the lengths a week would come to if nothing but the plan held its runs."""
    share = _share_of_length(running)
    return Lengths(easy_km=running.easy_km / share.easy_km, long_km=running.long_km / share.long_km)


def _share_of_length(running: RunningPlan) -> Lengths:
    """Return the shares of where they stand that runs have once split and while weeks come back."""
    return Lengths(
        easy_km=running.split_frac * running.back_easy_frac,
        long_km=running.split_frac * running.back_long_frac,
    )


def same_level(climb: Climb, top: Lengths, stands: Lengths, rules: Rules) -> RunLevel:
    """Return the level of a week that repeats where the runs stand."""
    return RunLevel(
        runs=climb.runs,
        easy_km=stands.easy_km,
        long_km=stands.long_km,
        why=rules.why("keep_weeks") if is_at(top, stands) else why_built(rules),
    )


def next_level(
    climb: Climb, top: Lengths, stands: Lengths, rules: Rules, *, weeks_left: int | None
) -> RunLevel:
    """Return the level of a week after one that was taken well.

    Parameters
    ----------
    weeks_left
        Weeks that can still grow towards a goal, this one counted: no faster than it needs.
        ``None`` without a goal.
    """
    step = rules.number("build_step_frac")
    return replace(
        same_level(climb, top, stands, rules),
        easy_km=_grown(stands.easy_km, top.easy_km, weeks_left, step),
        long_km=_grown(stands.long_km, top.long_km, weeks_left, step),
    )


def runs_back(climb: Climb, calm_weeks: int, rules: Rules) -> int:
    """Return how many runs a week has once so many were calm: they come back one by one."""
    return min(climb.runs + calm_weeks // rules.count("add_run_weeks"), climb.most_runs)


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
