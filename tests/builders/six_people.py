"""Six people with a knee, made up: who they are, what they ran, and how they live a week."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from builders.days_told import RULES, At, answered, told
from builders.runs import TODAY, a_run
from builders.summaries import make_row, make_source
from fakes.stores import MemoryStore
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.horizon import Horizon
from sidestep.domain.planning.week import BlockKind, Day, NoWeek, WeekPlan
from sidestep.services.ports import SourceEntry
from sidestep.services.week.edit_profile import change_profile
from sidestep.services.week.plan_ahead import plan_ahead
from sidestep.services.week.plan_week import plan_and_keep
from sidestep.services.week.review_week import WeekReview, decide, review_week
from sidestep.services.week.today_card import TodayCard, today_card

SUNDAY, MONDAY = date(2026, 6, 28), date(2026, 6, 29)
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
CLEAN: dict[str, Any] = {
    "pain_now": 0,
    "pain_this_morning": 0,
    "pain_before_run": 0,
    "pain_on_run": 1,
    "pain_hour_after": 0,
}
HOME = frozenset({BlockKind.LATERAL, BlockKind.STRENGTH, BlockKind.FOOT})

TellsOf = Callable[[Day, int], dict[str, Any] | None]
"""What a person tells of a planned day, by its week from 0; ``None`` for nothing."""


def a_good_day(day: Day, _week: int) -> dict[str, Any]:
    """All that was planned was done, and the knee took it well."""
    kinds = {block.kind for block in day.blocks}
    said: dict[str, Any] = {"pain_now": 0, "pain_this_morning": 0}
    if BlockKind.RUN in kinds:
        said = {**CLEAN, "ran": True, "stretched_before": True, "side_steps": True}
    if BlockKind.LATERAL in kinds:
        said["lateral_work"] = True
    if BlockKind.STRENGTH in kinds:
        said["strength"] = True
    if kinds & {BlockKind.LATERAL, BlockKind.STRENGTH}:
        said["pain_on_exercises"] = 0
    return said


@dataclass
class Someone:
    """A person with her records, one day at a time."""

    store: MemoryStore
    at: At = field(default_factory=At)
    plans: list[WeekPlan | NoWeek] = field(default_factory=list)
    reviews: list[WeekReview] = field(default_factory=list)
    cards: dict[date, TodayCard] = field(default_factory=dict)

    def answers(self, example: str = "self_care", **changes: Any) -> None:
        """Answer the knee check."""
        answered(self.store, self.at, example, **changes)

    def has(self, **profile: Any) -> None:
        """Tell of days, minutes, equipment and wishes."""
        change_profile(profile, store=self.store, knowledge=RULES, clock=self.at)

    def looks_ahead(self, weeks: int = 12) -> Horizon | NoWeek:
        """Plan weeks ahead, the first of which is kept."""
        return plan_ahead(weeks, store=self.store, knowledge=RULES, clock=self.at)

    def lives(self, weeks: int, tells_of: TellsOf = a_good_day, *, accepts: bool = False) -> None:
        """Live weeks: plan on the first morning, look at each day's card, do it, tell, review."""
        for _ in range(weeks):
            self.lives_a_week(len(self.plans), tells_of, accepts=accepts)

    def lives_a_week(self, week: int, tells_of: TellsOf, *, accepts: bool) -> None:
        starts = MONDAY + week * WEEK
        self.at.day = starts
        if isinstance(self.plans[-1] if self.plans else None, WeekPlan):
            # The morning after the last run of a week is told before the next one is planned.
            told(self.store, self.at, starts, pain_now=0, pain_this_morning=0)
        plan = plan_and_keep(store=self.store, knowledge=RULES, clock=self.at, week_starts=starts)
        self.plans.append(plan)
        for day in () if isinstance(plan, NoWeek) else plan.days:
            self._lives_a_day(day, week, tells_of)
        self.at.day = starts + 6 * DAY
        review = review_week(store=self.store, knowledge=RULES, clock=self.at, week=starts)
        self.reviews.append(review)
        if accepts and review.proposal.change.changes_plan:
            decide(review, accepts=True, store=self.store, knowledge=RULES, clock=self.at)

    def _lives_a_day(self, day: Day, week: int, tells_of: TellsOf) -> None:
        self.at.day = day.date
        self.cards[day.date] = today_card(store=self.store, knowledge=RULES, clock=self.at)
        said = tells_of(day, week)
        if said is None:
            return
        km = run_of(day)
        if said.get("ran") and km:
            self.runs(day.date, km)
        told(self.store, self.at, day.date, **said)

    def runs(self, on: date, km: float) -> None:
        """Put a run on file."""
        run = a_run(0, round(km, 1), on=on)
        self.store.apply([SourceEntry(source=make_source(run.id), new=(make_row(run),))])

    def week(self, index: int) -> WeekPlan:
        """Return a week that was planned."""
        plan = self.plans[index]
        assert isinstance(plan, WeekPlan), plan
        return plan


def run_of(day: Day) -> float:
    """Return the kilometres of a day's run, 0 without one."""
    return sum(b.distance_km or 0.0 for b in day.blocks if b.kind is BlockKind.RUN)


def runs_of(plan: WeekPlan) -> list[float]:
    """Return the runs of a week in kilometres."""
    return [km for day in plan.days if (km := run_of(day))]


def exercises_of(plan: WeekPlan) -> set[str]:
    """Return the exercises at home of a week."""
    return {b.exercise for day in plan.days for b in day.blocks if b.kind in HOME}


def rules_noted(plan: WeekPlan) -> set[str]:
    """Return the rules that the notes of a week come from."""
    return {note.rule for note in plan.notes}


def _weeks_of_runs(*weeks: list[float]) -> list[ActivitySummary]:
    """Return runs of the weeks before the Monday, the newest week last: Tue, Thu, Sat, Sun."""
    runs = []
    for back, lengths in enumerate(reversed(weeks), start=1):
        for index, km in enumerate(lengths):
            on = MONDAY - back * WEEK + min(1 + 2 * index, 6) * DAY
            runs.append(a_run((TODAY - on).days, km))
    return runs


def outside_pain() -> Someone:
    """Outer side, comes on at 6 km, sore on runs; three runs a week."""
    one = Someone(MemoryStore(_weeks_of_runs(*[[6.0, 6.0, 9.0]] * 10)))
    one.answers("self_care", energy="fine", years_running=4)
    one.has(equipment=["band"], long_run_on="sun")
    return one


def front_pain() -> Someone:
    """Round the kneecap, two or three of ten; three runs a week."""
    one = Someone(MemoryStore(_weeks_of_runs(*[[5.0, 5.0, 7.0]] * 10)))
    one.answers("self_care_front", pain_now=1, pain_daily_life=1, pain_running=3)
    return one


def heavy_novice() -> Someone:
    """New to running, heavy, two short runs last week."""
    one = Someone(MemoryStore(_weeks_of_runs([1.5, 1.5])))
    one.answers(
        "self_care_front",
        years_running=0,
        body_mass_kg=104,
        height_cm=170,
        pain_now=1,
        pain_running=2,
        pain_daily_life=1,
    )
    return one


def marathon_runner() -> Someone:
    """Four runs a week up to 26 km, then two bad weeks; a goal in the autumn."""
    good = [10.0, 12.0, 10.0]
    weeks = [[*good, 18.0 + 2 * n] for n in range(5)]
    runs = _weeks_of_runs(*[[*good, 20.0]] * 4, *weeks, [8.0], [5.0])
    one = Someone(MemoryStore(runs))
    one.answers(
        "self_care_front",
        years_running=9,
        pain_now=1,
        pain_running=2,
        pain_daily_life=0,
        beliefs=["more_miles"],
    )
    one.has(goal={"distance_km": 30.0, "on": "2026-09-20"}, long_run_on="sun")
    return one


def desk_worker() -> Someone:
    """No equipment, fifteen minutes a day, ten hours of sitting, two short runs a week."""
    one = Someone(MemoryStore(_weeks_of_runs(*[[2.0, 2.0]] * 10)))
    one.answers("self_care_front", sitting_hours=10, pain_now=1, pain_running=1, pain_daily_life=1)
    one.has(minutes=15)
    return one


def red_flag() -> Someone:
    """Runs three times a week on a knee that locks."""
    one = Someone(MemoryStore(_weeks_of_runs(*[[6.0, 6.0, 8.0]] * 10)))
    one.answers("urgent")
    return one


SIX: dict[str, Callable[[], Someone]] = {
    "outside pain": outside_pain,
    "front pain": front_pain,
    "heavy novice": heavy_novice,
    "marathon runner": marathon_runner,
    "desk worker": desk_worker,
    "red flag": red_flag,
}
