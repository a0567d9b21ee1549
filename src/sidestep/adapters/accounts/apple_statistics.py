"""The totals of an Apple workout, its own or those of its parts together; not what they mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

_PART = "WorkoutActivity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One quantity of a workout: its sum in ``unit`` or its mean, ``None`` where it has none."""

    sum: float | None = None
    average: float | None = None
    unit: str = ""


def own_first(workout: etree._Element, tag: str) -> list[etree._Element]:
    """Return what a workout says of itself; if nothing, what it says of its parts.

    Since iOS 16 every part of a workout, such as an interval, says in its ``WorkoutActivity``
    what holds for it alone, and mostly repeats what the workout says.
    """
    return list(workout.iterchildren(tag)) or list(workout.iterfind(f"{_PART}/{tag}"))


def read_statistics(workout: etree._Element) -> dict[str, Statistic]:
    """Return the statistics of a workout by kind, without Apple's prefix.

    A kind that only the parts of a workout have is added up over them, or averaged over their
    time.
    """
    found: dict[str, list[tuple[Statistic, float]]] = {}
    for part in workout.iterchildren(_PART):
        lasts = number_in(part, "duration") or 1.0
        for kind, statistic in _direct(part):
            found.setdefault(kind, []).append((statistic, lasts))
    joined = {kind: _join(parts) for kind, parts in found.items()}
    return {**joined, **dict(_direct(workout))}


def number_in(element: etree._Element, attribute: str) -> float | None:
    """Return a positive number of sensible size from an attribute, else ``None``."""
    try:
        value = float(element.get(attribute, ""))
    except ValueError:
        return None
    return value if 0 < value < 1e9 else None


def _direct(element: etree._Element) -> Iterable[tuple[str, Statistic]]:
    for each in element.iterchildren("WorkoutStatistics"):
        yield (
            each.get("type", "").removeprefix("HKQuantityTypeIdentifier"),
            Statistic(
                sum=number_in(each, "sum"),
                average=number_in(each, "average"),
                unit=each.get("unit", ""),
            ),
        )


def _join(parts: list[tuple[Statistic, float]]) -> Statistic:
    unit = parts[0][0].unit
    alike = [(statistic, lasts) for statistic, lasts in parts if statistic.unit == unit]
    sums = [statistic.sum for statistic, _ in alike if statistic.sum is not None]
    means = [
        (statistic.average, lasts) for statistic, lasts in alike if statistic.average is not None
    ]
    weight = sum(lasts for _, lasts in means)
    return Statistic(
        sum=sum(sums) if sums else None,
        average=sum(mean * lasts for mean, lasts in means) / weight if means else None,
        unit=unit,
    )
