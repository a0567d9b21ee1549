"""Which question comes next; how a question is put to a person is not decided here."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sidestep.domain.triage.facts import (
    FactOrigin,
    Facts,
    Question,
    complete_facts,
    is_worth_asking,
)


def questions_left(
    questions: Mapping[str, Question], answers: Facts, passed_over: Collection[str]
) -> tuple[Question, ...]:
    """Return what is still to be asked, in order.

    A question that hangs on an unknown answer is asked: unknown is not no.

    Parameters
    ----------
    questions
        All questions, in the order of the interview.
    answers
        Answers so far.
    passed_over
        Questions that were put and left open.
    """
    known = complete_facts(answers, questions)
    return tuple(
        question
        for question in questions.values()
        if question.origin is FactOrigin.ASKED
        and question.id not in known
        and question.id not in passed_over
        and is_worth_asking(question, known) is not False
    )


def as_put(question: Question, answers: Facts) -> Question:
    """Return the question with only the options that earlier answers leave."""
    chosen = answers.get(question.one_of)
    if not isinstance(chosen, frozenset) or not chosen:
        return question
    left = tuple(option for option in question.options if option.id in chosen)
    return replace(question, options=left)


def count_likely(
    left: Collection[Question], questions: Mapping[str, Question], answers: Facts
) -> int:
    """Count the questions left that will be asked whatever the next answers are."""
    known = complete_facts(answers, questions)
    return sum(is_worth_asking(question, known) is True for question in left)
