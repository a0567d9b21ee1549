"""Answers that cannot both be right; which of them is wrong only the person can tell."""

from collections.abc import Iterator, Mapping

from sidestep.domain.triage.conditions import comparisons_in, evaluate
from sidestep.domain.triage.facts import Facts, Question, gate_facts, is_worth_asking


def contradictions(
    facts: Facts, questions: Mapping[str, Question]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Name given facts that do not fit other given facts, each with those others."""
    return tuple(
        (question.id, others)
        for question in questions.values()
        if question.id in facts
        for others in _against(question, facts)
    )


def _against(question: Question, facts: Facts) -> Iterator[tuple[str, ...]]:
    answer = facts[question.id]
    if (
        question.otherwise is not None
        and answer != question.otherwise
        and is_worth_asking(question, facts) is False
    ):
        # A question that is not worth asking has one possible answer, its otherwise.
        yield tuple(fact for fact in gate_facts(question) if fact in facts)
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
