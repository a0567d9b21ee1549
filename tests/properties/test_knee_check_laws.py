"""Laws of the knee check, over the shipped rules and over rules made up on the spot."""

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from builders.chance import (
    MADE_UP_QUESTIONS,
    some_causes,
    some_condition,
    some_facts,
    some_flags,
    some_of,
    some_patterns,
    without_contradictions,
)
from builders.rules import red_flag
from builders.shipped import shipped_knowledge
from sidestep.adapters.knowledge.answers import read_answers
from sidestep.domain.triage.check import check_knee
from sidestep.domain.triage.conditions import deciding_facts, evaluate
from sidestep.domain.triage.facts import Facts
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.rules import Cause, Pattern, PlanAccess, RedFlag, Urgency
from sidestep.services.knee.check_knee import check_answers
from sidestep.services.knee.knee_answers import parse_answers

KNOWLEDGE = shipped_knowledge()
EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
CALM = parse_answers(read_answers(EXAMPLES / "self_care.yaml"), KNOWLEDGE.questions)
PAINS = ("pain_now", "pain_worst", "pain_running", "pain_daily_life")

# A seed per example: a full strategy over eighty questions takes longer than the laws themselves.
chances = st.integers(0, 2**32).map(Random)


def check(facts: Facts) -> KneeCheck:
    return check_answers(facts, KNOWLEDGE)


def shipped_facts(chance: Random) -> Facts:
    """Any facts, or (answers at random are nearly always alarming) a calm person with a change."""
    anything = some_facts(chance, KNOWLEDGE.questions)
    if chance.random() < 0.3:
        return anything
    changed = chance.sample(sorted(anything), min(len(anything), chance.randint(0, 4)))
    return without_contradictions(
        {**CALM, **{id: anything[id] for id in changed}}, KNOWLEDGE.questions
    )


def is_never_milder(after: KneeCheck, before: KneeCheck) -> bool:
    return after.urgency >= before.urgency and after.plan >= before.plan


@given(chances)
def test_forgetting_an_answer_never_lowers_urgency_nor_loosens_the_plan(chance: Random) -> None:
    facts = shipped_facts(chance)
    assert is_never_milder(check(some_of(chance, facts)), check(facts))


@given(chances, st.sampled_from((("left", "right"), ("right", "left"))))
def test_mirroring_the_runner_swaps_the_side_and_nothing_else(
    chance: Random, sides: tuple[str, str]
) -> None:
    facts = shipped_facts(chance)
    one, other = (check({**facts, "side": side}) for side in sides)
    assert other.facts["side"] == sides[1]
    assert replace(other, facts={**other.facts, "side": sides[0]}) == one


@given(chances, st.sampled_from(PAINS), st.integers(1, 10))
def test_more_pain_never_lowers_urgency_nor_loosens_the_plan(
    chance: Random, which: str, more: int
) -> None:
    facts = shipped_facts(chance)
    pain = facts.get(which, 0.0)
    assert isinstance(pain, float)
    before = check({**facts, which: pain})
    after = check({**facts, which: min(10.0, pain + more)})
    assert is_never_milder(after, before)


@given(chances)
def test_the_order_of_the_shipped_rules_changes_nothing(chance: Random) -> None:
    facts = shipped_facts(chance)
    shuffled = check_knee(
        facts,
        questions=KNOWLEDGE.questions,
        red_flags=chance.sample(KNOWLEDGE.red_flags, len(KNOWLEDGE.red_flags)),
        patterns=chance.sample(KNOWLEDGE.patterns, len(KNOWLEDGE.patterns)),
        causes=chance.sample(KNOWLEDGE.causes, len(KNOWLEDGE.causes)),
        myths=chance.sample(KNOWLEDGE.myths, len(KNOWLEDGE.myths)),
    )
    assert shuffled == check(facts)


@given(chances)
def test_a_check_without_one_of_the_shipped_red_flags_is_never_stricter(chance: Random) -> None:
    facts = shipped_facts(chance)
    left_out = chance.choice(KNOWLEDGE.red_flags)
    fewer = check_knee(
        facts,
        questions=KNOWLEDGE.questions,
        red_flags=[flag for flag in KNOWLEDGE.red_flags if flag != left_out],
        patterns=KNOWLEDGE.patterns,
        causes=KNOWLEDGE.causes,
        myths=KNOWLEDGE.myths,
    )
    assert is_never_milder(check(facts), fewer)


@given(chances)
def test_no_plan_is_shown_while_a_flag_is_open_or_the_place_is_missing(chance: Random) -> None:
    found = check(shipped_facts(chance))
    if any(not each.is_present for each in found.red_flags) or not found.facts.get("zones"):
        assert found.plan is PlanAccess.HIDDEN
    if found.urgency in (Urgency.URGENT, Urgency.EMERGENCY):
        assert found.plan is PlanAccess.HIDDEN
    assert len(found.patterns) <= 3
    assert [each.pattern.id for each in found.patterns] == sorted(
        each.pattern.id for each in found.patterns
    )


@dataclass
class MadeUp:
    """Rules made up on the spot, and a check by them."""

    flags: list[RedFlag]
    patterns: list[Pattern]
    causes: list[Cause]

    def check(self, facts: Facts) -> KneeCheck:
        return check_knee(
            facts,
            questions=MADE_UP_QUESTIONS,
            red_flags=self.flags,
            patterns=self.patterns,
            causes=self.causes,
            myths=(),
        )


def made_up(chance: Random) -> tuple[MadeUp, Facts]:
    rules = MadeUp(some_flags(chance), some_patterns(chance), some_causes(chance))
    return rules, some_facts(chance, MADE_UP_QUESTIONS)


@given(chances)
def test_forgetting_is_never_milder_whatever_the_rules(chance: Random) -> None:
    rules, facts = made_up(chance)
    assert is_never_milder(rules.check(some_of(chance, facts)), rules.check(facts))


@given(chances)
def test_forgetting_never_loosens_what_patterns_alone_ask_for(chance: Random) -> None:
    rules, facts = made_up(chance)
    rules = replace(rules, flags=[])
    place: Facts = {"zones": frozenset({"here"})}
    facts = {**facts, **place}
    fewer = {**some_of(chance, facts), **place}
    assert rules.check(fewer).plan >= rules.check(facts).plan


@given(chances)
def test_adding_a_red_flag_is_never_milder_whatever_the_rules(chance: Random) -> None:
    rules, facts = made_up(chance)
    wider = replace(rules, flags=[*rules.flags, red_flag("added", some_condition(chance))])
    assert is_never_milder(wider.check(facts), rules.check(facts))


@given(chances)
def test_the_order_of_rules_changes_nothing_whatever_the_rules(chance: Random) -> None:
    rules, facts = made_up(chance)
    shuffled = MadeUp(
        chance.sample(rules.flags, len(rules.flags)),
        chance.sample(rules.patterns, len(rules.patterns)),
        chance.sample(rules.causes, len(rules.causes)),
    )
    assert shuffled.check(facts) == rules.check(facts)


@given(chances)
def test_learning_more_decides_a_condition_and_never_reverses_it(chance: Random) -> None:
    condition = some_condition(chance)
    facts = some_facts(chance, MADE_UP_QUESTIONS)
    before = evaluate(condition, some_of(chance, facts))
    assert before is None or evaluate(condition, facts) is before


@given(chances)
def test_a_condition_is_open_exactly_when_unknown_facts_can_decide_it(chance: Random) -> None:
    condition = some_condition(chance)
    facts = some_facts(chance, MADE_UP_QUESTIONS)
    deciding = deciding_facts(condition, facts)
    assert bool(deciding) is (evaluate(condition, facts) is None)
    assert not set(deciding) & facts.keys()
