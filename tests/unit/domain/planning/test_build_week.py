from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from builders.plan_requests import (
    MONDAY,
    PARAMETERS,
    a_knee,
    a_request,
    an_exercise,
    past_runs,
)
from sidestep.domain.planning.build import ANSWER_FIRST, build_week, draft_week
from sidestep.domain.planning.clinician import ClinicianLimits
from sidestep.domain.planning.exercise import ExerciseUse
from sidestep.domain.planning.home_work import what_forbids
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.request import (
    HEALTHY_BARE_FEET,
    GroupClass,
    PastRun,
    RunLevel,
    RunnerProfile,
    WeekRequest,
)
from sidestep.domain.planning.week import BlockKind, Day, DayKind, NoWeek, WeekPlan
from sidestep.domain.triage.rules import PlanAccess
from sidestep.errors import KnowledgeError


def planned(request: WeekRequest) -> WeekPlan:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan), plan
    return plan


def refused(request: WeekRequest) -> NoWeek:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, NoWeek)
    return plan


def distances_km(plan: WeekPlan) -> list[float]:
    return [
        block.distance_km
        for day in plan.days
        for block in day.blocks
        if block.distance_km is not None
    ]


def kinds_of(day: Day) -> list[BlockKind]:
    return [block.kind for block in day.blocks]


def weekdays(plan: WeekPlan, kind: DayKind) -> set[int]:
    return {day.date.weekday() for day in plan.days if day.kind is kind}


def rules_of_notes(plan: WeekPlan) -> set[str]:
    return {note.rule for note in plan.notes}


def test_three_runs_a_week_stay_three_and_one_is_a_tenth_longer_than_any() -> None:
    # usual 5.0; longer run 1.3 × 5 = 6.5, held at the month's longest, 5.0
    assert distances_km(planned(a_request())) == [5.0, 5.0, 5.0]


def test_the_longer_run_is_at_most_the_ratio_times_a_usual_one() -> None:
    runs = past_runs((2, 5), (4, 5), (6, 12), (9, 5), (11, 5), (13, 5), (16, 5), (18, 5), (20, 5))
    assert sorted(distances_km(planned(a_request(runs=runs)))) == [5.0, 5.0, 6.5]


def test_a_run_follows_its_stretches_holds_its_side_steps_and_ends_with_stretches() -> None:
    day = next(day for day in planned(a_request()).days if day.kind is DayKind.RUN)
    assert kinds_of(day)[:7] == [
        BlockKind.STRETCH_BEFORE,
        BlockKind.STRETCH_BEFORE,
        BlockKind.RUN,
        BlockKind.SHUFFLE,
        BlockKind.SHUFFLE,
        BlockKind.STRETCH_AFTER,
        BlockKind.STRETCH_AFTER,
    ]
    # 30 minutes of running, a bout about every 12: 2 bouts of 30 s a side
    left = next(block for block in day.blocks if block.exercise == "side_shuffle_left")
    assert left.minutes == 1.0


def test_more_than_four_running_days_become_four() -> None:
    every_day = past_runs(*((days_ago, 4.0) for days_ago in range(1, 29)))
    assert len(distances_km(planned(a_request(runs=every_day)))) == 4


def test_the_person_may_choose_another_number_of_running_days() -> None:
    every_day = past_runs(*((days_ago, 4.0) for days_ago in range(1, 29)))
    plan = planned(a_request(runs=every_day, profile=RunnerProfile(running_days_max=5)))
    assert len(distances_km(plan)) == 5


def test_running_pain_of_four_eases_runs_and_leaves_the_gentlest_side_steps() -> None:
    plan = planned(a_request(knee=a_knee(pain_running=4)))
    assert distances_km(plan) == [3.5, 3.5, 3.5]
    assert {"eased_run_frac", "shuffle_pain_max"} <= rules_of_notes(plan)
    steps = [block for day in plan.days for block in day.blocks if block.kind is BlockKind.SHUFFLE]
    assert [block.exercise for block in steps] == ["side_shuffle_left", "side_shuffle_right"] * 3
    assert {block.dose for block in steps} == {"1 × 20 s, halfway, at walking pace"}
    assert {block.why.rule for block in steps} == {"shuffle_pain_max"}
    assert all(block.cues[-1] == "shuffle_bouts_sore is 1" for block in steps)


@pytest.mark.parametrize("runs", [None, ()], ids=["usual", "walk-run"])
@pytest.mark.parametrize(("pain", "bouts"), [(2, 2), (3, 1), (None, 1)])
def test_every_run_steps_sideways_both_ways_and_least_while_it_hurts(
    runs: tuple[()] | None, pain: int | None, bouts: int
) -> None:
    knee = a_knee(pain_running=pain)
    plan = planned(a_request(knee=knee) if runs is None else a_request(knee=knee, runs=runs))
    run_days = [day for day in plan.days if day.kind is DayKind.RUN]
    assert run_days
    for day in run_days:
        doses = {b.exercise: b.dose for b in day.blocks if b.kind is BlockKind.SHUFFLE}
        assert doses.keys() == {"side_shuffle_left", "side_shuffle_right"}
        assert all(dose.startswith(f"{bouts} × ") for dose in doses.values())


@pytest.mark.parametrize(("pain", "runs", "has_breaks"), [(2, None, 0), (3, None, 1), (3, (), 0)])
def test_a_run_that_hurts_has_walking_breaks_unless_it_walks_anyway(
    pain: int, runs: tuple[()] | None, has_breaks: int
) -> None:
    knee = a_knee(pain_running=pain)
    plan = planned(a_request(knee=knee) if runs is None else a_request(knee=knee, runs=runs))
    run = next(b for day in plan.days for b in day.blocks if b.kind is BlockKind.RUN)
    assert sum(cue.startswith("walk_break_run_min") for cue in run.cues) == has_breaks


def test_running_pain_that_is_not_known_is_taken_as_middling() -> None:
    plan = planned(a_request(knee=a_knee(pain_running=None)))
    assert distances_km(plan) == [3.5, 3.5, 3.5]
    assert "assumed_pain" in rules_of_notes(plan)


def test_running_pain_above_the_stop_pauses_running_and_keeps_the_side_work() -> None:
    plan = planned(a_request(knee=a_knee(pain_running=6)))
    assert distances_km(plan) == []
    assert weekdays(plan, DayKind.OFF)
    assert "running_pain_stop" in rules_of_notes(plan)


def test_strong_pain_in_daily_life_leaves_a_week_of_rest() -> None:
    plan = planned(a_request(knee=a_knee(pain_daily_life=7)))
    assert {day.kind for day in plan.days} == {DayKind.REST}
    assert plan.days[0].blocks[0].why.rule == "exercise_pain_max"


def test_a_reduced_plan_has_at_most_three_shorter_runs_a_day_apart() -> None:
    every_day = past_runs(*((days_ago, 4.0) for days_ago in range(2, 29)))
    plan = planned(a_request(runs=every_day, knee=a_knee(access=PlanAccess.REDUCED)))
    assert distances_km(plan) == [2.8, 2.8, 2.8]
    days = sorted(weekdays(plan, DayKind.RUN))
    assert all(later - earlier > 1 for earlier, later in pairwise(days))


def test_runs_start_below_the_distance_that_brings_the_pain_on() -> None:
    plan = planned(a_request(knee=a_knee(distance_until_pain_km=4.0)))
    assert distances_km(plan) == [3.0, 3.0, 3.0]
    run = next(b for day in plan.days for b in day.blocks if b.kind is BlockKind.RUN)
    assert run.why.rule == "start_below_pain_frac"


def test_pain_at_the_front_splits_the_distance_into_one_run_more() -> None:
    plan = planned(a_request(knee=a_knee(has_front_pattern=True)))
    # 3 × 5 km become 4 × 3.75 km, rounded down
    assert distances_km(plan) == [3.7, 3.7, 3.7, 3.7]


def test_runs_that_are_short_already_are_not_split_but_those_that_care_made_short_are() -> None:
    two_a_week = [(days, 2.0) for days in (2, 5, 9, 12, 16, 19, 23, 26)]
    short = a_request(runs=past_runs(*two_a_week), knee=a_knee(has_front_pattern=True))
    assert distances_km(planned(short)) == [2.0, 2.0]
    used_to = RunLevel(runs=2, easy_km=4.0, long_km=4.0, why=own_why("used_to", "4 km"))
    assert distances_km(planned(replace(short, used_to=used_to))) == [1.3, 1.3, 1.3]


def test_splitting_never_passes_the_most_running_days() -> None:
    profile = RunnerProfile(running_days_max=3)
    plan = planned(a_request(profile=profile, knee=a_knee(has_front_pattern=True)))
    assert distances_km(plan) == [5.0, 5.0, 5.0]


def test_without_a_run_in_thirty_days_walking_and_running_in_turn_begins() -> None:
    plan = planned(a_request(runs=past_runs((31, 10.0))))
    assert distances_km(plan) == [1.6, 1.6, 1.6]
    assert {"no_recent_run", "return_entry_walk_min"} <= rules_of_notes(plan)


def test_a_run_thirty_days_ago_still_measures_the_next_one() -> None:
    plan = planned(a_request(runs=past_runs((30, 10.0))))
    assert distances_km(plan) == [7.0]
    assert weekdays(plan, DayKind.RUN) == {0}


def test_two_weeks_without_a_run_are_a_break_and_the_first_week_back_is_shorter() -> None:
    away_14 = planned(a_request(runs=past_runs((14, 10.0), (16, 10.0), (18, 10.0))))
    away_15 = planned(a_request(runs=past_runs((15, 10.0), (17, 10.0), (19, 10.0))))
    assert max(distances_km(away_14)) == 10.0
    assert "break_run_frac" not in rules_of_notes(away_14)
    assert max(distances_km(away_15)) == 7.0
    assert "break_run_frac" in rules_of_notes(away_15)


def test_two_reasons_for_care_shorten_a_run_once() -> None:
    knee = a_knee(access=PlanAccess.REDUCED, pain_running=4)
    after_a_break = past_runs((15, 5.0), (17, 5.0), (19, 5.0))
    assert max(distances_km(planned(a_request(knee=knee)))) == 3.5
    assert max(distances_km(planned(a_request(runs=after_a_break, knee=knee)))) == 3.5


def test_who_began_last_week_keeps_the_runs_of_last_week() -> None:
    plan = planned(a_request(runs=past_runs((4, 3.0), (2, 3.0))))
    assert distances_km(plan) == [3.0, 3.0]


def test_a_last_run_too_old_by_the_first_free_day_brings_walking_and_running_in_turn() -> None:
    profile = RunnerProfile(not_on=frozenset({0, 1, 2}))
    plan = planned(a_request(runs=past_runs((28, 8.0), (30, 8.0)), profile=profile))
    assert distances_km(plan) == [1.6, 1.6]
    assert "run_leaves_window" in rules_of_notes(plan)
    assert "no_run_fits" not in rules_of_notes(plan)


def test_runs_too_short_to_build_on_bring_walking_and_running_under_their_ceiling() -> None:
    plan = planned(a_request(runs=past_runs((2, 0.4), (4, 1.0), (6, 0.4))))
    # 1.6 km in turn, held at 1.1 × 1.0 km
    assert distances_km(plan) == [1.1, 1.1, 1.1]
    assert "runs_too_short_to_measure" in rules_of_notes(plan)


def test_a_ceiling_below_the_shortest_run_leaves_walking() -> None:
    plan = planned(a_request(runs=past_runs((2, 0.3), (4, 0.4))))
    assert distances_km(plan) == []
    assert "shortest_run_km" in rules_of_notes(plan)


def test_the_cap_of_the_load_analysis_is_never_passed() -> None:
    assert max(distances_km(planned(a_request(next_run_cap_km=4.0)))) == 4.0


def test_a_heavy_novice_stays_below_three_kilometres_in_the_first_week() -> None:
    heavy = RunnerProfile(body_mass_kg=105, height_cm=175)
    plan = planned(a_request(runs=(), profile=heavy, knee=a_knee(years_running=0)))
    assert distances_km(plan) == [1.4, 1.4]
    assert "first_week_km" in {limit.id for limit in plan.limits}


def test_a_novice_of_unknown_build_is_told_about_the_short_first_week() -> None:
    plan = planned(a_request(runs=(), knee=a_knee(years_running=0)))
    assert "body_mass_unknown" in rules_of_notes(plan)


def test_a_heavy_runner_of_many_years_keeps_her_distances() -> None:
    heavy = RunnerProfile(body_mass_kg=105, height_cm=175)
    assert distances_km(planned(a_request(profile=heavy))) == [5.0, 5.0, 5.0]


def test_days_that_cannot_be_trained_are_rest_with_permission() -> None:
    plan = planned(a_request(profile=RunnerProfile(not_on=frozenset({1, 3}))))
    for day in plan.days:
        if day.date.weekday() in {1, 3}:
            assert day.kind is DayKind.REST
            assert "Nothing is missed" in day.blocks[0].why.says


def test_minutes_shorten_the_run_before_anything_else() -> None:
    # short stretches 4 × 1 = 4, two bouts a side 2: 30 - 6 = 24 minutes at 6 min/km = 4 km
    plan = planned(a_request(profile=RunnerProfile(minutes=30)))
    assert distances_km(plan) == [4.0, 4.0, 4.0]
    assert all(day.minutes <= 30 for day in plan.days)


@pytest.mark.parametrize(
    ("minutes", "dose"), [(15, "once 20 s"), (37, "once 20 s"), (38, "2 × 10")]
)
def test_the_stretches_after_a_run_are_short_only_where_the_minutes_are(
    minutes: int, dose: str
) -> None:
    # 5 km in 30 minutes, two bouts a side 2, stretches 2 before and 4 after: 38
    plan = planned(a_request(profile=RunnerProfile(minutes=minutes)))
    after = [b for day in plan.days for b in day.blocks if b.kind is BlockKind.STRETCH_AFTER]
    assert {block.dose for block in after} == {dose}
    assert len(after) == 2 * len(distances_km(plan))


def test_the_wished_day_carries_the_longest_run() -> None:
    runs = past_runs((2, 5), (4, 5), (6, 12), (9, 5), (11, 5), (13, 5), (16, 5), (18, 5), (20, 5))
    plan = planned(a_request(runs=runs, profile=RunnerProfile(long_run_on=5)))
    longest = max(plan.days, key=lambda day: sum(b.distance_km or 0 for b in day.blocks))
    assert longest.date.weekday() == 5


def test_a_wish_that_the_limits_do_not_grant_is_said() -> None:
    profile = RunnerProfile(long_run_on=5, minutes_on={5: 15})
    assert "long_run_wish" in rules_of_notes(planned(a_request(profile=profile)))


FOUR_A_WEEK = past_runs(
    *((7 * week + day, 9.0 if day == 1 else 5.0) for week in range(4) for day in (1, 3, 5, 6))
)


@pytest.mark.parametrize("wished", [None, *range(7)])
def test_the_day_after_the_longest_of_four_runs_has_none(wished: int | None) -> None:
    """The turn of the week counts: a run on Monday follows one on Sunday."""
    plan = planned(a_request(runs=FOUR_A_WEEK, profile=RunnerProfile(long_run_on=wished)))
    lengths = {
        day.date.weekday(): block.distance_km or 0.0
        for day in plan.days
        for block in day.blocks
        if block.kind is BlockKind.RUN
    }
    assert len(lengths) == 4
    longest_on = max(lengths, key=lambda on: lengths[on])
    assert lengths[longest_on] > sorted(lengths.values())[-2]
    assert wished is None or longest_on == wished
    assert (longest_on + 1) % 7 not in lengths


@pytest.mark.parametrize(
    ("wished", "not_on", "week", "in_a_row"),
    [
        (6, "", ".rr.r.L", "Tuesday and Wednesday"),
        (0, "", "L.rr.r.", "Wednesday and Thursday"),
        (1, "", ".L.rr.r", "Thursday and Friday"),
        (4, "", "r.r.L.r", "Sunday and Monday"),
        (5, "", "rr.r.L.", "Monday and Tuesday"),
        (None, "", ".rr.r.L", "Tuesday and Wednesday"),
        # Her days leave no other: rather next to the longest run than three in a row.
        (6, "....x..", ".r.r.rL", ""),
        (6, ".xx....", "r..rr.L", ""),
        (5, "x......", ".rr.rL.", ""),
    ],
)
def test_four_runs_are_spread_as_a_coach_would(
    wished: int | None, not_on: str, week: str, in_a_row: str
) -> None:
    free = frozenset(index for index, mark in enumerate(not_on) if mark == "x")
    profile = RunnerProfile(long_run_on=wished, not_on=free)
    plan = planned(a_request(runs=FOUR_A_WEEK, profile=profile))
    lengths = [sum(block.distance_km or 0.0 for block in day.blocks) for day in plan.days]
    longest = max(lengths)
    marks = {0.0: ".", longest: "L"}
    assert "".join(marks.get(km, "r") for km in lengths) == week
    says = " ".join(note.says for note in plan.notes if note.rule == "two_in_a_row")
    assert bool(says) is bool(in_a_row)
    assert in_a_row in says


def test_a_run_on_the_day_after_the_longest_stays_where_no_other_day_is_open() -> None:
    profile = RunnerProfile(long_run_on=0, not_on=frozenset({3, 4, 5, 6}), minutes_on={2: 12})
    plan = planned(a_request(runs=FOUR_A_WEEK, profile=profile))
    assert weekdays(plan, DayKind.RUN) == {0, 1}


def test_the_eve_of_the_longest_run_has_no_strength() -> None:
    plan = planned(a_request())
    strength = [day.date for day in plan.days if BlockKind.STRENGTH in kinds_of(day)]
    runs = {
        day.date: sum(block.distance_km or 0 for block in day.blocks)
        for day in plan.days
        if day.kind is DayKind.RUN
    }
    longest_on = max(runs, key=lambda on: runs[on])
    assert len(strength) == 2
    assert longest_on not in strength
    assert longest_on - timedelta(days=1) not in strength


def test_a_calm_knee_is_offered_a_sideways_activity_and_a_sore_one_a_gentle_one() -> None:
    def activity(plan: WeekPlan) -> list[str]:
        return [
            block.exercise
            for day in plan.days
            for block in day.blocks
            if block.kind is BlockKind.CROSS_TRAINING
        ]

    assert activity(planned(a_request())) == ["side_walk"]
    sore = planned(a_request(knee=a_knee(pain_running=3)))
    assert activity(sore) == ["walk"]
    assert "lateral_sport_waits" in rules_of_notes(sore)
    assert activity(planned(a_request(knee=a_knee(pain_running=2)))) == ["side_walk"]


def test_a_light_week_still_goes_sideways_but_only_without_landing() -> None:
    profile = RunnerProfile(equipment=frozenset({"frisbee_team"}))
    knee = a_knee(access=PlanAccess.REDUCED, pain_running=2)
    for weeks in range(4):
        starts = MONDAY + timedelta(weeks=weeks)
        plan = build_week(starts, a_request(profile=profile, knee=knee))
        assert isinstance(plan, WeekPlan)
        offered = [b for day in plan.days for b in day.blocks if b.kind is BlockKind.CROSS_TRAINING]
        assert [block.exercise for block in offered] == ["side_walk"]
        waits = next(note.says for note in plan.notes if note.rule == "lateral_sport_waits")
        assert "while the week is a light one" in waits


@pytest.mark.parametrize(
    ("share", "pain", "is_said"),
    [(0.4, 1, True), (0.05, 1, False), (None, 1, False), (0.4, 4, False)],
)
def test_who_plays_already_is_told_not_to_add_it_all_up(
    share: float | None, pain: int, is_said: bool
) -> None:
    plan = planned(a_request(knee=a_knee(pain_running=pain), multidirectional_share=share))
    assert ("own_sideways_sport" in rules_of_notes(plan)) is is_said


def test_a_week_without_a_run_still_says_what_pain_is_all_right_in_exercises() -> None:
    plan = planned(a_request(knee=a_knee(pain_running=8)))
    assert "exercise_pain_settles" in {limit.id for limit in plan.limits}


def named_limits(request: WeekRequest) -> list[str]:
    return [limit.id for limit in planned(request).limits]


def test_what_frames_a_run_is_named_among_the_limits_of_a_week_with_runs_alone() -> None:
    framed = ["stretch_before_frac", "shuffle_bouts_min"]
    assert set(framed) <= set(named_limits(a_request()))
    assert not set(framed) & set(named_limits(a_request(knee=a_knee(pain_running=8))))
    for kind, left_out in zip(("stretches", "side_steps"), framed, strict=True):
        clinician = ClinicianLimits(not_doing=frozenset({kind}))
        profile = RunnerProfile(clinician=clinician)
        assert left_out not in named_limits(a_request(profile=profile))


@pytest.mark.parametrize(
    ("equipment", "says"),
    [
        (frozenset(), "Equipment you have: nothing but a floor, a wall and a chair."),
        (frozenset({"band"}), "Equipment you have: band."),
        (
            frozenset({"band", HEALTHY_BARE_FEET}),
            "Equipment you have: band, healthy bare feet.",
        ),
    ],
)
def test_what_she_has_is_named_once_and_bare_feet_with_their_gate(
    equipment: frozenset[str], says: str
) -> None:
    limits = planned(a_request(profile=RunnerProfile(equipment=equipment))).limits
    assert [each.says for each in limits if each.id == "your_equipment"] == [says]
    is_gated = "barefoot_calm_weeks" in {each.id for each in limits}
    assert is_gated is (HEALTHY_BARE_FEET in equipment)


def test_a_sport_that_needs_a_team_is_proposed_only_to_who_has_one() -> None:
    profile = RunnerProfile(equipment=frozenset({"frisbee_team"}))
    offered = {
        block.exercise
        for weeks in range(2)
        for plan in [build_week(MONDAY + timedelta(weeks=weeks), a_request(profile=profile))]
        if isinstance(plan, WeekPlan)
        for day in plan.days
        for block in day.blocks
        if block.kind is BlockKind.CROSS_TRAINING
    }
    assert offered == {"side_walk", "ultimate"}


def test_without_a_knee_check_there_is_no_plan_but_the_way_to_one() -> None:
    plan = refused(a_request(knee=None))
    assert plan.is_hidden
    assert plan.says == ANSWER_FIRST


def test_a_hidden_plan_shows_the_reason_and_no_training() -> None:
    knee = a_knee(access=PlanAccess.HIDDEN, reasons=("See a doctor, today.",))
    plan = refused(a_request(knee=knee))
    assert plan.is_hidden
    assert plan.says == "See a doctor, today."
    assert plan.collisions == ()


def test_a_week_without_a_free_day_names_the_days_and_one_thing_they_collide_with() -> None:
    plan = refused(a_request(profile=RunnerProfile(not_on=frozenset(range(7)), minutes=60)))
    assert not plan.is_hidden
    assert [limit.id for limit in plan.collisions] == ["your_days", "lateral_exercises"]
    assert len(plan.would_help) == 1


def test_one_free_day_cannot_hold_both_a_run_and_side_work() -> None:
    plan = refused(a_request(profile=RunnerProfile(not_on=frozenset(range(6)))))
    assert [limit.id for limit in plan.collisions] == [
        "your_days",
        "lateral_exercises",
        "shortest_run_km",
    ]


def test_of_two_collisions_the_one_with_fewer_things_to_change_is_told() -> None:
    # On Sunday alone neither run and side work fit, nor a run into two minutes; freeing days
    # settles both, more minutes on Sunday would not.
    profile = RunnerProfile(not_on=frozenset(range(6)), minutes=2, minutes_on={0: 11})
    plan = refused(a_request(runs=(), profile=profile))
    assert {limit.id for limit in plan.collisions} == {
        "your_days",
        "lateral_exercises",
        "shortest_run_km",
    }


def test_minutes_too_short_for_any_run_are_named_with_what_would_help() -> None:
    plan = refused(a_request(profile=RunnerProfile(minutes=8)))
    assert [limit.id for limit in plan.collisions] == ["your_minutes", "shortest_run_km"]
    # 4 of stretches, 2 of side steps, 3 of running
    assert "9 minutes" in plan.would_help[0]


def test_a_missing_number_is_a_knowledge_error_that_names_it() -> None:
    parameters = {id: each for id, each in PARAMETERS.items() if id != "reduced_runs"}
    request = a_request(parameters=parameters, knee=a_knee(access=PlanAccess.REDUCED))
    with pytest.raises(KnowledgeError, match="reduced_runs"):
        build_week(MONDAY, request)


def test_what_the_causes_ask_for_is_chosen_first() -> None:
    plan = planned(a_request(favoured=frozenset({"leg_raise"})))
    off = next(day for day in plan.days if day.kind is DayKind.OFF)
    assert off.blocks[0].exercise == "leg_raise"


def test_a_walk_run_week_names_no_limit_far_above_its_runs() -> None:
    plan = planned(a_request(runs=(), knee=a_knee(pain_running=3, distance_until_pain_km=6)))
    assert distances_km(plan) == [1.1, 1.1, 1.1]
    assert not {"start_below_pain_frac", "next_run_cap_ratio"} & {each.id for each in plan.limits}
    long_ago = past_runs((30, 8.0))
    plan = planned(a_request(runs=long_ago, profile=RunnerProfile(not_on=frozenset({0}))))
    assert distances_km(plan) == [1.6, 1.6, 1.6]
    assert "next_run_cap_ratio" not in {each.id for each in plan.limits}


@pytest.mark.parametrize("days_ago", range(24, 31))
def test_the_ceiling_is_held_by_this_weeks_runs_when_the_last_one_leaves_the_month(
    days_ago: int,
) -> None:
    request = a_request(runs=past_runs((days_ago, 1.8)), return_phase=2)
    plan = planned(request)
    runs = [(day.date, block.distance_km) for day in plan.days for block in day.blocks]
    km_by_day = {on: km for on, km in runs if km is not None}
    assert len(km_by_day) == 3
    so_far = {run.on: run.distance_km for run in request.recent_runs}
    for on, km in km_by_day.items():
        before = [each for day, each in so_far.items() if on - timedelta(days=30) <= day < on]
        assert not before or km <= 1.1 * max(before) + 1e-6
        so_far[on] = km


@pytest.mark.parametrize(("pain_km", "is_named"), [(0.4, True), (4.0, True), (9.0, False)])
def test_the_distance_until_pain_is_a_limit_where_it_shortens_the_week(
    pain_km: float, is_named: bool
) -> None:
    plan = planned(a_request(knee=a_knee(distance_until_pain_km=pain_km)))
    assert ("start_below_pain_frac" in {each.id for each in plan.limits}) == is_named


@pytest.mark.parametrize(
    ("runs", "whole"), [(None, "their usual length"), ((), "the first walk-and-run session")]
)
def test_a_shorter_run_is_said_to_be_a_share_of_what_it_was_shortened_from(
    runs: tuple[()] | None, whole: str
) -> None:
    eased = replace(PARAMETERS["eased_run_frac"], says="at {value_percent:.0f} % of {whole}")
    request = a_request(
        knee=a_knee(pain_running=4), parameters={**PARAMETERS, "eased_run_frac": eased}
    )
    plan = planned(request if runs is None else replace(request, recent_runs=runs))
    said = next(note.says for note in plan.notes if note.rule == "eased_run_frac")
    assert said == f"at 70 % of {whole}"


def test_the_ceiling_is_said_with_what_to_know_about_it() -> None:
    plan = planned(a_request(next_run_cap_km=5.5, next_run_cap_notes=("It is generous.",)))
    ceiling = next(each for each in plan.limits if each.id == "next_run_cap_ratio")
    assert ceiling.says == "next_run_cap_ratio is 1.1 It is generous."


def test_runs_that_have_been_light_are_not_made_lighter_again() -> None:
    already_light = past_runs(*((days_ago, 3.5) for days_ago in range(2, 29, 2)))
    used_to = RunLevel(runs=3, easy_km=5.0, long_km=5.0, why=own_why("used_to", "5 km"))
    sore = a_knee(pain_running=4)
    forgotten = planned(a_request(runs=already_light, knee=sore))
    known = planned(a_request(runs=already_light, knee=sore, used_to=used_to))
    assert max(distances_km(forgotten)) == 2.4
    assert max(distances_km(known)) == 3.5


def test_a_sore_week_has_no_more_runs_than_fit_in_each_week_a_day_apart() -> None:
    every_day = past_runs(*((days_ago, 4.0) for days_ago in range(2, 29)))
    plan = planned(a_request(runs=every_day, knee=a_knee(pain_running=4)))
    assert len(distances_km(plan)) == 3


def test_no_strength_the_day_before_a_longest_run_that_begins_the_next_week() -> None:
    profile = RunnerProfile(long_run_on=0, running_days_max=2, not_on=frozenset({1, 2}))
    plan = planned(a_request(profile=profile))
    run_km = {
        day.date: block.distance_km or 0.0
        for day in plan.days
        for block in day.blocks
        if block.kind is BlockKind.RUN
    }
    assert max(run_km, key=lambda on: run_km[on]) == MONDAY
    sunday = plan.days[-1]
    assert sunday.kind is not DayKind.CROSS
    assert not any(block.kind is BlockKind.STRENGTH for block in sunday.blocks)


def test_after_two_light_weeks_a_week_comes_back_by_steps_and_says_so() -> None:
    """Four runs of 10 km a week, then one of 4 km and one of 3 km: half a week first, two runs."""
    usual = [(days, 10.0) for days in (15, 17, 19, 21, 22, 24, 26, 28)]
    light = a_request(runs=past_runs(*usual, (9, 4.0), (3, 3.0)))
    plan = planned(replace(light, used_to_week_km=40.0))
    assert distances_km(plan) == [7.5, 7.5]
    assert "back_week_frac" in rules_of_notes(plan)
    runs = past_runs(*usual, (9, 10.0), (11, 10.0), (13, 10.0), (3, 3.0))
    one_light = planned(replace(light, recent_runs=runs, used_to_week_km=40.0))
    assert not {"back_week_frac", "back_week_rise"} & rules_of_notes(one_light)


@pytest.mark.parametrize(
    ("runs", "km"),
    [
        # After a break; all but the last old run leave the month by Tuesday.
        (past_runs((30, 20.0), (29, 12.0), (20, 5.0)), [5.5, 5.5, 6.0]),
        # After a break; they all leave it by Friday.
        (past_runs((28, 8.0), (27, 8.0), (26, 8.0)), [5.6, 5.6, 6.1]),
        # Nobody was away; the one of twenty leaves it on Monday.
        (past_runs((30, 20.0), (11, 9.0), (9, 9.0), (4, 9.0), (2, 9.0)), [8.0, 8.0, 9.9]),
    ],
)
def test_the_longest_run_is_not_pulled_forward_to_where_an_old_one_still_counts(
    runs: tuple[PastRun, ...], km: list[float]
) -> None:
    stands = RunLevel(runs=3, easy_km=8.0, long_km=18.0, why=own_why("used_to", "8 km"))
    request = a_request(runs=runs, profile=RunnerProfile(long_run_on=6))
    plan = planned(replace(request, run_level=stands, used_to=stands))
    assert distances_km(plan) == km
    assert "long_run_wish" not in rules_of_notes(plan)


def test_no_run_is_most_of_a_week_that_comes_back() -> None:
    """A runner of 10 and 30 km, two runs in half a week: the long one makes room for the other."""
    usual = [(days, km) for week in (15, 22) for days, km in ((week, 30.0), (week + 2, 10.0))]
    stands = RunLevel(runs=4, easy_km=10.0, long_km=30.0, why=own_why("used_to", "10 km"))
    request = a_request(runs=past_runs(*usual, (9, 5.0), (3, 5.0)))
    plan = planned(replace(request, run_level=stands, used_to=stands, used_to_week_km=60.0))
    assert distances_km(plan) == [10.0, 15.0]
    ruled = {block.distance_km: block.why.rule for day in plan.days for block in day.blocks}
    assert (ruled[10.0], ruled[15.0]) == ("back_week_frac", "back_long_frac")


def test_a_week_that_is_not_known_to_have_gone_well_brings_no_more_of_the_way_back() -> None:
    usual = [(days, 10.0) for days in (15, 17, 19, 21, 22, 24, 26, 28)]
    request = a_request(runs=past_runs(*usual, (9, 4.0), (3, 8.0), (5, 8.0)))
    request = replace(request, used_to_week_km=40.0)
    assert sum(distances_km(planned(request))) == 20.0
    assert sum(distances_km(planned(replace(request, grows=False)))) == 16.0


@pytest.mark.parametrize(
    ("years", "index", "most"),
    [(0.0, 36.0, 2), (0.0, 22.0, 3), (9.0, 36.0, 3), (None, 36.0, 3), (0.0, None, 3)],
)
def test_who_does_an_exercise_holds_how_hard_it_gets(
    years: float | None, index: float | None, most: int
) -> None:
    profile = RunnerProfile(body_mass_kg=index and index * 1.7**2, height_cm=170)
    request = a_request(profile=profile, knee=a_knee(years_running=years))
    assert request.knee is not None
    draft = draft_week(MONDAY, request, request.knee)
    hard = [an_exercise(f"level_{n}", ExerciseUse.LATERAL, level=n) for n in (1, 2, 3, 4)]
    held = [what_forbids(each, draft).startswith("level_max_new") for each in hard]
    allowed = [each.level for each, is_held in zip(hard, held, strict=True) if not is_held]
    assert max(allowed) == most


def test_a_run_on_the_first_day_that_was_not_planned_counts_for_the_days_after_it() -> None:
    """Three runs a day apart are due; Monday was run already, so two are left, none on Tuesday."""
    tuesday = MONDAY + timedelta(days=1)
    sore = a_request(knee=a_knee(pain_running=4))
    before = planned(replace(sore, profile=RunnerProfile(not_on=frozenset({0, 2}))))
    assert tuesday in {day.date for day in before.days if day.kind is DayKind.RUN}
    after = planned(replace(sore, ran_on=frozenset({MONDAY})))
    runs = {day.date for day in after.days if day.kind is DayKind.RUN}
    assert not runs & {MONDAY, tuesday}
    assert len(runs) == len(distances_km(planned(sore))) - 1


ONE_LONG = past_runs((2, 5), (4, 5), (6, 12), (9, 5), (11, 5), (13, 5), (16, 5), (18, 5), (20, 5))


@pytest.mark.parametrize(
    ("profile", "pain", "because"),
    [
        ({"long_run_on": 6}, 0, "the one before your longest run"),
        ({"not_on": frozenset({5})}, 0, "no room"),
        ({"minutes_on": {5: 40}}, 0, "no room"),
        ({}, 6, "the knee asks for less"),
    ],
)
def test_a_class_that_is_left_out_has_one_true_reason(
    profile: dict[str, Any], pain: int, because: str
) -> None:
    wishes = RunnerProfile(group_class=GroupClass(weekday=5, minutes=60), **profile)
    plan = planned(a_request(runs=ONE_LONG, profile=wishes, knee=a_knee(pain_now=pain)))
    (said,) = (note.says for note in plan.notes if note.rule == "class_wish")
    assert because in said


def test_rest_gives_way_to_a_class_where_another_day_can_be_for_rest() -> None:
    # The day after the longest run is the best one for rest, unless her class is on it.
    wishes = RunnerProfile(
        run_on=frozenset({0, 1, 4}), long_run_on=1, group_class=GroupClass(weekday=2, minutes=60)
    )
    plan = planned(a_request(runs=ONE_LONG, profile=wishes))
    assert weekdays(plan, DayKind.RUN) == {0, 1, 4}
    assert weekdays(plan, DayKind.CROSS) == {2}
    assert "class_wish" not in rules_of_notes(plan)


def test_nobody_comes_back_from_a_break_to_longer_runs_than_before_it() -> None:
    """Two light weeks of 2 km runs, then none: being away longer gives no more."""
    why = own_why("used_to_weeks", "Used to it.")
    used = RunLevel(runs=3, easy_km=6.0, long_km=8.0, why=why)
    level = replace(used, easy_km=3.0, long_km=4.0)
    runs = past_runs((16, 2.0), (18, 2.0), (20, 2.0), (23, 2.0), (29, 4.0))
    request = replace(a_request(runs=runs), used_to=used, used_to_week_km=20.0, run_level=level)
    shortest_km, *_, longest_km = sorted(distances_km(planned(request)))
    assert shortest_km == 2.0
    assert longest_km <= 4.0
