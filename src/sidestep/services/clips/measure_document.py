"""A measure as JSON: its value with the error, or why there is none; which measures is not here."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from sidestep.domain.motion.quality import Quality
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown

Name = TypeVar("Name", bound=StrEnum)

_DECIMALS = 3


def measure_document(measure: Measure) -> dict[str, Any]:
    """Return ``{value, error, n, corrected_for}``, or ``{value: null, reason}``."""
    if isinstance(measure, Unknown):
        return {"value": None, "reason": measure.reason}
    return {
        "value": rounded(measure.value),
        "error": rounded(measure.error),
        "n": measure.n,
        "corrected_for": list(measure.corrected_for),
    }


def measures_document(measures: Mapping[Any, Measure]) -> dict[str, Any]:
    """Return each measure under its name."""
    return {str(name): measure_document(measure) for name, measure in measures.items()}


def values_document(names: Iterable[Name], values: Mapping[Name, float]) -> dict[str, Any]:
    """Return the plain value of every name, ``None`` for one that is not known."""
    return {str(name): rounded(values[name]) if name in values else None for name in names}


def quality_document(quality: Quality) -> dict[str, Any]:
    """Return whether the clip can be measured and everything wrong with it."""
    return {
        "usable": quality.is_usable,
        "problems": [
            {
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
                "is_fatal": problem.is_fatal,
            }
            for problem in quality.problems
        ],
    }


def value_of(measure: Measure) -> float | None:
    """Return the bare value, ``None`` when there is none."""
    return None if isinstance(measure, Unknown) else rounded(measure.value)


def name_of(choice: StrEnum | None) -> str | None:
    """Return the word of a choice that may be open."""
    return None if choice is None else choice.value


def rounded(value: float) -> float:
    """Round to what a reader can use; no measure here is finer."""
    return round(float(value), _DECIMALS)


def measure_from(document: Mapping[str, Any]) -> Measure:
    """Return the measure a document was made from, rounded as it was written."""
    if document["value"] is None:
        return Unknown(reason=document["reason"])
    return Measured(
        value=document["value"],
        error=document["error"],
        n=document["n"],
        corrected_for=tuple(document["corrected_for"]),
    )


def measures_from(document: Mapping[str, Any], names: Iterable[Name]) -> dict[Name, Measure]:
    """Return those of the named measures that a document has."""
    return {name: measure_from(document[name]) for name in names if name in document}
