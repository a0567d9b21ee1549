"""One exercise: finding it, the rule for moving between its steps, and its document."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from sidestep.domain.planning.exercise import Dose, Exercise, ExerciseUse
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Why
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.errors import InputError
from sidestep.services.knowledge.backing_document import backing_document
from sidestep.services.ports import Knowledge


def find_exercise(id: str, exercises: Mapping[str, Exercise]) -> Exercise:
    """Return the exercise with this id.

    Raises
    ------
    InputError
        There is none; the hint names ids that come near.
    """
    if id in exercises:
        return exercises[id]
    meant = id.strip().lower().replace(" ", "_").replace("-", "_")
    near = [
        *get_close_matches(meant, exercises, n=3),
        *(each for each in exercises if meant and meant in each),
    ]
    names = ", ".join(list(dict.fromkeys(near))[:3])
    raise InputError(
        f"There is no exercise {id!r}.",
        hint=f"Did you mean {names}?" if names else "See all of them with: sidestep exercise list",
    )


def exercises_for(
    use: ExerciseUse | None, exercises: Mapping[str, Exercise]
) -> tuple[Exercise, ...]:
    """Return the exercises good for a use (all for ``None``): by use, the easiest first.

    Of one level those come first that a week may place.
    """
    order = list(ExerciseUse)
    fitting = (each for each in exercises.values() if use in (None, each.use, *each.also_for))
    return tuple(
        sorted(
            fitting,
            key=lambda each: (order.index(each.use), each.level, not each.is_planned, each.id),
        )
    )


def moving_on(exercise: Exercise, plans: Parameters) -> tuple[Why, ...]:
    """Return when to take the harder and when the easier step: one rule for all exercises.

    Raises
    ------
    KnowledgeError
        ``knowledge/plans`` lacks the rule.
    """
    rules = Rules(plans)
    calm = rules.number("exercise_pain_settles")
    return (
        rules.why("exercise_step_up_sessions", calm=min(calm, exercise.stop_above_pain)),
        rules.why("exercise_step_back", ceiling=exercise.stop_above_pain),
    )


def exercise_document(exercise: Exercise, knowledge: Knowledge) -> dict[str, Any]:
    """Build the document of one exercise with its sources in full."""
    return {
        "id": exercise.id,
        "title": exercise.title,
        "use": exercise.use.value,
        "also_for": sorted(each.value for each in exercise.also_for),
        "planned": exercise.is_planned,
        "works": exercise.works,
        "level": exercise.level,
        "dose": _dose(exercise.dose),
        "cues": list(exercise.cues),
        "mistakes": list(exercise.mistakes),
        "easier": {"says": exercise.easier, "exercise": exercise.easier_id or None},
        "harder": {"says": exercise.harder, "exercise": exercise.harder_id or None},
        "equipment": sorted(exercise.equipment),
        "substitutes": list(exercise.substitutes),
        "no_substitute": exercise.no_substitute or None,
        "stop_above_pain": exercise.stop_above_pain,
        "not_for": exercise.not_for,
        "says": exercise.says,
        **backing_document(exercise.backing, knowledge.sources),
    }


def shown_exercise_document(exercise: Exercise, knowledge: Knowledge) -> dict[str, Any]:
    """Build the document of one exercise with the rule for moving between its steps."""
    return {
        **exercise_document(exercise, knowledge),
        "moving_on": list(_moving_on(exercise, knowledge)),
    }


def _moving_on(exercise: Exercise, knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    for why in moving_on(exercise, knowledge.plans):
        ground = backing_document(why.backing, knowledge.sources)
        yield {"rule": why.rule, "says": why.says, **ground}


def _dose(dose: Dose) -> dict[str, Any]:
    return {
        "sets": dose.sets,
        "repetitions": dose.repetitions,
        "hold_s": dose.hold_s,
        "per_side": dose.is_per_side,
        "minutes": dose.minutes,
        "effort": dose.effort.value,
        "in_words": dose.in_words,
    }
