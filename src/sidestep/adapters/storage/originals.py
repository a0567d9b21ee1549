"""Keeps original files unchanged under their content hash; never their sender's path."""

from pathlib import Path

from sidestep.adapters.storage.atomic import write_atomically
from sidestep.errors import StorageError

SUFFIXES = (".fit.gz", ".gpx.gz", ".tcx.gz", ".fit", ".gpx", ".tcx", ".json", ".csv")


class OriginalFolder:
    """``originals/ab/abcdef….fit``: found again by hash whatever the file was called."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, sha256: str, name: str, content: bytes) -> None:
        """Write the bytes atomically; nothing happens when they are there already."""
        lowered = name.lower()
        suffix = next((known for known in SUFFIXES if lowered.endswith(known)), ".bin")
        path = self._folder / sha256[:2] / f"{sha256}{suffix}"
        if not path.exists():
            write_atomically(path, lambda part: _write(part, content))

    def path(self, sha256: str) -> Path:
        """Return where the original lies.

        Raises
        ------
        StorageError
            Nothing is kept under this hash.
        """
        path = self._find(sha256)
        if path is None:
            raise StorageError(
                f"the original {sha256[:12]}… is missing from {self._folder}",
                hint="Restore the folder from a backup, or import the file again.",
            )
        return path

    def _find(self, sha256: str) -> Path | None:
        return next((self._folder / sha256[:2]).glob(f"{sha256}.*"), None)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
