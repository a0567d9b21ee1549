"""Puts a planned week into files for a watch and a calendar; how they are encoded is elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sidestep.domain.planning.run_session import RunSession, run_session
from sidestep.domain.planning.week import NoWeek, WeekPlan
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.ports import CalendarEvent, Clock, Knowledge, Store, WeekFiles
from sidestep.services.week.calendar_events import (
    calendar_events,
    continued,
    events_document,
    events_from,
    new_calendar_id,
)
from sidestep.services.week.exported_workouts import WORKOUTS, workouts_document


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedRun:
    """One run and the file it went into."""

    session: RunSession
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedWeek:
    """The files a week went into.

    Attributes
    ----------
    runs, texts
        One workout file each, and one text, by day; none when no folder was given.
    removed
        Files of an earlier export, of days of this week that hold no run any more.
    calendar
        The calendar file, ``None`` when none was asked for.
    events
        Its entries, the cancelled ones too.
    """

    week_starts: date
    runs: tuple[ExportedRun, ...] = ()
    texts: tuple[ExportedRun, ...] = ()
    removed: tuple[Path, ...] = ()
    calendar: Path | None = None
    events: tuple[CalendarEvent, ...] = field(default=())


def export_week(
    plan: WeekPlan,
    *,
    files: WeekFiles,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
    fit: Path | None = None,
    text: Path | None = None,
    ics: Path | None = None,
    at: time | None = None,
) -> ExportedWeek:
    """Write a week's runs into the folders ``fit`` and ``text``, its days into the file ``ics``.

    Every place is looked at before anything is written. What went out is kept, and kept first, so
    that the next export of the week can say what has changed and no ``sequence`` comes twice.

    Raises
    ------
    InputError
        Something that Sidestep did not write is in the way; nothing was written.
    StorageError
        The records cannot be read or written.
    """
    sessions = {day.date: run_session(day) for day in plan.days}
    runs, no_run = _places(sessions, fit, ".fit")
    texts, no_text = _places(sessions, text, ".txt")
    for path in [*(each.path for each in (*runs, *texts)), *([] if ics is None else [ics])]:
        files.own_files.check_place(path)
    had = _latest(store, plan.week_starts)
    events = events_from(had["events"]) if had is not None else ()
    now = clock.now()
    calendar_id = _calendar_id(store) or new_calendar_id(plan.week_starts, now)
    if ics is not None:
        events = calendar_events(plan, calendar_id=calendar_id, at=at, now=now, earlier=events)
    workouts = (had or {}).get(WORKOUTS, {})
    if runs or texts:
        workouts = workouts_document(run.session for run in runs or texts)
    content = _content(plan.week_starts, calendar_id, events, workouts)
    if content != had:
        keep_document(
            DocumentKind.WEEK_EXPORT, content, store=store, knowledge=knowledge, clock=clock
        )
    for run in runs:
        files.own_files.write(run.path, files.encode_workout(run.session))
    for each in texts:
        files.own_files.write(each.path, files.encode_workout_text(each.session))
    removed = tuple(path for path in (*no_run, *no_text) if files.own_files.remove(path))
    if ics is not None:
        files.own_files.write(ics, files.encode_calendar(events))
    return ExportedWeek(
        week_starts=plan.week_starts,
        runs=runs,
        texts=texts,
        removed=removed,
        calendar=ics,
        events=() if ics is None else events,
    )


def take_entries_along(
    week_starts: date,
    entries: Callable[[str, datetime], Sequence[CalendarEvent]],
    *,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
) -> tuple[CalendarEvent, ...]:
    """Return a week's entries as they go on from the export before, and keep them as exported.

    Parameters
    ----------
    entries
        Makes them, of the calendar's id and the time it is.

    Raises
    ------
    StorageError
        The records cannot be read or written.
    """
    had, now = _latest(store, week_starts), clock.now()
    earlier = events_from(had["events"]) if had is not None else ()
    calendar_id = _calendar_id(store) or new_calendar_id(week_starts, now)
    events = continued(entries(calendar_id, now), earlier, now)
    content = _content(week_starts, calendar_id, events, (had or {}).get(WORKOUTS, {}))
    if content != had:
        keep_document(
            DocumentKind.WEEK_EXPORT, content, store=store, knowledge=knowledge, clock=clock
        )
    return events


def _content(
    week_starts: date,
    calendar_id: str,
    events: Sequence[CalendarEvent],
    workouts: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "week_starts": week_starts.isoformat(),
        "calendar_id": calendar_id,
        "events": events_document(events),
        WORKOUTS: workouts,
    }


def was_exported(store: Store, week_starts: date) -> bool:
    """Whether this week went to a watch or a calendar before.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return _latest(store, week_starts) is not None


def _places(
    sessions: Mapping[date, RunSession | None], folder: Path | None, ending: str
) -> tuple[tuple[ExportedRun, ...], tuple[Path, ...]]:
    """Return which run goes where, and where a day without a run may still have a file."""
    if folder is None:
        return (), ()
    paths = {on: folder / f"sidestep-{on.isoformat()}{ending}" for on in sessions}
    runs = tuple(
        ExportedRun(session=session, path=paths[on])
        for on, session in sessions.items()
        if session is not None
    )
    return runs, tuple(paths[on] for on, session in sessions.items() if session is None)


def _latest(store: Store, week_starts: date) -> dict[str, Any] | None:
    kept = [
        document.content
        for document in store.documents(DocumentKind.WEEK_EXPORT)
        if document.content["week_starts"] == week_starts.isoformat()
    ]
    return kept[-1] if kept else None


def _calendar_id(store: Store) -> str | None:
    newest = store.latest_document(DocumentKind.WEEK_EXPORT)
    return None if newest is None else str(newest.content["calendar_id"])


def export_document(result: ExportedWeek | NoWeek) -> Mapping[str, Any]:
    """Return what other programs read of an export, or of why there was nothing to export."""
    if isinstance(result, NoWeek):
        return {
            "week_starts": result.week_starts.isoformat(),
            "fit": [],
            "text": [],
            "removed": [],
            "ics": None,
            "says": result.says,
        }
    return {
        "week_starts": result.week_starts.isoformat(),
        "fit": [_run_document(run) for run in result.runs],
        "text": [_run_document(run) for run in result.texts],
        "removed": [str(path.resolve()) for path in result.removed],
        "ics": None if result.calendar is None else str(result.calendar.resolve()),
        "says": "",
    }


def _run_document(run: ExportedRun) -> Mapping[str, Any]:
    return {
        "date": run.session.on.isoformat(),
        "path": str(run.path.resolve()),
        "steps": run.session.stored_steps,
    }
