"""Keeps a result with the versions that made it; what a result holds is its maker's business."""

import hashlib
import json
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sidestep import __version__
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument


class DocumentKind(StrEnum):
    """The results that are kept."""

    PROFILE = "profile"
    KNEE_CHECK = "knee_check"
    CHECK_IN = "check_in"
    WEEK_PLAN = "week_plan"
    WEEK_EDITS = "week_edits"
    REVIEW = "review"
    WEEK_EXPORT = "week_export"
    CLIP_RUN = "clip_run"
    CLIP_SQUAT = "clip_squat"
    MIRROR_SETUP = "mirror_setup"
    MIRROR_SESSION = "mirror_session"


def keep_document(
    kind: DocumentKind, content: dict[str, Any], *, store: Store, knowledge: Knowledge, clock: Clock
) -> StoredDocument:
    """Store a result as of now, under an id made from its content; it is the newest of its kind.

    A clock that stands or was set back does not put it before what was kept earlier.

    Raises
    ------
    StorageError
        It cannot be written.
    """
    newest, made_at = store.latest_document(kind), clock.now()
    if newest is not None and newest.made_at >= made_at:
        made_at = newest.made_at + timedelta(microseconds=1)
    text = f"{made_at.isoformat()} {json.dumps(content, sort_keys=True)}"
    document = StoredDocument(
        id=f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:16]}",
        kind=kind.value,
        made_at=made_at,
        program_version=__version__,
        knowledge_version=knowledge.version,
        content=content,
    )
    store.save_document(document)
    return document
