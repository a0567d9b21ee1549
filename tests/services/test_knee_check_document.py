"""The document of a knee check: the fields other programs rely on, and nothing of a hidden plan."""

import pytest

from builders.shipped import shipped_knowledge
from sidestep.domain.vocabulary.evidence import Basis
from sidestep.services.importing.made_up_runner import ANSWERS
from sidestep.services.knee.check_knee import check_answers
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.knee.knee_check_document import knee_check_document

KNOWLEDGE = shipped_knowledge()


@pytest.mark.parametrize(("gives_way", "is_told"), [(False, True), (True, False)])
def test_a_hidden_plan_is_not_told_in_the_document(gives_way: bool, is_told: bool) -> None:
    answers = parse_answers({**ANSWERS, "gives_way": gives_way}, KNOWLEDGE.questions)
    document = knee_check_document(check_answers(answers, KNOWLEDGE), KNOWLEDGE)
    told = [each["plan_says"] for each in document["patterns"]]
    told += [each["plan_does"] for each in document["causes"]]
    told += [exercise for each in document["causes"] for exercise in each["exercises"]]
    assert any(told) is is_told


def test_the_document_has_what_other_programs_rely_on() -> None:
    answers = parse_answers({**ANSWERS, "flared_on_return": True}, KNOWLEDGE.questions)
    document = knee_check_document(check_answers(answers, KNOWLEDGE), KNOWLEDGE)
    assert document["urgency"] in {"emergency", "urgent", "soon", "self_care"}
    assert document["plan"] in {"allowed", "reduced", "hidden"}
    assert {"id", "title", "sources"} <= document["red_flags"][0].keys()
    assert 1 <= len(document["patterns"]) <= 3
    for pattern in document["patterns"]:
        assert {"id", "title", "raised_by", "lowered_by", "basis", "sources"} <= pattern.keys()
        assert pattern["basis"] in set(Basis)
    assert isinstance(document["unanswered"], list)
    assert [cause["id"] for cause in document["causes"]] == sorted(
        cause.id for cause in KNOWLEDGE.causes
    )
