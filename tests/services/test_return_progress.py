"""How far back to running somebody is, from kept weeks and what she told of their sessions."""

from datetime import date, timedelta

from builders.days_told import MONDAY, RULES, At, answered, told
from fakes.stores import MemoryStore
from sidestep.domain.planning.week import Block, BlockKind
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.plan_week import plan_and_keep
from sidestep.services.week.return_progress import return_phase_before

NEXT = MONDAY + timedelta(weeks=1)
CLEAN = {"ran": True, "pain_on_run": 1, "pain_hour_after": 0, "pain_next_morning": 0}


def without_history() -> tuple[MemoryStore, At]:
    store, at = MemoryStore(), At()
    answered(store, at, "self_care_front", pain_running=1, pain_now=0, pain_daily_life=0)
    plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    at.day = NEXT - timedelta(days=1)
    return store, at


def sessions(store: MemoryStore, week: date = MONDAY) -> list[tuple[date, Block]]:
    kept = kept_week_of(store, week)
    assert kept is not None
    return [
        (day.date, block)
        for day in days_of(kept)
        for block in day.blocks
        if block.kind is BlockKind.RUN
    ]


def phase_of_next_week(store: MemoryStore) -> int | None:
    return return_phase_before(store, RULES, NEXT)


def test_a_kept_week_names_the_phase_of_its_sessions() -> None:
    store, _ = without_history()
    assert [block.return_phase for _, block in sessions(store)] == [1, 1, 1]


def test_two_clean_sessions_open_the_next_phase_and_it_is_planned() -> None:
    store, at = without_history()
    for on, _ in sessions(store)[-2:]:
        told(store, at, on, **CLEAN)
    assert phase_of_next_week(store) == 1
    plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=NEXT)
    planned = sessions(store, NEXT)
    assert {block.return_phase for _, block in planned} == {2}


def test_what_was_not_told_is_not_clean() -> None:
    store, at = without_history()
    for on, _ in sessions(store)[-2:]:
        told(store, at, on, ran=True, pain_on_run=1)
    assert phase_of_next_week(store) == 0


def test_one_session_that_was_too_much_keeps_the_phase() -> None:
    store, at = without_history()
    first, second, third = (on for on, _ in sessions(store))
    told(store, at, first, **CLEAN)
    told(store, at, second, **CLEAN)
    told(store, at, third, ran=True, pain_on_run=5)
    assert phase_of_next_week(store) == 0


def test_sessions_that_nobody_says_were_done_are_none() -> None:
    store, _ = without_history()
    assert phase_of_next_week(store) is None
