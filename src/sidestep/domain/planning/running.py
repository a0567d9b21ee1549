"""How many runs, how long, and why: from the last month's running and what the knee allows.

Which days they fall on is decided elsewhere.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

from sidestep.domain.planning.coming_back import come_back, without_fewer
from sidestep.domain.planning.light_weeks import way_back
from sidestep.domain.planning.pain import PainAllows
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import KneeState, PastRun, RunLevel, WeekRequest
from sidestep.domain.planning.running_plan import (
    RunningPlan,
    at_most_runs,
    paused,
    round_down_km,
    scaled,
    shortened,
)
from sidestep.domain.planning.week import Why
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

USUAL_DAYS = 28
"""Whole weeks over which the usual number of running days is counted."""

FIRST_WEEK = "first_week_km"
"""What holds the first week of somebody new with more to carry."""

BREAK = "break_run_frac"
"""What shortens the first week after a break."""

FIRST_SESSION, USUAL_LENGTH = "the first walk-and-run session", "their usual length"
OTHERWISE = "what they would otherwise be"
"""What the length of runs is a share of, as it stands in a sentence."""


def longest_before(day: date, runs: Sequence[PastRun], window_days: int) -> float | None:
    """Return the longest run of the ``window_days`` days before ``day``, ``None`` without one."""
    first = day - timedelta(days=window_days)
    return max((run.distance_km for run in runs if first <= run.on < day), default=None)


def plan_running(
    request: WeekRequest,
    knee: KneeState,
    week_starts: date,
    pain: PainAllows,
    rules: Rules,
    run_days: Sequence[date],
) -> RunningPlan:
    """Decide number and length of the week's runs.

    Worse pain, a stricter access or a shorter distance until pain never gives more runs or longer
    ones.

    Parameters
    ----------
    run_days
        Days that have room for a run at the usual pace.
    """
    recent = recent_runs(request, week_starts, rules)
    plan = usual_running(request, recent, run_days, rules)
    care = _reasons_for_care(plan, request, knee, week_starts, pain, rules)
    if not care and pain.runs:
        plan = _lengthen(plan, request, rules)
    plan = _heed_first_week(plan, request, knee, recent, week_starts, rules)
    # Split before anything is shortened: a worse knee must not undo the splitting.
    plan = _split(plan, request, knee, rules)
    plan = come_back(plan, request, recent, rules)
    plan = _lighten(plan, care, request, knee, pain, rules)
    plan = _no_more_than_before_break(plan, care, recent)
    plan = _start_below_pain(plan, knee, rules)
    plan = _hold_to_last_day(plan, request, recent, week_starts, rules)
    plan = replace(plan, runs=without_fewer(plan.runs, request))
    plan = _pause_if_too_short(plan, rules)
    if request.access_before is None:
        return plan
    # Else a step back would change nothing where something else made the runs as light already.
    knee = replace(knee, access=request.access_before)
    request = replace(request, access_before=None, review_rule="")
    before = plan_running(request, knee, week_starts, pain, rules, run_days)
    return _stepped_back(plan, before, rules)


def made_shorter_km(length_km: float, rule: str, rules: Rules) -> float:
    """Return a length at the share of a rule, and still a run: asked again, it would end running.

    What is shorter than the shortest run stays as it is.
    """
    shortest_km = rules.number("shortest_run_km")
    return max(min(length_km, shortest_km), length_km * rules.number(rule))


def _stepped_back(plan: RunningPlan, before: RunningPlan, rules: Rules) -> RunningPlan:
    """Return runs a step shorter than they would be, as far as there are any shorter ones."""
    rule = "review_back_frac"
    easy_km, long_km = (
        made_shorter_km(length_km, rule, rules) for length_km in (before.easy_km, before.long_km)
    )
    why = rules.why(rule, whole=OTHERWISE)
    if plan.easy_km > easy_km:
        plan = replace(plan, easy_km=easy_km, easy_why=why)
    if plan.long_km > long_km:
        plan = replace(plan, long_km=long_km, long_why=why, most_km=long_km, most_rule=rule)
    return plan


def usual_pace(request: WeekRequest, rules: Rules) -> float:
    """Return her usual pace in minutes per kilometre, the assumed one where it is not known."""
    known = request.pace_min_per_km
    return rules.number("assumed_pace_min_per_km") if known is None else known


def usual_running(
    request: WeekRequest, recent: Sequence[PastRun], run_days: Sequence[date], rules: Rules
) -> RunningPlan:
    """Return the running before the knee is asked: it must not depend on the knee.

    Else a sorer one could turn short runs into longer sessions. Walking and running in turn where
    nothing measures a run, else what the last month or the level worked up to says.
    """
    if request.return_phase is not None:
        return _walk_run(request, request.return_phase, recent, rules)
    if not recent or _all_too_late(recent, run_days, rules):
        return _walk_run(request, 0, recent, rules)
    usual = _usual(request, recent, rules)
    if round_down_km(usual.easy_km) < rules.number("shortest_run_km"):
        return _walk_run(request, 0, recent, rules)
    return usual if request.run_level is None else _at_level(request, request.run_level, usual)


def _hold_to_last_day(
    plan: RunningPlan,
    request: WeekRequest,
    recent: Sequence[PastRun],
    week_starts: date,
    rules: Rules,
) -> RunningPlan:
    """Let every run be as long on each day of the week, though an old long run leaves the month.

    Else the longest would be pulled forward, before the easy ones, to where the old run still
    counts. One that follows an easy run of the same week may be the usual step longer than that.
    """
    if plan.is_walk_run or not plan.runs:
        return plan
    last_day = week_starts + timedelta(days=DAYS_PER_WEEK - 1)
    longest_km = longest_before(last_day, recent, rules.count("spike_window_days"))
    if longest_km is None and plan.runs == 1:
        return plan
    cap_km = math.inf if longest_km is None else next_run_cap_km(longest_km, request, rules)
    easy_km = min(plan.easy_km, cap_km)
    after_easy_km = next_run_cap_km(easy_km, request, rules) if plan.runs > 1 else 0.0
    most_km = after_easy_km if longest_km is None else max(cap_km, after_easy_km)
    by_km = easy_km if longest_km is None else max(easy_km, longest_km)
    why = rules.why("next_run_cap_ratio", cap_km=most_km, longest_km=by_km)
    return replace(
        plan,
        easy_km=easy_km,
        long_km=min(plan.long_km, most_km),
        easy_why=plan.easy_why if plan.easy_km <= cap_km else why,
        long_why=plan.long_why if plan.long_km <= most_km else why,
    )


def _at_level(request: WeekRequest, level: RunLevel, usual: RunningPlan) -> RunningPlan:
    """Return the runs of a level that was worked up to.

    The cap holds them day by day: once they are split, a run is shorter than the level says.
    """
    return replace(
        usual,
        runs=min(level.runs, usual.most_runs),
        easy_km=level.easy_km,
        long_km=level.long_km,
        easy_why=level.why,
        long_why=level.why,
    )


def _all_too_late(recent: Sequence[PastRun], run_days: Sequence[date], rules: Rules) -> bool:
    """Whether the last run counts no more on any day that has room for a run."""
    window_days = rules.count("spike_window_days")
    return bool(run_days) and all(
        longest_before(day, recent, window_days) is None for day in run_days
    )


def days_since_run(request: WeekRequest, week_starts: date, rules: Rules) -> int | None:
    """Return the days from the last run to the start of the week, ``None`` without a recent run."""
    recent = recent_runs(request, week_starts, rules)
    return (week_starts - max(run.on for run in recent)).days if recent else None


def comes_back(request: WeekRequest, week_starts: date, rules: Rules) -> bool:
    """Whether a week follows a break or light weeks."""
    recent = recent_runs(request, week_starts, rules)
    way = way_back(recent, request.as_of, request.used_to_week_km, rules)
    return way is not None or is_after_break(request, week_starts, rules)


def is_after_break(request: WeekRequest, week_starts: date, rules: Rules) -> bool:
    """Whether the last run before a week is longer ago than a break begins with."""
    away_days = days_since_run(request, week_starts, rules)
    return away_days is not None and away_days > rules.count("break_days")


def why_after_break(request: WeekRequest, week_starts: date, rules: Rules) -> Why | None:
    """Return why runs are shorter after a break, ``None`` where there was none."""
    if not is_after_break(request, week_starts, rules):
        return None
    return rules.why(BREAK, days=days_since_run(request, week_starts, rules))


def running_days_max(request: WeekRequest, rules: Rules) -> int:
    """Return the person's own choice of running days, or the convention."""
    chosen = request.profile.running_days_max
    return rules.count("running_days_max") if chosen is None else chosen


def next_run_cap_km(longest_km: float, request: WeekRequest, rules: Rules) -> float:
    """Return the cap by the longest recent run, or the load analysis's own where that is lower."""
    cap_km = longest_km * rules.number("next_run_cap_ratio")
    return cap_km if request.next_run_cap_km is None else min(cap_km, request.next_run_cap_km)


def is_heavy_novice(request: WeekRequest, knee: KneeState, rules: Rules) -> bool | None:
    """Whether both new to running and above the study's body mass index; ``None`` if unknown."""
    is_heavy_or_unknown = is_heavy(request, rules) or request.profile.body_mass_index is None
    is_new_or_unknown = is_new(knee, rules) or knee.years_running is None
    if not (is_heavy_or_unknown and is_new_or_unknown):
        return False
    return True if is_heavy(request, rules) and is_new(knee, rules) else None


def is_new(knee: KneeState, rules: Rules) -> bool:
    """Whether she is known to be new to running."""
    years = knee.years_running
    return years is not None and years < rules.number("novice_years")


def is_heavy(request: WeekRequest, rules: Rules) -> bool:
    """Whether her body mass index is known to be above the study's."""
    index = request.profile.body_mass_index
    return index is not None and index > rules.number("body_mass_index_gate")


def is_first_week(recent: Sequence[PastRun], week_starts: date) -> bool:
    """Whether all running of the last month is less than a week old."""
    return all(run.on >= week_starts - timedelta(days=DAYS_PER_WEEK) for run in recent)


def recent_runs(request: WeekRequest, week_starts: date, rules: Rules) -> list[PastRun]:
    """Return the runs a week that starts then is measured by."""
    first = week_starts - timedelta(days=rules.count("spike_window_days"))
    return [
        run
        for run in request.recent_runs
        if first <= run.on <= request.as_of and run.on < week_starts and run.distance_km > 0
    ]


def _usual(request: WeekRequest, recent: Sequence[PastRun], rules: Rules) -> RunningPlan:
    usual_km = median(run.distance_km for run in recent)
    longest_km = max(run.distance_km for run in recent)
    cap_km = next_run_cap_km(longest_km, request, rules)
    first_day = request.as_of - timedelta(days=USUAL_DAYS - 1)
    days = len({run.on for run in recent if run.on >= first_day})
    # Who began last week has one week to be measured by, not four.
    first_run_on = max(first_day, min(run.on for run in recent))
    weeks = math.ceil(((request.as_of - first_run_on).days + 1) / DAYS_PER_WEEK)
    usual_runs = max(1, math.ceil(days / weeks))
    used_to_km = 0.0 if request.used_to is None else request.used_to.long_km
    held_km = min(longest_km, max(usual_km * rules.number("long_run_ratio"), used_to_km))
    return RunningPlan(
        runs=min(usual_runs, running_days_max(request, rules)),
        easy_km=min(usual_km, cap_km),
        long_km=min(held_km, cap_km),
        days_between=0,
        most_runs=running_days_max(request, rules),
        most_km=cap_km,
        easy_why=rules.why("usual_run", usual_km=usual_km),
        long_why=(
            _why_long(usual_km, longest_km, request.used_to, rules)
            if held_km <= cap_km
            else rules.why("next_run_cap_ratio", cap_km=cap_km, longest_km=longest_km)
        ),
    )


def _why_long(usual_km: float, longest_km: float, used_to: RunLevel | None, rules: Rules) -> Why:
    """Say what the longest run goes by: a share of the usual one, or what she is used to."""
    if used_to is not None and used_to.long_km > usual_km * rules.number("long_run_ratio"):
        return used_to.why
    return rules.why("long_run_ratio", usual_km=usual_km, longest_km=longest_km)


def _walk_run(
    request: WeekRequest, index: int, recent: Sequence[PastRun], rules: Rules
) -> RunningPlan:
    """Return the sessions of a phase back to running.

    The first phase is held by what was run before it; later ones are held day by day by the
    sessions before them, or they could never be reached.
    """
    phase = request.return_phases[index]
    longest_km = max((run.distance_km for run in recent), default=math.inf)
    cap_km = next_run_cap_km(longest_km, request, rules) if index == 0 else math.inf
    distance_km = min(phase.distance_km, cap_km)
    why = Why(rule=phase.id, says=phase.says, backing=phase.backing)
    runs = min(rules.count("return_sessions"), running_days_max(request, rules))
    runs = runs if request.most_sessions is None else min(runs, request.most_sessions)
    return RunningPlan(
        runs=runs,
        easy_km=distance_km,
        long_km=distance_km,
        days_between=rules.count("days_between_runs"),
        easy_why=why,
        long_why=why,
        most_runs=runs,
        most_runs_rule="return_sessions",
        most_km=distance_km,
        most_rule=phase.id,
        phase=phase,
    )


def _heed_first_week(
    plan: RunningPlan,
    request: WeekRequest,
    knee: KneeState,
    recent: Sequence[PastRun],
    week_starts: date,
    rules: Rules,
) -> RunningPlan:
    if not is_first_week(recent, week_starts) or not is_heavy_novice(request, knee, rules):
        return plan
    runs = min(plan.runs, rules.count("heavy_novice_runs"))
    # A tenth less than the equal share keeps the week below the figure and not at it.
    share_km = rules.number(FIRST_WEEK) / runs - 0.1
    why = rules.why(FIRST_WEEK)
    held = shortened(plan, runs=runs, most_km=share_km, why=why)
    return at_most_runs(held, runs, "heavy_novice_runs")


def _lighten(
    plan: RunningPlan,
    care: Sequence[Why],
    request: WeekRequest,
    knee: KneeState,
    pain: PainAllows,
    rules: Rules,
) -> RunningPlan:
    """Shorten once, by whatever asks for most: two reasons for care are not twice the care."""
    if not pain.runs:
        return paused(plan, _why_paused(pain, rules))
    runs, days_between = plan.runs, plan.days_between
    if pain.is_eased or knee.access is not PlanAccess.ALLOWED:
        days_between = max(days_between, rules.count("days_between_runs"))
        # More would fit in one week and not in the next: the plan would go back and forth.
        runs = min(runs, DAYS_PER_WEEK // (days_between + 1))
    if knee.access is not PlanAccess.ALLOWED:
        runs = min(runs, rules.count("reduced_runs"))
        plan = at_most_runs(plan, rules.count("reduced_runs"), "reduced_runs")
    if not care:
        return plan
    lighter = min(
        (_lightened(plan, why, request, rules) for why in care), key=lambda each: each.long_km
    )
    return replace(
        lighter,
        runs=runs,
        days_between=days_between,
        most_km=min(lighter.most_km, lighter.long_km),
        most_rule=lighter.long_why.rule,
    )


def _no_more_than_before_break(
    plan: RunningPlan, care: Sequence[Why], recent: Sequence[PastRun]
) -> RunningPlan:
    """Let nobody come back from a break to longer runs than she ran before it.

    What she was used to may be far above: then a week without a run would be followed by more.
    """
    if not plan.runs or all(why.rule != BREAK for why in care):
        return plan
    lengths_km = [run.distance_km for run in recent]
    return replace(
        plan,
        easy_km=min(plan.easy_km, median(lengths_km)),
        long_km=min(plan.long_km, max(lengths_km)),
    )


def _why_paused(pain: PainAllows, rules: Rules) -> Why:
    """Say why running pauses, and when it is tried again."""
    again = rules.why(
        "rested_days_told",
        weeks=rules.number("calm_weeks"),
        calm=rules.number("running_pain_max"),
    )
    why = rules.why("running_pain_stop", pain=pain.running)
    return replace(why, says=f"{why.says} {again.says}")


def _lightened(plan: RunningPlan, why: Why, request: WeekRequest, rules: Rules) -> RunningPlan:
    """Return the runs at the share one reason for care asks for.

    The knee's own reasons take their share from what she was used to where that is more: runs that
    have been light for weeks are not made lighter again each week. A step back accepted at a
    review is a step back from now.
    """
    by = rules.number(why.rule)
    lighter = scaled(plan, runs=plan.runs, by=by, why=why, days_between=plan.days_between)
    used_to = request.used_to
    if why.rule == request.review_rule:
        return replace(
            lighter,
            easy_km=made_shorter_km(plan.easy_km, why.rule, rules),
            long_km=made_shorter_km(plan.long_km, why.rule, rules),
        )
    if used_to is None or plan.is_walk_run:
        return lighter
    share = by * plan.split_frac
    return replace(
        lighter,
        easy_km=min(plan.easy_km, max(lighter.easy_km, share * used_to.easy_km)),
        long_km=min(plan.long_km, max(lighter.long_km, share * used_to.long_km)),
    )


def _reasons_for_care(
    plan: RunningPlan,
    request: WeekRequest,
    knee: KneeState,
    week_starts: date,
    pain: PainAllows,
    rules: Rules,
) -> list[Why]:
    """Return whatever asks for shorter runs, each with its share of the usual length."""
    reasons: list[Why] = []
    after_break = why_after_break(request, week_starts, rules)
    if after_break is not None and not plan.is_walk_run:
        reasons.append(after_break)
    if pain.is_eased:
        reasons.append(why_shorter("eased_run_frac", plan, rules, because=pain.because))
    if knee.access is not PlanAccess.ALLOWED:
        reasons.append(why_shorter("reduced_run_frac", plan, rules))
    if request.review_rule and rules.number(request.review_rule) < 1:
        reasons.append(why_shorter(request.review_rule, plan, rules))
    return reasons


def _lengthen(plan: RunningPlan, request: WeekRequest, rules: Rules) -> RunningPlan:
    """Give the little more that was accepted.

    The cap holds it day by day: a length that is split or comes back by steps is compared with
    what was run only once it is.
    """
    rule = request.review_rule
    if not rule or rules.number(rule) <= 1 or plan.is_walk_run:
        return plan
    why = why_shorter(rule, plan, rules)
    return replace(
        plan,
        easy_km=plan.easy_km * rules.number(rule),
        long_km=plan.long_km * rules.number(rule),
        easy_why=why,
        long_why=why,
    )


def why_shorter(rule: str, plan: RunningPlan, rules: Rules, *, because: str = "") -> Why:
    """Return why runs are at a share of what they are measured from."""
    whole = FIRST_SESSION if plan.is_walk_run else USUAL_LENGTH
    return rules.why(rule, whole=whole, because=because)


def _split(plan: RunningPlan, request: WeekRequest, knee: KneeState, rules: Rules) -> RunningPlan:
    # Where another limit leaves no run more, shorter ones would only be less.
    most = min(plan.most_runs, running_days_max(request, rules))
    more = min(plan.runs + rules.count("split_more_runs"), most)
    if not knee.has_front_pattern or plan.is_walk_run or more <= plan.runs:
        return plan
    # By the best there was: runs that care makes short stay split, or their number would swing.
    best_km = 0.0 if request.used_to is None else request.used_to.easy_km
    if max(plan.easy_km, best_km) < rules.number("split_from_km"):
        return plan
    frac = plan.runs / more
    why = rules.why("split_more_runs", runs=more)
    split = scaled(plan, runs=more, by=frac, why=why, days_between=plan.days_between)
    return replace(split, split_frac=frac)


def _start_below_pain(plan: RunningPlan, knee: KneeState, rules: Rules) -> RunningPlan:
    if knee.distance_until_pain_km is None:
        return plan
    start_km = knee.distance_until_pain_km * rules.number("start_below_pain_frac")
    why = rules.why("start_below_pain_frac", start_km=start_km, pain_km=knee.distance_until_pain_km)
    return shortened(plan, runs=plan.runs, most_km=start_km, why=why)


def _pause_if_too_short(plan: RunningPlan, rules: Rules) -> RunningPlan:
    if not plan.runs or round_down_km(plan.easy_km) >= rules.number("shortest_run_km"):
        return plan
    return paused(plan, rules.why("shortest_run_km", easy_km=plan.easy_km))
