"""A backup gives the whole data folder back, or nothing at all."""

import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.homes import NOW, backups_of, contents, fill_home, missing_from, rows_in, write
from builders.job_homes import Server, settings_of
from sidestep.adapters.storage import home_backups, home_files
from sidestep.adapters.storage.backup_file import About, packing
from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.export import FolderExporter
from sidestep.adapters.storage.home_backups import HomeBackups
from sidestep.adapters.storage.home_files import lasting_files
from sidestep.adapters.storage.originals import OriginalFolder
from sidestep.adapters.storage.store import SqlStore
from sidestep.adapters.storage.streams import ParquetStreams
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.errors import BackupError, InputError, StorageError
from sidestep.services.ports.jobs import JobStatus

SECRET = "langsam laufen"  # noqa: S105

names = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=60)
places = st.lists(
    names.filter(lambda name: name not in (".", "..") and len(name.encode()) < 200),
    min_size=1,
    max_size=3,
).map("/".join)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill_home(tmp_path / "home")
    return tmp_path / "home"


def restored(path: Path, folder: Path, passphrase: str | None = None) -> Path:
    backups_of(folder).restore(path, passphrase)
    return folder


@given(
    files=st.dictionaries(places, st.binary(max_size=3000), max_size=6),
    runs=st.integers(0, 4),
    owners=st.lists(st.sampled_from(["me", "you", "them"]), unique=True, min_size=1),
    passphrase=st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_a_restored_folder_holds_what_the_folder_held(
    files: dict[str, bytes], runs: int, owners: list[str], passphrase: str | None
) -> None:
    with TemporaryDirectory() as folder:
        home, path, again = (Path(folder) / name for name in ("home", "backup", "again"))
        fill_home(home, runs=runs, owners=owners)
        for place, content in files.items():
            # One place may be a folder on the way to another.
            with suppress(FileExistsError, NotADirectoryError, IsADirectoryError):
                write(home / "clips" / place, content)
        made = backups_of(home).make(path, passphrase, now=NOW)

        read = backups_of(again).restore(path, passphrase)

        assert contents(again) == contents(home)
        assert made == read
        assert made.files == len(contents(home))


def test_a_backup_leaves_nothing_behind_in_the_folder(home: Path, tmp_path: Path) -> None:
    before = sorted(home.iterdir())
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    assert sorted(home.iterdir()) == sorted([*before, home / "backup.lock"])


def test_work_under_way_is_left_out(home: Path, tmp_path: Path) -> None:
    for name in (
        "scratch/inner.zip",
        "import.lock",
        "originals/ab/.x.part",
        ".backing-up-1/r",
        "jobs.sqlite",
        "jobs.sqlite-wal",
        "uploads/me/0123/0001.zip",
        "pages/me/0123.pdf",
    ):
        write(home / name, b"x")
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    again = restored(tmp_path / "b.tar", tmp_path / "again")
    assert sorted(path.name for path in again.iterdir()) == [
        "originals",
        "sidestep.sqlite",
        "streams",
    ]


def test_originals_on_another_disk_are_copied_through_the_link(home: Path, tmp_path: Path) -> None:
    (home / "originals").rename(tmp_path / "disk")
    (home / "originals").symlink_to(tmp_path / "disk")
    (home / "streams" / "round").symlink_to(home)
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    assert missing_from(restored(tmp_path / "b.tar", tmp_path / "again")) == []


def test_any_tar_opens_a_backup_that_is_not_encrypted(home: Path, tmp_path: Path) -> None:
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    with tarfile.open(tmp_path / "b.tar") as tar:
        tar.extractall(tmp_path / "out", filter="data")
    assert contents(tmp_path / "out/sidestep-backup/home") == contents(home)


def test_only_its_owner_may_read_a_backup_and_a_restored_folder(home: Path, tmp_path: Path) -> None:
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    again = restored(tmp_path / "b.tar", tmp_path / "again")
    assert (tmp_path / "b.tar").stat().st_mode & 0o777 == 0o600
    assert again.stat().st_mode & 0o777 == 0o700


def test_other_databases_in_the_folder_are_copied_with_their_logs(
    home: Path, tmp_path: Path
) -> None:
    other = sa.create_engine(f"sqlite:///{home / 'other.sqlite'}", poolclass=sa.StaticPool)
    with other.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("CREATE TABLE thing (id INTEGER)")
        connection.exec_driver_sql("INSERT INTO thing VALUES (7)")
        connection.commit()
        backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    other.dispose()
    again = restored(tmp_path / "b.tar", tmp_path / "again")
    assert any("VALUES(7)" in row for row in rows_in(again / "other.sqlite"))


def test_a_restored_folder_takes_up_no_work_that_was_asked_for_before(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(settings_of(home))
    job = server.start_import("me", "runs.zip", b"zip")
    server.close()
    # Backups were made with it once.
    for name, leaves_out in (("new", True), ("old", False)):
        with monkeypatch.context() as before:
            if not leaves_out:
                before.setattr(home_files, "_is_work", lambda path, home: False)
            backups_of(home).make(tmp_path / name, None, now=NOW)
        again = Server(settings_of(restored(tmp_path / name, tmp_path / f"{name} again")))
        assert again.wiring.jobs.state("me", job) is None
        assert again.wiring.jobs.jobs_of("me") == []
        assert again.uploads() == []
        again.close()
    assert Server(settings_of(home)).look("me", job).status is JobStatus.QUEUED


# What is refused, before anything can be seen


@pytest.fixture(scope="module", params=[None, SECRET], ids=["plain", "encrypted"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "Kept":
    folder = tmp_path_factory.mktemp("kept")
    fill_home(folder / "home", runs=1)
    backups_of(folder / "home").make(folder / "b", request.param, now=NOW)
    return Kept(folder, (folder / "b").read_bytes(), request.param)


class Kept:
    """One good backup, to be spoiled."""

    def __init__(self, folder: Path, content: bytes, passphrase: str | None) -> None:
        self.folder, self.content, self.passphrase = folder, content, passphrase

    def refuses(self, spoiled: bytes) -> None:
        path, home = self.folder / "spoiled", self.folder / "again"
        path.write_bytes(spoiled)
        with pytest.raises(BackupError) as caught:
            backups_of(home).restore(path, self.passphrase)
        assert caught.value.hint
        assert not home.exists()
        assert list(self.folder.glob(".again*")) == []


@given(data=st.data())
def test_a_backup_with_any_byte_changed_is_refused(kept: Kept, data: st.DataObject) -> None:
    size = len(kept.content)
    near_an_end = st.integers(0, 1100) | st.integers(size - 1100, size - 1)
    at = data.draw(near_an_end | st.integers(0, size - 1))
    spoiled = bytearray(kept.content)
    spoiled[at] ^= data.draw(st.integers(1, 255))
    kept.refuses(bytes(spoiled))


@given(data=st.data())
@settings(max_examples=30)
def test_a_backup_cut_short_or_made_longer_is_refused(kept: Kept, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(kept.content) - 1))
    kept.refuses(kept.content[:at])
    kept.refuses(kept.content + data.draw(st.binary(min_size=1, max_size=100)))
    kept.refuses(kept.content[:at] + kept.content)


def test_another_passphrase_or_none_is_refused(home: Path, tmp_path: Path) -> None:
    backups_of(home).make(tmp_path / "b.age", SECRET, now=NOW)
    with pytest.raises(BackupError, match="passphrase does not open"):
        restored(tmp_path / "b.age", tmp_path / "again", "schnell laufen")
    with pytest.raises(BackupError, match="no passphrase was given") as caught:
        restored(tmp_path / "b.age", tmp_path / "again")
    assert "--passphrase" in caught.value.hint
    assert not (tmp_path / "again").exists()


def test_a_plain_file_in_the_place_of_an_encrypted_one_is_refused(
    home: Path, tmp_path: Path
) -> None:
    backups_of(home).make(tmp_path / "b.age", None, now=NOW)
    with pytest.raises(BackupError, match="is not encrypted, but"):
        restored(tmp_path / "b.age", tmp_path / "again", SECRET)


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "photo.jpg", b"\xff\xd8" * 500)
    with pytest.raises(BackupError, match="is not a backup of Sidestep"):
        restored(tmp_path / "photo.jpg", tmp_path / "again")
    with pytest.raises(InputError, match="cannot be read: No such file"):
        restored(tmp_path / "nothing.tar", tmp_path / "again")
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        restored(tmp_path, tmp_path / "again")


def test_a_backup_of_a_newer_sidestep_is_refused(home: Path, tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{home / 'sidestep.sqlite'}")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    newer = replace(backups_of(home), program_version="7.0")
    newer.make(tmp_path / "b.tar", None, now=NOW)
    with pytest.raises(BackupError, match=r"newer Sidestep, 7\.0 .* step 9999") as caught:
        restored(tmp_path / "b.tar", tmp_path / "again")
    assert "Update Sidestep" in caught.value.hint
    assert not (tmp_path / "again").exists()


ABOUT = About(format=1, made_at=NOW.isoformat(), program_version="0.1.0", database_revision=None)


def made_by_hand(path: Path, *names: str, about: About = ABOUT) -> Path:
    with (
        path.open("wb") as file,
        Path(__file__).open("rb") as source,
        packing(file, about, None) as packed,
    ):
        for name in names:
            packed.add(source, name, size_bytes=1, modified_at_s=0.0)
    return path


def test_a_file_of_a_newer_form_is_refused(tmp_path: Path) -> None:
    path = made_by_hand(tmp_path / "b.tar", about=replace(ABOUT, format=2, program_version="9"))
    with pytest.raises(BackupError, match="newer Sidestep, 9 "):
        restored(path, tmp_path / "again")


@pytest.mark.parametrize("name", ["../outside", "/outside", "a/../../outside", "a//b", ".", ""])
def test_a_backup_that_reaches_out_of_its_folder_is_refused(name: str, tmp_path: Path) -> None:
    path = made_by_hand(tmp_path / "b.tar", "inside", name)
    with pytest.raises(BackupError, match="no file of a data folder"):
        restored(path, tmp_path / "again")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.tar"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_pipes_in_a_backup_are_refused(
    kind: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(name: str) -> tarfile.TarInfo:
        member = plain(name)
        if "/home/" in name:
            member.type, member.linkname = kind, "/etc/passwd"
        return member

    plain = tarfile.TarInfo
    monkeypatch.setattr(tarfile, "TarInfo", odd)
    path = tmp_path / "b.tar"
    with path.open("wb") as file, packing(file, ABOUT, None) as packed:
        packed.add(file, "link", size_bytes=0, modified_at_s=0.0)
    monkeypatch.undo()
    with pytest.raises(BackupError, match="no file of a data folder"):
        restored(path, tmp_path / "again")


def test_a_folder_with_anything_in_it_is_left_alone(home: Path, tmp_path: Path) -> None:
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    write(tmp_path / "again" / "mine.txt", b"mine")
    with pytest.raises(InputError, match="is not empty"):
        restored(tmp_path / "b.tar", tmp_path / "again")
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["mine.txt"]


def test_an_empty_folder_takes_a_backup(home: Path, tmp_path: Path) -> None:
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    (tmp_path / "again").mkdir()
    assert contents(restored(tmp_path / "b.tar", tmp_path / "again")) == contents(home)


def test_a_disk_of_its_own_takes_a_backup(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    disk = tmp_path / "disk"
    (disk / "lost+found").mkdir(parents=True)
    number = disk.stat().st_ino
    monkeypatch.setattr(Path, "is_mount", lambda path: path == disk)

    restored(tmp_path / "b.tar", disk)

    assert contents(disk) == contents(home)
    assert disk.stat().st_ino == number
    assert {path.name for path in disk.iterdir()} == {
        *("lost+found", "originals", "sidestep.sqlite", "streams")
    }


def test_a_restore_into_a_disk_that_was_killed_at_the_end_is_finished_by_any_program(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == disk)
    rename = Path.rename

    def killed_at_the_database(path: Path, target: Path) -> Path:
        if target == disk / "sidestep.sqlite":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", killed_at_the_database)
    with pytest.raises(KeyboardInterrupt):
        restored(tmp_path / "b.tar", disk)
    monkeypatch.undo()
    assert (disk / ".restored" / "sidestep.sqlite").is_file()

    Wiring(load_settings(disk))

    assert contents(disk) == contents(home)
    assert not (disk / ".restored").exists()


def test_a_restore_into_a_disk_that_was_killed_before_is_begun_again(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    disk = tmp_path / "disk"
    write(disk / ".restoring-1" / "home" / "originals" / "half", b"x")
    monkeypatch.setattr(Path, "is_mount", lambda path: path == disk)
    assert contents(restored(tmp_path / "b.tar", disk)) == contents(home)
    assert list(disk.glob(".*")) == []


def test_a_backup_is_never_written_over_something_or_into_the_folder(
    home: Path, tmp_path: Path
) -> None:
    write(tmp_path / "b.tar", b"mine")
    backups = backups_of(home)
    with pytest.raises(InputError, match="is there already"):
        backups.make(tmp_path / "b.tar", None, now=NOW)
    with pytest.raises(InputError, match="inside the data folder"):
        backups.make(home / "b.tar", None, now=NOW)
    with pytest.raises(InputError, match="there is no folder"):
        backups.make(tmp_path / "nowhere" / "b.tar", None, now=NOW)
    assert (tmp_path / "b.tar").read_bytes() == b"mine"


def test_nothing_is_made_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to back up"):
        backups_of(tmp_path / "home").make(tmp_path / "b.tar", None, now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_not_taken_for_a_good_one(home: Path, tmp_path: Path) -> None:
    with (home / "sidestep.sqlite").open("rb+") as file:
        file.seek(4096)
        file.write(os.urandom(40_000))
    with pytest.raises(StorageError, match="is damaged") as caught:
        backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    assert "sidestep doctor" in caught.value.hint
    assert not (tmp_path / "b.tar").exists()


def test_erasing_in_the_middle_is_no_backup(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def erase_then(folder: Path) -> Iterator[Path]:
        found = list(lasting_files(folder))
        erase_all(f"sqlite:///{home / 'sidestep.sqlite'}", home)
        return iter(found)

    backups = backups_of(home)
    monkeypatch.setattr(HomeBackups, "_check_place", lambda *_, **__: None)
    monkeypatch.setattr(home_backups, "lasting_files", erase_then)
    with pytest.raises(StorageError, match="was erased while the backup was made"):
        backups.make(tmp_path / "b.tar", None, now=NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_a_file_that_is_taken_away_meanwhile_is_left_out(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home / "uploads" / "passing.zip", b"x")

    def take_away_then(folder: Path) -> Iterator[Path]:
        found = list(lasting_files(folder))
        (home / "uploads" / "passing.zip").unlink(missing_ok=True)
        return iter(found)

    monkeypatch.setattr(home_backups, "lasting_files", take_away_then)
    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    assert contents(restored(tmp_path / "b.tar", tmp_path / "again")) == contents(home)


def test_a_file_that_became_shorter_is_named(tmp_path: Path) -> None:
    write(tmp_path / "log.txt", b"short")
    with (
        pytest.raises(StorageError, match=r"log.txt became shorter .* 5 of 9 bytes"),
        (tmp_path / "log.txt").open("rb") as file,
        (tmp_path / "b.tar").open("wb") as sink,
        packing(sink, ABOUT, None) as packed,
    ):
        packed.add(file, "log.txt", size_bytes=9, modified_at_s=0.0)


class FullDisk(io.BytesIO):
    def write(self, data: Any, /) -> int:
        if self.tell() > 100_000:
            raise OSError(28, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("passphrase", [None, SECRET])
def test_a_full_disk_is_told_as_it_is(passphrase: str | None, tmp_path: Path) -> None:
    write(tmp_path / "big", bytes(1_000_000))
    with (
        pytest.raises(OSError, match="No space left on device"),
        (tmp_path / "big").open("rb") as file,
        packing(FullDisk(), ABOUT, passphrase, work_factor_log2=4) as packed,
    ):
        packed.add(file, "big", size_bytes=1_000_000, modified_at_s=0.0)


def test_a_full_disk_leaves_nothing_half_made(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    backups_of(home).make(tmp_path / "b.tar", None, now=NOW)
    monkeypatch.setattr(Path, "rename", no_room)
    with pytest.raises(StorageError, match="cannot be put in place: No space left on device"):
        restored(tmp_path / "b.tar", tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "home"]


# Rows that are elsewhere


def sorted_rows(database: Path) -> list[str]:
    return sorted(row for row in rows_in(database) if row.startswith("INSERT"))


@pytest.fixture
def postgres(postgres_url: str) -> str:
    engine = sa.create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return postgres_url


def test_rows_in_postgresql_are_backed_up_and_come_back_as_sqlite_or_postgresql(
    postgres: str, tmp_path: Path
) -> None:
    home, same = tmp_path / "home", tmp_path / "same"
    fill_home(home, owners=["me", "you"], database_url=postgres)
    fill_home(same, owners=["me", "you"])
    backups_of(home, postgres).make(tmp_path / "b.tar", None, now=NOW)

    as_sqlite = restored(tmp_path / "b.tar", tmp_path / "sqlite")
    assert sorted_rows(as_sqlite / "sidestep.sqlite") == sorted_rows(same / "sidestep.sqlite")
    assert missing_from(as_sqlite) == []

    with pytest.raises(InputError, match="holds rows already"):
        backups_of(tmp_path / "back", postgres).restore(tmp_path / "b.tar", None)
    assert not (tmp_path / "back").exists()

    erase_all(postgres, tmp_path)
    backups_of(tmp_path / "back", postgres).restore(tmp_path / "b.tar", None)
    backups_of(tmp_path / "back", postgres).make(tmp_path / "c.tar", None, now=NOW)
    again = restored(tmp_path / "c.tar", tmp_path / "again")
    assert sorted_rows(again / "sidestep.sqlite") == sorted_rows(same / "sidestep.sqlite")
    assert not (tmp_path / "back" / "sidestep.sqlite").exists()
    assert list(tmp_path.glob(".*-restoring-*")) == []


def erase_all(url: str, tmp_path: Path) -> None:
    engine = open_database(url)
    for owner in ("me", "you"):
        store = SqlStore(engine, owner)
        nowhere = tmp_path / "nowhere"
        FolderExporter(nowhere, store, OriginalFolder(nowhere), ParquetStreams(nowhere)).erase()
    engine.dispose()


def test_a_sqlite_file_elsewhere_is_backed_up_and_put_back_there(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "rows.sqlite"
    url = f"sqlite:///{elsewhere}"
    fill_home(tmp_path / "home", database_url=url)
    before = sorted_rows(elsewhere)
    backups_of(tmp_path / "home", url).make(tmp_path / "b.tar", None, now=NOW)
    elsewhere.unlink()

    backups_of(tmp_path / "again", url).restore(tmp_path / "b.tar", None)

    assert sorted_rows(elsewhere) == before
    assert not (tmp_path / "again" / "sidestep.sqlite").exists()
