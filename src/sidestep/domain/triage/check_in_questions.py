"""What a day's check-in asks; the warning signs are the knee check's own, never a second list."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sidestep.domain.triage.conditions import All, Compare, Comparison, Condition
from sidestep.domain.triage.facts import Facts, FactValue, Question, is_worth_asking
from sidestep.domain.triage.interview import asked_again
from sidestep.domain.triage.rules import RedFlag

PAIN = "pain_now"
SAME_PLACE, NEW_SIGNS = "same_place", "new_signs"
SIGN_SECTIONS = frozenset({"signs", "injury"})
"""The sections of the knee check that ask for what can be new on any day."""


def warning_signs(
    questions: Mapping[str, Question], red_flags: Iterable[RedFlag]
) -> dict[str, Question]:
    """Return the knee check's questions for warning signs that can be new on any day."""
    again = asked_again(questions, red_flags)
    return {
        id: question
        for id, question in questions.items()
        if id in again and question.section in SIGN_SECTIONS
    }


def day_questions(
    own: Mapping[str, Question],
    questions: Mapping[str, Question],
    red_flags: Iterable[RedFlag],
    *,
    known: Facts,
) -> dict[str, Question]:
    """Return what a day is asked, in order: the pain, what is new, the signs if so, the rest.

    That nothing is new answers every sign at once: the question names them all.

    Parameters
    ----------
    own
        The check-in's own questions.
    questions, red_flags
        Those of the knee check.
    known
        Its answers; what they settle about a sign (such as an age) is not asked again.
    """
    signs = warning_signs(questions, red_flags)
    lasting = {fact: value for fact, value in known.items() if fact not in signs}
    asked = Compare(NEW_SIGNS, Comparison.IS, True)
    gated = {
        id: replace(each, only_when=_both(asked, each.only_when), only_if=_left(each, signs))
        for id, each in signs.items()
        if is_worth_asking(each, lasting) is not False
    }
    first = {id: own[id] for id in (SAME_PLACE, NEW_SIGNS) if id in own}
    section = next((each.section for each in first.values()), questions[PAIN].section)
    return {PAIN: replace(questions[PAIN], section=section), **first, **gated, **own}


def _both(asked: Condition, own: Condition | None) -> Condition:
    return asked if own is None else All((asked, own))


def _left(
    question: Question, signs: Mapping[str, Question]
) -> Mapping[str, frozenset[FactValue]] | None:
    """Keep the gates that this day itself can answer; the knee check settled the others."""
    left = {fact: values for fact, values in (question.only_if or {}).items() if fact in signs}
    return left or None
