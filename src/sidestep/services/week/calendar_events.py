"""A week as entries of a calendar that knows them again next time; files are written elsewhere."""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sidestep.domain.planning.run_session import sentences
from sidestep.domain.planning.week import BlockKind, Day, WeekPlan
from sidestep.services.ports import CalendarEvent
from sidestep.services.week.day_words import block_with_dose, parts_of_day

BEFORE_IT_BEGINS_MIN, ON_THE_MORNING_MIN = -30, 7 * 60
"""When an entry rings where nobody chose: half an hour before its time, else at seven."""

_WHEN = {
    BlockKind.STRETCH_BEFORE: "Before the run: ",
    BlockKind.SHUFFLE: "Inside the run: ",
    BlockKind.DRILL: "Inside the run: ",
    BlockKind.STRETCH_AFTER: "After the run: ",
    BlockKind.DESK: "In a break from sitting: ",
}


def calendar_events(
    plan: WeekPlan,
    *,
    calendar_id: str,
    at: time | None,
    now: datetime,
    today: date,
    earlier: Sequence[CalendarEvent] = (),
) -> tuple[CalendarEvent, ...]:
    """Return one entry for each day with something to do, and one for each that had something.

    Parameters
    ----------
    calendar_id
        Tells this person's entries from those of others in one calendar.
    at
        When the entries begin; ``None`` makes them last the whole day.
    earlier
        What was written of this week before. An entry that says the same stays as it was; another
        one's ``sequence`` rises, and a day that holds nothing any more is cancelled.
    """
    events = [
        _event(day, plan.week_starts, calendar_id, at, now) for day in plan.days if _holds_work(day)
    ]
    return continued(events, earlier, now, today)


def continued(
    events: Sequence[CalendarEvent], earlier: Sequence[CalendarEvent], now: datetime, today: date
) -> tuple[CalendarEvent, ...]:
    """Return entries as they go on from those written before, with the ones that are gone.

    What was written of a day that is over stays: it may have been another one than was planned.
    """
    known = {event.uid: event for event in earlier}
    present = {event.uid for event in events}
    gone = [replace(each, is_cancelled=True) for each in earlier if each.uid not in present]
    return tuple(
        known[event.uid]
        if event.on < today and event.uid in known.keys() & present
        else _continued(event, known.get(event.uid), now)
        for event in sorted([*events, *gone], key=lambda event: (event.on, event.uid))
    )


def uid_in_week(week_starts: date, what: str, on: date, calendar_id: str) -> str:
    """Return what a calendar knows an entry of a week by."""
    return f"week-{week_starts.isoformat()}-{what}-{on.isoformat()}-{calendar_id}@sidestep"


def _holds_work(day: Day) -> bool:
    """Whether a day asks for a time of its own: breaks from sitting alone do not."""
    return any(block.kind not in (BlockKind.REST, BlockKind.DESK) for block in day.blocks)


def _event(
    day: Day, week_starts: date, calendar_id: str, at: time | None, now: datetime
) -> CalendarEvent:
    return CalendarEvent(
        uid=uid_in_week(week_starts, "day", day.date, calendar_id),
        on=day.date,
        at=at,
        minutes=max(1, math.ceil(day.minutes)),
        summary=_summary(day),
        description="\n\n".join(_paragraphs(day)),
        sequence=0,
        changed_at=now,
        alarm_min=_alarm_min(at),
    )


def _alarm_min(at: time | None) -> int:
    return ON_THE_MORNING_MIN if at is None else BEFORE_IT_BEGINS_MIN


def _summary(day: Day) -> str:
    words = " · ".join(parts_of_day(day, names_exercises=False))
    return words[:1].upper() + words[1:]


def _paragraphs(day: Day) -> Iterator[str]:
    """Say what is done, how much of it, and how; how an exercise is done is said once."""
    said: set[str] = set()
    for block in day.blocks:
        dose = f"{_WHEN.get(block.kind, '')}{block_with_dose(block)}"
        cues = [] if block.exercise in said else block.cues
        said |= {block.exercise} - {""}
        yield "\n".join([dose, *([" ".join(sentences(cues))] if cues else [])])


def _continued(event: CalendarEvent, before: CalendarEvent | None, now: datetime) -> CalendarEvent:
    if before is None:
        return event
    same = replace(event, sequence=before.sequence, changed_at=before.changed_at)
    if same == before:
        return before
    return replace(event, sequence=before.sequence + 1, changed_at=now)


def events_document(events: Sequence[CalendarEvent]) -> list[dict[str, Any]]:
    """Return entries as they are kept, to be compared with next time."""
    return [
        {
            "uid": event.uid,
            "on": event.on.isoformat(),
            "at": None if event.at is None else event.at.isoformat("minutes"),
            "minutes": event.minutes,
            "summary": event.summary,
            "description": event.description,
            "sequence": event.sequence,
            "changed_at": event.changed_at.isoformat(),
            "alarm_min": event.alarm_min,
            "is_cancelled": event.is_cancelled,
            "is_busy": event.is_busy,
        }
        for event in events
    ]


def events_from(document: Sequence[Mapping[str, Any]]) -> tuple[CalendarEvent, ...]:
    """Return the entries that ``events_document`` kept; older ones rang when nobody had chosen."""
    begins = [None if each["at"] is None else time.fromisoformat(each["at"]) for each in document]
    return tuple(
        CalendarEvent(
            uid=each["uid"],
            on=date.fromisoformat(each["on"]),
            at=at,
            minutes=each["minutes"],
            summary=each["summary"],
            description=each["description"],
            sequence=each["sequence"],
            changed_at=datetime.fromisoformat(each["changed_at"]),
            alarm_min=each.get("alarm_min", _alarm_min(at)),
            is_cancelled=each["is_cancelled"],
            is_busy=each.get("is_busy", True),
        )
        for each, at in zip(document, begins, strict=True)
    )


def new_calendar_id(week_starts: date, now: datetime) -> str:
    """Return an id for a calendar that is written for the first time."""
    text = json.dumps([week_starts.isoformat(), now.isoformat()])
    return hashlib.sha256(text.encode()).hexdigest()[:12]
