"""The store keeps what it is given, for its owner only, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from builders.summaries import make_row, make_run, make_source
from sidestep.adapters.storage import database, tables
from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.revision import HEAD
from sidestep.adapters.storage.store import SqlStore
from sidestep.domain.activity.recording import StepLap
from sidestep.domain.activity.summary import Oddity, Verdict
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError, StorageError
from sidestep.services.ports import SourceEntry, SourceLink, StoredDocument

NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)


def make_entry(*rows: "object", sha256: str = "a" * 64) -> SourceEntry:
    links = tuple(
        SourceLink(activity_id=row.summary.id, part=part, richness=row.richness)  # type: ignore[attr-defined]
        for part, row in enumerate(rows)
    )
    return SourceEntry(source=make_source(sha256), new=tuple(rows), links=links)  # type: ignore[arg-type]


@pytest.fixture
def store(engine: sa.Engine) -> SqlStore:
    return SqlStore(engine, "me")


def test_an_activity_comes_back_as_it_was(store: SqlStore) -> None:
    run = replace(
        make_run(3),
        oddities=(Oddity(code="fast", message="Faster than anyone?"),),
        ascent_m=12.5,
        step_laps=(StepLap(step=0, duration_s=95.5), StepLap(step=2, duration_s=30.0)),
    )

    store.apply([make_entry(make_row(run))])

    assert store.activities() == [replace(run, sources=("a" * 64,))]
    assert store.richness_of() == {"run": 10}


def test_another_owner_sees_nothing(engine: sa.Engine, store: SqlStore) -> None:
    store.apply([make_entry(make_row(make_run()))])
    other = SqlStore(engine, "someone else")

    assert other.activities() == []
    assert other.known_sources() == {}
    with pytest.raises(InputError):
        other.set_verdict("run", Verdict.EXCLUDED)
    other.erase()
    assert len(store.activities()) == 1


def test_the_same_entry_twice_is_there_once(store: SqlStore) -> None:
    entry = make_entry(make_row(make_run()))

    store.apply([entry])
    store.apply([entry])

    assert len(store.activities()) == 1


def test_a_batch_is_written_whole_or_not_at_all(store: SqlStore) -> None:
    broken = replace(
        make_entry(sha256="b" * 64),
        links=(SourceLink(activity_id="nobody", part=0, richness=1),),
    )

    with pytest.raises(sa.exc.IntegrityError):
        store.apply([make_entry(make_row(make_run())), broken])

    assert store.activities() == []
    assert store.known_sources() == {}


def test_what_the_person_said_outlives_a_richer_file(store: SqlStore) -> None:
    store.apply([make_entry(make_row(make_run()))])
    store.set_sport("run", Sport.FOOTBALL)
    store.set_effort("run", 7.0)
    store.set_verdict("run", Verdict.CONFIRMED)

    richer = make_row(make_run(km=5.1), richness=20)
    store.apply([SourceEntry(source=make_source("b" * 64), replaced=(richer,))])

    (activity,) = store.activities()
    assert (activity.sport, activity.effort_rpe) == (Sport.FOOTBALL, 7.0)
    assert activity.verdict is Verdict.CONFIRMED
    assert activity.distance_m == pytest.approx(5100.0)


def test_steps_of_several_sources_are_never_added_up(store: SqlStore) -> None:
    day = date(2026, 6, 1)
    steps = {day: {"phone": 8000, "watch": 9000}}

    store.apply([SourceEntry(source=make_source(), steps=steps, standing_hours={day: 9})])

    assert store.daily_steps(since=day, until=day) == {day: 9000}
    assert store.standing_hours(since=day, until=day) == {day: 9}


def test_only_ones_own_documents_are_deleted(store: SqlStore, engine: sa.Engine) -> None:
    document = StoredDocument(
        id="d",
        kind="clip_run",
        made_at=NOW,
        program_version="1",
        knowledge_version="k",
        content={},
    )
    other = SqlStore(engine, "other")
    other.save_document(document)
    before = store.version()
    assert not store.delete_document("d")
    assert len(other.documents("clip_run")) == 1
    store.save_document(document)
    assert store.delete_document("d")
    assert store.documents("clip_run") == []
    assert len(other.documents("clip_run")) == 1
    assert store.version() > before


def test_documents_come_back_by_kind_oldest_first(store: SqlStore) -> None:
    for number, kind in enumerate(["knee_check", "week_plan", "knee_check"]):
        store.save_document(
            StoredDocument(
                id=f"d{number}",
                kind=kind,
                made_at=NOW.replace(hour=number),
                program_version="1",
                knowledge_version="k",
                content={"number": number},
            )
        )

    assert [document.id for document in store.documents("knee_check")] == ["d0", "d2"]
    latest = store.latest_document("knee_check")
    assert latest is not None
    assert latest.content == {"number": 2}
    assert latest.made_at == NOW.replace(hour=2)
    assert store.latest_document("profile") is None


def test_erasing_leaves_nothing(engine: sa.Engine, store: SqlStore) -> None:
    store.apply([make_entry(make_row(make_run()))])

    store.erase()

    with engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_erasing_leaves_no_trace_in_the_files(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'sidestep.sqlite'}")
    store = SqlStore(engine, "me")
    secret = replace(make_source(), shown_as="a very private name.fit")
    store.apply([SourceEntry(source=secret, new=(make_row(make_run()),))])

    store.erase()

    for path in tmp_path.iterdir():
        assert b"a very private name" not in path.read_bytes()
    assert store.activities() == []


def test_the_migrations_make_the_tables_that_a_new_database_gets(engine: sa.Engine) -> None:
    made_at_once = describe(engine)
    with engine.begin() as connection:
        for table in (*reversed(tables.metadata.sorted_tables), sa.table("alembic_version")):
            connection.execute(sa.text(f"DROP TABLE {table.name}"))

    database.migrate(engine, None)

    assert describe(engine) == made_at_once
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def describe(engine: sa.Engine) -> dict[str, tuple[list[str], object, list[str]]]:
    """Each table's columns with their types, its key and its indexes."""
    inspector = sa.inspect(engine)
    return {
        table: (
            [f"{c['name']} {c['type']} {c['nullable']}" for c in inspector.get_columns(table)],
            inspector.get_pk_constraint(table)["constrained_columns"],
            [str(index["name"]) for index in inspector.get_indexes(table)],
        )
        for table in inspector.get_table_names()
    }


def test_a_run_from_before_there_were_step_laps_has_none_after_the_migration(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'sidestep.sqlite'}"
    engine = open_database(url)
    SqlStore(engine, "me").apply([make_entry(make_row(make_run()))])
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE activity DROP COLUMN step_laps"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0002'"))
    engine.dispose()

    engine = open_database(url)

    assert SqlStore(engine, "me").activities() == [replace(make_run(), sources=("a" * 64,))]
    engine.dispose()


def test_the_newest_migration_is_the_head_the_program_names() -> None:
    config = Config()
    folder = Path(database.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sidestep.sqlite'}"
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(StorageError, match="newer Sidestep") as caught:
        open_database(url)
    assert "Update Sidestep" in caught.value.hint


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "sidestep.sqlite").write_bytes(b"something else entirely" * 100)

    with pytest.raises(StorageError, match=r"sidestep\.sqlite is not a Sidestep database"):
        open_database(f"sqlite:///{tmp_path / 'sidestep.sqlite'}")


def test_a_first_start_that_is_broken_off_leaves_no_half_made_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'sidestep.sqlite'}"
    monkeypatch.setattr(database, "HEAD", None)
    with pytest.raises(StorageError):
        open_database(url)
    monkeypatch.undo()

    engine = open_database(url)

    assert SqlStore(engine, "me").activities() == []
    engine.dispose()
