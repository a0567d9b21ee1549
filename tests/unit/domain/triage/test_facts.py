import pytest

from builders.rules import by_id, choice, choices, number, yes_no
from sidestep.domain.triage.contradictions import contradictions
from sidestep.domain.triage.facts import (
    FactValue,
    Question,
    answer_in_words,
    complete_facts,
    is_worth_asking,
)

INJURED = yes_no("injured")
SWOLLEN = yes_no("swollen", injured=True)
QUICKLY = yes_no("quickly", swollen=True)
CHAIN = by_id(INJURED, SWOLLEN, QUICKLY)


def test_no_follows_for_questions_that_hang_on_a_no() -> None:
    facts = complete_facts({"injured": False}, CHAIN)
    assert facts == {"injured": False, "swollen": False, "quickly": False}


def test_what_hangs_on_an_unknown_stays_unknown() -> None:
    assert complete_facts({}, CHAIN) == {}


def test_what_follows_does_not_depend_on_the_order_of_the_questions() -> None:
    backwards = by_id(QUICKLY, SWOLLEN, INJURED)
    assert complete_facts({"injured": False}, backwards) == complete_facts(
        {"injured": False}, CHAIN
    )


def test_a_given_answer_is_never_overwritten() -> None:
    assert complete_facts({"injured": False, "swollen": True}, CHAIN)["swollen"] is True


def test_an_answer_against_its_own_premise_is_named_with_the_premise() -> None:
    assert contradictions({"injured": False, "swollen": True}, CHAIN) == (
        ("swollen", ("injured",)),
    )
    assert contradictions({"injured": False, "swollen": False}, CHAIN) == ()
    assert contradictions({"swollen": True}, CHAIN) == ()


def test_a_question_can_hang_on_one_of_several_choices() -> None:
    zones = choices("zones", "back", "front")
    question = Question(
        id="calf",
        section="signs",
        asks="Does the calf cramp?",
        kind=SWOLLEN.kind,
        only_if={"zones": frozenset({"back"})},
    )
    assert zones.id in (question.only_if or {})
    assert is_worth_asking(question, {"zones": frozenset({"back", "front"})}) is True
    assert is_worth_asking(question, {"zones": frozenset({"front"})}) is False
    assert is_worth_asking(question, {}) is None


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (yes_no("hot"), True, "yes"),
        (yes_no("hot"), False, "no"),
        (number("sitting", unit="h"), 9.0, "9 h"),
        (number("pain"), 2.5, "2.5"),
        (choice("side", "left", "right"), "left", "Left"),
        (choices("zones", "back", "front"), frozenset({"front", "back"}), "Back, Front"),
        (choices("zones", "back", "front"), frozenset(), "none of these"),
    ],
)
def test_an_answer_is_said_the_way_it_was_offered(
    question: Question, value: FactValue, words: str
) -> None:
    assert answer_in_words(question, value) == words
