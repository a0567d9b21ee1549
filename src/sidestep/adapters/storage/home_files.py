"""Which files of a data folder belong to it for good, and which are work that is under way."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sidestep.adapters.storage.sqlite_files import is_sqlite

IMPORT_LOCK = "import.lock"
BACKUP_LOCK = "backup.lock"

SCRATCH = "scratch"
BACKING_UP = ".backing-up-"
"""What the folder begins with in which a backup gathers copies of databases."""

RESTORING = ".restoring-"
"""What the folder begins with in which a backup is unpacked that cannot be unpacked beside."""

RESTORED = ".restored"
"""That folder when it is finished and only its content must still be brought up."""

OF_THE_DISK = frozenset({"lost+found"})
"""What a disk puts into a folder that is one of its own; it is nobody's data."""

_WORK = frozenset({"jobs.sqlite", "uploads", "pages"})
"""What was asked for and is not done yet, what was sent for it, and what was made for a day."""

_LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file while it is open."""


def lasting_files(home: Path) -> Iterator[Path]:
    """Find everything that a copy of the folder must hold, in the order of names.

    Locks, files half written, scratch, the logs beside databases and work that was asked for are
    left out: a copy that took up the work would do it a second time.
    """
    for path in _walk(home, home, frozenset()):
        if not _is_passing(path) and not _is_work(path, home):
            yield path


def drop_work(home: Path) -> None:
    """Delete work that was asked for from a folder that nobody uses yet."""
    for path in list(home.iterdir()):
        if _is_work(path, home):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def passing_files(home: Path) -> Iterator[Path]:
    """Find what is left of work that was broken off, or of work that is under way."""
    yield from sorted(home.glob(f"{BACKING_UP}*"))
    if (home / SCRATCH).is_dir():
        yield home / SCRATCH
    for path in _walk(home, home, frozenset()):
        if path.name.endswith(".part"):
            yield path


def restoring_prefix(home: Path) -> str:
    """Return what a folder is called in which a backup is unpacked beside a data folder."""
    return f".{home.name}-restoring-"


def restoring_folders(home: Path) -> list[Path]:
    """Find the folders beside and in a data folder in which a backup is or was unpacked."""
    found: list[Path] = []
    for folder, prefix in ((home.parent, restoring_prefix(home)), (home, RESTORING)):
        # No folder, or none that may be looked into: nobody can have unpacked there.
        with suppress(OSError):
            found += (path for path in folder.iterdir() if path.name.startswith(prefix))
    return sorted(found)


def finish_restore(home: Path) -> None:
    """Bring up what a restore into the folder itself has finished, also one that was killed then.

    The whole content stands in one folder by then. Every program does this before it looks at
    anything else, so nobody sees a part of it. Several may do it at the same time.
    """
    restored = home / RESTORED
    try:
        left = list(restored.iterdir())
    except OSError:
        return  # There is none, as always but then.
    for path in left:
        with suppress(FileNotFoundError):
            path.rename(home / path.name)
    # Emptied workplaces go first: as long as this one stands, whoever comes next clears them away.
    for emptied in home.glob(f"{RESTORING}*"):
        with suppress(OSError):
            emptied.rmdir()
    with suppress(OSError):
        restored.rmdir()


def _walk(folder: Path, home: Path, above: frozenset[str]) -> Iterator[Path]:
    """Find every file, through links too: somebody may keep the originals on another disk."""
    real = os.path.realpath(folder)
    if real in above:
        return  # A link that leads back to a folder it stands in.
    try:
        found = sorted(folder.iterdir())
    except FileNotFoundError:
        return  # Gone meanwhile.
    for path in found:
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            continue  # Gone meanwhile, or a link that leads nowhere.
        if stat.S_ISREG(mode):
            yield path
        elif stat.S_ISDIR(mode) and not (folder == home and _is_workplace(path.name)):
            yield from _walk(path, home, above | {real})


def _is_workplace(name: str) -> bool:
    return name in {SCRATCH, *OF_THE_DISK} or name.startswith((BACKING_UP, RESTORING))


def _is_work(path: Path, home: Path) -> bool:
    first = path.relative_to(home).parts[0]
    return first in _WORK or first.removesuffix("-wal").removesuffix("-shm") in _WORK


def _is_passing(path: Path) -> bool:
    if path.name.endswith((".part", ".lock")):
        return True
    ending = next((each for each in _LOGS if path.name.endswith(each)), None)
    if ending is None:
        return False
    database = path.with_name(path.name.removesuffix(ending))
    return database.is_file() and is_sqlite(database)
