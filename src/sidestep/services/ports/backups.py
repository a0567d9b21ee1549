"""A whole data folder as one file: what services and commands need of it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup as its file tells.

    Attributes
    ----------
    path
        The file.
    made_at
        When it was begun.
    program_version, database_revision
        The Sidestep that made it, and the step its database is at (``None``: it holds none).
    files
        How many files of the data folder it holds, the database among them.
    size_bytes
        How much those files are together.
    is_encrypted
        Whether a passphrase is needed to read it.
    """

    path: Path
    made_at: datetime
    program_version: str
    database_revision: str | None
    files: int
    size_bytes: int
    is_encrypted: bool


class Backups(Protocol):
    """Copies a data folder into one file and back."""

    def make(
        self, path: Path, passphrase: str | None, *, now: datetime, is_passing: bool = False
    ) -> Backup:
        """Write everything of the data folder into one new file, whole or not at all.

        Other programs may go on using the folder meanwhile. A file that ``is_passing`` may lie in
        the folder itself: it is given away from there and taken out again.

        Raises
        ------
        InputError
            There is nothing to back up, or the file cannot be put there.
        StorageError
            The data folder cannot be read, or its database is damaged.
        """

    def restore(self, path: Path, passphrase: str | None) -> Backup:
        """Put everything of a backup into the data folder, which must be empty or not there.

        Everything is checked first. A process killed at any moment leaves the folder as it was
        or whole.

        Raises
        ------
        BackupError
            The file is no backup, is damaged, needs another passphrase, or is of a newer program.
        InputError
            The data folder holds something already.
        StorageError
            The data folder cannot be written.
        """

    def is_encrypted(self, path: Path) -> bool:
        """Tell whether a passphrase is needed to read a backup.

        Raises
        ------
        InputError
            There is no such file.
        BackupError
            It is not a backup.
        """
