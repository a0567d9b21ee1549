"""Lets one import at a time into a data folder, and clears away what a killed one left.

What an import does with its turn is the service's business.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sidestep.adapters.storage.file_lock import hold_lock
from sidestep.adapters.storage.home_files import IMPORT_LOCK, SCRATCH


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
        with hold_lock(self._home / IMPORT_LOCK, on_wait):
            self._clear_leftovers()
            scratch = self._home / SCRATCH
            scratch.mkdir()
            try:
                yield scratch
            finally:
                shutil.rmtree(scratch, ignore_errors=True)

    def _clear_leftovers(self) -> None:
        shutil.rmtree(self._home / SCRATCH, ignore_errors=True)
        for folder in ("originals", "streams"):
            for part in (self._home / folder).glob("??/.*.part"):
                part.unlink(missing_ok=True)
