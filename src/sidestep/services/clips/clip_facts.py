"""What the newest stored clips say as facts for the knee check; what they mean is in the rules."""

from collections.abc import Mapping
from typing import Any

from sidestep.domain.triage.facts import Facts, FactValue
from sidestep.domain.vocabulary.side import Side
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Store, StoredDocument

_FACTS = {
    DocumentKind.CLIP_RUN: ("clip_knee_run", "knee_over_foot_pct"),
    DocumentKind.CLIP_SQUAT: ("clip_knee_squat", "knee_over_foot_pct"),
}


def facts_from_clips(store: Store) -> Facts:
    """Return where the knees stood in the newest usable clip of each kind.

    A knee is inside when its offset exceeds its error, over the foot when both offsets lie at or
    below zero by more than theirs; anything between is left out, which is unknown.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    facts: dict[str, FactValue] = {}
    for kind, (fact, measure) in _FACTS.items():
        document = newest_usable(store, kind)
        where = None if document is None else _where(document.content, measure)
        if where is not None:
            facts[fact] = where
    return facts


def newest_usable(store: Store, kind: DocumentKind) -> StoredDocument | None:
    """Return the newest stored clip that could be measured.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    newest_first = reversed(store.documents(kind))
    return next((each for each in newest_first if each.content["quality"]["usable"]), None)


def _where(document: Mapping[str, Any], measure: str) -> str | None:
    offsets = [document.get(side.value, {}).get(measure, {}) for side in Side]
    known = [offset for offset in offsets if offset.get("value") is not None]
    if any(offset["value"] > offset["error"] for offset in known):
        return "inside"
    if known and all(offset["value"] < -offset["error"] for offset in known):
        return "over_foot"
    return None
