"""The knee check: known facts and rules in, three separate findings out.

The rules themselves are data, and where answers come from is the caller's matter.
"""

from collections.abc import Iterable, Mapping

from sidestep.domain.triage.causes import screen_causes
from sidestep.domain.triage.conditions import evaluate
from sidestep.domain.triage.facts import Facts, Question, complete_facts
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.patterns import fitting_patterns, possible_patterns
from sidestep.domain.triage.plan_access import decide_plan
from sidestep.domain.triage.red_flags import raise_flags, urgency_of
from sidestep.domain.triage.rules import Cause, Myth, Pattern, RedFlag

PLACE = "zones"
"""The fact without which nothing is planned: the place decides the path."""

SIDE = "side"
PAINS = ("pain_now", "pain_worst", "pain_running", "pain_daily_life")
"""Somebody whose knee hurts nowhere, now or on a run, has no place to name and needs none."""


def check_knee(
    facts: Facts,
    *,
    questions: Mapping[str, Question],
    red_flags: Iterable[RedFlag],
    patterns: Iterable[Pattern],
    causes: Iterable[Cause],
    myths: Iterable[Myth],
) -> KneeCheck:
    """Find how soon to be seen, which patterns the answers fit, and whether a plan may be shown.

    Replacing a known answer by unknown never lowers the urgency and never loosens the plan, as
    long as the facts do not contradict each other. The order of the rules changes nothing.

    Parameters
    ----------
    facts
        What is known: answers, and figures from the training history.
    questions
        By fact, in the order of the interview.
    red_flags, patterns, causes, myths
        The rules.
    """
    known = complete_facts(facts, questions)
    patterns = tuple(patterns)
    raised = raise_flags(red_flags, known, questions)
    has_place = bool(known.get(PLACE)) or _hurts_nowhere(known)
    plan, reasons = decide_plan(raised, possible_patterns(patterns, known), questions, has_place)
    open_facts = {fact for each in raised for fact in each.open_facts}
    if not has_place:
        open_facts.add(PLACE)
    if SIDE not in known:
        open_facts.add(SIDE)
    return KneeCheck(
        urgency=urgency_of(raised),
        red_flags=raised,
        patterns=fitting_patterns(patterns, known),
        plan=plan,
        plan_reasons=reasons,
        unanswered=in_interview_order(open_facts, questions),
        causes=screen_causes(causes, known, questions),
        myths=tuple(
            sorted(
                (myth for myth in myths if evaluate(myth.believed_when, known)),
                key=lambda myth: myth.id,
            )
        ),
        facts=known,
    )


def _hurts_nowhere(known: Facts) -> bool:
    return known.get(PLACE) == frozenset() and all(known.get(fact) == 0 for fact in PAINS)


def in_interview_order(facts: Iterable[str], questions: Mapping[str, Question]) -> tuple[str, ...]:
    """Sort facts by when they are asked; facts nobody asks for come last, by name."""
    order = {id: position for position, id in enumerate(questions)}
    return tuple(sorted(facts, key=lambda fact: (order.get(fact, len(order)), fact)))
