"""Who keeps the pictures of a clip, and the clip itself where the person asks for that."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class ClipFolder(Protocol):
    """The part of the data folder that clips have."""

    def id_of(self, clip: Path) -> str:
        """Return a short id made from the clip's content.

        Raises
        ------
        InputError
            There is no such file, or it cannot be read.
        """

    def new_place(self) -> str:
        """Return the name of a place that no result has."""

    def claim(self, place: str) -> AbstractContextManager[None]:
        """Hold a place while a result for it is made: until then it is not swept.

        Raises
        ------
        StorageError
            The folder cannot be written.
        """

    def sweep(self, named: Callable[[], Collection[str]]) -> None:
        """Discard every place whose program was killed before a result named it.

        Raises
        ------
        StorageError
            A place cannot be deleted.
        """

    def pictures(self, place: str) -> Path:
        """Return the folder for a result's pictures, made when it is not there.

        Raises
        ------
        StorageError
            It cannot be made.
        """

    def name_of(self, path: Path) -> str:
        """Return what a result calls a file of this folder, the same wherever the folder lies."""

    def path_of(self, name: str) -> Path:
        """Return where a file is that a result names; it may no longer be there.

        Older results name the whole path; it counts while the file is there.
        """

    def keep(self, clip: Path, place: str) -> Path:
        """Copy the clip beside its pictures and return where it lies.

        Raises
        ------
        StorageError
            It cannot be written.
        """

    def discard(self, place: str) -> None:
        """Delete everything that is kept in a place; nothing happens when it is gone already."""
