"""``sidestep load`` as a person and as a program reads it."""

import json
from dataclasses import replace
from io import StringIO
from types import SimpleNamespace
from typing import Any, cast

import click
import pytest
from rich.console import Console

from builders.runs import TODAY, a_run, an_odd_run, every_other_day
from builders.shipped import shipped_knowledge
from builders.shipped_parameters import shipped_parameters
from sidestep.cli.load import command
from sidestep.cli.load_pages import print_report_in_brief
from sidestep.cli.session import Session
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.analysis import analyse_load
from sidestep.domain.load.person import Person

HISTORY = [*every_other_day(km=8), a_run(3, 10, hour=9), an_odd_run(2)]


def run_load(
    monkeypatch: pytest.MonkeyPatch, history: list[ActivitySummary], *arguments: str
) -> None:
    wiring = SimpleNamespace(
        store=SimpleNamespace(
            activities=lambda: history,
            daily_steps=lambda **_: {},
            latest_document=lambda _: None,
            documents=lambda _: [],
        ),
        knowledge=shipped_knowledge(),
        clock=SimpleNamespace(today=lambda: TODAY),
    )
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(Session, "wiring", cast("Any", wiring))
    command.main(list(arguments), standalone_mode=False, obj=Session())


def test_what_stands_out_comes_first_and_questions_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, HISTORY)
    shown = capsys.readouterr().out
    in_order = (
        "What stands out",
        "25 % longer than any in the 30",
        "Basis: a study that followed or compared people (Frandsen 2025)",
        "Ceiling of your next run: 11.0 km",
        "Twelve weeks",
        "Each run against the longest",
        "Rest and variety",
        "Steps per knee",
        "Shown for information, not predictive",
        "sidestep activities answer odd-2 --keep | --exclude | --sport SPORT",
    )
    places = [shown.find(words) for words in in_order]
    assert -1 not in places
    assert places == sorted(places)
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_the_weeks_are_bars_that_read_in_black_and_white(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, HISTORY)
    bars = [line for line in capsys.readouterr().out.splitlines() if "█" in line]
    assert len(bars) == 8
    assert max(line.count("█") for line in bars) == 24


def test_nothing_imported_is_met_with_how_to_begin(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, [])
    shown = capsys.readouterr().out
    assert "sidestep import" in shown
    assert "sidestep demo" in shown


def test_a_day_that_lies_ahead_is_said_to_lie_ahead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, every_other_day(), "--on", "2026-07-20")
    shown = capsys.readouterr().out
    told = shown.find("Note: 20 July 2026 lies ahead of today, 30 June 2026")
    assert -1 < told < shown.find("What stands out")
    assert "20 days before" not in shown
    assert "no data" in shown


def test_weeks_without_data_are_one_line_and_what_nobody_counted_is_not_known(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, [a_run(28, steps=6000), a_run(30, steps=6000)])
    shown = capsys.readouterr().out
    assert "no data, 4 weeks" in shown
    assert "no data, 7 weeks" in shown
    assert len([line for line in shown.splitlines() if "no data," in line]) == 2
    steps = shown[shown.index("Steps per knee") :].splitlines()
    week, year = (next(each for each in steps if span in each) for span in ("7 days", "a year"))
    assert week.count("not known") == 2
    assert "6,000" in year
    rest = next(each for each in shown.splitlines() if "days, last" in each)
    assert rest.rstrip().endswith("not known")


def test_a_history_that_ended_long_ago_shows_no_zero(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, [a_run(500), a_run(503)])
    shown = " ".join(capsys.readouterr().out.split())
    assert "Twelve weeks: not known" in shown
    assert "Steps per knee: not known" in shown
    assert " 0 " not in shown


def test_a_day_before_the_first_data_is_told_since_when_there_is_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, [a_run(9), a_run(3)], "--on", "1800-01-01")
    shown = " ".join(capsys.readouterr().out.split())
    assert "Your data begin on 21 June 2026. Of 1 January 1800" in shown
    assert "nothing to look at yet" not in shown


@pytest.mark.parametrize("typed", ["soon", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_what_is_no_date_is_said_with_how_to_write_one(
    monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    with pytest.raises(click.BadParameter, match=f"'{typed}' is not a date; write it like 2026-"):
        run_load(monkeypatch, [], "--on", typed)


def test_old_data_never_reads_as_all_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, [a_run(9), a_run(16)], "--on", "2026-06-30")
    shown = capsys.readouterr().out
    assert "Too little is known of your last days" in shown
    assert "Nothing does" not in shown


def test_json_is_one_document_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, HISTORY, "--json", "--on", "2026-06-30")
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    assert document["on"] == "2026-06-30"
    assert document["next_run_cap_km"] == 11.0
    assert captured.err == ""


def test_a_ceiling_over_a_lone_long_run_is_said_with_what_to_trust_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, HISTORY)
    shown = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert shown.count("A ceiling measured by it is generous") == 1
    assert shown.find("A ceiling measured by it is generous") < shown.find("Twelve weeks")


def a_history_with_everything() -> list[ActivitySummary]:
    daily = [a_run(days, 6, duration_s=2400, id=f"daily-{days}") for days in range(12)]
    hard = [replace(run, effort_rpe=9.0) for run in daily]
    return [*hard, a_run(5, 9, hour=20), a_run(3, 30, hour=20), an_odd_run(1), a_run(20, 4)]


@pytest.mark.parametrize("history", [HISTORY, a_history_with_everything(), every_other_day(), []])
def test_the_report_in_brief_fits_half_a_page_and_keeps_what_matters(
    history: list[ActivitySummary],
) -> None:
    person = Person(body_mass_kg=95, height_cm=170, years_running=0, told_of_knee=True)
    report = analyse_load(history, TODAY, shipped_parameters("load"), None, person)
    console = Console(width=80, record=True, file=StringIO())
    print_report_in_brief(console, report)
    lines = console.export_text().splitlines()
    assert len(lines) <= 45
    assert max(len(line.rstrip()) for line in lines) <= 80
    shown = " ".join(" ".join(lines).split())
    if history:
        assert f"Ceiling of your next run: {report.next_run_cap_km:.1f} km, not a target" in shown
        assert "Your plan does: it says whether to run, and its own runs are shorter" in shown
        known = [week for week in report.weeks if week.days_without_data < 7]
        assert all(f"{week.ends_on.day} {week.ends_on:%b}" in shown for week in known)
    for notice in [one for one in report.notices if one.kind != "context"]:
        assert notice.title in shown
