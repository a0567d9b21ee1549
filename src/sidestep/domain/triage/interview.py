"""Which question comes next; how a question is put to a person is not decided here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sidestep.domain.triage.check import PAINS
from sidestep.domain.triage.conditions import comparisons_in
from sidestep.domain.triage.facts import (
    FactOrigin,
    Facts,
    Question,
    complete_facts,
    gate_facts,
    is_worth_asking,
)
from sidestep.domain.triage.rules import RedFlag

ABOUT_THE_PERSON = "person"
"""The section of the interview that asks who somebody is."""


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


def asked_again(questions: Mapping[str, Question], red_flags: Iterable[RedFlag]) -> frozenset[str]:
    """Name the questions whose answers grow old: warning signs, pains, and what hangs on those.

    Who a person is does not change within weeks and is left out.
    """
    signs = {each.fact for flag in red_flags for each in comparisons_in(flag.when)}
    found = {
        id
        for id in signs.union(PAINS)
        if id in questions
        and questions[id].origin is FactOrigin.ASKED
        and questions[id].section != ABOUT_THE_PERSON
    }
    for question in questions.values():
        rests_on = {question.one_of, question.not_below, question.not_above, *gate_facts(question)}
        if rests_on & found:
            found.add(question.id)
    return frozenset(found)


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
