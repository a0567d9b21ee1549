"""Apple Health's export: workouts with their routes, steps by source, hours with standing."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sidestep.adapters.accounts.apple_routes import read_routes
from sidestep.adapters.accounts.apple_scan import HealthScan, StepCounter, scan_health_export
from sidestep.adapters.accounts.apple_workouts import Workout, read_workout
from sidestep.adapters.accounts.archives import MAX_ACTIVITY_BYTES, read_limited
from sidestep.adapters.accounts.cells import canonical_json
from sidestep.adapters.accounts.failures import failed
from sidestep.adapters.accounts.holdings import Holding
from sidestep.domain.activity.plausibility import FOOT_SPORTS
from sidestep.domain.activity.recording import Recording
from sidestep.domain.vocabulary.counts import count_of
from sidestep.errors import InputError
from sidestep.services.ports import DailyItem, FailedItem, ImportItem, RowItem, SkippedItem

_READER = "apple_health"
ROUTES = "workout-routes/"
# Fewer steps a minute than a slow stroll: the phone was not on the runner.
_LEAST_CARRIED_SPM = 60.0


def is_apple_head(head: bytes) -> bool:
    """Tell whether an XML file begins like Apple Health's export, whatever its name."""
    return re.search(rb"<!DOCTYPE\s+HealthData|<HealthData[\s>]", head) is not None


def read_apple_health(holding: Holding, document: str) -> Iterator[ImportItem]:
    """Yield what an Apple Health export holds.

    Parameters
    ----------
    holding
        The export, packed or not, with the routes beside the document.
    document
        The name of its XML, which the phone translates.
    """
    shown_as = f"{holding.shown_as}/{document}"
    try:
        with holding.open(document) as stream:
            scan = scan_health_export(stream)
    except InputError as error:
        yield failed(shown_as, error)
        return
    if scan.is_cut_short:
        yield FailedItem(
            shown_as=shown_as,
            reason="the export is cut short; what came before was read. "
            "Make it again in the Health app",
        )
    routes = {name for name in holding.names() if name.startswith(ROUTES)}
    yield from _workout_items(holding, shown_as, scan, routes)
    yield from _daily_items(shown_as, scan)


def _workout_items(
    holding: Holding, shown_as: str, scan: HealthScan, unnamed_routes: set[str]
) -> Iterator[ImportItem]:
    counter = StepCounter(scan.steps_by_source)
    present = frozenset(holding.names())
    for number, snippet in enumerate(scan.workouts(), start=1):
        named = f"{shown_as}, workout {number}"
        workout = read_workout(snippet)
        if workout is None:
            yield FailedItem(shown_as=named, reason="the workout has no start time")
            continue
        unnamed_routes.difference_update(path.lstrip("/") for path in workout.route_paths)
        routes, notes = _read_route_files(holding, present, workout)
        recording, more_notes = _complete(workout, routes, counter)
        kind = recording.sport_as_recorded.removeprefix("HKWorkoutActivityType")
        yield RowItem(
            shown_as=f"{named} ({kind})" if kind else named,
            reader=_READER,
            content=b"\n".join([snippet, *routes]),
            recording=recording,
            notes=(*notes, *more_notes),
        )
    if unnamed_routes:
        count = count_of(len(unnamed_routes), "route", "routes")
        yield SkippedItem(shown_as=shown_as, reason=f"{count} without a workout that names it")


def _read_route_files(
    holding: Holding, present: frozenset[str], workout: Workout
) -> tuple[list[bytes], tuple[str, ...]]:
    contents: list[bytes] = []
    notes: list[str] = []
    for path in workout.route_paths:
        name = path.lstrip("/")
        if name not in present:
            notes.append(f"its route {name.rpartition('/')[2]} is not in the export")
            continue
        try:
            with holding.open(name) as stream:
                contents.append(read_limited(stream, MAX_ACTIVITY_BYTES))
        except InputError as error:
            notes.append(f"its route {name.rpartition('/')[2]} was left out: {error.message}")
    return contents, tuple(notes)


def _complete(
    workout: Workout, routes: list[bytes], counter: StepCounter
) -> tuple[Recording, tuple[str, ...]]:
    recording = workout.recording
    notes: list[str] = []
    if routes:
        try:
            streams = read_routes(routes, recording.started_at, workout.elapsed_s)
        except InputError as error:
            streams = None
            notes.append(error.message)
        else:
            if streams is None:
                notes.append("no point of its route lies in the time of the workout")
        recording = replace(recording, streams=streams)
    if recording.steps_counted is None:
        recording = _with_steps(recording, workout.elapsed_s, counter)
    return recording, tuple(notes)


def _with_steps(recording: Recording, elapsed_s: float, counter: StepCounter) -> Recording:
    if recording.sport not in FOOT_SPORTS or elapsed_s <= 0:
        return recording
    start_s = recording.started_at.timestamp()
    counted = counter.count_between(start_s, start_s + elapsed_s)
    duration_s = recording.duration_s or elapsed_s
    if counted is None or counted[0] * 60.0 < _LEAST_CARRIED_SPM * duration_s:
        return recording
    steps, source = counted
    if source == recording.device:
        return replace(recording, steps_counted=steps)
    return replace(recording, phone_steps=steps)


def _daily_items(shown_as: str, scan: HealthScan) -> Iterator[DailyItem]:
    standing: Counter[date] = Counter(day for day, _ in scan.stood_hours)
    if not scan.steps_by_day and not standing:
        return
    steps = {day: dict(sorted(scan.steps_by_day[day].items())) for day in sorted(scan.steps_by_day)}
    hours = {day: standing[day] for day in sorted(standing)}
    yield DailyItem(
        shown_as=f"{shown_as}, steps and standing by day",
        reader=_READER,
        content=canonical_json(
            {
                "steps": {day.isoformat(): counts for day, counts in steps.items()},
                "standing_hours": {day.isoformat(): count for day, count in hours.items()},
            }
        ),
        steps=steps,
        standing_hours=hours,
    )
