"""One import at a time, and nothing left of one that was killed."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sidestep.adapters.storage.import_turn import FolderTurn
from sidestep.errors import StorageError

HOLD_UNTIL_KILLED = """
import sys
from pathlib import Path
from sidestep.adapters.storage.import_turn import FolderTurn
with FolderTurn(Path(sys.argv[1])).take(lambda: None) as scratch:
    (scratch / "inner.zip").write_bytes(b"half")
    print("mine", flush=True)
    sys.stdin.read()
"""


def never() -> None:
    pytest.fail("nothing holds the turn")


def test_a_second_import_waits_for_the_first(tmp_path: Path) -> None:
    turn = FolderTurn(tmp_path)
    is_waiting = threading.Event()
    order: list[str] = []

    def follow() -> None:
        with FolderTurn(tmp_path).take(is_waiting.set):
            order.append("second")

    second = threading.Thread(target=follow)
    with turn.take(never):
        second.start()
        assert is_waiting.wait(20)
        order.append("first")
    second.join(20)

    assert order == ["first", "second"]


def test_what_a_killed_import_left_is_gone_with_the_next(tmp_path: Path) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-c", HOLD_UNTIL_KILLED, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert killed.stdout is not None
    assert killed.stdin is not None
    assert killed.stdout.readline().strip() == b"mine"
    killed.kill()
    killed.wait()
    killed.stdout.close()
    killed.stdin.close()
    for name in ("originals/ab/.x1.part", "streams/cd/.x2.part", "streams/cd/cdef-0.parquet"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")

    with FolderTurn(tmp_path).take(never) as scratch:
        assert list(scratch.iterdir()) == []

    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"import.lock", "streams/cd/cdef-0.parquet"}


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be written"):
        FolderTurn(tmp_path / "file" / "home").take(never).__enter__()
