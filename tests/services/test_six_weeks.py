"""Six weeks without getting better: nothing grows until somebody has looked at the knee."""

from datetime import timedelta

import pytest

from builders.days_told import MONDAY, RULES, At, answered, history
from fakes.stores import MemoryStore
from sidestep.domain.planning.horizon import Horizon
from sidestep.domain.planning.review import ChangeKind
from sidestep.domain.planning.week import WeekPlan
from sidestep.services.week.plan_ahead import plan_ahead
from sidestep.services.week.plan_week import plan_week, request_now
from sidestep.services.week.profile_and_weeks import change_profile_and_weeks
from sidestep.services.week.review_week import review_week

RULE = "seen_counts_weeks"


def after_weeks(weeks: int, trend: str = "same") -> tuple[MemoryStore, At]:
    store, at = MemoryStore(history()), At()
    answered(store, at, weeks_since_onset=weeks, trend=trend, pain_now=1, pain_running=1)
    return store, at


def seen(store: MemoryStore, at: At, days_ago: int) -> None:
    on = (at.day - timedelta(days=days_ago)).isoformat()
    changes = {"clinician": {"seen_on": on}}
    change_profile_and_weeks(changes, store=store, knowledge=RULES, clock=at)


def planned(store: MemoryStore, at: At) -> WeekPlan:
    plan = plan_week(store=store, knowledge=RULES, clock=at)
    assert isinstance(plan, WeekPlan)
    return plan


def ahead(store: MemoryStore, at: At) -> Horizon:
    weeks = plan_ahead(4, store=store, knowledge=RULES, clock=at)
    assert isinstance(weeks, Horizon)
    return weeks


@pytest.mark.parametrize(
    ("weeks", "trend", "is_held"), [(6, "same", True), (5, "same", False), (8, "better", False)]
)
def test_the_week_says_so_and_no_other_is_offered(weeks: int, trend: str, is_held: bool) -> None:
    store, at = after_weeks(weeks, trend)
    assert (RULE in {note.rule for note in planned(store, at).notes}) is is_held
    shown = ahead(store, at)
    assert len(shown.weeks) == (1 if is_held else 4)
    assert (shown.stopped is not None) is is_held


@pytest.mark.parametrize(("days_ago", "is_held"), [(0, False), (41, False), (42, True)])
def test_a_look_counts_for_six_weeks(days_ago: int, is_held: bool) -> None:
    store, at = after_weeks(10)
    seen(store, at, days_ago)
    assert (RULE in {note.rule for note in planned(store, at).notes}) is is_held
    assert len(ahead(store, at).weeks) == (1 if is_held else 4)
    proposal = review_week(store=store, knowledge=RULES, clock=at).proposal
    assert (proposal.change is ChangeKind.SEE_SOMEONE) is is_held


def test_the_knee_of_the_request_carries_why_nothing_grows() -> None:
    store, at = after_weeks(7)
    request = request_now(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    assert request.knee is not None
    assert request.knee.hold is not None
    assert "nothing grows until" in request.knee.hold.says
