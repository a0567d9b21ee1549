"""Days as a person tells them, and a kept week to hold them against, in memory."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from builders.runs import runs_on
from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.week import DayKind
from sidestep.domain.triage.findings import KneeCheck
from sidestep.services.check_ins.log_day import log_day, parse_day
from sidestep.services.knee.check_knee import check_answers, keep_check
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.plan_week import plan_and_keep

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


def answered(store: MemoryStore, at: At, example: str = "self_care", **changes: Any) -> KneeCheck:
    raw = yaml.safe_load((EXAMPLES / f"{example}.yaml").read_text(encoding="utf-8"))
    answers = parse_answers({**raw, **changes}, RULES.questions)
    check = check_answers(answers, RULES, {})
    keep_check(check, answers, {}, knowledge=RULES, store=store, clock=at)
    return check


def history() -> list[ActivitySummary]:
    first_day_ago = (date(2026, 6, 30) - SUNDAY).days
    return runs_on(range(first_day_ago + 1, 29, 3), 6.0)


def told(store: MemoryStore, at: At, on: date, **answers: Any) -> None:
    _, facts = parse_day({"new_signs": False, **answers}, RULES)
    log_day(on, facts, store=store, knowledge=RULES, clock=at)


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
