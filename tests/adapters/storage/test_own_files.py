from pathlib import Path

import pytest

from sidestep.adapters.storage.own_files import FilesOfOurs
from sidestep.errors import InputError

FILES = FilesOfOurs((lambda head: head.startswith(b"ours"), lambda head: head == b"also ours"))


def test_a_file_of_ours_is_written_anew_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    for content in (b"ours 1", b"ours 2"):
        FILES.check_place(path)
        FILES.write(path, content)
    assert path.read_bytes() == b"ours 2"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"theirs", b"x" * 600 + b"ours"])
def test_a_file_of_others_is_refused_and_not_removed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(InputError, match="was not written by Sidestep"):
        FILES.check_place(path)
    assert not FILES.remove(path)
    assert path.read_bytes() == content


def test_a_folder_is_refused_and_not_removed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        FILES.check_place(tmp_path)
    assert not FILES.remove(tmp_path)


def test_a_file_of_ours_is_removed_once(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"also ours")
    assert FILES.remove(path)
    assert not FILES.remove(path)
