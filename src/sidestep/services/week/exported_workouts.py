"""The workouts of exported weeks as they are kept: only what tells a run that followed one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sidestep.domain.planning.run_session import Repeat, RunSession, RunStep, StepKind
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Store

WORKOUTS = "workouts"

Workout = tuple[RunStep | Repeat, ...]
"""The parts of one exported run, in their order."""


def workouts_document(sessions: Iterable[RunSession]) -> dict[str, list[dict[str, Any]]]:
    """Return the steps of runs by their day, as they are kept with an export."""
    return {
        session.on.isoformat(): [_part_document(part) for part in session.parts]
        for session in sessions
    }


def exported_workouts(store: Store, on: date) -> tuple[Workout, ...]:
    """Return every workout that was exported for a day, the newest first.

    An older one may be what is still on the watch.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    kept = reversed(store.documents(DocumentKind.WEEK_EXPORT))
    found = [document.content.get(WORKOUTS, {}).get(on.isoformat()) for document in kept]
    return tuple(dict.fromkeys(_parts(each) for each in found if each is not None))


def _part_document(part: RunStep | Repeat) -> dict[str, Any]:
    if isinstance(part, Repeat):
        return {"times": part.times, "steps": [_part_document(step) for step in part.steps]}
    return {
        "kind": part.kind.value,
        "title": part.title,
        "seconds": part.seconds,
        "distance_m": part.distance_m,
    }


def _parts(documents: Sequence[Mapping[str, Any]]) -> tuple[RunStep | Repeat, ...]:
    return tuple(
        Repeat(times=each["times"], steps=tuple(map(_step, each["steps"])))
        if "times" in each
        else _step(each)
        for each in documents
    )


def _step(document: Mapping[str, Any]) -> RunStep:
    return RunStep(
        kind=StepKind(document["kind"]),
        title=document["title"],
        seconds=document["seconds"],
        distance_m=document["distance_m"],
    )
