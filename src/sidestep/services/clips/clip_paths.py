"""Where the pictures of a kept clip are now: a result names them inside the clips' folder."""

from dataclasses import replace

from sidestep.services.ports import ClipFolder, StoredDocument


def with_paths(clip: StoredDocument, folder: ClipFolder) -> StoredDocument:
    """Return a kept clip with the whole path of each of its pictures, and of a kept copy.

    They are not stored, so that a data folder can be moved.
    """
    kept = clip.content["kept_clip"]
    pictures = clip.content["pictures"]
    return replace(
        clip,
        content={
            **clip.content,
            "pictures": {each: str(folder.path_of(name)) for each, name in pictures.items()},
            "kept_clip": None if kept is None else str(folder.path_of(kept)),
        },
    )
