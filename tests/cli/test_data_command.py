"""``sidestep data export`` as people read it."""

from pathlib import Path

import pytest

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
