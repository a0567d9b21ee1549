"""The state of a data folder and of the machine, as an examination finds it; nothing is judged."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderState:
    """The data folder itself.

    ``free_bytes`` is ``None`` where the disk does not tell; ``others_may`` says whether other
    people of the machine can look in.
    """

    path: Path
    is_there: bool
    is_writable: bool
    others_may: bool
    free_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseState:
    """The database: where, at which step, and what it finds wrong with itself."""

    where: str
    is_there: bool
    revision: str | None = None
    newest_revision: str
    is_known: bool = True
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesState:
    """Files that rows name: how many, which are not there, which are not what they were."""

    named: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]


class HomeInspector(Protocol):
    """Looks at a data folder without changing or making anything."""

    def folder(self) -> FolderState:
        """Look at the folder itself."""

    def database(self) -> DatabaseState:
        """Have the database examine itself.

        Raises
        ------
        StorageError
            It cannot be read at all.
        """

    def originals(self) -> FilesState:
        """Hold every original of every owner against its hash.

        Raises
        ------
        StorageError
            The rows that name them cannot be read.
        """

    def streams(self) -> FilesState:
        """Look for the samples of every activity.

        Raises
        ------
        StorageError
            The rows that name them cannot be read.
        """

    def leftovers(self) -> tuple[Path, ...]:
        """Find what work that was broken off has left, and nothing of work that is under way."""

    def newest_instant(self) -> datetime | None:
        """Return when something was last kept.

        Raises
        ------
        StorageError
            The rows cannot be read.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsState:
    """The pose models: where, their name, and what is wrong with which file."""

    folder: Path
    name: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineState:
    """The Python that runs, and a zone that is set but not known (empty: none)."""

    python: tuple[int, int, int]
    unknown_zone: str
