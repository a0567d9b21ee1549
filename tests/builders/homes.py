"""Data folders as a backup finds them, and what is in one, for comparing."""

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from builders.summaries import MONDAY, make_row, make_run, make_source
from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.home_backups import HomeBackups
from sidestep.adapters.storage.home_files import lasting_files
from sidestep.adapters.storage.sqlite_files import is_sqlite
from sidestep.adapters.storage.store import SqlStore
from sidestep.services.ports import SourceEntry, SourceLink, StoredDocument

NOW = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
QUICK = 4
"""A work factor that no passphrase should have, so that tests need not wait."""


def backups_of(home: Path, database_url: str = "") -> HomeBackups:
    """What makes and restores backups of a folder."""
    own = home / "sidestep.sqlite"
    return HomeBackups(
        home=home,
        own_database=own,
        database_url=database_url or f"sqlite:///{own}",
        program_version="0.1.0",
        work_factor_log2=QUICK,
    )


def fill_home(
    home: Path, *, runs: int = 2, owners: Sequence[str] = ("me",), database_url: str = ""
) -> None:
    """Make a folder with runs, their originals and samples, and a document, for each owner."""
    engine = open_database(database_url or f"sqlite:///{home / 'sidestep.sqlite'}")
    for owner in owners:
        store = SqlStore(engine, owner)
        for number in range(runs):
            content = f"{owner}'s run {number}".encode()
            sha256 = hashlib.sha256(content).hexdigest()
            write(home / "originals" / sha256[:2] / f"{sha256}.fit", content)
            write(home / "streams" / sha256[:2] / f"{sha256}-0.parquet", b"PAR1samplesPAR1")
            row = replace(make_row(make_run(number, id=f"run{number}")), stream_key=f"{sha256}-0")
            link = SourceLink(activity_id=f"run{number}", part=0, richness=10)
            entry = SourceEntry(source=make_source(sha256), new=(row,), links=(link,))
            store.apply([entry])
        store.save_document(
            StoredDocument(
                id="d" * 32,
                kind="knee_check",
                made_at=MONDAY,
                program_version="0.1.0",
                knowledge_version="k",
                content={"who": owner},
            )
        )
    engine.dispose()


def write(path: Path, content: bytes) -> None:
    """Write a file and the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def contents(home: Path) -> Mapping[str, object]:
    """Every lasting file by its place: what it holds, of a database its rows."""
    return {
        path.relative_to(home).as_posix(): rows_in(path) if is_sqlite(path) else path.read_bytes()
        for path in lasting_files(home)
    }


def rows_in(database: Path) -> list[str]:
    """A database as the statements that make it."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def missing_from(home: Path) -> list[str]:
    """What rows name that is not in the folder, or not as it should be."""
    missing = []
    with closing(sqlite3.connect(home / "sidestep.sqlite")) as connection:
        for (sha256,) in connection.execute("SELECT sha256 FROM source_file"):
            found = list((home / "originals" / sha256[:2]).glob(f"{sha256}.*"))
            if [hashlib.sha256(path.read_bytes()).hexdigest() for path in found] != [sha256]:
                missing.append(sha256)
        kept = "SELECT stream_key FROM activity WHERE stream_key IS NOT NULL"
        for (key,) in connection.execute(kept):
            if not (home / "streams" / key[:2] / f"{key}.parquet").is_file():
                missing.append(key)
    return missing
