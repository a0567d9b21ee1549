"""What a person changed in a week, kept and read back; whether it may be is asked elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """An edit that was taken back, and all edits of its week before that, oldest first."""

    edit: Edit
    before: tuple[Edit, ...]


def edits_of(store: Store, starts: date) -> tuple[Edit, ...]:
    """Return the edits of the week that starts then, in the order they were made.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    edits = (_read(edit) for edit in _newest(store, starts).get("edits", ()))
    return tuple(edit for edit in edits if is_in_week(edit.on, starts))


def taken_back(store: Store, starts: date) -> tuple[TakenBack, ...]:
    """Return the edits of a week that were taken back since the last one was made, oldest first.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    # Edits that were kept before it was known do not say it.
    return tuple(
        TakenBack(edit=_read(each["edit"]), before=tuple(_read(edit) for edit in each["before"]))
        for each in _newest(store, starts).get("taken_back", ())
    )


def keep_edits(
    edits: Sequence[Edit],
    starts: date,
    *,
    undone: Sequence[TakenBack] = (),
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
) -> None:
    """Keep the edits of a week in the place of those before, and what may be put back into it.

    Raises
    ------
    StorageError
        They cannot be written.
    """
    content = {
        "week_starts": starts.isoformat(),
        "edits": [edit_document(edit) for edit in edits],
        "taken_back": [
            {
                "edit": edit_document(each.edit),
                "before": [edit_document(edit) for edit in each.before],
            }
            for each in undone
        ],
    }
    keep_document(DocumentKind.WEEK_EDITS, content, store=store, knowledge=knowledge, clock=clock)


def _newest(store: Store, starts: date) -> Mapping[str, Any]:
    for document in reversed(store.documents(DocumentKind.WEEK_EDITS)):
        if document.content["week_starts"] == starts.isoformat():
            return document.content
    return {}


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
