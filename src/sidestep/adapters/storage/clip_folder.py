"""Keeps the pictures of clips, and a clip itself when asked; what they show is not known here."""

import hashlib
import shutil
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sidestep.adapters.storage.atomic import write_atomically
from sidestep.adapters.storage.file_lock import hold_if_free, hold_lock, is_locked
from sidestep.errors import InputError, StorageError

ID_LENGTH = 12

CLAIM = ".lock"
"""What the file beside a place ends with while a result for it is made."""


class ClipPictureFolder:
    """``clips/PLACE/``: stills, overlay and perhaps the clip, one place for each result.

    Results that are older than places share one, named by the id of their clip.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def id_of(self, clip: Path) -> str:
        """Return a short id made from the clip's content.

        Raises
        ------
        InputError
            There is no such file, or it cannot be read.
        """
        try:
            with clip.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()[:ID_LENGTH]
        except OSError as error:
            raise InputError(
                f"{clip} cannot be read: {error.strerror or error}; expected a video file",
                hint="Point at the clip itself, for example an .mp4 or .mov file.",
            ) from error

    def new_place(self) -> str:
        """Return the name of a place that no result has."""
        return uuid.uuid4().hex[:ID_LENGTH]

    @contextmanager
    def claim(self, place: str) -> Iterator[None]:
        """Hold a place while a result for it is made: until then it is not swept.

        Raises
        ------
        StorageError
            The folder cannot be written, or its disk knows no locks.
        """
        claim = self.folder / f"{place}{CLAIM}"
        try:
            with hold_lock(claim, lambda: None):
                yield
        finally:
            _let_go(claim)

    def sweep(self, named: Callable[[], Collection[str]]) -> None:
        """Discard every place whose program was killed before a result named it.

        Parameters
        ----------
        named
            Gives the places that results name; asked once a place is surely nobody's any more.

        Raises
        ------
        StorageError
            A place cannot be deleted.
        """
        for claim in claims_of_nobody(self.folder):
            with hold_if_free(claim) as is_free:
                if is_free and claim.stem not in named():
                    self.discard(claim.stem)
            if is_free:
                _let_go(claim)

    def pictures(self, place: str) -> Path:
        """Return the folder for a result's pictures, made when it is not there.

        Raises
        ------
        StorageError
            It cannot be made.
        """
        path = self.folder / place
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"{path} cannot be made: {error.strerror or error}",
                hint="Check that the data folder can be written.",
            ) from error
        return path

    def name_of(self, path: Path) -> str:
        """Return a file's path inside the folder, with forward slashes."""
        return path.relative_to(self.folder).as_posix()

    def path_of(self, name: str) -> Path:
        """Return where a file is that a result names, also of a result that names the whole path.

        Such a file that is not there is looked for in this folder: the data folder was moved.
        """
        path = self.folder / name
        moved = self.folder.joinpath(*Path(name).parts[-2:])
        return moved if not path.exists() and moved.exists() else path

    def keep(self, clip: Path, place: str) -> Path:
        """Copy the clip beside its pictures and return where it lies.

        Raises
        ------
        StorageError
            It cannot be written.
        """
        path = self.pictures(place) / f"clip{clip.suffix.lower() or '.mp4'}"
        try:
            write_atomically(path, lambda part: _copy(clip, part))
        except OSError as error:
            raise StorageError(
                f"{path} cannot be written: {error.strerror or error}",
                hint="Check the free space of the data folder.",
            ) from error
        return path

    def discard(self, place: str) -> None:
        """Delete everything that is kept in a place; nothing happens when it is gone already.

        Raises
        ------
        StorageError
            It cannot be deleted.
        """
        path = self.folder / place
        if not place.isalnum() or not path.is_dir():
            return
        try:
            shutil.rmtree(path)
        except OSError as error:
            raise StorageError(
                f"{path} cannot be deleted: {error.strerror or error}",
                hint="Check that the data folder can be written.",
            ) from error


def claims_of_nobody(folder: Path) -> list[Path]:
    """Find the claims that were never given back, their program being gone."""
    return [claim for claim in sorted(folder.glob(f"*{CLAIM}")) if not is_locked(claim)]


def _let_go(claim: Path) -> None:
    # Some systems delete no file that another program has open: it lets go of the claim then.
    with suppress(OSError):
        claim.unlink(missing_ok=True)


def _copy(clip: Path, part: Path) -> None:
    shutil.copyfile(clip, part)
