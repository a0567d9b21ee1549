from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.plan_requests import (
    EXERCISES,
    MONDAY,
    NUMBERS,
    a_knee,
    a_request,
    an_exercise,
    past_runs,
)
from builders.plan_strategies import requests
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.edits import (
    Edit,
    MoveRun,
    SetLength,
    SwapExercise,
    TakeRest,
    pins_of,
)
from sidestep.domain.planning.exercise import ExerciseUse
from sidestep.domain.planning.request import RunnerProfile, WeekRequest
from sidestep.domain.planning.try_edit import Refused, run_of, try_edit
from sidestep.domain.planning.week import BlockKind, DayKind, WeekPlan

DAYS = [MONDAY + timedelta(days=days) for days in range(7)]


def planned(request: WeekRequest) -> WeekPlan:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan)
    return plan


def run_days(plan: WeekPlan) -> list[date]:
    return [day.date for day in plan.days if day.kind is DayKind.RUN]


def accepted(request: WeekRequest, edit: Edit) -> WeekPlan:
    tried = try_edit(MONDAY, request, edit)
    assert isinstance(tried, WeekPlan), tried
    return tried


def refused(request: WeekRequest, edit: Edit) -> Refused:
    tried = try_edit(MONDAY, request, edit)
    assert isinstance(tried, Refused)
    assert tried.limits
    return tried


def ids(refusal: Refused) -> list[str]:
    return [limit.id for limit in refusal.limits]


def test_a_moved_run_leaves_the_other_runs_where_they_are() -> None:
    request = a_request()
    before = run_days(planned(request))
    free = next(day for day in DAYS if day not in before)
    after = run_days(accepted(request, MoveRun(on=before[0], to=free)))
    assert set(after) == {free, *before[1:]}


def test_a_moved_longest_run_stays_the_longest() -> None:
    runs = past_runs((2, 5), (4, 5), (6, 12), (9, 5), (11, 5), (13, 5), (16, 5), (18, 5), (20, 5))
    request = a_request(runs=runs)
    before = planned(request)
    lengths = {on: run_km(before, on) for on in run_days(before)}
    longest = max(lengths, key=lambda on: lengths[on])
    free = next(day for day in DAYS if day not in lengths)
    after = accepted(request, MoveRun(on=longest, to=free, is_long=True))
    assert run_km(after, free) == lengths[longest]


def run_km(plan: WeekPlan, on: date) -> float:
    run = run_of(plan, on)
    assert run is not None
    assert run.distance_km is not None
    return run.distance_km


def test_a_run_longer_than_the_cap_is_refused_with_the_longest_that_may_be() -> None:
    request = a_request()
    on = run_days(planned(request))[0]
    refusal = refused(request, SetLength(on=on, distance_km=9.0))
    assert ids(refusal) == ["next_run_cap_ratio"]
    assert refusal.longest_km == 5.5
    assert run_km(accepted(request, SetLength(on=on, distance_km=5.5)), on) == 5.5


def test_a_run_next_to_another_is_refused_while_the_knee_needs_a_day_between() -> None:
    request = a_request(knee=a_knee(pain_running=4))
    before = run_days(planned(request))
    target = before[1] - timedelta(days=1)
    refusal = refused(request, MoveRun(on=before[0], to=target))
    assert "days_between_runs" in ids(refusal)
    for day in refusal.days:
        accepted(request, MoveRun(on=before[0], to=day))
    assert target not in refusal.days


def test_a_day_taken_for_rest_loses_its_run_and_no_other_day_makes_it_up() -> None:
    request = a_request()
    before = run_days(planned(request))
    after = accepted(request, TakeRest(on=before[0]))
    assert run_days(after) == before[1:]
    day = next(day for day in after.days if day.date == before[0])
    assert day.kind is DayKind.REST
    assert day.blocks[0].why.rule == "your_edit"


def test_one_run_more_than_the_most_running_days_is_refused() -> None:
    request = a_request(profile=RunnerProfile(running_days_max=3))
    free = next(day for day in DAYS if day not in run_days(planned(request)))
    refusal = refused(request, SetLength(on=free, distance_km=3.0))
    assert "running_days_max" in ids(refusal)


def test_a_run_on_a_day_she_cannot_train_is_refused_by_her_own_days() -> None:
    request = a_request(profile=RunnerProfile(not_on=frozenset({2})))
    on = run_days(planned(request))[0]
    refusal = refused(request, MoveRun(on=on, to=DAYS[2]))
    assert "your_days" in ids(refusal)
    assert DAYS[2] not in refusal.days


@pytest.mark.parametrize(
    ("edit", "limit"),
    [
        (MoveRun(on=DAYS[0], to=DAYS[0] + timedelta(days=9)), "in_the_week"),
        (TakeRest(on=DAYS[0] - timedelta(days=1)), "in_the_week"),
        (SwapExercise(on=DAYS[0], exercise="plank", instead="clam"), "an_exercise_to_swap"),
    ],
)
def test_what_is_not_there_cannot_be_changed(edit: Edit, limit: str) -> None:
    assert ids(refused(a_request(), edit)) == [limit]


def test_a_refused_day_of_rest_names_the_days_that_could_be() -> None:
    two_days = RunnerProfile(not_on=frozenset({0, 2, 3, 5, 6}))
    request = a_request(profile=two_days)
    work = [day for day in planned(request).days if day.kind is not DayKind.REST]
    taken = replace(request, edits=(TakeRest(on=work[0].date),))
    refusal = refused(taken, TakeRest(on=work[1].date))
    assert "lateral_exercises" in ids(refusal)
    for day in refusal.days:
        accepted(taken, TakeRest(on=day))


def test_what_is_meant_but_not_there_is_answered_with_what_is() -> None:
    request = a_request()
    plan = planned(request)
    free = next(day for day in DAYS if day not in run_days(plan))
    other = next(day for day in DAYS if day not in (free, *run_days(plan)))
    assert refused(request, MoveRun(on=free, to=other)).days == tuple(run_days(plan))
    off = next(day for day in plan.days if day.kind is DayKind.OFF)
    swap = SwapExercise(on=off.date, exercise="plank", instead="clam")
    at_home = {each.exercise for each in off.blocks}
    assert set(refused(request, swap).exercises) == at_home


def test_an_exercise_is_swapped_for_one_that_does_the_same_job_only() -> None:
    request = a_request()
    day, block = next(
        (day, block)
        for day in planned(request).days
        for block in day.blocks
        if block.kind is BlockKind.LATERAL
    )

    def swap(instead: str) -> Edit:
        return SwapExercise(on=day.date, exercise=block.exercise, instead=instead)

    assert ids(refused(request, swap("squat"))) == ["same_use"]
    assert ids(refused(request, swap("band_walk"))) == ["your_equipment"]
    assert ids(refused(request, swap("plank"))) == ["level_max_to_begin"]
    assert ids(refused(request, swap("no_such"))) == ["a_known_exercise"]
    possible = refused(request, swap("plank")).exercises
    assert possible
    for other in possible:
        after = accepted(request, swap(other))
        swapped = next(each for each in after.days if each.date == day.date)
        assert other in {each.exercise for each in swapped.blocks}
        assert block.exercise not in {each.exercise for each in swapped.blocks}


def test_a_swap_that_takes_longer_than_the_day_has_is_refused() -> None:
    base = a_request()
    longer = an_exercise("long_clam", ExerciseUse.LATERAL, minutes=3.9)
    roomy = replace(base, exercises={**base.exercises, longer.id: longer})
    day, block = next(
        (day, block)
        for day in planned(roomy).days
        for block in day.blocks
        if block.kind is BlockKind.LATERAL
        and longer.id not in {each.exercise for each in day.blocks}
    )
    edit = SwapExercise(on=day.date, exercise=block.exercise, instead=longer.id)
    assert isinstance(try_edit(MONDAY, roomy, edit), WeekPlan)
    minutes = round(sum(each.minutes for each in day.blocks)) + 1
    profile = RunnerProfile(minutes_on={day.date.weekday(): minutes})
    request = replace(roomy, profile=profile)
    refusal = refused(request, edit)
    assert ids(refusal) == ["your_minutes"]
    assert longer.id not in refusal.exercises


def test_a_later_edit_has_the_last_word() -> None:
    monday, tuesday, thursday = DAYS[0], DAYS[1], DAYS[3]
    moved_twice = pins_of([MoveRun(on=monday, to=tuesday), MoveRun(on=tuesday, to=thursday)])
    assert moved_twice.runs == {thursday}
    assert moved_twice.no_runs == {monday, tuesday}
    rested = pins_of([SetLength(on=monday, distance_km=4.0), TakeRest(on=monday)])
    assert (rested.runs, rested.lengths_km) == (frozenset(), {})
    back = pins_of(
        [
            SwapExercise(on=monday, exercise="clam", instead="hydrant"),
            SwapExercise(on=monday, exercise="hydrant", instead="clam"),
        ]
    )
    assert back.swaps[monday] == {}


edits = st.one_of(
    st.builds(MoveRun, on=st.sampled_from(DAYS), to=st.sampled_from(DAYS)),
    st.builds(SetLength, on=st.sampled_from(DAYS), distance_km=st.sampled_from([1.0, 4.0, 12.0])),
    st.builds(TakeRest, on=st.sampled_from(DAYS)),
    st.builds(
        SwapExercise,
        on=st.sampled_from(DAYS),
        exercise=st.sampled_from(sorted(EXERCISES)),
        instead=st.sampled_from(sorted(EXERCISES)),
    ),
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(requests(), edits)
def test_an_edit_is_kept_inside_every_limit_or_refused_with_what_is_possible(
    request: WeekRequest, edit: Edit
) -> None:
    if not isinstance(build_week(MONDAY, request), WeekPlan):
        return
    tried = try_edit(MONDAY, request, edit)
    if isinstance(tried, Refused):
        assert tried.limits
        return
    assert isinstance(tried, WeekPlan)
    knee = request.knee
    assert knee is not None
    runs = run_days(tried)
    assert len(runs) <= (request.profile.running_days_max or 4)
    assert any(day.kind is DayKind.REST for day in tried.days)
    so_far = [run for run in request.recent_runs if run.distance_km > 0]
    longest_km = max((run.distance_km for run in so_far), default=0.0)
    for on in runs:
        km = run_km(tried, on)
        assert on.weekday() not in request.profile.not_on
        if longest_km:
            cap_km = NUMBERS["next_run_cap_ratio"] * longest_km
            assert km <= max(cap_km, 1.6) + 1e-6
        if knee.distance_until_pain_km is not None:
            assert km <= 0.75 * knee.distance_until_pain_km + 1e-6
    if isinstance(edit, TakeRest):
        day = next(day for day in tried.days if day.date == edit.on)
        assert day.kind is DayKind.REST
    if isinstance(edit, SetLength):
        assert run_km(tried, edit.on) == edit.distance_km


def test_a_length_far_above_names_what_holds_the_day_and_not_a_ceiling_above_that() -> None:
    """Runs of 10 km, and pain from 6 km on: 30 km is above both, but 4.5 km is what would do."""
    request = a_request(
        runs=past_runs((2, 10.0), (4, 10.0), (6, 10.0)), knee=a_knee(distance_until_pain_km=6.0)
    )
    on = run_days(planned(request))[0]
    refusal = refused(request, SetLength(on=on, distance_km=30.0))
    assert refusal.longest_km == 4.5
    assert ids(refusal) == ["start_below_pain_frac"]


def test_a_run_moved_onto_another_is_told_the_days_that_would_do() -> None:
    request = a_request()
    first, second = run_days(planned(request))[:2]
    refusal = refused(request, MoveRun(on=first, to=second))
    assert ids(refusal) == ["one_run_a_day"]
    assert refusal.days
    assert isinstance(try_edit(MONDAY, request, MoveRun(on=first, to=refusal.days[0])), WeekPlan)


def test_a_length_too_far_is_told_what_holds_it_in_a_week_under_way_too() -> None:
    """What was run already, planned or not, is not what holds a run that is still to come."""
    whole = a_request(knee=a_knee(pain_running=4))
    before = planned(whole)
    first = run_days(before)[0]
    for ran_on in ({first}, {first, first + timedelta(days=1)}):
        until = first + timedelta(days=2)
        kinds = {day.date: day.kind for day in before.days if day.date < until}
        request = replace(whole, lived_until=until, lived=kinds, ran_on=frozenset(ran_on))
        on = run_days(planned(request))[-1]
        assert on >= until
        refusal = refused(request, SetLength(on=on, distance_km=30.0))
        assert refusal.longest_km is not None
        assert ids(refusal) == ["eased_run_frac"]
