from dataclasses import replace

import pytest

from builders.shipped import shipped_knowledge
from sidestep.domain.planning.exercise import ExerciseUse
from sidestep.errors import InputError
from sidestep.services.knowledge.exercise_document import (
    exercise_document,
    exercises_for,
    find_exercise,
    moving_on,
    shown_exercise_document,
)
from sidestep.services.knowledge.exercise_drawing import drawing_of

KNOWLEDGE = shipped_knowledge()
LIBRARY = KNOWLEDGE.exercises


def test_the_document_of_an_exercise_leads_to_its_neighbours() -> None:
    document = exercise_document(LIBRARY["step_down"], KNOWLEDGE)
    assert document["easier"]["exercise"] == "step_up"
    assert document["harder"]["exercise"] == "single_leg_squat_to_chair"
    assert set(document["substitutes"]) <= LIBRARY.keys()
    assert document["equipment"] == ["step"]
    assert document["sources"][0]["key"] == "macaskill_2014"


def test_where_no_exercise_is_easier_the_document_says_so_and_keeps_the_words() -> None:
    easier = exercise_document(LIBRARY["fire_hydrant"], KNOWLEDGE)["easier"]
    assert easier["exercise"] is None
    assert easier["says"]


def test_a_shown_exercise_carries_the_rule_for_moving_on_with_its_ground() -> None:
    document = shown_exercise_document(LIBRARY["squat"], KNOWLEDGE)
    assert [each["rule"] for each in document["moving_on"]] == [
        "exercise_step_up_sessions",
        "exercise_step_back",
    ]
    assert all(each["basis"] == "design" for each in document["moving_on"])


def test_the_rule_follows_its_numbers_and_the_exercises_own_ceiling() -> None:
    plans = dict(KNOWLEDGE.plans)
    plans["exercise_step_up_sessions"] = replace(plans["exercise_step_up_sessions"], value=3.0)
    strict = replace(LIBRARY["squat"], stop_above_pain=1)
    up, back = (why.says for why in moving_on(strict, plans))
    assert "after 3 sessions" in up
    assert "pain of 1 of 10 at most" in up
    assert "passes 1 of 10" in back


def test_exercises_come_by_use_easiest_first_and_of_one_level_the_planned_first() -> None:
    listed = exercises_for(None, LIBRARY)
    assert {each.id for each in listed} == LIBRARY.keys()
    order = list(ExerciseUse)
    keys = [(order.index(each.use), each.level, not each.is_planned) for each in listed]
    assert keys == sorted(keys)


def test_a_use_also_lists_what_is_good_for_it_besides() -> None:
    ids = {each.id for each in exercises_for(ExerciseUse.DESK, LIBRARY)}
    assert {"seated_march", "stand_and_squeeze", "sit_to_stand"} <= ids
    assert "squat" not in ids


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("clamshel", "clamshell"),
        ("plank", "side_plank"),
        ("calf", "calf_raise"),
        ("Box-Squat", "box_squat"),
    ],
)
def test_an_unknown_id_names_ids_that_come_near(wrong: str, near: str) -> None:
    with pytest.raises(InputError) as refused:
        find_exercise(wrong, LIBRARY)
    assert wrong in refused.value.message
    assert near in refused.value.hint


@pytest.mark.parametrize("wrong", ["", "xyzzy"])
def test_an_id_that_is_near_to_nothing_is_told_where_they_are_listed(wrong: str) -> None:
    with pytest.raises(InputError) as refused:
        find_exercise(wrong, LIBRARY)
    assert "sidestep exercise list" in refused.value.hint


def test_an_exercise_without_a_drawing_is_an_input_error() -> None:
    with pytest.raises(InputError, match="no drawing of 'squat'"):
        drawing_of("squat", lambda _: None)
