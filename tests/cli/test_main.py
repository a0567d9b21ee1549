"""The program as a whole: its commands, its exit codes, how errors are told."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from sidestep import __version__
from sidestep.cli.exits import COULD_NOT, DONE, OUR_FAULT, WRONG_USE, run
from sidestep.cli.main import COMMANDS, command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_explains_itself(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, [name, "--help"]) == DONE
    shown = capsys.readouterr().out
    assert f"sidestep {name}" in shown
    assert "--home" in shown
    assert "--json" in shown


def test_help_names_the_commands_without_importing_them() -> None:
    look = (
        "import sys; from sidestep.cli.main import command; from sidestep.cli.exits import run; "
        "run(command, ['--help']); print([n for n in sys.modules if n.split('.')[0] in "
        "('numpy', 'rich', 'sqlalchemy', 'pydantic', 'polars', 'altair')], file=sys.stderr)"
    )
    shown = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)

    assert all(name in shown.stdout for name in COMMANDS)
    assert shown.stderr.strip() == "[]"


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, ["--version"]) == DONE
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("place", ["before", "after"])
def test_home_and_json_may_stand_before_or_after_the_command(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--home", str(tmp_path / "home"), "--json"]
    arguments = [*options, "activities"] if place == "before" else ["activities", *options]

    assert run(command, arguments) == DONE
    assert json.loads(capsys.readouterr().out) == []
    assert (tmp_path / "home" / "sidestep.sqlite").is_file()


def test_an_error_says_what_to_do_and_programs_read_it_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nowhere.fit"

    code = run(command, ["--home", str(tmp_path), "import", str(missing), "--json"])

    shown = capsys.readouterr()
    assert code == COULD_NOT
    error = json.loads(shown.out)["error"]
    assert (error["code"], "nowhere.fit" in error["message"]) == ("input", True)
    assert "What to do:" in shown.err


def test_wrong_use_is_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, ["import"]) == WRONG_USE
    assert run(command, ["no-such-command"]) == WRONG_USE
    assert "no-such-command" in capsys.readouterr().err


def test_a_fault_of_ours_is_owned_up_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module = importlib.import_module("sidestep.cli.activities")

    @click.command()
    def broken() -> None:
        raise RuntimeError

    monkeypatch.setattr(module, "command", broken)

    assert run(command, ["activities"]) == OUR_FAULT
    assert "a fault in Sidestep" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    program = f"{sys.executable} -m sidestep --home {tmp_path} knowledge list --json | head -1"

    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", program], capture_output=True, text=True, check=False
    )

    assert "Traceback" not in ended.stderr


def test_a_folder_that_cannot_be_made_is_no_fault_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")

    code = run(command, ["demo", "--folder", str(tmp_path / "file" / "demo"), "--json"])

    shown = capsys.readouterr()
    assert code == COULD_NOT
    assert json.loads(shown.out)["error"]["code"] == "system"
    assert "Traceback" not in shown.err
