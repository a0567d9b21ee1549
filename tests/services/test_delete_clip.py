"""A clip goes with its pictures, and with nothing that another result names."""

from dataclasses import replace

from builders.clip_results import kept_run, kept_squat
from fakes.clips import PaperFolder
from fakes.stores import MemoryStore
from sidestep.services.clips.delete_clip import delete_clip
from sidestep.services.ports import StoredDocument


def naming(clip: StoredDocument, name: str, kept_clip: str | None = None) -> StoredDocument:
    content = {**clip.content, "pictures": {"overlay": name}, "kept_clip": kept_clip}
    return replace(clip, content=content)


def test_a_result_goes_with_its_own_pictures_and_no_others_of_the_film() -> None:
    store, folder = MemoryStore(), PaperFolder()
    first = naming(kept_run(), "place1/overlay.mp4", "place1/clip.mp4")
    again = naming(replace(kept_run(), id="clip_run-2"), "place2/overlay.mp4")
    for each in (first, again):
        store.save_document(each)
    delete_clip(first, store=store, folder=folder)
    assert folder.discarded == ["place1"]
    assert [each.id for each in store.documents("clip_run")] == ["clip_run-2"]


def test_pictures_that_older_results_share_go_with_the_last_of_them() -> None:
    store, folder = MemoryStore(), PaperFolder()
    first = naming(kept_run(), "/home/me/clips/6257974d94df/overlay.mp4")
    squats = naming(kept_squat(), "6257974d94df/overlay.mp4")
    for each in (first, squats):
        store.save_document(each)
    delete_clip(first, store=store, folder=folder)
    assert folder.discarded == []
    delete_clip(squats, store=store, folder=folder)
    assert folder.discarded == ["6257974d94df"]


def test_a_result_without_pictures_takes_nothing_along() -> None:
    store, folder = MemoryStore(), PaperFolder()
    bare = replace(kept_run(), content={**kept_run().content, "pictures": {}, "kept_clip": None})
    store.save_document(bare)
    delete_clip(bare, store=store, folder=folder)
    assert folder.discarded == []
    assert store.documents("clip_run") == []
