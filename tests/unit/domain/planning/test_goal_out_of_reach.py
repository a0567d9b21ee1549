"""A goal that the limits do not leave: what is said of it, and what the weeks do for it."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from builders.plan_requests import (
    MONDAY,
    PARAMETERS,
    THREE_A_WEEK,
    a_knee,
    a_request,
    past_runs,
)
from sidestep.domain.planning.clinician import ClinicianLimits
from sidestep.domain.planning.course import Course, LivedWeek, course_after
from sidestep.domain.planning.horizon import (
    Horizon,
    PlannedWeek,
    goal_out_of_reach,
    plan_one,
    plan_weeks,
    runs_of,
)
from sidestep.domain.planning.levels import Climb
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Goal, Lengths, PastRun, RunnerProfile, WeekRequest
from sidestep.domain.planning.week import Phase

WEEK = timedelta(weeks=1)
AFTER_A_BREAK = past_runs(*((days_ago, 10.0) for days_ago in (16, 18, 20, 23, 25, 27)))


def wishing(goal: Goal, runs: tuple[PastRun, ...] = THREE_A_WEEK, *, front: bool) -> WeekRequest:
    profile = RunnerProfile(goal=goal, long_run_on=6)
    return a_request(runs=runs, profile=profile, knee=a_knee(has_front_pattern=front))


def said_alone(request: WeekRequest) -> str:
    week = plan_one(MONDAY, request)
    assert isinstance(week, PlannedWeek)
    said = goal_out_of_reach(week, request)
    return "" if said is None else said.says


def ahead(request: WeekRequest, weeks: int) -> Horizon:
    plan = plan_weeks(MONDAY, weeks, request)
    assert isinstance(plan, Horizon)
    return plan


def said_ahead(request: WeekRequest, weeks: int) -> str:
    return " ".join(
        wish.says for wish in ahead(request, weeks).unmet_wishes if wish.rule == "your_goal"
    )


def day_in(says: str) -> date | None:
    found = re.search(r"from about (\d+ \w+ \d{4})", says)
    return None if found is None else datetime.strptime(found[1], "%d %B %Y").date()  # noqa: DTZ007


@pytest.mark.parametrize("front", [False, True])
def test_a_goal_out_of_reach_has_one_day_on_which_it_would_fit_and_fits_then(front: bool) -> None:
    goal = Goal(distance_km=8.0, on=MONDAY + 2 * WEEK + timedelta(days=6))
    request = wishing(goal, front=front)
    fits_on = day_in(said_alone(request))
    assert fits_on is not None
    assert {day_in(said_ahead(request, weeks)) for weeks in (1, 2, 4)} == {fits_on}
    later = wishing(replace(goal, on=fits_on), front=front)
    assert said_alone(later) == ""
    assert said_ahead(later, (fits_on - MONDAY).days // 7 + 1) == ""


@pytest.mark.parametrize("runs", [AFTER_A_BREAK, past_runs((2, 2.0), (16, 10.0), (18, 10.0))])
def test_while_weeks_come_back_or_calm_down_no_day_is_named(runs: tuple[PastRun, ...]) -> None:
    goal = Goal(distance_km=40.0, on=MONDAY + 3 * WEEK)
    request = replace(wishing(goal, runs, front=False), used_to_week_km=40.0)
    for said in (said_alone(request), said_ahead(request, 2)):
        assert "out of reach" in said
        assert day_in(said) is None
    sore = replace(wishing(goal, front=False), knee=a_knee(pain_running=4))
    assert "out of reach" in said_alone(sore)
    assert day_in(said_alone(sore)) is None


def test_the_day_a_goal_would_fit_is_told_from_the_last_week_before_it() -> None:
    """Pain at the front splits the runs once they reach 3 km: that they get shorter is planned."""
    goal = Goal(distance_km=12.0, on=MONDAY + 6 * WEEK + timedelta(days=6))
    two_a_week = past_runs(*((days, 2.5) for days in (2, 5, 9, 12, 16, 19, 23, 26)))
    request = wishing(goal, two_a_week, front=True)
    split = ahead(request, 6)
    assert {len(runs_of(week.plan)) for week in split.weeks} == {2, 3}
    fits_on = day_in(said_ahead(request, 6))
    assert fits_on is not None
    later = wishing(replace(goal, on=fits_on), two_a_week, front=True)
    assert said_ahead(later, (fits_on - MONDAY).days // 7 + 1) == ""


@pytest.mark.parametrize(("runs", "km"), [(THREE_A_WEEK, 20.0), (AFTER_A_BREAK, 12.0)])
def test_no_week_is_lighter_for_a_goal_that_is_out_of_reach(
    runs: tuple[PastRun, ...], km: float
) -> None:
    goal = Goal(distance_km=km, on=MONDAY + 5 * WEEK + timedelta(days=6))
    request = wishing(goal, runs, front=False)
    assert "out of reach" in said_ahead(request, 6)
    assert "out of reach" in said_alone(request)
    weeks = ahead(request, 7).weeks
    assert [week.is_lighter for week in weeks] == [*[False] * 3, True, *[False] * 3]
    assert weeks[5].distance_km >= weeks[4].distance_km
    # Nobody who could not reach a goal is asked to set one the week after.
    assert "--goal" not in weeks[6].part.about.says


def test_a_goal_in_reach_keeps_its_lighter_week_and_the_one_after_it() -> None:
    goal = Goal(distance_km=7.0, on=MONDAY + 5 * WEEK + timedelta(days=6))
    weeks = ahead(wishing(goal, front=False), 7).weeks
    assert [week.is_lighter for week in weeks[4:]] == [False, True, True]


@pytest.mark.parametrize("goal_week", [4, 5, 6, 9])
def test_no_long_week_stands_between_two_lighter_ones_next_to_a_goal(goal_week: int) -> None:
    goal = Goal(distance_km=6.0, on=MONDAY + goal_week * WEEK + timedelta(days=6))
    weeks = ahead(wishing(goal, front=False), goal_week + 2).weeks
    lighter = [index for index, week in enumerate(weeks) if week.is_lighter]
    assert {goal_week, goal_week + 1} <= set(lighter)
    # Once the goal's length is reached, a lighter week keeps it as the weeks beside it do.
    for before, week, after in zip(weeks, weeks[1:], weeks[2:], strict=False):
        if week.is_lighter and before.phase is after.phase is Phase.KEEP:
            assert week.phase is Phase.KEEP
    apart = {later - sooner for sooner, later in pairwise(lighter)}
    assert apart <= {1, 3, 5}, lighter


@pytest.mark.parametrize("stands_share", [1.0, 0.9, 0.8, 0.6])
def test_a_lighter_week_takes_its_share_from_the_best_and_never_from_light_runs(
    stands_share: float,
) -> None:
    """Runs that care has made shorter came down twice: sore, up again, lighter, up again."""
    best = Lengths(easy_km=5.0, long_km=7.0)
    stands = Lengths(easy_km=5.0 * stands_share, long_km=7.0 * stands_share)
    course = Course(
        starts=MONDAY - 3 * WEEK,
        goal=(goal := Goal(distance_km=8.0, on=MONDAY + 20 * WEEK)),
        climb=Climb(runs=3, most_runs=3, usual=stands, home=best),
        climbs_from=MONDAY - WEEK,
        stands=stands,
        best=best,
        runs=3,
        calm_weeks=3,
        grows=True,
    )
    week = plan_one(MONDAY, wishing(goal, front=False), course)
    assert isinstance(week, PlannedWeek)
    shares = {1.0: 0.8, 0.9: 0.8, 0.8: 0.8, 0.6: 0.6}
    assert max(run.distance_km for run in runs_of(week.plan)) == pytest.approx(
        7.0 * shares[stands_share], abs=0.11
    )
    assert week.is_lighter is (stands_share > 0.8)
    assert ("lighter_week_frac" in {note.rule for note in week.plan.notes}) is week.is_lighter


@pytest.mark.parametrize(("km", "is_lighter"), [(20.0, False), (5.5, True)])
def test_after_a_goals_week_that_was_not_told_of_the_next_is_lighter_only_after_a_long_run(
    km: float, *, is_lighter: bool
) -> None:
    request = wishing(Goal(distance_km=km, on=MONDAY + WEEK + timedelta(days=6)), front=False)
    course: Course | None = None
    for starts, was_well in ((MONDAY, True), (MONDAY + WEEK, False)):
        week = plan_one(starts, request, course)
        assert isinstance(week, PlannedWeek)
        runs = runs_of(week.plan)
        story = LivedWeek(
            before=week.course, after=week.next_course, planned=runs, done=runs, was_well=was_well
        )
        course = course_after(story, starts + WEEK)
        request = replace(
            request,
            as_of=starts + WEEK - timedelta(days=1),
            recent_runs=(*request.recent_runs, *runs),
        )
    assert course is not None
    assert course.is_lighter(MONDAY + 2 * WEEK, Rules(PARAMETERS)) is is_lighter


@pytest.mark.parametrize(("km", "has_lighter"), [(6.0, True), (7.0, True), (7.5, False)])
def test_a_goal_in_reach_is_named_and_whether_it_takes_every_week(
    km: float, has_lighter: bool
) -> None:
    goal = Goal(distance_km=km, on=MONDAY + 6 * WEEK + timedelta(days=6))
    plan = ahead(wishing(goal, front=False), 6)
    assert not plan.unmet_wishes
    assert plan.goal is not None
    assert plan.goal.says.startswith(f"Your goal of {km:g} km on 10 January 2027 is within")
    assert any(week.is_lighter for week in plan.weeks) is has_lighter
    assert ("none is a lighter week" in plan.goal.says) is not has_lighter


@pytest.mark.parametrize("weeks_ahead", [16, 40])
def test_a_far_goal_has_lighter_weeks_wherever_it_is_in_reach_with_them(weeks_ahead: int) -> None:
    """Forty weeks were to grow without a lighter one, though by much less than a tenth each."""
    km = 5.5 * 1.1 ** (weeks_ahead * 0.45)
    goal = Goal(distance_km=km, on=MONDAY + weeks_ahead * WEEK + timedelta(days=6))
    plan = ahead(wishing(goal, front=False), 12)
    assert plan.goal is not None
    assert "none is a lighter week" not in plan.goal.says
    assert [index for index, week in enumerate(plan.weeks) if week.is_lighter][:2] == [3, 7]


def test_weeks_that_are_whole_for_another_reason_are_not_said_to_be_needed() -> None:
    """The turn of a lighter week waits next to the goal's own; these four end before it."""
    goal = Goal(distance_km=6.0, on=MONDAY + 5 * WEEK + timedelta(days=6))
    plan = ahead(wishing(goal, front=False), 4)
    assert not any(week.is_lighter for week in plan.weeks)
    assert plan.goal is not None
    assert "none is a lighter week" not in plan.goal.says


def test_once_a_goal_is_over_runs_that_get_shorter_are_not_said_to_stay() -> None:
    goal = Goal(distance_km=7.0, on=MONDAY + 5 * WEEK + timedelta(days=6))
    weeks = ahead(wishing(goal, front=False), 9).weeks
    longest_km = [max(run.distance_km for run in runs_of(week.plan)) for week in weeks]
    assert longest_km[4] > longest_km[8] == longest_km[7]
    assert "go back to what you were used to" in weeks[6].part.about.says
    assert "what you were used to" not in weeks[8].part.about.says


def test_of_a_goal_whose_day_has_passed_nothing_is_said() -> None:
    """It was out of reach, and would have fitted from a day in weeks that do not grow."""
    plan = ahead(wishing(Goal(distance_km=30.0, on=MONDAY - timedelta(days=1)), front=False), 6)
    assert plan.goal is None
    assert not plan.unmet_wishes


@pytest.mark.parametrize("on", [MONDAY - WEEK, MONDAY + 2 * WEEK])
def test_a_goal_that_is_over_or_out_of_reach_is_not_said_to_be_in_it(on: date) -> None:
    plan = ahead(wishing(Goal(distance_km=30.0, on=on), front=False), 2)
    assert plan.goal is None


def test_weeks_without_a_run_neither_grow_nor_does_the_first_after_them_keep() -> None:
    goal = Goal(distance_km=12.0, on=MONDAY + 20 * WEEK)
    request = wishing(goal, front=False)
    clinician = ClinicianLimits(no_running_until=MONDAY + 3 * WEEK)
    request = replace(request, profile=replace(request.profile, clinician=clinician))
    *without, back = ahead(request, 4).weeks
    assert {week.phase for week in without} == {Phase.KEEP}
    assert all(week.part.about.says.startswith("No runs for now.") for week in without)
    assert back.distance_km > 0.0
    assert back.phase is Phase.BUILD
    assert back.part.comes_back
