"""Copies and checks SQLite files while others use them; what is in them is not known here."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sidestep.adapters.storage.atomic import write_atomically

WAIT_S = 20.0
"""How long to wait for a program that holds the file."""

KEPT_COPIES = 3
"""Copies from before an update that are kept; older ones go when a new one is there."""

_MAGIC = b"SQLite format 3\0"
_BEFORE_UPDATE = "-before-update-"


def will_open(path: Path, revision: str) -> bool:
    """Tell whether a file can be written to and was left at this migration, or can be made."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return os.access(path.parent, os.R_OK | os.W_OK | os.X_OK)
        return os.access(path, os.R_OK | os.W_OK) and revision_of(path) == revision
    except (OSError, sqlite3.Error):
        return False


def is_sqlite(path: Path) -> bool:
    """Tell whether a file begins as a SQLite database does."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, its log included, over an empty file.

    Programs that read or write it need not wait: in WAL mode a reader keeps its view.

    Raises
    ------
    sqlite3.Error
        It is no database, or somebody holds it.
    """
    with closing(_open(source)) as reading, closing(sqlite3.connect(target)) as writing:
        # All pages in one step. Smaller ones begin again whenever somebody else writes.
        reading.backup(writing)


def problems_in(path: Path) -> Iterator[str]:
    """Say what SQLite itself finds wrong with a file; nothing when it is whole.

    Raises
    ------
    sqlite3.Error
        It cannot even be read.
    """
    with closing(_open(path)) as connection:
        for (says,) in connection.execute("PRAGMA integrity_check"):
            if says != "ok":
                yield str(says)
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            yield f"row {row} of the table {table} refers to a row of {parent} that is not there"


def revision_of(path: Path) -> str | None:
    """Read which migration a file was left at, ``None`` when it has no tables of ours.

    Raises
    ------
    sqlite3.Error
        It cannot be read.
    """
    with closing(_open(path)) as connection:
        named = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        if connection.execute(named).fetchone() is None:
            return None
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if found is None else str(found[0])


def copy_before_update(database: Path, revision: str) -> Path:
    """Keep a copy of a database beside it, named with its revision and the instant.

    Only the newest copies are kept.

    Raises
    ------
    sqlite3.Error
        The database cannot be read.
    OSError
        The copy cannot be written.
    """
    instant = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    name = f"{database.stem}{_BEFORE_UPDATE}{revision}-{instant}{database.suffix}"
    copy = database.with_name(name)
    write_atomically(copy, lambda part: copy_sqlite(database, part))
    for old in copies_before_update(database)[:-KEPT_COPIES]:
        old.unlink(missing_ok=True)
    return copy


def copies_before_update(database: Path) -> list[Path]:
    """Find the copies that updates left beside a database, the oldest first."""
    found = [
        path
        for path in database.parent.glob(f"*{_BEFORE_UPDATE}*{database.suffix}")
        if path.name.startswith(f"{database.stem}{_BEFORE_UPDATE}")
    ]
    return sorted(found, key=lambda path: path.stem.rpartition("-")[2])


def _open(path: Path) -> sqlite3.Connection:
    # Opened for writing although nothing is written: a reader alone could neither recover the log
    # of a killed program nor clear away its own.
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=WAIT_S)
