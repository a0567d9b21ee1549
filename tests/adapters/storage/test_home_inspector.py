"""What an examination sees of a data folder: every owner's, and nothing is changed by looking."""

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from builders.clip_results import kept_run
from builders.homes import contents, fill_home, write
from sidestep.adapters.storage.file_lock import hold_lock
from sidestep.adapters.storage.home_inspector import LONGEST_WORK_S, HomeInspection
from sidestep.adapters.storage.revision import HEAD
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.errors import StorageError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill_home(tmp_path / "home", runs=2, owners=["me", "you"])
    return tmp_path / "home"


def inspect(home: Path, url: str = "") -> HomeInspection:
    return HomeInspection(home=home, database_url=url or f"sqlite:///{home / 'sidestep.sqlite'}")


def test_a_sound_folder_is_seen_as_it_is_and_left_as_it_was(home: Path) -> None:
    before = contents(home), sorted(home.iterdir())
    seen = inspect(home)
    folder, database = seen.folder(), seen.database()
    originals, streams = seen.originals(), seen.streams()
    assert (folder.is_there, folder.is_writable, folder.others_may) == (True, True, False)
    assert (database.revision, database.problems, database.is_known) == (HEAD, (), True)
    assert (originals.named, originals.missing, originals.changed) == (4, (), ())
    assert (streams.named, streams.missing, streams.changed) == (4, (), ())
    assert seen.leftovers() == ()
    assert seen.newest_instant() is not None
    assert (contents(home), sorted(home.iterdir())) == before


def test_looking_at_nothing_makes_nothing(tmp_path: Path) -> None:
    seen = inspect(tmp_path / "a" / "home")
    assert not seen.folder().is_there
    assert seen.folder().is_writable
    assert not seen.database().is_there
    assert seen.originals().named == seen.streams().named == 0
    assert seen.leftovers() == ()
    assert seen.newest_instant() is None
    assert list(tmp_path.iterdir()) == []


def test_originals_of_every_owner_that_are_missing_or_changed_are_named(home: Path) -> None:
    first, second, *_ = sorted((home / "originals").rglob("*.fit"))
    first.unlink()
    second.write_bytes(b"something else")
    found = inspect(home).originals()
    assert (found.missing, found.changed) == ((first.stem,), (second.stem,))


def test_samples_that_are_missing_or_cut_short_are_named(home: Path) -> None:
    first, second, *_ = sorted((home / "streams").rglob("*.parquet"))
    first.unlink()
    second.write_bytes(b"PAR1half")
    found = inspect(home).streams()
    assert (found.missing, found.changed) == ((first.stem,), (second.stem,))


def test_a_damaged_database_and_one_that_refers_to_nothing_are_seen(home: Path) -> None:
    with closing(sqlite3.connect(home / "sidestep.sqlite")) as connection:
        connection.execute("DELETE FROM activity WHERE owner_id = 'you' AND id = 'run0'")
        connection.commit()
    assert "refers to a row of activity that is not there" in inspect(home).database().problems[0]
    (home / "sidestep.sqlite").write_bytes(b"something else entirely" * 1000)
    assert inspect(home).database().problems == ("file is not a database",)
    with pytest.raises(StorageError, match="the database cannot be read: file is not a database"):
        inspect(home).originals()


def test_a_newer_database_is_seen_and_not_touched(home: Path) -> None:
    with closing(sqlite3.connect(home / "sidestep.sqlite")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    found = inspect(home).database()
    assert (found.revision, found.is_known) == ("9999", False)


def never() -> None:
    pytest.fail("nobody else holds the lock")


def make_old(path: Path) -> None:
    then_s = time.time() - LONGEST_WORK_S - 60
    os.utime(path, (then_s, then_s))


def test_leftovers_are_told_from_work_under_way(home: Path, tmp_path: Path) -> None:
    write(home / "scratch" / "inner.zip", b"x")
    write(home / ".backing-up-1" / "rows.sqlite", b"x")
    write(home / "originals" / "ab" / ".old.part", b"x")
    write(home / "originals" / "ab" / ".new.part", b"x")
    (tmp_path / ".home-restoring-1").mkdir()
    (tmp_path / ".home-restoring-2").mkdir()
    make_old(home / "originals" / "ab" / ".old.part")
    make_old(tmp_path / ".home-restoring-1")

    left = {path.name for path in inspect(home).leftovers()}
    with hold_lock(home / "import.lock", never), hold_lock(home / "backup.lock", never):
        while_working = {path.name for path in inspect(home).leftovers()}

    assert while_working == {".old.part", ".home-restoring-1"}
    assert left == while_working | {"scratch", ".backing-up-1"}


def test_pictures_of_a_clip_that_was_killed_are_left_over_and_no_others(home: Path) -> None:
    for owner in ("", "people/anna/"):
        for place in ("killed", "working", "kept", "older"):
            write(home / f"{owner}clips" / place / "overlay.mp4", b"x")
        for place in ("killed", "working", "kept"):
            write(home / f"{owner}clips" / f"{place}.lock", b"")
    keep_clip(home, "kept/overlay.mp4")
    with hold_lock(home / "clips/working.lock", never):
        left = inspect(home).leftovers()
    assert {str(path.relative_to(home)) for path in left} == {
        "clips/killed", "people/anna/clips/killed", "people/anna/clips/working"
    }  # fmt: skip


def keep_clip(home: Path, picture: str) -> None:
    clip = replace(kept_run(), content={**kept_run().content, "pictures": {"overlay": picture}})
    Wiring(load_settings(home)).store.save_document(clip)


@pytest.mark.skipif(os.name != "posix", reason="rights of others are a matter of POSIX")
def test_a_folder_that_others_may_look_into_is_seen(home: Path) -> None:
    home.chmod(0o750)
    assert inspect(home).folder().others_may


def test_rows_in_postgresql_are_held_against_the_files_too(
    postgres_url: str, tmp_path: Path
) -> None:
    engine = sa.create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    seen = inspect(tmp_path / "home", postgres_url)
    assert seen.originals().named == 0
    fill_home(tmp_path / "home", runs=1, database_url=postgres_url)
    (original,) = (tmp_path / "home" / "originals").rglob("*.fit")
    original.unlink()
    assert seen.originals().missing == (original.stem,)
    assert seen.database().revision == HEAD
    assert seen.newest_instant() is not None


def test_a_server_that_does_not_answer_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    nowhere = f"postgresql+psycopg://me@/nothing?host={tmp_path}"
    with pytest.raises(StorageError, match="the database cannot be read") as caught:
        inspect(tmp_path, nowhere).database()
    assert "SIDESTEP_DATABASE_URL" in caught.value.hint
