"""Today's card over records held in memory and the knowledge as it ships."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from builders.runs import a_run, runs_on
from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.week import BlockKind, DayKind
from sidestep.services.check_ins.log_day import log_day, parse_day
from sidestep.services.knee.check_knee import check_answers, keep_check
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.plan_week import plan_and_keep
from sidestep.services.week.today_card import TodayCard, today_card, today_document

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
SUNDAY, MONDAY = date(2026, 6, 28), date(2026, 6, 29)
RULES = shipped_knowledge()


@dataclass
class At:
    """A clock that stands still but for one second at each look."""

    day: date = SUNDAY
    looks: int = 0

    def now(self) -> datetime:
        self.looks += 1
        noon = datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)
        return noon + timedelta(seconds=self.looks)

    def today(self) -> date:
        return self.day


def answered(store: MemoryStore, at: At, example: str = "self_care", **changes: Any) -> None:
    raw = yaml.safe_load((EXAMPLES / f"{example}.yaml").read_text(encoding="utf-8"))
    answers = parse_answers({**raw, **changes}, RULES.questions)
    keep_check(
        check_answers(answers, RULES, {}), answers, {}, knowledge=RULES, store=store, clock=at
    )


def history() -> list[ActivitySummary]:
    first_day_ago = (date(2026, 6, 30) - SUNDAY).days
    return runs_on(range(first_day_ago + 1, 29, 3), 6.0)


def told(store: MemoryStore, at: At, on: date, **answers: Any) -> None:
    _, facts = parse_day({"new_signs": False, **answers}, RULES)
    log_day(on, facts, store=store, knowledge=RULES, clock=at)


def card(store: MemoryStore, at: At) -> TodayCard:
    return today_card(store=store, knowledge=RULES, clock=at)


def a_planned_week(*extra: ActivitySummary) -> tuple[MemoryStore, At, dict[DayKind, date]]:
    """A kept week, and the first day of each kind in it."""
    store, at = MemoryStore([*history(), *extra]), At()
    no_distance: dict[str, Any] = {
        "repeatable_distance": False,
        "distance_until_pain_km": None,
        "energy": "fine",
    }
    answered(store, at, pain_now=1, pain_running=1, pain_worst=3, **no_distance)
    plan_and_keep(store=store, knowledge=RULES, clock=at)
    week = kept_week_of(store, MONDAY)
    assert week is not None
    return store, at, {day.kind: day.date for day in reversed(days_of(week))}


def test_without_answers_it_asks_where_it_hurts() -> None:
    shown = card(MemoryStore(), At())
    assert shown.kind == "hidden"
    assert "sidestep knee" in shown.message


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


def test_much_pain_is_a_day_of_rest() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.OFF]
    told(store, at, at.day, pain_now=6)
    shown = card(store, at)
    assert shown.kind == "rest"
    assert shown.changes[0].why.rule == "exercise_pain_max"


def test_pain_that_rose_without_the_signs_is_a_day_of_rest() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    told(store, at, at.day, pain_now=4, new_signs=None)
    shown = card(store, at)
    assert shown.kind == "rest"
    assert "warning signs" in shown.message


def test_a_run_on_a_day_off_is_noticed_without_scolding() -> None:
    store, at, on = a_planned_week()
    run = replace(a_run(0, 7.5), id="unplanned", local_date=on[DayKind.OFF])
    store = replace_activities(store, run)
    at.day = on[DayKind.OFF]
    notes = {note.rule: note.says for note in card(store, at).notes}
    assert "7.5 km" in notes["unplanned_run"]
    assert "run_over_cap" in notes


def replace_activities(store: MemoryStore, run: ActivitySummary) -> MemoryStore:
    other = MemoryStore([*store.activities(), run])
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


def test_the_document_keeps_what_programs_rely_on() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    document = today_document(card(store, at), RULES)
    assert {"date", "kind", "blocks", "message"} <= document.keys()
    assert document["date"] == at.day.isoformat()
    assert document["kind"] == "run"
    assert {"stretch_before", "run", "stretch_after"} <= {b["kind"] for b in document["blocks"]}
