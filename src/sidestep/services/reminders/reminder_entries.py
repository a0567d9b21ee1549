"""Reminders as entries of a person's own calendar, whose clock rings; nothing is sent from here."""

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sidestep.domain.planning.week import BlockKind, Day
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.ports import CalendarEvent, Clock, Knowledge, Store
from sidestep.services.reminders.reminder_settings import About, Reminders
from sidestep.services.reminders.reminder_words import Say, check_in_said, session_said
from sidestep.services.week.shown_week import shown_week
from sidestep.services.week.today_card import HIDDEN, NO_WEEK, TodayCard, as_it_stands

SESSION, CHECK_IN = "day", "check-in"
"""What an entry is about; part of what a calendar knows it by."""

CHECK_IN_MIN = 5
"""How long the entry of a check-in lasts: so that a calendar can show it at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """Everything that decides how days become entries.

    Attributes
    ----------
    told
        Days that were told of: nobody asks for them again.
    is_quiet
        Whether nothing was told for a while and she wants to be asked then.
    say
        Says a sentence in her language.
    uid
        What a calendar knows an entry by: of what it is about, and its day.
    """

    reminders: Reminders
    today: date
    told: Collection[date]
    is_quiet: bool
    say: Say
    uid: Callable[[str, date], str]
    now: datetime


def days_to_come(
    card: TodayCard, *, store: Store, knowledge: Knowledge, clock: Clock
) -> tuple[Day, ...]:
    """Return this week's days and the next one's, today as its card has it; none without a plan.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    if card.kind in (HIDDEN, NO_WEEK):
        return ()
    week = shown_week(store=store, knowledge=knowledge, clock=clock)
    next_starts = week.starts + timedelta(days=DAYS_PER_WEEK)
    after = shown_week(next_starts, store=store, knowledge=knowledge, clock=clock)
    return tuple(as_it_stands(day, card) for day in (*week.days, *after.days))


def reminder_entries(days: Sequence[Day], how: Reminding) -> tuple[CalendarEvent, ...]:
    """Return the entries of days: one for its work, one for the check-in; rest asks for no work.

    Who wants to be reminded of nothing has the work in her calendar all the same, and it is silent.
    """
    return tuple(entry for day in days for entry in _of_day(day, how))


def _of_day(day: Day, how: Reminding) -> Iterator[CalendarEvent]:
    reminders = how.reminders
    named = session_said(day, reminders.tone, how.say)
    is_off = reminders.about is About.OFF
    entry = CalendarEvent(
        uid=how.uid(SESSION, day.date),
        on=day.date,
        at=reminders.train_at,
        minutes=max(1, math.ceil(day.minutes)),
        summary=named,
        description="",
        sequence=0,
        changed_at=how.now,
        alarm_min=None if is_off else _session_rings(reminders),
    )
    if named:
        yield entry
    is_open = day.date >= how.today and day.date not in how.told
    if (
        is_open
        and not is_off
        and reminders.check_in_at is not None
        and (_has_work(day) or reminders.check_in_on_rest)
    ):
        yield replace(
            entry,
            uid=how.uid(CHECK_IN, day.date),
            at=reminders.check_in_at,
            minutes=CHECK_IN_MIN,
            summary=check_in_said(reminders.tone, how.say, quiet=how.is_quiet),
            alarm_min=0,
            is_busy=False,
        )


def _session_rings(reminders: Reminders) -> int:
    """Return the minutes of `CalendarEvent.alarm_min`."""
    if reminders.train_at is not None:
        return -reminders.before_min
    return reminders.morning_at.hour * 60 + reminders.morning_at.minute


def _has_work(day: Day) -> bool:
    return any(block.kind is not BlockKind.REST for block in day.blocks)
