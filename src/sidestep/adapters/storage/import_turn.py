"""Lets one import at a time into a data folder, and clears away what a killed one left.

What an import does with its turn is the service's business.
"""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sidestep.errors import StorageError

LOOK_AGAIN_S = 0.2


class FolderTurn:
    """Implements ``services.ports.ImportTurn`` with a lock that ends with its process.

    Parameters
    ----------
    home
        The data folder.
    """

    def __init__(self, home: Path) -> None:
        self._home = home

    @contextmanager
    def take(self, on_wait: Callable[[], None]) -> Iterator[Path]:
        """Wait until no other import runs here, then lend an empty folder for the turn.

        Parameters
        ----------
        on_wait
            Called once if there is something to wait for.

        Raises
        ------
        StorageError
            The data folder cannot be written or locked.
        """
        try:
            self._home.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = (self._home / "import.lock").open("ab")
        except OSError as error:
            raise StorageError(
                f"the data folder {self._home} cannot be written: {error.strerror}",
                hint="Check its permissions, or choose another with --home or SIDESTEP_HOME.",
            ) from error
        with file:
            _wait_for(file, on_wait)
            self._clear_leftovers()
            scratch = self._home / "scratch"
            scratch.mkdir()
            try:
                yield scratch
            finally:
                shutil.rmtree(scratch, ignore_errors=True)

    def _clear_leftovers(self) -> None:
        shutil.rmtree(self._home / "scratch", ignore_errors=True)
        for folder in ("originals", "streams"):
            for part in (self._home / folder).glob("??/.*.part"):
                part.unlink(missing_ok=True)


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
