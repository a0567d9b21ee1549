"""The runs of a week before its days are known: how many, how long, why, and what changes them."""

import math
from dataclasses import dataclass, replace

from sidestep.domain.planning.request import Lengths
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.planning.week import Why

TENTHS = 10
"""Lengths are rounded down to tenths of a kilometre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningPlan:
    """The runs the knee and the last month allow, before days and minutes are looked at.

    Attributes
    ----------
    runs
        Most runs of the week; 0 when running pauses.
    easy_km, long_km
        Length of a usual run and of the one longer run.
    days_between
        Days without a run between two runs, at least.
    easy_why, long_why
        What decided the lengths.
    most_runs, most_runs_rule
        How many runs she may make of it herself, and the limit that says so.
    most_km, most_rule
        How long she may make a run herself, and the limit that says so.
    phase
        The phase of walking and running in turn, ``None`` when she runs through.
    split_frac
        Share of a run's length once its distance is split into more runs; 1 when it is not.
    back_easy_frac, back_long_frac
        Share of a usual and of the longest run's length while weeks come back after light ones; 1
        when they do not.
    back
        Why the week holds less than the runs stand at, ``None`` when it does not.
    pause
        Why there is no run, ``None`` when there is one.
    """

    runs: int
    easy_km: float
    long_km: float
    days_between: int
    easy_why: Why
    long_why: Why
    most_runs: int
    most_runs_rule: str = "running_days_max"
    most_km: float
    most_rule: str = "next_run_cap_ratio"
    phase: ReturnPhase | None = None
    split_frac: float = 1.0
    back_easy_frac: float = 1.0
    back_long_frac: float = 1.0
    back: Why | None = None
    pause: Why | None = None

    @property
    def is_walk_run(self) -> bool:
        """Whether the runs are those of a phase back to running."""
        return self.phase is not None

    def week_km(self, runs: int) -> float:
        """Return the kilometres of a week with so many of the runs, one of them the longest."""
        return Lengths(easy_km=self.easy_km, long_km=self.long_km).week_km(runs)


def round_down_km(distance_km: float) -> float:
    """Round down to a tenth of a kilometre, so that no limit is passed by rounding."""
    return math.floor(distance_km * TENTHS + 1e-6) / TENTHS


def scaled(plan: RunningPlan, *, runs: int, by: float, why: Why, days_between: int) -> RunningPlan:
    """Return the plan with runs at a share of their length, and why."""
    return replace(
        plan,
        runs=runs,
        easy_km=plan.easy_km * by,
        long_km=plan.long_km * by,
        days_between=max(plan.days_between, days_between),
        easy_why=why,
        long_why=why,
    )


def shortened(plan: RunningPlan, *, runs: int, most_km: float, why: Why) -> RunningPlan:
    """Return the plan with no run longer than that, and why where it cuts one."""
    return replace(
        plan,
        runs=runs,
        easy_km=min(plan.easy_km, most_km),
        long_km=min(plan.long_km, most_km),
        easy_why=plan.easy_why if plan.easy_km <= most_km else why,
        long_why=plan.long_why if plan.long_km <= most_km else why,
        most_km=min(plan.most_km, most_km),
        most_rule=plan.most_rule if plan.most_km <= most_km else why.rule,
    )


def paused(plan: RunningPlan, why: Why) -> RunningPlan:
    """Return the plan without a run, and why."""
    return replace(
        plan,
        runs=0,
        easy_km=0.0,
        long_km=0.0,
        easy_why=why,
        long_why=why,
        most_runs=0,
        most_runs_rule=why.rule,
        most_km=0.0,
        most_rule=why.rule,
        pause=why,
    )


def at_most_runs(plan: RunningPlan, runs: int, rule: str) -> RunningPlan:
    """Return the plan with that limit on how many runs she may make of it herself."""
    return plan if plan.most_runs <= runs else replace(plan, most_runs=runs, most_runs_rule=rule)


def less_what_was_run(plan: RunningPlan, days: int) -> RunningPlan:
    """Return the plan with the days of this week that were run without one taken off its runs."""
    runs, most_runs = max(0, plan.runs - days), max(0, plan.most_runs - days)
    return replace(plan, runs=runs, most_runs=most_runs)
