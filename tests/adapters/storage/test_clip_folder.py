"""The pictures of clips are found again, wherever the data folder is."""

from dataclasses import replace
from pathlib import Path

import pytest

from builders.clip_results import kept_run
from sidestep.adapters.storage.clip_folder import ClipPictureFolder
from sidestep.services.clips.clip_paths import with_paths
from sidestep.services.ports import StoredDocument


@pytest.fixture
def clips(tmp_path: Path) -> ClipPictureFolder:
    folder = ClipPictureFolder(tmp_path / "home" / "clips")
    (folder.pictures("6257974d94df") / "worst_left.jpg").write_bytes(b"a picture")
    return folder


def naming(picture: str, kept_clip: str | None = None) -> StoredDocument:
    clip = kept_run()
    content = {**clip.content, "pictures": {"worst_left": picture}, "kept_clip": kept_clip}
    return replace(clip, content=content)


def shown(clip: StoredDocument, folder: ClipPictureFolder) -> str:
    picture: str = with_paths(clip, folder).content["pictures"]["worst_left"]
    return picture


def test_a_file_is_named_inside_the_folder_and_found_under_that_name(
    clips: ClipPictureFolder, tmp_path: Path
) -> None:
    source = tmp_path / "film.MP4"
    source.write_bytes(b"a film")
    kept = clips.keep(source, "6257974d94df")
    assert clips.name_of(kept) == "6257974d94df/clip.mp4"
    assert clips.path_of("6257974d94df/clip.mp4") == kept


def test_pictures_are_found_after_the_data_folder_was_moved(
    clips: ClipPictureFolder, tmp_path: Path
) -> None:
    (tmp_path / "home").rename(tmp_path / "moved")
    there = ClipPictureFolder(tmp_path / "moved" / "clips")
    path = tmp_path / "moved" / "clips" / "6257974d94df" / "worst_left.jpg"
    assert shown(naming("6257974d94df/worst_left.jpg"), there) == str(path)
    assert path.exists()


def test_older_results_with_whole_paths_are_read_where_they_are_and_after_a_move(
    clips: ClipPictureFolder, tmp_path: Path
) -> None:
    path = clips.folder / "6257974d94df" / "worst_left.jpg"
    older = naming(str(path))
    assert shown(older, clips) == str(path)
    (tmp_path / "home").rename(tmp_path / "moved")
    there = ClipPictureFolder(tmp_path / "moved" / "clips")
    assert shown(older, there) == str(there.folder / "6257974d94df" / "worst_left.jpg")


def test_a_picture_that_is_gone_keeps_its_path_and_no_copy_stays_no_copy(
    clips: ClipPictureFolder,
) -> None:
    gone = with_paths(naming("6257974d94df/gone.jpg"), clips).content
    assert gone["pictures"]["worst_left"] == str(clips.folder / "6257974d94df" / "gone.jpg")
    assert gone["kept_clip"] is None


def test_every_new_place_is_another_and_can_be_discarded(clips: ClipPictureFolder) -> None:
    places = {clips.new_place() for _ in range(20)}
    assert len(places) == 20
    for place in places:
        clips.pictures(place)
        clips.discard(place)
    assert [path.name for path in clips.folder.iterdir()] == ["6257974d94df"]


def test_what_is_kept_of_one_clip_is_discarded_and_nothing_else(clips: ClipPictureFolder) -> None:
    for clip_id in ("6257974d94df", "aaaaaaaaaaaa"):
        (clips.pictures(clip_id) / "worst_left.jpg").write_bytes(b"still")
    clips.discard("6257974d94df")
    clips.discard("6257974d94df")
    clips.discard("..")
    clips.discard("")
    assert [path.name for path in clips.folder.iterdir()] == ["aaaaaaaaaaaa"]
