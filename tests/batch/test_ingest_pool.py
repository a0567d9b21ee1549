"""Worker processes give every item's reading back once, in order, even when a file kills one."""

from pathlib import Path

import pytest

from fakes.poison import die_on_poison
from sidestep.batch import ingest_pool
from sidestep.batch.ingest_pool import WORTH_A_POOL, IngestPool
from sidestep.bootstrap.settings import Settings
from sidestep.domain.activity.steps import StepEstimate
from sidestep.services.ports import SkippedItem

ESTIMATE = StepEstimate(steps_per_km=900.0)


def make_settings(home: Path) -> Settings:
    return Settings(home=home, database_url=f"sqlite:///{home / 'sidestep.sqlite'}")


@pytest.mark.parametrize("workers", [None, 1, 2])
@pytest.mark.parametrize("number", [0, WORTH_A_POOL - 1, WORTH_A_POOL + 30])
def test_every_item_comes_back_once_and_in_order(
    tmp_path: Path, number: int, workers: int | None
) -> None:
    items = [SkippedItem(shown_as=f"item {n}", reason="") for n in range(number)]

    readings = list(IngestPool(make_settings(tmp_path), ESTIMATE, workers)(iter(items), {}))

    assert [reading.shown_as for reading in readings] == [item.shown_as for item in items]


def test_a_file_that_kills_its_worker_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_pool, "_ingest", die_on_poison)
    items = [SkippedItem(shown_as=f"item {n}", reason="") for n in range(20)]
    items[5] = SkippedItem(shown_as="poison", reason="")

    readings = list(IngestPool(make_settings(tmp_path), ESTIMATE, workers=2)(iter(items), {}))

    assert [reading.shown_as for reading in readings] == [item.shown_as for item in items]
    assert [reading.outcome for reading in readings].count("failed") == 1
    assert "crashed" in readings[5].detail
