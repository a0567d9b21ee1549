"""Answers that cannot both be right are named together, from whichever rule they break."""

from dataclasses import replace

import pytest

from builders.rules import by_id, choice, choices, fact_is, number, yes_no
from builders.shipped import shipped_knowledge
from sidestep.domain.triage.conditions import All
from sidestep.domain.triage.contradictions import contradictions
from sidestep.domain.triage.facts import FactValue, complete_facts
from sidestep.errors import AnswersError
from sidestep.services.knee.knee_answers import parse_answers

PLACES = by_id(
    choices("zones", "back", "front"), replace(choice("worst", "back", "front"), one_of="zones")
)
PAINS = by_id(number("now"), replace(number("worst"), not_below="now", not_above="most"))
TWO = by_id(
    yes_no("hot"),
    replace(yes_no("calm"), never=(All((fact_is("hot"), fact_is("calm"))),)),
)


def test_the_worst_place_is_one_of_the_places() -> None:
    zones = frozenset({"back"})
    assert contradictions({"zones": zones, "worst": "front"}, PLACES) == (("worst", ("zones",)),)
    assert contradictions({"zones": zones, "worst": "back"}, PLACES) == ()
    assert contradictions({"worst": "front"}, PLACES) == ()


def test_of_one_place_the_worst_follows() -> None:
    assert complete_facts({"zones": frozenset({"back"})}, PLACES)["worst"] == "back"
    assert "worst" not in complete_facts({"zones": frozenset({"back", "front"})}, PLACES)
    assert "worst" not in complete_facts({"zones": frozenset()}, PLACES)


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"now": 8.0, "worst": 2.0}, (("worst", ("now",)),)),
        ({"now": 2.0, "worst": 2.0}, ()),
        ({"most": 3.0, "worst": 4.0}, (("worst", ("most",)),)),
        ({"worst": 2.0}, ()),
    ],
)
def test_a_number_keeps_to_the_numbers_it_hangs_on(
    facts: dict[str, FactValue], named: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    assert contradictions(facts, PAINS) == named


def test_what_can_never_be_true_together_is_named_together() -> None:
    assert contradictions({"hot": True, "calm": True}, TWO) == (("calm", ("hot",)),)
    assert contradictions({"hot": True, "calm": False}, TWO) == ()
    assert contradictions({"calm": True}, TWO) == ()


def test_an_answer_is_held_against_what_rules_it_out_through_a_question_nobody_asked() -> None:
    chain = by_id(yes_no("fell"), yes_no("swelled", fell=True), yes_no("at_once", swelled=True))
    assert contradictions({"fell": False, "at_once": True}, chain) == (("at_once", ("fell",)),)
    assert contradictions({"fell": False, "at_once": False}, chain) == ()
    assert contradictions({"fell": True, "at_once": True}, chain) == ()


@pytest.mark.parametrize(
    ("answers", "one", "other"),
    [
        (
            {"zones": ["back"], "worst_zone": "front_above"},
            "worst_zone: front_above",
            "zones: back",
        ),
        ({"pain_now": 8, "pain_worst": 2}, "pain_worst: 2", "pain_now: 8"),
        ({"age_years": 30, "years_running": 31}, "years_running: 31", "age_years: 30"),
        ({"trauma_recent": False, "deformity": True}, "deformity: yes", "trauma_recent: no"),
        ({"knee_hot_swollen": True, "swelling": "none"}, "swelling: none", "knee_hot_swollen: yes"),
        (
            {"cannot_straighten": False, "straighten_how": "blocked"},
            "straighten_how: blocked",
            "cannot_straighten: no",
        ),
        (
            {"calf_swollen": False, "chest_pain_breathless": True},
            "chest_pain_breathless: yes",
            "calf_swollen: no",
        ),
        (
            {"hurts_when": ["during_run"], "run_course": "no_pain"},
            "run_course: no_pain",
            "hurts_when: during_run",
        ),
        (
            {"onset": "twist", "weeks_since_onset": 0.5, "trauma_recent": False},
            "trauma_recent: no",
            "weeks_since_onset: 0.5",
        ),
    ],
)
def test_contradicting_answers_are_refused_and_both_named(
    answers: dict[str, object], one: str, other: str
) -> None:
    with pytest.raises(AnswersError) as refused:
        parse_answers(answers, shipped_knowledge().questions)
    assert f"{one} does not fit" in refused.value.message
    assert other in refused.value.message
