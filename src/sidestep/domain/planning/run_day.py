"""The blocks of one run: stretches before and after, side steps inside, pain rules as cues."""

from sidestep.domain.planning.calendar import PlacedRun
from sidestep.domain.planning.days import (
    short_minutes,
    shuffle_bouts,
    shuffle_minutes,
    shuffles,
    stretches,
)
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.own_limits import stretches_short_because_minutes
from sidestep.domain.planning.pain import PainAllows
from sidestep.domain.planning.reasons import Rules, why_exercise
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.running import RunningPlan
from sidestep.domain.planning.week import Block, BlockKind, Why

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
) -> tuple[Block, ...]:
    """Return the run framed by its stretches, in the order of doing.

    When the day's minutes are short the stretches after the run shrink, not the run.
    """
    minutes = run.distance_km * pace_min_per_km
    before = tuple(_stretch_before(each, rules) for each in stretches(request))
    inside = (
        _run(run, plan, pain, minutes, rules),
        *(_shuffle(each, minutes, plan, rules) for each in shuffles_allowed(request, pain, rules)),
    )
    after = tuple(_stretch_after(each) for each in stretches(request))
    if sum(block.minutes for block in (*before, *inside, *after)) > day_minutes:
        after = tuple(_stretch_after_in_short(each, rules) for each in stretches(request))
    return (*before, *inside, *after)


def shuffles_allowed(request: WeekRequest, pain: PainAllows, rules: Rules) -> list[Exercise]:
    """Return the side steps that the running pain leaves in."""
    if pain.running > rules.number("shuffle_pain_max"):
        return []
    return shuffles(request)


def _run(
    run: PlacedRun, plan: RunningPlan, pain: PainAllows, minutes: float, rules: Rules
) -> Block:
    has_breaks = pain.is_eased and not plan.is_walk_run
    if plan.is_walk_run:
        title = "Walk and run"
        dose = (
            f"run {rules.number('return_run_min'):g} min, walk "
            f"{rules.number('return_walk_min'):g} min, in turn, about {minutes:.0f} min"
        )
        first_cue = rules.why("return_effort").says
    else:
        title = "Easy run"
        dose = f"about {minutes:.0f} min"
        first_cue = rules.why("easy_effort").says
    return Block(
        kind=BlockKind.RUN,
        exercise="",
        title=title,
        dose=dose,
        minutes=round(minutes, 1),
        why=run.why,
        distance_km=run.distance_km,
        cues=(
            first_cue,
            *([rules.why("walk_break_run_min").says] if has_breaks else []),
            *(rules.why(rule).says for rule in PAIN_RULES),
        ),
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


def _stretch_after(stretch: Exercise) -> Block:
    return Block(
        kind=BlockKind.STRETCH_AFTER,
        exercise=stretch.id,
        title=stretch.title,
        dose=stretch.dose.in_words,
        minutes=stretch.dose.minutes,
        why=why_exercise(stretch),
        cues=stretch.cues,
    )


def _shuffle(shuffle: Exercise, run_minutes: float, plan: RunningPlan, rules: Rules) -> Block:
    bouts = shuffle_bouts(run_minutes, rules)
    every_min = run_minutes / (bouts + 1)
    when = "in the walking breaks" if plan.is_walk_run else f"about every {every_min:.0f} min"
    return Block(
        kind=BlockKind.SHUFFLE,
        exercise=shuffle.id,
        title=shuffle.title,
        dose=f"{bouts} × {rules.number('shuffle_bout_s'):.0f} s, {when}",
        minutes=round(shuffle_minutes(bouts, rules), 2),
        why=why_exercise(shuffle),
        cues=shuffle.cues,
    )
