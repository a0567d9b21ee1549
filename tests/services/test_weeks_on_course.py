"""A week planned alone is the first of the weeks ahead, over kept weeks, files and days told."""

from datetime import date, timedelta
from typing import Any

from builders.days_told import MONDAY, RULES, SUNDAY, At, answered, told
from builders.runs import TODAY, a_run, runs_on
from builders.summaries import make_row, make_source
from fakes.stores import MemoryStore
from sidestep.domain.planning.horizon import Horizon, PlannedWeek
from sidestep.domain.planning.review import ChangeKind
from sidestep.domain.planning.week import BlockKind, Phase, WeekPlan
from sidestep.services.ports import SourceEntry
from sidestep.services.week.edit_profile import change_profile
from sidestep.services.week.plan_ahead import plan_ahead
from sidestep.services.week.plan_week import plan_and_keep
from sidestep.services.week.review_week import decide, review_week

WEEK = timedelta(weeks=1)
CALM_KNEE: dict[str, Any] = {
    "pain_now": 0,
    "pain_running": 1,
    "pain_daily_life": 0,
    "pain_worst": 2,
    "repeatable_distance": False,
    "distance_until_pain_km": None,
    "energy": "fine",
}
CLEAN = {"pain_on_run": 1, "pain_hour_after": 0, "pain_next_morning": 0, "pain_before_run": 0}


def a_runner(km: float = 6.0, every_days: int = 2, **answers: Any) -> tuple[MemoryStore, At]:
    first_day_ago = (TODAY - SUNDAY).days
    store, at = MemoryStore(runs_on(range(first_day_ago, 29, every_days), km)), At()
    answered(store, at, "self_care_front", **{**CALM_KNEE, **answers})
    change_profile(
        {"goal": {"distance_km": 15.0, "on": "2026-09-20"}},
        store=store,
        knowledge=RULES,
        clock=at,
    )
    return store, at


def ahead(store: MemoryStore, at: At, weeks: int) -> tuple[PlannedWeek, ...]:
    plan = plan_ahead(weeks, store=store, knowledge=RULES, clock=at)
    assert isinstance(plan, Horizon)
    return plan.weeks


def alone(store: MemoryStore, at: At, starts: date) -> WeekPlan:
    plan = plan_and_keep(store=store, knowledge=RULES, clock=at, week_starts=starts)
    assert isinstance(plan, WeekPlan)
    return plan


def run_km(plan: WeekPlan) -> dict[date, float]:
    return {
        day.date: block.distance_km or 0.0
        for day in plan.days
        for block in day.blocks
        if block.kind is BlockKind.RUN
    }


def do(store: MemoryStore, at: At, plan: WeekPlan, *, tells: bool = True, share: float = 1) -> None:
    """Run a share of the week's runs as planned, each on file, and tell of each if so."""
    runs = sorted(run_km(plan).items())
    for on, km in runs[: round(share * len(runs))]:
        run = a_run(0, km, on=on)
        store.apply([SourceEntry(source=make_source(run.id), new=(make_row(run),))])
        if tells:
            at.day = max(at.day, on)
            told(store, at, on, ran=True, pain_now=0, **CLEAN)
    at.day = max(at.day, plan.days[-1].date)


def test_the_week_planned_alone_is_the_first_of_the_weeks_ahead() -> None:
    store, at = a_runner()
    weeks = ahead(store, at, 3)
    assert alone(store, at, MONDAY) == weeks[0].plan


def test_weeks_kept_as_planned_become_the_weeks_that_were_looked_ahead_to() -> None:
    store, at = a_runner()
    looked_at = ahead(store, at, 4)
    grown = [week.distance_km for week in looked_at]
    assert grown[1] > grown[0]
    for gone, week in enumerate(looked_at):
        plan = alone(store, at, MONDAY + gone * WEEK)
        assert run_km(plan) == run_km(week.plan)
        assert [day.kind for day in plan.days] == [day.kind for day in week.plan.days]
        assert plan.part == week.part
        do(store, at, plan)


def test_weeks_that_nothing_is_told_of_come_again_and_do_not_shrink() -> None:
    store, at = a_runner()
    lengths = []
    for gone in range(4):
        plan = alone(store, at, MONDAY + gone * WEEK)
        lengths.append(sorted(run_km(plan).values()))
        do(store, at, plan, tells=False, share=0.5)
    assert lengths[1] == lengths[0]
    assert len(lengths[3]) == len(lengths[0])


def test_an_accepted_little_more_is_no_less_than_growth_for_runs_that_are_split() -> None:
    """Pain at the front has its distance split into more runs, each shorter than it stands at."""

    def longest_km(accepts: bool) -> list[float]:
        store, at = a_runner(every_days=3)
        longest = []
        for gone in range(4):
            plan = alone(store, at, MONDAY + gone * WEEK)
            longest.append(max(run_km(plan).values()))
            do(store, at, plan)
            found = review_week(store=store, knowledge=RULES, clock=at)
            if accepts and found.proposal.change is ChangeKind.PROGRESS:
                decide(found, accepts=True, store=store, knowledge=RULES, clock=at)
        return longest

    grown, accepted = longest_km(False), longest_km(True)
    assert all(more >= less for more, less in zip(accepted, grown, strict=True))
    assert accepted[-1] > accepted[0]


def test_a_run_that_was_too_much_stops_the_growth_and_the_phase_is_said() -> None:
    store, at = a_runner()
    first = alone(store, at, MONDAY)
    do(store, at, first)
    told(store, at, at.day, pain_now=0, pain_on_run=2, pain_hour_after=1, ran=True)
    second = alone(store, at, MONDAY + WEEK)
    assert max(run_km(second).values()) == max(run_km(first).values())
    assert second.part is not None
    assert second.part.phase is Phase.BUILD


def test_a_new_goal_is_climbed_to_from_where_the_runs_stand() -> None:
    store, at = a_runner()
    do(store, at, alone(store, at, MONDAY))
    change_profile({"goal": None}, store=store, knowledge=RULES, clock=at)
    kept = alone(store, at, MONDAY + WEEK)
    assert kept.part is not None
    assert kept.part.phase is Phase.KEEP
    change_profile(
        {"goal": {"distance_km": 12.0, "on": "2026-10-04"}},
        store=store,
        knowledge=RULES,
        clock=at,
    )
    built = alone(store, at, MONDAY + WEEK)
    assert built.part is not None
    assert built.part.phase is Phase.BUILD
    assert sum(run_km(built).values()) > sum(run_km(kept).values())


def test_a_goal_that_is_out_of_reach_is_said_in_the_week_itself() -> None:
    store, at = a_runner(km=3.0)
    change_profile(
        {"goal": {"distance_km": 42.0, "on": "2026-08-02"}},
        store=store,
        knowledge=RULES,
        clock=at,
    )
    notes = {note.rule: note.says for note in alone(store, at, MONDAY).notes}
    assert "out of reach" in notes["your_goal"]
