"""Laws of an accepted change: careful ones never add, and a little more stays within the cap."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.plan_requests import MONDAY
from builders.plan_strategies import requests
from builders.shipped import shipped_knowledge
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.check_in import MissedWhy
from sidestep.domain.planning.missed import Missed, still_counts, with_missed
from sidestep.domain.planning.pain_response import Response, Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.review import ChangeKind, propose, with_change
from sidestep.domain.planning.week import BlockKind, DayKind, NoWeek, WeekPlan

PARAMETERS = {**shipped_parameters("load"), **shipped_parameters("plans")}
RULES = Rules(PARAMETERS)
LIBRARY = {id: each for id, each in shipped_knowledge().exercises.items() if each.is_planned}
CAREFUL = [each for each in ChangeKind if each.changes_plan and each is not ChangeKind.PROGRESS]


def km(plan: WeekPlan | NoWeek) -> float:
    if isinstance(plan, NoWeek):
        return 0.0
    return sum(block.distance_km or 0.0 for day in plan.days for block in day.blocks)


def longest(plan: WeekPlan | NoWeek) -> float:
    if isinstance(plan, NoWeek):
        return 0.0
    return max(block.distance_km or 0.0 for day in plan.days for block in day.blocks)


@settings(max_examples=80, deadline=None)
@given(requests(), st.sampled_from(CAREFUL))
def test_a_careful_change_never_adds_running(request_: WeekRequest, change: ChangeKind) -> None:
    request_ = replace(request_, parameters=PARAMETERS)
    before = build_week(MONDAY, request_)
    after = build_week(MONDAY, with_change(request_, change))
    assert km(after) <= km(before) + 1e-6
    assert longest(after) <= longest(before) + 1e-6


@settings(max_examples=40, deadline=None)
@given(requests(), st.sampled_from([ChangeKind.STEP_BACK, ChangeKind.BACK]))
def test_an_accepted_step_back_is_one_however_light_the_week_was(
    request_: WeekRequest, change: ChangeKind
) -> None:
    request_ = replace(request_, parameters=PARAMETERS)
    # A run that her own minutes cut may be as short as that already.
    profile = replace(request_.profile, minutes=None, minutes_on={})
    # So may one that the ceiling of its day cuts, once a longer run has left the month by then.
    since = MONDAY - timedelta(days=RULES.count("spike_window_days") - 6)
    in_the_month = tuple(run for run in request_.recent_runs if run.on >= since)
    request_ = replace(request_, profile=profile, recent_runs=in_the_month)
    before = build_week(MONDAY, request_)
    after = build_week(MONDAY, with_change(request_, change))
    shortest_km = RULES.number("shortest_run_km")
    most_km = max(longest(before) * RULES.number("review_back_frac"), shortest_km)
    # Lengths are rounded down to tenths once they are worked out.
    assert longest(after) <= most_km + 0.1


@settings(max_examples=80, deadline=None)
@given(requests())
def test_a_little_more_is_a_little_and_within_the_cap(request_: WeekRequest) -> None:
    request_ = replace(request_, parameters=PARAMETERS)
    before = build_week(MONDAY, request_)
    after = build_week(MONDAY, with_change(request_, ChangeKind.PROGRESS))
    most = RULES.number("review_progress_frac")
    assert longest(after) <= longest(before) * most + 0.1
    past = [run.distance_km for run in request_.recent_runs]
    if past and longest(after) > longest(before):
        assert longest(after) <= max(past) * RULES.number("next_run_cap_ratio") + 1e-6


@given(
    st.sampled_from([None, *Step]),
    st.sampled_from([None, *Step]),
    st.lists(
        st.builds(
            Missed,
            why=st.sampled_from(MissedWhy),
            on=st.just(MONDAY - timedelta(days=2)),
            is_run=st.booleans(),
            is_home=st.booleans(),
            is_stretching=st.booleans(),
            is_side_steps=st.booleans(),
        ),
        max_size=5,
    ),
)
def test_pain_comes_before_everything_and_one_change_is_proposed(
    run: Step | None, exercises: Step | None, missed: list[Missed]
) -> None:
    why = RULES.why("pain_change_min")
    responses = [
        None if step is None else Response(step=step, saw="Seen.", why=why)
        for step in (run, exercises)
    ]
    proposal = propose(responses[0], responses[1], missed, RULES)
    assert proposal.title
    assert proposal.saw
    if run is not None and run < Step.HOLD:
        assert proposal.change in (ChangeKind.STEP_BACK, ChangeKind.BACK)
    elif exercises is not None and exercises < Step.HOLD:
        assert proposal.change is ChangeKind.EASIER
    elif missed:
        assert proposal.change not in (ChangeKind.PROGRESS, ChangeKind.HOLD)
    if proposal.change is ChangeKind.PROGRESS:
        assert run is Step.PROGRESS


@pytest.mark.parametrize("change", ChangeKind)
def test_what_is_accepted_changes_the_plan_and_what_answers_a_reason_is_not_in_here(
    change: ChangeKind,
) -> None:
    from builders.plan_requests import a_request

    request_ = a_request(parameters=PARAMETERS)
    changed = with_change(request_, change) != request_
    of_reason_only = {
        ChangeKind.ANOTHER_EXERCISE,
        ChangeKind.TIE_TO_SHOES,
        ChangeKind.SEE_THE_SHOES,
        ChangeKind.SWAP,
        ChangeKind.SWAP_RUN,
        ChangeKind.SHORTER_STRETCHES,
        ChangeKind.STRETCH_AT_HOME,
        ChangeKind.SMALLER_SIDE_STEPS,
        ChangeKind.SAY_SIDE_STEPS,
        ChangeKind.READ_THE_MYTH,
        ChangeKind.SHORTER_STRETCHES,
        ChangeKind.STRETCH_AT_HOME,
        ChangeKind.SMALLER_SIDE_STEPS,
        ChangeKind.SAY_SIDE_STEPS,
    }
    assert changed == (change.changes_plan and change not in of_reason_only)


@settings(max_examples=40, deadline=None)
@given(
    requests(),
    st.lists(
        st.builds(
            Missed,
            why=st.sampled_from(MissedWhy),
            on=st.integers(1, 40).map(lambda days: MONDAY - timedelta(days=days)),
            is_run=st.booleans(),
            is_home=st.booleans(),
            is_stretching=st.booleans(),
            is_side_steps=st.booleans(),
            exercises=st.frozensets(st.sampled_from(sorted(LIBRARY)), max_size=3),
        ),
        max_size=4,
    ),
)
def test_no_reason_for_missed_work_adds_running_or_takes_side_work_away(
    request_: WeekRequest, missed: list[Missed]
) -> None:
    request_ = replace(request_, parameters=PARAMETERS, exercises=LIBRARY)
    counting = still_counts(missed, MONDAY, RULES)
    before = build_week(MONDAY, request_)
    after = build_week(MONDAY, with_missed(request_, counting, MONDAY, LIBRARY))
    assert km(after) <= km(before) + 1e-6
    if isinstance(before, WeekPlan):
        assert isinstance(after, WeekPlan)
        for day in after.days:
            kinds = {block.kind for block in day.blocks}
            assert day.kind is not DayKind.OFF or BlockKind.LATERAL in kinds
