"""Today's part of the plan, made gentler where the last days ask for it; never made harder."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sidestep.domain.planning.blocks import exercise_block, rest_block
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.clinician import NO_LIMITS, PAIN_MAX, ClinicianLimits
from sidestep.domain.planning.exercise import CrossTraining, Exercise
from sidestep.domain.planning.fewer_sets import (
    SET_BACK,
    THAT_CAN_HURT,
    sets_left,
    why_fewer,
    with_sets,
    without,
)
from sidestep.domain.planning.ladders import HomeSession
from sidestep.domain.planning.other_sport import activity_block
from sidestep.domain.planning.pain_response import (
    Response,
    Step,
    exercise_step,
    flare,
    recent,
    running_step,
)
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.run_day import shorter_run
from sidestep.domain.planning.running import OTHERWISE
from sidestep.domain.planning.running_plan import round_down_km
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, Why
from sidestep.domain.vocabulary.days import day_in_words

STEP_BACK = "review_back_frac"
"""How much shorter a run is that is one step back."""
WALK = "brisk_walk"
"""What stands in for a run: the one activity everybody can do anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What of today is other than planned, what was seen, and the rule that asks for it."""

    what: str
    saw: str
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What today is adapted with, as plain values.

    Attributes
    ----------
    check_ins
        The days told up to today.
    are_signs_open
        Whether warning signs were asked and left unanswered.
    pain_before
        Pain before there were check-ins, ``None`` when unknown.
    eased_run
        The blocks of a run as the week would be planned now; empty when it would have none.
    exercises, cross_training
        By id.
    clinician
        What a clinician told her not to do.
    sessions
        The exercises at home known to have been done.
    ran_on
        Days she really ran on lately, planned or not.
    days_between
        Days without a run between two runs that the week keeps, at least.
    over_cap_on
        Days she ran on well beyond the longest of the month before, planned or not.
    week_starts
        First day of the week the day is in: a run before it can have made the week's runs a step
        shorter already. ``None`` when it is not known.
    """

    check_ins: Sequence[CheckIn]
    are_signs_open: bool
    pain_before: float | None
    eased_run: tuple[Block, ...]
    exercises: Mapping[str, Exercise]
    cross_training: Mapping[str, CrossTraining]
    clinician: ClinicianLimits = NO_LIMITS
    sessions: Sequence[HomeSession] = ()
    ran_on: frozenset[date] = frozenset()
    days_between: int = 0
    over_cap_on: frozenset[date] = frozenset()
    week_starts: date | None = None


def adapt_day(day: Day, present: Present, rules: Rules) -> tuple[Day, tuple[Change, ...]]:
    """Return the day as it should be now, and what changed; without a reason it stays as planned.

    More pain never gives a harder day. What was left out on other days is never added.

    Sources
    -------
    esculier_2018, trek_pfp, thomee_1997, trials_2023_return
    """
    rest = _why_rest(day, present, rules)
    if rest is not None:
        return (_resting(day, rest.why), (rest,)) if day.kind is not DayKind.REST else (day, ())
    day, of_run = _with_run(day, present, rules)
    day, of_exercises = _with_exercises(day, present, rules)
    return day, (*of_run, *of_exercises)


def newest_pain(check_ins: Iterable[CheckIn], on: date, rules: Rules) -> float | None:
    """Return the pain told today or, without, yesterday; older pain says nothing of today."""
    told = [
        each.pain
        for each in recent(check_ins, on, rules)
        if each.pain is not None and (on - each.on).days <= 1
    ]
    return told[-1] if told else None


def _why_rest(day: Day, present: Present, rules: Rules) -> Change | None:
    pain = newest_pain(present.check_ins, day.date, rules)
    clinician = present.clinician
    is_above_ceiling = pain is not None and clinician.forbids_training_at(pain)
    if pain is not None and (is_above_ceiling or pain > rules.number("exercise_pain_max")):
        why = rules.why("exercise_pain_max", pain=pain)
        why = clinician.why(PAIN_MAX) if is_above_ceiling else why
        return Change(what="Rest today.", saw=f"Your knee hurts {pain:g} of 10.", why=why)
    if present.are_signs_open:
        return Change(
            what="Rest until the warning signs are answered.",
            saw="Your pain rose or something is new, and warning signs were left open.",
            why=rules.why("pain_change_min"),
        )
    return None


def _resting(day: Day, why: Why) -> Day:
    rest = rest_block(why)
    return Day(date=day.date, kind=DayKind.REST, blocks=(rest,))


def _with_run(day: Day, present: Present, rules: Rules) -> tuple[Day, tuple[Change, ...]]:
    planned_km = _run_km(day.blocks)
    if planned_km is None or day.date in present.ran_on:
        # A run that was run stays what the day asked for: nothing else takes its place afterwards.
        return day, ()
    walk = _why_walk(day, present, rules)
    if walk is not None:
        return _walking(day, present, walk), (
            Change(what="A walk instead of the run.", saw=walk.saw, why=walk.why),
        )
    response = running_step(present.check_ins, day.date, rules)
    if response is None or response.step is not Step.BACK or response.on == day.date:
        return day, ()
    eased_km = _run_km(present.eased_run)
    if eased_km is None:
        return _walking(day, present, response), (
            Change(what="A walk instead of the run.", saw=response.saw, why=response.why),
        )
    step_km = (
        planned_km if _is_shorter_already(day, response, present) else _step_back_km(day, rules)
    )
    if step_km < rules.number("shortest_run_km"):
        why = rules.why("shortest_run_km", easy_km=step_km)
        return _walking(day, present, replace(response, why=why)), (
            Change(what="A walk instead of the run.", saw=response.saw, why=why),
        )
    run = present.eased_run if eased_km <= planned_km else day.blocks
    # A run that is eased is no place for a drill.
    eased = [each for each in run if each.kind.is_of_a_run and each.kind is not BlockKind.DRILL]
    back = shorter_run(eased, step_km, rules.why(STEP_BACK, whole=OTHERWISE), rules)
    blocks = (*back, *(each for each in day.blocks if not each.kind.is_of_a_run))
    if blocks == day.blocks:
        return day, ()
    now_km = min(eased_km, step_km)
    what = (
        f"A shorter run: {now_km:.1f} km instead of {planned_km:.1f} km."
        if now_km < planned_km
        else "A gentler run of the same length."
    )
    return replace(day, blocks=blocks), (Change(what=what, saw=response.saw, why=response.why),)


def _step_back_km(day: Day, rules: Rules) -> float:
    return round_down_km((_run_km(day.blocks) or 0.0) * rules.number(STEP_BACK))


def _is_shorter_already(day: Day, response: Response, present: Present) -> bool:
    """Whether the week was planned a step shorter after the run that was too much."""
    rules_of_runs = {each.why.rule for each in day.blocks if each.kind is BlockKind.RUN}
    is_before = (
        present.week_starts is None or response.on is None or response.on < present.week_starts
    )
    return STEP_BACK in rules_of_runs and is_before


def _why_walk(day: Day, present: Present, rules: Rules) -> Response | None:
    """Return why today is not for running, the firmest reason first."""
    up = flare(present.check_ins, day.date, rules, present.pain_before)
    if up is not None:
        return up
    pain = newest_pain(present.check_ins, day.date, rules)
    if pain is not None and pain > rules.number("running_pain_max"):
        saw = f"Your knee hurts {pain:g} of 10 already."
        return Response(step=Step.BACK, saw=saw, why=rules.why("running_pain_max"), on=day.date)
    gaps = [(day.date - on).days for on in present.ran_on if on < day.date]
    if gaps and min(gaps) <= present.days_between:
        saw = "You ran yesterday." if min(gaps) == 1 else f"You ran {min(gaps)} days ago."
        why = rules.why("days_between_runs")
        return Response(step=Step.HOLD, saw=saw, why=why, on=day.date - timedelta(min(gaps)))
    last = running_step(present.check_ins, day.date, rules)
    if last is None or last.step is not Step.BACK or last.on is None:
        return _after_too_far(day.date, present, rules)
    if _is_too_soon(last.on, day.date, rules):
        return replace(last, why=rules.why("flare_pause_days"))
    return _after_too_far(day.date, present, rules)


def _after_too_far(on: date, present: Present, rules: Rules) -> Response | None:
    """Return why the day after a run well over its cap is for walking, however it felt."""
    ran_on = [each for each in present.over_cap_on if _is_too_soon(each, on, rules)]
    if not ran_on:
        return None
    saw = (
        f"Your run on {day_in_words(max(ran_on))} was well beyond the longest of the month before."
    )
    return Response(step=Step.HOLD, saw=saw, why=rules.why("flare_pause_days"), on=max(ran_on))


def _is_too_soon(ran_on: date, on: date, rules: Rules) -> bool:
    return 0 < (on - ran_on).days < rules.count("flare_pause_days")


def _walking(day: Day, present: Present, because: Response) -> Day:
    home = tuple(each for each in day.blocks if not each.kind.is_of_a_run)
    if present.clinician.forbids_activity(present.cross_training[WALK]):
        blocks = home or (rest_block(because.why),)
        return replace(day, kind=DayKind.OFF if home else DayKind.REST, blocks=blocks)
    walk = activity_block(present.cross_training[WALK])
    return replace(day, kind=DayKind.CROSS, blocks=(replace(walk, why=because.why), *home))


def _with_exercises(day: Day, present: Present, rules: Rules) -> tuple[Day, tuple[Change, ...]]:
    # What was done today does not change what today was; its morning is that after yesterday's.
    before = [
        replace(each, lateral_work=None, strength=None) if each.on == day.date else each
        for each in present.check_ins
    ]
    response = exercise_step(before, day.date, rules)
    if response is None:
        return day, ()
    is_back = response.step is Step.BACK
    hurt = {each.exercise for each in present.sessions if is_back and each.on == response.on}
    instead: dict[Block, Block | None] = {}
    for block in day.blocks:
        exercise = present.exercises.get(block.exercise)
        if block.kind not in THAT_CAN_HURT or exercise is None:
            continue
        is_to_go = is_back and not _is_back_already(block, hurt, present.exercises)
        back = _one_step_back(block, present.exercises, present.clinician, response.why)
        if back is None:
            instead[block] = _less(block, exercise, present, day.date, rules, is_back=is_to_go)
        elif is_to_go:
            instead[block] = back
    changed = {block: other for block, other in instead.items() if other != block}
    if not changed:
        return day, ()
    # Two blocks can share an easier step; once is enough.
    blocks = dict.fromkeys(changed.get(block, block) for block in day.blocks)
    left = [block for block in blocks if block is not None]
    is_swapped = any(
        other is not None and other.exercise != block.exercise for block, other in changed.items()
    )
    why = response.why if is_swapped else why_fewer(rules)
    saw = response.saw if is_back else _saw_too_much(changed, present, day.date)
    change = Change(what=_in_words(changed), saw=saw, why=why)
    return without(day, left, why_fewer(rules)), (change,)


def _less(
    block: Block,
    exercise: Exercise,
    present: Present,
    on: date,
    rules: Rules,
    *,
    is_back: bool,
) -> Block | None:
    """Return what is left of an exercise without an easier one, ``None`` for nothing."""
    sets = sets_left(exercise, present.sessions, on, rules)
    if is_back:
        sets = min(sets, max(1, exercise.dose.sets - rules.count(SET_BACK)))
    return with_sets(block, exercise, sets, rules)


def _saw_too_much(changed: Collection[Block], present: Present, on: date) -> str:
    exercises = {block.exercise for block in changed}
    latest = max(
        each.on
        for each in present.sessions
        if each.exercise in exercises and each.step is Step.BACK and each.on < on
    )
    return f"It was too much on {day_in_words(latest)}."


def _in_words(changed: Mapping[Block, Block | None]) -> str:
    swapped, fewer, out = [], [], []
    for block, other in changed.items():
        if other is None:
            out.append(block.title)
        elif other.exercise == block.exercise:
            fewer.append(f"{other.title} with {other.dose}")
        else:
            swapped.append(f"{other.title} instead of {block.title}")
    said = (("One step back", swapped), ("Fewer sets", fewer), ("Left out", out))
    return " ".join(f"{what}: {', '.join(names)}." for what, names in said if names)


def _is_back_already(
    block: Block, hurt: Collection[str], exercises: Mapping[str, Exercise]
) -> bool:
    """Whether the week was planned after what was too much, and has the step below it."""
    now = exercises.get(block.exercise)
    while now is not None and now.harder_id:
        if now.harder_id in hurt:
            return True
        now = exercises.get(now.harder_id)
    return False


def _one_step_back(
    block: Block, exercises: Mapping[str, Exercise], clinician: ClinicianLimits, why: Why
) -> Block | None:
    now = exercises.get(block.exercise)
    back = exercises.get(now.easier_id) if now is not None and now.easier_id else None
    if back is None or clinician.forbids_exercise(back):
        return None
    return exercise_block(block.kind, back, why)


def _run_km(blocks: Iterable[Block]) -> float | None:
    return next((each.distance_km for each in blocks if each.kind is BlockKind.RUN), None)
