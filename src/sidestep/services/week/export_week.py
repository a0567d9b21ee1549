"""Puts a planned week into files for a watch and a calendar; how they are encoded is elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from sidestep.domain.planning.run_session import RunSession, run_session
from sidestep.domain.planning.week import NoWeek, WeekPlan
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.ports import CalendarEvent, Clock, Knowledge, Store, WeekFiles
from sidestep.services.week.calendar_events import (
    calendar_events,
    events_document,
    events_from,
    new_calendar_id,
)


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
    runs
        One file each, by day; none when no folder was given.
    removed
        Files of an earlier export, of days of this week that hold no run any more.
    calendar
        The calendar file, ``None`` when none was asked for.
    events
        Its entries, the cancelled ones too.
    """

    week_starts: date
    runs: tuple[ExportedRun, ...] = ()
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
    ics: Path | None = None,
    at: time | None = None,
) -> ExportedWeek:
    """Write a week's runs into the folder ``fit`` and its days into the calendar file ``ics``.

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
    places = {} if fit is None else {on: _workout_path(fit, on) for on in sessions}
    runs = tuple(
        ExportedRun(session=session, path=places[on])
        for on, session in sessions.items()
        if session is not None and on in places
    )
    for path in [*(run.path for run in runs), *([] if ics is None else [ics])]:
        files.own_files.check_place(path)
    had = _latest(store, plan.week_starts)
    events = events_from(had["events"]) if had is not None else ()
    now = clock.now()
    calendar_id = _calendar_id(store) or new_calendar_id(plan.week_starts, now)
    if ics is not None:
        events = calendar_events(plan, calendar_id=calendar_id, at=at, now=now, earlier=events)
    content = _content(plan.week_starts, calendar_id, events)
    if content != had:
        keep_document(
            DocumentKind.WEEK_EXPORT, content, store=store, knowledge=knowledge, clock=clock
        )
    for run in runs:
        files.own_files.write(run.path, files.encode_workout(run.session))
    idle = [path for on, path in places.items() if sessions[on] is None]
    removed = tuple(path for path in idle if files.own_files.remove(path))
    if ics is not None:
        files.own_files.write(ics, files.encode_calendar(events))
    return ExportedWeek(
        week_starts=plan.week_starts,
        runs=runs,
        removed=removed,
        calendar=ics,
        events=() if ics is None else events,
    )


def was_exported(store: Store, week_starts: date) -> bool:
    """Whether this week went to a watch or a calendar before.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return _latest(store, week_starts) is not None


def _workout_path(folder: Path, on: date) -> Path:
    return folder / f"sidestep-{on.isoformat()}.fit"


def _content(
    week_starts: date, calendar_id: str, events: Sequence[CalendarEvent]
) -> dict[str, Any]:
    return {
        "week_starts": week_starts.isoformat(),
        "calendar_id": calendar_id,
        "events": events_document(events),
    }


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
            "removed": [],
            "ics": None,
            "says": result.says,
        }
    return {
        "week_starts": result.week_starts.isoformat(),
        "fit": [
            {
                "date": run.session.on.isoformat(),
                "path": str(run.path.resolve()),
                "steps": run.session.stored_steps,
            }
            for run in result.runs
        ],
        "removed": [str(path.resolve()) for path in result.removed],
        "ics": None if result.calendar is None else str(result.calendar.resolve()),
        "says": "",
    }
