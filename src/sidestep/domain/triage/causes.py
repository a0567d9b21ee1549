"""Causes: each with the answer that shows it; what they mean is written in the rules."""

from collections.abc import Iterable, Mapping

from sidestep.domain.triage.conditions import evaluate, facts_of
from sidestep.domain.triage.facts import Facts, Question, answer_in_words
from sidestep.domain.triage.findings import ScreenedCause
from sidestep.domain.triage.rules import Cause


def screen_causes(
    causes: Iterable[Cause], facts: Facts, questions: Mapping[str, Question]
) -> tuple[ScreenedCause, ...]:
    """Return every cause, by id, with whether the answers show it and which answers those are."""
    return tuple(
        ScreenedCause(
            cause=cause,
            is_present=evaluate(cause.present_when, facts),
            because=tuple(
                _question_and_answer(fact, facts, questions)
                for fact in facts_of(cause.present_when)
            ),
        )
        for cause in sorted(causes, key=lambda cause: cause.id)
    )


def _question_and_answer(fact: str, facts: Facts, questions: Mapping[str, Question]) -> str:
    question = questions.get(fact)
    if question is None:
        return f"{fact}: {facts.get(fact, 'not known')}"
    answer = answer_in_words(question, facts[fact]) if fact in facts else "not known"
    asked = question.asks if question.asks.endswith("?") else f"{question.asks.rstrip('.:')}:"
    return f"{asked} {answer}"
