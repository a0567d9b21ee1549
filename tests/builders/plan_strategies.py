"""Any request for a week that a person, her knee and her history could bring."""

from datetime import timedelta

from hypothesis import strategies as st

from builders.plan_requests import MONDAY, a_request
from sidestep.domain.planning.clinician import ClinicianLimits
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.request import (
    Goal,
    GroupClass,
    KneeState,
    PastRun,
    RunLevel,
    RunnerProfile,
    WeekRequest,
)
from sidestep.domain.triage.rules import PlanAccess

pains = st.none() | st.integers(0, 10).map(float)
weekday_sets = st.frozensets(st.integers(0, 6), max_size=6)
some_minutes = st.none() | st.integers(0, 120)


classes = st.builds(GroupClass, weekday=st.integers(0, 6), minutes=st.integers(20, 90))
goals = st.builds(
    lambda km, days: Goal(distance_km=round(km, 1), on=MONDAY + timedelta(days=days)),
    st.floats(1, 25),
    st.integers(0, 50),
)


@st.composite
def profiles(draw: st.DrawFn) -> RunnerProfile:
    return RunnerProfile(
        not_on=draw(weekday_sets),
        minutes=draw(some_minutes),
        minutes_on=draw(st.dictionaries(st.integers(0, 6), st.integers(0, 150), max_size=4)),
        equipment=draw(st.frozensets(st.sampled_from(["band", "frisbee_team"]))),
        running_days_max=draw(st.none() | st.integers(1, 5)),
        long_run_on=draw(st.none() | st.integers(0, 6)),
        run_on=draw(weekday_sets),
        group_class=draw(st.none() | classes),
        body_mass_kg=draw(st.none() | st.sampled_from([60.0, 110.0])),
        height_cm=draw(st.none() | st.just(170.0)),
    )


@st.composite
def knees(draw: st.DrawFn) -> KneeState:
    return KneeState(
        access=draw(st.sampled_from([PlanAccess.ALLOWED, PlanAccess.REDUCED])),
        reasons=("A reason.",),
        has_front_pattern=draw(st.booleans()),
        has_outer_pattern=draw(st.booleans()),
        pain_running=draw(pains),
        has_rested=draw(st.booleans()),
        pain_now=draw(pains),
        pain_daily_life=draw(pains),
        distance_until_pain_km=draw(st.none() | st.floats(0, 20)),
        years_running=draw(st.none() | st.floats(0, 5)),
    )


@st.composite
def clinicians(draw: st.DrawFn) -> ClinicianLimits:
    """Limits that a clinician could set around the week."""
    days = st.none() | st.integers(-3, 9).map(lambda days: MONDAY + timedelta(days=days))
    not_doing = ["clam", "strength", "foot_work", "side_work", "side_steps", "stretches", "walk"]
    return ClinicianLimits(
        since=draw(days),
        no_running_until=draw(days),
        longest_run_km=draw(st.none() | st.floats(0.2, 15)),
        longest_run_min=draw(st.none() | st.integers(1, 90)),
        running_days_max=draw(st.none() | st.integers(1, 5)),
        no_jumping=draw(st.booleans()),
        pain_max=draw(st.none() | st.integers(0, 6)),
        not_doing=draw(st.frozensets(st.sampled_from(not_doing), max_size=3)),
    )


histories = st.lists(
    st.builds(
        lambda days_ago, km: PastRun(on=MONDAY - timedelta(days=days_ago), distance_km=km),
        st.integers(1, 40),
        st.floats(0.2, 40),
    ),
    max_size=25,
).map(tuple)


levels = st.builds(
    lambda runs, easy_km, ratio: RunLevel(
        runs=runs,
        easy_km=easy_km,
        long_km=easy_km * ratio,
        why=own_why("used_to", "What she was used to."),
    ),
    st.integers(1, 5),
    st.floats(0.5, 20),
    st.floats(1, 3),
)


@st.composite
def requests(draw: st.DrawFn) -> WeekRequest:
    return a_request(
        runs=draw(histories),
        profile=draw(profiles()),
        knee=draw(knees()),
        next_run_cap_km=draw(st.none() | st.floats(0.5, 40)),
        pace_min_per_km=draw(st.none() | st.floats(3.5, 12)),
        used_to=draw(st.none() | levels),
        used_to_week_km=draw(st.none() | st.floats(1, 80)),
    )
