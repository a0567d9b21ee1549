"""One store on SQLite, one on a real PostgreSQL that comes as a Python package."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from fakes.postgres import empty_database, postgres_url
from sidestep.adapters.storage.database import open_database

__all__ = ["engine", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty, migrated database of each kind."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'home' / 'sidestep.sqlite'}")
        yield engine
        engine.dispose()
        return
    url = request.getfixturevalue("postgres_url")
    empty_database(url)
    engine = open_database(url)
    yield engine
    engine.dispose()
