"""Kept weeks follow the profile: a clinician's limit at once, all else while nothing is lived."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from builders.days_told import MONDAY, RULES, At, a_planned_week, told
from builders.runs import runs_on
from builders.summaries import make_row, make_source
from fakes.stores import MemoryStore
from sidestep.domain.planning.edits import MoveRun
from sidestep.domain.planning.week import BlockKind, DayKind, NoWeek
from sidestep.errors import AnswersError
from sidestep.services.ports import SourceEntry
from sidestep.services.week.edit_profile import WEEKDAY_IDS, known_profile
from sidestep.services.week.edit_week import edit_week
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.profile_and_weeks import change_profile_and_weeks
from sidestep.services.week.today_card import today_card
from sidestep.services.week.weeks_anew import newly_other_days, plan_rest_anew, rest_of_week


def say(store: MemoryStore, at: At, **limits: Any) -> None:
    changes = {"clinician": limits or None}
    change_profile_and_weeks(changes, store=store, knowledge=RULES, clock=at)


def run_days(store: MemoryStore) -> list[int]:
    week = kept_week_of(store, MONDAY)
    assert week is not None
    return [
        (day.date - MONDAY).days
        for day in days_of(week)
        if any(block.kind is BlockKind.RUN for block in day.blocks)
    ]


def test_the_kept_week_follows_at_once_and_its_past_days_stay() -> None:
    store, at, _ = a_planned_week()
    before = run_days(store)
    at.day = MONDAY + timedelta(days=before[1])
    until = MONDAY + timedelta(days=10)
    say(store, at, no_running_until=until.isoformat(), said_by="Somebody in a white coat")
    assert run_days(store) == before[:1]
    assert known_profile(store).clinician.since == at.day
    week = kept_week_of(store, MONDAY)
    assert "white coat" not in json.dumps(week)
    assert "no running until" in json.dumps(week)
    say(store, at)
    assert run_days(store) == before


def test_a_limit_taken_back_the_day_it_was_said_leaves_the_week_as_it_was() -> None:
    store, at, _ = a_planned_week()
    before = kept_week_of(store, MONDAY)
    at.day = MONDAY + timedelta(days=1)
    told(store, at, MONDAY, pain_now=3, ran=True, pain_on_run=4)
    say(store, at, no_running_until=(MONDAY + timedelta(days=10)).isoformat())
    assert kept_week_of(store, MONDAY) != before
    say(store, at)
    assert kept_week_of(store, MONDAY) == before


def test_a_limit_taken_back_on_a_later_day_has_the_rest_planned_anew() -> None:
    store, at, _ = a_planned_week()
    before = kept_week_of(store, MONDAY)
    at.day = MONDAY + timedelta(days=1)
    told(store, at, MONDAY, pain_now=3, ran=True, pain_on_run=4)
    say(store, at, no_running_until=(MONDAY + timedelta(days=10)).isoformat())
    at.day += timedelta(days=1)
    say(store, at)
    assert kept_week_of(store, MONDAY) != before


def test_a_limit_that_is_said_never_brings_back_a_week_without_it() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY + timedelta(days=1)
    for _ in range(2):
        say(store, at, no_running_until=(MONDAY + timedelta(days=10)).isoformat())
        assert (MONDAY + timedelta(days=1)).weekday() > max(run_days(store), default=-1)
        say(store, at, no_running_until=(MONDAY + timedelta(days=9)).isoformat())
        assert (MONDAY + timedelta(days=1)).weekday() > max(run_days(store), default=-1)


def test_what_is_said_again_keeps_its_day() -> None:
    store, at, _ = a_planned_week()
    say(store, at, longest_run_km=4)
    began = at.day
    at.day += timedelta(days=3)
    say(store, at, longest_run_km=4)
    assert known_profile(store).clinician.since == began


def test_pain_above_the_ceiling_is_a_day_of_rest() -> None:
    store, at, on = a_planned_week()
    say(store, at, pain_max=1)
    at.day = on[DayKind.OFF]
    told(store, at, at.day, pain_now=2)
    shown = today_card(store=store, knowledge=RULES, clock=at)
    assert shown.kind == "rest"
    assert shown.changes[0].why.rule == "clinician_pain_max"


def test_a_week_of_which_nothing_was_lived_follows_the_days_of_the_profile() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY
    before = run_days(store)
    not_on = {"not_on": [WEEKDAY_IDS[before[0]]]}
    change_profile_and_weeks(not_on, store=store, knowledge=RULES, clock=at)
    after = run_days(store)
    assert before[0] not in after
    at.day = MONDAY + timedelta(days=1)
    change_profile_and_weeks({"not_on": []}, store=store, knowledge=RULES, clock=at)
    assert run_days(store) == after, "a day of it is past"


def test_a_week_of_which_a_day_was_told_stays_as_it_was_planned() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY
    before = run_days(store)
    told(store, at, MONDAY, pain_now=1)
    not_on = {"not_on": [WEEKDAY_IDS[before[-1]]]}
    change_profile_and_weeks(not_on, store=store, knowledge=RULES, clock=at)
    assert run_days(store) == before


def test_the_rest_of_a_week_follows_when_she_asks_and_what_is_past_stays() -> None:
    store, at, _ = a_planned_week()
    pieces: dict[str, Any] = {"store": store, "knowledge": RULES, "clock": at}
    before = run_days(store)
    at.day = MONDAY + timedelta(days=before[0] + 1)
    assert rest_of_week(**pieces) is None, "nothing changed"

    not_on = {"not_on": [WEEKDAY_IDS[before[0]], WEEKDAY_IDS[before[-1]]]}
    change_profile_and_weeks(not_on, **pieces)
    assert run_days(store) == before
    rest = rest_of_week(**pieces)
    assert rest is not None
    assert MONDAY + timedelta(days=before[-1]) in rest.differs_on
    assert min(rest.differs_on) >= at.day

    plan_rest_anew(**pieces, week_starts=MONDAY)
    after = run_days(store)
    assert before[0] in after, "it was lived"
    assert before[-1] not in after
    assert newly_other_days(store, MONDAY) == rest.differs_on
    assert rest_of_week(**pieces) is None


def test_runs_that_come_in_later_are_offered_to_the_rest_of_the_week() -> None:
    store, at, _ = a_planned_week()
    pieces: dict[str, Any] = {"store": store, "knowledge": RULES, "clock": at}
    at.day = MONDAY + timedelta(days=1)
    for run in runs_on(range(4, 29, 3), 14.0):
        source = replace(make_source(f"later {run.id}"), imported_at=at.now())
        store.apply([SourceEntry(source=source, new=(make_row(replace(run, id=f"x{run.id}")),))])
    rest = rest_of_week(**pieces)
    assert rest is not None
    plan_rest_anew(**pieces, week_starts=MONDAY)
    assert rest_of_week(**pieces) is None


def test_a_day_that_is_told_does_not_ask_for_another_week() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY + timedelta(days=1)
    told(store, at, MONDAY, pain_now=5)
    assert rest_of_week(store=store, knowledge=RULES, clock=at) is None


def test_a_day_that_was_done_stays_when_the_rest_is_planned_anew() -> None:
    store, at, _ = a_planned_week()
    pieces: dict[str, Any] = {"store": store, "knowledge": RULES, "clock": at}
    before = run_days(store)
    at.day = MONDAY + timedelta(days=before[0])
    told(store, at, at.day, pain_now=1, same_place=True, ran=True, pain_on_run=1)
    change_profile_and_weeks({"not_on": [WEEKDAY_IDS[before[0]]]}, **pieces)
    plan_rest_anew(**pieces, week_starts=MONDAY)
    assert run_days(store)[0] == before[0]


def test_a_move_that_still_fits_stays_when_the_rest_is_planned_anew() -> None:
    store, at, _ = a_planned_week()
    pieces: dict[str, Any] = {"store": store, "knowledge": RULES, "clock": at}
    before = run_days(store)
    at.day = MONDAY + timedelta(days=before[0] + 1)
    days = [MONDAY + timedelta(days=each) for each in range(before[0] + 1, 7)]
    free = [day for day in days if (day - MONDAY).days not in before]
    last = MONDAY + timedelta(days=before[-1])
    moved = next(
        to
        for to in free
        if edit_week(MoveRun(on=last, to=to), **pieces, week_starts=MONDAY).is_kept
    )
    change_profile_and_weeks({"equipment": ["band"]}, **pieces)
    plan_rest_anew(**pieces, week_starts=MONDAY)
    assert (moved - MONDAY).days in run_days(store)
    assert before[-1] not in run_days(store)


def test_where_no_rest_fits_the_week_stays_as_it_was() -> None:
    store, at, _ = a_planned_week()
    pieces: dict[str, Any] = {"store": store, "knowledge": RULES, "clock": at}
    before = run_days(store)
    at.day = MONDAY + timedelta(days=before[0] + 1)
    change_profile_and_weeks({"not_on": list(WEEKDAY_IDS)}, **pieces)
    assert rest_of_week(**pieces) is None
    assert isinstance(plan_rest_anew(**pieces, week_starts=MONDAY), NoWeek)
    assert run_days(store) == before


@pytest.mark.parametrize(
    "limits",
    [
        {"no_running_until": "soon"},
        {"longest_run_km": 0},
        {"longest_run_min": "long"},
        {"running_days_max": 7},
        {"pain_max": 11},
        {"not_doing": ["knitting"]},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(limits: dict[str, Any]) -> None:
    store, at, _ = a_planned_week()
    with pytest.raises(AnswersError):
        say(store, at, **limits)
    assert not known_profile(store).clinician.is_set
