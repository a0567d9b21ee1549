"""The limits a week obeys and what to know about it, as sentences of the rules that made them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from sidestep.domain.planning.class_wish import class_left_out
from sidestep.domain.planning.days import shuffles, stretches_done
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.domain.planning.home_work import level_most_by_person
from sidestep.domain.planning.ladders import AT_HOME, sessions_to_climb
from sidestep.domain.planning.other_sport import may_cut
from sidestep.domain.planning.own_limits import equipment_limit, own_limits, own_why
from sidestep.domain.planning.pain import PainAllows
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import HEALTHY_BARE_FEET, KneeState, WeekRequest
from sidestep.domain.planning.run_day import are_shuffles_gentle, why_gentle
from sidestep.domain.planning.running import (
    days_since_run,
    is_after_break,
    is_first_week,
    is_heavy_novice,
    longest_before,
    next_run_cap_km,
    recent_runs,
    running_days_max,
    why_after_break,
    why_shorter,
)
from sidestep.domain.planning.week import BlockKind, Day, DayKind, Limit, Why
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK


def week_limits(draft: Draft) -> tuple[Limit, ...]:
    """Return every limit that applies to this week: her clinician's, ours, and her own last."""
    rules = draft.rules
    return (
        *draft.request.profile.clinician.limits(draft.week_starts),
        *_running_limits(draft),
        rules.limit("rest_days_min"),
        rules.limit("running_pain_max"),
        *_frame_limits(draft),
        rules.limit("exercise_pain_settles", most=rules.number("exercise_pain_max")),
        *(rules.limit(rule) for use, rule in _OF_USE.items() if _is_left(draft.request, use)),
        rules.limit(
            "exercises_per_day_max"
            if draft.request.exercises_most is None
            else "review_exercises_max"
        ),
        rules.limit("block_minutes_max"),
        *_level_limits(draft),
        rules.limit("lateral_sport_pain_max"),
        *_barefoot_limits(draft),
        *own_limits(draft.request.profile),
        equipment_limit(draft.request.profile),
    )


def _frame_limits(draft: Draft) -> Iterator[Limit]:
    """Return what every run has around it and inside, those only that her clinician leaves her."""
    request, rules = draft.request, draft.rules
    if draft.running.runs and stretches_done(request):
        yield rules.limit("stretch_before_frac")
    if draft.running.runs and shuffles(request):
        yield rules.limit("shuffle_bouts_min")


def _barefoot_limits(draft: Draft) -> Iterator[Limit]:
    if HEALTHY_BARE_FEET in draft.request.profile.equipment:
        yield draft.rules.limit("barefoot_calm_weeks")


def _level_limits(draft: Draft) -> Iterator[Limit]:
    rule, request = level_most_by_person(draft), draft.request
    if rule and any(_has_use(request, use) for use in _OF_USE):
        yield draft.rules.limit(rule)


_OF_USE = {ExerciseUse.LATERAL: "lateral_exercises", ExerciseUse.STRENGTH: "strength_days"}


def _is_left(request: WeekRequest, use: ExerciseUse) -> bool:
    """Whether a kind of exercises is left to her: without a clinician's limits all are."""
    return not request.profile.clinician.is_set or _has_use(request, use)


def _running_limits(draft: Draft) -> Iterator[Limit]:
    request, knee, rules = draft.request, draft.knee, draft.rules
    clinician = request.profile.clinician
    days_max = running_days_max(request, rules)
    if clinician.running_days_max is None or days_max <= clinician.running_days_max:
        yield rules.limit("running_days_max", value=days_max, free=DAYS_PER_WEEK - days_max)
    recent = recent_runs(request, draft.week_starts, rules)
    cap = cap_limit(draft)
    # Far above what else holds a run, a ceiling would read as an invitation.
    phase = draft.running.phase
    others_km = (
        None if phase is None else phase.distance_km,
        clinician.longest_km(draft.pace_min_per_km),
    )
    if cap is not None and all(km is None or _cap_km(draft) <= km for km in others_km):
        yield cap
    if draft.running.days_between:
        yield rules.limit("days_between_runs")
    if knee.access is PlanAccess.REDUCED:
        yield rules.limit("reduced_runs")
    if knee.distance_until_pain_km is not None:
        pain_km = knee.distance_until_pain_km
        start_km = pain_km * rules.number("start_below_pain_frac")
        if start_km <= max(draft.running.long_km, rules.number("shortest_run_km")):
            yield rules.limit("start_below_pain_frac", start_km=start_km, pain_km=pain_km)
    if is_first_week(recent, draft.week_starts) and is_heavy_novice(request, knee, rules):
        yield rules.limit("first_week_km")


def cap_limit(draft: Draft) -> Limit | None:
    """Return the cap by the longest run of the last weeks, ``None`` without such a run."""
    longest_km = _longest_km(draft)
    if longest_km is None:
        return None
    cap_km = _cap_km(draft)
    limit = draft.rules.limit("next_run_cap_ratio", cap_km=cap_km, longest_km=longest_km)
    return replace(limit, says=" ".join((limit.says, *draft.request.next_run_cap_notes)))


def _longest_km(draft: Draft) -> float | None:
    recent = recent_runs(draft.request, draft.week_starts, draft.rules)
    return longest_before(draft.week_starts, recent, draft.rules.count("spike_window_days"))


def _cap_km(draft: Draft) -> float:
    return next_run_cap_km(_longest_km(draft) or 0.0, draft.request, draft.rules)


def week_notes(draft: Draft, days: Sequence[Day]) -> tuple[Why, ...]:
    """Return what to know about the week: why it is as it is, and what was left out."""
    return (
        *_access_notes(draft.knee),
        *_running_notes(draft, days),
        *_wish_notes(draft.request, days),
        *_two_in_a_row(draft.request, days),
        *_more_wishes(draft, days),
        *_pain_notes(draft, days),
        *_step_notes(draft, days),
        *_left_out(draft.request, draft.rules, days),
    )


def _access_notes(knee: KneeState) -> Iterator[Why]:
    if knee.hold is not None:
        yield knee.hold
    if knee.access is PlanAccess.REDUCED:
        yield from (own_why("knee_check", reason) for reason in knee.reasons)


def _running_notes(draft: Draft, days: Sequence[Day]) -> Iterator[Why]:
    request, running, rules = draft.request, draft.running, draft.rules
    has_runs = _has_runs(days)
    if running.pause is not None:
        yield running.pause
        yield rules.why("return_entry_walk_min")
    elif not has_runs:
        yield own_why(
            "no_run_fits",
            "No run fits this week between your free days, your last run and your recent "
            "distances. The side work goes on.",
        )
    elif running.is_walk_run:
        if request.return_phase is None:
            # Once she is on the way back, its sessions say where she is.
            yield _why_walk_run(draft)
        yield rules.why("return_entry_walk_min")
        yield rules.why("return_clean_sessions")
    if has_runs and running.back is not None:
        yield running.back
    after_break = why_after_break(request, draft.week_starts, rules)
    if has_runs and after_break is not None and not running.is_walk_run:
        yield after_break
    is_first = is_first_week(recent_runs(request, draft.week_starts, rules), draft.week_starts)
    if has_runs and is_first and is_heavy_novice(request, draft.knee, rules) is None:
        yield rules.why("body_mass_unknown")


def _why_walk_run(draft: Draft) -> Why:
    request, rules = draft.request, draft.rules
    away_days = days_since_run(request, draft.week_starts, rules)
    if away_days is None:
        return rules.why("no_recent_run")
    if is_after_break(request, draft.week_starts, rules):
        return rules.why("run_leaves_window", days=away_days)
    return rules.why("runs_too_short_to_measure")


def _wish_notes(request: WeekRequest, days: Sequence[Day]) -> Iterator[Why]:
    wished = request.profile.long_run_on
    lengths = {
        day.date.weekday(): block.distance_km or 0.0
        for day in days
        for block in day.blocks
        if block.kind is BlockKind.RUN
    }
    if wished is None or not lengths:
        return
    if lengths.get(wished, 0.0) < max(lengths.values()):
        yield own_why(
            "long_run_wish",
            "Your longest run is not on the day you wished: the limits left more room on another.",
        )


def _two_in_a_row(request: WeekRequest, days: Sequence[Day]) -> Iterator[Why]:
    """Say of four runs that two of them have to be on days in a row, where nobody chose them."""
    km = [sum(b.distance_km or 0.0 for b in day.blocks if b.kind is BlockKind.RUN) for day in days]
    runs = [index for index, length_km in enumerate(km) if length_km]
    if request.edits or len(runs) != _MOST_APART + 1:
        return
    after = [(index + 1) % DAYS_PER_WEEK for index in range(DAYS_PER_WEEK)]
    longest = km.index(max(km))
    pairs = [index for index in runs if km[after[index]]]
    if len(pairs) == 1 and longest not in {pairs[0], after[pairs[0]]}:
        first, second = (days[index].date for index in (pairs[0], after[pairs[0]]))
        yield own_why(
            "two_in_a_row",
            f"Four runs in seven days have two in a row somewhere: here on {first:%A} and "
            f"{second:%A}, away from your longest run.",
        )


_MOST_APART = DAYS_PER_WEEK // 2
"""Most runs of a week that comes again that can all have a day between them."""


def _more_wishes(draft: Draft, days: Sequence[Day]) -> Iterator[Why]:
    profile = draft.request.profile
    runs_on = {day.date.weekday() for day in days if day.kind is DayKind.RUN}
    if profile.run_on and runs_on - profile.run_on:
        yield own_why(
            "run_days_wish",
            "Not every run is on a day you would like: the limits or your minutes left no room.",
        )
    if (no_class := class_left_out(draft, days)) is not None:
        yield no_class


def _pain_notes(draft: Draft, days: Sequence[Day]) -> Iterator[Why]:
    knee, pain, rules = draft.knee, draft.pain, draft.rules
    share = draft.request.multidirectional_share
    has_runs = _has_runs(days)
    if pain.is_assumed:
        yield rules.why("assumed_pain")
    if has_runs and pain.is_eased:
        yield why_shorter("eased_run_frac", draft.running, rules, because=pain.because)
    if (
        has_runs
        and are_shuffles_gentle(pain, rules)
        and _is_left(draft.request, ExerciseUse.SHUFFLE)
    ):
        yield why_gentle(pain, rules)
    if not may_cut(knee.access, pain, rules):
        yield _sport_waits(pain, rules, days)
    elif (share or 0.0) >= rules.number("own_sideways_sport"):
        yield rules.why("own_sideways_sport", percent=100.0 * (share or 0.0))
    if has_runs and knee.has_outer_pattern:
        yield rules.why("outer_cadence_rise_frac")


def _sport_waits(pain: PainAllows, rules: Rules, days: Sequence[Day]) -> Why:
    is_sore = pain.running > rules.number("lateral_sport_pain_max")
    until = "until the knee is calmer" if is_sore else "while the week is a light one"
    has_other = any(day.kind is DayKind.CROSS for day in days)
    instead = "; something gentler is proposed instead" if has_other else ""
    return own_why("lateral_sport_waits", f"Sports with cutting and turning wait {until}{instead}.")


def _step_notes(draft: Draft, days: Sequence[Day]) -> Iterator[Why]:
    """Say which exercises the week has a step higher or lower than the week before, and why.

    A step whose other end her clinician has left out is not told: the limit says what is missing.
    """
    known = draft.request.exercises
    placed = (block.exercise for day in days for block in day.blocks if block.kind in AT_HOME)
    at_home = [known[id] for id in dict.fromkeys(placed) if id in known]
    new = [each for each in at_home if each.id in draft.climbed - draft.climbed_before]
    up = [(each, known[each.easier_id]) for each in new if each.easier_id in known]
    lost = (draft.climbed_before - draft.climbed) & known.keys()
    down = [(each, known[each.harder_id]) for each in at_home if each.harder_id in lost]
    rules = draft.rules
    by_times: dict[int, list[tuple[Exercise, Exercise]]] = {}
    for now, before in up:
        by_times.setdefault(sessions_to_climb(before, now, rules), []).append((now, before))
    for times, pairs in sorted(by_times.items()):
        why = rules.why("exercise_step_up_sessions", calm=rules.number("exercise_pain_settles"))
        says = f"A step up: {_instead(pairs)}. It comes after {times} clean sessions in a row."
        yield replace(why, says=says)
    if down and _was_too_much(draft):
        why = rules.why("exercise_step_back", ceiling=rules.number("exercise_pain_max"))
        again = max(sessions_to_climb(now, before, rules) for now, before in down)
        says = (
            f"A step back: {_instead(down)}. The harder one was too much last time; it comes again "
            f"after {again} clean sessions in a row."
        )
        yield replace(why, says=says)


def _instead(pairs: Sequence[tuple[Exercise, Exercise]]) -> str:
    return ", ".join(f"{now.title} instead of {before.title}" for now, before in pairs)


def _was_too_much(draft: Draft) -> bool:
    since = draft.week_starts - timedelta(days=DAYS_PER_WEEK)
    return any(each.on >= since and each.step < Step.HOLD for each in draft.request.sessions)


def _left_out(request: WeekRequest, rules: Rules, days: Sequence[Day]) -> Iterator[Why]:
    kinds = [block.kind for day in days for block in day.blocks]
    strength = sum(any(block.kind is BlockKind.STRENGTH for block in day.blocks) for day in days)
    # Where her clinician left it out, the limit says so.
    if strength < rules.count("strength_days") and _is_left(request, ExerciseUse.STRENGTH):
        yield own_why(
            "strength_left_out",
            f"Strength has {strength} of {rules.count('strength_days')} days this week: the other "
            "days had no room for it, or the knee needs it easier.",
        )
    if BlockKind.FOOT not in kinds and _has_use(request, ExerciseUse.FOOT):
        yield own_why("feet_left_out", "Foot work is left out this week: there was no room for it.")
    # A day without side work is for rest, and says that it is the clinician's.
    may_hold_sport = bool(request.cross_training) and _is_left(request, ExerciseUse.LATERAL)
    if BlockKind.CROSS_TRAINING not in kinds and may_hold_sport:
        yield own_why(
            "other_sport_left_out",
            "No other sport is proposed this week: your days are full enough as they are.",
        )


def _has_use(request: WeekRequest, use: ExerciseUse) -> bool:
    return any(each.use is use for each in request.exercises.values())


def _has_runs(days: Sequence[Day]) -> bool:
    return any(day.kind is DayKind.RUN for day in days)
