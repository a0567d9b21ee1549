"""What the machine tells of itself."""

import sys

import pytest

from sidestep.adapters.system.machine import look_at_machine


def test_the_python_that_runs_is_named() -> None:
    assert look_at_machine().python == sys.version_info[:3]


@pytest.mark.parametrize(
    "zone", ["", "Europe/Berlin", ":Europe/Berlin", "UTC", "CET-1CEST,M3.5.0,M10.5.0/3", "<+03>-3"]
)
def test_a_zone_that_is_known_is_nothing_to_tell(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert look_at_machine().unknown_zone == ""


@pytest.mark.parametrize("zone", ["Mars/Base", "Berlin", "../etc/passwd"])
def test_a_zone_that_is_not_known_is_named(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    assert look_at_machine().unknown_zone == zone
