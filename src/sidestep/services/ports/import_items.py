"""What a person points at, taken apart into items to import; what becomes of them is not here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from sidestep.domain.activity.recording import Recording
from sidestep.domain.vocabulary.sport import Sport


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountHint:
    """What an account's own list says of a file: fills what the file leaves open.

    Totals are used only where the file has none; ``sport`` and ``effort_rpe`` come from the
    person's own edits and win over the device's guess.
    """

    sport: Sport | None = None
    sport_as_recorded: str = ""
    duration_s: float | None = None
    elapsed_s: float | None = None
    distance_m: float | None = None
    effort_rpe: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileItem:
    """One activity file, on disk or inside an archive, still to be read.

    ``container`` is the file on disk; ``member`` is the entry inside it when it is a zip.
    ``shown_as`` is how the report names it.
    """

    shown_as: str
    container: Path
    member: str | None
    hint: AccountHint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowItem:
    """One activity that an account lists without a file, with its row as the original.

    ``notes`` says in words what had to be read between the lines.
    """

    shown_as: str
    reader: str
    content: bytes
    recording: Recording
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyItem:
    """Daily figures of an account: steps by source and hours with standing, by local day."""

    shown_as: str
    reader: str
    content: bytes
    steps: Mapping[date, Mapping[str, int]] = field(default_factory=dict)
    standing_hours: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedItem:
    """Something in a folder or archive that is no activity, and why."""

    shown_as: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedItem:
    """Something that could not be opened or was refused, and why."""

    shown_as: str
    reason: str


ImportItem = FileItem | RowItem | DailyItem | SkippedItem | FailedItem


class ImportSource(Protocol):
    """Turns what a person points at into items to import: files, folders, account exports."""

    def items(self, path: Path, scratch: Path) -> Iterator[ImportItem]:
        """Yield what ``path`` holds, in a stable order; never raises for one bad entry.

        ``scratch`` is a folder for archives found inside archives; the caller removes it.
        """

    def expect(self, path: Path) -> int:
        """Return about how many items ``path`` holds, for a progress bar."""


class ImportTurn(Protocol):
    """Lets one import at a time into a data folder: two at once would not see each other's runs."""

    def take(self, on_wait: Callable[[], None]) -> AbstractContextManager[Path]:
        """Wait until no other import runs, then lend an empty folder for the turn.

        ``on_wait`` is called once if there is something to wait for.
        """
