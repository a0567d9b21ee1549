"""Local days follow the machine's zone, summer time included."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sidestep.adapters.system.local_zone import LocalZone


@pytest.fixture(autouse=True)
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("instant", "hours"),
    [
        (datetime(2026, 1, 15, 23, 30, tzinfo=UTC), 1),
        (datetime(2026, 7, 15, 22, 30, tzinfo=UTC), 2),
    ],
)
def test_winter_and_summer_have_their_own_offset(instant: datetime, hours: int) -> None:
    local = instant.astimezone(LocalZone())

    assert local.utcoffset() == timedelta(hours=hours)
    assert local.date() == instant.date() + timedelta(days=1)
    assert local == instant
