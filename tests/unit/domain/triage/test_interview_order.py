from dataclasses import replace

from builders.rules import by_id, yes_no
from sidestep.domain.triage.facts import FactOrigin
from sidestep.domain.triage.interview import count_likely, questions_left

INJURED = yes_no("injured")
SWOLLEN = yes_no("swollen", injured=True)
FROM_FILES = replace(yes_no("spiked"), origin=FactOrigin.LOAD)
QUESTIONS = by_id(INJURED, SWOLLEN, FROM_FILES)


def test_questions_come_in_order_and_facts_of_the_files_are_not_asked() -> None:
    assert questions_left(QUESTIONS, {}, ()) == (INJURED, SWOLLEN)


def test_an_answer_takes_its_question_and_the_pointless_ones_away() -> None:
    assert questions_left(QUESTIONS, {"injured": False}, ()) == ()
    assert questions_left(QUESTIONS, {"injured": True}, ()) == (SWOLLEN,)


def test_what_hangs_on_an_open_question_is_still_asked() -> None:
    assert questions_left(QUESTIONS, {}, {"injured"}) == (SWOLLEN,)


def test_the_count_holds_only_what_will_surely_be_asked() -> None:
    left = questions_left(QUESTIONS, {}, ())
    assert count_likely(left, QUESTIONS, {}) == 1
    assert count_likely(left, QUESTIONS, {"injured": True}) == 2
