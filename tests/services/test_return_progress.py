"""How far back to running somebody is, from kept weeks and what she told of their sessions."""

from datetime import date, timedelta

from builders.days_told import MONDAY, RULES, At, answered, told
from fakes.stores import MemoryStore
from sidestep.domain.planning.week import Block, BlockKind, WeekPlan
from sidestep.services.week.edit_profile import change_profile
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.plan_week import plan_and_keep, plan_week
from sidestep.services.week.return_progress import return_phase_before
from sidestep.services.week.review_week import decide, review_week

NEXT = MONDAY + timedelta(weeks=1)
CLEAN = {"ran": True, "pain_on_run": 1, "pain_hour_after": 0, "pain_next_morning": 0}


def without_history(minutes: int | None = None) -> tuple[MemoryStore, At]:
    store, at = MemoryStore(), At()
    if minutes is not None:
        change_profile({"minutes": minutes}, store=store, knowledge=RULES, clock=at)
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


def test_a_session_that_fills_the_minutes_opens_the_next_phase_and_the_week_says_so() -> None:
    store, at = without_history(minutes=15)
    for on, block in sessions(store):
        assert (block.distance_km or 0.0) < RULES.return_phases[0].distance_km
        told(store, at, on, **CLEAN)
    assert phase_of_next_week(store) == 1
    decide(
        review_week(store=store, knowledge=RULES, clock=at),
        accepts=True,
        store=store,
        knowledge=RULES,
        clock=at,
    )
    plan = plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=NEXT)
    assert isinstance(plan, WeekPlan)
    accepted = [note.says for note in plan.notes if note.rule == "accepted_change"]
    assert accepted == [
        "You accepted at the review: A little more: slightly longer runs. This week has it."
    ]


def test_only_the_first_week_says_why_walking_and_running_in_turn_begins() -> None:
    store, at = without_history()
    begins = {"no_recent_run", "runs_too_short_to_measure", "run_leaves_window"}
    first = plan_week(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    for on, _ in sessions(store):
        told(store, at, on, **CLEAN)
    second = plan_week(store=store, knowledge=RULES, clock=at, week_starts=NEXT)
    for plan, is_said in ((first, True), (second, False)):
        assert isinstance(plan, WeekPlan)
        assert bool(begins & {note.rule for note in plan.notes}) is is_said


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
