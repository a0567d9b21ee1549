"""How far the rules reach: which are decided for a person, which not and why; their grounds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sidestep.domain.triage.conditions import Condition, Truth, deciding_facts, evaluate
from sidestep.domain.triage.facts import FactOrigin, Facts, Question
from sidestep.domain.triage.patterns import is_shown, possible_patterns
from sidestep.domain.vocabulary.evidence import Basis
from sidestep.services.knowledge.knowledge_reading import Statement
from sidestep.services.ports import Knowledge

KINDS = ("red_flag", "pattern", "cause", "myth")
"""Rules that are decided from what is known of a person; the others hold for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedRules:
    """How many rules of a kind hold for a person, how many do not, how many are open."""

    kind: str
    n_hold: int
    n_not: int
    n_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFact:
    """A fact that is not known, who would tell it, and how many rules wait for it."""

    asks: str
    origin: FactOrigin
    n_rules: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Rules decided by kind, and what is missing for the others: most waited for first."""

    decided: tuple[DecidedRules, ...]
    missing: tuple[MissingFact, ...]


def coverage(facts: Facts, knowledge: Knowledge) -> Coverage:
    """Return how many rules what is known of a person decides.

    A pattern that would not fit whatever is still unknown is decided, as is one that fits.
    """
    rules = _truths(facts, knowledge)
    waiting: dict[str, int] = {}
    for fact in (fact for _, _, missing in rules for fact in missing):
        waiting[fact] = waiting.get(fact, 0) + 1
    return Coverage(
        decided=tuple(_decided(kind, rules) for kind in KINDS),
        missing=_missing(waiting, knowledge.questions),
    )


def by_basis(statements: Iterable[Statement]) -> dict[Basis, int]:
    """Count statements by what they stand on, strongest ground first."""
    grounds = [each.backing.basis for each in statements]
    return {basis: grounds.count(basis) for basis in Basis}


Decision = tuple[str, Truth, tuple[str, ...]]


def _truths(facts: Facts, knowledge: Knowledge) -> list[Decision]:
    conditions = (
        *(("red_flag", each.when) for each in knowledge.red_flags),
        *(("cause", each.present_when) for each in knowledge.causes),
        *(("myth", each.believed_when) for each in knowledge.myths),
    )
    return [
        *(_decision(kind, condition, facts) for kind, condition in conditions),
        *_patterns(facts, knowledge),
    ]


def _decision(kind: str, condition: Condition, facts: Facts) -> Decision:
    return kind, evaluate(condition, facts), deciding_facts(condition, facts)


def _patterns(facts: Facts, knowledge: Knowledge) -> Iterable[Decision]:
    possible = {each.id: missing for each, missing in possible_patterns(knowledge.patterns, facts)}
    for pattern in knowledge.patterns:
        fits = bool(is_shown(pattern, facts))
        is_open = pattern.id in possible and not fits
        yield "pattern", None if is_open else fits, possible.get(pattern.id, ())


def _decided(kind: str, rules: Iterable[Decision]) -> DecidedRules:
    truths = [truth for of_kind, truth, _ in rules if of_kind == kind]
    return DecidedRules(
        kind=kind,
        n_hold=truths.count(True),
        n_not=truths.count(False),
        n_open=truths.count(None),
    )


def _missing(
    waiting: Mapping[str, int], questions: Mapping[str, Question]
) -> tuple[MissingFact, ...]:
    missing = [
        MissingFact(asks=questions[fact].asks, origin=questions[fact].origin, n_rules=n_rules)
        for fact, n_rules in waiting.items()
        if fact in questions
    ]
    return tuple(sorted(missing, key=lambda each: -each.n_rules))
