import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.exports import build_zip, write_zip
from sidestep.adapters.accounts import archives
from sidestep.adapters.accounts.archives import MAX_ACTIVITY_BYTES
from sidestep.adapters.accounts.opener import ImportSources
from sidestep.adapters.accounts.reading import read_item
from sidestep.errors import HostileFileError, InputError
from sidestep.services.ports import FailedItem, FileItem, ImportItem


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def _items(path: Path, scratch: Path) -> list[ImportItem]:
    return list(ImportSources().items(path, scratch))


def _failure(path: Path, scratch: Path) -> FailedItem:
    (failed,) = [item for item in _items(path, scratch) if isinstance(item, FailedItem)]
    return failed


def _all_files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "name",
    [
        "../evil.fit",
        "a/../../evil.fit",
        "/etc/evil.fit",
        "C:/evil.fit",
        "C:\\evil.fit",
        "..\\evil.fit",
        "../evil.zip",
    ],
)
def test_names_that_lead_out_are_refused_and_the_rest_is_read(
    name: str, tmp_path: Path, scratch: Path
) -> None:
    path = write_zip(tmp_path / "z.zip", {name: b"PK\x03\x04", "good.fit": b"x"})
    before = _all_files(tmp_path)
    failed, file = _items(path, scratch)
    assert isinstance(failed, FailedItem)
    assert "leads out" in failed.reason
    assert isinstance(file, FileItem)
    assert file.member == "good.fit"
    assert _all_files(tmp_path) == before


def test_nothing_is_written_outside_scratch_or_under_its_own_name(
    tmp_path: Path, scratch: Path
) -> None:
    inner = build_zip({"a.fit": b"x"})
    path = write_zip(tmp_path / "z.zip", {"deep/inner.zip": inner, "CON.zip": inner})
    before = _all_files(tmp_path)
    assert len(_items(path, scratch)) == 2
    written = _all_files(tmp_path) - before
    assert len(written) == 2
    assert {file.parent for file in written} == {scratch}
    assert not {"inner.zip", "CON.zip"} & {file.name for file in written}


def test_a_symbolic_link_in_an_archive_is_refused(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("passwords.fit")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "symbolic link" in _failure(path, scratch).reason


def test_an_encrypted_entry_says_so(tmp_path: Path, scratch: Path) -> None:
    content = bytearray(build_zip({"a.fit": b"x"}))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags_at] |= 1
    path = tmp_path / "z.zip"
    path.write_bytes(content)
    reason = _failure(path, scratch).reason
    assert "encrypted" in reason
    assert "Unpack the archive with its password first" in reason


def test_an_entry_that_swells_a_thousandfold_is_refused(tmp_path: Path, scratch: Path) -> None:
    path = write_zip(tmp_path / "z.zip", {"bomb.fit": bytes(32 << 20), "good.fit": b"x"})
    assert "claims to unpack" in _failure(path, scratch).reason
    assert any(isinstance(item, FileItem) for item in _items(path, scratch))


def test_many_small_bombs_are_refused_together(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_TOTAL_MATTERS_FROM_BYTES", 1 << 20)
    path = write_zip(tmp_path / "z.zip", {f"{n}.fit": bytes(1 << 20) for n in range(30)})
    assert "claims to unpack" in _failure(path, scratch).reason


def test_too_many_entries_are_refused(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRIES", 5)
    path = write_zip(tmp_path / "z.zip", {f"{n}.fit": b"" for n in range(6)})
    assert "6 entries" in _failure(path, scratch).reason


def test_an_entry_that_lies_about_its_size_gives_an_input_error(
    tmp_path: Path, scratch: Path
) -> None:
    content = bytearray(build_zip({"a.fit": bytes(range(256)) * 64}))
    central = content.index(b"PK\x01\x02")
    content[central + 24 : central + 28] = (5).to_bytes(4, "little")
    path = tmp_path / "z.zip"
    path.write_bytes(content)
    (file,) = _items(path, scratch)
    assert isinstance(file, FileItem)
    with pytest.raises(InputError):
        read_item(file)


def test_an_inner_archive_larger_than_allowed_leaves_nothing_behind(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_ARCHIVE_BYTES", 10)
    path = write_zip(tmp_path / "z.zip", {"inner.zip": build_zip({"a.fit": b"x"})})
    assert "more than 10 bytes" in _failure(path, scratch).reason
    assert not _all_files(scratch)


def test_two_entries_of_one_name_are_not_mistaken_for_one_another(
    tmp_path: Path, scratch: Path
) -> None:
    path = tmp_path / "z.zip"
    content = build_zip({"a.fit": b"first", "b.fit": b"second"})
    path.write_bytes(content.replace(b"b.fit", b"a.fit"))
    assert "same name" in _failure(path, scratch).reason
    (file,) = [item for item in _items(path, scratch) if isinstance(item, FileItem)]
    assert read_item(file) == b"first"


def test_hundreds_of_refusals_are_told_in_a_few_lines(tmp_path: Path, scratch: Path) -> None:
    path = write_zip(tmp_path / "z.zip", {f"../{n}.fit": b"" for n in range(300)})
    items = [item for item in _items(path, scratch) if isinstance(item, FailedItem)]
    assert len(items) == 11
    assert "290 more" in items[-1].reason


def test_names_cannot_paint_on_the_terminal(tmp_path: Path, scratch: Path) -> None:
    path = write_zip(tmp_path / "z.zip", {"\x1b[31mred\n.fit": b"x"})
    (file,) = _items(path, scratch)
    assert file.shown_as.endswith("/?[31mred?.fit")


@settings(deadline=None)
@given(cut=st.floats(0.0, 0.999))
def test_a_zip_cut_anywhere_fails_with_a_reason(
    cut: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    content = build_zip({"a.fit": b"x" * 100, "b.fit": b"y" * 100})
    path = folder / "z.zip"
    path.write_bytes(content[: int(cut * len(content))])
    (failed,) = _items(path, folder)
    assert isinstance(failed, FailedItem)
    assert "zip" in failed.reason


@settings(deadline=None)
@given(data=st.data())
def test_a_mutated_zip_gives_items_and_input_errors_only(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("mutated")
    content = bytearray(
        build_zip(
            {"a.fit": b"x" * 50, "activities.csv": b"a,b\n", "in.zip": build_zip({"b.fit": b""})}
        )
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = folder / "z.zip"
    path.write_bytes(content)
    for item in _items(path, folder):
        if isinstance(item, FileItem):
            try:
                assert isinstance(read_item(item), bytes)
            except InputError:
                continue


def test_an_archive_of_refused_entries_only_is_not_called_empty_too(
    tmp_path: Path, scratch: Path
) -> None:
    path = write_zip(tmp_path / "bomb.zip", {"a.gpx": b"\0" * (8 << 20)})
    (failed,) = _items(path, scratch)
    assert isinstance(failed, FailedItem)


def test_a_file_larger_than_any_activity_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "zeros.fit"
    with path.open("wb") as file:
        file.truncate(MAX_ACTIVITY_BYTES + 1)
    with pytest.raises(HostileFileError, match="has 134,217,729 bytes"):
        read_item(FileItem(shown_as="zeros.fit", container=path, member=None))


def test_a_pipe_is_neither_file_nor_folder(tmp_path: Path, scratch: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.fit")
    failure = _failure(tmp_path / "pipe.fit", scratch)
    assert failure.reason == "it is neither a file nor a folder"
