"""A database of an older Sidestep is copied, then brought up to date without losing a row."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from builders.summaries import make_row, make_run, make_source
from sidestep.adapters.storage import database, sqlite_files
from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.export import FolderExporter
from sidestep.adapters.storage.originals import OriginalFolder
from sidestep.adapters.storage.revision import HEAD
from sidestep.adapters.storage.sqlite_files import copies_before_update, problems_in, revision_of
from sidestep.adapters.storage.store import SqlStore
from sidestep.adapters.storage.streams import ParquetStreams
from sidestep.errors import StorageError
from sidestep.services.ports import SourceEntry, SourceLink

CHANGES_A_COLUMN = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{new}", "{old}", None, None


def upgrade() -> None:
    # Both ways in which a table changes: a column more, and a table made anew.
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("note_{new}", sa.Text, nullable=True))
    with op.batch_alter_table("activity", recreate="always") as table:
        table.alter_column("steps_source", type_=sa.String(64), existing_type=sa.String(32))
    {then}
"""


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A database of today's Sidestep with an activity and the file it rests on."""
    path = tmp_path / "home" / "sidestep.sqlite"
    engine = open_database(f"sqlite:///{path}")
    link = SourceLink(activity_id="run", part=0, richness=10)
    entry = SourceEntry(source=make_source(), new=(make_row(make_run(id="run")),), links=(link,))
    SqlStore(engine, "me").apply([entry])
    engine.dispose()
    return path


@pytest.fixture
def update_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Update":
    return Update(tmp_path / "migrations", monkeypatch)


class Update:
    """Makes this program a newer one, by a migration that no release has."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        shutil.copytree(database.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        self._folder, self._patch = folder, patch

    def __call__(self, new: str, *, old: str, then: str = "") -> None:
        script = CHANGES_A_COLUMN.format(new=new, old=old, then=then)
        (self._folder / "versions" / f"{new}_artificial.py").write_text(script, encoding="utf-8")
        self._patch.setattr(database, "MIGRATIONS", self._folder)
        self._patch.setattr(database, "HEAD", new)


def sources_of_the_run(path: Path) -> list[tuple[str, ...]]:
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.NullPool)
    found = [activity.sources for activity in SqlStore(engine, "me").activities()]
    engine.dispose()
    return found


def open_and_close(path: Path) -> None:
    open_database(f"sqlite:///{path}").dispose()


def test_the_database_is_copied_and_then_updated(old_file: Path, update_to: Update) -> None:
    update_to("0999", old=HEAD)

    open_and_close(old_file)

    (copy,) = copies_before_update(old_file)
    assert copy.name.startswith(f"sidestep-before-update-{HEAD}-")
    assert (revision_of(copy), revision_of(old_file)) == (HEAD, "0999")
    assert sources_of_the_run(copy) == sources_of_the_run(old_file) == [("a" * 64,)]
    assert [*problems_in(copy), *problems_in(old_file)] == []


def test_making_a_table_anew_keeps_the_rows_that_refer_to_it(
    old_file: Path, update_to: Update
) -> None:
    update_to("0999", old=HEAD)
    open_and_close(old_file)
    with closing(sqlite3.connect(old_file)) as connection:
        assert connection.execute("SELECT count(*) FROM activity_source").fetchone() == (1,)


def test_an_update_that_fails_changes_nothing_and_leaves_the_copy(
    old_file: Path, update_to: Update
) -> None:
    update_to("0999", old=HEAD, then="raise RuntimeError('half way')")

    with pytest.raises(RuntimeError, match="half way"):
        open_and_close(old_file)

    assert revision_of(old_file) == HEAD
    assert sources_of_the_run(old_file) == [("a" * 64,)]
    assert len(copies_before_update(old_file)) == 1


def test_an_update_that_would_orphan_rows_is_undone(old_file: Path, update_to: Update) -> None:
    update_to("0999", old=HEAD, then="op.execute('DELETE FROM activity')")

    with pytest.raises(StorageError, match="1 rows would refer to nothing"):
        open_and_close(old_file)

    assert revision_of(old_file) == HEAD
    assert sources_of_the_run(old_file) == [("a" * 64,)]


def test_what_cannot_be_copied_is_not_updated(
    old_file: Path, update_to: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite_files, "write_atomically", no_room)
    update_to("0999", old=HEAD)

    with pytest.raises(StorageError, match="No space left on device; nothing was changed"):
        open_and_close(old_file)
    assert revision_of(old_file) == HEAD


def test_programs_that_open_an_old_database_at_once_update_it_once(
    old_file: Path, update_to: Update
) -> None:
    update_to("0999", old=HEAD)
    with ThreadPoolExecutor(4) as programs:
        list(programs.map(open_and_close, [old_file] * 4))
    assert revision_of(old_file) == "0999"
    assert len(copies_before_update(old_file)) == 1


def test_only_the_last_few_copies_are_kept(old_file: Path, update_to: Update) -> None:
    steps = [HEAD, "0995", "0996", "0997", "0998", "0999"]
    for old, new in pairwise(steps):
        update_to(new, old=old)
        open_and_close(old_file)
    kept = [revision_of(copy) for copy in copies_before_update(old_file)]
    assert kept == steps[-1 - sqlite_files.KEPT_COPIES : -1]


def test_erasing_takes_the_copies_too(old_file: Path, update_to: Update) -> None:
    update_to("0999", old=HEAD)
    engine = open_database(f"sqlite:///{old_file}")
    home = old_file.parent
    originals, streams = OriginalFolder(home / "originals"), ParquetStreams(home / "streams")

    FolderExporter(home, SqlStore(engine, "me"), originals, streams).erase()

    engine.dispose()
    assert copies_before_update(old_file) == []
