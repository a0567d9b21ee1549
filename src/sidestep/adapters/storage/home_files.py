"""Which files of a data folder belong to it for good, and which are work that is under way."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sidestep.adapters.storage.sqlite_files import is_sqlite

IMPORT_LOCK = "import.lock"
BACKUP_LOCK = "backup.lock"

SCRATCH = "scratch"
BACKING_UP = ".backing-up-"
"""What the folder begins with in which a backup gathers copies of databases."""

_LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file while it is open."""


def lasting_files(home: Path) -> Iterator[Path]:
    """Find everything that a copy of the folder must hold, in the order of names.

    Locks, files half written, scratch and the logs beside databases are left out.
    """
    for path in _walk(home, home, frozenset()):
        if not _is_passing(path):
            yield path


def passing_files(home: Path) -> Iterator[Path]:
    """Find what is left of work that was broken off, or of work that is under way."""
    for path in sorted(home.glob(f"{BACKING_UP}*")):
        yield path
    if (home / SCRATCH).is_dir():
        yield home / SCRATCH
    for path in _walk(home, home, frozenset()):
        if path.name.endswith(".part"):
            yield path


def restoring_prefix(home: Path) -> str:
    """Return what a folder is called in which a backup is unpacked beside a data folder."""
    return f".{home.name}-restoring-"


def restoring_folders(home: Path) -> list[Path]:
    """Find the folders beside a data folder in which a backup is or was unpacked."""
    try:
        return sorted(
            path for path in home.parent.iterdir() if path.name.startswith(restoring_prefix(home))
        )
    except OSError:
        return []  # No folder, or none that may be looked into: nobody can have unpacked there.


def _walk(folder: Path, home: Path, above: frozenset[str]) -> Iterator[Path]:
    """Find every file, through links too: somebody may keep the originals on another disk."""
    real = os.path.realpath(folder)
    if real in above:
        return  # A link that leads back to a folder it stands in.
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        path = folder / entry.name
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            continue  # Gone meanwhile, or a link that leads nowhere.
        if stat.S_ISREG(mode):
            yield path
        elif stat.S_ISDIR(mode) and not (folder == home and _is_workplace(entry.name)):
            yield from _walk(path, home, above | {real})


def _is_workplace(name: str) -> bool:
    return name == SCRATCH or name.startswith(BACKING_UP)


def _is_passing(path: Path) -> bool:
    if path.name.endswith((".part", ".lock")):
        return True
    ending = next((each for each in _LOGS if path.name.endswith(each)), None)
    if ending is None:
        return False
    database = path.with_name(path.name.removesuffix(ending))
    return database.is_file() and is_sqlite(database)
