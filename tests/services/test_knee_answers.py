from random import Random

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.chance import some_facts
from builders.rules import by_id, choice, choices, number, yes_no
from builders.shipped import shipped_knowledge
from sidestep.errors import AnswersError
from sidestep.services.knee.knee_answers import answers_schema, parse_answers, plain_facts

QUESTIONS = by_id(
    choice("side", "left", "right"),
    choices("zones", "back", "front"),
    number("pain"),
    yes_no("injured"),
    yes_no("swollen", injured=True),
)


def test_answers_are_read_into_facts() -> None:
    raw = {"side": "left", "zones": ["back"], "pain": 3, "injured": "no", "swollen": False}
    assert parse_answers(raw, QUESTIONS) == {
        "side": "left",
        "zones": frozenset({"back"}),
        "pain": 3.0,
        "injured": False,
        "swollen": False,
    }


def test_one_choice_may_stand_without_a_list() -> None:
    assert parse_answers({"zones": "back"}, QUESTIONS) == {"zones": frozenset({"back"})}


@pytest.mark.parametrize("unknown", [None, "unknown", "don't know", "Don’t know", ""])
def test_what_is_left_open_stays_unknown(unknown: object) -> None:
    assert parse_answers({"side": unknown, "injured": unknown, "pain": unknown}, QUESTIONS) == {}


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ({"sied": "left"}, "sied: there is no such question; did you mean side?"),
        ({"side": "lefft"}, "'lefft' is not among the answers; expected one of left, right;"),
        ({"side": "lefft"}, "did you mean left?"),
        ({"zones": ["bakc"]}, "did you mean back?"),
        ({"zones": [1]}, "expected a list of any of back, front"),
        ({"pain": 11}, "pain: 11 is not among the answers; expected a number from 0 to 10"),
        ({"pain": True}, "expected a number"),
        ({"pain": float("nan")}, "expected a number"),
        ({"injured": "perhaps"}, "expected yes or no"),
        ({"injured": 1}, "expected yes or no"),
        ({"side": {"left": True}}, "expected one of"),
        ({"injured": False, "swollen": True}, "swollen: yes does not fit injured: no"),
    ],
)
def test_a_wrong_answer_is_named_with_what_is_allowed(
    raw: dict[str, object], complaint: str
) -> None:
    with pytest.raises(AnswersError) as refused:
        parse_answers(raw, QUESTIONS)
    assert complaint in refused.value.message
    assert "--schema" in refused.value.hint


def test_all_wrong_answers_are_named_at_once() -> None:
    with pytest.raises(AnswersError) as refused:
        parse_answers({"side": "up", "pain": 11}, QUESTIONS)
    assert "side" in refused.value.message
    assert "pain" in refused.value.message


def test_the_schema_is_a_sound_schema_and_knows_every_question() -> None:
    questions = shipped_knowledge().questions
    schema = answers_schema(questions)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"].keys() == questions.keys()


@given(st.integers(0, 2**32).map(Random))
def test_possible_facts_pass_the_schema_and_come_back_the_same(chance: Random) -> None:
    questions = shipped_knowledge().questions
    facts = some_facts(chance, questions)
    plain = plain_facts(facts)
    validator.validate(plain)
    assert parse_answers(plain, questions) == facts


validator = jsonschema.Draft202012Validator(answers_schema(shipped_knowledge().questions))


@pytest.mark.parametrize(
    "wrong", [{"nobody_asks": 1}, {"side": "up"}, {"pain_now": 11}, {"fever": "perhaps"}]
)
def test_the_schema_refuses_what_reading_refuses(wrong: dict[str, object]) -> None:
    assert not validator.is_valid(wrong)
    with pytest.raises(AnswersError):
        parse_answers(wrong, shipped_knowledge().questions)


@pytest.mark.parametrize("answer", ["back", ["back", "front"], [], "don't know", None])
def test_the_schema_allows_what_reading_allows(answer: object) -> None:
    parse_answers({"zones": answer}, QUESTIONS)
    jsonschema.validate({"zones": answer}, answers_schema(QUESTIONS))
