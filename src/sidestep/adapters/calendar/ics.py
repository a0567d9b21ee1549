"""Entries of a calendar as an iCalendar file (RFC 5545); what they say is decided elsewhere."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from sidestep.services.ports import CalendarEvent

_NAME = "Sidestep"
_MAKER = "-//Sidestep//Planned week//EN"
_TAKEN_BACK = "✕ "
"""Before what a cancelled entry is called: some calendars show its name and not its status."""
_COMES_BACK_AFTER = timedelta(hours=1)
"""How soon a subscriber is asked to look again: what is told in the evening is there in time."""


def encode_calendar(events: Sequence[CalendarEvent]) -> bytes:
    """Return entries as one iCalendar file; the same entries always give the same bytes.

    Times are floating: they mean the clock of wherever the calendar is looked at. Entries are
    private, and one of a whole day does not make the person busy.
    """
    return bytes(_calendar(events).to_ical())


def encode_subscription(events: Sequence[CalendarEvent]) -> bytes:
    """Return entries as a calendar that a program comes back for; it says how often (RFC 7986)."""
    calendar = _calendar(events)
    calendar.add("name", _NAME)
    calendar.add("x-wr-calname", _NAME)
    calendar.add("refresh-interval", _COMES_BACK_AFTER, parameters={"VALUE": "DURATION"})
    return bytes(calendar.to_ical())


def _calendar(events: Sequence[CalendarEvent]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(_event(event))
    return calendar


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
    entry.add("summary", f"{_TAKEN_BACK if event.is_cancelled else ''}{event.summary}")
    entry.add("class", "PRIVATE")
    is_free = event.at is None or not event.is_busy
    entry.add("transp", "TRANSPARENT" if is_free else "OPAQUE")
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if not event.is_cancelled:
        if event.description:
            entry.add("description", event.description)
        if event.alarm_min is not None:
            entry.add_component(_alarm(event.summary, event.alarm_min))
    return entry


def _alarm(says: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", says)
    alarm.add("trigger", timedelta(minutes=minutes))
    return alarm
