"""Entries of a calendar as an iCalendar file (RFC 5545); what they say is decided elsewhere."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from sidestep.services.ports import CalendarEvent

_MAKER = "-//Sidestep//Planned week//EN"
_BEFORE_IT_BEGINS = timedelta(minutes=-30)
_ON_THE_MORNING = timedelta(hours=7)
"""After midnight, where the entry is one of the whole day."""


def encode_calendar(events: Sequence[CalendarEvent]) -> bytes:
    """Return entries as one iCalendar file; the same entries always give the same bytes.

    Times are floating: they mean the clock of wherever the calendar is looked at. Entries are
    private, and one of a whole day does not make the person busy.
    """
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(_event(event))
    return bytes(calendar.to_ical())


def is_own_calendar(content: bytes) -> bool:
    """Whether these are the first bytes of a file that ``encode_calendar`` made."""
    return f"\nPRODID:{_MAKER}".encode() in content and content.startswith(b"BEGIN:VCALENDAR")


def _event(event: CalendarEvent) -> Event:
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", event.changed_at.astimezone(UTC))
    entry.add("sequence", event.sequence)
    if event.at is None:
        entry.add("dtstart", event.on)
        entry.add("dtend", event.on + timedelta(days=1))
    else:
        entry.add("dtstart", datetime.combine(event.on, event.at))
        entry.add("duration", timedelta(minutes=event.minutes))
    entry.add("summary", event.summary)
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT" if event.at is None else "OPAQUE")
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if not event.is_cancelled:
        entry.add("description", event.description)
        entry.add_component(_alarm(event))
    return entry


def _alarm(event: CalendarEvent) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.summary)
    alarm.add("trigger", _ON_THE_MORNING if event.at is None else _BEFORE_IT_BEGINS)
    return alarm
