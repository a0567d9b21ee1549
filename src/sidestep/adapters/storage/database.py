"""Opens the database and brings its tables up to date; what is in them is the store's business."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from sidestep.adapters.storage.tables import metadata
from sidestep.errors import StorageError

HEAD = "0002"
"""The newest migration this program knows; a test holds it against ``migrations/versions``."""


def open_database(url: str) -> Engine:
    """Open the database at ``url``, create or migrate its tables, and return its engine.

    Raises
    ------
    StorageError
        The database cannot be opened, or a newer program has changed it.
    """
    parsed = sa.make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    if is_sqlite and parsed.database:
        _make_folder(Path(parsed.database).parent)
    # A file needs no pool, and a pool would leave its connections open when the program ends.
    engine = sa.create_engine(parsed, poolclass=sa.NullPool if is_sqlite else None)
    if is_sqlite:
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin)
    try:
        found = _revision(engine)
        if found is None:
            _make_tables(engine)
        elif found != HEAD:
            migrate(engine, found)
    except sa.exc.OperationalError as error:
        raise StorageError(
            f"the database {parsed.render_as_string(hide_password=True)} cannot be opened: "
            f"{error.orig}",
            hint="Check that the folder can be written and that no other program locks it.",
        ) from error
    except sa.exc.DatabaseError as error:
        raise StorageError(
            f"{parsed.render_as_string(hide_password=True)} is not a Sidestep database: "
            f"{error.orig}",
            hint="Move the file away and restore it from a backup, or choose another --home.",
        ) from error
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageError(
            f"the data folder {folder} cannot be made: {error.strerror}",
            hint="Choose another with --home or SIDESTEP_HOME.",
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # The driver would begin transactions only before rows are written; making tables must be
    # whole or not at all too, so the engine begins them.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=20000",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # SQLite refuses at once, without waiting, to let a reader become a writer while another
    # program writes; whoever will write after reading says so from the start.
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _revision(engine: Engine) -> str | None:
    """Read the revision without loading the migration library: most starts need no migration."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)


def _make_tables(engine: Engine) -> None:
    """Make an empty database's tables at once; a test holds them against the migrations'.

    Loading the migration library would take as long as everything else of a first start.
    """
    with engine.execution_options(is_writing=True).begin() as connection:
        if sa.inspect(connection).has_table("alembic_version"):
            return  # Another program was quicker while this one waited for the lock.
        metadata.create_all(connection)
        connection.execute(
            sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        )
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def migrate(engine: Engine, found: str | None) -> None:
    """Bring the tables of revision ``found`` (``None``: none yet) up to the newest.

    Raises
    ------
    StorageError
        A newer program has changed the database.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StorageError(
            f"the data folder was written by a newer Sidestep (database step {found}, "
            f"this program knows up to {HEAD})",
            hint="Update Sidestep, or choose another --home.",
        )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
