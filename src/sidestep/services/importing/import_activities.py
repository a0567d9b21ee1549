"""Imports what a person points at: files, folders, account exports, as often as she likes.

Reading one file is ``ingest_file``; here each reading is held against what is stored (new, known,
the same run from another source) and written in batches that a killed process repeats harmlessly.
"""

import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sidestep import __version__
from sidestep.domain.activity.same_run import START_TOLERANCE_S, is_part_of, is_same_run
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.errors import InputError
from sidestep.services.importing.ingest_file import Ingested
from sidestep.services.ports import (
    ActivityRow,
    Clock,
    ImportItem,
    ImportSource,
    ImportTurn,
    SourceEntry,
    SourceFile,
    SourceLink,
    Store,
)

OUTCOMES = ("imported", "already_had", "merged", "repaired", "skipped", "failed")

BATCH = 50
"""Originals per transaction: few enough that a kill costs a second, many enough to be quick."""

IngestAll = Callable[[Iterable[ImportItem], Mapping[str, str]], Iterator[Ingested]]
"""Ingests items in their order, in this process or in many."""


Read = Callable[[Path, Mapping[str, str]], Iterator[Ingested]]
"""Reads everything there is, given a folder for scratch and the outcome of what is known by hash.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """What became of one file; ``sha256`` is that of its content, ``""`` where it has none."""

    path: str
    outcome: str
    reader: str
    detail: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of every file, in order."""

    files: tuple[FileOutcome, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many files met each outcome."""
        counted = Counter(file.outcome for file in self.files)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def new_sources(self) -> frozenset[str]:
        """The originals that brought something new."""
        is_new = ("imported", "repaired")
        return frozenset(file.sha256 for file in self.files if file.outcome in is_new)

    @property
    def has_only_failures(self) -> bool:
        """Whether there was something to import and all of it failed."""
        return bool(self.files) and all(file.outcome == "failed" for file in self.files)


def import_activities(
    paths: Sequence[Path],
    *,
    source: ImportSource,
    ingest_all: IngestAll,
    store: Store,
    clock: Clock,
    turn: ImportTurn,
    on_file: Callable[[FileOutcome], None] = lambda _: None,
    on_wait: Callable[[], None] = lambda: None,
) -> ImportReport:
    """Import everything the paths hold.

    Parameters
    ----------
    turn
        Keeps a second import out while this one holds its runs against what is stored.
    on_file
        Called with each file's outcome as it is known.
    on_wait
        Called if another import has to end first.

    Raises
    ------
    InputError
        A path does not exist.
    """
    for path in paths:
        if not path.exists():
            raise InputError(f"{path} does not exist", hint="Check the path, and its spelling.")

    def read(scratch: Path, known: Mapping[str, str]) -> Iterator[Ingested]:
        return ingest_all((item for path in paths for item in source.items(path, scratch)), known)

    return import_readings(
        read, store=store, clock=clock, turn=turn, on_file=on_file, on_wait=on_wait
    )


def import_readings(
    read: Read,
    *,
    store: Store,
    clock: Clock,
    turn: ImportTurn,
    began_at: datetime | None = None,
    on_file: Callable[[FileOutcome], None] = lambda _: None,
    on_wait: Callable[[], None] = lambda: None,
) -> ImportReport:
    """Import everything that is read, wherever the reading is done.

    What was read before an error is kept; then the error goes on its way.

    Parameters
    ----------
    began_at
        When an import that was cut short began: what came in since is told as it was then.
    """
    outcomes: list[FileOutcome] = []
    with turn.take(on_wait) as scratch:
        sources = store.known_sources()
        book = _Book(store, sources, clock.now(), began_at)
        known = {sha256: file.outcome for sha256, file in sources.items()}
        try:
            for ingested in read(scratch, known):
                outcome = book.enter(ingested)
                outcomes.append(outcome)
                on_file(outcome)
        finally:
            book.flush()
    return ImportReport(files=tuple(outcomes))


def import_document(
    report: ImportReport, noticed: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return the document that other programs read.

    Parameters
    ----------
    noticed
        What is said of runs it brought.
    """
    return {
        **report.counts,
        "noticed": list(noticed),
        "files": [
            {
                "path": file.path,
                "outcome": file.outcome,
                "reader": file.reader,
                "detail": file.detail,
            }
            for file in report.files
        ],
    }


class _Book:
    """Holds readings against the store and writes them in batches."""

    def __init__(
        self,
        store: Store,
        sources: Mapping[str, SourceFile],
        now: datetime,
        began_at: datetime | None,
    ) -> None:
        self._store = store
        self._known = {sha256: file.outcome for sha256, file in sources.items()}
        self._cut_short = {
            sha256: file
            for sha256, file in sources.items()
            if began_at is not None and file.imported_at >= began_at
        }
        self._now = now
        self._diary = _Diary(store.activities())
        self._richness = dict(store.richness_of())
        self._waiting: list[SourceEntry] = []

    def enter(self, ingested: Ingested) -> FileOutcome:
        """Decide what a reading means and put it into the next batch."""
        earlier = self._known.get(ingested.sha256)
        if ingested.outcome == "known" or (earlier is not None and ingested.sha256):
            return self._known_again(ingested, earlier or "")
        if ingested.outcome == "failed" or not ingested.sha256:
            return _outcome(ingested, ingested.outcome)
        return self._enter_new(ingested)

    def flush(self) -> None:
        """Write what is waiting."""
        if self._waiting:
            self._store.apply(self._waiting)
            self._waiting = []

    def _known_again(self, ingested: Ingested, earlier: str) -> FileOutcome:
        just_now = self._cut_short.pop(ingested.sha256, None)
        if just_now is not None:
            return FileOutcome(
                path=ingested.shown_as,
                outcome=just_now.outcome,
                reader=just_now.reader,
                detail=just_now.detail,
                sha256=ingested.sha256,
            )
        if earlier == "skipped":
            return _outcome(ingested, "skipped", detail="no activity in it, as before")
        return _outcome(ingested, "already_had")

    def _enter_new(self, ingested: Ingested) -> FileOutcome:
        new: list[ActivityRow] = []
        replaced: list[ActivityRow] = []
        links: list[SourceLink] = []
        for part, row in enumerate(ingested.rows):
            twin = self._diary.find(row.summary, partial(self._is_twin, row))
            if twin is None:
                new.append(row)
                self._diary.add(row.summary)
                self._richness[row.summary.id] = row.richness
            elif self._is_richer(row, ingested.sha256, twin):
                row = replace(row, summary=replace(row.summary, id=twin.id))
                replaced.append(row)
                self._diary.exchange(twin, row.summary)
                self._richness[twin.id] = row.richness
            activity_id = row.summary.id if twin is None else twin.id
            links.append(SourceLink(activity_id=activity_id, part=part, richness=row.richness))
        outcome = _name_outcome(ingested, is_any_new=bool(new))
        self._known[ingested.sha256] = outcome
        self._waiting.append(
            SourceEntry(
                source=SourceFile(
                    sha256=ingested.sha256,
                    shown_as=ingested.shown_as,
                    reader=ingested.reader,
                    outcome=outcome,
                    detail=ingested.detail,
                    imported_at=self._now,
                    program_version=__version__,
                ),
                new=tuple(new),
                replaced=tuple(replaced),
                links=tuple(links),
                steps=ingested.steps,
                standing_hours=ingested.standing_hours,
            )
        )
        if len(self._waiting) >= BATCH:
            self.flush()
        return _outcome(ingested, outcome)

    def _is_twin(self, row: ActivityRow, other: ActivitySummary) -> bool:
        if is_same_run(row.summary, other):
            return True
        is_part = row.richness < 0 and is_part_of(row.summary, other)
        is_whole = self._richness[other.id] < 0 and is_part_of(other, row.summary)
        return is_part or is_whole

    def _is_richer(self, row: ActivityRow, sha256: str, twin: ActivitySummary) -> bool:
        # Of two that tell as much the hash decides, as it orders their sources: whichever file
        # came first, the same one describes the run.
        present = self._richness[twin.id]
        if row.richness != present:
            return row.richness > present
        return bool(twin.sources) and sha256 < twin.sources[0]


class _Diary:
    """All activities by their start, to find the same run from another source."""

    def __init__(self, summaries: Iterable[ActivitySummary]) -> None:
        self._by_start = sorted(summaries, key=_start)

    def find(
        self, summary: ActivitySummary, is_twin: Callable[[ActivitySummary], bool]
    ) -> ActivitySummary | None:
        """Return the stored twin of this run, if there is one."""
        slack = timedelta(seconds=START_TOLERANCE_S)
        first = bisect.bisect_left(self._by_start, summary.started_at - slack, key=_start)
        for other in self._by_start[first:]:
            if other.started_at > summary.started_at + slack:
                return None
            if is_twin(other):
                return other
        return None

    def add(self, summary: ActivitySummary) -> None:
        """Note a new activity."""
        bisect.insort(self._by_start, summary, key=_start)

    def exchange(self, old: ActivitySummary, new: ActivitySummary) -> None:
        """Put a richer description in the place of a poorer one."""
        self._by_start.remove(old)
        self.add(new)


def _start(summary: ActivitySummary) -> datetime:
    return summary.started_at


def _name_outcome(ingested: Ingested, *, is_any_new: bool) -> str:
    if ingested.outcome == "skipped":
        return "skipped"
    if ingested.rows and not is_any_new:
        return "merged"
    return "repaired" if ingested.outcome == "repaired" else "imported"


def _outcome(ingested: Ingested, outcome: str, *, detail: str | None = None) -> FileOutcome:
    return FileOutcome(
        path=ingested.shown_as,
        outcome=outcome,
        reader=ingested.reader,
        detail=ingested.detail if detail is None else detail,
        sha256=ingested.sha256,
    )
