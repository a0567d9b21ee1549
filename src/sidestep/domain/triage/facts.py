"""Facts about a person and the questions that ask for them; no rule lives here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sidestep.domain.triage.conditions import Condition, comparisons_in, evaluate
from sidestep.domain.triage.fact_values import Facts, FactValue
from sidestep.domain.vocabulary.evidence import Citation

__all__ = [
    "AnswerKind",
    "FactOrigin",
    "FactValue",
    "Facts",
    "Option",
    "Question",
    "answer_in_words",
    "complete_facts",
    "gate_facts",
    "is_worth_asking",
]


class AnswerKind(StrEnum):
    """What an answer looks like."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"


class FactOrigin(StrEnum):
    """Who establishes a fact."""

    ASKED = "asked"
    LOAD = "load"
    CLIP = "clip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a choice."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One fact and how to ask for it.

    Attributes
    ----------
    section
        Id of the part of the interview it belongs to (``where``, ``flags``, ``causes`` ...).
    only_if
        Facts that must hold for the question to be worth asking: fact id to the accepted values.
        When they are known not to hold, the fact takes ``otherwise`` (if there is one).
    only_when
        The same as a condition over earlier facts, where single values do not say it.
    minimum, maximum, unit
        For numbers.
    one_of
        A question of several choices: the answer is one of those chosen there.
    not_below, not_above
        A number that this number cannot be below, or above.
    never
        What cannot be true of this and earlier answers together.
    in_brief
        What is asked in two or three words, for places too narrow for the question.
    """

    id: str
    section: str
    asks: str
    in_brief: str = ""
    kind: AnswerKind
    origin: FactOrigin = FactOrigin.ASKED
    help: str = ""
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    only_if: Mapping[str, frozenset[FactValue]] | None = None
    only_when: Condition | None = None
    otherwise: FactValue | None = None
    one_of: str = ""
    not_below: str = ""
    not_above: str = ""
    never: tuple[Condition, ...] = ()
    is_optional: bool = False
    citations: tuple[Citation, ...] = ()


def is_worth_asking(question: Question, facts: Facts) -> bool | None:
    """Tell whether ``only_if`` and ``only_when`` hold; ``None`` when that is not known."""
    gates = [
        _is_accepted(facts[fact], accepted) if fact in facts else None
        for fact, accepted in (question.only_if or {}).items()
    ]
    if question.only_when is not None:
        gates.append(evaluate(question.only_when, facts))
    if False in gates:
        return False
    return None if None in gates else True


def gate_facts(question: Question) -> tuple[str, ...]:
    """Name the earlier facts that decide whether a question is worth asking."""
    conditions = () if question.only_when is None else comparisons_in(question.only_when)
    return tuple(dict.fromkeys([*(question.only_if or ()), *(each.fact for each in conditions)]))


def _is_accepted(value: FactValue, accepted: frozenset[FactValue]) -> bool:
    if isinstance(value, frozenset):
        return bool(value & accepted)
    return value in accepted


def complete_facts(facts: Facts, questions: Mapping[str, Question]) -> dict[str, FactValue]:
    """Fill in what follows from the answers.

    Questions not worth asking take ``otherwise``, and where one choice was made, ``one_of`` leaves
    only that. A fact that is given is never overwritten. What follows for one question can settle
    the next question's ``only_if``, so this goes on until nothing follows any more.

    Returns
    -------
    dict
        The known facts in the order of the questions, then any others by name.
    """
    known = dict(facts)
    settled = True
    while settled:
        settled = False
        for question in questions.values():
            if question.id in known:
                continue
            follows = _what_follows(question, known)
            if follows is not None:
                known[question.id] = follows
                settled = True
    ordered = [*(id for id in questions if id in known), *sorted(known.keys() - questions.keys())]
    return {id: known[id] for id in ordered}


def _what_follows(question: Question, known: Facts) -> FactValue | None:
    chosen = known.get(question.one_of)
    if isinstance(chosen, frozenset) and len(chosen) == 1:
        return next(iter(chosen))
    return question.otherwise if is_worth_asking(question, known) is False else None


def answer_in_words(question: Question, value: FactValue) -> str:
    """Say an answer the way the question offered it."""
    labels = {option.id: option.label for option in question.options}
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        chosen = [label for id, label in labels.items() if id in value]
        return ", ".join(chosen) if chosen else "none of these"
    if isinstance(value, str):
        return labels.get(value, value)
    return f"{value:g} {question.unit}".strip()
