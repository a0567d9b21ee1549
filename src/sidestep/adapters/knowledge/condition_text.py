"""Turns the conditions of rule files into domain conditions; deciding them is the domain's work."""

import math
from collections.abc import Sequence
from typing import cast

from sidestep.domain.triage.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Comparison,
    Condition,
    Not,
)
from sidestep.domain.triage.facts import FactValue

DEEPEST_NESTING = 20

_SETS = frozenset({Comparison.IS_ONE_OF, Comparison.INCLUDES_ANY_OF})
_NUMBERS = frozenset(
    {Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.MORE_THAN, Comparison.LESS_THAN}
)
_FORMS = "{fact: …, is: …}, {all: […]}, {any: […]}, {not: …} or {at_least: {count: …, of: […]}}"


class ConditionTextError(ValueError):
    """A condition is not written in a form that can be read."""


def adapt_condition(raw: object, depth: int = 0) -> Condition:
    """Read one condition.

    Raises
    ------
    ConditionTextError
        It has none of the forms a condition can have; the message quotes the part.
    """
    if depth > DEEPEST_NESTING:
        raise ConditionTextError(f"a condition nested more than {DEEPEST_NESTING} deep")
    if not isinstance(raw, dict):
        raise ConditionTextError(f"{raw!r} is no condition; expected {_FORMS}")
    if "fact" in raw:
        return _comparison(raw)
    match raw:
        case {"all": parts, **rest} if not rest:
            return All(_parts(parts, depth))
        case {"any": parts, **rest} if not rest:
            return Any(_parts(parts, depth))
        case {"not": part, **rest} if not rest:
            return Not(adapt_condition(part, depth + 1))
        case {"at_least": {"count": int() as count, "of": of, **more}, **rest} if not (
            rest or more or isinstance(count, bool)
        ):
            parts = _parts(of, depth)
            if not 1 <= count <= len(parts):
                raise ConditionTextError(
                    f"at_least needs a count from 1 to {len(parts)}, not {count}"
                )
            return AtLeast(count, parts)
    raise ConditionTextError(f"{raw!r} is no condition; expected {_FORMS}")


def _parts(raw: object, depth: int) -> tuple[Condition, ...]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
        raise ConditionTextError(f"{raw!r} should be a list of at least one condition")
    return tuple(adapt_condition(part, depth + 1) for part in raw)


def _comparison(raw: dict[str, object]) -> Compare:
    fact, how = raw["fact"], [key for key in raw if key != "fact"]
    if not isinstance(fact, str):
        raise ConditionTextError(f"the fact {fact!r} should be a fact's id")
    if len(how) != 1 or how[0] not in list(Comparison):
        allowed = ", ".join(Comparison)
        raise ConditionTextError(f"{raw!r} should compare {fact} in exactly one way: {allowed}")
    comparison = Comparison(how[0])
    return Compare(fact, comparison, _value(raw[comparison], comparison, fact))


def _value(raw: object, how: Comparison, fact: str) -> FactValue:
    if how in _SETS:
        if isinstance(raw, list) and raw and all(isinstance(each, str) for each in raw):
            return frozenset(cast("list[str]", raw))
        raise ConditionTextError(f"{fact} {how}: {raw!r} should be a list of words")
    if how in _NUMBERS:
        if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
            return float(raw)
        raise ConditionTextError(f"{fact} {how}: {raw!r} should be a number")
    if isinstance(raw, bool | str):
        return raw
    if isinstance(raw, int | float):
        return float(raw)
    raise ConditionTextError(f"{fact} {how}: {raw!r} should be true, false, a word or a number")
