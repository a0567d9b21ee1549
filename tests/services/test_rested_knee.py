"""After a run that hurt too much: running pauses, and is tried again once the knee was quiet."""

from collections.abc import Sequence
from datetime import timedelta

from builders.days_told import MONDAY, RULES, SUNDAY, At, answered, told
from builders.runs import TODAY, runs_on
from fakes.stores import MemoryStore
from sidestep.domain.planning.week import BlockKind, WeekPlan
from sidestep.services.week.plan_week import plan_and_keep

WEEK = timedelta(weeks=1)


def a_hurt_runner() -> tuple[MemoryStore, At]:
    """Somebody whose run of the day before the first week hurt 7 of 10."""
    first_day_ago = (TODAY - SUNDAY).days
    store, at = MemoryStore(runs_on(range(first_day_ago, 29, 2), 6.0)), At()
    answered(store, at, "self_care_front", pain_now=1, pain_running=7, pain_daily_life=1)
    return store, at


def after_two_weeks(pains: Sequence[int | None], **also: object) -> WeekPlan:
    """Let two weeks pass without a run, the last seven days with these pains (or silent)."""
    store, at = a_hurt_runner()
    for days_gone, pain in enumerate(pains, start=7):
        at.day = MONDAY + timedelta(days=days_gone)
        if pain is not None:
            told(store, at, at.day, pain_now=pain, ran=False, **also)
    at.day = MONDAY + 2 * WEEK - timedelta(days=1)
    plan = plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=MONDAY + 2 * WEEK)
    assert isinstance(plan, WeekPlan)
    return plan


def runs_of(plan: WeekPlan) -> list[float]:
    return [
        block.distance_km or 0.0
        for day in plan.days
        for block in day.blocks
        if block.kind is BlockKind.RUN
    ]


def test_running_pauses_and_says_when_it_is_tried_again() -> None:
    store, at = a_hurt_runner()
    plan = plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    assert isinstance(plan, WeekPlan)
    assert not runs_of(plan)
    (pause,) = (note.says for note in plan.notes if note.rule == "running_pain_stop")
    assert "hurts 7 of 10" in pause
    assert "tried again after 2 weeks without it" in pause


def test_two_quiet_weeks_later_shorter_runs_are_tried() -> None:
    plan = after_two_weeks([1, None, 2, None, 1, None, None])
    assert runs_of(plan)
    assert max(runs_of(plan)) < 6.0
    (eased,) = (note.says for note in plan.notes if note.rule == "eased_run_frac")
    assert "because your last run hurt 7 of 10, even if your knee was quiet since" in eased


def test_a_sorer_day_silence_or_swelling_keeps_the_pause() -> None:
    for plan in (
        after_two_weeks([1, None, 3, None, 1, None, None]),
        after_two_weeks([1, None, None, None, 1, None, None]),
        after_two_weeks([1, None, 1, None, 1, None, None], swelling="a_little"),
    ):
        assert not runs_of(plan)


def test_a_run_in_between_starts_the_count_again() -> None:
    store, at = a_hurt_runner()
    for days_gone in range(7, 14):
        at.day = MONDAY + timedelta(days=days_gone)
        told(store, at, at.day, pain_now=0, ran=days_gone == 8)
    plan = plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=MONDAY + 2 * WEEK)
    assert isinstance(plan, WeekPlan)
    assert not runs_of(plan)
