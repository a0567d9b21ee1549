"""Which values a question's answer can have; how answers are written in a file is not said here."""

import math
from typing import assert_never

from sidestep.domain.triage.conditions import Compare, Comparison
from sidestep.domain.triage.facts import AnswerKind, FactValue, Question

_FITTING = {
    AnswerKind.YES_NO: (Comparison.IS,),
    AnswerKind.CHOICE: (Comparison.IS, Comparison.IS_ONE_OF),
    AnswerKind.CHOICES: (Comparison.INCLUDES, Comparison.INCLUDES_ANY_OF),
    AnswerKind.NUMBER: (
        Comparison.AT_LEAST,
        Comparison.AT_MOST,
        Comparison.MORE_THAN,
        Comparison.LESS_THAN,
        Comparison.IS,
    ),
}


def expected_of(question: Question) -> str:
    """Say in words what answers a question allows."""
    match question.kind:
        case AnswerKind.YES_NO:
            return "yes or no"
        case AnswerKind.NUMBER:
            unit = "" if question.unit.startswith("of ") else question.unit
            return " ".join(part for part in ("a number", _range(question), unit) if part)
        case AnswerKind.CHOICE:
            return f"one of {_ids(question)}"
        case AnswerKind.CHOICES:
            return f"a list of any of {_ids(question)}"
        case _:
            assert_never(question.kind)


def is_possible(question: Question, value: FactValue) -> bool:
    """Tell whether a value is among those a question allows."""
    ids = {option.id for option in question.options}
    match question.kind:
        case AnswerKind.YES_NO:
            return isinstance(value, bool)
        case AnswerKind.NUMBER:
            return _is_number_within(question, value)
        case AnswerKind.CHOICE:
            return isinstance(value, str) and value in ids
        case AnswerKind.CHOICES:
            return isinstance(value, frozenset) and value <= ids
        case _:
            assert_never(question.kind)


def wrong_comparison(comparison: Compare, question: Question) -> str:
    """Say what is wrong with comparing this question's answer so; empty when nothing is."""
    fitting = _FITTING[question.kind]
    if comparison.how not in fitting:
        return f"“{comparison.how}” does not fit {expected_of(question)}; use {', '.join(fitting)}"
    if comparison.how in (Comparison.IS_ONE_OF, Comparison.INCLUDES, Comparison.INCLUDES_ANY_OF):
        wanted = comparison.value
        named = wanted if isinstance(wanted, frozenset) else frozenset({wanted})
        impossible = sorted(map(str, named - {option.id for option in question.options}))
        return f"no answer is {', '.join(impossible)}" if impossible else ""
    if is_possible(question, comparison.value):
        return ""
    return f"{comparison.value!r} is never the answer; expected {expected_of(question)}"


def _is_number_within(question: Question, value: FactValue) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return False
    above = question.minimum is None or value >= question.minimum
    return above and (question.maximum is None or value <= question.maximum)


def _range(question: Question) -> str:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None:
        return f"from {low:g} to {high:g}"
    if low is not None:
        return f"of at least {low:g}"
    return "" if high is None else f"of at most {high:g}"


def _ids(question: Question) -> str:
    return ", ".join(option.id for option in question.options)
