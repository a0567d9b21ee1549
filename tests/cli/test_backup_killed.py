"""Backups made while an import writes, and backups and restores that are killed at any moment."""

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from builders.homes import NOW, backups_of, contents, fill_home, missing_from, rows_in, write
from builders.recordings import steady_run
from sidestep.adapters.activity_files.writing import write_fit
from sidestep.adapters.storage.home_files import BACKING_UP, finish_restore

FILES = 1000
WAIT_S = 60


def sidestep(home: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "sidestep", "--home", str(home), "--json", *arguments]


@pytest.fixture(scope="module")
def big_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many files that a process can be met in the middle of them."""
    home = tmp_path_factory.mktemp("big") / "home"
    fill_home(home, runs=2)
    for number in range(FILES):
        content = hashlib.sha256(str(number).encode()).digest() * 100
        sha256 = hashlib.sha256(content).hexdigest()
        write(home / "originals" / sha256[:2] / f"{sha256}.fit", content)
    return home


def kill_when(process: subprocess.Popen[bytes], has_come: Callable[[], bool]) -> bool:
    """Kill the program at a moment; tell whether it was met before it ended."""
    deadline = time.monotonic() + WAIT_S
    while process.poll() is None and time.monotonic() < deadline:
        # What is looked at may be renamed meanwhile; then its moment has come too.
        with suppress(FileNotFoundError):
            if not has_come():
                time.sleep(0.001)
                continue
        break
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def files_in(folder: Path, pattern: str) -> int:
    return sum(path.is_file() for each in folder.glob(pattern) for path in each.rglob("*"))


@pytest.mark.parametrize("unpacked", [0, 1, 500, FILES])
def test_a_killed_restore_leaves_nothing_or_everything(
    unpacked: int, big_home: Path, tmp_path: Path
) -> None:
    path, home = tmp_path / "b.tar", tmp_path / "again"
    backups_of(big_home).make(path, None, now=NOW)
    process = subprocess.Popen(sidestep(home, "restore", str(path)), stdout=subprocess.DEVNULL)

    was_met = kill_when(process, lambda: files_in(tmp_path, ".again-restoring-*") >= unpacked)

    assert was_met or unpacked == FILES
    if home.exists():
        assert contents(home) == contents(big_home)
        return
    subprocess.run(sidestep(home, "restore", str(path)), check=True, stdout=subprocess.DEVNULL)
    assert contents(home) == contents(big_home)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["again", "b.tar"]


@pytest.mark.parametrize("unpacked", [1, 500, FILES])
def test_a_killed_restore_into_a_disk_of_its_own_leaves_nothing_or_everything(
    unpacked: int, big_home: Path, tmp_path: Path
) -> None:
    path, home = tmp_path / "b.tar", tmp_path / "disk"
    (home / "lost+found").mkdir(parents=True)
    backups_of(big_home).make(path, None, now=NOW)
    restore = sidestep(home, "restore", str(path))
    process = subprocess.Popen(restore, stdout=subprocess.DEVNULL)

    was_met = kill_when(process, lambda: files_in(home, ".restoring-*") >= unpacked)

    assert was_met or unpacked == FILES
    finish_restore(home)
    if not contents(home):
        subprocess.run(restore, check=True, stdout=subprocess.DEVNULL)
    assert contents(home) == contents(big_home)
    assert list(home.glob(".*")) == []


@pytest.mark.parametrize("written_bytes", [0, 1, 2_000_000])
def test_a_killed_backup_leaves_nothing_of_that_name_or_all_of_it(
    written_bytes: int, big_home: Path, tmp_path: Path
) -> None:
    before = contents(big_home)
    path = tmp_path / "b.tar"

    def has_written() -> bool:
        parts = list(tmp_path.glob(".*.part"))
        return bool(parts) and parts[0].stat().st_size >= written_bytes

    process = subprocess.Popen(sidestep(big_home, "backup", str(path)), stdout=subprocess.DEVNULL)
    assert kill_when(process, has_written)

    assert not path.exists()
    assert contents(big_home) == before
    subprocess.run(sidestep(big_home, "backup", str(path)), check=True, stdout=subprocess.DEVNULL)
    assert list(big_home.glob(f"{BACKING_UP}*")) == []
    backups_of(tmp_path / "again").restore(path, None)
    assert contents(tmp_path / "again") == before


def test_backups_made_while_an_import_writes_hold_what_their_rows_name(tmp_path: Path) -> None:
    history, home = tmp_path / "history", tmp_path / "home"
    for number in range(120):
        run = steady_run(distance_m=1800.0 + number)
        write(history / f"{number:03}.fit", write_fit(run))
    fill_home(home, runs=1)
    counted: list[int] = []
    importing = subprocess.Popen(
        sidestep(home, "import", "--workers", "1", str(history)), stdout=subprocess.DEVNULL
    )
    while importing.poll() is None:
        number = len(counted)
        backups_of(home).make(tmp_path / f"{number}.tar", None, now=NOW)
        again = tmp_path / f"again{number}"
        backups_of(again).restore(tmp_path / f"{number}.tar", None)
        assert missing_from(again) == []
        counted.append(sum("source_file" in row for row in rows_in(again / "sidestep.sqlite")))
        (tmp_path / f"{number}.tar").unlink()

    assert importing.returncode == 0
    assert counted == sorted(counted)
    assert len(set(counted)) >= 2, "no backup was made while rows were written"
