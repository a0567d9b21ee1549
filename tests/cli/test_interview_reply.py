import pytest

from builders.rules import choice, choices, number, yes_no
from sidestep.cli.interview_reply import Back, Help, ReplyError, read_reply
from sidestep.domain.triage.facts import Question

SIDE = choice("side", "left", "right")
ZONES = choices("zones", "back", "front", "inner")


@pytest.mark.parametrize(
    ("question", "typed", "reply"),
    [
        (yes_no("hot"), "y", True),
        (yes_no("hot"), " No ", False),
        (yes_no("hot"), "", None),
        (yes_no("hot"), "don't know", None),
        (yes_no("hot"), "b", Back()),
        (yes_no("hot"), "?", Help()),
        (number("pain"), "2.5", 2.5),
        (number("pain"), "2,5", 2.5),
        (SIDE, "2", "right"),
        (ZONES, "1 3", frozenset({"back", "inner"})),
        (ZONES, "1,3", frozenset({"back", "inner"})),
        (ZONES, "0", frozenset()),
    ],
)
def test_a_reply_is_read_as_the_question_offers_it(
    question: Question, typed: str, reply: object
) -> None:
    assert read_reply(question, typed) == reply


@pytest.mark.parametrize(
    ("question", "typed", "told"),
    [
        (yes_no("hot"), "maybe", "y for yes or n for no"),
        (number("pain"), "eleven", "a number from 0 to 10"),
        (number("pain"), "11", "a number from 0 to 10"),
        (number("pain"), "nan", "a number from 0 to 10"),
        (SIDE, "3", "one number from 1 to 2"),
        (SIDE, "0", "one number from 1 to 2"),
        (ZONES, "1 4", "numbers from 1 to 3"),
        (ZONES, "0 1", "numbers from 1 to 3"),
    ],
)
def test_anything_else_is_told_what_would_be_a_reply(
    question: Question, typed: str, told: str
) -> None:
    with pytest.raises(ReplyError, match=told):
        read_reply(question, typed)
