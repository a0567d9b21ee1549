"""Reads days in addresses; which days have anything to show is decided elsewhere."""

from datetime import date

from sidestep.web.who import NotFoundError


def day_named(text: str) -> date:
    """Return the day of an address.

    Raises
    ------
    NotFoundError
        It names none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise NotFoundError(
            f"{text[:20]!r} is not a day", hint="A day is written like 2026-11-23."
        ) from wrong
