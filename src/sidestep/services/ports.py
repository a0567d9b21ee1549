"""What the services need from the outside world; the adapters implement it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from sidestep.domain.activity.recording import Recording, Streams
from sidestep.domain.activity.summary import ActivitySummary, Verdict
from sidestep.domain.planning.exercise import CrossTraining, Exercise
from sidestep.domain.triage.facts import Question
from sidestep.domain.triage.rules import Cause, Myth, Pattern, RedFlag
from sidestep.domain.vocabulary.evidence import Parameters, Source
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.report.report_pages import ClinicianPage, RunnerPage


class Clock(Protocol):
    """Today and now, so that tests choose them."""

    def now(self) -> datetime:
        """Return the present instant, timezone-aware, in the runner's zone."""

    def today(self) -> date:
        """Return the present day in the runner's zone."""


# -- knowledge ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything in ``knowledge/``, checked, and the version (a content hash) that names it."""

    version: str
    sources: Mapping[str, Source]
    sections: Mapping[str, str]
    questions: Mapping[str, Question]
    red_flags: tuple[RedFlag, ...]
    patterns: tuple[Pattern, ...]
    causes: tuple[Cause, ...]
    myths: tuple[Myth, ...]
    load: Parameters
    plans: Parameters
    exercises: Mapping[str, Exercise]
    cross_training: Mapping[str, CrossTraining]
    clinician_questions: tuple[str, ...] = ()


# -- reading files ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a damaged file still gave: seconds recovered of the seconds it should hold."""

    recovered_s: float
    expected_s: float | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What one file held: activities, or the reason why it holds none.

    ``reader`` names the rung that answered (``fitfast``, ``fitfast+header``, ``fitdecode``,
    ``chiptime``, ``gpx``, ``tcx``). ``skipped`` is set for a sound file that is no activity
    (settings, a workout, a body-weight log, an empty track).
    """

    reader: str
    recordings: tuple[Recording, ...] = ()
    loss: Loss | None = None
    skipped: str = ""
    notes: tuple[str, ...] = ()


class ActivityFileReader(Protocol):
    """Reads the bytes of one FIT, GPX or TCX file, gzipped or not."""

    def read(self, name: str, content: bytes) -> FileReading:
        """Read one file.

        Raises
        ------
        UnreadableFileError
            No reader could make sense of it.
        HostileFileError
            It was refused.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountHint:
    """What an account's own list says of a file: fills what the file leaves open.

    ``started_at`` and totals are used only where the file has none; ``sport`` and ``effort_rpe``
    come from the person's own edits and win over the device's guess.
    """

    sport: Sport | None = None
    sport_as_recorded: str = ""
    started_at: datetime | None = None
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


# -- storage ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One original as kept: its content hash, what it was called, who read it."""

    sha256: str
    shown_as: str
    reader: str
    outcome: str
    detail: str
    imported_at: datetime
    program_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A result as stored, with the versions that made it."""

    id: str
    kind: str
    made_at: datetime
    program_version: str
    knowledge_version: str
    content: dict[str, Any]


class Originals(Protocol):
    """Keeps original files unchanged, by content hash."""

    def keep(self, sha256: str, name: str, content: bytes) -> None:
        """Write the bytes atomically; nothing happens when they are there already."""

    def read(self, sha256: str) -> bytes:
        """Return the bytes kept under this hash."""


class StreamStore(Protocol):
    """Keeps the samples of activities."""

    def save(self, key: str, streams: Streams) -> None:
        """Write the streams atomically under ``key``."""

    def load(self, key: str) -> Streams | None:
        """Return the streams kept under ``key``, ``None`` if there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """An activity as it is written: what the load analysis reads, and where its samples lie.

    ``richness`` orders descriptions of the same run; a higher one replaces a lower one, and a
    negative one is of a part of the run, saved from a damaged file.
    """

    summary: ActivitySummary
    richness: int
    stream_key: str | None
    repairs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """One recording (``part``) of an original belongs to this activity."""

    activity_id: str
    part: int
    richness: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """Everything one original brings into the store, written in one go."""

    source: SourceFile
    new: tuple[ActivityRow, ...] = ()
    replaced: tuple[ActivityRow, ...] = ()
    links: tuple[SourceLink, ...] = ()
    steps: Mapping[date, Mapping[str, int]] = field(default_factory=dict)
    standing_hours: Mapping[date, int] = field(default_factory=dict)


class Store(Protocol):
    """One person's records. Every method sees only that person's rows."""

    def known_sources(self) -> Mapping[str, SourceFile]:
        """Return every original seen before, by content hash."""

    def activities(
        self, *, since: date | None = None, until: date | None = None
    ) -> list[ActivitySummary]:
        """Return activities by start, both days inclusive."""

    def daily_steps(self, *, since: date, until: date) -> Mapping[date, int]:
        """Return each day's steps from that day's best phone or watch source."""

    def apply(self, entries: Sequence[SourceEntry]) -> None:
        """Write all entries in one transaction, or none."""

    def richness_of(self) -> Mapping[str, int]:
        """Return how rich each activity's present description is, by activity id."""

    def stream_key(self, activity_id: str) -> str | None:
        """Return under which key an activity's samples are kept, ``None`` if it has none."""

    def standing_hours(self, *, since: date, until: date) -> Mapping[date, int]:
        """Return hours with standing by day."""

    def set_verdict(self, activity_id: str, verdict: Verdict) -> None:
        """Keep what the person said about an odd activity."""

    def set_effort(self, activity_id: str, effort_rpe: float) -> None:
        """Keep how hard a session felt, 0 to 10."""

    def set_sport(self, activity_id: str, sport: Sport) -> None:
        """Keep the person's correction of the sport."""

    def save_document(self, document: StoredDocument) -> None:
        """Keep a result (``knee_check``, ``week_plan``, ``profile``)."""

    def latest_document(self, kind: str) -> StoredDocument | None:
        """Return the newest result of a kind."""

    def erase(self) -> None:
        """Delete every row of this person."""

    def documents(self, kind: str) -> Sequence[StoredDocument]:
        """Return all results of a kind, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How much was copied out, by kind of thing."""

    folder: Path
    counts: Mapping[str, int]


class DataExporter(Protocol):
    """Copies everything out of the data folder, and erases it."""

    def export(self, folder: Path) -> Exported:
        """Write everything into a new or empty folder.

        Raises
        ------
        InputError
            The folder is there already and not empty.
        """

    def erase(self) -> None:
        """Delete every row, sample and original of this person."""


# -- reports ------------------------------------------------------------------------------------


class ReportWriter(Protocol):
    """Sets a page as PDF."""

    def write_runner_page(self, page: RunnerPage, path: Path) -> None:
        """Write the runner's page."""

    def write_clinician_page(self, page: ClinicianPage, path: Path) -> None:
        """Write the clinician's page."""
