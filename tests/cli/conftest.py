"""A command line with the shipped knowledge and a store in memory, on a day that stands still."""

from pathlib import Path

import pytest

from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.bootstrap.wiring import Wiring


@pytest.fixture
def memory_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> MemoryStore:
    """Return the store that every command of this test uses."""
    store = MemoryStore()
    monkeypatch.setattr(Wiring, "store", store)
    monkeypatch.setattr(Wiring, "knowledge", shipped_knowledge())
    monkeypatch.setenv("SIDESTEP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SIDESTEP_TODAY", "2026-11-22")
    monkeypatch.setenv("COLUMNS", "80")
    return store
