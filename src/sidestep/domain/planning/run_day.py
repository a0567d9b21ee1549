"""The blocks of one run: stretches before and after, side steps inside, pain rules as cues."""

from collections.abc import Sequence
from dataclasses import replace

from sidestep.domain.planning.blocks import exercise_block
from sidestep.domain.planning.calendar import PlacedRun
from sidestep.domain.planning.days import (
    short_minutes,
    shuffle_bouts,
    shuffle_minutes,
    shuffles,
    stretches_done,
)
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.own_limits import stretches_short_because_minutes
from sidestep.domain.planning.pain import PainAllows
from sidestep.domain.planning.reasons import Rules, why_exercise
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.planning.running_plan import RunningPlan
from sidestep.domain.planning.week import Block, BlockKind, Bouts, Turns, Why

PAIN_RULES = ("running_pain_max", "running_pain_settle_min", "next_morning_rise_max")


def run_blocks(
    run: PlacedRun,
    plan: RunningPlan,
    request: WeekRequest,
    pain: PainAllows,
    rules: Rules,
    *,
    pace_min_per_km: float,
    day_minutes: float,
    drill: Block | None = None,
) -> tuple[Block, ...]:
    """Return the run framed by its stretches, in the order of doing.

    When the day's minutes are short the stretches after the run shrink, not the run; a drill comes
    only where there is time for everything.
    """
    minutes = run.distance_km * pace_min_per_km
    around = stretches_done(request)
    before = tuple(_stretch_before(each, rules) for each in around)
    inside = (
        _run(run, plan, pain, minutes, rules, cue=request.run_cue),
        *(_shuffle(each, minutes, plan, pain, request, rules) for each in shuffles(request)),
    )
    after = tuple(exercise_block(BlockKind.STRETCH_AFTER, each) for each in around)
    if request.has_short_stretches:
        why = rules.why("missed_stretches_short")
        after = tuple(_short_stretch(each, BlockKind.STRETCH_AFTER, why, rules) for each in around)
    if sum(block.minutes for block in (*before, *inside, *after)) > day_minutes:
        after = tuple(_stretch_after_in_short(each, rules) for each in around)
        drill = None
    if (
        drill is not None
        and sum(b.minutes for b in (*before, *inside, drill, *after)) <= day_minutes
    ):
        inside = (*inside, drill)
    if request.stretch_cue:
        before, after = (_cued(each, request.stretch_cue) for each in (before, after))
    return (*before, *inside, *after)


def shorter_run(
    blocks: Sequence[Block], distance_km: float, why: Why, rules: Rules
) -> tuple[Block, ...]:
    """Return the blocks of a run with the run itself no longer than that, at the pace it had.

    Side steps come no more often than before, and none of what is around the run grows.
    """
    run = next(block for block in blocks if block.kind is BlockKind.RUN)
    if run.distance_km is None or run.distance_km <= distance_km:
        return tuple(blocks)
    minutes = run.minutes * distance_km / run.distance_km
    turns = run.turns if run.return_phase is not None else None
    shorter = replace(
        run,
        distance_km=distance_km,
        minutes=round(minutes, 1),
        dose=_dose(minutes, turns),
        why=why,
    )
    walks = turns is not None
    return tuple(
        shorter if block is run else _fewer_bouts(block, minutes, rules, walks=walks)
        for block in blocks
    )


def _fewer_bouts(block: Block, run_minutes: float, rules: Rules, *, walks: bool) -> Block:
    bouts = block.bouts
    if block.kind is not BlockKind.SHUFFLE or bouts is None or bouts.is_walked:
        return block
    count = min(bouts.count, shuffle_bouts(run_minutes, rules))
    return replace(
        block,
        dose=_shuffle_dose(count, bouts.bout_s, run_minutes, walks=walks),
        minutes=round(block.minutes * count / bouts.count, 2),
        bouts=replace(bouts, count=count),
    )


def _cued(blocks: Sequence[Block], cue: str) -> tuple[Block, ...]:
    return tuple(replace(block, cues=(cue, *block.cues)) for block in blocks)


def are_shuffles_gentle(pain: PainAllows, rules: Rules) -> bool:
    """Whether the running pain leaves only the gentlest form of the side steps."""
    return pain.running > rules.number("shuffle_pain_max")


def why_gentle(pain: PainAllows, rules: Rules) -> Why:
    """Return why side steps stay in a run that hurts, in their gentlest form."""
    return rules.why(
        "shuffle_pain_max",
        bouts=rules.number("shuffle_bouts_sore"),
        bout_s=rules.number("shuffle_bout_sore_s"),
        because=pain.because,
    )


def _run(
    run: PlacedRun, plan: RunningPlan, pain: PainAllows, minutes: float, rules: Rules, *, cue: str
) -> Block:
    turns = _turns(plan, pain, rules)
    if plan.phase is not None and turns is not None:
        title = "Walk and run"
        dose = _dose(minutes, turns)
        cues = [_effort(plan.phase)]
    else:
        title = "Easy run"
        dose = _dose(minutes)
        phase = plan.phase
        cues = [rules.why("easy_effort").says if phase is None else _effort(phase)]
        if turns is not None:
            cues.append(turns.cue)
    return Block(
        kind=BlockKind.RUN,
        exercise="",
        title=title,
        dose=dose,
        minutes=round(minutes, 1),
        why=run.why,
        distance_km=run.distance_km,
        cues=(*([cue] if cue else []), *cues, *(rules.why(rule).says for rule in PAIN_RULES)),
        turns=turns,
        return_phase=None if plan.phase is None else plan.phase.phase,
    )


def _dose(minutes: float, turns: Turns | None = None) -> str:
    about = f"about {minutes:.0f} min"
    if turns is None:
        return about
    return f"run {turns.run_min:g} min, walk {turns.walk_min:g} min, in turn, {about}"


def _walks(plan: RunningPlan) -> bool:
    return plan.phase is not None and plan.phase.walk_min > 0


def _effort(phase: ReturnPhase) -> str:
    return f"Effort about {phase.effort} of 10, on the flat: you can talk in whole sentences."


def _turns(plan: RunningPlan, pain: PainAllows, rules: Rules) -> Turns | None:
    if plan.phase is not None and plan.phase.walk_min:
        return Turns(run_min=plan.phase.run_min, walk_min=plan.phase.walk_min)
    if not pain.is_eased:
        return None
    walk_min = rules.number("walk_break_walk_min")
    return Turns(
        run_min=rules.number("walk_break_run_min"),
        walk_min=walk_min,
        cue=rules.why("walk_break_run_min", walk_min=walk_min).says,
    )


def _stretch_before(stretch: Exercise, rules: Rules) -> Block:
    return _short_stretch(
        stretch, BlockKind.STRETCH_BEFORE, rules.why("stretch_before_hold_s"), rules
    )


def _stretch_after_in_short(stretch: Exercise, rules: Rules) -> Block:
    return _short_stretch(
        stretch, BlockKind.STRETCH_AFTER, stretches_short_because_minutes(), rules
    )


def _short_stretch(stretch: Exercise, kind: BlockKind, why: Why, rules: Rules) -> Block:
    hold_s = rules.number("stretch_before_hold_s")
    sides = " each side" if stretch.dose.is_per_side else ""
    return Block(
        kind=kind,
        exercise=stretch.id,
        title=stretch.title,
        dose=f"once {hold_s:.0f} s{sides}",
        minutes=round(short_minutes(stretch, rules), 2),
        why=why,
        cues=stretch.cues,
    )


def _shuffle(
    shuffle: Exercise,
    run_minutes: float,
    plan: RunningPlan,
    pain: PainAllows,
    request: WeekRequest,
    rules: Rules,
) -> Block:
    if are_shuffles_gentle(pain, rules):
        return _gentle_shuffle(shuffle, plan, why_gentle(pain, rules), rules)
    if request.has_small_side_steps:
        return _gentle_shuffle(shuffle, plan, rules.why("missed_side_steps_small"), rules)
    cue = request.side_step_cue
    bouts, bout_s = shuffle_bouts(run_minutes, rules), rules.number("shuffle_bout_s")
    return Block(
        kind=BlockKind.SHUFFLE,
        exercise=shuffle.id,
        title=shuffle.title,
        dose=_shuffle_dose(bouts, bout_s, run_minutes, walks=_walks(plan)),
        minutes=round(shuffle_minutes(bouts, rules), 2),
        why=why_exercise(shuffle),
        cues=(*([cue] if cue else []), *shuffle.cues),
        bouts=Bouts(count=bouts, bout_s=bout_s),
    )


def _shuffle_dose(bouts: int, bout_s: float, run_minutes: float, *, walks: bool) -> str:
    every_min = run_minutes / (bouts + 1)
    when = "in the walking breaks" if walks else f"about every {every_min:.0f} min"
    return f"{bouts} × {bout_s:.0f} s, {when}"


def _gentle_shuffle(shuffle: Exercise, plan: RunningPlan, why: Why, rules: Rules) -> Block:
    bouts, bout_s = rules.count("shuffle_bouts_sore"), rules.number("shuffle_bout_sore_s")
    when = "in a walking break" if _walks(plan) else "halfway"
    says = rules.why("shuffle_bouts_sore", pain=rules.number("shuffle_pain_max")).says
    leave_out = says.removesuffix(".")
    return Block(
        kind=BlockKind.SHUFFLE,
        exercise=shuffle.id,
        title=shuffle.title,
        dose=f"{bouts} × {bout_s:.0f} s, {when}, at walking pace",
        minutes=round(bouts * bout_s / 60.0, 2),
        why=why,
        cues=(*shuffle.cues, leave_out),
        bouts=Bouts(count=bouts, bout_s=bout_s, is_walked=True, cue=leave_out),
    )
