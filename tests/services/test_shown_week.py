"""Which week is shown for a day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from builders.days_told import MONDAY, RULES, SUNDAY, At, a_planned_week, answered, history, told
from builders.runs import runs_on
from builders.summaries import make_row, make_source
from fakes.stores import MemoryStore
from sidestep.domain.planning.week import BlockKind, DayKind, other_days
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import SourceEntry
from sidestep.services.week.edit_profile import WEEKDAY_IDS, change_profile
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.shown_week import ShownWeek, shown_week


def shown(store: MemoryStore, at: At, **named: object) -> ShownWeek:
    return shown_week(store=store, knowledge=RULES, clock=at, **named)  # type: ignore[arg-type]


def test_a_kept_week_is_shown_as_it_was_kept() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY + timedelta(days=2)
    week = kept_week_of(store, MONDAY)
    assert week is not None
    assert shown(store, at).days == days_of(week)
    assert shown(store, at, on=MONDAY) == shown(store, at)
    assert shown(store, at).is_open


def test_the_day_before_it_begins_it_is_shown_already() -> None:
    store, at, _ = a_planned_week()
    assert at.day == SUNDAY
    assert shown(store, at).starts == MONDAY


def test_without_any_a_first_one_is_planned_and_kept() -> None:
    store, at = MemoryStore(history()), At()
    answered(store, at)
    assert shown(store, at).starts == SUNDAY
    assert kept_week_of(store, SUNDAY) is not None


def test_a_week_ahead_is_planned_and_not_kept() -> None:
    store, at, _ = a_planned_week()
    ahead = MONDAY + timedelta(days=14)
    assert shown(store, at, on=ahead).days
    assert not shown(store, at, on=ahead).is_open
    assert kept_week_of(store, ahead) is None


def test_while_the_plan_is_put_away_only_the_past_is_shown() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY + timedelta(days=1)
    answered(store, at, "urgent")
    hidden = shown(store, at)
    assert hidden.no_week is not None
    assert hidden.no_week.is_hidden
    assert hidden.days == ()
    assert not hidden.is_open
    assert shown(store, at, on=MONDAY + timedelta(days=7)).no_week is not None
    at.day = MONDAY + timedelta(days=30)
    past = shown(store, at, on=MONDAY)
    # The newest of that week was the hidden one: nothing of it is made up afterwards.
    assert past.is_over
    assert past.days == ()


def test_a_week_that_comes_back_keeps_the_days_before_it_was_put_away() -> None:
    store, at, _ = a_planned_week()
    before = shown(store, at).days
    at.day = MONDAY + timedelta(days=3)
    answered(store, at, "urgent")
    assert shown(store, at).days == ()
    at.day = MONDAY + timedelta(days=5)
    answered(store, at, pain_now=1, pain_running=1, pain_worst=3, energy="fine")
    after = shown(store, at).days
    assert DayKind.RUN in {day.kind for day in before[:4]}
    # The day it was put away on was under way by then; the one after it was for nothing but rest.
    assert after[:4] == before[:4]
    assert [(block.kind, block.why.rule) for block in after[4].blocks] == [
        (BlockKind.REST, "no_plan_then")
    ]
    assert [day.date - MONDAY for day in after] == [timedelta(days=each) for each in range(7)]


def put_away_and_told_of_again(store: MemoryStore, at: At, **answers: Any) -> None:
    told(store, at, at.day, new_signs=True, fever=True, knee_hot_swollen=True)
    assert shown(store, at).days == ()
    told(store, at, at.day, fever=False, knee_hot_swollen=False, **answers)


def test_a_week_put_away_by_mistake_is_had_back_as_it_was() -> None:
    store, at, _ = a_planned_week()
    before = shown(store, at)
    at.day = MONDAY + timedelta(days=2)
    # By now the knee hurts more than when the week was planned: that is for the days' cards.
    told(store, at, MONDAY, pain_now=3, ran=True, pain_on_run=4)
    put_away_and_told_of_again(store, at)
    assert shown(store, at) == before
    assert shown(store, at) == before, "it stays"


def test_a_sign_that_was_answered_by_mistake_takes_nothing_either() -> None:
    store, at, _ = a_planned_week()
    before = shown(store, at)
    (said,) = [each.content["answers"] for each in store.documents(DocumentKind.KNEE_CHECK)]
    at.day = MONDAY + timedelta(days=2)
    told(store, at, MONDAY, pain_now=3, ran=True, pain_on_run=4)
    answered(store, at, "urgent")
    assert shown(store, at).days == ()
    told(store, at, at.day, pain_now=3)
    answered(store, at, **{**said, "distance_until_pain_km": None})
    assert shown(store, at) == before


@pytest.mark.parametrize("news", ["knee", "settings", "runs"])
def test_a_week_put_away_is_planned_anew_when_something_else_changed(news: str) -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY
    before = shown(store, at)
    if news == "knee":
        answered(store, at, pain_now=4, pain_running=6, pain_worst=6, energy="fine")
    if news == "settings":
        last_run = max(day.date for day in before.days if day.kind is DayKind.RUN)
        not_on = {"not_on": [WEEKDAY_IDS[last_run.weekday()]]}
        change_profile(not_on, store=store, knowledge=RULES, clock=at)
    if news == "runs":
        runs = [make_row(replace(run, id=f"x{run.id}")) for run in runs_on(range(4, 29, 3), 14.0)]
        source = replace(make_source("later"), imported_at=at.now())
        store.apply([SourceEntry(source=source, new=tuple(runs))])
    put_away_and_told_of_again(store, at)
    assert shown(store, at).days
    assert other_days(before.days, shown(store, at).days)


def test_while_the_plan_is_put_away_nothing_of_the_day_brings_it_back() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY + timedelta(days=2)
    told(store, at, at.day, new_signs=True, fever=True, knee_hot_swollen=True)
    for _ in range(2):
        assert shown(store, at).days == ()
    told(store, at, at.day, pain_now=1)
    assert shown(store, at).days == ()


def test_a_week_put_away_before_it_began_has_no_past_made_up_for_it() -> None:
    store, at, _ = a_planned_week()
    answered(store, at, "urgent")
    assert shown(store, at).days == ()
    at.day = MONDAY + timedelta(days=2)
    answered(store, at, pain_now=1, pain_running=1, pain_worst=3, energy="fine")
    assert {day.kind for day in shown(store, at).days[:2]} == {DayKind.REST}


def test_a_week_of_the_past_that_nobody_kept_stays_empty() -> None:
    store, at, _ = a_planned_week()
    past = shown(store, at, on=MONDAY - timedelta(days=70))
    assert past == ShownWeek(starts=MONDAY - timedelta(days=70), is_over=True)


def test_a_look_beside_the_kept_week_leaves_it_as_it_is() -> None:
    store, at, _ = a_planned_week()
    kept = shown(store, at)
    assert shown(store, at, on=SUNDAY) == kept, "today, the day before it begins"
    at.day = MONDAY + timedelta(days=2)
    assert shown(store, at, on=SUNDAY) == ShownWeek(starts=SUNDAY, is_over=True)
    assert shown(store, at) == kept
    assert kept_week_of(store, SUNDAY) is None
