"""One person's rows in the database: every statement here is bound to one owner."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection, Engine, Row

from sidestep.adapters.storage import tables
from sidestep.domain.activity.recording import StepLap
from sidestep.domain.activity.summary import ActivitySummary, Oddity, StepsSource, Verdict
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError
from sidestep.services.ports import ActivityRow, SourceEntry, SourceFile, StoredDocument

SAME_IN_ROW_AND_SUMMARY = (
    "started_at",
    "local_date",
    "duration_s",
    "elapsed_s",
    "distance_m",
    "ascent_m",
    "descent_m",
    "steps",
    "cadence_spm",
    "heart_rate_mean_bpm",
    "heart_rate_max_bpm",
    "is_indoor",
)


class SqlStore:
    """Implements ``services.ports.Store`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, owner: str) -> None:
        self._engine = engine
        self._owner = owner

    def known_sources(self) -> Mapping[str, SourceFile]:
        """Return every original seen before, by content hash."""
        with self._engine.connect() as connection:
            rows = connection.execute(self._mine(tables.source_file))
            return {
                row.sha256: SourceFile(
                    sha256=row.sha256,
                    shown_as=row.shown_as,
                    reader=row.reader,
                    outcome=row.outcome,
                    detail=row.detail,
                    imported_at=row.imported_at,
                    program_version=row.program_version,
                )
                for row in rows
            }

    def version(self) -> int:
        """Return a number that grows whenever anything of this person is written."""
        chosen = sa.select(tables.revision.c.number).where(
            tables.revision.c.owner_id == self._owner
        )
        with self._engine.connect() as connection:
            return connection.scalar(chosen) or 0

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Begin a transaction that changes this person's rows, and count it."""
        table = tables.revision
        with self._engine.begin() as connection:
            counted = self._insert(connection, table).values(owner_id=self._owner, number=1)
            connection.execute(
                counted.on_conflict_do_update(
                    index_elements=["owner_id"], set_={"number": table.c.number + 1}
                )
            )
            yield connection

    def apply(self, entries: Sequence[SourceEntry]) -> None:
        """Write all entries in one transaction, or none."""
        with self._writing() as connection:
            self._upsert(connection, tables.source_file, [_source(entry) for entry in entries])
            self._insert_activities(connection, [row for entry in entries for row in entry.new])
            for row in (row for entry in entries for row in entry.replaced):
                self._replace_activity(connection, row)
            links = [row for entry in entries for row in _links(entry)]
            self._upsert(connection, tables.activity_source, links)
            steps = [row for entry in entries for row in _days_of_steps(entry)]
            self._upsert(connection, tables.daily_steps, steps)
            hours = [row for entry in entries for row in _days_of_standing(entry)]
            self._upsert(connection, tables.standing_hours, hours)

    def _insert_activities(self, connection: Connection, rows: Sequence[ActivityRow]) -> None:
        if rows:
            ours = {"owner_id": self._owner, "verdict": Verdict.UNASKED.value}
            # Two imports at once may both find a file: its id is the same, and it goes in once.
            inserted = self._insert(connection, tables.activity).on_conflict_do_nothing()
            connection.execute(inserted, [_row(row) | ours for row in rows])

    def _replace_activity(self, connection: Connection, row: ActivityRow) -> None:
        values = _row(row)
        statement = sa.update(tables.activity).where(
            tables.activity.c.owner_id == self._owner, tables.activity.c.id == values.pop("id")
        )
        connection.execute(statement.values(values))

    def activities(self) -> list[ActivitySummary]:
        """Return all activities by start."""
        chosen = self._mine(tables.activity).order_by(
            tables.activity.c.started_at, tables.activity.c.id
        )
        links = self._mine(tables.activity_source).order_by(
            tables.activity_source.c.richness.desc(), tables.activity_source.c.sha256
        )
        with self._engine.connect() as connection:
            sources: dict[str, list[str]] = defaultdict(list)
            for link in connection.execute(links):
                sources[link.activity_id].append(link.sha256)
            return [_summary(row, tuple(sources[row.id])) for row in connection.execute(chosen)]

    def richness_of(self) -> Mapping[str, int]:
        """Return how rich each activity's present description is, by activity id."""
        columns = sa.select(tables.activity.c.id, tables.activity.c.richness)
        with self._engine.connect() as connection:
            rows = connection.execute(columns.where(tables.activity.c.owner_id == self._owner))
            return {row.id: row.richness for row in rows}

    def stream_key(self, activity_id: str) -> str | None:
        """Return under which key an activity's samples are kept, ``None`` if it has none."""
        with self._engine.connect() as connection:
            row = connection.execute(self._one_activity(activity_id)).one_or_none()
            return None if row is None else row.stream_key

    def set_verdict(self, activity_id: str, verdict: Verdict) -> None:
        """Keep what the person said about an odd activity.

        Raises
        ------
        InputError
            There is no such activity.
        """
        self._correct(activity_id, verdict=verdict.value)

    def set_effort(self, activity_id: str, effort_rpe: float) -> None:
        """Keep how hard a session felt, 0 to 10.

        Raises
        ------
        InputError
            There is no such activity.
        """
        self._correct(activity_id, effort_by_person=effort_rpe)

    def set_sport(self, activity_id: str, sport: Sport) -> None:
        """Keep the person's correction of the sport.

        Raises
        ------
        InputError
            There is no such activity.
        """
        self._correct(activity_id, sport_by_person=sport.value)

    def _correct(self, activity_id: str, **values: object) -> None:
        statement = sa.update(tables.activity).where(
            tables.activity.c.owner_id == self._owner, tables.activity.c.id == activity_id
        )
        with self._writing() as connection:
            if connection.execute(statement.values(values)).rowcount == 0:
                raise InputError(
                    f"there is no activity {activity_id!r}",
                    hint="sidestep activities lists them with their ids.",
                )

    def daily_steps(self, *, since: date, until: date) -> Mapping[date, int]:
        """Return each day's steps from the source that counted most that day.

        A phone and a watch count the same steps, so sources are never added up.
        """
        table = tables.daily_steps
        days = self._mine(table).where(table.c.day >= since, table.c.day <= until)
        best: dict[date, int] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(days):
                best[row.day] = max(row.steps, best.get(row.day, 0))
        return best

    def standing_hours(self, *, since: date, until: date) -> Mapping[date, int]:
        """Return hours with standing by day."""
        table = tables.standing_hours
        days = self._mine(table).where(table.c.day >= since, table.c.day <= until)
        with self._engine.connect() as connection:
            return {row.day: row.hours for row in connection.execute(days)}

    def save_document(self, document: StoredDocument) -> None:
        """Keep a result."""
        values = {
            "owner_id": self._owner,
            "id": document.id,
            "kind": document.kind,
            "made_at": document.made_at,
            "program_version": document.program_version,
            "knowledge_version": document.knowledge_version,
            "content": document.content,
        }
        with self._writing() as connection:
            # Its id names content and instant: the same document twice is one.
            inserted = self._insert(connection, tables.document).on_conflict_do_nothing()
            connection.execute(inserted, [values])

    def latest_document(self, kind: str) -> StoredDocument | None:
        """Return the newest result of a kind."""
        table = tables.document
        newest = self._of_kind(kind).order_by(table.c.made_at.desc(), table.c.id.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(newest).one_or_none()
            return None if row is None else _document(row)

    def documents(self, kind: str) -> Sequence[StoredDocument]:
        """Return all results of a kind, oldest first."""
        table = tables.document
        chosen = self._of_kind(kind).order_by(table.c.made_at, table.c.id)
        with self._engine.connect() as connection:
            return [_document(row) for row in connection.execute(chosen)]

    def delete_document(self, document_id: str) -> bool:
        """Delete a result; return whether this person had one with that id."""
        table = tables.document
        chosen = (table.c.owner_id == self._owner) & (table.c.id == document_id)
        with self._writing() as connection:
            return connection.execute(sa.delete(table).where(chosen)).rowcount > 0

    def _of_kind(self, kind: str) -> sa.Select[Any]:
        return self._mine(tables.document).where(tables.document.c.kind == kind)

    def erase(self) -> None:
        """Delete every row of this person, and what the file would still keep of it."""
        with self._engine.begin() as connection:
            for table in reversed(tables.metadata.sorted_tables):
                connection.execute(sa.delete(table).where(table.c.owner_id == self._owner))
        if self._engine.dialect.name == "sqlite":
            self._forget_deleted_pages()

    def _forget_deleted_pages(self) -> None:
        """Rewrite the file without its free pages, and empty the log beside it."""
        # Neither statement may stand in a transaction, which the engine would begin.
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()
        finally:
            connection.close()

    def _mine(self, table: sa.Table) -> sa.Select[Any]:
        return sa.select(table).where(table.c.owner_id == self._owner)

    def _one_activity(self, activity_id: str) -> sa.Select[Any]:
        return self._mine(tables.activity).where(tables.activity.c.id == activity_id)

    def _insert(self, connection: Connection, table: sa.Table) -> sqlite.Insert:
        """Begin an insert that can say what to do about a key that is there already.

        PostgreSQL's insert has the same methods; its dialect takes a tenth of a second to load.
        """
        if connection.dialect.name == "postgresql":
            from sqlalchemy.dialects import postgresql

            return postgresql.insert(table)  # type: ignore[return-value]
        return sqlite.insert(table)

    def _upsert(
        self, connection: Connection, table: sa.Table, rows: Sequence[dict[str, object]]
    ) -> None:
        """Insert rows, replacing those whose key is there already."""
        if not rows:
            return
        statement = self._insert(connection, table)
        keys = [column.name for column in table.primary_key]
        others = {
            column.name: statement.excluded[column.name]
            for column in table.columns
            if column.name not in keys
        }
        connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=others),
            [row | {"owner_id": self._owner} for row in rows],
        )


def _document(row: Row[Any]) -> StoredDocument:
    return StoredDocument(
        id=row.id,
        kind=row.kind,
        made_at=row.made_at,
        program_version=row.program_version,
        knowledge_version=row.knowledge_version,
        content=row.content,
    )


def _source(entry: SourceEntry) -> dict[str, Any]:
    source = entry.source
    return {
        "sha256": source.sha256,
        "shown_as": source.shown_as,
        "reader": source.reader,
        "outcome": source.outcome,
        "detail": source.detail,
        "imported_at": source.imported_at,
        "program_version": source.program_version,
    }


def _links(entry: SourceEntry) -> list[dict[str, Any]]:
    sha256 = entry.source.sha256
    return [
        {
            "activity_id": link.activity_id,
            "sha256": sha256,
            "part": link.part,
            "richness": link.richness,
        }
        for link in entry.links
    ]


def _days_of_steps(entry: SourceEntry) -> list[dict[str, Any]]:
    return [
        {"day": day, "counted_by": counted_by, "steps": steps}
        for day, by_source in entry.steps.items()
        for counted_by, steps in by_source.items()
    ]


def _days_of_standing(entry: SourceEntry) -> list[dict[str, Any]]:
    return [{"day": day, "hours": hours} for day, hours in entry.standing_hours.items()]


def _row(row: ActivityRow) -> dict[str, Any]:
    summary = row.summary
    values: dict[str, Any] = {name: getattr(summary, name) for name in SAME_IN_ROW_AND_SUMMARY}
    return values | {
        "id": summary.id,
        "sport": summary.sport.value,
        "steps_source": summary.steps_source.value,
        "effort_rpe": summary.effort_rpe,
        "oddities": [[oddity.code, oddity.message] for oddity in summary.oddities],
        "repairs": list(row.repairs),
        "richness": row.richness,
        "stream_key": row.stream_key,
        "step_laps": [[lap.step, lap.duration_s] for lap in summary.step_laps],
    }


def _summary(row: Row[Any], sources: tuple[str, ...]) -> ActivitySummary:
    return ActivitySummary(
        id=row.id,
        sport=Sport(row.sport_by_person or row.sport),
        steps_source=StepsSource(row.steps_source),
        effort_rpe=row.effort_rpe if row.effort_by_person is None else row.effort_by_person,
        verdict=Verdict(row.verdict),
        oddities=tuple(Oddity(code=code, message=message) for code, message in row.oddities),
        sources=sources,
        step_laps=tuple(
            StepLap(step=step, duration_s=duration_s) for step, duration_s in row.step_laps or ()
        ),
        **{name: getattr(row, name) for name in SAME_IN_ROW_AND_SUMMARY},
    )
