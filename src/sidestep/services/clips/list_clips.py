"""The clips that were measured, newest first; what they told is in their documents."""

from typing import Any

from sidestep.services.clips.clip_paths import with_paths
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import ClipFolder, Store, StoredDocument


def newest_clips_first(store: Store) -> list[StoredDocument]:
    """Return every measured clip, newest first.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    kept = [*store.documents(DocumentKind.CLIP_RUN), *store.documents(DocumentKind.CLIP_SQUAT)]
    return sorted(kept, key=lambda document: document.made_at, reverse=True)


def clips_document(store: Store, folder: ClipFolder) -> list[dict[str, Any]]:
    """Return every measured clip as other programs read it, newest first.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return [
        {
            "id": document.id,
            "kind": document.content["kind"],
            "measured_at": document.made_at.isoformat(),
            "view": document.content["view"],
            "usable": document.content["quality"]["usable"],
            "headline": document.content["summary"]["headline"],
            "kept_clip": document.content["kept_clip"],
        }
        for document in (with_paths(each, folder) for each in newest_clips_first(store))
    ]
