"""``sidestep doctor`` as people read it."""

import json
from pathlib import Path

import pytest

from builders.homes import fill_home
from sidestep.cli.exits import COULD_NOT, DONE, run
from sidestep.cli.main import command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SIDESTEP_TODAY", "2026-11-22")
    monkeypatch.setenv("COLUMNS", "80")
    fill_home(tmp_path / "home")
    return tmp_path / "home"


def test_a_sound_folder_ends_well(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, ["--home", str(home), "doctor"]) == DONE
    told = capsys.readouterr().out
    assert "All is well." in told
    assert "WRONG" not in told


def test_each_problem_stands_with_what_to_do(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    next((home / "originals").rglob("*.fit")).unlink()
    home.chmod(0o755)
    assert run(command, ["--home", str(home), "doctor"]) == COULD_NOT
    told = " ".join(capsys.readouterr().out.split())
    assert "WRONG Privacy other people of this machine can look into the folder" in told
    assert "What to do: chmod 700" in told
    assert "WRONG Originals 1 of 2 missing" in told
    assert "2 of 11 need you." in told


def test_the_document_says_the_same(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "sidestep.sqlite").write_bytes(b"something else")
    assert run(command, ["--home", str(home), "--json", "doctor"]) == COULD_NOT
    told = json.loads(capsys.readouterr().out)
    assert told["fine"] is False
    wrong = {check["id"]: check for check in told["checks"] if not check["fine"]}
    assert set(wrong) == {"database", "originals", "samples", "clock"}
    assert wrong["database"]["to_do"].endswith("sidestep restore")
