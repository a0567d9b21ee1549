"""Puts a planned week into files for a watch and a calendar; how they are encoded is elsewhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sidestep.domain.planning.run_session import RunSession, RunTarget, aiming, run_session
from sidestep.domain.planning.week import Day, NoWeek, WeekPlan
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
from sidestep.services.week.taken_along import PRINTED, exported_weeks, printed_document

_FIT, _TEXT = ".fit", ".txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a week goes: folders for its runs as workouts and as texts, a file for its days."""

    fit: Path | None = None
    text: Path | None = None
    ics: Path | None = None


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
    places: Places,
    *,
    files: WeekFiles,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
    at: time | None = None,
    target: RunTarget | None = None,
) -> ExportedWeek:
    """Write a week's runs and days to the places that are wished for.

    Running keeps to ``target`` on the watch, to the effort alone when it is ``None``.

    Every place is looked at before anything is written. What went out is kept, and kept first, so
    that the next export of the week can say what has changed and no ``sequence`` comes twice.

    Raises
    ------
    InputError
        Something that Sidestep did not write is in the way; nothing was written.
    StorageError
        The records cannot be read or written.
    """
    had, today = _latest(store, plan.week_starts), clock.today()
    # A day that is over stays as it was given: it may have been another one than was planned.
    open_days = [day for day in plan.days if had is None or day.date >= today]
    planned = {day.date: run_session(day) for day in open_days}
    sessions = {
        on: None if session is None else aiming(session, target) for on, session in planned.items()
    }
    runs, no_run = _paths_of(sessions, places.fit, _FIT)
    texts, no_text = _paths_of(sessions, places.text, _TEXT)
    ics = places.ics
    for path in [*(each.path for each in (*runs, *texts)), *([] if ics is None else [ics])]:
        files.own_files.check_place(path)
    events = events_from(had["events"]) if had is not None else ()
    now = clock.now()
    calendar_id = _calendar_id(store) or new_calendar_id(plan.week_starts, now)
    if ics is not None:
        events = calendar_events(
            plan,
            calendar_id=calendar_id,
            at=at,
            now=now,
            today=today,
            earlier=events,
        )
    workouts = (had or {}).get(WORKOUTS, {})
    if runs or texts:
        workouts = {
            **_over(workouts, today),
            **workouts_document(run.session for run in runs or texts),
        }
    content = {
        **_begun(had, plan.week_starts, calendar_id),
        "events": events_document(events),
        WORKOUTS: workouts,
    }
    _keep(content, had, store=store, knowledge=knowledge, clock=clock)
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


def export_no_week(
    plan: NoWeek,
    places: Places,
    *,
    files: WeekFiles,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
) -> ExportedWeek:
    """Take back what earlier exports left of the days to come, while the plan is put away.

    Into the file of the calendar go the entries of `take_back_coming`; without any it is left
    alone. In the folders the runs of those days are taken away.

    Raises
    ------
    InputError
        Something that Sidestep did not write is in the way; nothing was written.
    StorageError
        The records cannot be read or written.
    """
    if not plan.is_hidden:
        return ExportedWeek(week_starts=plan.week_starts)
    ics = places.ics
    if ics is not None:
        files.own_files.check_place(ics)
    today = clock.today()
    days = {
        on
        for had in exported_weeks(store)
        for on in map(date.fromisoformat, had.get(WORKOUTS, {}))
        if on >= today
    }
    paths = [
        _run_path(folder, on, ending)
        for folder, ending in ((places.fit, _FIT), (places.text, _TEXT))
        for on in sorted(days)
        if folder is not None
    ]
    events: tuple[CalendarEvent, ...] = ()
    if ics is not None:
        events = take_back_coming(store=store, knowledge=knowledge, clock=clock)
        if events:
            files.own_files.write(ics, files.encode_calendar(events))
    return ExportedWeek(
        week_starts=plan.week_starts,
        removed=tuple(path for path in paths if files.own_files.remove(path)),
        calendar=ics if events else None,
        events=events,
    )


def take_back_coming(
    *, store: Store, knowledge: Knowledge, clock: Clock
) -> tuple[CalendarEvent, ...]:
    """Return the entries of every exported week that is not over, those to come as cancelled.

    They are kept as exported, so that a plan that may be shown again goes on from there. None come
    back when no exported day is today or later.

    Raises
    ------
    StorageError
        The records cannot be read or written.
    """
    today, now = clock.today(), clock.now()
    found: list[CalendarEvent] = []
    for had in exported_weeks(store):
        earlier = events_from(had["events"])
        past = [event for event in earlier if event.on < today]
        if len(past) == len(earlier):
            continue
        events = continued(past, earlier, now, today)
        content = {**had, "events": events_document(events)}
        _keep(content, had, store=store, knowledge=knowledge, clock=clock)
        found.extend(events)
    return tuple(found)


def has_coming(store: Store, today: date) -> bool:
    """Whether an entry of an exported week is still to come, taken back or not.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return any(
        event.on >= today for had in exported_weeks(store) for event in events_from(had["events"])
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
    events = continued(entries(calendar_id, now), earlier, now, clock.today())
    content = {**_begun(had, week_starts, calendar_id), "events": events_document(events)}
    _keep(content, had, store=store, knowledge=knowledge, clock=clock)
    return events


def runs_to_come(
    days: Iterable[Day], today: date, target: RunTarget | None = None
) -> tuple[RunSession, ...]:
    """Return the runs of today and of the days after it as steps, in their order."""
    sessions = (run_session(day) for day in days if day.date >= today)
    return tuple(aiming(session, target) for session in sessions if session is not None)


def take_runs_along(
    week_starts: date,
    sessions: Iterable[RunSession],
    *,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
    are_all: bool = False,
) -> None:
    """Keep the steps of runs that leave for a watch; of other days what left before stays.

    Parameters
    ----------
    are_all
        Whether these are all the runs to come: then what left before for another day to come is
        known to be out of date, and kept no longer.

    Raises
    ------
    StorageError
        The records cannot be read or written.
    """
    had, begun = _going_on(week_starts, store, clock)
    before = _over(begun[WORKOUTS], clock.today()) if are_all else begun[WORKOUTS]
    content = {**begun, WORKOUTS: {**before, **workouts_document(sessions)}}
    _keep(content, had, store=store, knowledge=knowledge, clock=clock)


def take_page_along(
    week_starts: date, days: Iterable[Day], *, store: Store, knowledge: Knowledge, clock: Clock
) -> None:
    """Keep what the days of a week hold that goes onto a printed page.

    Raises
    ------
    StorageError
        The records cannot be read or written.
    """
    had, begun = _going_on(week_starts, store, clock)
    content = {**begun, PRINTED: printed_document(days)}
    _keep(content, had, store=store, knowledge=knowledge, clock=clock)


def has_runs_coming(store: Store, today: date) -> bool:
    """Whether a run that left for a watch is still to come.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return any(
        date.fromisoformat(on) >= today
        for had in exported_weeks(store)
        for on in had.get(WORKOUTS, {})
    )


def _going_on(
    week_starts: date, store: Store, clock: Clock
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Return what was kept of an export of a week, if any, and what another goes on from."""
    had = _latest(store, week_starts)
    calendar_id = _calendar_id(store) or new_calendar_id(week_starts, clock.now())
    return had, _begun(had, week_starts, calendar_id)


def _begun(had: Mapping[str, Any] | None, week_starts: date, calendar_id: str) -> dict[str, Any]:
    """Return what was kept of an export of a week, or what the first one begins with."""
    return {
        "week_starts": week_starts.isoformat(),
        "calendar_id": calendar_id,
        "events": [],
        WORKOUTS: {},
        **(had or {}),
    }


def _over(workouts: Mapping[str, Any], today: date) -> dict[str, Any]:
    return {on: each for on, each in workouts.items() if date.fromisoformat(on) < today}


def _keep(
    content: dict[str, Any],
    had: Mapping[str, Any] | None,
    *,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
) -> None:
    """Keep an export, unless it says what the one before said."""
    if content != had:
        keep_document(
            DocumentKind.WEEK_EXPORT, content, store=store, knowledge=knowledge, clock=clock
        )


def was_exported(store: Store, week_starts: date) -> bool:
    """Whether this week went to a watch or a calendar before.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return _latest(store, week_starts) is not None


def _paths_of(
    sessions: Mapping[date, RunSession | None], folder: Path | None, ending: str
) -> tuple[tuple[ExportedRun, ...], tuple[Path, ...]]:
    """Return which run goes where, and where a day without a run may still have a file."""
    if folder is None:
        return (), ()
    paths = {on: _run_path(folder, on, ending) for on in sessions}
    runs = tuple(
        ExportedRun(session=session, path=paths[on])
        for on, session in sessions.items()
        if session is not None
    )
    return runs, tuple(paths[on] for on, session in sessions.items() if session is None)


def _run_path(folder: Path, on: date, ending: str) -> Path:
    return folder / f"sidestep-{on.isoformat()}{ending}"


def _latest(store: Store, week_starts: date) -> dict[str, Any] | None:
    starts = week_starts.isoformat()
    return next((had for had in exported_weeks(store) if had["week_starts"] == starts), None)


def _calendar_id(store: Store) -> str | None:
    newest = store.latest_document(DocumentKind.WEEK_EXPORT)
    return None if newest is None else str(newest.content["calendar_id"])


def export_document(result: ExportedWeek, why_no_week: str = "") -> Mapping[str, Any]:
    """Return what other programs read of an export; ``why_no_week`` where no week can be shown."""
    return {
        "week_starts": result.week_starts.isoformat(),
        "fit": [_run_document(run) for run in result.runs],
        "text": [_run_document(run) for run in result.texts],
        "removed": [str(path.resolve()) for path in result.removed],
        "ics": None if result.calendar is None else str(result.calendar.resolve()),
        "says": why_no_week,
    }


def _run_document(run: ExportedRun) -> Mapping[str, Any]:
    return {
        "date": run.session.on.isoformat(),
        "path": str(run.path.resolve()),
        "steps": run.session.stored_steps,
    }
