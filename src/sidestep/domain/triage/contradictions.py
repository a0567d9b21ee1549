"""Answers that cannot both be right; which of them is wrong only the person can tell."""

from collections.abc import Iterator, Mapping

from sidestep.domain.triage.conditions import comparisons_in, evaluate
from sidestep.domain.triage.facts import (
    Facts,
    Question,
    complete_facts,
    gate_facts,
    is_worth_asking,
)


def contradictions(
    facts: Facts, questions: Mapping[str, Question]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Name given facts that do not fit other given facts, each with those others."""
    known = complete_facts(facts, questions)
    return tuple(
        (question.id, others)
        for question in questions.values()
        if question.id in facts
        for others in (
            *_against_gates(question, facts, known, questions),
            *_against(question, facts),
        )
    )


def _against_gates(
    question: Question, facts: Facts, known: Facts, questions: Mapping[str, Question]
) -> Iterator[tuple[str, ...]]:
    """Yield the facts that leave a question one possible answer, its otherwise, if that is not it.

    ``known`` holds what follows from ``facts`` too: a gate between the two may not have been asked.
    """
    if question.otherwise in (None, facts[question.id]):
        return
    if is_worth_asking(question, known) is False:
        yield _given_gates(question, facts, questions)


def _given_gates(
    question: Question, facts: Facts, questions: Mapping[str, Question]
) -> tuple[str, ...]:
    """Name the given facts a question hangs on, through the gates that nobody was asked."""
    seen: dict[str, None] = {}
    waiting = list(gate_facts(question))
    while waiting:
        fact = waiting.pop(0)
        if fact in seen:
            continue
        seen[fact] = None
        if fact not in facts and fact in questions:
            waiting.extend((*gate_facts(questions[fact]), questions[fact].one_of))
    return tuple(fact for fact in seen if fact in facts)


def _against(question: Question, facts: Facts) -> Iterator[tuple[str, ...]]:
    answer = facts[question.id]
    chosen = facts.get(question.one_of)
    if isinstance(chosen, frozenset) and answer not in chosen:
        yield (question.one_of,)
    lowest, highest = facts.get(question.not_below), facts.get(question.not_above)
    if isinstance(answer, float) and isinstance(lowest, float) and answer < lowest:
        yield (question.not_below,)
    if isinstance(answer, float) and isinstance(highest, float) and answer > highest:
        yield (question.not_above,)
    for impossible in question.never:
        if evaluate(impossible, facts):
            named = dict.fromkeys(each.fact for each in comparisons_in(impossible))
            yield tuple(fact for fact in named if fact != question.id)
