"""Runs the test cases that every rule carries; the cases themselves are data."""

from sidestep.domain.triage.conditions import Truth, evaluate
from sidestep.domain.triage.facts import Facts, complete_facts
from sidestep.domain.triage.patterns import is_shown
from sidestep.services.knowledge.knowledge_reading import RuleCase
from sidestep.services.ports import Knowledge


def outcome_of(case: RuleCase, knowledge: Knowledge) -> Truth:
    """Return what the case's rule gives for the case's facts.

    For a pattern: shown, not shown, or ``None`` when its place is not known.

    Raises
    ------
    KeyError
        The knowledge has no such rule.
    """
    facts = complete_facts(case.facts, knowledge.questions)
    return _outcomes(knowledge, facts, case.kind)[case.rule]


def _outcomes(knowledge: Knowledge, facts: Facts, kind: str) -> dict[str, Truth]:
    match kind:
        case "red_flag":
            return {rule.id: evaluate(rule.when, facts) for rule in knowledge.red_flags}
        case "pattern":
            return {rule.id: is_shown(rule, facts) for rule in knowledge.patterns}
        case "cause":
            return {rule.id: evaluate(rule.present_when, facts) for rule in knowledge.causes}
        case _:
            return {rule.id: evaluate(rule.believed_when, facts) for rule in knowledge.myths}
