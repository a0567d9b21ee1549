"""Reads the bytes of one file to import, on disk or inside a zip; never what they mean."""

import os
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from sidestep.adapters.accounts.archives import (
    DAMAGE,
    MAX_ACTIVITY_BYTES,
    open_archive,
    read_limited,
    sort_entries,
)
from sidestep.errors import HostileFileError, UnreadableFileError
from sidestep.services.ports import FileItem

_CHECK_ORIGIN = "Check that it comes from a watch or an app."


def read_item(item: FileItem, limit_bytes: int = MAX_ACTIVITY_BYTES) -> bytes:
    """Return the bytes of one activity file.

    A worker process may call this: the last zip stays open between calls, so that a thousand
    files of one archive open it once.

    Parameters
    ----------
    item
        What to read.
    limit_bytes
        The most an activity file may hold.

    Raises
    ------
    UnreadableFileError
        It is not there, may not be read, or is damaged.
    HostileFileError
        It is larger than any activity file, whatever its archive says of it.
    """
    if item.member is None:
        return _read_file(item.container, limit_bytes)
    archive, entries = _open_once(item.container, os.getpid(), *_stamp(item.container))
    try:
        info = entries[item.member]
        if info.file_size > limit_bytes:
            raise HostileFileError(
                f"it would unpack to {info.file_size:,} bytes; an activity file has at most "
                f"{limit_bytes:,}",
                hint=_CHECK_ORIGIN,
            )
        with archive.open(info) as stream:
            return read_limited(cast("BinaryIO", stream), limit_bytes)
    except DAMAGE as error:
        raise UnreadableFileError(f"it cannot be read from its archive ({error})") from error


def _read_file(path: Path, limit_bytes: int) -> bytes:
    try:
        with path.open("rb") as stream:
            size_bytes = os.fstat(stream.fileno()).st_size
            if size_bytes > limit_bytes:
                raise HostileFileError(
                    f"it has {size_bytes:,} bytes; an activity file has at most {limit_bytes:,}",
                    hint=_CHECK_ORIGIN,
                )
            return read_limited(stream, limit_bytes)
    except OSError as error:
        raise UnreadableFileError(f"it cannot be read ({error.strerror or error})") from error


def _stamp(path: Path) -> tuple[int, int]:
    """Tell one state of a file on disk from another."""
    try:
        status = path.stat()
    except OSError as error:
        raise UnreadableFileError(f"its archive is gone ({error.strerror or error})") from error
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=1)
def _open_once(
    path: Path, process_id: int, modified_ns: int, size_bytes: int
) -> tuple[ZipFile, dict[str, ZipInfo]]:
    # A changed file is opened anew; so is one that a forked process inherited, because parent
    # and child would move each other's place in it.
    del process_id, modified_ns, size_bytes
    archive = open_archive(path)
    # Of entries with one name the archive itself would give the last, which was refused.
    return archive, sort_entries(archive)[0]
