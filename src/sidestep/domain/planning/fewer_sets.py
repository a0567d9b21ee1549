"""Less of an exercise that was too much where no easier one is left: a set fewer, then none.

Nothing stands in for it: what is worse never makes room for something else.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sidestep.domain.planning.blocks import exercise_block, rest_block
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.ladders import HomeSession
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, Why
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

THAT_CAN_HURT = frozenset({BlockKind.STRENGTH, BlockKind.LATERAL})
"""What pain on exercises is asked about."""
SET_BACK = "exercise_set_back"


def sets_left(exercise: Exercise, sessions: Iterable[HomeSession], on: date, rules: Rules) -> int:
    """Return how many sets of an exercise her own sessions before a day leave, 0 for none.

    Each one that was too much takes a set; clean ones in a row, as many as lead a step up, give it
    back. Left out, it comes back with one set after as many days as a check-in counts. A session
    that hurt more, or of which less is known, never leaves more.
    """
    since = on - timedelta(days=rules.count("exercise_memory_weeks") * DAYS_PER_WEEK)
    done = sorted(
        (each for each in sessions if each.exercise == exercise.id and since <= each.on < on),
        key=lambda each: (each.on, each.step),
    )
    clean_needed = rules.count("exercise_step_up_sessions")
    most = exercise.dose.sets * clean_needed
    # Sets taken and clean sessions in a row are one number, so that worse never leaves more.
    owed = 0
    for each in done:
        if each.step is Step.PROGRESS:
            owed = max(0, owed - 1)
            continue
        owed = math.ceil(owed / clean_needed) * clean_needed
        if each.step < Step.HOLD:
            owed = min(most, owed + rules.count(SET_BACK) * clean_needed)
    sets = exercise.dose.sets - math.ceil(owed / clean_needed)
    if sets or not done or (on - done[-1].on).days < rules.count("pain_memory_days"):
        return sets
    return 1


def with_sets(block: Block, exercise: Exercise, sets: int, rules: Rules) -> Block | None:
    """Return the block of an exercise with at most that many sets, ``None`` for no set."""
    if sets <= 0:
        return None
    less = exercise.dose.with_sets(sets)
    if sets >= exercise.dose.sets or less.minutes >= block.minutes:
        return block
    cues = block.cues
    # With an easier exercise the words for easier are about that one.
    if exercise.easier and not exercise.easier_id:
        cues = tuple(dict.fromkeys((exercise.easier, *cues)))
    shorter = exercise_block(block.kind, replace(exercise, dose=less), why_fewer(rules))
    return replace(shorter, cues=cues)


def without(day: Day, blocks: Sequence[Block], why: Why) -> Day:
    """Return the day with those blocks; one with nothing to train rests."""
    if any(block.kind is not BlockKind.DESK for block in blocks):
        return replace(day, blocks=tuple(blocks))
    return replace(day, kind=DayKind.REST, blocks=(rest_block(why), *blocks))


def why_fewer(rules: Rules) -> Why:
    """Return why an exercise has fewer sets, or none."""
    return rules.why(SET_BACK, days=rules.number("pain_memory_days"))


def note_of_fewer(before: Iterable[Day], after: Iterable[Day], rules: Rules) -> Iterator[Why]:
    """Say of a week which of its exercises have fewer sets than they would have, or none."""
    full, left = _doses(before), _doses(after)
    less = [
        f"{title} with {left[title]}" if title in left else f"{title} left out"
        for title, dose in full.items()
        if left.get(title) != dose
    ]
    if less:
        why = why_fewer(rules)
        yield replace(why, says=f"Less of what was too much: {', '.join(less)}. {why.says}")


def _doses(days: Iterable[Day]) -> dict[str, str]:
    blocks = (block for day in days for block in day.blocks)
    return {block.title: block.dose for block in blocks if block.kind in THAT_CAN_HURT}
