"""Once days of a week are over: they stay what they were, and the week stays within its limits."""

from datetime import date, timedelta
from typing import Any

import pytest

from builders.days_told import MONDAY, RULES, At, a_planned_week, told
from fakes.stores import MemoryStore
from sidestep.domain.planning.edits import Edit, MoveRun, SetLength, TakeRest
from sidestep.domain.planning.try_edit import Refused, try_edit
from sidestep.domain.planning.week import BlockKind, Day, DayKind, NoWeek, WeekPlan
from sidestep.services.week.edit_week import EditedWeek, edit_week
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.plan_week import plan_and_keep, request_now
from sidestep.services.week.profile_and_weeks import change_profile_and_weeks

DAYS = [MONDAY + timedelta(days=n) for n in range(7)]


def days(store: MemoryStore) -> tuple[Day, ...]:
    week = kept_week_of(store, MONDAY)
    assert week is not None
    return days_of(week)


def has_run(day: Day) -> bool:
    return any(block.kind is BlockKind.RUN for block in day.blocks)


def lived_until(today: date) -> tuple[MemoryStore, At, tuple[Day, ...]]:
    """A week lived as planned up to the day before, and its days as they were kept."""
    store, at, _ = a_planned_week()
    # So that its day of rest comes late.
    change_profile_and_weeks(
        {"run_on": ["mon", "tue", "fri"]}, store=store, knowledge=RULES, clock=at
    )
    before = days(store)
    assert before[6].kind is DayKind.REST
    for day in before:
        if day.date < today:
            at.day = day.date
            told(store, at, day.date, pain_now=1)
    at.day = today
    return store, at, before


@pytest.mark.parametrize("today", DAYS[1:], ids=lambda day: f"{day:%a}")
@pytest.mark.parametrize(
    "change", [{"running_days": 2}, {"not_on": ["tue"]}, {"not_on": ["mon"]}, {}], ids=str
)
def test_what_is_planned_anew_keeps_what_was_lived_and_a_day_of_rest(
    today: date, change: dict[str, Any]
) -> None:
    store, at, before = lived_until(today)
    if change:
        change_profile_and_weeks(change, store=store, knowledge=RULES, clock=at)
    else:
        told(store, at, today, pain_now=3)
    plan = plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    assert isinstance(plan, WeekPlan)
    n_over = (today - MONDAY).days
    assert plan.days[:n_over] == before[:n_over]
    assert any(day.kind is DayKind.REST for day in plan.days)


def edited(store: MemoryStore, at: At, edit: Edit) -> EditedWeek:
    return edit_week(edit, store=store, knowledge=RULES, clock=at, week_starts=MONDAY)


def test_what_is_over_cannot_be_changed_and_nothing_is_offered_there() -> None:
    store, at, before = lived_until(DAYS[3])
    over = [day.date for day in before[:3] if has_run(day)]
    free = [day.date for day in before[:3] if not has_run(day)]
    to_come = next(day.date for day in before[3:] if has_run(day))
    assert over
    assert free
    for edit in (
        SetLength(on=over[0], distance_km=1.0),
        TakeRest(on=over[0]),
        MoveRun(on=over[0], to=DAYS[5]),
        MoveRun(on=to_come, to=free[0]),
        MoveRun(on=to_come, to=over[0]),
    ):
        refused = edited(store, at, edit).refused
        assert refused is not None, edit
        assert [limit.id for limit in refused.limits] == ["still_to_come"]
    assert days(store) == before
    nowhere = next(day.date for day in before[3:] if not has_run(day))
    refused = edited(store, at, MoveRun(on=nowhere, to=to_come)).refused
    assert refused is not None
    assert all(on >= DAYS[3] for on in refused.days)


@pytest.mark.parametrize("today", DAYS[1:], ids=lambda day: f"{day:%a}")
def test_every_change_of_what_is_left_ends_in_a_week_or_in_a_reason(today: date) -> None:
    store, at, _ = lived_until(today)
    pieces: dict[str, Any] = {"store": store, "knowledge": RULES, "clock": at}
    request = request_now(**pieces, week_starts=MONDAY)
    runs = [day.date for day in days(store) if has_run(day)]
    tries: list[Edit] = [MoveRun(on=on, to=to) for on in runs for to in DAYS if to != on]
    tries += [TakeRest(on=on) for on in DAYS]
    tries += [SetLength(on=on, distance_km=km) for on in DAYS for km in (1.0, 60.0)]
    for edit in tries:
        made = try_edit(MONDAY, request, edit)
        assert not isinstance(made, NoWeek)
        if isinstance(made, Refused):
            assert made.limits, edit
