"""Days and weeks, and how a day is written; which days matter is not known here."""

from datetime import date

DAYS_PER_WEEK = 7


def day_in_words(day: date) -> str:
    """Return a day as a person writes it, such as ``12 November 2026``."""
    return f"{day.day} {day:%B} {day.year}"
