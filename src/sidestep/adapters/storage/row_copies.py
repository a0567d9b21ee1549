"""Copies all rows of one database into another, of whatever kind both are; for backups only."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.tables import metadata, source_file

ROWS_AT_ONCE = 500


def copy_rows(source: Engine, target: Connection) -> None:
    """Copy every row of every owner, as all stood at one moment, into tables that are empty."""
    options: dict[str, object] = {"stream_results": True}
    if source.dialect.name == "postgresql":
        # Otherwise each table would be read as it stands when its turn comes.
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with source.connect().execution_options(**options) as reading:
        for table in metadata.sorted_tables:
            rows = reading.execute(sa.select(table)).mappings()
            for some in rows.partitions(ROWS_AT_ONCE):
                target.execute(sa.insert(table), [dict(row) for row in some])


def holds_rows(connection: Connection) -> bool:
    """Tell whether anything is in any table."""
    tables = metadata.sorted_tables
    return any(connection.execute(sa.select(table).limit(1)).first() for table in tables)


def count_originals(url: str) -> int:
    """Count the originals that rows name, without making or changing any table."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table(source_file.name):
                return 0
            counted = sa.select(sa.func.count()).select_from(source_file)
            return connection.scalar(counted) or 0
    finally:
        engine.dispose()


@contextmanager
def writing_to(url: str) -> Iterator[Connection]:
    """Lend a transaction in a database; it is kept when the block ends without an error."""
    with opened(url) as engine, engine.execution_options(is_writing=True).begin() as connection:
        yield connection


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Lend a database that is up to date."""
    engine = open_database(url)
    try:
        yield engine
    finally:
        engine.dispose()
