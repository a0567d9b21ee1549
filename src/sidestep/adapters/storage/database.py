"""Opens the database and brings its tables up to date; what is in them is the store's business."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from sidestep.adapters.storage.revision import HEAD
from sidestep.adapters.storage.sqlite_files import copy_before_update
from sidestep.adapters.storage.tables import metadata
from sidestep.errors import StorageError

MIGRATIONS = Path(__file__).parent / "migrations"

LOST = "the data cannot be reached now"
LOST_HINT = "Try again in a moment. If it stays so, sidestep doctor says what is wrong."

BUSY = "too much is asked of the data at once"
BUSY_HINT = "Try again in a moment."

WAITS_S = 20
"""How long one program waits for another that is writing."""

LENT_AT_ONCE, KEPT_OPEN = 15, 5
"""Connections to a server's database that one process has at most, and when nothing is asked."""

LENDS_WITHIN_S = 5.0
"""How long a request waits for one of them before it is told to come again."""


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
    engine = (
        sa.create_engine(parsed, poolclass=sa.NullPool)
        if is_sqlite
        else sa.create_engine(
            parsed,
            poolclass=LendingPool,
            pool_pre_ping=True,
            pool_size=KEPT_OPEN,
            max_overflow=LENT_AT_ONCE - KEPT_OPEN,
            pool_timeout=LENDS_WITHIN_S,
        )
    )
    if is_sqlite:
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin)
    _prepare(engine)
    sa.event.listen(engine, "handle_error", _tell_what_is_lost)
    return engine


class LendingPool(sa.QueuePool):
    """Connections that are lent; when none is free in time, that is said as an error of ours."""

    def connect(self) -> sa.PoolProxiedConnection:
        """Lend a connection.

        Raises
        ------
        StorageError
            None was free in time.
        """
        try:
            return super().connect()
        except sa.exc.TimeoutError as error:
            raise StorageError(BUSY, hint=BUSY_HINT) from error


def _prepare(engine: Engine) -> None:
    """Make or migrate the tables."""
    parsed = engine.url
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


def _tell_what_is_lost(context: sa.ExceptionContext) -> StorageError | None:
    """Turn what a database says that is gone, full, locked or broken into an error of ours.

    What is wrong with a statement itself stays as it is.
    """
    error = context.sqlalchemy_exception
    of_the_statement = (sa.exc.IntegrityError, sa.exc.ProgrammingError, sa.exc.DataError)
    is_lost = isinstance(error, sa.exc.DatabaseError) and not isinstance(error, of_the_statement)
    return StorageError(LOST, hint=LOST_HINT) if is_lost and not context.is_pre_ping else None


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
    cursor.execute(f"PRAGMA busy_timeout={1000 * WAITS_S}")
    _use_write_ahead_log(cursor)
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _use_write_ahead_log(cursor: sqlite3.Cursor) -> None:
    """Turn the log on; the first time, SQLite refuses at once while another program does so."""
    until_s = time.monotonic() + WAITS_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > until_s:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: sa.Connection) -> None:
    # SQLite refuses at once, without waiting, to let a reader become a writer while another
    # program writes; whoever will write after reading says so from the start.
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _revision(engine: Engine) -> str | None:
    """Read the revision without loading the migration library: most starts need no migration."""
    with engine.connect() as connection:
        return read_revision(connection)


def read_revision(connection: sa.Connection) -> str | None:
    """Read which migration the tables were left at, ``None`` when there are none."""
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

    A SQLite file that holds something is copied first, and the copy kept beside it.

    Raises
    ------
    StorageError
        A newer program has changed the database, or it cannot be copied first.
    """
    from alembic import command
    from alembic.config import Config

    check_revision(found)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _migrating(engine) as connection:
        # Another program may have been quicker while this one waited for the lock; then this one
        # finds nothing to do, and must not keep a copy of the new database under the old number.
        if found is not None and read_revision(connection) == found and _is_file(engine):
            _keep_copy(Path(str(engine.url.database)), found)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_revision(found: str | None) -> None:
    """Make sure that this program knows a database of revision ``found`` (``None``: no tables).

    Raises
    ------
    StorageError
        A newer program has made it.
    """
    if found in (None, HEAD):
        return
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found not in known:
        raise StorageError(
            f"the data folder was written by a newer Sidestep (database step {found}, "
            f"this program knows up to {HEAD})",
            hint="Update Sidestep, or choose another --home.",
        )


@contextmanager
def _migrating(engine: Engine) -> Iterator[sa.Connection]:
    """Lend a connection on which tables can be made anew without losing the rows that name them.

    SQLite changes a column by copying its table and dropping the old one. With foreign keys on,
    dropping deletes every row that refers to it, and they can be turned off only before a
    transaction begins.
    """
    with engine.execution_options(is_writing=True).connect() as connection:
        if engine.dialect.name == "sqlite":
            driver: sqlite3.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            yield connection
            if engine.dialect.name == "sqlite":
                _check_references(connection)


def _check_references(connection: sa.Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise StorageError(
            f"{len(broken)} rows would refer to nothing after the update, the first in the "
            f"table {broken[0][0]}; nothing was changed",
            hint="Go back to the version of Sidestep before, and report this.",
        )


def _keep_copy(database: Path, revision: str) -> None:
    try:
        copy_before_update(database, revision)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            f"{database} must be brought up to date and cannot be copied first: {error}; "
            "nothing was changed",
            hint="Check that the folder can be written and has room for the file once more.",
        ) from error


def _is_file(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:")
