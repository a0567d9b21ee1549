"""What comes next on today's card."""

from datetime import timedelta

from builders.days_told import RULES, SUNDAY, At, a_planned_week, answered
from builders.runs import a_run
from fakes.stores import MemoryStore
from sidestep.domain.planning.week import DayKind
from sidestep.services.week.next_thing import NextThing, next_thing
from sidestep.services.week.today_card import today_card


def coming(store: MemoryStore, at: At, *, is_told: bool = False) -> NextThing:
    card = today_card(store=store, knowledge=RULES, clock=at)
    return next_thing(card, is_told=is_told)


def test_the_place_comes_before_everything() -> None:
    assert coming(MemoryStore(), At()) is NextThing.SHOW_WHERE


def test_a_warning_sign_comes_before_work() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    answered(store, at, "urgent")
    assert coming(store, at, is_told=True) is NextThing.BE_SEEN


def test_work_comes_before_telling_of_it() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.OFF]
    assert coming(store, at) is NextThing.START
    assert coming(store, at, is_told=True) is NextThing.NOTHING
    at.day = on[DayKind.REST]
    assert coming(store, at) is NextThing.CHECK_IN


def test_a_run_on_file_is_told_of() -> None:
    _, _, on = a_planned_week()
    days = (on[DayKind.RUN] - SUNDAY).days
    store, at, on = a_planned_week(a_run(-days, 4.0, on=SUNDAY))
    at.day = SUNDAY + timedelta(days=days)
    assert coming(store, at) is NextThing.CHECK_IN
