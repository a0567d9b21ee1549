"""The laws of the library of exercises, over what ships; the checks themselves are tested apart."""

import re

import pytest

from builders.shipped import shipped_knowledge
from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.domain.planning.request import AT_HAND
from sidestep.domain.vocabulary.evidence import Basis
from sidestep.services.knowledge.exercise_checks import wrong_with
from sidestep.services.knowledge.exercise_document import moving_on

KNOWLEDGE = shipped_knowledge()
LIBRARY = KNOWLEDGE.exercises
EVERY = pytest.mark.parametrize("exercise", LIBRARY.values(), ids=lambda each: each.id)
WORKS = {
    "groin",
    "quadriceps",
    "hip_flexor",
    "outer_hip",
    "hip_and_leg",
    "calf",
    "ankle",
    "foot",
}
PAIN_IN_IMPACT = KNOWLEDGE.plans["lateral_sport_pain_max"].value


def ladder_of(exercise: Exercise) -> list[Exercise]:
    """The exercise and everything above it."""
    steps = [exercise]
    while steps[-1].harder_id:
        steps.append(LIBRARY[steps[-1].harder_id])
        assert len(steps) <= len(LIBRARY), "the ladder goes round in a circle"
    return steps


@EVERY
def test_an_exercise_fits_the_others(exercise: Exercise) -> None:
    assert list(wrong_with(exercise, LIBRARY)) == []


IN_A_RUN = (ExerciseUse.DRILL, ExerciseUse.SHUFFLE)
"""What comes inside a run trains something of its own: none of it does another's job."""


@EVERY
def test_an_exercise_has_a_substitute_where_another_does_the_same_job(exercise: Exercise) -> None:
    same_job = [
        other.id
        for other in LIBRARY.values()
        if (other.use, other.works) == (exercise.use, exercise.works)
        and other is not exercise
        and other.level <= exercise.level
        and other.equipment <= AT_HAND - exercise.equipment
    ]
    has_none_for_a_reason = exercise.no_substitute or exercise.use in IN_A_RUN
    assert exercise.substitutes or not same_job or has_none_for_a_reason, same_job


@EVERY
def test_a_ladder_ends_and_its_levels_rise(exercise: Exercise) -> None:
    levels = [step.level for step in ladder_of(exercise)]
    assert levels == sorted(set(levels))
    assert levels[-1] <= 4


@EVERY
def test_every_way_down_a_ladder_ends_where_everybody_can_start_or_says_how(
    exercise: Exercise,
) -> None:
    while exercise.easier_id:
        exercise = LIBRARY[exercise.easier_id]
    assert exercise.easier


@EVERY
def test_an_exercise_says_all_that_a_person_needs(exercise: Exercise) -> None:
    assert len(exercise.cues) >= 3
    assert exercise.mistakes
    assert exercise.easier
    assert exercise.harder
    assert exercise.not_for
    assert exercise.works in WORKS


@EVERY
def test_cues_say_what_to_do(exercise: Exercise) -> None:
    negated = re.compile(r"\b(not|never|don't|avoid|no|nor|cannot)\b", re.IGNORECASE)
    assert [cue for cue in exercise.cues if negated.search(cue)] == []


@EVERY
def test_a_dose_in_words_gives_its_own_figures(exercise: Exercise) -> None:
    dose = exercise.dose
    assert dose.repetitions or dose.hold_s
    amount = dose.repetitions or dose.hold_s
    says = dose.in_words.removesuffix(", slowly")
    assert says.startswith((f"{dose.sets} × {amount}", f"{dose.minutes:g} minutes"))
    if dose.repetitions and dose.hold_s:
        assert f"holding {dose.hold_s} s" in says
    assert ("each" in says) is dose.is_per_side


@EVERY
def test_a_dose_takes_about_the_minutes_it_says(exercise: Exercise) -> None:
    dose = exercise.dose
    times = dose.sets * (2 if dose.is_per_side else 1) * (dose.repetitions or 1)
    # A repetition takes from two seconds to a slow eight; rests come on top.
    shortest_s, longest_s = (dose.hold_s, dose.hold_s) if dose.hold_s else (2, 8)
    assert times * shortest_s / 60 <= dose.minutes <= times * longest_s / 60 + 2


@EVERY
def test_an_exercise_without_a_study_says_so(exercise: Exercise) -> None:
    if exercise.backing.basis is Basis.DESIGN:
        admits = r"[Nn]o study|not (among|measured|known)|our own|our easier|found no study|nobody"
        grounds = [exercise.says, *(each.supports for each in exercise.backing.citations)]
        assert re.search(admits, " ".join(grounds)), exercise.says


@EVERY
def test_hops_and_quick_feet_wait_for_a_calm_knee(exercise: Exercise) -> None:
    if exercise.use in (ExerciseUse.DRILL, ExerciseUse.SHUFFLE):
        assert exercise.stop_above_pain <= PAIN_IN_IMPACT
    assert exercise.stop_above_pain <= KNOWLEDGE.plans["exercise_pain_max"].value


@EVERY
def test_the_rule_for_moving_on_stands_once_and_not_in_every_exercise(exercise: Exercise) -> None:
    own = f"{exercise.easier} {exercise.harder}"
    assert not re.search(r"sessions|in a row|next morning|of 10", own)
    up, back = (each.says for each in moving_on(exercise, KNOWLEDGE.plans))
    assert "after 2 sessions" in up
    assert f"passes {exercise.stop_above_pain} of 10" in back


def test_titles_tell_exercises_apart() -> None:
    titles = [each.title.lower() for each in LIBRARY.values()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("use", ExerciseUse)
def test_every_use_has_exercises_and_a_week_may_place_some(
    use: ExerciseUse,
) -> None:
    of_use = [each for each in LIBRARY.values() if each.use is use]
    assert len(of_use) >= 2
    assert any(each.is_planned for each in of_use)


@pytest.mark.parametrize("use", [ExerciseUse.LATERAL, ExerciseUse.STRENGTH, ExerciseUse.FOOT])
def test_a_careful_week_without_equipment_has_enough_to_choose_from(use: ExerciseUse) -> None:
    most = KNOWLEDGE.plans["level_max_careful"].value
    easy = [
        each
        for each in LIBRARY.values()
        if each.use is use and each.is_planned and each.level <= most
    ]
    assert sum(each.equipment <= AT_HAND for each in easy) >= 2


def test_what_a_cause_asks_for_the_week_can_place() -> None:
    waiting = {
        f"{cause.id}: {id}"
        for cause in KNOWLEDGE.causes
        for id in cause.exercises
        if not LIBRARY[id].is_planned
    }
    assert waiting == set()


def test_a_run_is_framed_by_the_stretches_of_the_article_and_no_more() -> None:
    stretches = {
        each.id for each in LIBRARY.values() if each.use is ExerciseUse.STRETCH and each.is_planned
    }
    assert stretches == {"standing_groin_stretch", "standing_quadriceps_stretch"}
