"""Ladders of exercises, and the step of each that a person's own sessions have led her to.

Two clean sessions in a row for each level lead a step up, one that was too much a step back,
anything else holds.
What a session was is judged by the pain rules; what a week places is decided elsewhere.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise

from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.pain_response import Step, weigh_exercises
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import BlockKind, Day
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

Ladder = tuple[Exercise, ...]
"""Exercises that lead on from each other, the easiest first; most often two or three."""

AT_HOME = frozenset({BlockKind.LATERAL, BlockKind.STRENGTH, BlockKind.FOOT})
"""Kinds of blocks that stand on ladders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSession:
    """One exercise done on a day, and what came of it: ``PROGRESS`` when it was clean."""

    on: date
    exercise: str
    step: Step


def ladders_of(exercises: Mapping[str, Exercise]) -> tuple[Ladder, ...]:
    """Return the ladders of a library, in order of their easiest exercise's id.

    A step that is missing from the library ends a ladder there and begins another above it.
    """
    first = (each for id, each in sorted(exercises.items()) if each.easier_id not in exercises)
    return tuple(_from(each, exercises) for each in first)


def _from(lowest: Exercise, exercises: Mapping[str, Exercise]) -> Ladder:
    ladder = [lowest]
    while ladder[-1].harder_id in exercises:
        ladder.append(exercises[ladder[-1].harder_id])
    return tuple(ladder)


def climbed_to(
    exercises: Mapping[str, Exercise],
    sessions: Iterable[HomeSession],
    week_starts: date,
    rules: Rules,
    *,
    grows: bool = True,
) -> frozenset[str]:
    """Return the ids of the exercises a person has climbed to, the lowest of each ladder included.

    A session that hurt more, or of which less is known, never leads to a harder exercise. Sessions
    longer ago than is remembered count no more: the first of those that do count was done on the
    step she stood on then.

    Parameters
    ----------
    grows
        Without it no step counts that she has never done.

    Sources
    -------
    trials_2023_return, thomee_1997
    """
    since = week_starts - timedelta(days=rules.count("exercise_memory_weeks") * DAYS_PER_WEEK)
    in_time = sorted(
        (each for each in sessions if since <= each.on < week_starts),
        key=lambda each: (each.on, each.exercise, each.step),
    )
    return frozenset(
        exercise.id
        for ladder in ladders_of(exercises)
        for exercise in ladder[: _stands(ladder, in_time, rules, grows=grows) + 1]
    )


def _stands(ladder: Ladder, sessions: Sequence[HomeSession], rules: Rules, *, grows: bool) -> int:
    """Return the place on a ladder, 0 is the lowest.

    Place and clean sessions in a row are one number, so that what is worse never ends up higher.
    """
    back = rules.count("exercise_step_back")
    places = {exercise.id: place for place, exercise in enumerate(ladder)}
    steps = (sessions_to_climb(easier, harder, rules) for easier, harder in pairwise(ladder))
    begins = tuple(accumulate(steps, initial=0))
    most = begins[-1] + rules.count("exercise_step_up_sessions") - 1
    count: int | None = None
    for session in sessions:
        place = places.get(session.exercise)
        if place is None:
            continue
        before = begins[place] if count is None else count
        stands = _place_at(before, begins)
        if session.step is Step.PROGRESS:
            # An easier one done well says nothing of the step she stands on.
            count = before if place < stands else min(most, max(before, begins[place]) + 1)
        elif session.step is Step.HOLD:
            count = begins[stands]
        else:
            count = begins[max(0, min(stands, place) - back)]
    stands = 0 if count is None else _place_at(count, begins)
    highest = max((places.get(session.exercise, 0) for session in sessions), default=0)
    return stands if grows else min(stands, highest)


def _place_at(count: int, begins: Sequence[int]) -> int:
    return bisect_right(begins, count) - 1


def sessions_to_climb(easier: Exercise, harder: Exercise, rules: Rules) -> int:
    """Return how many clean sessions in a row lead a step up: as many for each level it rises."""
    levels = max(1, harder.level - easier.level)
    return levels * rules.count("exercise_step_up_sessions")


def sessions_told(
    day: Day, told: CheckIn, next_morning: float | None, rules: Rules
) -> tuple[HomeSession, ...]:
    """Return the exercises of a planned day that are told to have been done.

    A tick stands for all of its kind that was planned. Work for the feet has no tick of its own: it
    counts on a day on which everything that has one was done.
    """
    ticks = {BlockKind.LATERAL: told.lateral_work, BlockKind.STRENGTH: told.strength}
    kinds = {block.kind for block in day.blocks}
    asked = [ticks[kind] for kind in ticks if kind in kinds]
    if BlockKind.RUN in kinds:
        asked.append(told.ran)
    done = {kind for kind, tick in ticks.items() if tick}
    if asked and all(asked):
        done.add(BlockKind.FOOT)
    step = weigh_exercises(told, next_morning, rules).step
    return tuple(
        HomeSession(on=day.date, exercise=block.exercise, step=step)
        for block in day.blocks
        if block.kind in done
    )


def sessions_ahead(days: Iterable[Day], *, is_careful: bool) -> tuple[HomeSession, ...]:
    """Return the exercises of planned days as if they were done; with care they only hold."""
    step = Step.HOLD if is_careful else Step.PROGRESS
    return tuple(
        HomeSession(on=day.date, exercise=block.exercise, step=step)
        for day in days
        for block in day.blocks
        if block.kind in AT_HOME
    )
