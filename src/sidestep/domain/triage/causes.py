"""Causes: each with the answer that shows it; what they mean is written in the rules."""

from collections.abc import Iterable, Mapping

from sidestep.domain.triage.conditions import deciding_facts, evaluate, settling_facts
from sidestep.domain.triage.facts import Facts, Question, answer_in_words
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
    return ScreenedCause(
        cause=cause,
        is_present=is_present,
        because=tuple(_question_and_answer(fact, facts, questions) for fact in because),
    )


def _question_and_answer(fact: str, facts: Facts, questions: Mapping[str, Question]) -> str:
    question = questions.get(fact)
    if question is None:
        return f"{fact}: {facts.get(fact, 'not known')}"
    answer = answer_in_words(question, facts[fact]) if fact in facts else "not known"
    asked = question.asks if question.asks.endswith("?") else f"{question.asks.rstrip('.:')}:"
    return f"{asked} {answer}"
