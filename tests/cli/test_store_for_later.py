"""A clip is watched before the database's library is loaded, unless opening it would fail."""

import os
import stat
from pathlib import Path

import pytest

from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.errors import StorageError


def test_a_store_that_will_open_is_opened_only_when_it_is_asked_for(tmp_path: Path) -> None:
    assert Wiring(load_settings(tmp_path)).store.version() == 0
    wiring = Wiring(load_settings(tmp_path))
    open_store = wiring.store_for_later()
    assert "store" not in vars(wiring)
    assert open_store() is wiring.store


def test_a_new_folder_is_made_before_the_work_and_gets_its_tables_after_it(tmp_path: Path) -> None:
    home = tmp_path / "mine" / "sidestep"
    wiring = Wiring(load_settings(home))
    open_store = wiring.store_for_later()
    assert home.is_dir()
    assert stat.S_IMODE(home.stat().st_mode) == (0o700 if os.name == "posix" else 0o777)
    assert "store" not in vars(wiring)
    assert open_store().version() == 0


def test_a_folder_that_cannot_be_made_is_found_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("a file")
    with pytest.raises(StorageError):
        Wiring(load_settings(tmp_path / "mine" / "sidestep")).store_for_later()


def test_what_is_no_database_is_found_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "sidestep.sqlite").write_bytes(b"no database, but long enough to look like one" * 9)
    with pytest.raises(StorageError):
        Wiring(load_settings(tmp_path)).store_for_later()
