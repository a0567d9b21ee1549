from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from builders.plan_requests import an_exercise
from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.services.knowledge.exercise_checks import wrong_with

LOW = replace(an_exercise("low", ExerciseUse.STRENGTH), harder_id="high")
HIGH = replace(an_exercise("high", ExerciseUse.STRENGTH, level=2), easier_id="low")
STEP = replace(
    an_exercise("step", ExerciseUse.STRENGTH, level=2, equipment=frozenset({"step"})),
    substitutes=("high",),
)
BAND = an_exercise("band", ExerciseUse.STRENGTH, equipment=frozenset({"band"}))
CALF = replace(an_exercise("calf", ExerciseUse.STRENGTH), works="calf")
FOOT = an_exercise("foot", ExerciseUse.FOOT)


def by_id(*exercises: Exercise) -> Mapping[str, Exercise]:
    return {each.id: each for each in (LOW, HIGH, STEP, BAND, CALF, FOOT, *exercises)}


def complaints(exercise: Exercise, **changes: Any) -> list[str]:
    changed = replace(exercise, **changes)
    return list(wrong_with(changed, by_id(changed)))


@pytest.mark.parametrize("exercise", [LOW, HIGH, STEP], ids=lambda each: each.id)
def test_a_ladder_and_a_substitute_that_fit_are_left_alone(exercise: Exercise) -> None:
    assert complaints(exercise) == []


@pytest.mark.parametrize(
    ("exercise", "changes", "complaint"),
    [
        (LOW, {"harder_id": "hihg"}, "harder_id: there is no exercise hihg; did you mean high?"),
        (HIGH, {"easier_id": "lwo"}, "easier_id: there is no exercise lwo; did you mean low?"),
        (LOW, {"harder_id": "step"}, "harder_id: step does not name this one as its easier_id"),
        (STEP, {"easier_id": "low"}, "easier_id: low does not name this one as its harder_id"),
        (LOW, {"level": 2}, "harder_id: the level must rise from low (2) to high (2)"),
        (HIGH, {"level": 1}, "easier_id: the level must rise from low (1) to high (1)"),
        (LOW, {"easier_id": "low"}, "easier_id: the level must rise from low (1) to low (1)"),
        (STEP, {"substitutes": ("hgh",)}, "substitutes: there is no exercise hgh"),
        (STEP, {"substitutes": ("step",)}, "substitutes: it cannot stand in for itself"),
        (STEP, {"substitutes": ("foot",)}, "substitutes: foot is for something else (foot"),
        (STEP, {"substitutes": ("calf",)}, "substitutes: calf is for something else (strength"),
        (STEP, {"substitutes": ("band",)}, "substitutes: band needs band"),
        (STEP, {"level": 1}, "substitutes: high is harder (level 2)"),
        (STEP, {"substitutes": ()}, "substitutes: name one without its equipment"),
        (STEP, {"no_substitute": "Stairs do."}, "no_substitute: only for an exercise that needs"),
        (LOW, {"no_substitute": "Stairs do."}, "no_substitute: only for an exercise that needs"),
        (STEP, {"equipment": frozenset({"rope"})}, "nobody can say that she has rope"),
        (FOOT, {"also_for": frozenset({ExerciseUse.FOOT})}, "also_for: foot is its use already"),
    ],
)
def test_what_does_not_fit_is_named(
    exercise: Exercise, changes: dict[str, Any], complaint: str
) -> None:
    assert any(complaint in line for line in complaints(exercise, **changes))


def test_a_substitute_may_use_what_everybody_has_but_not_what_is_missing() -> None:
    wall = an_exercise("wall", ExerciseUse.STRENGTH, equipment=frozenset({"wall"}))
    known = by_id(wall)
    without_step = replace(STEP, substitutes=("wall",))
    without_wall = replace(without_step, equipment=frozenset({"wall"}))
    assert list(wrong_with(without_step, known)) == []
    assert list(wrong_with(without_wall, known)) == ["substitutes: wall needs wall"]


def test_what_needs_something_and_nothing_stands_in_may_say_why() -> None:
    assert complaints(BAND, no_substitute="Press into a wall.") == []
