"""A run goes onto the watch, comes back as a recording, and answers for its side steps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest

from builders.days_told import At
from builders.followed_workouts import run_led_through, step_laps
from builders.plan_requests import MONDAY, a_knee, a_request
from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.adapters.activity_files.reader import ActivityFiles
from sidestep.adapters.activity_files.writing import write_fit
from sidestep.adapters.storage.originals import OriginalFolder
from sidestep.adapters.storage.streams import ParquetStreams
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.activity.recording import StepLap
from sidestep.domain.activity.steps import StepEstimate
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.run_session import RunSession, run_session
from sidestep.domain.planning.week import WeekPlan
from sidestep.services.check_ins.log_day import LoggedDay, log_day, parse_day
from sidestep.services.importing.ingest_file import FileIngester
from sidestep.services.ports import FileItem, SourceEntry, SourceFile, SourceLink
from sidestep.services.week.export_week import Places, export_week

RULES = shipped_knowledge()
SORE = {"knee": a_knee(pain_running=3)}


def a_week(**changes: Any) -> WeekPlan:
    plan = build_week(MONDAY, a_request(**changes))
    assert isinstance(plan, WeekPlan)
    return plan


def first_run(plan: WeekPlan) -> RunSession:
    sessions = [run_session(day) for day in plan.days]
    return next(session for session in sessions if session is not None)


def taken_along(store: MemoryStore, plan: WeekPlan, folder: Path, kind: str = "fit") -> None:
    export_week(
        plan,
        Places(**{kind: folder / ("week.ics" if kind == "ics" else "out")}),
        files=Wiring(load_settings(folder)).week_files,
        store=store,
        knowledge=RULES,
        clock=At(MONDAY),
    )


def come_back(store: MemoryStore, content: bytes, folder: Path) -> None:
    ingester = FileIngester(
        read_bytes=lambda _: content,
        reader=ActivityFiles(),
        originals=OriginalFolder(folder / "originals"),
        streams=ParquetStreams(folder / "streams"),
        zone=UTC,
        step_estimate=StepEstimate(steps_per_km=900.0),
    )
    item = FileItem(shown_as="run.fit", container=folder / "run.fit", member=None)
    ingested = ingester.ingest(item, {})
    (row,) = ingested.rows
    source = SourceFile(
        sha256=ingested.sha256,
        shown_as="run.fit",
        reader=ingested.reader,
        outcome="imported",
        detail="",
        imported_at=At(MONDAY).now(),
        program_version="1",
    )
    link = SourceLink(activity_id=row.summary.id, part=0, richness=row.richness)
    store.apply([SourceEntry(source=source, new=(row,), links=(link,))])


def told(store: MemoryStore, on: date, **answers: Any) -> LoggedDay:
    _, facts = parse_day(answers, RULES)
    return log_day(on, facts, store=store, knowledge=RULES, clock=At(on))


def logged_after(
    laps: Sequence[StepLap], session: RunSession, store: MemoryStore, folder: Path, **answers: Any
) -> LoggedDay:
    come_back(store, write_fit(run_led_through(laps, session.on)), folder)
    return told(store, session.on, **answers)


@pytest.mark.parametrize("changes", [{}, SORE], ids=["by distance", "in turns, by time"])
@pytest.mark.parametrize("kind", ["fit", "text"])
def test_a_run_the_watch_led_through_answers_for_its_side_steps(
    changes: Mapping[str, Any], kind: str, tmp_path: Path
) -> None:
    store, plan = MemoryStore(), a_week(**changes)
    taken_along(store, plan, tmp_path, kind)
    session = first_run(plan)
    logged = logged_after(step_laps(session.parts), session, store, tmp_path)
    assert (logged.answers["ran"], logged.answers["side_steps"]) == (True, True)
    assert logged.on_file == ("ran", "side_steps")


def test_the_persons_own_answer_wins(tmp_path: Path) -> None:
    store, plan = MemoryStore(), a_week()
    taken_along(store, plan, tmp_path)
    session = first_run(plan)
    logged = logged_after(step_laps(session.parts), session, store, tmp_path, side_steps=False)
    assert logged.answers["side_steps"] is False
    assert logged.on_file == ("ran",)


def test_what_the_file_does_not_show_is_unknown_and_never_no(tmp_path: Path) -> None:
    plan = a_week()
    session = first_run(plan)
    whole = step_laps(session.parts)
    plain = replace(run_led_through(whole, session.on), laps=())
    for content in (
        write_fit(plain),
        write_fit(run_led_through(step_laps(session.parts, {2: 9.0}), session.on)),
        write_fit(run_led_through(whole[:4], session.on)),
    ):
        store = MemoryStore()
        taken_along(store, plan, tmp_path)
        come_back(store, content, tmp_path)
        logged = told(store, session.on)
        assert logged.answers["ran"] is True
        assert "side_steps" not in logged.answers


def test_the_same_laps_mean_nothing_without_an_exported_workout(tmp_path: Path) -> None:
    session = first_run(a_week())
    logged = logged_after(step_laps(session.parts), session, MemoryStore(), tmp_path)
    assert "side_steps" not in logged.answers


def test_a_calendar_alone_keeps_what_went_to_the_watch_before(tmp_path: Path) -> None:
    store, plan = MemoryStore(), a_week()
    taken_along(store, plan, tmp_path)
    taken_along(store, plan, tmp_path, "ics")
    session = first_run(plan)
    logged = logged_after(step_laps(session.parts), session, store, tmp_path)
    assert logged.answers["side_steps"] is True


def test_a_workout_that_was_changed_later_may_still_be_on_the_watch(tmp_path: Path) -> None:
    store, plan = MemoryStore(), a_week()
    taken_along(store, plan, tmp_path)
    session, sore = first_run(plan), a_week(**SORE)
    assert first_run(sore).on == session.on
    taken_along(store, sore, tmp_path)
    logged = logged_after(step_laps(session.parts), session, store, tmp_path)
    assert logged.answers["side_steps"] is True
