"""Copies all rows of one database into another, of whatever kind both are; for backups only."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from sidestep.adapters.storage.tables import metadata

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
