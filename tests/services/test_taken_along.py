"""What was taken along is held against the week as it stands: only what really differs is said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from builders.days_told import RULES, a_planned_week, told
from sidestep.domain.planning.week import BlockKind, Day, DayKind
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.week.export_week import runs_to_come, take_page_along, take_runs_along
from sidestep.services.week.kept_week import days_of, kept_week_of, week_start
from sidestep.services.week.taken_along import TakenAlong, taken_along, taken_along_near
from sidestep.services.week.today_card import today_card


class Week:
    """A planned week, seen on its first day of a kind."""

    def __init__(self, kind: DayKind = DayKind.RUN) -> None:
        self.store, self.at, on = a_planned_week()
        week = kept_week_of(self.store, on[kind])
        assert week is not None
        self.starts, self.days = week_start(week), days_of(week)
        self.at.day = on[kind]

    @property
    def pieces(self) -> dict[str, Any]:
        return {"store": self.store, "knowledge": RULES, "clock": self.at}

    @property
    def runs(self) -> list[date]:
        return [each.on for each in runs_to_come(self.days, self.at.day)]

    def leave(self, days: Sequence[Day], *, are_all: bool = False) -> None:
        runs = runs_to_come(days, self.at.day)
        take_runs_along(self.starts, runs, are_all=are_all, **self.pieces)

    def taken(self, days: Sequence[Day]) -> TakenAlong:
        return taken_along(days, today_card(**self.pieces), store=self.store)


def shorter(days: Sequence[Day], on: date) -> tuple[Day, ...]:
    """Return days of which one has a run of half its minutes and length."""
    return tuple(
        day
        if day.date != on
        else replace(
            day,
            blocks=tuple(
                replace(block, minutes=block.minutes / 2, distance_km=1.0)
                if block.kind is BlockKind.RUN
                else block
                for block in day.blocks
            ),
        )
        for day in days
    )


def resting(days: Sequence[Day], on: date) -> tuple[Day, ...]:
    rest = next(day for day in days if day.kind is DayKind.REST)
    return tuple(replace(rest, date=on) if day.date == on else day for day in days)


def test_where_nothing_left_nothing_is_said() -> None:
    week = Week()
    assert week.taken(shorter(week.days, week.runs[-1])) == TakenAlong()


def test_a_run_that_left_is_the_same_until_its_steps_are_others() -> None:
    week = Week()
    week.leave(week.days)
    assert week.taken(week.days) == TakenAlong(same=tuple(week.runs))
    # The reason of a run and how it is told are no other run.
    reworded = tuple(
        replace(day, blocks=tuple(replace(each, cues=("Other words",)) for each in day.blocks))
        for day in week.days
    )
    assert week.taken(reworded).changed == ()
    *others, last = week.runs
    taken = week.taken(shorter(week.days, last))
    assert taken == TakenAlong(same=tuple(others), changed=(last,))
    assert taken.is_old


def test_taking_it_again_settles_it_once() -> None:
    week = Week()
    week.leave(week.days)
    other = shorter(week.days, week.runs[-1])
    week.leave([day for day in other if day.date == week.runs[-1]])
    assert not week.taken(other).is_old
    assert week.taken(week.days).changed == (week.runs[-1],)
    assert len(week.store.documents(DocumentKind.WEEK_EXPORT)) == 2


def test_a_run_that_was_moved_is_gone_from_one_day_and_new_on_another() -> None:
    week = Week()
    on = week.runs[-1]
    week.leave(week.days)
    to = next(day for day in week.days if day.date > week.at.day and day.kind is not DayKind.RUN)
    run = next(day for day in week.days if day.date == on)
    moved = tuple(
        replace(run, date=to.date) if day.date == to.date else day for day in resting(week.days, on)
    )
    taken = week.taken(moved)
    assert (taken.gone, taken.new, taken.changed) == ((on,), (to.date,), ())
    week.leave([day for day in moved if day.date == to.date])
    assert week.taken(moved).gone == (on,), "it may still be on the watch"
    week.leave(moved, are_all=True)
    assert not week.taken(moved).is_old


def test_a_run_that_never_left_is_not_missed_while_the_others_are_as_they_left() -> None:
    week = Week()
    first, *_ = week.runs
    week.leave([day for day in week.days if day.date == first])
    assert week.taken(week.days) == TakenAlong(same=(first,))


def test_what_a_check_in_makes_of_today_is_said_and_of_days_that_are_over_nothing() -> None:
    week = Week()
    today = week.at.day
    week.leave(week.days)
    told(week.store, week.at, today - timedelta(days=1), ran=True, pain_on_run=4, pain_now=1)
    taken = taken_along_near(today_card(**week.pieces), store=week.store)
    assert taken.gone == (today,)
    week.at.day = today + timedelta(days=1)
    assert today not in week.taken(resting(week.days, today)).gone


def test_a_run_that_is_done_is_not_said_to_be_gone() -> None:
    week = Week()
    today = week.at.day
    week.leave(week.days)
    take_page_along(week.starts, week.days, **week.pieces)
    told(week.store, week.at, today, ran=True, pain_on_run=1, pain_now=1)
    assert today_card(**week.pieces).has_run
    assert not week.taken(resting(week.days, today)).is_old


def test_a_printed_page_is_old_where_the_day_holds_something_else() -> None:
    week = Week()
    take_page_along(week.starts, week.days, **week.pieces)
    assert not week.taken(week.days).is_old
    last = week.runs[-1]
    other = shorter(week.days, last)
    assert week.taken(other) == TakenAlong(printed=(last,)), "nothing is on a watch"
    week.leave(other)
    assert week.taken(other).printed == (last,), "the watch has the newest, the page has not"
    take_page_along(week.starts, other, **week.pieces)
    assert not week.taken(other).is_old


def test_while_the_plan_is_put_away_nothing_is_compared() -> None:
    week = Week()
    week.leave(week.days)
    told(week.store, week.at, week.at.day, new_signs=True, pain_now=2, cannot_straighten=True)
    assert week.taken(resting(week.days, week.runs[-1])) == TakenAlong()


@pytest.mark.parametrize("takes", [take_runs_along, take_page_along])
def test_the_same_again_writes_nothing(takes: Any) -> None:
    week = Week()
    what = runs_to_come(week.days, week.at.day) if takes is take_runs_along else week.days
    for _ in range(2):
        takes(week.starts, what, **week.pieces)
    assert len(week.store.documents(DocumentKind.WEEK_EXPORT)) == 1
