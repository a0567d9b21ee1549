"""Lets one program at a time do something, by a lock that ends with its process.

What is done with it is its holder's business.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sidestep.errors import StorageError

LOOK_AGAIN_S = 0.2


@contextmanager
def hold_lock(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Wait until no other program holds the lock, then hold it; its folder is made if need be.

    Parameters
    ----------
    path
        The file that stands for the lock. It stays.
    on_wait
        Called once if there is something to wait for.

    Raises
    ------
    StorageError
        The folder cannot be written, or its disk knows no locks.
    """
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = path.open("ab")
    except OSError as error:
        raise StorageError(
            f"the data folder {folder} cannot be written: {error.strerror}",
            hint="Check its permissions, or choose another with --home or SIDESTEP_HOME.",
        ) from error
    with file:
        _wait_for(file, on_wait)
        yield


@contextmanager
def hold_if_free(path: Path) -> Iterator[bool]:
    """Hold the lock if no other program does, and tell whether it is held."""
    with path.open("ab") as file:
        yield _is_locked_now(file)


def is_locked(path: Path) -> bool:
    """Tell whether some program holds the lock now."""
    if not path.is_file():
        return False
    with hold_if_free(path) as is_free:
        return not is_free


def _wait_for(file: BinaryIO, on_wait: Callable[[], None]) -> None:
    try:
        if _is_locked_now(file):
            return
        on_wait()
        while not _is_locked_now(file):
            time.sleep(LOOK_AGAIN_S)
    except OSError as error:
        raise StorageError(
            f"{file.name} cannot be locked: {error.strerror}",
            hint="Choose a data folder on a local disk with --home or SIDESTEP_HOME.",
        ) from error


if sys.platform == "win32":
    import msvcrt

    def _is_locked_now(file: BinaryIO) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _is_locked_now(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
