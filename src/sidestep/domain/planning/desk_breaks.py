"""Short breaks from sitting on working days, for who sits long; they are no training."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.domain.planning.request import AT_HAND
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind


def with_breaks(days: Collection[Day], draft: Draft) -> tuple[Day, ...]:
    """Return the days with a break from sitting on each working day that is no day of rest.

    Two exercises alternate and stay for a turn of weeks; what the day has anyway is not repeated.
    """
    breaks = _breaks_of(draft)
    return tuple(replace(day, blocks=(*day.blocks, *_block(day, breaks, draft))) for day in days)


def _breaks_of(draft: Draft) -> list[Exercise]:
    if not draft.request.sits_long:
        return []
    known = draft.request.exercises.values()
    possible = sorted((each for each in known if _fits_a_desk(each, draft)), key=_rank)
    if not possible:
        return []
    first = draft.request.turn * draft.rules.count("desk_breaks") % len(possible)
    return [*possible[first:], *possible[:first]]


def _fits_a_desk(exercise: Exercise, draft: Draft) -> bool:
    is_for_it = ExerciseUse.DESK in {exercise.use, *exercise.also_for}
    return (
        is_for_it
        and not exercise.is_on_floor
        and exercise.equipment <= AT_HAND
        and exercise.stop_above_pain >= draft.pain.at_rest
        and exercise.level <= draft.rules.count("level_max_careful")
        and exercise.id not in draft.request.avoided
    )


def _rank(exercise: Exercise) -> tuple[bool, str]:
    """Put what was made for a desk first."""
    return exercise.use not in (ExerciseUse.DESK, ExerciseUse.STRENGTH), exercise.id


def _block(day: Day, breaks: list[Exercise], draft: Draft) -> Iterator[Block]:
    rules = draft.rules
    if day.kind is DayKind.REST or day.date.weekday() >= rules.count("desk_days"):
        return
    taken = {block.exercise for block in day.blocks}
    free = [each for each in breaks if each.id not in taken]
    if not free:
        return
    yield _break(free[day.date.toordinal() % min(2, len(free))], draft)


def _break(exercise: Exercise, draft: Draft) -> Block:
    times = draft.rules.count("desk_breaks")
    return Block(
        kind=BlockKind.DESK,
        exercise=exercise.id,
        title=exercise.title,
        dose=f"{exercise.dose.in_words}, in {times} breaks",
        minutes=times * exercise.dose.minutes,
        why=draft.rules.why("desk_breaks"),
        cues=exercise.cues,
    )
