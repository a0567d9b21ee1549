"""``sidestep plan`` and ``sidestep profile`` as a person and as a program read them."""

import json
import re
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import click
import pytest
import yaml
from rich.console import Console

from builders.runs import runs_on
from builders.shipped import shipped_knowledge
from builders.six_people import marathon_runner
from fakes.stores import MemoryStore
from sidestep.cli import plan, profile
from sidestep.cli.plan_pages import print_week, print_week_in_brief
from sidestep.cli.session import Session
from sidestep.domain.planning.week import DayKind, WeekPlan
from sidestep.errors import AnswersError
from sidestep.services.knee.check_knee import check_answers, keep_check
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.week.plan_week import plan_week

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
SUNDAY = date(2026, 6, 28)
CLOCK: Any = SimpleNamespace(
    now=lambda: datetime(2026, 6, 28, 18, tzinfo=UTC), today=lambda: SUNDAY
)


def a_store(example: str | None = "self_care", pain_running: int = 1) -> MemoryStore:
    store = MemoryStore(runs_on(range(3, 30, 3), km=6.0))
    if example is not None:
        rules = shipped_knowledge()
        raw = yaml.safe_load((EXAMPLES / f"{example}.yaml").read_text(encoding="utf-8"))
        answers = parse_answers({**raw, "pain_running": pain_running}, rules.questions)
        check = check_answers(answers, rules, {})
        keep_check(check, answers, {}, knowledge=rules, store=store, clock=CLOCK)
    return store


def run(
    monkeypatch: pytest.MonkeyPatch,
    command: click.Command,
    store: MemoryStore,
    *arguments: str,
) -> None:
    wiring = SimpleNamespace(store=store, knowledge=shipped_knowledge(), clock=CLOCK)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(Session, "wiring", cast("Any", wiring))
    command.main(list(arguments), standalone_mode=False, obj=Session())


def test_the_week_comes_first_then_how_then_its_limits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, plan.command, a_store())
    shown = capsys.readouterr().out
    in_order = (
        "Your week from Monday 29 June",
        "R run",
        "Every run",
        "Pain up to 2 of 10",
        "How it is done",
        "What this week keeps to",
        "the trainer's convention, not tested",
    )
    places = [shown.find(words) for words in in_order]
    assert -1 not in places
    assert places == sorted(places)
    assert "Careful with: A fresh groin strain." in shown
    assert "Too much? Walk it: slow side steps." in shown
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= 80


def test_runs_of_unlike_length_have_their_own_side_steps() -> None:
    one = marathon_runner()
    planned = plan_week(store=one.store, knowledge=shipped_knowledge(), clock=one.at)
    assert isinstance(planned, WeekPlan)
    doses = [
        (f"{day.date:%a}", block.dose)
        for day in planned.days
        for block in day.blocks
        if block.exercise == "side_shuffle_left"
    ]
    assert len({dose for _, dose in doses}) == len(doses) > 1
    console = Console(width=200, record=True, file=StringIO())
    print_week_in_brief(console, planned)
    print_week(
        console, planned, planned.week_starts, shows_reasons=False, knowledge=shipped_knowledge()
    )
    shown = " ".join(console.export_text().split())
    said = "; ".join(f"{on}: {dose}" for on, dose in doses)
    assert shown.count(said) == 3


@pytest.mark.parametrize("pain_running", [0, 1, 3, 7])
def test_the_week_in_brief_fits_half_a_page_with_its_pain_rules_and_grounds(
    pain_running: int,
) -> None:
    store = a_store(pain_running=pain_running)
    planned = plan_week(store=store, knowledge=shipped_knowledge(), clock=CLOCK)
    assert isinstance(planned, WeekPlan)
    console = Console(width=80, record=True, file=StringIO())
    print_week_in_brief(console, planned)
    lines = console.export_text().splitlines()
    shown = " ".join(" ".join(lines).split())
    assert len(lines) <= 45
    assert max(len(line.rstrip()) for line in lines) <= 80
    assert [f"{day.date:%a} {day.date.day}" in shown for day in planned.days] == [True] * 7
    assert shown.count("Basis: ") == 5
    assert ("Pain up to 2 of 10" in shown) == (pain_running < 5)


def test_the_reasons_name_their_basis_and_sources_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, plan.command, a_store(), "--why")
    shown = capsys.readouterr().out
    assert "Why each thing is there" in shown
    assert "article_hips" not in shown
    reasons = " ".join(shown[shown.index("Why each thing is there") :].split())
    assert reasons.count("the trainer's habit") == 1
    assert "Standing groin stretch, Standing quadriceps stretch (Tue, " in reasons
    assert "Esculier 2018" in shown
    assert "not clinically reviewed" in " ".join(shown.split())


def test_a_week_may_start_on_any_day_and_marks_today(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, plan.command, a_store(), "--week", "2026-06-28")
    shown = capsys.readouterr().out
    assert "Your week from Sunday 28 June" in shown
    assert "◂" in shown
    assert "Today ─" in shown


@pytest.mark.parametrize(
    ("starts", "is_over"),
    [("2025-01-01", True), ("2026-06-15", True), ("2026-06-22", False), ("2026-07-06", False)],
)
def test_a_week_that_is_over_says_so(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    starts: str,
    *,
    is_over: bool,
) -> None:
    run(monkeypatch, plan.command, a_store(), "--json", "--week", starts)
    document = json.loads(capsys.readouterr().out)
    assert document["week_starts"] == starts
    assert document["days"]
    assert ("week_is_over" in {note["rule"] for note in document["notes"]}) is is_over


def test_the_other_sport_is_named_with_its_time_and_effort(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, plan.command, a_store())
    day = capsys.readouterr().out.partition("S sport")[2]
    assert re.match(r"\s+[A-Z][a-z ]+, about \d+ min, easy ·", day)


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--running-days", "9", "sidestep profile set --running-days 3"),
        ("--minutes", "ever", "sidestep profile set --minutes 30"),
        ("--body-mass", "5", "sidestep profile set --body-mass 70"),
        ("--height", "5", "sidestep profile set --height 170"),
    ],
)
def test_a_value_that_is_refused_is_told_with_what_to_type(
    monkeypatch: pytest.MonkeyPatch, option: str, value: str, hint: str
) -> None:
    with pytest.raises(AnswersError) as refused:
        run(monkeypatch, profile.command, a_store(None), "set", option, value)
    assert hint in refused.value.hint


def test_without_a_knee_check_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, plan.command, a_store(None))
    assert "Answer where it hurts first: sidestep knee" in capsys.readouterr().out


def test_a_hidden_plan_shows_no_exercise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, plan.command, a_store("urgent"))
    shown = capsys.readouterr().out
    assert "No training plan now" in shown
    assert "run" not in shown.split()


def test_json_is_one_document_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, plan.command, a_store(), "--json", "--week", "2026-07-06")
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    assert document["week_starts"] == "2026-07-06"
    assert len(document["days"]) == 7
    assert captured.err == ""


def test_limits_that_collide_are_listed_with_what_would_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = a_store()
    run(monkeypatch, profile.command, store, "set", "--minutes", "5")
    capsys.readouterr()
    run(monkeypatch, plan.command, store)
    shown = capsys.readouterr().out
    assert "No week fits yet" in shown
    assert "Minutes you have: 5 a day." in shown
    assert "What would help" in shown


def test_the_profile_is_set_piece_by_piece_and_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = a_store(None)
    options = ("--not-on", "tue,thu", "--minutes", "30", "--minutes", "sat=60")
    run(monkeypatch, profile.command, store, "set", *options)
    run(monkeypatch, profile.command, store, "set", "--equipment", "band,step")
    capsys.readouterr()
    run(monkeypatch, profile.command, store, "--json")
    document = json.loads(capsys.readouterr().out)
    assert document["not_on"] == ["tue", "thu"]
    assert document["minutes"] == 30
    assert document["minutes_on"] == {"sat": 60}
    assert document["equipment"] == ["band", "step"]


def test_what_a_clinician_said_is_set_shown_and_taken_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = a_store(None)
    run(monkeypatch, profile.command, store, "clinician")
    assert "No limits of a clinician." in capsys.readouterr().out
    options = ("--longest-km", "5", "--no-jumping", "--not-doing", "strength", "--said-by", "[A] B")
    run(monkeypatch, profile.command, store, "clinician", *options)
    run(monkeypatch, profile.command, store, "clinician", "--running-days", "2")
    shown = capsys.readouterr().out
    for line in ("No run longer than 5 km.", "2 running days a week at most.", "[A] B"):
        assert line in shown
    run(monkeypatch, profile.command, store)
    assert "set limits, below" in capsys.readouterr().out
    run(monkeypatch, profile.command, store, "clinician", "--longest-km", "none", "--json")
    document = json.loads(capsys.readouterr().out)
    assert (document["longest_run_km"], document["no_jumping"]) == (None, True)
    run(monkeypatch, profile.command, store, "clinician", "--no-limits", "--json")
    assert json.loads(capsys.readouterr().out) is None


def test_a_word_takes_a_value_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = a_store(None)
    run(monkeypatch, profile.command, store, "set", "--not-on", "tue", "--minutes", "sat=60")
    run(monkeypatch, profile.command, store, "set", "--not-on", "none", "--minutes", "sat=any")
    capsys.readouterr()
    run(monkeypatch, profile.command, store, "--json")
    document = json.loads(capsys.readouterr().out)
    assert document["not_on"] == []
    assert document["minutes_on"] == {}


def test_setting_nothing_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(click.UsageError, match="nothing to change"):
        run(monkeypatch, profile.command, a_store(None), "set")


def test_a_changed_profile_says_that_the_week_under_way_stays_until_it_is_planned_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = a_store()
    run(monkeypatch, plan.command, store, "--week", "2026-06-26")
    week = plan_week(
        store=store, knowledge=shipped_knowledge(), clock=CLOCK, week_starts=date(2026, 6, 26)
    )
    assert isinstance(week, WeekPlan)
    capsys.readouterr()
    to_come = [day.date for day in week.days if day.kind is DayKind.RUN and day.date > SUNDAY]
    run(monkeypatch, profile.command, store, "set", "--not-on", f"{to_come[0]:%a}".lower())
    assert "anew: sidestep plan" in " ".join(capsys.readouterr().out.split())
    run(monkeypatch, plan.command, store)
    run(monkeypatch, profile.command, store, "set", "--body-mass", "70")
    assert "stays as it was planned" not in capsys.readouterr().out
