"""The rules of the knee check as values: red flags, patterns, causes, myths."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from sidestep.domain.triage.conditions import Condition
from sidestep.domain.vocabulary.evidence import Backing


class Urgency(IntEnum):
    """How soon to be seen, ordered: a larger value is more urgent."""

    SELF_CARE = 0
    SOON = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def word(self) -> str:
        """The word other programs read."""
        return self.name.lower()


class PlanAccess(IntEnum):
    """Whether a plan may be shown, ordered: a larger value is stricter."""

    ALLOWED = 0
    REDUCED = 1
    HIDDEN = 2

    @property
    def word(self) -> str:
        """The word other programs read."""
        return self.name.lower()


class IfUnknown(StrEnum):
    """What a rule does when its condition cannot be decided."""

    ASK = "ask"
    ESCALATE = "escalate"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """A reason to be seen before training goes on."""

    id: str
    title: str
    since: date
    when: Condition
    if_unknown: IfUnknown
    urgency: Urgency
    who: str
    how_soon: str
    says: str
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """An answer that raises or lowers a pattern; ``weight`` is a small whole number."""

    when: Condition
    says: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Something that can feel like this; never a diagnosis.

    Shown when ``where`` holds and raised minus lowered weight reaches ``shown_from``.
    """

    id: str
    title: str
    since: date
    says: str
    where: Condition
    raised_by: tuple[Clue, ...]
    lowered_by: tuple[Clue, ...]
    shown_from: int
    plan: PlanAccess
    plan_says: str
    ask_a_clinician: str
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A thing known or said to matter, the answer to it, and what the plan does about it.

    ``present_when`` undecided means the answer is not known, and is shown so.
    """

    id: str
    title: str
    since: date
    present_when: Condition
    says: str
    known: str
    plan_does: str
    exercises: tuple[str, ...]
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class Myth:
    """A belief, and what is known about it.

    ``about`` names the work it speaks for or against: ``home`` (side work, strength), ``run``.
    """

    id: str
    title: str
    since: date
    believed_when: Condition
    belief: str
    says: str
    backing: Backing
    about: frozenset[str] = frozenset()
