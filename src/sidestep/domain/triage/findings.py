"""What a knee check concludes: urgency, patterns and plan access, each with its reasons."""

from dataclasses import dataclass

from sidestep.domain.triage.facts import FactValue
from sidestep.domain.triage.rules import Cause, Myth, Pattern, PlanAccess, RedFlag, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedFlag:
    """A red flag that is present, or that the answers do not rule out.

    ``open_facts`` are the facts whose answers would decide it; empty when it is present.
    """

    flag: RedFlag
    is_present: bool
    open_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingPattern:
    """A pattern that the answers fit, with what raised and what lowered it."""

    pattern: Pattern
    raised_by: tuple[str, ...]
    lowered_by: tuple[str, ...]
    not_known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedCause:
    """A cause and whether the answers show it; ``is_present`` is ``None`` when that is unknown.

    ``because`` are the questions and answers that settle it, ``in_brief`` the same in few words.
    """

    cause: Cause
    is_present: bool | None
    because: tuple[str, ...]
    in_brief: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KneeCheck:
    """The three outputs, and what else the answers bring up.

    ``patterns`` (at most three) stand in no order of likelihood. ``unanswered`` are the ids of the
    facts that matter for safety and are not known. ``plan_reasons`` says why the plan is as it is.
    """

    urgency: Urgency
    red_flags: tuple[RaisedFlag, ...]
    patterns: tuple[FittingPattern, ...]
    plan: PlanAccess
    plan_reasons: tuple[str, ...]
    unanswered: tuple[str, ...]
    causes: tuple[ScreenedCause, ...]
    myths: tuple[Myth, ...]
    facts: dict[str, FactValue]

    @property
    def is_only_open(self) -> bool:
        """Whether open questions alone make the urgency: no flag that is present is as urgent."""
        return self.urgency > Urgency.SELF_CARE and not any(
            raised.is_present and raised.flag.urgency >= self.urgency for raised in self.red_flags
        )

    @property
    def is_emergency(self) -> bool:
        """Whether a flag that is present asks for emergency help."""
        return self.urgency is Urgency.EMERGENCY and not self.is_only_open
