"""What every table has, and a new data folder opened by several programs at the same time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa

from sidestep.adapters.storage import tables
from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.revision import HEAD

AT_ONCE = 6


def _open_and_count(url: str) -> tuple[str | None, int]:
    engine = open_database(url)
    with engine.connect() as connection:
        version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        rows = connection.scalar(sa.text("SELECT count(*) FROM alembic_version"))
    engine.dispose()
    return version, rows or 0


def test_every_row_says_whose_it_is() -> None:
    owners = {table.name: table.c.get("owner_id") for table in tables.metadata.tables.values()}
    nobodys = {name for name, owner in owners.items() if owner is None or owner.nullable}
    assert nobodys == {"draft"}, "answers on their way may be a visitor's"


def test_programs_that_open_a_new_folder_at_once_all_find_its_tables(tmp_path: Path) -> None:
    for attempt in range(5):
        url = f"sqlite:///{tmp_path / str(attempt) / 'sidestep.sqlite'}"
        with ThreadPoolExecutor(AT_ONCE) as programs:
            found = list(programs.map(_open_and_count, [url] * AT_ONCE))
        assert found == [(HEAD, 1)] * AT_ONCE
