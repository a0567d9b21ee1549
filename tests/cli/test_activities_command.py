"""The list of activities keeps its ids whole; answers that contradict each other are refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from builders.summaries import make_row, make_run, make_source
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli.exits import DONE, WRONG_USE, run
from sidestep.cli.main import command
from sidestep.domain.activity.summary import Oddity
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import SourceEntry


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    long = make_run(0, id="0123456789ab", km=134.5, minutes=1200, sport=Sport.AMERICAN_FOOTBALL)
    odd = replace(
        make_run(1, id="ba9876543210"), oddities=(Oddity(code="fast", message="A drive?"),)
    )
    Wiring(load_settings(tmp_path)).store.apply(
        [SourceEntry(source=make_source(), new=(make_row(long), make_row(odd)))]
    )
    return str(tmp_path)


def test_ids_are_whole_at_80_columns(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(command, ["--home", home, "activities", "answer", "0123456789ab", "--exclude"]) == DONE
    )
    capsys.readouterr()

    assert run(command, ["--home", home, "activities"]) == DONE

    shown = capsys.readouterr().out
    assert "0123456789ab" in shown
    assert "ba9876543210" in shown
    assert "- left out" in shown
    assert "? not counted yet" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


@pytest.mark.parametrize("answers", [["--keep", "--exclude"], ["--exclude", "--sport", "run"], []])
def test_answers_that_contradict_each_other_are_wrong_use(home: str, answers: list[str]) -> None:
    asked = ["--home", home, "activities", "answer", "ba9876543210", *answers]
    assert run(command, asked) == WRONG_USE
