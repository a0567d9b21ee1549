"""Patterns: which the answers fit, and which they leave possible; never how likely one is."""

from collections.abc import Iterable

from sidestep.domain.triage.conditions import Truth, deciding_facts, evaluate
from sidestep.domain.triage.facts import Facts
from sidestep.domain.triage.findings import FittingPattern
from sidestep.domain.triage.rules import Clue, Pattern

MOST_SHOWN = 3
"""More would be a list of everything a knee can have."""


def is_shown(pattern: Pattern, facts: Facts) -> Truth:
    """Tell whether the answers fit a pattern; ``None`` when the place is not known."""
    where = evaluate(pattern.where, facts)
    if where is not True:
        return where
    return net_weight(pattern, facts) >= pattern.shown_from


def net_weight(pattern: Pattern, facts: Facts) -> int:
    """Add up what raised the pattern, less what lowered it; unknown clues count nothing."""
    raised = sum(clue.weight for clue in _holding(pattern.raised_by, facts))
    lowered = sum(clue.weight for clue in _holding(pattern.lowered_by, facts))
    return raised - lowered


def fitting_patterns(patterns: Iterable[Pattern], facts: Facts) -> tuple[FittingPattern, ...]:
    """Return at most three fitting patterns, by id: the order says nothing of likelihood."""
    shown = [pattern for pattern in patterns if is_shown(pattern, facts)]
    shown.sort(key=lambda pattern: (-net_weight(pattern, facts), pattern.id))
    return tuple(
        FittingPattern(
            pattern=pattern,
            raised_by=tuple(clue.says for clue in _holding(pattern.raised_by, facts)),
            lowered_by=tuple(clue.says for clue in _holding(pattern.lowered_by, facts)),
            not_known=_open_facts(pattern, facts),
        )
        for pattern in sorted(shown[:MOST_SHOWN], key=lambda pattern: pattern.id)
    )


def possible_patterns(
    patterns: Iterable[Pattern], facts: Facts
) -> tuple[tuple[Pattern, tuple[str, ...]], ...]:
    """Return the patterns that fit, or would if every open answer spoke for them, by id.

    Each comes with the facts that would settle it, none when it fits already. A plan has to
    respect all of these: not having answered must never give a harder week than answering.
    """
    possible: list[tuple[Pattern, tuple[str, ...]]] = []
    for pattern in sorted(patterns, key=lambda pattern: pattern.id):
        if is_shown(pattern, facts):
            possible.append((pattern, ()))
        elif _could_be_shown(pattern, facts):
            possible.append((pattern, _open_facts(pattern, facts)))
    return tuple(possible)


def _could_be_shown(pattern: Pattern, facts: Facts) -> bool:
    if evaluate(pattern.where, facts) is False:
        return False
    lowered = sum(clue.weight for clue in _holding(pattern.lowered_by, facts))
    at_best = sum(
        clue.weight for clue in pattern.raised_by if evaluate(clue.when, facts) is not False
    )
    return at_best - lowered >= pattern.shown_from


def _holding(clues: Iterable[Clue], facts: Facts) -> list[Clue]:
    return [clue for clue in clues if evaluate(clue.when, facts)]


def _open_facts(pattern: Pattern, facts: Facts) -> tuple[str, ...]:
    conditions = [
        pattern.where,
        *(clue.when for clue in (*pattern.raised_by, *pattern.lowered_by)),
    ]
    return tuple(
        dict.fromkeys(fact for condition in conditions for fact in deciding_facts(condition, facts))
    )
