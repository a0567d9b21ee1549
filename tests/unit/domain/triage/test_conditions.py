import pytest

from builders.rules import fact_is
from sidestep.domain.triage.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Comparison,
    Condition,
    Not,
    Truth,
    deciding_facts,
    evaluate,
    settling_facts,
)
from sidestep.domain.triage.facts import FactValue

YES, NO, OPEN = fact_is("yes"), fact_is("no"), fact_is("open")
FACTS = {"yes": True, "no": False}


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (YES, True),
        (NO, False),
        (OPEN, None),
        (Not(YES), False),
        (Not(NO), True),
        (Not(OPEN), None),
        (All((YES, YES)), True),
        (All((YES, OPEN)), None),
        (All((NO, OPEN)), False),
        (Any((YES, OPEN)), True),
        (Any((NO, OPEN)), None),
        (Any((NO, NO)), False),
        (AtLeast(2, (YES, YES, OPEN)), True),
        (AtLeast(2, (YES, OPEN, NO)), None),
        (AtLeast(2, (OPEN, NO, NO)), False),
    ],
)
def test_conditions_follow_kleenes_strong_tables(condition: Condition, truth: Truth) -> None:
    assert evaluate(condition, FACTS) is truth


@pytest.mark.parametrize(
    ("how", "wanted", "known", "truth"),
    [
        (Comparison.IS, "left", "left", True),
        (Comparison.IS, "left", "right", False),
        (Comparison.IS_ONE_OF, frozenset({"left", "both"}), "both", True),
        (Comparison.IS_ONE_OF, frozenset({"left", "both"}), "right", False),
        (Comparison.INCLUDES, "back", frozenset({"back", "all_over"}), True),
        (Comparison.INCLUDES, "back", frozenset(), False),
        (Comparison.INCLUDES_ANY_OF, frozenset({"a", "b"}), frozenset({"b", "c"}), True),
        (Comparison.INCLUDES_ANY_OF, frozenset({"a", "b"}), frozenset({"c"}), False),
        (Comparison.AT_LEAST, 5.0, 5.0, True),
        (Comparison.AT_LEAST, 5.0, 4.9, False),
        (Comparison.AT_MOST, 5.0, 5.0, True),
        (Comparison.AT_MOST, 5.0, 5.1, False),
        (Comparison.MORE_THAN, 5.0, 5.0, False),
        (Comparison.MORE_THAN, 5.0, 5.1, True),
        (Comparison.LESS_THAN, 5.0, 5.0, False),
        (Comparison.LESS_THAN, 5.0, 4.9, True),
    ],
)
def test_every_comparison_holds_up_to_its_edge(
    how: Comparison, wanted: FactValue, known: FactValue, truth: bool
) -> None:
    assert evaluate(Compare("fact", how, wanted), {"fact": known}) is truth


def test_a_fact_of_another_kind_than_the_rule_expects_says_nothing() -> None:
    assert evaluate(Compare("fact", Comparison.AT_LEAST, 5.0), {"fact": "much"}) is None


def test_only_facts_that_can_still_decide_are_named() -> None:
    decided_part = Any((YES, fact_is("irrelevant")))
    condition = All((decided_part, Any((OPEN, NO)), Not(fact_is("other"))))
    assert deciding_facts(condition, FACTS) == ("open", "other")


def test_a_decided_condition_has_no_deciding_facts() -> None:
    assert deciding_facts(All((NO, OPEN)), FACTS) == ()


def test_the_facts_that_settle_a_condition_are_those_that_made_it_so() -> None:
    assert settling_facts(Any((YES, NO, OPEN)), FACTS) == ("yes",)
    assert settling_facts(All((YES, NO, OPEN)), FACTS) == ("no",)
    assert settling_facts(Not(Any((NO, fact_is("no", True)))), FACTS) == ("no",)
    assert settling_facts(OPEN, FACTS) == ()
