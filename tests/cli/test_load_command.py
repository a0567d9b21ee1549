"""``sidestep load`` as a person and as a program reads it."""

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest

from builders.load_parameters import shipped_load_parameters
from builders.runs import TODAY, a_run, an_odd_run, every_other_day
from sidestep.cli.load import command
from sidestep.cli.session import Session
from sidestep.domain.activity.summary import ActivitySummary

HISTORY = [*every_other_day(km=8), a_run(3, 10, hour=9), an_odd_run(2)]


def run_load(
    monkeypatch: pytest.MonkeyPatch, history: list[ActivitySummary], *arguments: str
) -> None:
    wiring = SimpleNamespace(
        store=SimpleNamespace(
            activities=lambda: history,
            daily_steps=lambda **_: {},
            latest_document=lambda _: None,
        ),
        knowledge=SimpleNamespace(load=shipped_load_parameters()),
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
        "Basis: a study that followed or compared people (frandsen_2025)",
        "NEXT RUN: NO MORE THAN 11.0 km",
        "Twelve weeks",
        "Each run against the longest",
        "Rest and variety",
        "Steps per knee, an estimate",
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


def test_old_data_is_said_to_be_old_on_the_day_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_load(monkeypatch, every_other_day(), "--on", "2026-07-20")
    shown = capsys.readouterr().out
    told = shown.find("Note: The newest data is from 30 June 2026, 20 days before")
    assert -1 < told < shown.find("What stands out")
    assert "no data" in shown


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
