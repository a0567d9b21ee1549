"""Opens the queue's database and keeps what DBOS logs free of anybody's data.

What lies in the queue is not known here.
"""

import logging
import sqlite3
import time
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from sidestep.errors import StorageError

APPLICATION = "sidestep"

SCHEMA = "sidestep_jobs"
"""The queue's own schema in PostgreSQL; a file has no schemas."""

BUSY_MS = 30_000

KNOWS_SUBSECONDS = (3, 42)
"""The SQLite from which ``unixepoch('subsec')`` is known."""


def open_queue(url: str) -> Engine:
    """Open the queue's database, make or migrate its tables, and return its engine.

    Raises
    ------
    StorageError
        It cannot be opened.
    """
    from dbos import DBOS

    log_places_only()
    parsed = sa.make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    try:
        if is_sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Values in a message would be people's file names and results.
        engine = sa.create_engine(parsed, hide_parameters=True, pool_pre_ping=not is_sqlite)
        if is_sqlite:
            sa.event.listen(engine, "connect", _prepare_sqlite)
        with engine.connect():
            pass
        DBOS.migrate(parsed.render_as_string(hide_password=False), schema=SCHEMA)
    except (sa.exc.DatabaseError, OSError) as error:
        raise StorageError(
            f"the queue of jobs {parsed.render_as_string(hide_password=True)} cannot be opened: "
            f"{getattr(error, 'orig', error)}",
            hint="Check that the data folder can be written and the database can be reached.",
        ) from error
    return engine


def log_places_only() -> None:
    """Let DBOS log that something went wrong and where in it, never with which values."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s jobs: %(message)s"))
        # On the handler: DBOS puts filters of its own on the logger.
        handler.addFilter(_keep_the_place)
        logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.propagate = False


def _keep_the_place(record: logging.LogRecord) -> bool:
    error = record.exc_info[0] if record.exc_info else None
    is_cancelled = error is not None and "Cancelled" in error.__name__
    if is_cancelled or record.funcName == "adopt_recorded_outcome":
        return False  # A person stopped a job: nothing went wrong.
    named = f" ({error.__name__})" if error is not None else ""
    record.msg = f"{record.filename}:{record.lineno}{named}"
    record.args = record.exc_info = record.exc_text = record.stack_info = None
    return True


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # As DBOS prepares its own connections, and with a journal that lets pages read while a
    # worker writes.
    connection.isolation_level = "IMMEDIATE"
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    # From Python 3.12 on DBOS dates its rows by a word that older SQLites answer with NULL.
    if sqlite3.sqlite_version_info < KNOWS_SUBSECONDS:
        connection.create_function("unixepoch", 1, _unixepoch)


def _unixepoch(word: str) -> float:
    if word != "subsec":
        raise ValueError(f"unixepoch({word!r}) is not answered here, only unixepoch('subsec')")
    return time.time()
