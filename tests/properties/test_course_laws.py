"""Laws of a week planned alone: it is the first of the weeks ahead, whatever became of the last."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.plan_requests import MONDAY, NUMBERS, RETURN_PHASES, a_knee, a_request, past_runs
from builders.plan_strategies import requests
from sidestep.domain.planning.course import Course, LivedWeek, course_after
from sidestep.domain.planning.horizon import Horizon, PlannedWeek, plan_one, plan_weeks, runs_of
from sidestep.domain.planning.ladders import sessions_ahead
from sidestep.domain.planning.levels import Climb
from sidestep.domain.planning.pain import is_careful
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import (
    Goal,
    KneeState,
    Lengths,
    PastRun,
    RunnerProfile,
    WeekRequest,
)
from sidestep.domain.planning.return_to_run import ReturnSession, phase_after
from sidestep.domain.planning.week import DayKind, NoWeek, WeekPlan

WEEK = timedelta(weeks=1)
WEEKS = 5
goals = st.none() | st.builds(
    lambda km, days: Goal(distance_km=km, on=MONDAY + timedelta(days=days)),
    st.sampled_from([5.0, 10.0, 21.1]),
    st.integers(3, 80),
)
sore_at_most = st.none() | st.integers(0, 5).map(float)


def lived(
    week: PlannedWeek, done: tuple[PastRun, ...] | None = None, *, was_well: bool = True
) -> Course:
    """Return the course after a week of which some was done; all of it unless said."""
    planned = runs_of(week.plan)
    story = LivedWeek(
        before=week.course,
        after=week.next_course,
        planned=planned,
        done=planned if done is None else done,
        was_well=was_well,
    )
    return course_after(story, week.plan.week_starts + WEEK)


def told_calm(knee: KneeState, weeks_gone: int) -> KneeState:
    """Return the knee as weeks ahead take it to be told: sore for the weeks of calm, then calm."""
    if weeks_gone < NUMBERS["calm_weeks"]:
        return knee
    calm = NUMBERS["running_pain_max"]

    def calmed(pain: float | None) -> float | None:
        return None if pain is None else min(calm, pain)

    return replace(
        knee,
        pain_running=calm if knee.pain_running is None else min(calm, knee.pain_running),
        pain_now=calmed(knee.pain_now),
        pain_daily_life=calmed(knee.pain_daily_life),
    )


def phase_told(sessions: list[ReturnSession]) -> int | None:
    if not sessions:
        return None
    return phase_after(sessions, RETURN_PHASES, int(NUMBERS["return_clean_sessions"]))


def sessions_of(plan: WeekPlan) -> list[ReturnSession]:
    return [
        ReturnSession(
            on=day.date,
            phase=block.return_phase,
            distance_km=block.distance_km or 0.0,
            step=Step.PROGRESS,
            fills_minutes=block.why.rule == "minutes_for_run",
        )
        for day in plan.days
        for block in day.blocks
        if block.return_phase is not None
    ]


def a_week_later(
    request: WeekRequest, starts: date, done: tuple[PastRun, ...], **changes: Any
) -> WeekRequest:
    """Return the facts a week later, after these runs."""
    return replace(
        request,
        as_of=starts - timedelta(days=1),
        recent_runs=(*request.recent_runs, *done),
        next_run_cap_km=None,
        **changes,
    )


@settings(max_examples=8, deadline=None, derandomize=True)
@given(requests(), goals, sore_at_most, st.booleans())
def test_a_week_after_weeks_kept_as_planned_is_the_week_that_was_looked_ahead_to(
    request: WeekRequest, goal: Goal | None, pain: float | None, is_at_rest: bool
) -> None:
    first_knee = a_knee(
        pain_running=pain,
        pain_now=pain if is_at_rest else 0.0,
        distance_until_pain_km=None
        if request.knee is None
        else request.knee.distance_until_pain_km,
        has_front_pattern=request.knee is not None and request.knee.has_front_pattern,
    )
    wished = replace(
        request, knee=first_knee, profile=replace(request.profile, goal=goal), next_run_cap_km=None
    )
    ahead = plan_weeks(MONDAY, WEEKS, wished)
    if not isinstance(ahead, Horizon):
        return
    course: Course | None = None
    facts, sessions = wished, list[ReturnSession]()
    for gone, looked_at in enumerate(ahead.weeks):
        starts = MONDAY + gone * WEEK
        alone = plan_one(starts, facts, course)
        assert isinstance(alone, PlannedWeek)
        assert alone.plan == looked_at.plan
        assert facts.knee is not None
        sessions += sessions_of(alone.plan)
        course = lived(alone)
        facts = a_week_later(
            facts,
            starts + WEEK,
            runs_of(alone.plan),
            sessions=(
                *facts.sessions,
                *sessions_ahead(
                    alone.plan.days, is_careful=is_careful(facts.knee, Rules(facts.parameters))
                ),
            ),
            knee=told_calm(first_knee, gone + 1),
            return_phase=phase_told(sessions),
        )


@settings(max_examples=12, deadline=None, derandomize=True)
@given(requests(), goals, st.data())
def test_what_was_left_out_takes_nothing_away(
    request: WeekRequest, goal: Goal | None, data: st.DataObject
) -> None:
    wished = replace(request, profile=replace(request.profile, goal=goal))
    first = plan_one(MONDAY, wished)
    if not isinstance(first, PlannedWeek) or not runs_of(first.plan):
        return
    runs = runs_of(first.plan)
    longest = max(runs, key=lambda run: run.distance_km)
    done = tuple(run for run in runs if run == longest or data.draw(st.booleans()))
    all_done, some_done = (lived(first, each, was_well=False) for each in (runs, done))
    assert some_done == all_done
    starts = MONDAY + WEEK
    whole = plan_one(starts, a_week_later(wished, starts, runs), all_done)
    partly = plan_one(starts, a_week_later(wished, starts, done), some_done)
    if first.course.climb is not None:
        assert runs_in(partly) == runs_in(whole)
    nothing = lived(first, (), was_well=False)
    before, after = first.course.stands, first.next_course.stands
    if nothing.stands is not None and after is not None:
        floor = after if before is None else before
        assert nothing.stands.long_km >= min(floor.long_km, after.long_km)
        assert nothing.stands.easy_km >= min(floor.easy_km, after.easy_km)
        assert nothing.climb == replace(all_done.climb, usual=nothing.stands)  # type: ignore[type-var]


@settings(max_examples=12, deadline=None, derandomize=True)
@given(requests(), goals, st.booleans(), st.integers(0, 10), st.integers(0, 10))
def test_neither_worse_pain_nor_silence_makes_a_week_on_its_course_harder(
    request: WeekRequest, goal: Goal | None, was_well: bool, one: int, other: int
) -> None:
    wished = replace(request, profile=replace(request.profile, goal=goal))
    first = plan_one(MONDAY, wished)
    if not isinstance(first, PlannedWeek):
        return
    course = lived(first, was_well=was_well)
    facts = a_week_later(wished, MONDAY + WEEK, runs_of(first.plan))
    mild, worse = sorted((float(one), float(other)))
    assert km(facts, course, worse) <= km(facts, course, mild) + 1e-6
    if mild <= NUMBERS["running_pain_max"]:
        assert km(facts, course, None) <= km(facts, course, mild) + 1e-6
    assert km(facts, replace(course, grows=False), mild) <= km(facts, course, mild) + 1e-6


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.floats(3.0, 12.0),
    st.floats(0.5, 1.0),
    st.floats(1.0, 1.6),
    st.integers(0, 1),
    st.integers(0, 2),
)
def test_after_its_goal_a_week_is_no_harder_for_a_sorer_knee(
    stood_km: float, home_share: float, best_share: float, fewer: int, mild: int
) -> None:
    """The way home from a goal is no way for a sore knee to stay where the goal was."""

    def lengths(share: float) -> Lengths:
        return Lengths(easy_km=share * stood_km, long_km=1.2 * share * stood_km)

    course = Course(
        starts=MONDAY - 12 * WEEK,
        climbs_from=MONDAY - 2 * WEEK,
        goal=Goal(distance_km=2 * stood_km, on=MONDAY - timedelta(days=4)),
        climb=Climb(runs=2, most_runs=2, usual=lengths(1.0), home=lengths(home_share)),
        stands=lengths(1.0),
        best=lengths(best_share),
        runs=2,
        calm_weeks=6,
        grows=True,
    )
    facts = a_request(
        runs=past_runs(*((day, 1.3 * stood_km) for day in range(9, 30, 3))), runs_fewer=fewer
    )
    wished = replace(facts, profile=replace(facts.profile, goal=course.goal))
    quiet = km(wished, course, float(mild))
    assert km(wished, course, None) <= quiet + 1e-6
    assert km(wished, course, 4.0) <= quiet + 1e-6


def km(facts: WeekRequest, course: Course, pain: float | None) -> float:
    assert facts.knee is not None
    planned = plan_one(
        MONDAY + WEEK, replace(facts, knee=replace(facts.knee, pain_running=pain)), course
    )
    return planned.distance_km if isinstance(planned, PlannedWeek) else 0.0


def runs_in(planned: PlannedWeek | NoWeek) -> int:
    if isinstance(planned, NoWeek):
        return 0
    return sum(day.kind is DayKind.RUN for day in planned.plan.days)


def after_weeks(weeks: int, share_done: float, *, was_well: bool) -> list[PlannedWeek]:
    """Live some weeks, doing the first share of each week's runs."""
    facts = a_request(runs=past_runs(*((day, 5.0) for day in range(2, 29, 3))))
    course: Course | None = None
    planned = []
    for gone in range(weeks):
        starts = MONDAY + gone * WEEK
        week = plan_one(starts, facts, course)
        assert isinstance(week, PlannedWeek)
        planned.append(week)
        runs = runs_of(week.plan)
        done = runs[: max(1, round(share_done * len(runs)))]
        course = lived(week, done, was_well=was_well)
        facts = a_week_later(facts, starts + WEEK, done)
    return planned


def test_who_does_a_third_of_the_runs_is_offered_as_many_again() -> None:
    weeks = after_weeks(8, 1 / 3, was_well=False)
    assert [runs_in(week) for week in weeks] == [3] * 8
    assert [week.distance_km for week in weeks] == [15.0] * 8


def test_a_week_that_was_not_known_to_be_well_comes_again() -> None:
    kept = after_weeks(3, 1.0, was_well=False)
    assert runs_of(kept[2].plan) == tuple(
        replace(run, on=run.on + 2 * WEEK) for run in runs_of(kept[0].plan)
    )


def test_a_sore_knee_gets_as_many_runs_week_after_week() -> None:
    """Runs on its last and its first day would leave every other week with one run fewer."""
    profile = RunnerProfile(not_on=frozenset({1, 2, 5}))
    knee = a_knee(pain_running=4.0)
    facts = a_request(
        runs=past_runs(*((day, 5.0) for day in range(2, 29, 2))), profile=profile, knee=knee
    )
    course: Course | None = None
    counts = []
    for gone in range(6):
        starts = MONDAY + gone * WEEK
        week = plan_one(starts, facts, course)
        assert isinstance(week, PlannedWeek)
        counts.append(runs_in(week))
        # A Sunday's run that is left out leaves the Monday after it open.
        done = runs_of(week.plan)[: -1 if gone % 2 == 0 else None]
        course = lived(week, done, was_well=False)
        facts = replace(
            facts, as_of=starts + WEEK - timedelta(days=1), recent_runs=(*facts.recent_runs, *done)
        )
    assert len(set(counts)) == 1, counts
