"""The page of the last weeks, and where its marks stand."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.clip_results import filmed_at, kept_run
from builders.daily_loop import begin_loop, check_the_knee, record_runs, tell
from builders.days_told import MONDAY, RULES, At, a_planned_week, told
from builders.runs import TODAY, a_run
from fakes.stores import MemoryStore
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.planning.week import DayKind
from sidestep.services.check_ins.log_day import log_day
from sidestep.services.progress.over_weeks import progress
from sidestep.services.training.analyse_load import analyse_history
from sidestep.web.site import Site
from sidestep.web.timeline import (
    HEIGHT,
    KEPT_HEIGHT,
    KEPT_TOP,
    KM_TOP,
    PAIN_HEIGHT,
    PAIN_TOP,
    timeline,
)
from web.conftest import Browser


def test_nothing_told_is_said_to_be_nothing_told(runner: Browser) -> None:
    text = runner.get("/progress").text
    assert "No check-in yet" in text
    assert "Without a history nothing can be said" in text


def test_what_was_told_stands_in_the_picture_and_in_the_table(
    site: Site, runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    desk = site.desk(OWNER)
    log_day(desk.clock.today(), {"pain_now": 4.0, "lateral_work": True}, **desk.pieces)
    text = runner.get("/progress").text
    assert "22 Nov: 4" in text
    assert "1 of 1 days told" in text
    assert "22 Nov: 4" not in sign_up("other", "Other").get("/progress").text


def test_old_data_is_not_taken_for_calm_running(site: Site, runner: Browser) -> None:
    today = site.wiring.clock.today()
    record_runs(site.wiring, [a_run(days, 5.0, on=today) for days in (24, 21, 18)])
    text = unescape(runner.get("/progress").text)
    assert "Too little is known of your last days to say." in text
    assert "Nothing. No run in the last month" not in text
    (note,) = (each for each in analyse_history(**site.desk(OWNER).pieces).notes if "18" in each)
    assert note in text


def test_the_figures_of_her_running_stand_there_and_no_ceiling_without_a_plan(
    site: Site, runner: Browser
) -> None:
    begin_loop(site.wiring)
    text = unescape(runner.get("/progress").text)
    for label in ("Last 7 days", "Longest row without rest, 28 days", "Hard runs, 28 days"):
        assert f"<dt>{label}</dt>" in text
    assert "6.6 km is the ceiling for your next run" in text
    assert "<dt>Ceiling for the next run</dt>" in text
    check_the_knee(site.wiring, "urgent")
    assert "eiling for" not in runner.get("/progress").text


def test_a_run_that_is_only_told_of_is_drawn_with_no_length_and_not_as_zero(
    site: Site, runner: Browser
) -> None:
    desk = site.desk(OWNER)
    today = desk.clock.today()
    log_day(today, {"pain_now": 1.0, "ran": True}, **desk.pieces)
    text = unescape(runner.get("/progress").text)
    assert 'class="km' not in text
    assert 'text-anchor="middle">?</text>' in text
    assert "1 run told of</td>" in text
    look_back = unescape(runner.get(f"/week/{today}/review").text)
    assert "1 run told of, on no file" in look_back
    assert "no run is on file" not in look_back
    record_runs(site.wiring, [a_run(1, 6.0, on=today)])
    text = unescape(runner.get("/progress").text)
    assert ">6+</text>" in text
    assert "6 + 1 run told of</td>" in text
    look_back = unescape(runner.get(f"/week/{today}/review").text)
    assert "1 run told of, on no file" in look_back
    assert "1 run in seven days" in look_back


@given(
    km=st.lists(st.floats(0.1, 300.0), max_size=20),
    pain=st.floats(0.0, 10.0),
    n_weeks=st.sampled_from([6, 12]),
)
def test_every_mark_stands_inside_the_picture(km: list[float], pain: float, n_weeks: int) -> None:
    store = MemoryStore([a_run(3 * n, each, id=f"run-{n}") for n, each in enumerate(km)])
    log_day(TODAY, {"pain_now": pain}, store=store, knowledge=RULES, clock=At(TODAY))
    shown = progress(store=store, knowledge=RULES, clock=At(TODAY))
    line = timeline(shown, n_weeks=n_weeks, width=340.0)
    assert len(line.bars) == n_weeks
    for bar in line.bars:
        assert bar.y >= KM_TOP - 1e-6
        assert 0 <= bar.x <= bar.x + bar.width <= line.width
    (mark,) = line.pains
    assert PAIN_TOP <= mark.y <= PAIN_TOP + PAIN_HEIGHT
    assert 0 <= mark.x <= line.width


def test_the_newest_film_is_told_by_sides_fresh_and_tired_and_over_all_steps(
    runner: Browser, site: Site
) -> None:
    wiring = site.desk(OWNER).wiring
    record_runs(wiring, [a_run(3, 8.0, on=wiring.clock.today(), steps=8000)])
    wiring.store.save_document(kept_run())
    shown = unescape(runner.get("/progress").text)
    assert shown.count('class="strip"') == 2
    assert "Fresh against tired" in shown
    assert "An estimate: the share of steps in your clip" in shown
    assert shown.count("<tr><td>7</td>") == 1


def test_what_was_kept_fills_its_bar_and_a_week_without_a_plan_is_a_gap() -> None:
    store, at, days = a_planned_week()
    at.day = MONDAY + timedelta(days=6)
    told(store, at, days[DayKind.OFF], lateral_work=True, strength=False)
    line = timeline(progress(store=store, knowledge=RULES, clock=at), n_weeks=6, width=340.0)
    *before, newest = line.kept
    assert [bar.parts for bar in before] == [()] * 5
    assert [name for name, _, _ in newest.parts] == ["unknown", "missed", "done"]
    heights = {name: height for name, _, height in newest.parts}
    assert heights["done"] == heights["missed"] < heights["unknown"]
    assert abs(sum(heights.values()) - KEPT_HEIGHT) < 0.2
    assert newest.parts[0][1] == KEPT_TOP


def test_the_number_and_the_words_say_what_the_bar_shows(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiring = site.desk(OWNER).wiring
    on = begin_loop(wiring)[DayKind.OFF]
    last = wiring.clock.today() + timedelta(days=6)
    monkeypatch.setenv("SIDESTEP_TODAY", last.isoformat())
    tell(wiring, on, lateral_work=True)
    kept = progress(store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock)
    newest = kept.weeks[-1].kept
    assert newest is not None
    assert newest.unknown > newest.done > 0 == newest.missed
    planned = newest.done + newest.unknown
    page = unescape(runner.get("/progress").text)
    assert f">{newest.done}/{planned}</text>" in page
    assert f"<td>{newest.done} of {planned}, {newest.unknown} not told</td>" in page
    looked_back = unescape(runner.get(f"/week/{on}/review").text)
    assert f"<b>{newest.done} of {planned}</b>" in looked_back


def test_looks_stand_on_their_day_and_what_is_due_is_drawn_too() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY + timedelta(days=10)
    store.save_document(filmed_at(kept_run(), at.now()))
    line = timeline(progress(store=store, knowledge=RULES, clock=at), n_weeks=6, width=340.0)
    assert [mark.look.kind.value for mark in line.looks] == ["knee_check", "run"]
    assert line.looks[0].x < line.looks[1].x
    assert all(mark.y < HEIGHT for mark in line.looks)
    (overdue,) = line.overdue
    assert overdue.look.kind.value == "knee_check"
    assert line.next_due is not None
    assert line.next_due.kind.value == "run"


def test_the_table_says_what_was_kept_and_looked_at(site: Site, runner: Browser) -> None:
    wiring = site.desk(OWNER).wiring
    begin_loop(wiring)
    text = unescape(runner.get("/progress").text)
    assert "Knee questions 22 Nov" in text
    assert "again from Sunday 29 November" in text
    assert "next from 29 Nov" in text
