"""Deletes a measured clip with its pictures; a picture that another result names stays."""

from sidestep.services.clips.list_clips import newest_clips_first
from sidestep.services.ports import ClipFolder, Store, StoredDocument


def delete_clip(clip: StoredDocument, *, store: Store, folder: ClipFolder) -> None:
    """Delete a clip's result, and its pictures when it was the last one of that film.

    Raises
    ------
    StorageError
        Something cannot be deleted.
    """
    store.delete_document(clip.id)
    clip_id = clip.content["clip_id"]
    if not any(each.content["clip_id"] == clip_id for each in newest_clips_first(store)):
        folder.discard(clip_id)
