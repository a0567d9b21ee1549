"""Reads days in addresses; which days have anything to show is decided elsewhere."""

from datetime import date, timedelta

from sidestep.languages.place_names import N_
from sidestep.web.who import NotFoundError

REACH = timedelta(days=366)
"""Days further away than this have no page: nothing is known of them now."""


def day_named(text: str, today: date) -> date:
    """Return the day of an address.

    Raises
    ------
    NotFoundError
        It names none, or one that is more than a year away.
    """
    try:
        on = date.fromisoformat(text)
    except ValueError as wrong:
        raise NotFoundError(
            f"{text[:20]!r} is not a day", hint=N_("A day is written like 2026-11-23.")
        ) from wrong
    if abs(on - today) > REACH:
        raise NotFoundError(f"{on.isoformat()} is more than a year away", hint=N_("See your week."))
    return on
