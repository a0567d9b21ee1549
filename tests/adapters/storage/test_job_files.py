"""What is sent lies under names of our own, apart for each owner, and is cleared away."""

import io
import os
import time
from pathlib import Path

import pytest

from sidestep.adapters.storage.job_files import (
    LEFT_AFTER_S,
    PAGES_AFTER_S,
    UNWANTED_AFTER_S,
    JobFolder,
)
from sidestep.errors import HostileFileError, InputError, StorageError

MB = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> JobFolder:
    return JobFolder(tmp_path)


def send(folder: JobFolder, upload: str, label: str, content: bytes = b"content") -> None:
    folder.add("anna", upload, label, io.BytesIO(content), most_bytes=MB)


def test_files_come_back_in_order_with_their_senders_names(folder: JobFolder) -> None:
    upload = folder.begin("anna")
    for label in ("b.fit.gz", "a.GPX", "film of me.MOV"):
        send(folder, upload, label, label.encode())

    found = folder.files("anna", upload)

    assert [file.label for file in found] == ["b.fit.gz", "a.GPX", "film of me.MOV"]
    assert [file.path.name for file in found] == ["0001.fit.gz", "0002.gpx", "0003.mov"]
    assert [file.path.read_bytes() for file in found][1] == b"a.GPX"


@pytest.mark.parametrize(
    ("label", "name", "shown"),
    [
        ("../../escape.fit", "0001.fit", "escape.fit"),
        ("C:\\Users\\me\\run.tcx", "0001.tcx", "run.tcx"),
        ("/etc/passwd", "0001", "passwd"),
        ("run.exe", "0001", "run.exe"),
        ("archive.exe.zip", "0001.zip", "archive.exe.zip"),
        ("zip.sh", "0001", "zip.sh"),
        ("", "0001", "file"),
        ("line\nbreak\x00.csv", "0001.csv", "linebreak.csv"),
        (".label", "0001", ".label"),
    ],
)
def test_no_name_leads_out_of_the_folder(
    folder: JobFolder, tmp_path: Path, label: str, name: str, shown: str
) -> None:
    upload = folder.begin("anna")
    send(folder, upload, label)

    (file,) = folder.files("anna", upload)

    assert (file.path.name, file.label) == (name, shown)
    assert file.path.parent == tmp_path / "uploads" / "anna" / upload


def test_a_file_that_is_too_large_leaves_nothing(folder: JobFolder) -> None:
    upload = folder.begin("anna")
    with pytest.raises(HostileFileError, match="is larger than 1 MB"):
        send(folder, upload, "large.zip", bytes(MB + 1))
    assert folder.files("anna", upload) == ()


def test_one_owners_uploads_are_not_there_for_another(folder: JobFolder) -> None:
    upload = folder.begin("anna")
    with pytest.raises(InputError):
        folder.files("ben", upload)
    folder.discard("ben", upload)
    assert folder.files("anna", upload) == ()


@pytest.mark.parametrize("upload", ["", "..", "../anna", "f" * 31, "F" * 32, "f" * 32])
def test_an_upload_that_is_none_is_refused(folder: JobFolder, upload: str) -> None:
    folder.begin("anna")
    with pytest.raises(InputError):
        folder.files("anna", upload)
    folder.discard("anna", upload)
    assert len(list(folder._uploads.glob("anna/*"))) == 1


@pytest.mark.parametrize("owner", ["../ben", "Anna Müller", "a/b", ".", ""])
def test_no_owner_leads_out_of_the_folder(folder: JobFolder, tmp_path: Path, owner: str) -> None:
    upload = folder.begin(owner)
    (made,) = (tmp_path / "uploads").glob("*/*")
    assert made.name == upload
    assert made.parent.name.startswith("_")


def test_what_is_over_or_left_behind_is_swept(folder: JobFolder, tmp_path: Path) -> None:
    over, needed, young, left = (folder.begin("anna") for _ in range(4))
    now = time.time()
    for path, age in ((needed, LEFT_AFTER_S), (left, LEFT_AFTER_S)):
        os.utime(tmp_path / "uploads" / "anna" / path, (now - age - 1, now - age - 1))

    folder.sweep({over: True, needed: False}.get, ())

    assert {path.name for path in tmp_path.glob("uploads/anna/*")} == {needed, young}


def test_pages_that_are_old_or_that_nobody_wants_are_swept(folder: JobFolder) -> None:
    ages = {"a": UNWANTED_AFTER_S, "b": PAGES_AFTER_S, "c": UNWANTED_AFTER_S, "d": 0.0}
    pages = {name: folder.page("anna", name * 32) for name in ages}
    half = pages["a"].with_name(f".{pages['a'].name}.x7f3")
    now = time.time()
    for path, age in [*((pages[name], age) for name, age in ages.items()), (half, ages["a"])]:
        path.write_bytes(b"%PDF")
        os.utime(path, (now - age - 1, now - age - 1))

    folder.sweep(lambda _: None, {"a" * 32, "b" * 32})

    assert {path.name for path in pages["a"].parent.iterdir()} == {
        pages["a"].name,
        pages["d"].name,
    }


def test_archives_and_the_folders_they_are_packed_in_are_swept_with_their_jobs(
    folder: JobFolder,
) -> None:
    ages = {"a": UNWANTED_AFTER_S, "b": PAGES_AFTER_S, "c": UNWANTED_AFTER_S}
    now = time.time()
    for name, age in ages.items():
        archive = folder.archive("anna", name * 32)
        archive.write_bytes(b"PK")
        archive.with_suffix(".work").mkdir()
        for made in (archive, archive.with_suffix(".work")):
            os.utime(made, (now - age - 1, now - age - 1))

    folder.sweep(lambda _: None, {"a" * 32, "b" * 32})

    kept = folder.archive("anna", "a" * 32)
    assert set(kept.parent.iterdir()) == {kept, kept.with_suffix(".work")}


@pytest.mark.skipif("__import__('os').name == 'nt'")
def test_only_the_owner_of_the_folder_may_look_into_it(folder: JobFolder) -> None:
    assert folder.page("anna", "a" * 32).parent.stat().st_mode & 0o077 == 0


def test_everything_of_an_owner_can_be_erased(folder: JobFolder, tmp_path: Path) -> None:
    folder.begin("anna")
    folder.page("anna", "a" * 32).write_bytes(b"%PDF")
    kept = folder.begin("ben")

    folder.erase("anna")

    assert [path.name for path in tmp_path.glob("*/*/*")] == [kept]


def test_a_page_has_the_id_of_its_job_only(folder: JobFolder) -> None:
    with pytest.raises(InputError):
        folder.page("anna", "../../sidestep")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_bytes(b"a file where a folder should be")
    with pytest.raises(StorageError, match="cannot be made"):
        JobFolder(tmp_path).begin("anna")
