"""Reads one original into summaries and samples: the part of an import that runs in parallel.

What the summaries mean to what is already stored (new, the same run, richer) is decided by
``import_activities``; nothing here looks into the store.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo

from sidestep.domain.activity.cleaning import clean_recording
from sidestep.domain.activity.recording import Activity, Recording
from sidestep.domain.activity.same_run import richness
from sidestep.domain.activity.steps import StepEstimate, count_steps
from sidestep.domain.activity.summarise import summarise
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError, SidestepError
from sidestep.services.ports import (
    AccountHint,
    ActivityFileReader,
    ActivityRow,
    DailyItem,
    FailedItem,
    FileItem,
    FileReading,
    ImportItem,
    Loss,
    Originals,
    RowItem,
    SkippedItem,
    StreamStore,
)

ID_LENGTH = 12

# Totals of a run that lacks less than this at its end agree with those of the whole run.
_NEARLY_WHOLE_FRAC = 0.98


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What one original held, before it is held against the store.

    ``outcome`` is ``read``, ``repaired``, ``skipped``, ``failed`` or ``known`` (seen before).
    """

    shown_as: str
    sha256: str
    outcome: str
    reader: str = ""
    detail: str = ""
    rows: tuple[ActivityRow, ...] = ()
    steps: Mapping[date, Mapping[str, int]] = field(default_factory=dict)
    standing_hours: Mapping[date, int] = field(default_factory=dict)


def recognise(
    item: ImportItem, known: Mapping[str, str], read_bytes: Callable[[FileItem], bytes]
) -> Ingested | None:
    """Return the outcome of an item that needs no reading, ``None`` for one that does.

    Those are what was passed over already, and originals whose hash is among ``known``. What
    cannot be opened needs reading too: that is where its error is told.
    """
    if isinstance(item, SkippedItem | FailedItem):
        return _passed_over(item)
    if known:
        with suppress(SidestepError, OSError):
            sha256 = hashlib.sha256(_content_of(item, read_bytes)).hexdigest()
            if sha256 in known:
                return Ingested(shown_as=item.shown_as, sha256=sha256, outcome="known")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileIngester:
    """Everything needed to read one original; the same in every worker process."""

    read_bytes: Callable[[FileItem], bytes]
    reader: ActivityFileReader
    originals: Originals
    streams: StreamStore
    zone: tzinfo
    step_estimate: StepEstimate

    def ingest(self, item: ImportItem, known: Mapping[str, str]) -> Ingested:
        """Read one item; an error about it is its outcome, never an exception.

        ``known`` maps the hashes of originals seen before to their outcome, so that they are
        recognised without being decoded.
        """
        if isinstance(item, SkippedItem | FailedItem):
            return _passed_over(item)
        sha256 = ""
        try:
            content = _content_of(item, self.read_bytes)
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256 in known:
                return Ingested(shown_as=item.shown_as, sha256=sha256, outcome="known")
            if isinstance(item, DailyItem):
                return self._ingest_daily(item, sha256)
            reading = self._read(item, content)
            return self._ingest_reading(item, sha256, content, reading)
        except SidestepError as error:
            detail = ". ".join(part.rstrip(".") for part in (error.message, error.hint) if part)
        except OSError as error:
            detail = f"the file cannot be read: {error.strerror or error}"
        return Ingested(shown_as=item.shown_as, sha256=sha256, outcome="failed", detail=detail)

    def _ingest_daily(self, item: DailyItem, sha256: str) -> Ingested:
        self.originals.keep(sha256, f"{item.reader}.json", item.content)
        return Ingested(
            shown_as=item.shown_as,
            sha256=sha256,
            outcome="read",
            reader=item.reader,
            detail=f"{len(item.steps)} days of steps",
            steps=item.steps,
            standing_hours=item.standing_hours,
        )

    def _read(self, item: FileItem | RowItem, content: bytes) -> FileReading:
        if isinstance(item, RowItem):
            return FileReading(reader=item.reader, recordings=(item.recording,), notes=item.notes)
        return self.reader.read(item.member or item.container.name, content)

    def _ingest_reading(
        self, item: FileItem | RowItem, sha256: str, content: bytes, reading: FileReading
    ) -> Ingested:
        if reading.skipped:
            return Ingested(
                shown_as=item.shown_as,
                sha256=sha256,
                outcome="skipped",
                reader=reading.reader,
                detail=reading.skipped,
            )
        hint = item.hint if isinstance(item, FileItem) and len(reading.recordings) == 1 else None
        name = f"{item.reader}.json" if isinstance(item, RowItem) else item.shown_as
        self.originals.keep(sha256, name, content)
        is_whole = reading.loss is None
        rows: list[ActivityRow] = []
        refused: list[InputError] = []
        for part, recording in enumerate(reading.recordings):
            try:
                activity = clean_recording(_with_hint(recording, hint, is_whole=is_whole))
            except InputError as error:
                # An accidental start and stop beside a run must not cost the run.
                refused.append(error)
            else:
                rows.append(self._row(activity, sha256, part, reading))
        if refused and not rows:
            raise refused[0]
        return Ingested(
            shown_as=item.shown_as,
            sha256=sha256,
            outcome="repaired" if reading.loss else "read",
            reader=reading.reader,
            detail=_detail(reading, rows, refused),
            rows=tuple(rows),
        )

    def _row(self, activity: Activity, sha256: str, part: int, reading: FileReading) -> ActivityRow:
        key = f"{sha256}-{part}" if activity.streams is not None else None
        if activity.streams is not None and key is not None:
            self.streams.save(key, activity.streams)
        count = count_steps(activity, estimate=self.step_estimate)
        summary = summarise(
            activity,
            count,
            id=hashlib.sha256(f"{sha256}:{part}".encode()).hexdigest()[:ID_LENGTH],
            zone=self.zone,
            sources=(sha256,),
        )
        return ActivityRow(
            summary=summary,
            richness=richness(reading.reader, activity, is_whole=_is_nearly_whole(reading.loss)),
            stream_key=key,
            repairs=(*activity.repairs, count.note) if count.note else activity.repairs,
        )


def _passed_over(item: SkippedItem | FailedItem) -> Ingested:
    outcome = "skipped" if isinstance(item, SkippedItem) else "failed"
    return Ingested(shown_as=item.shown_as, sha256="", outcome=outcome, detail=item.reason)


def _content_of(
    item: FileItem | RowItem | DailyItem, read_bytes: Callable[[FileItem], bytes]
) -> bytes:
    return read_bytes(item) if isinstance(item, FileItem) else item.content


def _with_hint(recording: Recording, hint: AccountHint | None, *, is_whole: bool) -> Recording:
    """Let the account's own list fill what the file leaves open; the person's sport wins.

    Samples leave nothing open unless the file is damaged: then they are of a part only.
    """
    if hint is None:
        return recording
    columns = recording.streams.columns() if recording.streams is not None and is_whole else {}
    has_times = len(columns.get("time_s", ())) > 1
    has_distance = has_times and ("distance_m" in columns or "latitude_deg" in columns)
    duration_s = (
        recording.duration_s if has_times else _first(recording.duration_s, hint.duration_s)
    )
    elapsed_s = recording.elapsed_s if has_times else _first(recording.elapsed_s, hint.elapsed_s)
    distance_m = (
        recording.distance_m if has_distance else _first(recording.distance_m, hint.distance_m)
    )
    sport = recording.sport if hint.sport in (None, Sport.OTHER) else hint.sport
    if recording.sport.is_running and sport is Sport.RUN:
        sport = recording.sport
    return replace(
        recording,
        sport=sport,
        sport_as_recorded=recording.sport_as_recorded or hint.sport_as_recorded,
        duration_s=duration_s,
        elapsed_s=elapsed_s,
        distance_m=distance_m,
        effort_rpe=_first(hint.effort_rpe, recording.effort_rpe),
    )


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _detail(
    reading: FileReading, rows: Iterable[ActivityRow], refused: Iterable[InputError]
) -> str:
    parts = [] if reading.loss is None else [_loss_in_words(reading.loss)]
    parts.extend(reading.notes)
    parts.extend(f"a part of it was left out: {error.message.rstrip('.')}" for error in refused)
    parts.extend(repair for row in rows for repair in row.repairs)
    return "; ".join(parts)


def _is_nearly_whole(loss: Loss | None) -> bool:
    if loss is None:
        return True
    expected_s = loss.expected_s
    return expected_s is not None and loss.recovered_s >= _NEARLY_WHOLE_FRAC * expected_s


def _loss_in_words(loss: Loss) -> str:
    of = "" if loss.expected_s is None else f" of about {loss.expected_s:,.0f}"
    return f"file damaged, {loss.recovered_s:,.0f}{of} s recovered ({loss.reason})"
