"""``sidestep backup`` and ``sidestep restore`` as people type them."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from builders.command_line import sidestep
from builders.homes import QUICK, contents, fill_home, write
from sidestep.adapters.storage import backup_file
from sidestep.adapters.storage.age_files import AgeWriter
from sidestep.cli.exits import COULD_NOT, DONE, run
from sidestep.cli.main import command


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a guess costs is not what is tested here."""
    monkeypatch.setattr(
        backup_file,
        "AgeWriter",
        lambda sink, passphrase, **_: AgeWriter(sink, passphrase, work_factor_log2=QUICK),
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill_home(tmp_path / "home")
    return tmp_path / "home"


def test_a_backup_says_what_it_holds_and_that_it_is_not_encrypted(
    home: Path, tmp_path: Path
) -> None:
    file, again = tmp_path / "b.tar", tmp_path / "again"
    told = " ".join(sidestep("--home", str(home), "backup", str(file)).output.split())
    assert re.search(rf"Backed up to {re.escape(str(file))}: 5 files, 0\.\d MB\.", told)
    assert "not encrypted: keep it where only you can read it" in told
    told = " ".join(sidestep("--home", str(again), "restore", str(file)).output.split())
    assert f"Restored 5 files to {again}, as of " in told
    assert contents(again) == contents(home)


def test_a_passphrase_is_asked_for_twice_and_shown_never(home: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "b.age", tmp_path / "again"
    made = sidestep("--home", str(home), "backup", "--passphrase", str(file), typed="gut\ngut\n")
    assert "encrypted." in made.output
    assert "gut" not in made.output
    sidestep("--home", str(again), "restore", "--passphrase", str(file), typed="gut\n")
    assert contents(again) == contents(home)


def test_a_passphrase_comes_from_the_first_line_of_a_file(home: Path, tmp_path: Path) -> None:
    file, secret = tmp_path / "b.age", tmp_path / "secret"
    write(secret, b"gut gelaufen\nnot this\n")
    option = ("--passphrase-file", str(secret))
    sidestep("--home", str(home), "backup", str(file), *option)
    write(secret, b"gut gelaufen")
    sidestep("--home", str(tmp_path / "again"), "restore", str(file), *option)
    assert contents(tmp_path / "again") == contents(home)


@pytest.mark.parametrize("content", [b"", b"\nsecond", b"\xff\xfe"])
def test_a_file_without_a_passphrase_is_refused(
    content: bytes, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "secret", content)
    option = ("--passphrase-file", str(tmp_path / "secret"))
    arguments = ["--home", str(home), "backup", str(tmp_path / "b.age"), *option]
    assert run(command, arguments) == COULD_NOT
    assert "What to do: " in capsys.readouterr().err
    assert not (tmp_path / "b.age").exists()


def test_an_encrypted_file_without_a_passphrase_says_what_to_do(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "b.age"
    sidestep("--home", str(home), "backup", "--passphrase", str(file), typed="gut\ngut\n")
    assert (
        run(command, ["--home", str(tmp_path / "x"), "--json", "restore", str(file)]) == COULD_NOT
    )
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "backup"
    assert "--passphrase" in error["hint"]


def test_documents_stand_alone_on_stdout(home: Path, tmp_path: Path) -> None:
    arguments = ["--json", "--home", str(home), "backup", "--passphrase", str(tmp_path / "b.age")]
    result = CliRunner().invoke(command, arguments, input="gut\ngut\n")
    assert result.exit_code == DONE
    made = json.loads(result.stdout)
    assert (made["files"], made["encrypted"]) == (5, True)
