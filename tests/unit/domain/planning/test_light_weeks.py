"""Coming back after light weeks goes by what was run, and is not undone by a run left out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from builders.plan_requests import (
    MONDAY,
    PARAMETERS,
    a_knee,
    a_request,
    past_runs,
)
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.course import Course, on_course
from sidestep.domain.planning.horizon import PlannedWeek, plan_one, runs_of
from sidestep.domain.planning.levels import Climb
from sidestep.domain.planning.light_weeks import WayBack, way_back
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Goal, Lengths, PastRun, RunLevel, WeekRequest
from sidestep.domain.planning.week import WeekPlan

RULES = Rules(PARAMETERS)
SUNDAY = MONDAY - timedelta(days=1)
USED_TO_KM = 20.0


def weeks_of(*weeks_km: tuple[float, ...]) -> tuple[PastRun, ...]:
    """Return runs of weeks in a row, the last of them the one before the Monday."""
    count = len(weeks_km)
    return tuple(
        PastRun(on=MONDAY - timedelta(days=7 * (count - index) - 2 * run), distance_km=km)
        for index, runs in enumerate(weeks_km)
        for run, km in enumerate(runs)
    )


def asked_km(request: WeekRequest) -> list[float]:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan)
    return [run.distance_km for run in runs_of(plan)]


@pytest.mark.parametrize(
    ("weeks_km", "expected"),
    [
        # One light week is none.
        ([(7, 7), (7, 7), (7, 7), (3,)], None),
        # Both are below half of it: the way back begins.
        ([(7, 7), (7, 7), (3,), (4, 5)], WayBack(busiest_km=9, longest_km=5, runs=2, most_runs=2)),
        # More than half, less than two thirds: it goes on, and a run more is there.
        ([(7, 7), (3,), (4, 5), (6, 6)], WayBack(busiest_km=12, longest_km=6, runs=2, most_runs=3)),
        # A week in which one was left out does not undo what was reached.
        ([(3,), (4, 5), (6, 6), (5,)], WayBack(busiest_km=12, longest_km=6, runs=2, most_runs=3)),
        # One rise more leads to all of it.
        ([(3,), (4, 5), (6, 6), (7, 7)], None),
        # So much without light weeks before it is no way back.
        ([(7, 7), (7, 7), (6, 6), (6, 6)], None),
        # Nothing at all: a break.
        ([(7, 7), (7, 7), (), ()], WayBack(busiest_km=0, longest_km=0, runs=0, most_runs=1)),
    ],
)
def test_the_way_back_begins_goes_on_and_ends(
    weeks_km: list[tuple[float, ...]], expected: WayBack | None
) -> None:
    assert way_back(weeks_of(*weeks_km), SUNDAY, USED_TO_KM, RULES) == expected


def test_before_somebody_began_there_are_no_light_weeks() -> None:
    assert way_back(weeks_of((5, 6)), SUNDAY, USED_TO_KM, RULES) is None
    assert way_back(weeks_of((4,)), SUNDAY, USED_TO_KM, RULES) is not None
    assert way_back((), SUNDAY, USED_TO_KM, RULES) is None
    assert way_back(weeks_of((4,)), SUNDAY, None, RULES) is None


def test_a_run_left_out_on_the_way_back_makes_no_week_lighter_than_the_one_before() -> None:
    """Asked for 12 and 18 km of 20; who runs 12 and then only 5 is asked for as much again."""
    why = own_why("used_to", "20 km")
    stands = RunLevel(runs=3, easy_km=6.0, long_km=8.0, why=why)
    request = replace(a_request(), used_to=stands, run_level=stands, used_to_week_km=USED_TO_KM)
    asked = [
        sum(asked_km(replace(request, recent_runs=weeks_of(*weeks))))
        for weeks in (
            [(6, 6, 8), (3,), (4, 5), (6, 6)],
            [(3,), (4, 5), (6, 6), (5,)],
        )
    ]
    # What is left to them is the longest run of the month: 8 km of five weeks ago count no more.
    assert asked == [18.0, 17.4]


@pytest.mark.parametrize(("fewer", "runs"), [(0, 3), (1, 3), (1, 2), (1, 1)])
def test_a_week_on_the_way_back_that_comes_again_asks_for_what_was_run(
    fewer: int, runs: int
) -> None:
    """Not shared out among runs that nobody has yet, or that will not be there."""
    stands = RunLevel(runs=4, easy_km=4.0, long_km=4.0, why=own_why("used_to", "40 km"))
    run_level = replace(stands, runs=min(4, runs + 1) if fewer else 4)
    request = replace(a_request(), used_to=stands, run_level=run_level, used_to_week_km=40.0)
    lived = weeks_of(*[(4.0,) * runs] * 4)
    again = replace(request, recent_runs=lived, grows=False, runs_fewer=fewer)
    assert asked_km(again) == [4.0] * runs


def test_a_long_run_that_was_reached_stays_when_the_week_comes_again() -> None:
    """12 of 16 km in one run: it came down to half of the week and went up again, by turns."""
    stands = RunLevel(runs=3, easy_km=2.0, long_km=12.0, why=own_why("used_to", "40 km"))
    request = replace(a_request(), used_to=stands, run_level=stands, used_to_week_km=40.0)
    lived = weeks_of(*[(2.0, 2.0, 12.0)] * 4)
    again = replace(request, recent_runs=lived, grows=False)
    assert sorted(asked_km(again)) == [2.0, 2.0, 12.0]


def test_what_was_usual_is_known_while_the_weeks_come_back_though_the_history_forgets_it() -> None:
    lengths = Lengths(easy_km=5.0, long_km=10.0)
    climb = Climb(runs=2, most_runs=3, usual=lengths, home=lengths)
    used_to = RunLevel(runs=3, easy_km=5.0, long_km=10.0, why=own_why("used_to", "20 km"))
    course = Course(starts=MONDAY, climbs_from=MONDAY, climb=climb, stands=lengths, used_to=used_to)
    forgotten = replace(a_request(runs=weeks_of((3,), (4,))), used_to_week_km=4.0)
    assert on_course(forgotten, course, MONDAY, RULES).used_to_week_km == 20.0
    longer = replace(forgotten, used_to_week_km=30.0)
    assert on_course(longer, course, MONDAY, RULES).used_to_week_km == 30.0
    unknown = replace(course, used_to=None)
    assert on_course(forgotten, unknown, MONDAY, RULES).used_to_week_km == 4.0


def test_no_week_is_a_lighter_one_while_weeks_are_light_already() -> None:
    goal = Goal(distance_km=10.0, on=MONDAY + timedelta(days=70))
    course = Course(starts=MONDAY - timedelta(days=21), climbs_from=MONDAY, goal=goal)
    assert course.is_lighter(MONDAY, RULES)
    steady = replace(a_request(runs=weeks_of(*[(6, 6, 8)] * 4)), used_to_week_km=USED_TO_KM)
    light = replace(steady, recent_runs=weeks_of((6, 6, 8), (6, 6, 8), (3,), (3,)))
    away = replace(steady, recent_runs=past_runs((20, 8.0)), used_to_week_km=None)
    assert on_course(steady, course, MONDAY, RULES).is_lighter
    assert not on_course(light, course, MONDAY, RULES).is_lighter
    assert not on_course(away, course, MONDAY, RULES).is_lighter


@pytest.mark.parametrize("rule", ["review_shorter_frac", "review_back_frac"])
def test_runs_that_were_too_long_get_shorter_and_never_end(rule: str) -> None:
    short = past_runs(*((days, 0.55) for days in (2, 4, 9, 11, 16, 18, 23, 25)))
    assert set(asked_km(replace(a_request(runs=short), review_rule=rule))) == {0.5}


def test_the_week_after_a_break_asks_for_no_less_than_the_one_that_ended_it() -> None:
    """Three runs of 6 km and 8 km a week, then two weeks of nothing: half a week at most."""
    why = own_why("used_to", "40 km")
    stands = RunLevel(runs=3, easy_km=6.0, long_km=8.0, why=why)
    used_to = replace(stands, easy_km=12.0, long_km=16.0)
    request = replace(a_request(), run_level=stands, used_to=used_to, used_to_week_km=40.0)
    ended = asked_km(replace(request, recent_runs=weeks_of((6, 6, 8), (6, 6, 8), (), ())))
    after = asked_km(replace(request, recent_runs=weeks_of((6, 6, 8), (), (), tuple(ended))))
    assert 0 < sum(ended) <= min(10.0, sum(after))


@pytest.mark.parametrize("pain", [4.0, None])
def test_a_sorer_knee_has_no_more_of_the_way_back_by_rounding(pain: float | None) -> None:
    """5.2 km in the busiest week: 7.8 km, whether the runs stand at 3.9 km or are to grow on."""
    usual, home = Lengths(easy_km=3.7, long_km=3.92), Lengths(easy_km=3.7, long_km=4.81)
    course = Course(
        starts=MONDAY - timedelta(days=168),
        used_to=RunLevel(runs=4, easy_km=3.7, long_km=4.81, why=own_why("used_to", "16 km")),
        climb=Climb(runs=4, most_runs=4, usual=usual, home=home),
        climbs_from=MONDAY - timedelta(days=14),
        stands=usual,
        best=home,
        runs=4,
        calm_weeks=13,
        grows=True,
    )
    runs = weeks_of((2.5, 2.7), (2.5, 2.7), (3.5,))

    def km(pain: float | None) -> float:
        request = a_request(runs=runs, knee=a_knee(pain_running=pain))
        planned = plan_one(MONDAY, request, course)
        assert isinstance(planned, PlannedWeek)
        return planned.distance_km

    assert km(0.0) == pytest.approx(7.8)
    assert km(pain) <= km(0.0)
