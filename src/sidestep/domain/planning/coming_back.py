"""Lets a week after light ones come back by steps; whether they were light is told elsewhere."""

import math
from collections.abc import Sequence
from dataclasses import replace

from sidestep.domain.planning.light_weeks import way_back
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import PastRun, WeekRequest
from sidestep.domain.planning.running_plan import RunningPlan, round_down_km


def come_back(
    plan: RunningPlan, request: WeekRequest, recent: Sequence[PastRun], rules: Rules
) -> RunningPlan:
    """Let a week after light ones come back by steps, though each run by itself may be longer.

    Its kilometres are held against the busiest of these weeks, its runs against their days: one
    more at a time, and none before there may be more kilometres. They are shared out among as many
    as there will be: where a run fewer was wished for, the same weeks would else come to less each
    time. It shrinks in proportion, so that a level that is lower never ends up with more; only the
    longest run is held to its share of the week, or to the longest of these weeks, and what it
    leaves goes to the others as far as they reach.
    """
    way = way_back(recent, request.as_of, request.used_to_week_km, rules)
    if way is None or plan.is_walk_run or not plan.runs:
        return plan
    first = rules.number("back_week_frac")
    # Who ran one fewer because she wished for it did so before that is taken off again.
    stayed = min(way.most_runs, way.runs + request.runs_fewer)
    most_runs = way.most_runs if request.grows else stayed
    asked_runs = min(plan.runs, max(most_runs, math.ceil(plan.runs * first)))
    runs = without_fewer(asked_runs, request)
    first_km = first * plan.week_km(without_fewer(plan.runs, request))
    if not way.busiest_km:
        # The rule for a break shortens the runs; the week after it is not to ask for less.
        frac = 1.0 if asked_runs == plan.runs else min(1.0, first_km / plan.week_km(runs))
        return replace(
            plan, runs=asked_runs, easy_km=frac * plan.easy_km, long_km=frac * plan.long_km
        )
    rise = rules.number("back_week_rise") if request.grows else 1.0
    risen_km = way.busiest_km * rise
    frac = min(1.0, max(risen_km, first_km) / plan.week_km(runs))
    if asked_runs == plan.runs and frac >= 1.0:
        return plan
    is_first = frac < 1.0 and risen_km <= first_km
    why = rules.why("back_week_frac" if is_first else "back_week_rise", busiest_km=way.busiest_km)
    week_km = frac * plan.week_km(runs)
    share = max(1.0 / runs, rules.number("back_long_frac"))
    # A long run that was reached stays as well, or it would come and go with the rise.
    most_long_km = max(share * week_km, way.longest_km)
    long_km, easy_km = frac * plan.long_km, frac * plan.easy_km
    is_held = runs > 1 and long_km > most_long_km
    if is_held:
        long_km, easy_km = most_long_km, min(plan.easy_km, (week_km - most_long_km) / (runs - 1))
    # What rounding takes off the others goes to the longest: else as many kilometres would come to
    # fewer with other lengths, and to fewer each time a week comes again.
    rounded_km = (runs - 1) * (easy_km - round_down_km(easy_km))
    long_km = min(plan.long_km, long_km + rounded_km)
    return replace(
        plan,
        runs=asked_runs,
        easy_km=easy_km,
        long_km=long_km,
        easy_why=why,
        long_why=rules.why("back_long_frac") if is_held else why,
        back_easy_frac=easy_km / plan.easy_km,
        back_long_frac=long_km / plan.long_km,
        back=why,
    )


def without_fewer(runs: int, request: WeekRequest) -> int:
    """Return how many of the runs are left where a run fewer was wished for: one, if any."""
    return max(min(1, runs), runs - request.runs_fewer)
