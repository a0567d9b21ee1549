"""Makes a backup of a data folder, also while others use it.

Putting one back is in ``home_restore``; what its file looks like in ``backup_file``.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from sidestep.adapters.storage import backup_file
from sidestep.adapters.storage.age_files import WORK_FACTOR_LOG2
from sidestep.adapters.storage.atomic import write_atomically
from sidestep.adapters.storage.backup_file import About, Packing, describe_backup, is_encrypted
from sidestep.adapters.storage.file_lock import hold_lock
from sidestep.adapters.storage.home_files import BACKING_UP, BACKUP_LOCK, lasting_files
from sidestep.adapters.storage.home_restore import HomeRestore
from sidestep.adapters.storage.row_copies import copy_rows, count_originals, opened, writing_to
from sidestep.adapters.storage.sqlite_files import copy_sqlite, is_sqlite, problems_in, revision_of
from sidestep.errors import InputError, StorageError
from sidestep.services.ports.backups import Backup

SOURCE_DAMAGED = "sidestep doctor says what is wrong; an older backup may still be whole."


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeBackups:
    """Implements ``services.ports.Backups`` for one data folder.

    Attributes
    ----------
    home
        The data folder.
    own_database
        The SQLite file in it, whether or not the rows are there.
    database_url
        Where the rows are.
    program_version
        What the backup says that made it.
    work_factor_log2
        How dear each guess at a passphrase is made.
    """

    home: Path
    own_database: Path
    database_url: str
    program_version: str
    work_factor_log2: int = WORK_FACTOR_LOG2

    def make(
        self, path: Path, passphrase: str | None, *, now: datetime, is_passing: bool = False
    ) -> Backup:
        """Write everything into one new file; see the port."""
        self._check_place(path, is_passing=is_passing)
        made: list[Backup] = []

        def write(part: Path) -> None:
            with part.open("wb") as file:
                packed = self._write(file, passphrase, now)
                made.append(describe_backup(path, *packed, is_encrypted=passphrase is not None))

        write_atomically(path, write)
        return made[0]

    def restore(self, path: Path, passphrase: str | None) -> Backup:
        """Put everything of a backup into the empty data folder; see the port."""
        restore = HomeRestore(
            home=self.home, own_database=self.own_database, database_url=self.database_url
        )
        return restore.restore(path, passphrase)

    def is_encrypted(self, path: Path) -> bool:
        """Tell whether a passphrase is needed; see the port."""
        return is_encrypted(path)

    def _check_place(self, path: Path, *, is_passing: bool) -> None:
        if not self.home.is_dir() or next(lasting_files(self.home), None) is None:
            raise InputError(
                f"there is nothing to back up in {self.home}",
                hint="Name the folder that holds your data with --home or SIDESTEP_HOME.",
            )
        if not is_passing and path.resolve().is_relative_to(self.home.resolve()):
            raise InputError(
                f"{path} is inside the data folder, with which it would be lost",
                hint="Name a file elsewhere, best on another disk.",
            )
        if path.exists():
            raise InputError(
                f"{path} is there already; a new file was expected",
                hint="Choose another name, for example one with the date in it.",
            )
        if not path.absolute().parent.is_dir():
            raise InputError(f"there is no folder {path.absolute().parent}", hint="Make it first.")

    def _write(
        self, file: BinaryIO, passphrase: str | None, now: datetime
    ) -> tuple[About, list[backup_file.PackedFile]]:
        with self._workplace() as work:
            rows = self._gather_rows(work)
            about = About(
                format=backup_file.FORMAT,
                made_at=now.isoformat(timespec="seconds"),
                program_version=self.program_version,
                database_revision=None if rows is None else revision_of(rows),
            )
            with backup_file.packing(
                file, about, passphrase, work_factor_log2=self.work_factor_log2
            ) as packing:
                # The rows as they were first, then files: whatever a row names is there.
                if rows is not None:
                    _pack(packing, rows, self._name(self.own_database))
                self._pack_files(packing, work)
                if rows is not None:
                    self._check_nothing_was_erased(rows)
            return about, packing.files

    @contextmanager
    def _workplace(self) -> Iterator[Path]:
        """Lend a folder for copies of databases, where what they hold is as safe as at home."""
        with hold_lock(self.home / BACKUP_LOCK, _wait_silently):
            for left in self.home.glob(f"{BACKING_UP}*"):
                shutil.rmtree(left, ignore_errors=True)
            work = tempfile.mkdtemp(prefix=BACKING_UP, dir=self.home)
            try:
                yield Path(work)
            finally:
                shutil.rmtree(work, ignore_errors=True)

    def _gather_rows(self, work: Path) -> Path | None:
        """Copy the rows, wherever they are, into a SQLite file."""
        copy = work / "rows.sqlite"
        url = sa.make_url(self.database_url)
        if url.get_backend_name() != "sqlite":
            with opened(self.database_url) as source, writing_to(f"sqlite:///{copy}") as rows:
                copy_rows(source, rows)
        elif Path(str(url.database)).exists():
            _copy_whole(Path(str(url.database)), copy)
        else:
            return None
        return copy

    def _pack_files(self, packing: Packing, work: Path) -> None:
        for path in lasting_files(self.home):
            # What is gone when its turn comes was taken away on purpose; see below for erasing.
            with suppress(FileNotFoundError):
                if path == self.own_database:
                    continue
                if is_sqlite(path):
                    copy = work / "other.sqlite"
                    _copy_whole(path, copy)
                    _pack(packing, copy, self._name(path))
                    copy.unlink()
                else:
                    _pack(packing, path, self._name(path))

    def _check_nothing_was_erased(self, rows: Path) -> None:
        """Make sure that the files are still those of the rows: erasing takes rows first."""
        if count_originals(self.database_url) < count_originals(f"sqlite:///{rows}"):
            raise StorageError(
                f"data in {self.home} was erased while the backup was made",
                hint="Make the backup again if anything is left to back up.",
            )

    def _name(self, path: Path) -> str:
        return path.relative_to(self.home).as_posix()


def _wait_silently() -> None:
    """Wait for another backup of the folder without a word: it ends soon."""


def _copy_whole(database: Path, copy: Path) -> None:
    """Copy a SQLite file and make sure that what was copied is sound."""
    try:
        copy_sqlite(database, copy)
        wrong = next(problems_in(copy), None)
    except sqlite3.Error as error:
        wrong = str(error)
    if wrong is not None:
        raise StorageError(f"the database {database} is damaged: {wrong}", hint=SOURCE_DAMAGED)


def _pack(packing: Packing, path: Path, name: str) -> None:
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        packing.add(file, name, size_bytes=status.st_size, modified_at_s=status.st_mtime)
