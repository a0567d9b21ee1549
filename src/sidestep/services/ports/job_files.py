"""What lies on disk for the length of a job: what a person sent, and what was made for her."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as it was sent: where it lies under a name of ours, and what its sender calls it."""

    path: Path
    label: str


class JobFiles(Protocol):
    """Keeps what jobs need and make, apart for each owner, and clears it away."""

    def begin(self, owner: str) -> str:
        """Make room for an upload and return its id.

        Raises
        ------
        StorageError
            The data folder cannot be written.
        """

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

    def files(self, owner: str, upload_id: str) -> tuple[SentFile, ...]:
        """Return an upload's files in the order they were sent.

        Raises
        ------
        InputError
            There is no such upload, or it was cleared away.
        """

    def discard(self, owner: str, upload_id: str) -> None:
        """Clear an upload away; nothing happens when it is gone already."""

    def page(self, owner: str, job_id: str) -> Path:
        """Return where the page that a job makes lies; it may not be there."""

    def archive(self, owner: str, job_id: str) -> Path:
        """Return where the export or backup that a job makes lies; it may not be there.

        A folder of the same name that ends in ``.work`` is the job's own while it runs.
        """

    def sweep(self, is_over: Callable[[str], bool | None], wanted: Collection[str]) -> None:
        """Clear away uploads whose job is over or never was, and what was made long ago.

        ``is_over`` is asked with an upload's id; ``None`` means that no job is known to need it.
        ``wanted`` are the jobs whose page or archive may still be opened: those that are neither
        stopped nor failed nor erased.
        """

    def erase(self, owner: str) -> None:
        """Clear away everything of one owner."""
