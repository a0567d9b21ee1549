"""Conditions over named facts in three-valued logic (Kleene's strong tables).

``True`` and ``False`` are known; ``None`` is unknown. ``all`` with one false part is false however
much is unknown; ``any`` with one true part is true. The engine knows nothing of knees.
"""

from dataclasses import dataclass
from enum import StrEnum

from sidestep.domain.triage.facts import FactValue

Truth = bool | None


class Comparison(StrEnum):
    """How a fact is compared with a value."""

    IS = "is"
    IS_ONE_OF = "is_one_of"
    INCLUDES = "includes"
    INCLUDES_ANY_OF = "includes_any_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


@dataclass(frozen=True, slots=True)
class Compare:
    """One fact against one value (or a set of values)."""

    fact: str
    how: Comparison
    value: FactValue


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True when at least one part is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is false."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """True when at least ``count`` of the parts are true."""

    count: int
    parts: tuple["Condition", ...]


Condition = Compare | All | Any | Not | AtLeast
