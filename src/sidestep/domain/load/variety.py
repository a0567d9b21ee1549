"""How much of the moving time went in more than one direction; not which sport is good."""

from collections.abc import Iterable
from datetime import date, timedelta

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.vocabulary.sport import Direction


def direction_time_s(
    activities: Iterable[ActivitySummary], on: date, days: int
) -> dict[Direction, float]:
    """Return seconds per direction over the ``days`` that end on ``on``."""
    first = on - timedelta(days=days - 1)
    seconds = dict.fromkeys(Direction, 0.0)
    for activity in activities:
        if first <= activity.local_date <= on:
            seconds[activity.sport.direction] += activity.duration_s
    return seconds


def multidirectional_share(seconds: dict[Direction, float]) -> float | None:
    """Return the time in multidirectional sport over that in linear and multidirectional sport.

    In 0 to 1; ``None`` when there was neither. Sport on the spot (strength, yoga) and sport nobody
    named enter neither side.
    """
    sideways = seconds[Direction.MULTIDIRECTIONAL]
    moving = sideways + seconds[Direction.LINEAR]
    return sideways / moving if moving > 0 else None
