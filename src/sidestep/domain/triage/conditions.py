"""Conditions over named facts in three-valued logic (Kleene's strong tables).

``True`` and ``False`` are known; ``None`` is unknown. ``all`` with one false part is false however
much is unknown; ``any`` with one true part is true. The engine knows nothing of knees.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sidestep.domain.triage.fact_values import Facts, FactValue

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


def evaluate(condition: Condition, facts: Facts) -> Truth:
    """Decide a condition from what is known.

    Parameters
    ----------
    condition
        What is asked.
    facts
        Known facts; one that is missing is unknown.

    Returns
    -------
    Truth
        ``None`` when an unknown fact leaves it open. Knowing more can turn ``None`` into an
        answer and never turns one answer into the other.
    """
    match condition:
        case Compare():
            return _compare(condition, facts.get(condition.fact))
        case Not(part=part):
            inside = evaluate(part, facts)
            return None if inside is None else not inside
        case All(parts=parts):
            return _count(len(parts), parts, facts)
        case Any(parts=parts):
            return _count(1, parts, facts)
        case AtLeast(count=count, parts=parts):
            return _count(count, parts, facts)


def _count(needed: int, parts: Iterable[Condition], facts: Facts) -> Truth:
    truths = [evaluate(part, facts) for part in parts]
    certain = truths.count(True)
    if certain >= needed:
        return True
    return None if certain + truths.count(None) >= needed else False


def _compare(comparison: Compare, known: FactValue | None) -> Truth:
    wanted = comparison.value
    match comparison.how:
        case _ if known is None:
            return None
        case Comparison.IS:
            return known == wanted
        case Comparison.IS_ONE_OF if isinstance(known, str) and isinstance(wanted, frozenset):
            return known in wanted
        case Comparison.INCLUDES if isinstance(known, frozenset):
            return wanted in known
        case Comparison.INCLUDES_ANY_OF if isinstance(known, frozenset) and isinstance(
            wanted, frozenset
        ):
            return bool(known & wanted)
        case how if isinstance(known, int | float) and isinstance(wanted, int | float):
            return _compare_numbers(how, known, wanted)
        case _:
            # A fact of another kind than the rule expects says nothing about it.
            return None


def _compare_numbers(how: Comparison, known: float, wanted: float) -> Truth:
    match how:
        case Comparison.AT_LEAST:
            return known >= wanted
        case Comparison.AT_MOST:
            return known <= wanted
        case Comparison.MORE_THAN:
            return known > wanted
        case Comparison.LESS_THAN:
            return known < wanted
        case _:
            return None


def comparisons_in(condition: Condition) -> Iterator[Compare]:
    """Yield every comparison inside a condition, in the order it is written."""
    match condition:
        case Compare():
            yield condition
        case Not(part=part):
            yield from comparisons_in(part)
        case All(parts=parts) | Any(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from comparisons_in(part)


def deciding_facts(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """Name the unknown facts that could still decide a condition; none when it is decided.

    A part that is decided already cannot change the whole, so its facts are left out.
    """
    return tuple(dict.fromkeys(_undecided(condition, facts)))


def _undecided(condition: Condition, facts: Facts) -> Iterator[str]:
    if evaluate(condition, facts) is not None:
        return
    match condition:
        case Compare(fact=fact):
            yield fact
        case Not(part=part):
            yield from _undecided(part, facts)
        case All(parts=parts) | Any(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from _undecided(part, facts)


def settling_facts(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """Name the facts that make a decided condition true or false; none when it is undecided."""
    truth = evaluate(condition, facts)
    return () if truth is None else tuple(dict.fromkeys(_settling(condition, truth, facts)))


def _settling(condition: Condition, truth: bool, facts: Facts) -> Iterator[str]:
    if evaluate(condition, facts) is not truth:
        return
    match condition:
        case Compare(fact=fact):
            yield fact
        case Not(part=part):
            yield from _settling(part, not truth, facts)
        case All(parts=parts) | Any(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from _settling(part, truth, facts)
