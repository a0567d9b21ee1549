"""A folder and a zip seen alike: names, sizes and bytes; not what any name stands for."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from sidestep.adapters.accounts.archives import (
    DAMAGE,
    RefusedEntry,
    open_archive,
    read_chunk,
    read_limited,
    sort_entries,
)
from sidestep.errors import UnreadableFileError
from sidestep.services.ports import AccountHint, FileItem

MAX_TABLE_BYTES = 512 << 20


class Holding(Protocol):
    """Something that holds files: a folder or an archive."""

    shown_as: str

    def names(self) -> Sequence[str]:
        """Return the files' relative names with forward slashes, sorted, without hidden ones."""

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading.

        Raises
        ------
        UnreadableFileError
            It cannot be opened.
        """

    def item(self, name: str, hint: AccountHint | None = None) -> FileItem:
        """Return a file as something to import."""


class FolderHolding:
    """The files under a folder on disk.

    Parameters
    ----------
    folder
        Where they lie. Links are followed, each real folder only once.

    Attributes
    ----------
    unreadable
        Folders that could not be looked into, once ``names`` was called.
    """

    def __init__(self, folder: Path) -> None:
        self.shown_as = str(folder)
        self._folder = folder
        self._names: tuple[str, ...] | None = None
        self.unreadable: list[OSError] = []

    def names(self) -> Sequence[str]:
        """Return the files' relative names with forward slashes, sorted, without hidden ones."""
        if self._names is None:
            self._names = tuple(sorted(_walk(self._folder, self.unreadable.append)))
        return self._names

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading.

        Raises
        ------
        UnreadableFileError
            It cannot be opened.
        """
        try:
            return (self._folder / name).open("rb")
        except OSError as error:
            raise UnreadableFileError(f"it cannot be read ({error.strerror or error})") from error

    def item(self, name: str, hint: AccountHint | None = None) -> FileItem:
        """Return a file as something to import."""
        path = self._folder / name
        return FileItem(shown_as=shown(str(path)), container=path, member=None, hint=hint)


def _walk(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[str]:
    visited: set[str] = set()
    for current, folders, files in os.walk(folder, onerror=on_error, followlinks=True):
        real = os.path.realpath(current)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in files:
            path = Path(current) / name
            if not _is_hidden(name) and path.is_file():
                yield path.relative_to(folder).as_posix()


def _is_hidden(name: str) -> bool:
    # Some archivers write ./ before every name; that hides nothing.
    return (name.startswith(".") and name != ".") or name in {
        "__MACOSX",
        "Thumbs.db",
        "desktop.ini",
    }


class ZipHolding:
    """The files in a zip.

    Parameters
    ----------
    path
        The zip on disk.
    shown_as
        How reports name it; the path itself when left out.

    Raises
    ------
    UnreadableFileError
        It is no zip, or it is cut short.
    HostileFileError
        It lists more entries than any account export does.
    """

    def __init__(self, path: Path, shown_as: str = "") -> None:
        self.shown_as = shown_as or str(path)
        self._path = path
        self._archive = open_archive(path)
        self._entries, self.refused = sort_entries(self._archive)
        self._names = tuple(
            name for name in self._entries if not any(map(_is_hidden, name.split("/")))
        )

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def names(self) -> Sequence[str]:
        """Return the files' relative names with forward slashes, sorted, without hidden ones."""
        return self._names

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading.

        Raises
        ------
        UnreadableFileError
            It cannot be opened.
        """
        try:
            return cast("BinaryIO", self._archive.open(self._entries[name]))
        except DAMAGE as error:
            raise UnreadableFileError(f"it cannot be read from its archive ({error})") from error

    def item(self, name: str, hint: AccountHint | None = None) -> FileItem:
        """Return a file as something to import."""
        return FileItem(
            shown_as=shown(f"{self.shown_as}/{name}"),
            container=self._path,
            member=name,
            hint=hint,
        )


class PartHolding:
    """One folder inside another holding, such as an account beside other things.

    Parameters
    ----------
    whole
        What it is a part of.
    root
        The folder, with a trailing slash, or empty for the whole.
    names
        The relative names in it that belong to the part; all when left out.
    """

    def __init__(self, whole: Holding, root: str, names: Iterable[str] | None = None) -> None:
        self.shown_as = f"{whole.shown_as}/{root}".rstrip("/")
        self._whole = whole
        self._root = root
        if names is None:
            names = (name.removeprefix(root) for name in whole.names() if name.startswith(root))
        self._names = tuple(names)

    def names(self) -> Sequence[str]:
        """Return the files' relative names with forward slashes, sorted, without hidden ones."""
        return self._names

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading.

        Raises
        ------
        UnreadableFileError
            It cannot be opened.
        """
        return self._whole.open(self._root + name)

    def item(self, name: str, hint: AccountHint | None = None) -> FileItem:
        """Return a file as something to import."""
        return self._whole.item(self._root + name, hint)


def shown(name: str) -> str:
    """Make a name safe to print: control and undecodable characters become a question mark."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def read_head(holding: Holding, name: str, size: int = 4096) -> bytes:
    """Return the first bytes of a file, none if it cannot be read."""
    try:
        with holding.open(name) as stream:
            return read_chunk(stream, size)
    except UnreadableFileError:
        return b""


def read_table(holding: Holding, name: str) -> bytes:
    """Return a whole list file.

    Raises
    ------
    UnreadableFileError
        It cannot be read.
    HostileFileError
        It is larger than any list an account exports.
    """
    with holding.open(name) as stream:
        return read_limited(stream, MAX_TABLE_BYTES)


@contextmanager
def opened_zip(path: Path, shown_as: str = "") -> Iterator[ZipHolding]:
    """Hold a zip open while its items are listed.

    Raises
    ------
    UnreadableFileError
        It is no zip, or it is cut short.
    HostileFileError
        It lists more entries than any account export does.
    """
    holding = ZipHolding(path, shown_as)
    try:
        yield holding
    finally:
        holding.close()


def is_zip(path: Path) -> bool:
    """Tell whether a file begins like a zip; one cut short counts."""
    try:
        with path.open("rb") as stream:
            return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


def group_refusals(refused: Iterable[RefusedEntry]) -> dict[str, list[RefusedEntry]]:
    """Put refused entries of one kind together, in the order they come."""
    groups: dict[str, list[RefusedEntry]] = {}
    for each in refused:
        groups.setdefault(each.kind, []).append(each)
    return groups
