"""What a printed page is made from is what the person sees herself."""

from datetime import timedelta

from builders.days_told import MONDAY, RULES, At, a_planned_week, answered, told
from fakes.clips import PaperFolder
from fakes.stores import MemoryStore
from sidestep.domain.planning.week import NoWeek, WeekPlan
from sidestep.services.report.report_parts import gather_parts
from sidestep.services.week.kept_week import kept_week_of
from sidestep.services.week.plan_week import plan_and_keep, plan_week
from sidestep.services.week.shown_week import shown_week


def week_on_paper(store: MemoryStore, at: At) -> WeekPlan | NoWeek | None:
    return gather_parts(store=store, clip_folder=PaperFolder(), knowledge=RULES, clock=at).week


def test_the_week_on_paper_is_the_one_she_sees() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY + timedelta(days=2)
    told(store, at, at.day, pain_now=7)
    ahead = MONDAY + timedelta(days=7)
    plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=ahead)
    seen = shown_week(store=store, knowledge=RULES, clock=at)
    now = plan_week(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    assert isinstance(now, NoWeek) or now.days != seen.days
    paper = week_on_paper(store, at)
    assert isinstance(paper, WeekPlan)
    assert (paper.week_starts, paper.days) == (MONDAY, seen.days)
    assert (paper.limits, paper.notes) == (seen.limits, seen.notes)


def test_a_week_that_is_put_away_is_on_no_paper() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY + timedelta(days=2)
    answered(store, at, "urgent")
    assert kept_week_of(store, MONDAY) is not None
    assert isinstance(week_on_paper(store, at), NoWeek)
