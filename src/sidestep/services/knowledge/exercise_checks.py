"""The checks that hold the exercises together: ladders, substitutes, equipment, uses."""

from collections.abc import Iterator, Mapping

from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.request import AT_HAND, EQUIPMENT
from sidestep.services.did_you_mean import did_you_mean

Exercises = Mapping[str, Exercise]


def wrong_with(exercise: Exercise, known: Exercises) -> Iterator[str]:
    """Say everything in which an exercise does not fit the others."""
    yield from _steps(exercise, known)
    yield from _substitutes(exercise, known)
    yield from _equipment(exercise)
    if exercise.use in exercise.also_for:
        yield f"also_for: {exercise.use} is its use already"


def _steps(exercise: Exercise, known: Exercises) -> Iterator[str]:
    """Check both neighbours on the ladder; levels that rise strictly leave no room for a circle."""
    if (easier := known.get(exercise.easier_id)) is not None:
        if easier.harder_id != exercise.id:
            yield f"easier_id: {easier.id} does not name this one as its harder_id"
        if easier.level >= exercise.level:
            yield _flat("easier_id", easier, exercise)
    if (harder := known.get(exercise.harder_id)) is not None:
        if harder.easier_id != exercise.id:
            yield f"harder_id: {harder.id} does not name this one as its easier_id"
        if harder.level <= exercise.level:
            yield _flat("harder_id", exercise, harder)
    for key, id in (("easier_id", exercise.easier_id), ("harder_id", exercise.harder_id)):
        if id and id not in known:
            yield f"{key}: there is no exercise {id}{did_you_mean(id, known)}"


def _flat(key: str, below: Exercise, above: Exercise) -> str:
    return (
        f"{key}: the level must rise from {below.id} ({below.level}) to {above.id} ({above.level})"
    )


def _substitutes(exercise: Exercise, known: Exercises) -> Iterator[str]:
    for id in exercise.substitutes:
        other = known.get(id)
        if other is None:
            yield f"substitutes: there is no exercise {id}{did_you_mean(id, known)}"
        elif other.id == exercise.id:
            yield "substitutes: it cannot stand in for itself"
        elif (other.use, other.works) != (exercise.use, exercise.works):
            yield f"substitutes: {id} is for something else ({other.use}, {other.works})"
        elif other.level > exercise.level:
            yield f"substitutes: {id} is harder (level {other.level})"
        elif needed := (other.equipment & exercise.equipment) | (other.equipment - AT_HAND):
            yield f"substitutes: {id} needs {', '.join(sorted(needed))}"


def _equipment(exercise: Exercise) -> Iterator[str]:
    for thing in sorted(exercise.equipment - EQUIPMENT - AT_HAND):
        yield f"equipment: nobody can say that she has {thing}"
    if exercise.equipment and not exercise.substitutes and not exercise.no_substitute:
        yield "substitutes: name one without its equipment, or say why none in no_substitute"
    if exercise.no_substitute and (exercise.substitutes or not exercise.equipment):
        yield "no_substitute: only for an exercise that needs something and has no substitute"
