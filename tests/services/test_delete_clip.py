"""A clip goes with its pictures, unless another result has the same ones."""

from dataclasses import replace

from builders.clip_results import kept_run, kept_squat
from fakes.clips import PaperFolder
from fakes.stores import MemoryStore
from sidestep.services.clips.delete_clip import delete_clip


def test_pictures_go_with_the_last_result_of_a_film() -> None:
    store, folder = MemoryStore(), PaperFolder()
    first, again = kept_run(), replace(kept_run(), id="clip_run-2")
    for each in (first, again, kept_squat()):
        store.save_document(each)
    delete_clip(first, store=store, folder=folder)
    assert folder.discarded == []
    store.delete_document("clip_squat-1")
    delete_clip(again, store=store, folder=folder)
    assert folder.discarded == [first.content["clip_id"]]
    assert store.documents("clip_run") == []
