"""Dates and numbers as a page prints them; no sentence about a knee lives here."""

from collections.abc import Iterable
from datetime import date


def short_date(day: date) -> str:
    """Return a date without its year, such as ``22 Nov``."""
    return f"{day.day} {day:%b}"


def kilometres(distance_km: float | None) -> str:
    """Return a distance to one decimal place, a dash when there is none."""
    return "–" if distance_km is None else f"{distance_km:.1f} km"


def plain_number(value: float) -> str:
    """Return a number without a needless decimal part: ``3``, ``2.5``."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def rounded_count(count: int) -> str:
    """Return an estimated count to about two figures, with thousands set apart: ``46,000``."""
    coarse = 10 ** max(len(str(count)) - 2, 0)
    return f"{round(count / coarse) * coarse:,}"


def listed(items: Iterable[str]) -> str:
    """Return items joined as a sentence would: ``a``, ``a and b``, ``a, b and c``."""
    *first, last = list(items) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def capitalised(text: str) -> str:
    """Return the text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return the text with its first letter small, unless it is a name such as ``IT band``."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
