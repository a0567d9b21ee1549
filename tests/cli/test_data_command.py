"""``sidestep data export`` as people read it, and what ``sidestep data erase`` reaches."""

from pathlib import Path

import pytest

from builders.job_homes import Server, settings_of
from sidestep.cli.exits import DONE, run
from sidestep.cli.main import command

ANSWERS = Path(__file__).parents[2] / "examples" / "answers" / "self_care.yaml"


def test_one_of_a_kind_is_not_told_as_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path / "home")]
    assert run(command, [*home, "knee", "--answers", str(ANSWERS)]) == DONE
    capsys.readouterr()
    assert run(command, [*home, "data", "export", str(tmp_path / "out")]) == DONE
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "0 activities, 0 streams, 0 originals, 0 days of steps, 1 document, 0 files of clips."
        in told
    )


def test_erasing_reaches_what_was_sent_and_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    server = Server(settings_of(home))
    mine = server.start_import("me", "mine.zip", b"mine")
    annas = server.start_import("anna", "annas.zip", b"annas")

    assert run(command, ["--home", str(home), "data", "erase", "--yes"]) == DONE

    assert server.wiring.jobs.state("me", mine) is None
    assert server.wiring.jobs.state("anna", annas) is not None
    assert [path.parent.name for path in server.uploads()] == ["anna"]
    server.close()


def test_erasing_makes_no_queue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, ["--home", str(tmp_path), "data", "erase", "--yes"]) == DONE
    assert not (tmp_path / "jobs.sqlite").exists()
