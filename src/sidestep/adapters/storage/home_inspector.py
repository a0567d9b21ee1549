"""Looks at a data folder and its database, every owner's, and changes nothing in either."""

import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sidestep.adapters.storage import tables
from sidestep.adapters.storage.clip_folder import claims_of_nobody
from sidestep.adapters.storage.database import check_revision, read_revision
from sidestep.adapters.storage.file_lock import is_locked
from sidestep.adapters.storage.home_files import (
    BACKING_UP,
    BACKUP_LOCK,
    IMPORT_LOCK,
    SCRATCH,
    passing_files,
    restoring_folders,
)
from sidestep.adapters.storage.revision import HEAD
from sidestep.adapters.storage.sqlite_files import problems_in
from sidestep.adapters.storage.streams import ParquetStreams
from sidestep.errors import StorageError
from sidestep.services.ports.health import DatabaseState, FilesState, FolderState

LONGEST_WORK_S = 3600.0
"""Something half written that nobody touched for so long is not being written any more."""

_OTHERS = 0o077

CANNOT_READ = (
    "Check that your user may read and write the database, that it runs if it is a server, and "
    "that SIDESTEP_DATABASE_URL, if set, names it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeInspection:
    """Implements ``services.ports.HomeInspector`` for one data folder and its database."""

    home: Path
    database_url: str

    def folder(self) -> FolderState:
        """Look at the folder itself."""
        is_there = self.home.is_dir()
        nearest = next(each for each in (self.home, *self.home.parents) if each.exists())
        others_may = os.name == "posix" and is_there and bool(self.home.stat().st_mode & _OTHERS)
        try:
            free_bytes = shutil.disk_usage(nearest).free
        except OSError:
            free_bytes = None
        return FolderState(
            path=self.home,
            is_there=is_there,
            is_writable=nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK),
            others_may=others_may,
            free_bytes=free_bytes,
        )

    def database(self) -> DatabaseState:
        """Have the database examine itself."""
        url = sa.make_url(self.database_url)
        where = url.render_as_string(hide_password=True)
        file = self._sqlite_file()
        if file is not None and not file.exists():
            return DatabaseState(where=str(file), is_there=False, newest_revision=HEAD)
        problems = () if file is None else _problems_in(file)
        revision = None
        if not problems:
            with self._reading() as connection:
                revision = read_revision(connection)
        return DatabaseState(
            where=where if file is None else str(file),
            is_there=True,
            revision=revision,
            newest_revision=HEAD,
            is_known=_is_known(revision),
            problems=problems,
        )

    def originals(self) -> FilesState:
        """Hold every original of every owner against its hash."""
        source = tables.source_file.c
        named = self._column(sa.select(source.sha256).where(source.outcome != "skipped"))
        kept = {path.name.split(".")[0]: path for path in self._files("originals")}
        there = [sha256 for sha256 in named if sha256 in kept]
        return FilesState(
            named=len(named),
            missing=tuple(sha256 for sha256 in named if sha256 not in kept),
            changed=tuple(sha256 for sha256 in there if _sha256(kept[sha256]) != sha256),
        )

    def streams(self) -> FilesState:
        """Look for the samples of every activity."""
        key = tables.activity.c.stream_key
        named = self._column(sa.select(key).where(key.is_not(None)))
        streams = ParquetStreams(self.home / "streams")
        there = [key for key in named if streams.path(key).is_file()]
        return FilesState(
            named=len(named),
            missing=tuple(key for key in named if key not in set(there)),
            changed=tuple(key for key in there if not _is_parquet(streams.path(key))),
        )

    def leftovers(self) -> tuple[Path, ...]:
        """Find what work that was broken off has left, and nothing of work that is under way."""
        if not self.home.is_dir():
            return tuple(path for path in restoring_folders(self.home) if _is_old(path))
        found = [*passing_files(self.home), *restoring_folders(self.home)]
        left = [path for path in found if not self._is_under_way(path)]
        return (*left, *self._broken_off_clips())

    def newest_instant(self) -> datetime | None:
        """Return when something was last kept."""
        instants = [
            instant
            for column in (tables.document.c.made_at, tables.source_file.c.imported_at)
            for instant in self._column(sa.select(sa.func.max(column)))
            if instant is not None
        ]
        return max(instants, default=None)

    def _is_under_way(self, path: Path) -> bool:
        if path == self.home / SCRATCH:
            return is_locked(self.home / IMPORT_LOCK)
        if path.parent == self.home and path.name.startswith(BACKING_UP):
            return is_locked(self.home / BACKUP_LOCK)
        return not _is_old(path)

    def _broken_off_clips(self) -> Iterator[Path]:
        """Find the pictures of clips whose analysis was killed, and none that a result names."""
        folders = (self.home / "clips", *sorted(self.home.glob("people/*/clips")))
        places = [claim.with_suffix("") for each in folders for claim in claims_of_nobody(each)]
        if places:
            # As text: whatever names the place has its name and a slash in it.
            kept = self._column(sa.select(sa.cast(tables.document.c.content, sa.Text)))
            for place in places:
                if place.is_dir() and not any(f"{place.name}/" in each for each in kept):
                    yield place

    def _column(self, chosen: sa.Select[Any]) -> Sequence[Any]:
        """Read one column, of which there is nothing yet where there is no database."""
        file = self._sqlite_file()
        if file is not None and not file.exists():
            return []
        with self._reading() as connection:
            if read_revision(connection) is None:
                return []
            return connection.scalars(chosen.distinct()).all()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        # Not as the program opens it: that would make or change its tables.
        engine = sa.create_engine(self.database_url, poolclass=sa.NullPool)
        try:
            with engine.connect() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            says = getattr(error, "orig", None) or error
            raise StorageError(
                f"the database cannot be read: {str(says).strip()}", hint=CANNOT_READ
            ) from error
        finally:
            engine.dispose()

    def _sqlite_file(self) -> Path | None:
        url = sa.make_url(self.database_url)
        return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None

    def _files(self, folder: str) -> Iterator[Path]:
        return (self.home / folder).glob("??/[!.]*")


def _problems_in(file: Path) -> tuple[str, ...]:
    try:
        return tuple(problems_in(file))
    except sqlite3.OperationalError as error:
        raise StorageError(f"{file} cannot be read: {error}", hint=CANNOT_READ) from error
    except sqlite3.DatabaseError as error:
        return (str(error),)


def _is_known(revision: str | None) -> bool:
    try:
        check_revision(revision)
    except StorageError:
        return False
    return True


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > LONGEST_WORK_S
    except FileNotFoundError:
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_parquet(path: Path) -> bool:
    """Tell whether a file begins and ends as Parquet does; one cut short does not."""
    with path.open("rb") as file:
        begins = file.read(4) == b"PAR1"
        file.seek(max(0, path.stat().st_size - 4))
        return begins and file.read() == b"PAR1"
