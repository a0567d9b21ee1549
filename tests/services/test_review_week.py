"""A week looked back on, over records held in memory and the knowledge as it ships."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from builders.days_told import MONDAY, RULES, At, a_planned_week, answered, history, told
from builders.runs import a_run
from builders.six_people import desk_worker
from fakes.stores import MemoryStore
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.review import ChangeKind
from sidestep.domain.planning.week import BlockKind, DayKind, WeekPlan
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import AnswersError
from sidestep.services.check_ins.day_form import day_form
from sidestep.services.check_ins.log_day import days_told
from sidestep.services.week.edit_profile import change_profile
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.missed_work import all_missed
from sidestep.services.week.plan_week import plan_and_keep, plan_week
from sidestep.services.week.review_week import (
    WeekReview,
    decide,
    review_document,
    review_week,
)
from sidestep.services.week.today_card import today_card

NEXT = MONDAY + timedelta(days=7)
CLEAN = {"ran": True, "pain_on_run": 1, "pain_hour_after": 0, "pain_next_morning": 0}


def review(store: MemoryStore, at: At, **options: Any) -> WeekReview:
    return review_week(store=store, knowledge=RULES, clock=at, **options)


def next_week(store: MemoryStore, at: At) -> WeekPlan:
    plan = plan_week(store=store, knowledge=RULES, clock=at, week_starts=NEXT)
    assert isinstance(plan, WeekPlan)
    return plan


def km(plan: WeekPlan) -> float:
    return sum(block.distance_km or 0.0 for day in plan.days for block in day.blocks)


def a_week_on_saturday() -> tuple[MemoryStore, At, dict[DayKind, date]]:
    store, at, on = a_planned_week()
    at.day = MONDAY + timedelta(days=5)
    return store, at, on


def accepted(store: MemoryStore, at: At, *, accepts: bool = True) -> WeekReview:
    looked = review(store, at)
    return decide(looked, accepts=accepts, store=store, knowledge=RULES, clock=at)


def test_clean_runs_propose_a_little_more_and_accepting_gives_it() -> None:
    store, at, _ = a_week_on_saturday()
    for day in (1, 3):
        told(store, at, MONDAY + timedelta(days=day), pain_now=1, **CLEAN)
    assert review(store, at).proposal.change is ChangeKind.PROGRESS
    before = next_week(store, at)
    assert accepted(store, at, accepts=False).decision == "declined"
    assert next_week(store, at) == before
    assert accepted(store, at).decision == "accepted"
    after = next_week(store, at)
    assert km(before) < km(after) <= km(before) * 1.1 + 0.01
    assert "This week has it." in after.notes[0].says
    assert review(store, at).decision == "accepted"


def test_where_nothing_leaves_room_for_more_staying_is_proposed_with_what_holds() -> None:
    store, at, _ = a_week_on_saturday()
    for day in (1, 3):
        told(store, at, MONDAY + timedelta(days=day), pain_now=1, **CLEAN)
    change_profile({"minutes": 35}, store=store, knowledge=RULES, clock=at)
    looked = review(store, at)
    assert looked.proposal.change is ChangeKind.HOLD
    assert looked.proposal.saw.endswith("the next week has no room for more.")
    assert looked.proposal.why.rule == "minutes_for_run"
    assert not looked.proposal.change.changes_plan


def test_where_only_the_reasons_would_be_others_staying_is_proposed() -> None:
    """Her runs fill her fifteen minutes, whatever they would grow to."""
    one = desk_worker()
    one.lives(1)
    one.at.day = NEXT
    told(one.store, one.at, NEXT, pain_now=0, pain_this_morning=0)
    looked = review(one.store, one.at)
    assert (looked.week_starts, looked.proposal.change) == (MONDAY, ChangeKind.HOLD)
    assert looked.proposal.why.rule == "minutes_for_run"


def test_a_little_more_that_was_taken_stays_what_was_proposed() -> None:
    store, at, _ = a_week_on_saturday()
    for day in (1, 3):
        told(store, at, MONDAY + timedelta(days=day), pain_now=1, **CLEAN)
    accepted(store, at)
    change_profile({"minutes": 35}, store=store, knowledge=RULES, clock=at)
    looked = review(store, at)
    assert (looked.proposal.change, looked.decision) == (ChangeKind.PROGRESS, "accepted")


def test_the_morning_after_sundays_run_belongs_to_its_week_though_it_is_told_on_monday() -> None:
    store, at, _ = a_planned_week()
    sunday = NEXT - timedelta(days=1)
    at.day = sunday
    clean = {"pain_this_morning": 0, "pain_before_run": 0, "pain_on_run": 1, "pain_hour_after": 0}
    told(store, at, sunday, ran=True, pain_now=1, **clean)
    assert review(store, at).proposal.change is ChangeKind.HOLD
    at.day = NEXT
    told(store, at, NEXT, pain_this_morning=3, pain_now=2, ran=True, pain_on_run=2)
    looked = review(store, at)
    assert looked.week_starts == MONDAY
    assert looked.proposal.change is ChangeKind.BACK
    assert looked.proposal.why.rule == "next_morning_rise_max"
    assert (looked.pain.newest, looked.runs_told) == (1, 1), "Monday itself is another week's"


def test_exercises_that_hurt_are_made_easier_and_the_runs_stay() -> None:
    store, at, on = a_week_on_saturday()
    told(store, at, on[DayKind.OFF], pain_now=1, lateral_work=True, pain_on_exercises=6)
    looked = review(store, at)
    assert looked.proposal.change is ChangeKind.EASIER
    assert looked.proposal.title == "Easier exercises for a week: each at its lowest step"
    before = next_week(store, at)
    accepted(store, at)
    after = next_week(store, at)
    assert km(after) == km(before)
    at_home = (BlockKind.LATERAL, BlockKind.STRENGTH, BlockKind.FOOT)
    exercises = {b.exercise for day in after.days for b in day.blocks if b.kind in at_home}
    assert {RULES.exercises[each].level for each in exercises} == {1}
    assert f"You accepted at the review: {looked.proposal.title}." in after.notes[0].says


def test_a_run_that_was_too_much_proposes_a_step_back() -> None:
    store, at, _ = a_week_on_saturday()
    told(store, at, MONDAY, pain_now=1, **{**CLEAN, "pain_before_run": 0, "pain_hour_after": 2})
    looked = review(store, at)
    assert looked.proposal.change is ChangeKind.BACK
    assert looked.proposal.why.rule == "running_pain_settle_min"
    before = next_week(store, at)
    accepted(store, at)
    assert km(next_week(store, at)) < km(before)


def test_two_days_of_more_pain_propose_a_lighter_week_until_better_ones_are_told() -> None:
    store, at, _ = a_week_on_saturday()
    for day in (3, 4):
        told(store, at, MONDAY + timedelta(days=day), pain_now=3)
    assert review(store, at).proposal.change is ChangeKind.STEP_BACK
    at.day = NEXT - timedelta(days=1)
    proposal = review(store, at).proposal
    assert proposal.change is ChangeKind.STEP_BACK
    assert "You have not said how it has been since." in proposal.saw


def test_a_run_over_its_cap_is_named_with_the_number_and_what_it_means() -> None:
    store, at, _ = a_week_on_saturday()
    within = replace(a_run(0, 6.0), id="within", local_date=MONDAY)
    assert review(with_activities(store, within), at).over_cap == ()
    far = replace(a_run(0, 12.0), id="far", local_date=MONDAY + timedelta(days=2))
    looked = review(with_activities(store, within, far), at)
    (why,) = looked.over_cap
    assert why.says.startswith("Your run of 12.0 km on ")
    assert "its ceiling of 6.6 km; the longest of the month before was 6.0 km" in why.says
    assert "The next week does not build on it" in why.says
    (document,) = review_document(looked, RULES)["over_cap"]
    assert (document["rule"], document["basis"]) == ("run_over_cap", "cohort")


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("too_long", "shorter"),
        ("hurts", "easier"),
        ("no_place", "another_exercise"),
        ("forgot", "tie_to_shoes"),
        ("dull", "swap"),
        ("not_convinced", "read_the_myth"),
    ],
)
def test_the_reason_work_was_missed_decides(reason: str, change: str) -> None:
    store, at, on = a_week_on_saturday()
    told(store, at, on[DayKind.OFF], lateral_work=False, missed_why=reason)
    document = review_document(review(store, at), RULES)
    assert document["proposal"]["change"] == change
    assert document["proposal"]["why"]
    assert document["proposal"]["basis"]
    assert document["proposal"]["applies"] == "unless_declined"
    noted = {note.rule for note in next_week(store, at).notes}
    rule = document["proposal"]["rule"]
    assert rule in noted
    accepted(store, at, accepts=False)
    assert rule not in {note.rule for note in next_week(store, at).notes}


@pytest.mark.parametrize(
    ("left_out", "reason", "change", "rule"),
    [
        ("stretched_after", "hurts", "shorter_stretches", "missed_stretches_short"),
        ("stretched_before", "no_place", "stretch_at_home", "missed_stretches_at_home"),
        ("stretched_before", "forgot", "tie_to_shoes", "missed_forgot"),
        ("stretched_after", "not_convinced", "read_the_myth", "stretching_prevents_injury"),
        ("side_steps", "dull", "smaller_side_steps", "missed_side_steps_small"),
        ("side_steps", "not_convinced", "read_the_myth", "missed_not_convinced"),
    ],
)
def test_the_reason_is_answered_for_what_belongs_to_a_run_too(
    left_out: str, reason: str, change: str, rule: str
) -> None:
    store, at, on = a_week_on_saturday()
    told(store, at, on[DayKind.RUN], ran=True, missed_why=reason, **{left_out: False})
    proposal = review_document(review(store, at), RULES)["proposal"]
    assert (proposal["change"], proposal["rule"]) == (change, rule)
    assert rule in {note.rule for note in next_week(store, at).notes}


def most_exercises(plan: WeekPlan) -> int:
    home = (BlockKind.LATERAL, BlockKind.STRENGTH, BlockKind.FOOT)
    return max(sum(block.kind in home for block in day.blocks) for day in plan.days)


def test_shorter_means_less_of_what_took_too_long_and_comes_by_itself() -> None:
    store, at, on = a_week_on_saturday()
    before = next_week(store, at)
    told(store, at, MONDAY, strength=False, missed_why="too_long")
    after = next_week(store, at)
    assert km(after) == km(before)
    assert most_exercises(after) <= 2 < most_exercises(before)
    told(store, at, on[DayKind.RUN], ran=False, missed_why="too_long")
    shorter = next_week(store, at)
    assert km(shorter) == pytest.approx(0.8 * km(before), rel=0.03)
    assert "missed_too_long" in {note.rule for note in shorter.notes}
    declined = accepted(store, at, accepts=False)
    assert declined.decision == "declined"
    assert next_week(store, at).days == before.days


def test_two_reasons_are_both_named_and_each_is_left_by_itself() -> None:
    store, at, on = a_week_on_saturday()
    before = next_week(store, at)
    told(store, at, on[DayKind.RUN], ran=False, missed_why="too_long")
    told(store, at, on[DayKind.OFF], lateral_work=False, missed_why="dull")
    looked = review(store, at)
    changes = [looked.proposal.change, *(each.proposal.change for each in looked.beside)]
    assert changes == [ChangeKind.SHORTER, ChangeKind.SWAP]
    pieces: dict[str, Any] = {"store": store, "knowledge": RULES, "clock": at}
    for change, kept in (("shorter", "missed_dull"), ("swap", "missed_too_long")):
        left = decide(looked, accepts=False, change=change, **pieces)
        noted = {note.rule for note in next_week(store, at).notes}
        assert noted & {"missed_dull", "missed_too_long"} == {kept}
        assert "declined" in {left.decision, left.beside[0].decision}
        assert (km(next_week(store, at)) < km(before)) is (kept == "missed_too_long")
        decide(looked, accepts=True, change=change, **pieces)
    with pytest.raises(AnswersError, match="names no change"):
        decide(looked, accepts=True, change="hold", **pieces)


def test_leaving_a_step_back_leaves_the_answers_to_reasons_in() -> None:
    store, at, on = a_week_on_saturday()
    told(store, at, on[DayKind.OFF], lateral_work=False, missed_why="forgot")
    told(store, at, at.day - timedelta(days=1), pain_now=1, ran=True, pain_on_run=3)
    left = accepted(store, at, accepts=False)
    assert left.proposal.change is ChangeKind.BACK
    assert [each.proposal.change for each in left.beside] == [ChangeKind.TIE_TO_SHOES]
    assert "missed_forgot" in {note.rule for note in next_week(store, at).notes}
    document = review_document(review(store, at), RULES)
    assert document["decision"] == "declined"
    assert [(each["change"], each["decision"]) for each in document["beside"]] == [
        ("tie_to_shoes", None)
    ]


def test_a_reason_is_answered_beside_a_step_back_that_is_not_decided_yet() -> None:
    store, at, on = a_week_on_saturday()
    told(store, at, on[DayKind.OFF], lateral_work=False, missed_why="forgot")
    told(store, at, at.day - timedelta(days=1), pain_now=1, ran=True, pain_on_run=3)
    assert review(store, at).proposal.change is ChangeKind.BACK
    cues = [cue for day in next_week(store, at).days for b in day.blocks for cue in b.cues]
    assert any(cue.startswith("Tie it to your shoes") for cue in cues)


def test_kept_counts_what_is_known_and_silence_as_unknown() -> None:
    store, at, on = a_week_on_saturday()
    told(store, at, on[DayKind.RUN], ran=True, pain_on_run=1)
    told(store, at, on[DayKind.OFF], ran=False, lateral_work=True, strength=False)
    kept = review(store, at).kept
    assert kept is not None
    assert kept.done == 2
    assert kept.missed <= 1
    assert kept.unknown > 0
    assert kept.frac == kept.done / (kept.done + kept.missed)


def test_a_week_told_whole_leaves_nothing_untold_as_nobody_asks_for_other_sport() -> None:
    store, at, on = a_planned_week()
    assert DayKind.CROSS in on
    at.day = NEXT - timedelta(days=1)
    for days in range(7):
        day = MONDAY + timedelta(days=days)
        asked = day_form(day, store=store, knowledge=RULES, clock=at).planned
        clean = CLEAN if "ran" in asked else {}
        told(store, at, day, pain_now=0, **clean | dict.fromkeys(asked, True))
    kept = review(store, at).kept
    assert kept is not None
    assert kept.done > 10
    assert (kept.missed, kept.unknown) == (0, 0)


def test_a_ride_in_place_of_planned_other_sport_is_kept() -> None:
    store, at, on = a_planned_week()
    at = replace(at, day=on[DayKind.CROSS])
    silent = review(store, at, week=MONDAY).kept
    ride = replace(a_run(0, 20.0), id="ride", sport=Sport.CYCLE, local_date=at.day)
    with_ride = review(with_activities(store, ride), at, week=MONDAY).kept
    assert silent is not None
    assert with_ride is not None
    assert with_ride == replace(silent, done=silent.done + 1)


def test_a_run_on_file_is_kept_without_telling() -> None:
    store, at, on = a_planned_week()
    silent = review(store, replace(at, day=on[DayKind.RUN]), week=MONDAY).kept
    run = replace(a_run(0, 5.0), id="kept", local_date=on[DayKind.RUN])
    other = MemoryStore([*store.activities(), run])
    for kind in ("knee_check", "week_plan"):
        for document in store.documents(kind):
            other.save_document(document)
    kept = review(other, replace(at, day=on[DayKind.RUN]), week=MONDAY).kept
    assert silent is not None
    assert kept is not None
    assert kept.done == silent.done + 1


def with_activities(store: MemoryStore, *more: ActivitySummary) -> MemoryStore:
    other = MemoryStore([*store.activities(), *more])
    for kind in ("knee_check", "week_plan"):
        for document in store.documents(kind):
            other.save_document(document)
    return other


def test_a_ride_on_the_day_of_a_run_is_not_the_run_and_a_run_a_day_late_is() -> None:
    store, at, on = a_planned_week()
    day = on[DayKind.RUN]
    at = replace(at, day=day + timedelta(days=1))
    silent = review(store, at, week=MONDAY).kept
    ride = replace(a_run(0, 20.0), id="ride", sport=Sport.CYCLE, local_date=day)
    with_ride = review(with_activities(store, ride), at, week=MONDAY).kept
    late = replace(a_run(0, 5.0), id="late", local_date=at.day)
    with_late = review(with_activities(store, late), at, week=MONDAY).kept
    assert silent is not None
    assert with_ride == silent
    assert with_late is not None
    assert with_late.done == silent.done + 1


def test_what_belongs_to_a_run_counts_where_it_was_run_and_only_there() -> None:
    store, at, on = a_planned_week()
    at = replace(at, day=on[DayKind.RUN])
    told(store, at, at.day, ran=True, stretched_before=True, stretched_after=False, side_steps=True)
    kept = review(store, at, week=MONDAY).kept
    assert kept is not None
    assert (kept.done, kept.missed) == (3, 1)
    told(store, at, at.day, ran=False, missed_why="forgot")
    left_out = review(store, at, week=MONDAY).kept
    assert left_out is not None
    assert (left_out.done, left_out.missed) == (0, 1)


def test_a_walk_that_stood_in_for_a_run_is_no_missed_run() -> None:
    store, at, on = a_week_on_saturday()
    day = on[DayKind.RUN]
    told(store, at, day - timedelta(days=1), ran=True, pain_on_run=5, pain_now=1)
    told(store, at, day, ran=False, pain_now=1)
    kept = review(store, replace(at, day=day), week=MONDAY).kept
    assert kept is not None
    assert kept.missed == 0


def test_a_walk_the_card_asked_for_is_no_run_left_out_whatever_the_reason() -> None:
    store, at, on = a_week_on_saturday()
    day = on[DayKind.RUN]
    told(store, at, day - timedelta(days=1), ran=True, pain_on_run=5, pain_now=1)
    told(store, at, day, ran=False, lateral_work=True, pain_now=1, missed_why="too_long")
    days = days_told(store, RULES)
    (missed,) = all_missed(store, RULES, days)
    assert not missed.is_run
    (alone,) = all_missed(store, RULES, days[1:])
    assert alone.is_run


def test_a_walk_because_of_a_run_the_day_before_is_no_missed_run() -> None:
    """Her knee asks for a day between runs, and she ran on a day that had none."""
    store, at = MemoryStore(history()), At()
    answered(store, at, pain_now=1, pain_running=3, pain_worst=4)
    plan_and_keep(store=store, knowledge=RULES, clock=at)
    week = kept_week_of(store, MONDAY)
    assert week is not None
    day = next(each.date for each in days_of(week) if each.kind is DayKind.RUN)
    run = replace(a_run(0, 3.0), id="extra", local_date=day - timedelta(days=1))
    store = with_activities(store, run)
    at.day = day
    told(store, at, day, ran=False, pain_now=1, missed_why="dull")
    assert today_card(store=store, knowledge=RULES, clock=at).kind != "run"
    kept = review(store, at, week=MONDAY).kept
    assert kept is not None
    assert kept.missed == 0
    assert [each.is_run for each in all_missed(store, RULES, days_told(store, RULES))] == [False]
    assert "ran" not in day_form(day, store=store, knowledge=RULES, clock=at).planned


def test_without_a_week_there_is_no_share() -> None:
    store, at = MemoryStore(), At()
    answered(store, at)
    document = review_document(review(store, at), RULES)
    assert document["kept_frac"] is None
    assert document["kept"] is None
    assert {"pain", "kept_frac", "load", "proposal"} <= document.keys()


def test_a_load_without_any_file_is_unknown_and_not_zero() -> None:
    store, at = MemoryStore(), At()
    answered(store, at)
    load = review_document(review(store, at), RULES)["load"]
    assert set(load.values()) == {None}


def days_without_run(store: MemoryStore, at: At) -> int | None:
    days: int | None = review_document(review(store, at), RULES)["load"]["non_running_days"]
    return days


def test_days_of_which_nothing_is_known_are_no_days_without_a_run() -> None:
    store, at = MemoryStore(history()), At()
    answered(store, at)
    recorded = days_without_run(store, at)
    assert recorded is not None
    assert recorded > 0
    at.day = MONDAY + timedelta(days=34)
    assert days_without_run(store, at) is None
    told(store, at, at.day - timedelta(days=2), pain_now=1)
    assert days_without_run(store, at) is None, "pain says nothing of a run"
    told(store, at, at.day - timedelta(days=3), ran=True, pain_on_run=1)
    assert days_without_run(store, at) == 0
    for back in (0, 1, 7):
        told(store, at, at.day - timedelta(days=back), ran=False)
    assert days_without_run(store, at) == 2


def test_what_is_told_never_takes_a_recorded_day_without_a_run_away() -> None:
    store, at = MemoryStore(history()), At()
    answered(store, at)
    recorded = days_without_run(store, at)
    told(store, at, at.day, ran=False)
    assert days_without_run(store, at) == recorded


def test_runs_that_are_only_told_of_are_counted_and_have_no_length() -> None:
    store, at, on = a_planned_week()
    at.day = MONDAY + timedelta(days=6)
    told(store, at, on[DayKind.RUN], pain_now=1, ran=True)
    assert review(store, at).runs_told == 1
    run = replace(a_run(0, 4.0), id="on-file", local_date=on[DayKind.RUN])
    assert review(with_activities(store, run), at).runs_told == 0


def test_a_hidden_plan_proposes_to_see_somebody() -> None:
    store, at, _ = a_week_on_saturday()
    told(store, at, at.day, gives_way=True, new_signs=True)
    proposal = review(store, at).proposal
    assert proposal.change is ChangeKind.SEE_SOMEONE
    assert not proposal.change.changes_plan


def test_on_the_first_day_it_is_the_week_before() -> None:
    store, at, _ = a_planned_week()
    at.day = NEXT
    assert review(store, at).week_starts == MONDAY


def test_pain_is_compared_with_the_week_before() -> None:
    store, at, _ = a_week_on_saturday()
    for days_ago, pain in ((10, 5), (9, 5), (2, 1), (0, 2)):
        told(store, at, at.day - timedelta(days=days_ago), pain_now=pain)
    pain_of_week = review(store, at).pain
    assert (pain_of_week.newest, pain_of_week.mean, pain_of_week.mean_before) == (2, 1.5, 5)
    assert pain_of_week.change == "less"
