"""Laws of planning that hold whatever happens from week to week, in any order."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from builders.plan_requests import MONDAY, NUMBERS, PARAMETERS, a_request
from builders.plan_strategies import classes, goals, histories, profiles, weekday_sets
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.course import Course, LivedWeek, course_after
from sidestep.domain.planning.horizon import PlannedWeek, goal_out_of_reach, plan_one, runs_of
from sidestep.domain.planning.pain_response import next_step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Goal, KneeState, PastRun, RunnerProfile, WeekRequest
from sidestep.domain.planning.review import propose, with_change
from sidestep.domain.planning.took_well import was_taken_well
from sidestep.domain.planning.week import DayKind, NoWeek
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.evidence import Parameter

pains = st.none() | st.integers(0, 10).map(float)
CHECK_IN_NUMBERS = {
    "exercise_step_back": 1,
    "exercise_step_up_sessions": 2,
    "flare_days": 2,
    "pain_change_min": 2,
    "pain_memory_days": 14,
    "review_back_frac": 0.9,
    "review_progress_frac": 1.1,
    "review_shorter_frac": 0.8,
}
RULES = {
    **PARAMETERS,
    **{
        id: Parameter(
            id=id,
            title=id,
            value=value,
            unit="",
            says=f"{id} is {{value:g}}",
            backing=PARAMETERS["calm_weeks"].backing,
        )
        for id, value in CHECK_IN_NUMBERS.items()
    },
}


class Weeks(RuleBasedStateMachine):
    """A person whose weeks are planned one after the other from what she did and told."""

    def __init__(self) -> None:
        super().__init__()
        self.profile = RunnerProfile()
        self.runs: list[PastRun] = []
        self.told: list[CheckIn] = []
        self.starts = MONDAY
        self.flagged = False
        self.planned: PlannedWeek | NoWeek | None = None

    @initialize(profile=profiles(), goal=st.none() | goals, history=histories)
    def begin(
        self, profile: RunnerProfile, goal: Goal | None, history: tuple[PastRun, ...]
    ) -> None:
        self.profile = replace(profile, goal=goal)
        self.runs = [run for run in history if run.distance_km > 0]

    @rule(on_run=pains, after=pains, morning=pains, share=st.floats(0, 1))
    def a_week_passes(
        self, on_run: float | None, after: float | None, morning: float | None, share: float
    ) -> None:
        """Plan, do a share of it, tell of it, and go on to the next week."""
        self.live(on_run, after, morning, share)

    def live(
        self, on_run: float | None, after: float | None, morning: float | None, share: float
    ) -> PlannedWeek | NoWeek:
        self.planned = plan_one(self.starts, self.request(), self.course())
        planned = runs_of(self.planned.plan) if isinstance(self.planned, PlannedWeek) else ()
        done = planned[: round(share * len(planned))]
        self.runs += done
        self.told += [
            CheckIn(
                on=run.on,
                ran=True,
                pain_before_run=0.0,
                pain_on_run=on_run,
                pain_hour_after=after,
                pain_next_morning=morning,
                pain_now=after,
            )
            for run in done
        ]
        self.starts += timedelta(weeks=1)
        return self.planned

    @rule(rise=st.integers(2, 6))
    def a_flare(self, rise: int) -> None:
        """Tell of more pain on two days in a row: the coming week is no harder for it."""
        before_km = km_of(plan_one(self.starts, self.request(), self.course()))
        usual = self.told[-1].pain_now if self.told else None
        pain = min(10.0, (usual or 0.0) + rise)
        for days_ago in (2, 1):
            self.told.append(CheckIn(on=self.starts - timedelta(days=days_ago), pain_now=pain))
        after_km = km_of(plan_one(self.starts, self.request(), self.course()))
        assert after_km <= before_km + 1e-6

    @rule(is_raised=st.booleans())
    def a_warning_sign(self, is_raised: bool) -> None:
        self.flagged = is_raised

    @rule(extra_km=st.floats(0.5, 30))
    def a_run_that_was_not_planned(self, extra_km: float) -> None:
        self.runs.append(PastRun(on=self.starts - timedelta(days=1), distance_km=extra_km))

    @invariant()
    def no_run_breaks_a_limit(self) -> None:
        if not isinstance(self.planned, PlannedWeek):
            return
        plan = self.planned.plan
        planned = runs_of(plan)
        assert len(planned) <= (self.profile.running_days_max or NUMBERS["running_days_max"])
        before = [run for run in self.runs if run.on < plan.week_starts]
        for run in planned:
            assert run.on.weekday() not in self.profile.not_on
            longest_km = longest_before(run.on, before)
            if longest_km is not None:
                assert run.distance_km <= NUMBERS["next_run_cap_ratio"] * longest_km + 1e-6
            before.append(run)
        assert any(day.kind is DayKind.REST for day in plan.days)

    @invariant()
    def a_goal_in_its_week_is_planned_or_said_to_be_out_of_reach(self) -> None:
        goal = self.profile.goal
        if goal is None or not isinstance(self.planned, PlannedWeek):
            return
        week = self.planned.plan
        if not week.week_starts <= goal.on < week.week_starts + timedelta(weeks=1):
            return
        is_planned = any(
            run.on == goal.on and run.distance_km >= goal.distance_km - 1e-6
            for run in runs_of(week)
        )
        asked = replace(self.request(), recent_runs=tuple(self.runs))
        assert is_planned or goal_out_of_reach(self.planned, asked) is not None

    @invariant()
    def a_warning_sign_always_wins(self) -> None:
        if self.flagged:
            assert isinstance(plan_one(self.starts, self.request(), self.course()), NoWeek)

    @invariant()
    def neither_more_pain_nor_silence_makes_the_coming_week_harder(self) -> None:
        request = self.request()
        knee = request.knee
        assert knee is not None
        if knee.access is PlanAccess.HIDDEN or knee.pain_running is None:
            return
        course = self.course()
        now_km = km_of(plan_one(self.starts, request, course))
        for pain in (10.0, min(10.0, knee.pain_running + 2)):
            sorer = replace(request, knee=replace(knee, pain_running=pain))
            assert km_of(plan_one(self.starts, sorer, course)) <= now_km + 1e-6
        if knee.pain_running <= NUMBERS["running_pain_max"]:
            silent = replace(request, knee=replace(knee, pain_running=None))
            assert km_of(plan_one(self.starts, silent, course)) <= now_km + 1e-6

    def course(self) -> Course | None:
        """Return the course after the week that passed, as it really went."""
        if not isinstance(self.planned, PlannedWeek):
            return None
        began = self.planned.plan.week_starts
        lived = LivedWeek(
            before=self.planned.course,
            after=self.planned.next_course,
            planned=runs_of(self.planned.plan),
            done=tuple(run for run in self.runs if began <= run.on < self.starts),
            was_well=was_taken_well(self.told, began, self.starts, self.starts, Rules(RULES)),
        )
        return course_after(lived, self.starts)

    def request(self) -> WeekRequest:
        on = self.starts - timedelta(days=1)
        latest = self.told[-1] if self.told else CheckIn(on=on)
        last_run = next((each for each in reversed(self.told) if each.ran), latest)
        request = replace(
            a_request(runs=tuple(self.runs), profile=self.profile),
            as_of=on,
            parameters=RULES,
            knee=KneeState(
                access=PlanAccess.HIDDEN if self.flagged else PlanAccess.ALLOWED,
                reasons=("A reason.",),
                pain_running=last_run.pain_on_run,
                pain_now=latest.pain_now,
                years_running=3.0,
            ),
        )
        response = next_step(self.told, on, Rules(RULES))
        change = propose(response, None, (), Rules(RULES)).change
        return with_change(request, change) if change.changes_plan else request


def longest_before(on: date, runs: list[PastRun]) -> float | None:
    first = on - timedelta(days=30)
    return max((run.distance_km for run in runs if first <= run.on < on), default=None)


def turns(kms: list[float]) -> int:
    """Count how often weeks go from longer to shorter or back, rounding left out."""
    steps = [later - earlier for earlier, later in pairwise(kms) if abs(later - earlier) > 0.5]
    return sum(step * then < 0 for step, then in pairwise(steps))


def km_of(planned: PlannedWeek | NoWeek) -> float:
    return 0.0 if isinstance(planned, NoWeek) else planned.distance_km


TestWeeks = Weeks.TestCase
TestWeeks.settings = settings(
    max_examples=12, stateful_step_count=8, deadline=None, derandomize=True
)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    profile=st.builds(
        RunnerProfile,
        run_on=weekday_sets,
        running_days_max=st.none() | st.integers(2, 5),
        group_class=st.none() | classes,
    ),
    days_ago=st.sets(st.integers(1, 28), min_size=3, max_size=14),
    km=st.floats(2, 15),
    on_run=st.sampled_from([0.0, 2.0, 4.0]),
)
def test_weeks_that_are_all_alike_do_not_go_back_and_forth(
    profile: RunnerProfile, days_ago: set[int], km: float, on_run: float
) -> None:
    weeks, kms = Weeks(), []
    weeks.profile = profile
    weeks.runs = [PastRun(on=MONDAY - timedelta(days=days), distance_km=km) for days in days_ago]
    for _ in range(6):
        kms.append(km_of(weeks.live(on_run, 0.0, 0.0, 1.0)))
    assert turns(kms) <= 1
