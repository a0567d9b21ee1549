"""The plan service over records held in memory and the knowledge as it ships."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders.runs import a_run, runs_on
from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.week import BlockKind, DayKind, NoWeek, WeekPlan
from sidestep.domain.triage.rules import PlanAccess
from sidestep.services.knee.check_knee import check_answers, keep_check, recheck
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.ports import Store
from sidestep.services.week.edit_profile import change_profile
from sidestep.services.week.plan_week import (
    coming_monday,
    knee_state,
    plan_and_keep,
    plan_week,
    usual_week_start,
)
from sidestep.services.week.week_document import week_document

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
SUNDAY = date(2026, 6, 28)
MONDAY = date(2026, 6, 29)
RULES = shipped_knowledge()
DAY_KINDS = {"run", "off", "rest", "cross"}
BLOCK_KINDS = {
    "stretch_before",
    "run",
    "shuffle",
    "drill",
    "stretch_after",
    "lateral",
    "strength",
    "foot",
    "desk",
    "cross_training",
    "rest",
}


@dataclass
class At:
    """A clock that stands still."""

    day: date = field(default=SUNDAY)

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 18, tzinfo=UTC)

    def today(self) -> date:
        return self.day


def answered(store: Store, example: str, *, at: At | None = None, **changes: Any) -> None:
    raw = yaml.safe_load((EXAMPLES / f"{example}.yaml").read_text(encoding="utf-8"))
    answers = parse_answers({**raw, **changes}, RULES.questions)
    check = check_answers(answers, RULES, {})
    keep_check(check, answers, {}, knowledge=RULES, store=store, clock=at or At())


def history(km: float = 6.0) -> list[ActivitySummary]:
    first_day_ago = (date(2026, 6, 30) - SUNDAY).days
    return runs_on(range(first_day_ago + 1, 29, 3), km)


def planned(store: Store, at: At | None = None, week_starts: date | None = None) -> WeekPlan:
    plan = plan_week(store=store, knowledge=RULES, clock=at or At(), week_starts=week_starts)
    assert isinstance(plan, WeekPlan), plan
    return plan


def longest_km(plan: WeekPlan) -> float:
    return max((block.distance_km or 0.0) for day in plan.days for block in day.blocks)


def test_without_answers_the_plan_asks_for_them() -> None:
    plan = plan_week(store=MemoryStore(), knowledge=RULES, clock=At())
    assert isinstance(plan, NoWeek)
    assert "sidestep knee" in plan.says


@pytest.mark.parametrize("example", ["emergency", "urgent", "unknown_flag"])
def test_answers_that_hide_the_plan_show_why_and_no_day(example: str) -> None:
    store = MemoryStore(history())
    answered(store, example)
    plan = plan_week(store=store, knowledge=RULES, clock=At())
    document = week_document(plan, RULES.sources)
    assert document["status"] == "hidden"
    assert document["days"] == []
    assert document["notes"][0]["says"] == document["says"] != ""


def test_an_urgent_answer_names_who_to_see_and_how_soon() -> None:
    store = MemoryStore(history())
    answered(store, "urgent")
    check = recheck(store, RULES, At())
    assert check is not None
    assert check.plan is PlanAccess.HIDDEN
    flag = max((each.flag for each in check.red_flags), key=lambda flag: flag.urgency)
    says = " ".join(knee_state(check, None).reasons)
    assert flag.who in says
    assert flag.how_soon in says


def test_a_week_follows_the_history_and_stays_under_its_cap() -> None:
    store = MemoryStore(history(km=6.0))
    answered(store, "self_care_front", pain_running=1, pain_now=0, pain_daily_life=0)
    plan = planned(store)
    assert plan.week_starts == MONDAY
    assert 0 < longest_km(plan) <= 6.6


def test_a_week_places_only_exercises_that_are_planned() -> None:
    store = MemoryStore(history())
    answered(store, "self_care_front", pain_running=1, pain_now=0, pain_daily_life=0)
    placed = {block.exercise for day in planned(store).days for block in day.blocks}
    assert "fire_hydrant" in placed
    waiting = {id for id, each in RULES.exercises.items() if not each.is_planned}
    assert placed.isdisjoint(waiting)
    hydrant = replace(RULES.exercises["fire_hydrant"], is_planned=False)
    without = replace(RULES, exercises={**RULES.exercises, "fire_hydrant": hydrant})
    plan = plan_week(store=store, knowledge=without, clock=At())
    assert isinstance(plan, WeekPlan)
    assert "fire_hydrant" not in {block.exercise for day in plan.days for block in day.blocks}


def test_the_answers_are_checked_again_with_the_history_of_today() -> None:
    store = MemoryStore(history())
    answered(store, "self_care")
    store_later = MemoryStore([*history(), a_run(3, 20.0)])
    answered(store_later, "self_care")
    then, now = recheck(store, RULES, At()), recheck(store_later, RULES, At())
    assert then is not None
    assert now is not None
    assert then.facts["spike_band_30d"] != now.facts["spike_band_30d"] == "over_2_00"


def test_an_old_knee_check_asks_to_be_answered_again() -> None:
    store = MemoryStore(history())
    answered(store, "self_care", at=At(SUNDAY - timedelta(days=9)))
    notes = planned(store).notes
    assert notes[0].rule == "knee_check_fresh_days"
    assert "9 days" in notes[0].says


def test_lasting_tiredness_keeps_the_week_light() -> None:
    notes = {}
    for energy in ("fine", "always_tired"):
        store = MemoryStore(history())
        answered(store, "self_care_front", energy=energy, pain_running=1)
        notes[energy] = {limit.id for limit in planned(store).limits}
    assert notes["always_tired"] - notes["fine"] == {"reduced_runs", "days_between_runs"}


def test_the_profile_is_heeded() -> None:
    store = MemoryStore(history())
    answered(store, "self_care")
    change_profile({"not_on": ["mon", "fri"]}, store=store, knowledge=RULES, clock=At())
    assert [day.kind.value for day in planned(store).days][::4] == ["rest", "rest"]


def test_the_document_has_the_fields_other_programs_read() -> None:
    store = MemoryStore(history())
    answered(store, "self_care")
    document = week_document(planned(store), RULES.sources)
    assert {"week_starts", "days", "limits", "notes"} <= document.keys()
    assert len(document["days"]) == 7
    for day in document["days"]:
        assert day["kind"] in DAY_KINDS
        for block in day["blocks"]:
            assert {"kind", "exercise", "dose", "distance_km", "why"} <= block.keys()
            assert block["kind"] in BLOCK_KINDS
            assert {"rule", "says", "basis", "sources"} <= block["why"].keys()
            assert block["exercise"] in {"", *RULES.exercises, *RULES.cross_training}


def test_colliding_limits_are_in_the_document_with_what_would_help() -> None:
    store = MemoryStore(history())
    answered(store, "self_care")
    change_profile({"minutes": 5}, store=store, knowledge=RULES, clock=At())
    plan = plan_week(store=store, knowledge=RULES, clock=At())
    document = week_document(plan, RULES.sources)
    assert document["status"] == "no_week"
    assert [limit["id"] for limit in document["collisions"]] == ["your_minutes", "shortest_run_km"]
    assert document["would_help"]


def test_a_kept_week_is_kept_once_and_shown_until_its_last_day() -> None:
    store = MemoryStore(history())
    answered(store, "self_care")
    for _ in range(2):
        plan_and_keep(store=store, knowledge=RULES, clock=At())
    assert len(store.documents("week_plan")) == 1
    assert usual_week_start(store, MONDAY + timedelta(days=3)) == MONDAY
    assert usual_week_start(store, MONDAY + timedelta(days=6)) == MONDAY + timedelta(days=7)


def test_the_coming_monday_is_today_on_a_monday() -> None:
    assert coming_monday(MONDAY) == MONDAY
    assert coming_monday(SUNDAY) == MONDAY
    assert coming_monday(MONDAY + timedelta(days=1)) == MONDAY + timedelta(days=7)


def test_every_sentence_of_the_shipped_plan_numbers_can_be_said() -> None:
    """Plan for many kinds of runner, so that each sentence is filled in at least once."""
    short = [a_run(d, 4.0) for d in range(3, 30)]
    histories: tuple[list[ActivitySummary], ...] = ([], history(), short, history(0.3))
    answers: tuple[dict[str, Any], ...] = (
        {"pain_running": 0, "pain_now": 0, "pain_daily_life": 0},
        {"pain_running": 4},
        {"pain_running": 8},
        {"pain_running": None},
        {"pain_daily_life": 6},
        {"distance_until_pain_km": 2, "repeatable_distance": True},
        {"years_running": 0, "body_mass_kg": 110, "height_cm": 170},
        {"years_running": 0, "body_mass_kg": None},
    )
    for number, example in enumerate(("self_care", "self_care_front", "soon", "inner_over_45")):
        for more, changes in enumerate(answers):
            # Every example meets every history, and every answer too, without all three at once.
            store = MemoryStore(histories[(number + more) % len(histories)])
            answered(store, example, **changes)
            plan = plan_week(store=store, knowledge=RULES, clock=At())
            document = week_document(plan, RULES.sources)
            assert "{" not in str([each["says"] for each in document["notes"]])
            assert "{" not in str([each["says"] for each in document["limits"]])


@pytest.mark.parametrize("pain_running", [0, 2, 3, 5, None])
@pytest.mark.parametrize("runs", [history(), []], ids=["usual", "walk-run"])
def test_every_run_of_the_shipped_plan_steps_to_the_left_and_to_the_right(
    runs: list[ActivitySummary], pain_running: int | None
) -> None:
    store = MemoryStore(runs)
    answered(store, "self_care", pain_running=pain_running)
    run_days = [day for day in planned(store).days if day.kind is DayKind.RUN]
    assert run_days
    is_sore = pain_running is None or pain_running > RULES.plans["shuffle_pain_max"].value
    for day in run_days:
        steps = [block for block in day.blocks if block.kind is BlockKind.SHUFFLE]
        assert [each.exercise for each in steps] == ["side_shuffle_left", "side_shuffle_right"]
        for each in steps:
            leave_out = "Leave them out on a day when the knee is above 2 of 10 as you start"
            assert ("at walking pace" in each.dose) == (leave_out in each.cues) == is_sore


def test_a_ceiling_that_rests_on_a_run_that_stood_out_is_said_to_be_generous() -> None:
    store = MemoryStore([*history(), a_run(5, 12.0, hour=18)])
    answered(store, "self_care")
    ceiling = next(each for each in planned(store).limits if each.id == "next_run_cap_ratio")
    assert "12.0 km" in ceiling.says
    assert "A ceiling measured by it is generous" in ceiling.says
