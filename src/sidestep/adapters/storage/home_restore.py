"""Puts a backup into an empty data folder: checked first, then visible in one step.

What a backup looks like is the business of ``backup_file``.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from sidestep.adapters.storage import backup_file
from sidestep.adapters.storage.age_files import DAMAGED
from sidestep.adapters.storage.backup_file import About, describe_backup, is_encrypted
from sidestep.adapters.storage.database import check_revision
from sidestep.adapters.storage.home_files import (
    OF_THE_DISK,
    RESTORED,
    RESTORING,
    drop_work,
    finish_restore,
    restoring_folders,
    restoring_prefix,
)
from sidestep.adapters.storage.row_copies import copy_rows, holds_rows, opened, writing_to
from sidestep.adapters.storage.sqlite_files import problems_in, revision_of
from sidestep.errors import BackupError, InputError, StorageError
from sidestep.services.ports.backups import Backup


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRestore:
    """Restores into one data folder; the attributes are those of ``HomeBackups``."""

    home: Path
    own_database: Path
    database_url: str

    def restore(self, path: Path, passphrase: str | None) -> Backup:
        """Put everything of a backup into the empty data folder; see the port."""
        needs_passphrase = is_encrypted(path)
        _check_passphrase(path, passphrase, needs_passphrase=needs_passphrase)
        for left in restoring_folders(self.home):
            shutil.rmtree(left, ignore_errors=True)
        self._check_empty()
        with self._workplace() as work:
            unpacked = work / "home"
            unpacked.mkdir(mode=0o700)
            about, files = backup_file.unpack(path, unpacked, passphrase, check=_check_about)
            drop_work(unpacked)  # Older backups hold it.
            database = unpacked / self.own_database.relative_to(self.home)
            _check_database(database, about)
            # Whatever the power does from here on: no name stands before what it names.
            if hasattr(os, "sync"):
                os.sync()
            if self._rows_are_elsewhere() and database.exists():
                self._move_rows_and_files(database, unpacked)
            else:
                self._put_in_place(unpacked)
        return describe_backup(path, about, files, is_encrypted=needs_passphrase)

    def _check_empty(self) -> None:
        if not self.home.exists():
            return
        if not self.home.is_dir() or {each.name for each in self.home.iterdir()} - OF_THE_DISK:
            raise InputError(
                f"{self.home} is not empty; a backup is restored only where nothing is",
                hint="Name a new folder with --home, or move this one away first.",
            )

    @contextmanager
    def _workplace(self) -> Iterator[Path]:
        """Lend a folder on the data folder's own disk, beside it if that can be."""
        beside, prefix = self.home.parent, restoring_prefix(self.home)
        try:
            if self._must_stay_inside():
                beside, prefix = self.home, RESTORING
            beside.mkdir(parents=True, exist_ok=True, mode=0o700)
            work = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
        except OSError as error:
            raise StorageError(
                f"{beside} cannot be written: {error.strerror}; a backup is unpacked there first",
                hint="Check its permissions, or choose another data folder with --home.",
            ) from error
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _must_stay_inside(self) -> bool:
        """Tell whether the folder cannot be exchanged: a disk of its own, or one lent to us."""
        return self.home.is_dir() and (
            self.home.is_mount()
            or any(self.home.iterdir())
            or not os.access(self.home.parent, os.W_OK | os.X_OK)
        )

    def _put_in_place(self, unpacked: Path) -> None:
        """Give the finished folder its name, in the one step that makes everything visible."""
        try:
            if unpacked.is_relative_to(self.home):
                unpacked.rename(self.home / RESTORED)
                finish_restore(self.home)
                return
            if os.name == "nt" and self.home.exists():
                self.home.rmdir()  # Only there is an empty folder in the way.
            unpacked.rename(self.home)
        except OSError as error:
            raise StorageError(
                f"{self.home} cannot be put in place: {error.strerror}",
                hint="Restore again, into a new folder with --home if this one stays in the way.",
            ) from error

    def _rows_are_elsewhere(self) -> bool:
        url = sa.make_url(self.database_url)
        is_own = url.get_backend_name() == "sqlite" and Path(str(url.database)) == self.own_database
        return not is_own

    def _move_rows_and_files(self, database: Path, unpacked: Path) -> None:
        """Put the rows into the other database and the files into the folder.

        No step makes both visible at once. Rows that are written wait for the folder to have its
        name: killed in between, files are there without rows, and nothing can be seen of them.
        """
        rows = database.rename(unpacked.with_name("rows.sqlite"))
        with opened(f"sqlite:///{rows}") as source, writing_to(self.database_url) as target:
            if holds_rows(target):
                url = sa.make_url(self.database_url).render_as_string(hide_password=True)
                raise InputError(
                    f"the database {url} holds rows already; a backup is restored only where "
                    "nothing is",
                    hint="Name an empty one in SIDESTEP_DATABASE_URL, or unset it.",
                )
            copy_rows(source, target)
            self._put_in_place(unpacked)


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


def _check_passphrase(path: Path, passphrase: str | None, *, needs_passphrase: bool) -> None:
    if needs_passphrase and passphrase is None:
        raise BackupError(
            f"{path} is encrypted, and no passphrase was given",
            hint="Add --passphrase to be asked for it, or --passphrase-file.",
        )
    if not needs_passphrase and passphrase is not None:
        # Whoever put a file of his own in the place of an encrypted one must not succeed.
        raise BackupError(
            f"{path} is not encrypted, but a passphrase was given",
            hint="Leave the passphrase out if you are sure that this is your file.",
        )
