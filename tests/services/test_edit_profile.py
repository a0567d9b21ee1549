"""The profile service over records held in memory."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from fakes.stores import MemoryStore
from sidestep.domain.planning.request import RunnerProfile
from sidestep.errors import AnswersError
from sidestep.services.ports import Clock, Knowledge
from sidestep.services.week.edit_profile import (
    change_profile,
    known_profile,
    profile_document,
    read_profile,
    weekday_of,
)

CLOCK = cast(
    "Clock",
    SimpleNamespace(now=lambda: datetime(2026, 6, 28, tzinfo=UTC), today=lambda: date(2026, 6, 28)),
)
KNOWLEDGE = cast("Knowledge", SimpleNamespace(version="test"))


def change(store: MemoryStore, **changes: Any) -> RunnerProfile:
    return change_profile(changes, store=store, knowledge=KNOWLEDGE, clock=CLOCK)


def test_nothing_told_is_an_empty_profile() -> None:
    assert known_profile(MemoryStore()) == RunnerProfile()


def test_a_goal_needs_a_day_to_come_and_one_that_has_passed_stays_until_it_is_changed() -> None:
    store = MemoryStore()
    with pytest.raises(AnswersError, match="goal: 2026-06-27 is over"):
        change(store, goal={"distance_km": 10.0, "on": "2026-06-27"})
    assert known_profile(store).goal is None
    goal = {"distance_km": 10.0, "on": "2026-06-28"}
    change(store, goal=goal)
    later = cast("Clock", SimpleNamespace(now=CLOCK.now, today=lambda: date(2026, 7, 1)))
    change_profile({"goal": goal, "minutes": "30"}, store=store, knowledge=KNOWLEDGE, clock=later)
    assert profile_document(known_profile(store))["goal"] == goal


def test_what_is_told_is_kept_and_what_is_not_named_stays() -> None:
    store = MemoryStore()
    change(store, not_on=["tue", "Thursday"], minutes="30", minutes_on={"sat": "60"})
    profile = change(store, equipment=["band", "slide board"], long_run_on="sun")
    assert profile == known_profile(store)
    assert profile.not_on == {1, 3}
    assert profile.minutes_for(5) == 60
    assert profile.minutes_for(0) == 30
    assert profile.equipment == {"band", "slide_board"}
    assert profile.long_run_on == 6


def test_a_profile_survives_its_document() -> None:
    profile = RunnerProfile(
        not_on=frozenset({0}),
        minutes=20,
        minutes_on={6: 90},
        equipment=frozenset({"step"}),
        running_days_max=3,
        long_run_on=6,
        body_mass_kg=70.0,
        height_cm=172.0,
    )
    assert read_profile(profile_document(profile)) == profile


def test_the_load_analysis_finds_body_mass_and_height_among_the_answers() -> None:
    store = MemoryStore()
    change(store, body_mass_kg="70", height_cm="172")
    document = store.latest_document("profile")
    assert document is not None
    assert document.content["answers"]["body_mass_kg"] == 70.0


def test_a_value_can_be_taken_back() -> None:
    store = MemoryStore()
    change(store, minutes=30)
    assert change(store, minutes=None).minutes is None


def test_the_newer_of_two_contradicting_answers_wins() -> None:
    store = MemoryStore()
    change(store, long_run_on="sun")
    assert change(store, not_on=["sun"]).long_run_on is None
    assert change(store, long_run_on="sun").not_on == frozenset()


def test_two_contradicting_answers_at_once_are_refused() -> None:
    with pytest.raises(AnswersError, match="sun is both"):
        change(MemoryStore(), not_on=["sun"], long_run_on="sun")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"not_on": ["someday"]}, "someday"),
        ({"minutes": "soon"}, "soon"),
        ({"minutes": -5}, "-5"),
        ({"minutes_on": {"sat": 1000}}, "1000"),
        ({"equipment": ["trampoline"]}, "trampoline"),
        ({"running_days_max": 7}, "7"),
        ({"body_mass_kg": "7000"}, "7000"),
        ({"height_cm": "1.72"}, "1.72"),
        ({"body_mass_kg": "nan"}, "nan"),
    ],
)
def test_a_value_that_is_not_allowed_is_named_and_nothing_is_kept(
    changes: dict[str, Any], named: str
) -> None:
    store = MemoryStore()
    with pytest.raises(AnswersError, match=named):
        change(store, **changes)
    assert store.documents("profile") == []


def test_weekdays_are_known_by_their_first_letters() -> None:
    assert [weekday_of(word) for word in ("Mon", "sunday", " WED ")] == [0, 6, 2]
