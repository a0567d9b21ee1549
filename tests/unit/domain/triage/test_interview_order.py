from dataclasses import replace

from builders.rules import by_id, choice, choices, fact_is, number, red_flag, yes_no
from sidestep.domain.triage.conditions import Compare, Comparison
from sidestep.domain.triage.facts import FactOrigin
from sidestep.domain.triage.interview import as_put, asked_again, count_likely, questions_left

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


def test_a_question_may_wait_for_a_condition_over_numbers() -> None:
    age = number("age", maximum=120)
    old = replace(yes_no("creaks"), only_when=Compare("age", Comparison.AT_LEAST, 45.0))
    both = by_id(age, old)
    assert [each.id for each in questions_left(both, {"age": 30.0}, ())] == []
    assert [each.id for each in questions_left(both, {"age": 45.0}, ())] == ["creaks"]
    assert [each.id for each in questions_left(both, {}, {"age"})] == ["creaks"]


def test_the_worst_of_several_is_chosen_among_them_and_of_one_is_not_asked() -> None:
    several = choices("zones", "back", "front", "inside")
    worst = replace(choice("worst", "back", "front", "inside"), one_of="zones")
    both = by_id(several, worst)
    assert questions_left(both, {"zones": frozenset({"back"})}, ()) == ()
    offered = as_put(worst, {"zones": frozenset({"back", "inside"})})
    assert [option.id for option in offered.options] == ["back", "inside"]
    assert as_put(worst, {}) == worst


def test_warning_signs_pains_and_what_hangs_on_them_are_asked_again_but_not_who_one_is() -> None:
    age = replace(number("age", maximum=120), section="person")
    pain = number("pain_now", maximum=10)
    worst = replace(number("worst_today", maximum=10), not_below="pain_now")
    both = by_id(INJURED, SWOLLEN, FROM_FILES, age, pain, worst, yes_no("likes_hills"))
    flags = [red_flag(fact, fact_is(fact)) for fact in ("injured", "age", "spiked")]
    assert asked_again(both, flags) == {"injured", "swollen", "pain_now", "worst_today"}
