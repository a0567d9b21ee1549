"""Exercises done at home, as kept weeks and days told show them, and what comes of it."""

from datetime import date, timedelta
from typing import Any

from builders.days_told import MONDAY, RULES, At, answered, told
from builders.runs import TODAY, runs_on
from fakes.stores import MemoryStore
from sidestep.domain.planning.ladders import HomeSession
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.week import BlockKind, WeekPlan
from sidestep.services.week.home_sessions import sessions_before
from sidestep.services.week.plan_week import plan_and_keep
from sidestep.services.week.today_card import today_card

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
AT_HOME = (BlockKind.LATERAL, BlockKind.STRENGTH)
CALM: dict[str, Any] = {"pain_now": 0, "pain_this_morning": 0}


def a_runner() -> tuple[MemoryStore, At]:
    first_day_ago = (TODAY - MONDAY).days + 1
    store, at = MemoryStore(runs_on(range(first_day_ago, 29, 3), 6.0)), At()
    answered(
        store,
        at,
        "self_care_front",
        pain_now=0,
        pain_running=1,
        pain_daily_life=0,
        energy="fine",
    )
    return store, at


def planned(store: MemoryStore, at: At, starts: date) -> WeekPlan:
    at.day = max(at.day, starts)
    plan = plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=starts)
    assert isinstance(plan, WeekPlan)
    return plan


def does(store: MemoryStore, at: At, plan: WeekPlan, pain: float = 0) -> None:
    """Tell of every day of a week, its exercises with this pain and its runs left out."""
    for day in plan.days:
        at.day = day.date
        kinds = {block.kind for block in day.blocks}
        said: dict[str, Any] = {**CALM}
        if BlockKind.LATERAL in kinds:
            said |= {"lateral_work": True, "pain_on_exercises": pain}
        if BlockKind.STRENGTH in kinds:
            said |= {"strength": True, "pain_on_exercises": pain}
        told(store, at, day.date, **said)
    at.day = plan.week_starts + WEEK
    told(store, at, at.day, **CALM)


def sessions(store: MemoryStore, on: date) -> tuple[HomeSession, ...]:
    return sessions_before(on, store=store, knowledge=RULES, pain_before=None)


def at_home(plan: WeekPlan) -> list[str]:
    return [b.exercise for day in plan.days for b in day.blocks if b.kind in AT_HOME]


def test_what_was_planned_and_ticked_is_a_session_and_two_lead_a_step_up() -> None:
    store, at = a_runner()
    first = planned(store, at, MONDAY)
    assert sessions(store, MONDAY + WEEK) == ()
    does(store, at, first)
    done = [each for each in sessions(store, MONDAY + WEEK) if each.step is Step.PROGRESS]
    assert sorted(each.exercise for each in done) == sorted(at_home(first))
    twice = {id for id in at_home(first) if at_home(first).count(id) > 1}
    harder = {RULES.exercises[id].harder_id for id in twice} - {""}
    assert harder
    second = planned(store, at, MONDAY + WEEK)
    assert harder <= set(at_home(second))
    assert "exercise_step_up_sessions" in {note.rule for note in second.notes}


def test_weeks_in_which_exercises_hurt_or_nothing_is_told_of_them_stay() -> None:
    for pain, said in ((4.0, True), (0.0, False)):
        store, at = a_runner()
        first = planned(store, at, MONDAY)
        if said:
            does(store, at, first, pain)
        at.day = MONDAY + WEEK
        assert set(at_home(planned(store, at, MONDAY + WEEK))) == set(at_home(first))


def test_too_much_goes_back_one_step_and_the_card_of_the_day_not_one_more() -> None:
    store, at = a_runner()
    does(store, at, planned(store, at, MONDAY))
    second = planned(store, at, MONDAY + WEEK)
    does(store, at, second, pain=6.0)
    third = planned(store, at, MONDAY + 2 * WEEK)
    known = RULES.exercises
    climbed = {id for id in at_home(second) if known[id].easier_id}
    assert climbed
    assert climbed.isdisjoint(at_home(third))
    assert {known[id].easier_id for id in climbed} <= set(at_home(third))
    back = {known[id].easier_id for id in climbed}
    day = next(day for day in third.days if any(block.exercise in back for block in day.blocks))
    at.day = day.date
    card = today_card(store=store, knowledge=RULES, clock=at)
    still = [b.exercise for b in card.blocks if b.kind in AT_HOME]
    assert still == [b.exercise for b in day.blocks if b.kind in AT_HOME]
