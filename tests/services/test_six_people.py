"""Six people: twelve weeks planned, a month of daily check-ins, and a file for the watch."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from builders.days_told import told
from builders.shipped import shipped_knowledge
from builders.six_people import (
    MONDAY,
    SIX,
    WEEK,
    Someone,
    a_good_day,
    desk_worker,
    exercises_of,
    front_pain,
    heavy_novice,
    marathon_runner,
    outside_pain,
    red_flag,
    rules_noted,
    run_of,
    runs_of,
)
from builders.workout_decoders import decode_with_fitfast, decode_with_python_sdk
from sidestep.adapters.activity_files.fit_workout import encode_workout
from sidestep.domain.planning.horizon import Horizon
from sidestep.domain.planning.review import ChangeKind
from sidestep.domain.planning.run_session import run_session
from sidestep.domain.planning.week import BlockKind, Day, DayKind, NoWeek, Phase
from sidestep.services.week.plan_week import plan_and_keep
from sidestep.services.week.today_card import today_card

RULES = shipped_knowledge()
A_MONTH = 4


def km(plan: Any) -> float:
    return sum(runs_of(plan))


def ahead(one: Someone) -> Horizon:
    plan = one.looks_ahead()
    assert isinstance(plan, Horizon)
    assert len(plan.weeks) == 12
    return plan


def no_limit_is_broken(one: Someone) -> None:
    """Hold each planned run against the longest of the 30 days before it, and each week's shape."""
    ran = {each.local_date: each.distance_km or 0.0 for each in one.store.activities()}
    for plan in one.plans:
        if isinstance(plan, NoWeek):
            continue
        known = {on: length for on, length in ran.items() if on < plan.week_starts}
        for day in plan.days:
            length = run_of(day)
            since = [km for on, km in known.items() if 0 < (day.date - on).days <= 30]
            if length and since:
                assert length <= 1.1 * max(since) + 1e-6
            if length:
                known[day.date] = length
        kinds = [day.kind for day in plan.days]
        assert kinds.count(DayKind.RUN) <= 4
        assert DayKind.REST in kinds


@pytest.mark.parametrize("name", [name for name in SIX if name != "red flag"])
def test_twelve_weeks_begin_with_the_week_planned_alone_and_end_no_lower(name: str) -> None:
    one = SIX[name]()
    weeks = ahead(one).weeks
    one.lives(1)
    assert one.week(0) == weeks[0].plan
    assert weeks[-1].distance_km >= weeks[0].distance_km
    grown = [
        later.distance_km / sooner.distance_km
        for sooner, later in pairwise(weeks)
        if len(runs_of(later.plan)) == len(runs_of(sooner.plan))
        and not (sooner.is_lighter or later.is_lighter)
        and "back_week_rise" not in rules_noted(later.plan)
    ]
    assert max(grown) <= 1.15


@pytest.mark.parametrize("name", [name for name in SIX if name != "red flag"])
def test_a_month_lived_well_goes_as_it_was_looked_ahead_to(name: str) -> None:
    one = SIX[name]()
    looked_at = ahead(one).weeks
    one.lives(A_MONTH)
    no_limit_is_broken(one)
    lived = [km(one.week(index)) for index in range(A_MONTH)]
    hoped = [week.distance_km for week in looked_at[:A_MONTH]]
    if looked_at[0].phase is not Phase.CALM:
        assert lived == hoped
    # A knee told to be calm at once is free a little sooner, and no week is longer than the last
    # of the month was to be.
    assert max(lived) <= max(hoped) * 1.1 + 0.3
    assert lived[-1] >= lived[0]


@pytest.mark.parametrize("name", [name for name in SIX if name != "red flag"])
def test_the_first_week_goes_on_a_watch_and_two_foreign_decoders_read_it(name: str) -> None:
    one = SIX[name]()
    one.lives(1)
    sessions = [run_session(day) for day in one.week(0).days]
    written = [encode_workout(each) for each in sessions if each is not None]
    assert len(written) == len(runs_of(one.week(0)))
    for content in written:
        official, other = decode_with_python_sdk(content), decode_with_fitfast(content)
        assert len(official.steps) == len(other.steps) >= 5
        names = " ".join(str(step.get("wkt_step_name", "")) for step in official.steps)
        assert "Side step left" in names
        assert "Side step right" in names


def test_outside_pain_starts_below_its_distance_and_comes_back_when_it_is_calm() -> None:
    one = outside_pain()
    weeks = ahead(one).weeks
    assert [week.phase for week in weeks[:3]] == [Phase.CALM, Phase.CALM, Phase.BUILD]
    assert max(runs_of(weeks[0].plan)) <= 0.75 * 6.0
    one.lives(A_MONTH)
    longest = [max(runs_of(one.week(index))) for index in range(A_MONTH)]
    assert longest[0] == longest[1] < longest[2] < longest[3]
    assert "outer_cadence_rise_frac" in rules_noted(one.week(0))
    for plan in (one.week(index) for index in range(A_MONTH)):
        assert one.reviews[-1].kept is not None
        assert all(
            any(block.kind is BlockKind.LATERAL for block in day.blocks)
            for day in plan.days
            if day.kind is DayKind.OFF
        )


def test_outside_pain_that_flares_goes_back_and_no_further_each_week() -> None:
    def flares(day: Day, week: int) -> dict[str, Any]:
        said = a_good_day(day, week)
        if week != 1:
            return said
        return {**said, "pain_now": 4, "pain_on_run": 5} if run_of(day) else {**said, "pain_now": 4}

    one = outside_pain()
    one.lives(A_MONTH, flares, accepts=True)
    assert one.reviews[1].proposal.change is ChangeKind.STEP_BACK
    assert km(one.week(2)) <= 0.95 * km(one.week(1))
    assert "This week has it." in one.week(2).notes[0].says
    changed = [card for on, card in one.cards.items() if MONDAY + WEEK < on < MONDAY + 2 * WEEK]
    assert any(card.changes for card in changed)
    assert km(one.week(3)) >= 0.7 * km(one.week(0))


def test_front_pain_gets_more_and_shorter_runs_and_then_longer_ones() -> None:
    one = front_pain()
    ahead(one)
    one.lives(A_MONTH)
    runs = [runs_of(one.week(index)) for index in range(A_MONTH)]
    assert [len(each) for each in runs] == [3, 4, 4, 4]
    assert max(runs[0]) < 7.0
    assert max(runs[1]) < max(runs[2]) < max(runs[3]) < 7.0
    assert {"eased_run_frac", "shuffle_pain_max"} <= rules_noted(one.week(0))
    assert not {"eased_run_frac", "shuffle_pain_max"} & rules_noted(one.week(3))


def test_front_pain_that_is_told_of_on_stairs_only_is_left_in_peace() -> None:
    """A morning that is told as worse stops growth; it does not take the runs away."""

    def stiff(day: Day, week: int) -> dict[str, Any]:
        said = a_good_day(day, week)
        return {**said, "pain_this_morning": 1} if day.date.weekday() == 2 else said

    one = front_pain()
    one.lives(A_MONTH, stiff)
    assert len(runs_of(one.week(3))) >= len(runs_of(one.week(0)))
    assert km(one.week(3)) >= km(one.week(0))


def test_a_heavy_novice_stays_below_the_first_weeks_figure_and_grows_only_for_a_goal() -> None:
    one = heavy_novice()
    weeks = ahead(one).weeks
    first = weeks[0].plan
    assert weeks[0].distance_km < 3.0
    # Two runs are all the first week leaves: none is said to be split into three.
    assert runs_of(first) == [1.4, 1.4]
    assert {
        block.why.rule for day in first.days for block in day.blocks if block.kind is BlockKind.RUN
    } == {"first_week_km"}
    phases = [week.phase for week in weeks]
    assert phases == [*[Phase.BUILD] * 2, *[Phase.KEEP] * 10]
    assert weeks[-1].phase is Phase.KEEP
    assert "--goal" in weeks[-1].part.about.says
    # Runs of a kilometre and a half are short already, so pain at the front splits none of them.
    assert {tuple(runs_of(week.plan)) for week in weeks[1:]} == {(1.5, 1.5)}
    with_goal = heavy_novice()
    with_goal.has(goal={"distance_km": 3.0, "on": "2026-09-20"})
    assert ahead(with_goal).weeks[8].distance_km > weeks[8].distance_km
    with_goal.lives(A_MONTH)
    no_limit_is_broken(with_goal)
    # The fourth is a lighter one.
    assert km(with_goal.week(2)) > km(with_goal.week(0))


def test_after_two_bad_weeks_a_marathon_runner_comes_back_by_steps_and_is_told_why() -> None:
    looked_at = ahead(marathon_runner()).weeks
    weeks = [week.plan for week in looked_at]
    # They rise by more than a tenth, and do not say otherwise.
    assert ["a tenth at most" in week.part.about.says for week in looked_at[:5]] == [
        *[False] * 4,
        True,
    ]
    assert [week.part.in_words for week in looked_at[3:5]] == ["Come back", "Build up"]
    told = [rules_noted(plan) & {"back_week_frac", "back_week_rise"} for plan in weeks]
    assert told == [{"back_week_frac"}, *[{"back_week_rise"}] * 3, *[set()] * 8]
    assert [len(runs_of(plan)) for plan in weeks[:5]] == [2, 2, 3, 3, 4]
    assert km(weeks[0]) <= 0.5 * km(weeks[4])
    rises = [km(later) / km(sooner) for sooner, later in pairwise(weeks[:5])]
    assert max(rises) <= 1.5
    # The last month knows runs of 26 km, so length need not wait as long as number.
    assert max(runs_of(weeks[1])) > max(runs_of(weeks[0])) > 9.0
    assert all(max(runs_of(plan)) < 2 / 3 * km(plan) for plan in weeks[:3])


def test_a_marathon_runner_who_misses_a_run_on_the_way_back_comes_back_later_not_faster() -> None:
    def busy(day: Day, week: int) -> dict[str, Any] | None:
        """In the second week only the first run is done, the other takes too long."""
        said = a_good_day(day, week)
        if week == 1 and run_of(day) and day.date.weekday() > 0:
            return {"ran": False, "pain_now": 0, "missed_why": "too_long"}
        return said

    steady, one = marathon_runner(), marathon_runner()
    looked_at = ahead(steady)
    assert not looked_at.unmet_wishes
    assert any(
        block.why.rule == "your_goal"
        for day in looked_at.weeks[-1].plan.days
        for block in day.blocks
    )
    one.lives(A_MONTH, busy)
    no_limit_is_broken(one)
    runs = [len(runs_of(one.week(index))) for index in range(A_MONTH)]
    assert runs == [2, 2, 2, 2]
    assert "missed_too_long" in rules_noted(one.week(2)) - rules_noted(one.week(3))
    assert km(one.week(2)) <= 0.8 * km(one.week(1))
    assert km(one.week(2)) < km(one.week(3)) < km(one.week(1))


def test_a_desk_worker_keeps_to_the_minutes_and_gets_what_can_be_done_there() -> None:
    def at_the_desk(day: Day, week: int) -> dict[str, Any]:
        said = a_good_day(day, week)
        if week == 0 and said.get("lateral_work"):
            return {**said, "lateral_work": False, "missed_why": "no_place"}
        if week == 1 and said.get("strength"):
            return {**said, "strength": False, "missed_why": "not_convinced"}
        return said

    one = desk_worker()
    ahead(one)
    one.lives(A_MONTH, at_the_desk)
    no_limit_is_broken(one)
    for index in range(A_MONTH):
        assert all(day.minutes <= 15.0 for day in one.week(index).days)
    needs_floor = {id for id, each in RULES.exercises.items() if each.is_on_floor}
    lateral = {
        block.exercise
        for day in one.week(1).days
        for block in day.blocks
        if block.kind is BlockKind.LATERAL
    }
    assert exercises_of(one.week(0)) & needs_floor
    assert not lateral & needs_floor
    assert "standing_abduction" in lateral
    assert "missed_no_place" in rules_noted(one.week(1))
    assert "lifting_makes_you_bulky" in rules_noted(one.week(2))


def test_a_red_flag_hides_the_plan_for_as_long_as_it_stands_and_names_who_to_see() -> None:
    one = red_flag()
    hidden = one.looks_ahead()
    assert isinstance(hidden, NoWeek)
    assert hidden.is_hidden
    assert "see a doctor" in hidden.says
    one.lives(A_MONTH)
    assert all(isinstance(plan, NoWeek) and plan.is_hidden for plan in one.plans)
    assert {review.proposal.change for review in one.reviews} == {ChangeKind.SEE_SOMEONE}
    one.at.day = MONDAY + A_MONTH * WEEK - timedelta(days=1)
    one.answers("self_care_front", pain_now=0, pain_running=1, pain_daily_life=0)
    one.lives(1)
    assert runs_of(one.week(A_MONTH))


def test_a_red_flag_that_comes_up_in_a_month_stops_it_that_day() -> None:
    def locks(day: Day, week: int) -> dict[str, Any]:
        said = a_good_day(day, week)
        if week == 2:
            return {**said, "new_signs": True, "gives_way": True}
        return said

    one = front_pain()
    one.lives(2)
    one.lives_a_week(2, locks, accepts=False)
    first = MONDAY + 2 * WEEK
    assert {one.cards[first + timedelta(days=n)].kind for n in range(1, 7)} == {"hidden"}
    one.lives_a_week(3, a_good_day, accepts=False)
    assert isinstance(one.plans[3], NoWeek)


def test_a_week_planned_anew_in_its_middle_keeps_the_days_that_were_lived() -> None:
    one = outside_pain()
    one.lives(1)
    starts = MONDAY + WEEK
    one.at.day = starts
    first = plan_and_keep(store=one.store, knowledge=RULES, clock=one.at, week_starts=starts)
    assert not isinstance(first, NoWeek)
    one.at.day = thursday = starts + timedelta(days=3)
    told(one.store, one.at, thursday, pain_now=5, pain_this_morning=5)
    one.has(minutes_on={"sat": 10}, not_on=["tue", "fri"])
    anew = plan_and_keep(store=one.store, knowledge=RULES, clock=one.at, week_starts=starts)
    assert not isinstance(anew, NoWeek)
    before, after = (
        [[(block.title, block.dose) for block in day.blocks] for day in plan.days]
        for plan in (first, anew)
    )
    assert before[:3] == after[:3]
    assert before[3:] != after[3:]


def test_a_run_a_day_late_counts_for_the_day_after_it_though_a_week_begins_between() -> None:
    one = outside_pain()
    plan_and_keep(store=one.store, knowledge=RULES, clock=one.at, week_starts=MONDAY)
    monday, tuesday = MONDAY + WEEK, MONDAY + WEEK + timedelta(days=1)
    one.at.day = monday
    plan_and_keep(store=one.store, knowledge=RULES, clock=one.at, week_starts=monday)
    one.runs(monday, 4.0)
    one.at.day = tuesday
    card = today_card(store=one.store, knowledge=RULES, clock=one.at)
    assert card.planned is not None
    assert run_of(card.planned)
    assert card.kind == "cross"
    assert [change.why.rule for change in card.changes] == ["days_between_runs"]
    anew = plan_and_keep(store=one.store, knowledge=RULES, clock=one.at, week_starts=monday)
    assert not isinstance(anew, NoWeek)
    assert not run_of(anew.days[1])
