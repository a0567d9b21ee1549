"""Reads what a person types at one question; which question it was is the interview's matter."""

from dataclasses import dataclass

from sidestep.domain.triage.facts import AnswerKind, FactValue, Question
from sidestep.domain.triage.possible_values import expected_of, is_possible

HOW_TO_REPLY = "Enter: don't know · b: back · ? : help · Ctrl-C: stop"


@dataclass(frozen=True)
class Back:
    """Take the last answer back."""


@dataclass(frozen=True)
class Help:
    """Say more about the question."""


class ReplyError(ValueError):
    """What was typed is no answer to the question; says what would be."""


def read_reply(question: Question, typed: str) -> FactValue | Back | Help | None:
    """Read a reply; ``None`` means that the answer is not known.

    Raises
    ------
    ReplyError
        It is no answer to this question.
    """
    word = typed.strip().lower()
    if word in ("", "don't know", "dont know", "unknown"):
        return None
    if word in ("b", "back"):
        return Back()
    if word in ("?", "h", "help"):
        return Help()
    match question.kind:
        case AnswerKind.YES_NO:
            return _yes_no(word)
        case AnswerKind.NUMBER:
            return _number(question, word)
        case AnswerKind.CHOICE:
            return _place(question, word)
        case AnswerKind.CHOICES:
            return _places(question, word)


def _yes_no(word: str) -> bool:
    if word in ("y", "yes"):
        return True
    if word in ("n", "no"):
        return False
    raise ReplyError("Type y for yes or n for no.")


def _number(question: Question, word: str) -> float:
    try:
        value = float(word.replace(",", "."))
    except ValueError:
        value = float("nan")
    if is_possible(question, value):
        return value
    raise ReplyError(f"Type {expected_of(question)}.")


def _place(question: Question, word: str) -> str:
    if word.isdecimal() and 1 <= int(word) <= len(question.options):
        return question.options[int(word) - 1].id
    raise ReplyError(f"Type one number from 1 to {len(question.options)}.")


def _places(question: Question, word: str) -> frozenset[str]:
    parts = word.replace(",", " ").split()
    if parts == ["0"]:
        return frozenset()
    try:
        return frozenset(_place(question, part) for part in parts)
    except ReplyError as error:
        raise ReplyError(
            f"Type numbers from 1 to {len(question.options)} with spaces between, or 0."
        ) from error
