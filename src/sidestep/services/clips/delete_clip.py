"""Deletes a measured clip with its pictures; a picture that another result names stays."""

from contextlib import suppress
from pathlib import Path

from sidestep.errors import StorageError
from sidestep.services.clips.list_clips import newest_clips_first
from sidestep.services.ports import ClipFolder, Store, StoredDocument


def delete_clip(clip: StoredDocument, *, store: Store, folder: ClipFolder) -> None:
    """Delete a clip's result and its pictures, and a copy that was kept.

    Older results of one film share a place: it goes with the last of them.

    Raises
    ------
    StorageError
        Something cannot be deleted.
    """
    store.delete_document(clip.id)
    for place in _places(clip) - _named(store):
        folder.discard(place)


def sweep_broken_off(*, store: Store, folder: ClipFolder) -> None:
    """Delete the pictures of clips whose analysis was killed, and none that a result names.

    What cannot be deleted stays for another time.
    """
    with suppress(StorageError):
        folder.sweep(lambda: _named(store))


def _named(store: Store) -> set[str]:
    return {place for each in newest_clips_first(store) for place in _places(each)}


def _places(clip: StoredDocument) -> set[str]:
    """Return where a result's files lie; results older than this name whole paths."""
    named = [*clip.content["pictures"].values(), clip.content["kept_clip"]]
    return {Path(each).parent.name for each in named if each is not None}
