"""Keeps uploads and pages for the length of a job, under names of our own.

What the sender calls a file stands in a file beside it: a name that decides where something is
written would be a way out of the folder.
"""

import hashlib
import re
import secrets
import shutil
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import BinaryIO

from sidestep.errors import HostileFileError, InputError, StorageError
from sidestep.services.ports.job_files import SentFile

_DATA = (".fit", ".gpx", ".tcx", ".gz", ".zip", ".csv", ".json", ".xml")
_FILMS = (".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".3gp")
ENDINGS = frozenset((*_DATA, *_FILMS))
"""Endings that readers go by; a file with another gets none of them."""

LONGEST_LABEL = 120

LEFT_AFTER_S = 3600.0
"""An upload that no job asks for is left behind after this long: its sender went away."""

PAGES_AFTER_S = 24 * 3600.0

UNWANTED_AFTER_S = 60.0
"""A page that no job wants goes after this long: the job may be newer than the list of them."""

_MADE = (".pdf", ".archive", ".work")
"""How the names end of what jobs make, and of the folder that one works in."""

_BLOCK = 1 << 20
_UPLOAD_ID = re.compile(r"[0-9a-f]{32}")
_PLAIN_OWNER = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class JobFolder:
    """Implements ``services.ports.JobFiles``: ``uploads/OWNER/ID/``, ``pages/OWNER/JOB.pdf``.

    An export or a backup is ``pages/OWNER/JOB.archive``.
    """

    def __init__(self, home: Path) -> None:
        self._uploads = home / "uploads"
        self._pages = home / "pages"

    def begin(self, owner: str) -> str:
        """Make room for an upload and return its id.

        Raises
        ------
        StorageError
            The data folder cannot be written.
        """
        upload_id = secrets.token_hex(16)
        _make(self._uploads / _folder_name(owner) / upload_id)
        return upload_id

    def add(
        self, owner: str, upload_id: str, label: str, content: BinaryIO, *, most_bytes: int
    ) -> SentFile:
        """Keep a file of an upload.

        Raises
        ------
        HostileFileError
            It is larger than ``most_bytes``; nothing of it is kept.
        InputError
            There is no such upload.
        StorageError
            The data folder cannot be written.
        """
        folder = self._existing(owner, upload_id)
        number = len(list(folder.glob("*.label"))) + 1
        path = folder / f"{number:04d}{_ending(label)}"
        shown = _plain_label(label)
        try:
            with path.open("xb") as file:
                _copy(content, file, shown, most_bytes)
            path.with_name(f"{number:04d}.label").write_text(shown, encoding="utf-8")
        except OSError as error:
            path.unlink(missing_ok=True)
            raise StorageError(
                f"what was sent cannot be written: {error.strerror}",
                hint="Check the free space of the data folder.",
            ) from error
        except HostileFileError:
            path.unlink(missing_ok=True)
            raise
        return SentFile(path=path, label=shown)

    def files(self, owner: str, upload_id: str) -> tuple[SentFile, ...]:
        """Return an upload's files in the order they were sent.

        Raises
        ------
        InputError
            There is no such upload, or it was cleared away.
        """
        folder = self._existing(owner, upload_id)
        labels = {path.stem: path.read_text("utf-8") for path in folder.glob("*.label")}
        return tuple(
            SentFile(path=path, label=labels[path.name[:4]])
            for path in sorted(folder.iterdir())
            if path.suffix != ".label" and path.name[:4] in labels
        )

    def discard(self, owner: str, upload_id: str) -> None:
        """Clear an upload away; nothing happens when it is gone already."""
        if _UPLOAD_ID.fullmatch(upload_id):
            shutil.rmtree(self._uploads / _folder_name(owner) / upload_id, ignore_errors=True)

    def page(self, owner: str, job_id: str) -> Path:
        """Return where the page that a job makes lies; it may not be there.

        Raises
        ------
        InputError
            No job has such an id.
        """
        return self._made(owner, job_id, ".pdf")

    def archive(self, owner: str, job_id: str) -> Path:
        """Return where the export or backup that a job makes lies; it may not be there.

        Raises
        ------
        InputError
            No job has such an id.
        """
        return self._made(owner, job_id, ".archive")

    def _made(self, owner: str, job_id: str, ending: str) -> Path:
        if not _UPLOAD_ID.fullmatch(job_id):
            raise InputError("there is no such page")
        folder = self._pages / _folder_name(owner)
        _make(folder)
        return folder / f"{job_id}{ending}"

    def sweep(self, is_over: Callable[[str], bool | None], wanted: Collection[str]) -> None:
        """Clear away uploads whose job is over or never was, and what was made long ago."""
        for folder in self._uploads.glob("*/*"):
            over = is_over(folder.name)
            if over or (over is None and _age_s(folder) > LEFT_AFTER_S):
                shutil.rmtree(folder, ignore_errors=True)
        # Halves of pages lie beside them under other names, and go with what nobody wants.
        for made in self._pages.glob("*/*"):
            age_s = _age_s(made)
            is_wanted = made.suffix in _MADE and made.stem in wanted
            if age_s > PAGES_AFTER_S or (age_s > UNWANTED_AFTER_S and not is_wanted):
                if made.is_dir():
                    shutil.rmtree(made, ignore_errors=True)
                else:
                    made.unlink(missing_ok=True)

    def erase(self, owner: str) -> None:
        """Clear away everything of one owner."""
        for folder in (self._uploads, self._pages):
            shutil.rmtree(folder / _folder_name(owner), ignore_errors=True)

    def _existing(self, owner: str, upload_id: str) -> Path:
        folder = self._uploads / _folder_name(owner) / upload_id
        if not _UPLOAD_ID.fullmatch(upload_id) or not folder.is_dir():
            raise InputError("this upload is not there any more", hint="Send the file again.")
        return folder


def _folder_name(owner: str) -> str:
    if _PLAIN_OWNER.fullmatch(owner):
        return owner
    return "_" + hashlib.sha256(owner.encode()).hexdigest()[:32]


def _ending(label: str) -> str:
    """Return those of a name's last two endings that readers go by."""
    found = [each.lower() for each in Path(label.replace("\\", "/")).suffixes[-2:]]
    while found and found[0] not in ENDINGS:
        found = found[1:]
    return "".join(found) if all(each in ENDINGS for each in found) else ""


def _plain_label(label: str) -> str:
    last = re.split(r"[/\\]", label)[-1]
    printable = "".join(each for each in last if each.isprintable()).strip()
    return printable[-LONGEST_LABEL:] or "file"


def _copy(content: BinaryIO, file: BinaryIO, label: str, most_bytes: int) -> None:
    written = 0
    while block := content.read(_BLOCK):
        written += len(block)
        if written > most_bytes:
            raise HostileFileError(
                f"{label} is larger than {most_bytes / (1 << 20):,.0f} MB",
                hint="Send a smaller file, or a part of it.",
            )
        file.write(block)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be made: {error.strerror}",
            hint="Check that the data folder can be written.",
        ) from error


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
