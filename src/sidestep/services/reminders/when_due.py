"""Whether a person is to be asked on the pages now: of today, or after days without a word."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sidestep.services.ports import Store
from sidestep.services.reminders.reminder_settings import About, Reminders
from sidestep.services.week.kept_week import kept_weeks, week_start

QUIET_DAYS = 2
"""Whole days without a word, today not counted. Our own choice: one silent day is nothing."""


def is_check_in_due(
    reminders: Reminders, now: datetime, told: Collection[date], *, is_rest: bool
) -> bool:
    """Tell whether it is past the hour she chose and today is not told of.

    Parameters
    ----------
    now
        In her own zone.
    told
        Days that were told of.
    """
    if reminders.about is About.OFF or reminders.check_in_at is None or now.date() in told:
        return False
    if is_rest and not reminders.check_in_on_rest:
        return False
    return now.time() >= reminders.check_in_at


def quiet_since(
    reminders: Reminders, today: date, told: Collection[date], store: Store
) -> date | None:
    """Return since when nothing was told, ``None`` where that is not long or she wants it left.

    Before anything was ever told, silence begins with the first week that was planned.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    if reminders.about is not About.SILENCE:
        return None
    last = max((on for on in told if on <= today), default=None)
    if last is None:
        first = next((week_start(week) for week in kept_weeks(store)), today)
        return first if (today - first).days >= QUIET_DAYS else None
    return last if today - last > timedelta(days=QUIET_DAYS) else None
