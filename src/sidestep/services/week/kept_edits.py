"""What a person changed in a week, kept and read back; whether it may be is asked elsewhere."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sidestep.domain.planning.edits import Edit, MoveRun, SetLength, SwapExercise, TakeRest
from sidestep.domain.vocabulary.days import is_in_week
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.ports import Clock, Knowledge, Store

_KINDS: dict[str, type[Edit]] = {
    "move": MoveRun,
    "length": SetLength,
    "rest": TakeRest,
    "swap": SwapExercise,
}


def edits_of(store: Store, starts: date) -> tuple[Edit, ...]:
    """Return the edits of the week that starts then, in the order they were made.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    for document in reversed(store.documents(DocumentKind.WEEK_EDITS)):
        if document.content["week_starts"] == starts.isoformat():
            edits = (_read(edit) for edit in document.content["edits"])
            return tuple(edit for edit in edits if is_in_week(edit.on, starts))
    return ()


def keep_edits(
    edits: Sequence[Edit], starts: date, *, store: Store, knowledge: Knowledge, clock: Clock
) -> None:
    """Keep the edits of a week in the place of those before.

    Raises
    ------
    StorageError
        They cannot be written.
    """
    content = {"week_starts": starts.isoformat(), "edits": [edit_document(edit) for edit in edits]}
    keep_document(DocumentKind.WEEK_EDITS, content, store=store, knowledge=knowledge, clock=clock)


def edit_document(edit: Edit) -> dict[str, Any]:
    """Build the document of an edit."""
    kind = next(name for name, cls in _KINDS.items() if isinstance(edit, cls))
    fields = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(edit).items()
    }
    return {"edit": kind, **fields}


def _read(document: dict[str, Any]) -> Edit:
    fields = {name: value for name, value in document.items() if name != "edit"}
    for name in ("on", "to"):
        if name in fields:
            fields[name] = date.fromisoformat(fields[name])
    return _KINDS[document["edit"]](**fields)
