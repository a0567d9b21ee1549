"""Opens zip archives that may be damaged or hostile; knows nothing of what is inside them."""

import lzma
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sidestep.errors import HostileFileError, SidestepError, UnreadableFileError

MAX_ENTRIES = 250_000
# Twice the largest real file seen in the wild, a TCX of several days.
MAX_ACTIVITY_BYTES = 128 << 20
MAX_ARCHIVE_BYTES = 16 << 30
MAX_DOCUMENT_BYTES = 32 << 30
# Sports XML shrinks to a twentieth or so; a zip bomb to a thousandth.
_MAX_RATIO = 200
_RATIO_MATTERS_FROM_BYTES = 4 << 20
_TOTAL_MATTERS_FROM_BYTES = 1 << 30
_CHUNK_BYTES = 1 << 20
_UNPACK = "If it is yours, unpack it and import the folder that holds your activities."
_ENCRYPTED = 0x1
_UNIX = 3
# What the standard library raises for archives that are cut short, garbled or unsupported.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedEntry:
    """An archive entry that is never read, and why; ``kind`` groups entries of one sort."""

    name: str
    kind: str
    error: SidestepError


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a zip for reading.

    Parameters
    ----------
    path
        A zip on disk.

    Raises
    ------
    UnreadableFileError
        It is no zip, or it is cut short.
    HostileFileError
        It lists more entries than any account export does, or unpacks to absurdly much.
    """
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise UnreadableFileError(
            f"the zip cannot be opened ({error or type(error).__name__})",
            hint="It may be cut short: download or copy it again.",
        ) from error
    complaint = _complaint(archive, path.stat().st_size)
    if complaint:
        archive.close()
        raise HostileFileError(complaint, hint=_UNPACK)
    return archive


def _complaint(archive: zipfile.ZipFile, size_bytes: int) -> str:
    entries = len(archive.infolist())
    if entries > MAX_ENTRIES:
        return f"the zip lists {entries:,} entries; at most {MAX_ENTRIES:,} are read"
    # Entries may share their bytes, so that each looks harmless and only the sum does not.
    total = sum(info.file_size for info in archive.infolist())
    if total > max(_TOTAL_MATTERS_FROM_BYTES, _MAX_RATIO * size_bytes):
        return f"the zip has {size_bytes:,} bytes and claims to unpack to {total:,}"
    return ""


def sort_entries(
    archive: zipfile.ZipFile,
) -> tuple[dict[str, zipfile.ZipInfo], list[RefusedEntry]]:
    """Part the entries of an archive into those that may be read and those refused.

    Entries are only ever read as bytes, never written under their own names; one with a name
    that tries to climb out is refused all the same, because it says what the archive is for.

    Parameters
    ----------
    archive
        An open archive.

    Returns
    -------
    tuple[dict[str, ZipInfo], list[RefusedEntry]]
        Readable entries by name in sorted order, and the refused ones in sorted order.
    """
    readable: dict[str, zipfile.ZipInfo] = {}
    refused: list[RefusedEntry] = []
    for info in sorted(archive.infolist(), key=lambda each: each.filename):
        refusal = _refusal(info)
        if refusal is None and info.filename in readable:
            refusal = (
                "double",
                UnreadableFileError(
                    "a second entry has the same name; the first is read", hint=_UNPACK
                ),
            )
        if refusal is not None:
            refused.append(RefusedEntry(name=info.filename, kind=refusal[0], error=refusal[1]))
        elif not info.is_dir():
            readable[info.filename] = info
    return readable, refused


def _refusal(info: zipfile.ZipInfo) -> tuple[str, SidestepError] | None:
    if _climbs_out(info.orig_filename) or _climbs_out(info.filename):
        return "path", HostileFileError(
            "its name leads out of the archive",
            hint="Download your export again from the account itself.",
        )
    if info.create_system == _UNIX and stat.S_ISLNK(info.external_attr >> 16):
        return "link", HostileFileError(
            "it is a symbolic link, not a file", hint="Import the file it points to."
        )
    if info.flag_bits & _ENCRYPTED:
        return "encrypted", UnreadableFileError(
            "it is encrypted", hint="Unpack the archive with its password first."
        )
    if _is_bomb(info):
        return "bomb", HostileFileError(
            f"it claims to unpack {info.compress_size:,} bytes to {info.file_size:,}", hint=_UNPACK
        )
    return None


def _climbs_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    has_drive = len(parts[0]) == 2 and parts[0][1] == ":"
    return not parts[0] or ".." in parts or has_drive or "\0" in name


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    if info.file_size > MAX_DOCUMENT_BYTES:
        return True
    if info.file_size < _RATIO_MATTERS_FROM_BYTES:
        return False
    return info.file_size > _MAX_RATIO * max(info.compress_size, 1)


def read_limited(stream: BinaryIO, limit_bytes: int) -> bytes:
    """Read a stream to its end, but never more than a limit.

    Parameters
    ----------
    stream
        Open for reading bytes.
    limit_bytes
        The most that may come out.

    Raises
    ------
    HostileFileError
        More than ``limit_bytes`` came out.
    UnreadableFileError
        The stream is damaged.
    """
    return b"".join(_chunks(stream, limit_bytes))


def _chunks(stream: BinaryIO, limit_bytes: int) -> Iterator[bytes]:
    total = 0
    while chunk := read_chunk(stream, _CHUNK_BYTES):
        total += len(chunk)
        if total > limit_bytes:
            raise HostileFileError(
                f"more than {limit_bytes:,} bytes come out of it",
                hint="Check that it comes from a watch, an app or an account.",
            )
        yield chunk


def read_chunk(stream: BinaryIO, size: int) -> bytes:
    """Read some bytes of an archive entry.

    Parameters
    ----------
    stream
        Open for reading bytes.
    size
        The most to read at once.

    Raises
    ------
    UnreadableFileError
        The stream is damaged.
    """
    try:
        return stream.read(size)
    except DAMAGE as error:
        raise UnreadableFileError(
            f"it is damaged ({error or type(error).__name__})",
            hint="Download or copy it again.",
        ) from error


def extract_nested(stream: BinaryIO, scratch: Path) -> Path:
    """Write an archive found inside an archive to ``scratch`` under a name of our own.

    Parameters
    ----------
    stream
        The inner archive, open for reading.
    scratch
        The folder to write to; nothing is written anywhere else.

    Raises
    ------
    HostileFileError
        It unpacks to more than an archive may, or the disk would run full.
    UnreadableFileError
        It is damaged, or the disk is full.
    """
    room_bytes = min(MAX_ARCHIVE_BYTES, shutil.disk_usage(scratch).free // 2)
    with tempfile.NamedTemporaryFile(
        dir=scratch, prefix="inner-", suffix=".zip", delete=False
    ) as target:
        path = Path(target.name)
        try:
            for chunk in _chunks(stream, room_bytes):
                target.write(chunk)
        except SidestepError:
            path.unlink()
            raise
        except OSError as error:
            path.unlink()
            raise UnreadableFileError(f"it cannot be unpacked ({error.strerror})") from error
    return path
