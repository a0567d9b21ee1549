"""What is kept of a person, and how it is written, read, copied out and erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from sidestep.domain.activity.recording import Streams
from sidestep.domain.activity.summary import ActivitySummary, Verdict
from sidestep.domain.vocabulary.sport import Sport


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


class StreamStore(Protocol):
    """Keeps the samples of activities."""

    def save(self, key: str, streams: Streams) -> None:
        """Write the streams atomically under ``key``."""


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

    def version(self) -> int:
        """Return a number that grows whenever anything of this person is written."""

    def known_sources(self) -> Mapping[str, SourceFile]:
        """Return every original seen before, by content hash."""

    def activities(self) -> list[ActivitySummary]:
        """Return all activities by start."""

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

    def documents(self, kind: str) -> Sequence[StoredDocument]:
        """Return all results of a kind, oldest first."""

    def delete_document(self, document_id: str) -> bool:
        """Delete a result; return whether this person had one with that id."""

    def erase(self) -> None:
        """Delete every row of this person."""


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
