"""The clips that were measured, newest first; what they told is in their documents."""

from dataclasses import replace
from datetime import tzinfo
from typing import Any

from sidestep.services.clips.clip_paths import with_paths
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import ClipFolder, Clock, Store, StoredDocument


def newest_clips_first(store: Store, zone: tzinfo | None = None) -> list[StoredDocument]:
    """Return every measured clip, newest first; with a zone, when it was measured by its clocks.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    kept = [*store.documents(DocumentKind.CLIP_RUN), *store.documents(DocumentKind.CLIP_SQUAT)]
    newest_first = sorted(kept, key=lambda document: document.made_at, reverse=True)
    if zone is None:
        return newest_first
    return [replace(each, made_at=each.made_at.astimezone(zone)) for each in newest_first]


def find_clip(clip_id: str, store: Store, zone: tzinfo | None = None) -> StoredDocument | None:
    """Return a person's measured clip; with a zone, when it was measured by its clocks.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return next((each for each in newest_clips_first(store, zone) if each.id == clip_id), None)


def clips_document(store: Store, folder: ClipFolder, clock: Clock) -> list[dict[str, Any]]:
    """Return every measured clip as other programs read it, newest first.

    ``file`` is what the film was called when it was measured, ``None`` of results that are older
    than it.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    clips = newest_clips_first(store, clock.now().tzinfo)
    return [
        {
            "id": document.id,
            "kind": document.content["kind"],
            "measured_at": document.made_at.isoformat(),
            "file": document.content.get("file"),
            "view": document.content["view"],
            "usable": document.content["quality"]["usable"],
            "headline": document.content["summary"]["headline"],
            "kept_clip": document.content["kept_clip"],
        }
        for document in (with_paths(each, folder) for each in clips)
    ]
