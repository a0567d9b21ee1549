"""Makes a backup of a data folder and puts one back; the file's own form is in ``backup_file``."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from sidestep.adapters.storage import backup_file
from sidestep.adapters.storage.age_files import DAMAGED, WORK_FACTOR_LOG2
from sidestep.adapters.storage.atomic import write_atomically
from sidestep.adapters.storage.backup_file import About, PackedFile, Packing
from sidestep.adapters.storage.database import check_revision, open_database
from sidestep.adapters.storage.file_lock import hold_lock
from sidestep.adapters.storage.home_files import (
    BACKING_UP,
    BACKUP_LOCK,
    lasting_files,
    restoring_folders,
    restoring_prefix,
)
from sidestep.adapters.storage.row_copies import copy_rows, holds_rows
from sidestep.adapters.storage.sqlite_files import copy_sqlite, is_sqlite, problems_in, revision_of
from sidestep.errors import BackupError, InputError, StorageError
from sidestep.services.ports.backups import Backup

_HEAD_BYTES = 64

_ONLY_ERASED = ("originals", "streams")
"""Files under these names go only when a person erases everything."""

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

    def make(self, path: Path, passphrase: str | None, *, now: datetime) -> Backup:
        """Write everything into one new file; see the port."""
        self._check_place(path)
        packed: list[PackedFile] = []
        with self._workplace() as work:
            rows, revision = self._gather_rows(work)
            about = About(
                format=backup_file.FORMAT,
                made_at=now.isoformat(timespec="seconds"),
                program_version=self.program_version,
                database_revision=revision,
            )

            def write(part: Path) -> None:
                with (
                    part.open("wb") as file,
                    self._packing(file, about, passphrase) as packing,
                ):
                    # The rows as they were first, then files: whatever a row names is there.
                    if rows is not None:
                        _pack(packing, rows, self._name(self.own_database))
                    self._pack_files(packing, work)
                    packed.extend(packing.files)

            write_atomically(path, write)
        return _backup(path, about, packed, is_encrypted=passphrase is not None)

    def restore(self, path: Path, passphrase: str | None) -> Backup:
        """Put everything of a backup into the empty data folder; see the port."""
        is_encrypted = self.is_encrypted(path)
        _check_passphrase(path, passphrase, is_encrypted=is_encrypted)
        self._check_empty()
        self._clear_leftovers()
        with self._folder_beside() as beside:
            about, files = backup_file.unpack(path, beside, passphrase, check=_check_about)
            database = beside / self._name(self.own_database)
            _check_database(database, about)
            # Whatever the power does from here on: no name stands before what it names.
            if hasattr(os, "sync"):
                os.sync()
            if self._rows_are_elsewhere() and database.exists():
                self._move_rows_and_files(database, beside)
            else:
                self._put_in_place(beside)
        return _backup(path, about, files, is_encrypted=is_encrypted)

    def is_encrypted(self, path: Path) -> bool:
        """Tell whether a passphrase is needed; see the port."""
        try:
            with path.open("rb") as file:
                found = backup_file.is_encrypted(file.read(_HEAD_BYTES))
        except OSError as error:
            raise InputError(
                f"{path} cannot be read: {error.strerror or error}; a backup was expected",
                hint=backup_file.NO_BACKUP,
            ) from error
        if found is None:
            raise BackupError(
                f"{path} is not a backup of Sidestep, or its first bytes are damaged",
                hint=backup_file.NO_BACKUP,
            )
        return found

    def _check_place(self, path: Path) -> None:
        if not self.home.is_dir() or next(lasting_files(self.home), None) is None:
            raise InputError(
                f"there is nothing to back up in {self.home}",
                hint="Name the folder that holds your data with --home or SIDESTEP_HOME.",
            )
        if path.resolve().is_relative_to(self.home.resolve()):
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

    def _packing(
        self, file: BinaryIO, about: About, passphrase: str | None
    ) -> AbstractContextManager[Packing]:
        return backup_file.packing(file, about, passphrase, work_factor_log2=self.work_factor_log2)

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

    def _rows_are_elsewhere(self) -> bool:
        url = sa.make_url(self.database_url)
        is_own = url.get_backend_name() == "sqlite" and Path(str(url.database)) == self.own_database
        return not is_own

    def _gather_rows(self, work: Path) -> tuple[Path | None, str | None]:
        """Copy the rows, wherever they are, into a SQLite file; return it and its revision."""
        copy = work / "rows.sqlite"
        url = sa.make_url(self.database_url)
        if url.get_backend_name() != "sqlite":
            with _opened(self.database_url) as source, _writing_to(f"sqlite:///{copy}") as rows:
                copy_rows(source, rows)
        elif Path(str(url.database)).exists():
            _copy_whole(Path(str(url.database)), copy)
        else:
            return None, None
        return copy, revision_of(copy)

    def _pack_files(self, packing: Packing, work: Path) -> None:
        for path in lasting_files(self.home):
            if path == self.own_database:
                continue
            name = self._name(path)
            try:
                if is_sqlite(path):
                    copy = work / "other.sqlite"
                    _copy_whole(path, copy)
                    _pack(packing, copy, name)
                    copy.unlink()
                else:
                    _pack(packing, path, name)
            except FileNotFoundError as error:
                if name.split("/")[0] in _ONLY_ERASED:
                    raise StorageError(
                        f"{path} was erased while the backup was made",
                        hint="Make the backup again when nothing is being erased.",
                    ) from error

    def _name(self, path: Path) -> str:
        return path.relative_to(self.home).as_posix()

    def _check_empty(self) -> None:
        if self.home.exists() and (not self.home.is_dir() or any(self.home.iterdir())):
            raise InputError(
                f"{self.home} is not empty; a backup is restored only where nothing is",
                hint="Name a new folder with --home, or move this one away first.",
            )
        if self.home.is_mount():
            raise InputError(
                f"{self.home} is a disk of its own, which cannot be put in place at once",
                hint=f"Restore into a folder in it: --home {self.home / 'sidestep'}",
            )

    def _clear_leftovers(self) -> None:
        """Delete what a restore into this folder left that was killed."""
        for left in restoring_folders(self.home):
            shutil.rmtree(left, ignore_errors=True)

    @contextmanager
    def _folder_beside(self) -> Iterator[Path]:
        try:
            self.home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside = tempfile.mkdtemp(prefix=restoring_prefix(self.home), dir=self.home.parent)
        except OSError as error:
            raise StorageError(
                f"{self.home.parent} cannot be written: {error.strerror}; a backup is unpacked "
                "beside the data folder first",
                hint="Choose a folder with --home whose own folder can be written.",
            ) from error
        try:
            yield Path(beside)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def _put_in_place(self, beside: Path) -> None:
        """Give the finished folder its name, in the one step that makes everything visible."""
        try:
            if os.name == "nt" and self.home.exists():
                self.home.rmdir()  # Only there is an empty folder in the way.
            beside.rename(self.home)
        except OSError as error:
            raise StorageError(
                f"{self.home} cannot be put in place: {error.strerror}; nothing was changed",
                hint="Name a new folder with --home.",
            ) from error

    def _move_rows_and_files(self, database: Path, beside: Path) -> None:
        """Put the rows into the other database and the files into the folder.

        No step makes both visible at once. Rows that are written wait for the folder to have its
        name: killed in between, files are there without rows, and nothing can be seen of them.
        """
        with tempfile.TemporaryDirectory(
            prefix=restoring_prefix(self.home), dir=self.home.parent
        ) as apart:
            alone = f"sqlite:///{database.rename(Path(apart) / database.name)}"
            with _opened(alone) as source, _writing_to(self.database_url) as rows:
                if holds_rows(rows):
                    url = sa.make_url(self.database_url).render_as_string(hide_password=True)
                    raise InputError(
                        f"the database {url} holds rows already; a backup is restored only where "
                        "nothing is",
                        hint="Name an empty one in SIDESTEP_DATABASE_URL, or unset it.",
                    )
                copy_rows(source, rows)
                self._put_in_place(beside)


@contextmanager
def _writing_to(url: str) -> Iterator[sa.Connection]:
    """Lend a transaction in a database; it is kept when the block ends without an error."""
    with _opened(url) as engine, engine.execution_options(is_writing=True).begin() as connection:
        yield connection


@contextmanager
def _opened(url: str) -> Iterator[sa.Engine]:
    engine = open_database(url)
    try:
        yield engine
    finally:
        engine.dispose()


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


def _check_about(about: About) -> None:
    try:
        check_revision(about.database_revision)
    except StorageError as error:
        raise BackupError(
            f"the backup is of a newer Sidestep, {about.program_version} (its database is at step "
            f"{about.database_revision}, which this program does not know)",
            hint="Update Sidestep, then restore it.",
        ) from error


def _check_database(database: Path, about: About) -> None:
    """Make sure that the database is sound and as new as the backup says, before it is used."""
    if not database.exists():
        return
    try:
        wrong = next(problems_in(database), None)
        revision = revision_of(database)
    except sqlite3.Error as error:
        wrong, revision = str(error), about.database_revision
    if wrong is None and revision != about.database_revision:
        wrong = f"it is at step {revision}, {about.database_revision} was expected"
    if wrong is not None:
        raise BackupError(f"the database in the backup is damaged: {wrong}", hint=DAMAGED)


def _check_passphrase(path: Path, passphrase: str | None, *, is_encrypted: bool) -> None:
    if is_encrypted and passphrase is None:
        raise BackupError(
            f"{path} is encrypted, and no passphrase was given",
            hint="Add --passphrase to be asked for it, or --passphrase-file.",
        )
    if not is_encrypted and passphrase is not None:
        # Whoever put a file of his own in the place of an encrypted one must not succeed.
        raise BackupError(
            f"{path} is not encrypted, but a passphrase was given",
            hint="Leave the passphrase out if you are sure that this is your file.",
        )


def _backup(path: Path, about: About, files: list[PackedFile], *, is_encrypted: bool) -> Backup:
    return Backup(
        path=path,
        made_at=datetime.fromisoformat(about.made_at),
        program_version=about.program_version,
        database_revision=about.database_revision,
        files=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        is_encrypted=is_encrypted,
    )
