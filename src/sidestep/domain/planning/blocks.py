"""The blocks that several days and cards are made of; where they are placed is decided there."""

from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.reasons import why_exercise
from sidestep.domain.planning.week import Block, BlockKind, Why


def exercise_block(kind: BlockKind, exercise: Exercise, why: Why | None = None) -> Block:
    """Return an exercise in its own dose; without another reason it speaks for itself."""
    return Block(
        kind=kind,
        exercise=exercise.id,
        title=exercise.title,
        dose=exercise.dose.in_words,
        minutes=exercise.dose.minutes,
        why=why or why_exercise(exercise),
        cues=exercise.cues,
    )


def rest_block(why: Why) -> Block:
    """Return a day's rest."""
    return Block(kind=BlockKind.REST, exercise="", title="Rest", dose="", minutes=0.0, why=why)
