"""Worker processes give every item's reading back once, in order, even when a file kills one."""

import hashlib
from pathlib import Path

import pytest

from fakes.poison import die_on_poison
from sidestep.batch import ingest_pool
from sidestep.batch.ingest_pool import WORTH_A_POOL, IngestPool
from sidestep.bootstrap.settings import Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.activity.steps import StepEstimate
from sidestep.services.ports import FailedItem, FileItem, ImportItem

ESTIMATE = StepEstimate(steps_per_km=900.0)


def make_settings(home: Path) -> Settings:
    return Settings(home=home, database_url=f"sqlite:///{home / 'sidestep.sqlite'}")


def make_item(folder: Path, name: str) -> FileItem:
    """A file that is not there: every reader has an outcome for it."""
    return FileItem(shown_as=name, container=folder / "nowhere.fit", member=None)


@pytest.mark.parametrize("workers", [None, 1, 2])
@pytest.mark.parametrize("number", [0, WORTH_A_POOL - 1, WORTH_A_POOL + 30])
def test_every_item_comes_back_once_and_in_order(
    tmp_path: Path, number: int, workers: int | None
) -> None:
    items = [make_item(tmp_path, f"item {n}") for n in range(number)]

    readings = list(IngestPool(make_settings(tmp_path), ESTIMATE, workers)(iter(items), {}))

    assert [reading.shown_as for reading in readings] == [item.shown_as for item in items]


def test_a_file_that_kills_its_worker_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_pool, "_ingest", die_on_poison)
    items = [make_item(tmp_path, f"item {n}") for n in range(20)]
    items[5] = make_item(tmp_path, "poison")

    readings = list(IngestPool(make_settings(tmp_path), ESTIMATE, workers=2)(iter(items), {}))

    assert [reading.shown_as for reading in readings] == [item.shown_as for item in items]
    assert [reading.outcome for reading in readings].count("failed") == 1
    assert "crashed" in readings[5].detail


def test_what_is_known_is_told_without_making_ready_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(IngestPool, "_start", never)
    monkeypatch.setattr(Wiring, "file_ingester", never)
    items: list[ImportItem] = []
    known = {}
    for number in range(WORTH_A_POOL + 20):
        path = tmp_path / f"{number}.fit"
        path.write_bytes(str(number).encode())
        known[hashlib.sha256(path.read_bytes()).hexdigest()] = "imported"
        items.append(FileItem(shown_as=path.name, container=path, member=None))
    items.append(FailedItem(shown_as="broken.zip", reason="cut short"))

    pool = IngestPool(make_settings(tmp_path), ESTIMATE)
    outcomes = [reading.outcome for reading in pool(iter(items), known)]

    assert outcomes == ["known"] * (WORTH_A_POOL + 20) + ["failed"]


def test_something_new_among_the_known_is_read(tmp_path: Path) -> None:
    (tmp_path / "known.fit").write_bytes(b"known")
    (tmp_path / "new.fit").write_bytes(b"new, and no activity")
    known = {hashlib.sha256(b"known").hexdigest(): "imported"}
    items = [
        FileItem(shown_as=name, container=tmp_path / name, member=None)
        for name in ("known.fit", "new.fit", "known.fit")
    ]

    readings = list(IngestPool(make_settings(tmp_path), ESTIMATE)(iter(items), known))

    assert [reading.outcome for reading in readings] == ["known", "failed", "known"]
