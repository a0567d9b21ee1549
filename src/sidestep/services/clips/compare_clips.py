"""Compares two running clips, kept or new; what counts as a change is the domain's business."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sidestep.domain.motion.comparison import Change, RunComparison, compare_runs
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.vocabulary.uncertainty import Measured
from sidestep.errors import InputError
from sidestep.services.clips.measure_document import measure_document
from sidestep.services.clips.measure_words import WORDS, in_words
from sidestep.services.clips.run_document import run_from
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Knowledge, Store, StoredDocument

NOTHING_CHANGED = "Nothing changed by more than these two clips can tell. That is an answer too."

_TOLD = (RunMeasure.FEMORAL_ADDUCTION, RunMeasure.KNEE_OVER_FOOT, RunMeasure.KNEE_FLEXION)


def find_run(named: str, store: Store, analyse: Callable[[Path], StoredDocument]) -> StoredDocument:
    """Return a running clip by its file, which is then analysed, or by the id of a kept result.

    Raises
    ------
    InputError
        There is neither such a file nor such a result.
    StorageError
        The records cannot be read.
    """
    if Path(named).exists():
        return analyse(Path(named))
    kept = store.documents(DocumentKind.CLIP_RUN)
    found = [each for each in kept if named in (each.id, each.content["clip_id"])]
    if not found:
        raise InputError(
            f"{named} is neither a file nor the id of a measured running clip",
            hint="See the clips you have measured with: sidestep clip list",
        )
    return found[-1]


def compare_kept(
    before: StoredDocument, after: StoredDocument, knowledge: Knowledge
) -> dict[str, Any]:
    """Return what changed between two kept runs as the JSON document other programs read."""
    compared = compare_runs(run_from(before.content), run_from(after.content), knowledge.motion)
    return {
        "before": _named(before),
        "after": _named(after),
        "comparable": compared.reason is None,
        "reason": compared.reason,
        "summary": list(_in_words(compared)),
        "cadence_spm": _change(compared.cadence_spm),
        **{side.value: _changes(changes) for side, changes in compared.sides.items()},
        "difference": _changes(compared.difference),
    }


def _named(kept: StoredDocument) -> dict[str, Any]:
    return {
        "id": kept.id,
        "measured_at": kept.made_at.isoformat(),
        "view": kept.content["view"],
        "usable": kept.content["quality"]["usable"],
    }


def _changes(changes: Mapping[RunMeasure, Change]) -> dict[str, Any]:
    return {name.value: _change(change) for name, change in changes.items()}


def _change(change: Change) -> dict[str, Any]:
    return {
        "before": measure_document(change.before),
        "after": measure_document(change.after),
        "change": measure_document(change.change),
        "clear": change.is_clear,
    }


def _in_words(compared: RunComparison) -> tuple[str, ...]:
    if compared.reason is not None:
        return (compared.reason,)
    clear = tuple(
        f"{WORDS[name].title}, {side.value}: {_amount(name, change)}, clear."
        for side, changes in compared.sides.items()
        for name, change in changes.items()
        if name in _TOLD and change.is_clear
    )
    return clear or (NOTHING_CHANGED,)


def _amount(name: RunMeasure, change: Change) -> str:
    if not isinstance(change.change, Measured):
        return "not known"
    value = in_words(name, change.change.value, signed=True)
    return f"{value} (± {in_words(name, change.change.error)})"
