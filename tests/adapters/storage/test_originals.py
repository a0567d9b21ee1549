"""Originals are kept unchanged, under their hash, whatever they were called."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidestep.adapters.storage.originals import OriginalFolder
from sidestep.errors import StorageError


@given(content=st.binary(max_size=200), name=st.text(max_size=40))
def test_any_bytes_under_any_name_come_back_unchanged(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    folder = tmp_path_factory.mktemp("originals")
    originals = OriginalFolder(folder)
    sha256 = hashlib.sha256(content).hexdigest()

    originals.keep(sha256, name, content)
    originals.keep(sha256, name, b"a second keep changes nothing")

    assert originals.path(sha256).read_bytes() == content
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path.name.split(".")[0] for path in files] == [sha256]


def test_an_interrupted_write_leaves_nothing_under_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", break_off)
    with pytest.raises(OSError, match="No space"):
        OriginalFolder(tmp_path).keep("ab" * 32, "run.fit", b"content")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_missing_original_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        OriginalFolder(tmp_path).path("ab" * 32)
    assert "backup" in caught.value.hint
