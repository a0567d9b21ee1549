"""The file that a backup is: packed, unpacked and checked; what a data folder is is not known here.

A backup is a tar archive of this order, so that other programs can open it too::

    sidestep-backup/about.json      what made it and when
    sidestep-backup/home/...        the files
    sidestep-backup/manifest.json   the same again, and each file's size and SHA-256

and after its end one line with the SHA-256 of everything before. With a passphrase all of that is
encrypted as in ``age_files``.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Protocol, cast

from sidestep.adapters.storage.age_files import (
    DAMAGED,
    MAGIC,
    WORK_FACTOR_LOG2,
    AgeReader,
    AgeWriter,
    Sink,
)
from sidestep.errors import BackupError, InputError, StorageError
from sidestep.services.ports.backups import Backup

FORMAT = 1
"""Raised when an older Sidestep could no longer read what is written."""

_FOLDER = "sidestep-backup"
_ABOUT = f"{_FOLDER}/about.json"
_MANIFEST = f"{_FOLDER}/manifest.json"
_HOME = f"{_FOLDER}/home/"
_PLAIN_MAGIC = _ABOUT.encode() + b"\0"

_BLOCK_BYTES = 64 * 1024
_MOST_ABOUT_BYTES = 64 * 1024
_MOST_MANIFEST_BYTES = 256 * 1024 * 1024

_MARK = b"\nsha256 "
_END_BYTES = len(_MARK) + 64 + 1

NO_BACKUP = "Name a file that sidestep backup wrote."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a backup says of itself before its files."""

    format: int
    made_at: str
    program_version: str
    database_revision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """One file of a backup: its place in the data folder, with forward slashes, and its content."""

    path: str
    size_bytes: int
    sha256: str


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def is_encrypted(path: Path) -> bool:
    """Tell whether a passphrase is needed to read a backup.

    Raises
    ------
    InputError
        There is no such file.
    BackupError
        It is not a backup.
    """
    try:
        with path.open("rb") as file:
            head = file.read(max(len(MAGIC), len(_PLAIN_MAGIC)))
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}; a backup was expected",
            hint=NO_BACKUP,
        ) from error
    if head.startswith((MAGIC, _PLAIN_MAGIC)):
        return head.startswith(MAGIC)
    raise BackupError(
        f"{path} is not a backup of Sidestep, or its first bytes are damaged", hint=NO_BACKUP
    )


def describe_backup(
    path: Path, about: About, files: Sequence[PackedFile], *, is_encrypted: bool
) -> Backup:
    """Say of a backup what people want to know."""
    return Backup(
        path=path,
        made_at=datetime.fromisoformat(about.made_at),
        program_version=about.program_version,
        database_revision=about.database_revision,
        files=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        is_encrypted=is_encrypted,
    )


class Packing:
    """A backup being written."""

    def __init__(self, sink: Sink, about: About) -> None:
        self._sink = _DigestingSink(sink)
        self._about = about
        self.files: list[PackedFile] = []
        # A stream, never sought in: what it is written to may be encrypting.
        self._tar = tarfile.open(  # noqa: SIM115
            fileobj=cast("IO[bytes]", self._sink),
            mode="w|",
            bufsize=_BLOCK_BYTES,
            format=tarfile.PAX_FORMAT,
        )
        self._add_json(_ABOUT, asdict(about))

    def add(self, file: BinaryIO, path: str, *, size_bytes: int, modified_at_s: float) -> None:
        """Add so many bytes of an open file.

        Raises
        ------
        StorageError
            It holds fewer by now.
        """
        member = _member(_HOME + path, size_bytes)
        member.mtime = int(modified_at_s)
        reader = _DigestingReader(file)
        try:
            self._tar.addfile(member, cast("IO[bytes]", reader))
        except (OSError, tarfile.TarError) as error:
            # Or what is written to refuses more, which is told as it is.
            if reader.count >= size_bytes or file.read(1):
                raise
            raise StorageError(
                f"{path} became shorter while it was copied: {reader.count:,} of {size_bytes:,} "
                "bytes",
                hint="Make the backup again when no other program writes to that file.",
            ) from error
        self.files.append(
            PackedFile(path=path, size_bytes=size_bytes, sha256=reader.digest.hexdigest())
        )

    def finish(self) -> None:
        """Write what makes the file whole."""
        files = [asdict(file) for file in self.files]
        self._add_json(_MANIFEST, asdict(self._about) | {"files": files})
        self._tar.close()
        self._sink.write_end()

    def give_up(self) -> None:
        """Let go of the sink, which holds nothing that is of use."""
        # The archive would write its last block when it is collected, long after the sink closed.
        with suppress(OSError, ValueError):
            self._tar.close()

    def _add_json(self, name: str, document: dict[str, Any]) -> None:
        content = json.dumps(document, indent=1).encode()
        self._tar.addfile(_member(name, len(content)), io.BytesIO(content))


def _member(name: str, size_bytes: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size_bytes
    member.mode = 0o600
    return member


@contextmanager
def packing(
    file: BinaryIO,
    about: About,
    passphrase: str | None,
    *,
    work_factor_log2: int = WORK_FACTOR_LOG2,
) -> Iterator[Packing]:
    """Write a backup into a file; it is whole when the block ends without an error."""
    encrypting = None
    if passphrase is not None:
        encrypting = AgeWriter(file, passphrase, work_factor_log2=work_factor_log2)
    packed = Packing(encrypting or file, about)
    try:
        yield packed
        packed.finish()
    except BaseException:
        packed.give_up()
        raise
    if encrypting is not None:
        encrypting.finish()


def unpack(
    path: Path, folder: Path, passphrase: str | None, *, check: "Check"
) -> tuple[About, list[PackedFile]]:
    """Write the files of a backup into an empty folder, and make sure that they are what went in.

    Parameters
    ----------
    path
        The backup.
    folder
        Where its files go. After an error there are files in it that must not be used.
    passphrase
        What opens it, ``None`` for one that is not encrypted.
    check
        Called with what the backup says of itself before any file is written; it may refuse.

    Returns
    -------
    tuple
        What the backup says of itself, and its files.

    Raises
    ------
    BackupError
        It is no backup or not as it was written, or the passphrase does not open it.
    """
    with path.open("rb") as file:
        if passphrase is None:
            # Nothing below looks at a byte of a file that was not as it should be.
            _drain(_CheckedReader(file))
            file.seek(0)
            return _unpack(_CheckedReader(file), folder, check)
        return _unpack(_CheckedReader(AgeReader(file, passphrase)), folder, check)


class Check(Protocol):
    """Looks at what a backup says of itself."""

    def __call__(self, about: About, /) -> None:
        """Raise an error if it cannot be used."""


def _unpack(source: "_CheckedReader", folder: Path, check: Check) -> tuple[About, list[PackedFile]]:
    try:
        with tarfile.open(
            fileobj=cast("IO[bytes]", source), mode="r|", bufsize=_BLOCK_BYTES
        ) as tar:
            about = _read_about(tar)
            check(about)
            unpacked, manifest = _write_files(tar, folder)
    except (tarfile.TarError, UnicodeError, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            f"the backup cannot be read ({type(error).__name__}: {error})", hint=DAMAGED
        ) from error
    # The archive ends before the file does, and what follows tells whether all of it is there.
    _drain(source)
    _compare(about, unpacked, manifest)
    return about, unpacked


def _read_about(tar: tarfile.TarFile) -> About:
    member = tar.next()
    if member is None or member.name != _ABOUT or member.size > _MOST_ABOUT_BYTES:
        raise BackupError("the file is an archive, but not a backup", hint=NO_BACKUP)
    document = json.loads(_content(tar, member))
    if document["format"] > FORMAT:
        raise BackupError(
            f"the backup is of a newer Sidestep, {document['program_version']} (format "
            f"{document['format']}, this program reads up to {FORMAT})",
            hint="Update Sidestep, then restore it.",
        )
    about = About(**document)
    datetime.fromisoformat(about.made_at)
    return about


def _write_files(tar: tarfile.TarFile, folder: Path) -> tuple[list[PackedFile], dict[str, Any]]:
    unpacked: list[PackedFile] = []
    while (member := tar.next()) is not None:
        if member.name == _MANIFEST and 0 < member.size <= _MOST_MANIFEST_BYTES:
            manifest: dict[str, Any] = json.loads(_content(tar, member))
            return unpacked, manifest
        unpacked.append(_write_file(tar, member, folder))
    raise BackupError("the backup holds no list of its files", hint=DAMAGED)


def _write_file(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> PackedFile:
    name = member.name.removeprefix(_HOME)
    target = folder / name
    is_plain = member.isreg() and member.sparse is None
    if not is_plain or not member.name.startswith(_HOME) or not _is_inside(name):
        raise BackupError(
            f"the backup holds {member.name!r}, which is no file of a data folder",
            hint="Do not use this file: Sidestep writes no such backup.",
        )
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = _DigestingReader(cast("BinaryIO", tar.extractfile(member)))
    # "x": a name that stands in the backup twice would be written over what was checked.
    with target.open("xb") as file:
        while block := content.read(_BLOCK_BYTES):
            file.write(block)
    return PackedFile(path=name, size_bytes=content.count, sha256=content.digest.hexdigest())


def _is_inside(name: str) -> bool:
    """Tell whether a name stays in its folder."""
    parts = PurePosixPath(name).parts
    apart = r"\:" if os.name == "nt" else ""
    return (
        bool(parts)
        and name == "/".join(parts)
        and not any(part in ("..", "/") or set(apart) & set(part) for part in parts)
    )


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    return b"" if file is None else file.read()


def _compare(about: About, unpacked: list[PackedFile], manifest: dict[str, Any]) -> None:
    """Hold what was written against what the backup says that it holds."""
    listed = [dict(entry) for entry in manifest.pop("files", [])]
    if manifest != asdict(about) or listed != [asdict(file) for file in unpacked]:
        names = {entry.get("path") for entry in listed} ^ {file.path for file in unpacked}
        which = f", for example {min(map(str, names))}" if names else ""
        raise BackupError(f"the files of the backup are not those on its list{which}", hint=DAMAGED)


def _drain(source: _Readable) -> None:
    while source.read(_BLOCK_BYTES):
        pass


class _DigestingSink:
    """Passes bytes on and ends them with their hash."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._digest = hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        self._digest.update(data)
        self._sink.write(data)
        return len(data)

    def write_end(self) -> None:
        self._sink.write(_MARK + self._digest.hexdigest().encode() + b"\n")


class _DigestingReader:
    """Hands bytes on, counted and hashed."""

    def __init__(self, source: _Readable) -> None:
        self._source = source
        self.digest = hashlib.sha256()
        self.count = 0

    def read(self, size: int, /) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        self.count += len(data)
        return data


class _CheckedReader:
    """Hands on everything before the line that ends a backup, and at the end checks that line."""

    def __init__(self, source: _Readable) -> None:
        self._source = source
        self._digest = hashlib.sha256()
        self._held = b""
        self._is_at_end = False

    def read(self, size: int, /) -> bytes:
        while not self._is_at_end and len(self._held) <= _END_BYTES:
            data = self._source.read(_BLOCK_BYTES)
            self._held += data
            if not data:
                self._is_at_end = True
                self._check()
        given = self._held[: max(0, min(size, len(self._held) - _END_BYTES))]
        self._held = self._held[len(given) :]
        self._digest.update(given)
        return given

    def _check(self) -> None:
        before, end = self._held[:-_END_BYTES], self._held[-_END_BYTES:]
        digest = self._digest.copy()
        digest.update(before)
        if end != _MARK + digest.hexdigest().encode() + b"\n":
            raise BackupError("the backup is damaged or cut short", hint=DAMAGED)
