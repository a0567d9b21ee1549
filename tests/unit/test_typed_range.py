"""A range of her own as people type it."""

import pytest

from sidestep.domain.planning.run_session import RunTarget, TargetKind
from sidestep.errors import InputError
from sidestep.languages.distances import KM, MILES
from sidestep.web.typed_range import typed_range


@pytest.mark.parametrize("typed", [("120", "145"), ("145", " 120 ")])
def test_two_heart_rates_are_a_range_in_either_order(typed: tuple[str, str]) -> None:
    beats = RunTarget(kind=TargetKind.HEART_RATE, low=120, high=145)
    assert typed_range(*typed, KM) == beats == typed_range(*typed, MILES)


@pytest.mark.parametrize("typed", [("6:30", "7:30"), ("7,30", "6.30")])
def test_two_paces_are_a_range_however_they_are_written(typed: tuple[str, str]) -> None:
    assert typed_range(*typed, KM) == RunTarget(kind=TargetKind.PACE, low=390, high=450)


def test_paces_for_a_mile_are_held_for_a_kilometre() -> None:
    assert typed_range("10:30", "12:00", MILES) == RunTarget(
        kind=TargetKind.PACE, low=391, high=447
    )


def test_without_anything_typed_there_is_no_range() -> None:
    assert typed_range("", "  ", KM) is None


@pytest.mark.parametrize(
    "typed",
    [
        ("120", ""), ("", "145"), ("120", "120"), ("12", "300"), ("12", "1450"), ("6:30", "145"),
        ("6:30", "6:30"), ("6:70", "7:30"), ("0:10", "0:20"), ("easy", "x"),
    ],
)  # fmt: skip
def test_what_is_no_range_is_refused(typed: tuple[str, str]) -> None:
    with pytest.raises(InputError):
        typed_range(*typed, KM)
