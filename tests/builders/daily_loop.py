"""A person in the middle of the daily loop, in a store of her own: knee checked, runs on file."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from builders.runs import a_run
from builders.summaries import make_row, make_source
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.week import Day, DayKind
from sidestep.services.check_ins.log_day import log_day, parse_day
from sidestep.services.knee.check_knee import check_answers, keep_check
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.ports import SourceEntry
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.plan_week import plan_and_keep

ANSWERS = Path(__file__).parents[2] / "examples" / "answers"
QUIET: dict[str, Any] = {
    "pain_now": 1,
    "pain_running": 1,
    "pain_worst": 3,
    "repeatable_distance": False,
    "distance_until_pain_km": None,
    "energy": "fine",
}


def check_the_knee(wiring: Wiring, example: str = "self_care", **changes: Any) -> None:
    """Keep the answers of an example, changed as named."""
    raw = yaml.safe_load((ANSWERS / f"{example}.yaml").read_text(encoding="utf-8"))
    knowledge = wiring.knowledge
    answers = parse_answers({**raw, **changes}, knowledge.questions)
    check = check_answers(answers, knowledge, {})
    keep_check(check, answers, {}, knowledge=knowledge, store=wiring.store, clock=wiring.clock)


def record_runs(wiring: Wiring, runs: Sequence[ActivitySummary]) -> None:
    """Put runs on file, as if a watch had brought them."""
    for run in runs:
        source = make_source(hashlib.sha256(run.id.encode()).hexdigest())
        wiring.store.apply([SourceEntry(source=source, new=(make_row(run),))])


def begin_loop(wiring: Wiring) -> dict[DayKind, date]:
    """Return the first day of each kind of a week that is kept from today."""
    today = wiring.clock.today()
    check_the_knee(wiring, **QUIET)
    record_runs(wiring, [a_run(days, 6.0, on=today) for days in range(2, 29, 3)])
    plan_and_keep(
        store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock, week_starts=today
    )
    return {day.kind: day.date for day in reversed(week_of(wiring, today))}


def week_of(wiring: Wiring, on: date) -> tuple[Day, ...]:
    """Return the kept days of the week that a day is in."""
    week = kept_week_of(wiring.store, on)
    assert week is not None
    return days_of(week)


def tell(wiring: Wiring, on: date, **answers: Any) -> None:
    """Keep a check-in as the command line would."""
    _, facts = parse_day({"new_signs": False, **answers}, wiring.knowledge)
    log_day(on, facts, store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock)
