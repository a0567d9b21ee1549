"""A clip is watched before the database's library is loaded, unless opening it would fail."""

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


def test_an_empty_folder_gets_its_tables_before_the_work(tmp_path: Path) -> None:
    wiring = Wiring(load_settings(tmp_path))
    wiring.store_for_later()
    assert "store" in vars(wiring)


def test_what_is_no_database_is_found_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "sidestep.sqlite").write_bytes(b"no database, but long enough to look like one" * 9)
    with pytest.raises(StorageError):
        Wiring(load_settings(tmp_path)).store_for_later()
