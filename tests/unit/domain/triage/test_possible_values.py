import pytest

from builders.rules import choice, choices, number, yes_no
from sidestep.domain.triage.conditions import Compare, Comparison
from sidestep.domain.triage.facts import FactValue, Question
from sidestep.domain.triage.possible_values import expected_of, is_possible, wrong_comparison

SIDE = choice("side", "left", "right")
ZONES = choices("zones", "back", "front")
PAIN = number("pain")
HOT = yes_no("hot")


@pytest.mark.parametrize(
    ("question", "value", "possible"),
    [
        (HOT, True, True),
        (HOT, 1.0, False),
        (PAIN, 0.0, True),
        (PAIN, 10.0, True),
        (PAIN, 10.5, False),
        (PAIN, -1.0, False),
        (PAIN, True, False),
        (PAIN, float("nan"), False),
        (SIDE, "left", True),
        (SIDE, "up", False),
        (ZONES, frozenset({"back"}), True),
        (ZONES, frozenset(), True),
        (ZONES, frozenset({"up"}), False),
        (ZONES, "back", False),
    ],
)
def test_a_value_is_possible_exactly_when_the_question_offers_it(
    question: Question, value: FactValue, possible: bool
) -> None:
    assert is_possible(question, value) is possible


def test_what_is_expected_names_range_and_options() -> None:
    assert expected_of(PAIN) == "a number from 0 to 10"
    assert expected_of(SIDE) == "one of left, right"
    assert expected_of(ZONES) == "a list of any of back, front"


@pytest.mark.parametrize(
    ("question", "how", "value"),
    [
        (HOT, Comparison.IS, True),
        (PAIN, Comparison.AT_LEAST, 5.0),
        (SIDE, Comparison.IS_ONE_OF, frozenset({"left"})),
        (ZONES, Comparison.INCLUDES, "back"),
        (ZONES, Comparison.INCLUDES_ANY_OF, frozenset({"back", "front"})),
    ],
)
def test_fitting_comparisons_are_accepted(
    question: Question, how: Comparison, value: FactValue
) -> None:
    assert wrong_comparison(Compare(question.id, how, value), question) == ""


@pytest.mark.parametrize(
    ("question", "how", "value", "complaint"),
    [
        (HOT, Comparison.AT_LEAST, 1.0, "does not fit yes or no"),
        (HOT, Comparison.IS, "yes", "never the answer"),
        (PAIN, Comparison.AT_LEAST, 11.0, "never the answer"),
        (SIDE, Comparison.IS, "up", "never the answer"),
        (SIDE, Comparison.IS_ONE_OF, frozenset({"left", "up"}), "no answer is up"),
        (ZONES, Comparison.IS, "back", "does not fit"),
        (ZONES, Comparison.INCLUDES, "up", "no answer is up"),
    ],
)
def test_comparisons_that_can_never_hold_are_named(
    question: Question, how: Comparison, value: FactValue, complaint: str
) -> None:
    assert complaint in wrong_comparison(Compare(question.id, how, value), question)
