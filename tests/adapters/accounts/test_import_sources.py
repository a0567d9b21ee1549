import gzip
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.exports import build_zip, write_folder, write_zip
from sidestep.adapters.accounts.opener import ImportSources
from sidestep.adapters.accounts.reading import read_item
from sidestep.errors import HostileFileError, UnreadableFileError
from sidestep.services.ports import FailedItem, FileItem, ImportItem, ImportSource, SkippedItem


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def _items(path: Path, scratch: Path) -> list[ImportItem]:
    source: ImportSource = ImportSources()
    return list(source.items(path, scratch))


@pytest.mark.parametrize("name", ["a.fit", "A.FIT", "b.gpx", "c.tcx", "d.fit.gz", "e.TCX.GZ"])
def test_an_activity_file_is_an_item_by_its_name(name: str, tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    assert _items(path, scratch) == [FileItem(shown_as=str(path), container=path, member=None)]


@pytest.mark.parametrize(
    "content",
    [
        b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00",
        b'\xef\xbb\xbf  <?xml version="1.0"?><gpx>',
        b"<TrainingCenterDatabase>",
        gzip.compress(b"<gpx/>", mtime=0),
    ],
)
def test_a_file_without_a_telling_name_is_known_by_its_first_bytes(
    content: bytes, tmp_path: Path, scratch: Path
) -> None:
    path = tmp_path / "attachment"
    path.write_bytes(content)
    (item,) = _items(path, scratch)
    assert isinstance(item, FileItem)
    (inside,) = _items(write_zip(tmp_path / "z.zip", {"attachment": content}), scratch)
    assert isinstance(inside, FileItem)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("photo.jpg", "not an activity file (.jpg)"),
        ("notes", "not an activity file (no ending)"),
        ("table.csv", "not a list of activities that is known here (.csv)"),
        ("empty.xml", "not an activity file (.xml)"),
        ("backup.tar.gz", "not an activity file (.gz)"),
    ],
)
def test_other_files_are_skipped_with_a_plain_reason(
    name: str, reason: str, tmp_path: Path, scratch: Path
) -> None:
    path = tmp_path / name
    content = b"a,b\n1,2\n"
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    assert _items(path, scratch) == [SkippedItem(shown_as=str(path), reason=reason)]


def test_a_path_to_nothing_fails_with_a_plain_reason(tmp_path: Path, scratch: Path) -> None:
    (failed,) = _items(tmp_path / "nowhere", scratch)
    assert isinstance(failed, FailedItem)
    assert failed.reason == "it does not exist"


def test_a_folder_is_walked_in_order_without_hidden_files_and_loops(
    tmp_path: Path, scratch: Path
) -> None:
    folder = write_folder(
        tmp_path / "watch",
        {
            "b/2.fit": b"2",
            "a/1.fit": b"1",
            "c.fit": b"3",
            ".hidden.fit": b"x",
            ".git/4.fit": b"x",
            "__MACOSX/._c.fit": b"x",
        },
    )
    (folder / "b" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "dangling.fit").symlink_to(folder / "gone.fit")
    names = [item.shown_as for item in _items(folder, scratch)]
    assert names == [str(folder / name) for name in ("a/1.fit", "b/2.fit", "c.fit")]


def test_a_folder_that_may_not_be_read_is_told_and_the_others_are_read(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path / "watch", {"a/1.fit": b"1", "locked/2.fit": b"2"})
    list_folder = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", refuse)
    file, failed = _items(folder, scratch)
    assert isinstance(file, FileItem)
    assert isinstance(failed, FailedItem)
    assert failed.shown_as == str(folder / "locked")
    assert "Permission denied" in failed.reason


def test_an_empty_folder_or_archive_says_so(tmp_path: Path, scratch: Path) -> None:
    for path in (scratch, write_zip(tmp_path / "z.zip", {})):
        (skipped,) = _items(path, scratch)
        assert skipped == SkippedItem(shown_as=str(path), reason="there is nothing in it to import")


def test_names_that_begin_with_a_dot_and_a_slash_are_not_hidden(
    tmp_path: Path, scratch: Path
) -> None:
    (file,) = _items(write_zip(tmp_path / "z.zip", {"./a.fit": b"x", "./.b.fit": b""}), scratch)
    assert isinstance(file, FileItem)
    assert read_item(file) == b"x"


def test_several_accounts_side_by_side_are_all_found(tmp_path: Path, scratch: Path) -> None:
    header = b"Activity ID,Activity Date,Activity Type,Filename\n"
    folder = write_folder(
        tmp_path / "downloads",
        {
            "strava/activities.csv": header + b'1,"Jan 1, 2020, 1:00:00 PM",Run,activities/1.fit\n',
            "strava/activities/1.fit": b"x",
            "garmin/DI_CONNECT/DI-Connect-Fitness/profile.json": b"{}",
            "more.zip": build_zip({"strava/activities/2.fit": b"y"}),
            "loose.gpx": b"z",
        },
    )
    files = [item for item in _items(folder, scratch) if isinstance(item, FileItem)]
    assert sorted(read_item(file) for file in files) == [b"x", b"y", b"z"]
    assert sum(file.hint is not None for file in files) == 1


def test_archives_in_archives_are_opened_three_deep_and_no_deeper(
    tmp_path: Path, scratch: Path
) -> None:
    third = build_zip({"deep.fit": b"x", "fourth.zip": build_zip({"deepest.fit": b"y"})})
    path = write_zip(tmp_path / "first.zip", {"second.zip": build_zip({"third.zip": third})})
    file, failed = _items(path, scratch)
    assert isinstance(file, FileItem)
    assert file.shown_as == f"{path}/second.zip/third.zip/deep.fit"
    assert read_item(file) == b"x"
    assert isinstance(failed, FailedItem)


def test_a_zip_under_another_name_is_opened(tmp_path: Path, scratch: Path) -> None:
    path = write_zip(tmp_path / "export (1)", {"a.fit": b"x"})
    (file,) = _items(path, scratch)
    assert isinstance(file, FileItem)
    assert read_item(file) == b"x"


def test_reading_follows_the_file_when_it_changes_on_disk(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "z.zip", {"a.fit": b"old"})
    item = FileItem(shown_as="a", container=path, member="a.fit")
    assert read_item(item) == b"old"
    write_zip(path, {"a.fit": b"newer"})
    assert read_item(item) == b"newer"


def test_reading_stops_at_the_ceiling(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "z.zip", {"a.fit": b"x" * 1001})
    for item in (
        FileItem(shown_as="a", container=path, member="a.fit"),
        FileItem(shown_as="z", container=path, member=None),
    ):
        with pytest.raises(HostileFileError):
            read_item(item, limit_bytes=60)


@pytest.mark.parametrize("member", [None, "a.fit"])
def test_reading_what_is_gone_is_an_input_error(member: str | None, tmp_path: Path) -> None:
    item = FileItem(shown_as="a", container=tmp_path / "gone.zip", member=member)
    with pytest.raises(UnreadableFileError):
        read_item(item)


def test_reading_a_member_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "z.zip", {"a.fit": b"x"})
    with pytest.raises(UnreadableFileError):
        read_item(FileItem(shown_as="b", container=path, member="b.fit"))


@settings(deadline=None)
@given(content=st.binary(max_size=300), name=st.sampled_from(["a", "a.csv", "a.xml", "a.zip"]))
def test_any_bytes_under_any_name_give_items(
    content: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / name).write_bytes(content)
    assert _items(folder / name, folder)


def test_what_to_expect_is_counted_before_anything_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    for name in ("a.fit", "b.gpx", "c.tcx.gz"):
        (folder / name).write_bytes(b"x")
    packed = tmp_path / "runs.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.fit", b"x")
        archive.writestr("b.fit", b"x")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK no more")

    expect = ImportSources().expect

    assert [expect(folder), expect(packed), expect(folder / "a.fit")] == [3, 2, 1]
    assert [expect(broken), expect(tmp_path / "nowhere.zip")] == [1, 1]
