"""Two parsers written by others read the entries of a calendar back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from ical.calendar import Calendar as OtherCalendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event as OtherEvent
from ical.event import EventStatus
from icalendar import Calendar, Event

from sidestep.adapters.calendar.ics import encode_calendar, is_own_calendar
from sidestep.services.ports import CalendarEvent

DAY = date(2026, 11, 24)
EVENT = CalendarEvent(
    uid="week-2026-11-23-day-2026-11-24-abc@sidestep",
    on=DAY,
    at=None,
    minutes=32,
    summary="Easy run 3.8 km · side steps inside",
    description="Groin: once 20 s; thigh, too\nTall\\straight.\n\n" + "Ähm, ja. " * 30,
    sequence=2,
    changed_at=datetime(2026, 11, 22, 18, 30, tzinfo=UTC),
    alarm_min=7 * 60,
)
AT_SEVEN = replace(EVENT, at=time(7, 0), alarm_min=-30)
CANCELLED = replace(EVENT, is_cancelled=True, sequence=3)


def parsed(*events: CalendarEvent) -> list[Event]:
    calendar = Calendar.from_ical(encode_calendar(events))
    assert isinstance(calendar, Calendar)
    assert not calendar.errors
    return list(calendar.events)


def parsed_otherwise(*events: CalendarEvent) -> list[OtherEvent]:
    text = encode_calendar(events).decode()
    calendar: OtherCalendar = IcsCalendarStream.calendar_from_ics(text)
    return calendar.events


def test_the_head_is_what_the_standard_asks_for() -> None:
    calendar = Calendar.from_ical(encode_calendar([EVENT]))
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"] == "-//Sidestep//Planned week//EN"
    assert calendar["METHOD"] == "PUBLISH"


def test_a_day_is_an_entry_of_the_whole_day_that_leaves_the_person_free() -> None:
    (read,) = parsed(EVENT)
    assert read["UID"] == EVENT.uid
    assert read["SEQUENCE"] == 2
    assert (read.start, read.end) == (DAY, DAY + timedelta(days=1))
    assert read["SUMMARY"] == EVENT.summary
    assert read["DESCRIPTION"] == EVENT.description
    assert read["STATUS"] == "CONFIRMED"
    assert read["TRANSP"] == "TRANSPARENT"
    assert read["CLASS"] == "PRIVATE"
    assert EVENT.changed_at == read.DTSTAMP
    (alarm,) = read.alarms.times
    assert isinstance(alarm.trigger, datetime)
    assert alarm.trigger.replace(tzinfo=None) == datetime.combine(DAY, time(7, 0))


def test_with_a_time_it_begins_then_wherever_she_is_and_calls_half_an_hour_before() -> None:
    content = encode_calendar([AT_SEVEN])
    assert b"DTSTART:20261124T070000\r\n" in content
    (read,) = parsed(AT_SEVEN)
    assert read.start == datetime.combine(DAY, time(7, 0))
    assert read.duration == timedelta(minutes=32)
    assert read["TRANSP"] == "OPAQUE"
    assert b"TRIGGER:-PT30M\r\n" in content


def test_a_cancelled_day_says_so_and_does_not_call() -> None:
    (read,) = parsed(CANCELLED)
    assert read["STATUS"] == "CANCELLED"
    # Not every calendar looks at it.
    assert read["SUMMARY"] == f"✕ {EVENT.summary}"
    assert read["SEQUENCE"] == 3
    assert "DESCRIPTION" not in read
    assert not read.walk("VALARM")


def test_another_parser_reads_the_same() -> None:
    whole, timed, gone = parsed_otherwise(
        EVENT, replace(AT_SEVEN, uid="two"), replace(CANCELLED, uid="three")
    )
    assert (whole.uid, whole.sequence, whole.dtstart) == (EVENT.uid, 2, DAY)
    assert (whole.summary, whole.description) == (EVENT.summary, EVENT.description)
    assert whole.dtstamp == EVENT.changed_at
    assert timed.dtstart == datetime.combine(DAY, time(7, 0))
    assert timed.duration == timedelta(minutes=32)
    assert [alarm.trigger for alarm in timed.alarm] == [timedelta(minutes=-30)]
    assert [alarm.trigger for alarm in whole.alarm] == [timedelta(hours=7)]
    assert (gone.status, gone.alarm) == (EventStatus.CANCELLED, [])


def test_lines_are_folded_and_end_as_the_standard_asks() -> None:
    content = encode_calendar([EVENT])
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(b"\n" not in line for line in lines)
    assert max(map(len, lines)) <= 75


def test_the_same_entries_give_the_same_bytes_and_are_known_again() -> None:
    content = encode_calendar([EVENT, CANCELLED])
    assert content == encode_calendar([EVENT, CANCELLED])
    assert is_own_calendar(content[:512])
    assert not is_own_calendar(content.replace(b"Sidestep", b"Anything"))
    assert not is_own_calendar(b"\nPRODID:-//Sidestep//Planned week//EN")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))), st.integers(0, 99))
def test_any_words_come_back(words: str, sequence: int) -> None:
    event = replace(EVENT, summary=f"Run {words}.", sequence=sequence)
    (read,) = parsed(event)
    assert read["SUMMARY"] == event.summary
    assert read["SEQUENCE"] == sequence
