"""A planned week on its way to a watch and a calendar: who makes the files, and writes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol

from sidestep.domain.planning.run_session import RunSession


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One day of a week, or something of a day, as an entry of a calendar.

    Attributes
    ----------
    uid
        Stays the same whatever the day holds, so that a calendar knows the entry again.
    at
        When it begins, wherever the person then is; ``None`` for an entry of the whole day.
    minutes
        How long it takes.
    sequence
        How often its content has changed since it was first written.
    changed_at
        When it last did; with a zone.
    alarm_min
        When it rings, in minutes from its beginning, from midnight where it lasts the whole day;
        negative is before, ``None`` is never.
    is_cancelled
        Whether the entry is to be taken out of the calendar.
    is_busy
        Whether its hour is taken; one of the whole day never takes it.
    """

    uid: str
    on: date
    at: time | None
    minutes: int
    summary: str
    description: str
    sequence: int
    changed_at: datetime
    alarm_min: int | None
    is_cancelled: bool = False
    is_busy: bool = True


class OwnFiles(Protocol):
    """Writes files wherever the person wants them, and keeps its hands off what others made."""

    def check_place(self, path: Path) -> None:
        """Make sure that a file can be written there and that nothing of others is lost by it.

        Raises
        ------
        InputError
            A folder is there, or a file that Sidestep did not write.
        """

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all."""

    def remove(self, path: Path) -> bool:
        """Take away a file that Sidestep wrote, and tell whether there was one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFiles:
    """How a run becomes a workout file, entries a calendar file, and who writes them.

    ``encode_workout_text`` gives the plain text that a site reads as a workout;
    ``encode_subscription`` a calendar that another program comes back for.
    """

    encode_workout: Callable[[RunSession], bytes]
    encode_workout_text: Callable[[RunSession], bytes]
    encode_calendar: Callable[[Sequence[CalendarEvent]], bytes]
    encode_subscription: Callable[[Sequence[CalendarEvent]], bytes]
    own_files: OwnFiles
