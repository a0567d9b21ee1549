"""Causes: each with the answer that shows it; what they mean is written in the rules."""

from collections.abc import Iterable, Mapping

from sidestep.domain.triage.conditions import (
    comparisons_in,
    deciding_facts,
    evaluate,
    settling_facts,
)
from sidestep.domain.triage.facts import Facts, FactValue, Question, answer_in_words
from sidestep.domain.triage.findings import ScreenedCause
from sidestep.domain.triage.rules import Cause


def screen_causes(
    causes: Iterable[Cause], facts: Facts, questions: Mapping[str, Question]
) -> tuple[ScreenedCause, ...]:
    """Return every cause, by id, with whether the answers show it.

    Each comes with the answers that settle it, or with the open questions that would.
    """
    return tuple(
        _screen(cause, facts, questions) for cause in sorted(causes, key=lambda cause: cause.id)
    )


def _screen(cause: Cause, facts: Facts, questions: Mapping[str, Question]) -> ScreenedCause:
    is_present = evaluate(cause.present_when, facts)
    if is_present is None:
        because = deciding_facts(cause.present_when, facts)
    else:
        because = settling_facts(cause.present_when, facts)
    answers = [(fact, _answer(fact, cause, facts, questions)) for fact in because]
    return ScreenedCause(
        cause=cause,
        is_present=is_present,
        because=tuple(_asked(fact, questions) + answer for fact, answer in answers),
        in_brief=tuple(_asked_in_brief(fact, questions) + answer for fact, answer in answers),
    )


def _asked(fact: str, questions: Mapping[str, Question]) -> str:
    asks = questions[fact].asks if fact in questions else fact
    return f"{asks} " if asks.endswith("?") else f"{asks.rstrip('.:')}: "


def _asked_in_brief(fact: str, questions: Mapping[str, Question]) -> str:
    question = questions.get(fact)
    return f"{question.in_brief}: " if question and question.in_brief else _asked(fact, questions)


def _answer(fact: str, cause: Cause, facts: Facts, questions: Mapping[str, Question]) -> str:
    if fact not in facts:
        return "not known"
    value = _what_matters(facts[fact], fact, cause)
    return answer_in_words(questions[fact], value) if fact in questions else str(value)


def _what_matters(value: FactValue, fact: str, cause: Cause) -> FactValue:
    """Of several chosen answers, keep those the cause speaks of, if it speaks of any."""
    if not isinstance(value, frozenset):
        return value
    named: set[str] = set()
    for comparison in comparisons_in(cause.present_when):
        wanted = comparison.value
        if comparison.fact == fact and isinstance(wanted, str | frozenset):
            named |= {wanted} if isinstance(wanted, str) else wanted
    return value & named or value
