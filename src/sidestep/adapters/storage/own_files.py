"""Files that leave for elsewhere: written whole, and never over what somebody else made."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sidestep.adapters.storage.atomic import write_atomically
from sidestep.errors import InputError

_HEAD_BYTES = 512


class FilesOfOurs:
    """Implements ``services.ports.OwnFiles``.

    Parameters
    ----------
    are_ours
        Each tells from a file's first 512 bytes whether Sidestep wrote it.
    """

    def __init__(self, are_ours: Sequence[Callable[[bytes], bool]]) -> None:
        self._are_ours = are_ours

    def check_place(self, path: Path) -> None:
        """Make sure that a file can be written there and that nothing of others is lost by it.

        Raises
        ------
        InputError
            A folder is there, or a file that Sidestep did not write.
        """
        if path.is_dir():
            raise InputError(f"{path} is a folder, not a file", hint="Name a file in it.")
        if path.exists() and not self._is_ours(path):
            raise InputError(
                f"{path} was not written by Sidestep, so it is left as it is",
                hint="Choose another place, or move that file away first.",
            )

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all."""
        write_atomically(path, lambda part: _fill(part, content))

    def remove(self, path: Path) -> bool:
        """Take away a file that Sidestep wrote, and tell whether there was one."""
        if not path.is_file() or not self._is_ours(path):
            return False
        path.unlink()
        return True

    def _is_ours(self, path: Path) -> bool:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        return any(is_ours(head) for is_ours in self._are_ours)


def _fill(part: Path, content: bytes) -> None:
    part.write_bytes(content)
