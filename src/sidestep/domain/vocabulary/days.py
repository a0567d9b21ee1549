"""Days and weeks, and how a day is written; which days matter is not known here."""

from datetime import date, timedelta

DAYS_PER_WEEK = 7


def day_in_words(day: date) -> str:
    """Return a day as a person writes it, such as ``12 November 2026``."""
    return f"{day.day} {day:%B} {day.year}"


def is_in_week(day: date, week_starts: date) -> bool:
    """Tell whether a day is one of the seven that begin with ``week_starts``."""
    return week_starts <= day < week_starts + timedelta(days=DAYS_PER_WEEK)
