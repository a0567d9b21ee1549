"""Today's card over records held in memory and the knowledge as it ships."""

from dataclasses import replace
from datetime import timedelta

import pytest

from builders.days_told import RULES, SUNDAY, At, a_planned_week, answered, history, told
from builders.runs import a_run
from fakes.stores import MemoryStore
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.week import BlockKind, DayKind
from sidestep.services.check_ins.day_form import day_form
from sidestep.services.week.today_card import TodayCard, today_card, today_document
from sidestep.services.week.tomorrow import tomorrow_as_told


def card(store: MemoryStore, at: At) -> TodayCard:
    return today_card(store=store, knowledge=RULES, clock=at)


def test_without_answers_it_asks_where_it_hurts() -> None:
    shown = card(MemoryStore(), At())
    assert shown.kind == "hidden"
    assert "sidestep knee" in shown.message


def test_a_warning_sign_is_shown_without_a_knee_check() -> None:
    store, at = MemoryStore(), At()
    told(store, at, at.day, new_signs=True, knee_hot_swollen=True, fever=True)
    shown = card(store, at)
    assert shown.kind == "hidden"
    assert shown.check is not None
    assert shown.check.is_emergency


def test_a_quiet_day_is_as_planned() -> None:
    store, at, on = a_planned_week()
    for kind in (DayKind.RUN, DayKind.OFF, DayKind.REST):
        at.day = on[kind]
        shown = card(store, at)
        assert shown.kind == kind.value
        assert shown.planned is not None
        assert shown.blocks == shown.planned.blocks
        assert shown.changes == ()


def test_the_day_before_a_week_is_free() -> None:
    store, at, _ = a_planned_week()
    shown = card(store, at)
    assert shown.kind == "rest"
    assert "29 June 2026" in shown.message


def test_without_a_week_one_is_planned_from_today_and_kept() -> None:
    store, at = MemoryStore(history()), At()
    answered(store, at)
    first = card(store, at)
    assert first.week_starts == SUNDAY
    assert card(store, at) == first
    assert len(store.documents("week_plan")) == 1


def test_a_warning_sign_hides_what_was_planned() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    told(store, at, at.day, new_signs=True, pain_now=2, cannot_straighten=True)
    shown = card(store, at)
    assert (shown.kind, shown.blocks) == ("hidden", ())


def test_the_day_after_a_run_that_was_too_much_is_for_walking() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    told(store, at, at.day - timedelta(days=1), ran=True, pain_on_run=4, pain_now=1)
    shown = card(store, at)
    assert shown.kind == "cross"
    assert not any(block.kind is BlockKind.RUN for block in shown.blocks)
    (change,) = shown.changes
    assert change.why.rule == "flare_pause_days"
    assert "hurt 4 of 10" in change.saw


def test_later_the_run_comes_back_shorter() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    told(store, at, at.day - timedelta(days=2), ran=True, pain_on_run=4, pain_now=1)
    shown = card(store, at)
    assert shown.kind == "run"
    assert shown.planned is not None
    (now,) = [each.distance_km for each in shown.blocks if each.distance_km]
    (then,) = [each.distance_km for each in shown.planned.blocks if each.distance_km]
    assert now < then
    assert shown.changes[0].why.rule == "running_pain_max"


@pytest.mark.parametrize("days_before", [0, 1])
def test_a_walk_that_was_done_never_becomes_a_run(days_before: int) -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    told(store, at, at.day - timedelta(days=days_before), pain_now=3)
    offered = card(store, at)
    assert offered.kind == "cross"
    told(store, at, at.day, pain_now=2, lateral_work=True, strength=True)
    after = card(store, at)
    assert (after.kind, after.blocks, after.changes) == ("cross", offered.blocks, offered.changes)


def test_a_pain_told_anew_before_anything_is_done_counts() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    told(store, at, at.day, pain_now=3)
    told(store, at, at.day, pain_now=1)
    assert card(store, at).kind == "run"
    told(store, at, at.day, pain_now=2, ran=True)
    assert card(store, at).kind == "run"


@pytest.mark.parametrize("is_on_file", [True, False])
def test_the_card_knows_of_a_run_on_a_day_of_rest(is_on_file: bool) -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.REST]
    assert not card(store, at).has_run
    if is_on_file:
        run = replace(a_run(0, 12.4), id="unplanned", local_date=at.day)
        store = replace_activities(store, run)
    else:
        told(store, at, at.day, pain_now=1, ran=True)
    assert card(store, at).has_run


def test_much_pain_is_a_day_of_rest() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.OFF]
    told(store, at, at.day, pain_now=6)
    shown = card(store, at)
    assert shown.kind == "rest"
    assert shown.changes[0].why.rule == "exercise_pain_max"


def test_much_pain_on_a_day_of_rest_is_not_passed_over() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.REST]
    told(store, at, at.day, pain_now=7)
    shown = card(store, at)
    assert shown.kind == "rest"
    assert shown.changes == ()
    assert shown.rest_asked is not None
    assert shown.rest_asked.why.rule == "exercise_pain_max"
    assert "hurts 7 of 10" in shown.message
    told(store, at, at.day, pain_now=1)
    assert card(store, at).rest_asked is None


def test_pain_that_rose_without_the_signs_is_a_day_of_rest() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    told(store, at, at.day, pain_now=4, new_signs=None)
    shown = card(store, at)
    assert shown.kind == "rest"
    assert "warning signs" in shown.message


def test_a_run_on_a_day_off_is_noticed_without_scolding_the_next_day_too() -> None:
    store, at, on = a_planned_week()
    kept = replace(a_run(0, 6.0), id="kept", local_date=on[DayKind.OFF] - timedelta(days=1))
    run = replace(a_run(0, 7.5), id="unplanned", local_date=on[DayKind.OFF])
    store = replace_activities(store, kept, run)
    at.day = on[DayKind.OFF]
    notes = {note.rule: note.says for note in card(store, at).notes}
    assert "7.5 km today, which was not planned" in notes["unplanned_run"]
    assert "run_over_cap" in notes
    at.day += timedelta(days=1)
    notes = {note.rule: note.says for note in card(store, at).notes}
    assert "7.5 km on 1 July 2026, which was not planned" in notes["unplanned_run"]
    at.day += timedelta(days=1)
    assert "unplanned_run" not in {note.rule for note in card(store, at).notes}


@pytest.mark.parametrize(("km", "kind"), [(9.0, "cross"), (6.0, "run")])
def test_the_day_after_a_run_over_its_cap_is_for_walking_however_it_felt(
    km: float, kind: str
) -> None:
    store, at, on = a_planned_week()
    day = on[DayKind.RUN]
    before = day - timedelta(days=1)
    run = replace(a_run(0, km), id="far", local_date=before)
    store = replace_activities(store, run)
    at.day = day
    told(store, at, before, ran=True, pain_on_run=0, pain_hour_after=0, pain_next_morning=0)
    shown = card(store, at)
    assert shown.kind == kind
    tomorrow = tomorrow_as_told(before, store=store, knowledge=RULES)
    assert tomorrow is not None
    assert tomorrow.day.kind.value == kind
    assert day_form(day, store=store, knowledge=RULES, clock=at).has_run == (kind == "run")
    if kind == "cross":
        (change,) = shown.changes
        assert change.why.rule == "flare_pause_days"
        assert "well beyond the longest of the month before" in change.saw
        told(store, at, day, ran=False)
        at.day = day + timedelta(days=1)
        assert "left_out" not in {note.rule for note in card(store, at).notes}


def test_a_run_a_day_late_is_the_planned_one() -> None:
    store, at, on = a_planned_week()
    late = on[DayKind.RUN] + timedelta(days=1)
    store = replace_activities(store, replace(a_run(0, 5.0), id="late", local_date=late))
    at.day = late
    told(store, at, on[DayKind.RUN], ran=False)
    notes = {note.rule: note.says for note in card(store, at).notes}
    assert "yesterday's, a day later" in notes["run_a_day_later"]
    assert not {"unplanned_run", "left_out", "run_on_file"} & notes.keys()


def replace_activities(store: MemoryStore, *runs: ActivitySummary) -> MemoryStore:
    other = MemoryStore([*store.activities(), *runs])
    for kind in ("knee_check", "week_plan"):
        for document in store.documents(kind):
            other.save_document(document)
    return other


def test_what_was_left_out_yesterday_is_not_added() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN] + timedelta(days=1)
    before = card(store, at).blocks
    told(store, at, at.day - timedelta(days=1), ran=False, missed_why="forgot")
    shown = card(store, at)
    assert shown.blocks == before
    assert "left_out" in {note.rule for note in shown.notes}


def test_a_run_that_became_a_walk_was_not_left_out() -> None:
    store, at, on = a_planned_week()
    day = on[DayKind.RUN]
    at.day = day + timedelta(days=1)
    told(store, at, day - timedelta(days=1), ran=True, pain_on_run=5, pain_now=1)
    told(store, at, day, ran=False, pain_now=1)
    assert "left_out" not in {note.rule for note in card(store, at).notes}


def test_a_walk_after_more_pain_and_silence_says_what_brings_the_run_back() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN] + timedelta(days=7)
    for back in (9, 8):
        told(store, at, at.day - timedelta(days=back), pain_now=4)
    at.day = next(
        at.day + timedelta(days=days)
        for days in range(5)
        if card(store, replace(at, day=at.day + timedelta(days=days))).changes
    )
    shown = card(store, at)
    assert shown.kind == "cross"
    assert "Tell of a calmer day (sidestep log), and runs can come back." in shown.message
    told(store, at, at.day, pain_now=1)
    assert card(store, at).kind == "run"


def test_the_document_keeps_what_programs_rely_on() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    document = today_document(card(store, at), RULES)
    assert {"date", "kind", "blocks", "message"} <= document.keys()
    assert document["date"] == at.day.isoformat()
    assert document["kind"] == "run"
    assert {"stretch_before", "run", "stretch_after"} <= {b["kind"] for b in document["blocks"]}


@pytest.mark.parametrize(
    ("ago", "answers", "rule"),
    [
        (2, {"pain_before_run": 0, "pain_hour_after": 2}, "running_pain_settle_min"),
        (2, {"pain_this_morning": 0, "pain_next_morning": 2}, "next_morning_rise_max"),
    ],
)
def test_a_run_that_did_not_settle_makes_the_next_one_shorter(
    ago: int, answers: dict[str, float], rule: str
) -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    told(store, at, at.day - timedelta(days=ago), ran=True, pain_on_run=1, pain_now=1, **answers)
    shown = card(store, at)
    assert shown.planned is not None
    run, planned = (
        next(each for each in blocks if each.kind is BlockKind.RUN)
        for blocks in (shown.blocks, shown.planned.blocks)
    )
    assert run.distance_km is not None
    assert planned.distance_km is not None
    assert run.distance_km == pytest.approx(0.9 * planned.distance_km, abs=0.1)
    assert run.minutes < planned.minutes
    assert run.dose == f"about {run.minutes:.0f} min"
    assert run.why.rule == "review_back_frac"
    assert shown.changes[0].why.rule == rule
    assert f"{run.distance_km:.1f} km instead of {planned.distance_km:.1f} km" in shown.message
