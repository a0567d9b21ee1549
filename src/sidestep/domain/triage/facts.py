"""Facts about a person and the questions that ask for them; no rule lives here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sidestep.domain.vocabulary.evidence import Citation

FactValue = bool | float | str | frozenset[str]
Facts = Mapping[str, FactValue]
"""Known facts by id. A fact that is not in the mapping is unknown, which is not the same as no."""


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
    minimum, maximum, unit
        For numbers.
    """

    id: str
    section: str
    asks: str
    kind: AnswerKind
    origin: FactOrigin = FactOrigin.ASKED
    help: str = ""
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    only_if: Mapping[str, frozenset[FactValue]] | None = None
    otherwise: FactValue | None = None
    is_optional: bool = False
    citations: tuple[Citation, ...] = ()
