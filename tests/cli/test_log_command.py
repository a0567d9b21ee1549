import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builders.summaries import make_row, make_run, make_source
from fakes.stores import MemoryStore
from sidestep.cli.exits import run
from sidestep.cli.main import command
from sidestep.domain.activity.recording import StepLap
from sidestep.domain.planning.run_session import RunSession, RunStep, StepKind
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import SourceEntry, StoredDocument
from sidestep.services.week.exported_workouts import workouts_document

TODAY = date(2026, 11, 22)
EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.usefixtures("memory_home")


def log(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, ["log", *arguments], input=typed)


def checked() -> None:
    answers = str(EXAMPLES / "answers" / "self_care.yaml")
    assert CliRunner().invoke(command, ["knee", "--answers", answers]).exit_code == 0


@pytest.mark.parametrize(
    "path", sorted((EXAMPLES / "check_ins").glob("*.yaml")), ids=lambda path: path.stem
)
def test_every_example_is_shown_within_80_columns(path: Path) -> None:
    checked()
    result = log("--file", str(path))
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "Kept: Sunday 22 November 2026" in result.stdout


def test_a_warning_sign_comes_before_anything_else() -> None:
    checked()
    shown = log("--file", str(EXAMPLES / "check_ins" / "warning_sign.yaml")).stdout
    assert "URGENT: be seen within days" in shown
    assert "No plan until that is settled." in shown
    assert "sidestep today" not in shown


def test_without_a_knee_check_it_says_what_a_plan_needs() -> None:
    assert "sidestep knee" in log("--file", str(EXAMPLES / "check_ins" / "a_run.yaml")).stdout


def test_enter_all_the_way_keeps_a_day_of_which_nothing_is_known(memory_home: MemoryStore) -> None:
    result = log("--json", typed="\n" * 80)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["answers"] == {}
    assert len(memory_home.documents("check_in")) == 1


def test_the_signs_are_asked_when_something_is_new_and_not_otherwise() -> None:
    checked()
    sign = "Does something keep you from straightening the knee all the way?"
    assert sign not in log(typed="1\ny\nn\n" + "\n" * 40).stdout
    assert sign in log("--afresh", typed="1\ny\ny\n" + "\n" * 80).stdout


def test_a_day_told_before_asks_only_what_was_left_open() -> None:
    log("--file", str(EXAMPLES / "check_ins" / "a_run.yaml"))
    again = log("--on", "2026-11-22", typed="\n" * 9).stdout
    assert "only what was left open is asked" in again
    assert "How much does it hurt right now?" not in again
    assert "How much does it hurt right now?" in log("--afresh", typed="\n" * 99).stdout


def test_going_back_takes_an_answer_back() -> None:
    shown = log(typed="1\nb\n2\n" + "\n" * 99).stdout
    assert shown.count("How much does it hurt right now?") == 2
    assert "→ 2 of 10" in shown


def led_by_the_watch(store: MemoryStore) -> None:
    """A run of today whose laps are the steps of the workout that was exported for it."""
    side = RunStep(kind=StepKind.SIDE_STEPS, title="Side step left", seconds=30)
    session = RunSession(on=TODAY, title="Easy run", distance_km=5.0, parts=(side,))
    run = replace(make_run(), local_date=TODAY, step_laps=(StepLap(step=0, duration_s=30.0),))
    store.apply([SourceEntry(source=make_source(), new=(make_row(run),))])
    store.save_document(
        StoredDocument(
            id="export",
            kind=DocumentKind.WEEK_EXPORT.value,
            made_at=datetime(2026, 11, 21, tzinfo=UTC),
            program_version="1",
            knowledge_version="1",
            content={"workouts": workouts_document([session])},
        )
    )


@pytest.mark.parametrize(("typed", "kept"), [("", True), ("n", False), ("y", True)])
def test_what_the_watch_shows_is_asked_and_enter_keeps_it(
    typed: str, kept: bool, memory_home: MemoryStore
) -> None:
    led_by_the_watch(memory_home)
    before, _, _ = log(typed="\n" * 80).stdout.partition("Did you do the side steps")
    left_open = "\n" * (before.count("\nquestion ") - 1)
    shown = log("--afresh", typed=f"{left_open}{typed}\n" + "\n" * 40).stdout
    assert "your files show: yes; Enter keeps that" in shown
    assert memory_home.documents("check_in")[-1].content["answers"]["side_steps"] is kept
    assert ("all its side steps included" in shown) is kept


def test_stopping_keeps_nothing(memory_home: MemoryStore) -> None:
    result = log(typed="1\n")
    assert result.exit_code == 1
    assert "nothing was kept" in result.stderr
    assert memory_home.documents("check_in") == []


def test_two_days_for_one_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_text("date: 2026-11-20\npain_now: 1\n")
    assert log("--file", str(path), "--on", "2026-11-21").exit_code == 2
    assert json.loads(log("--json", "--file", str(path)).stdout)["date"] == "2026-11-20"


def test_a_wrong_answer_names_the_question_and_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "day.yaml"
    path.write_text("pain_nov: 1\n")
    assert run(command, ["log", "--file", str(path)]) == 1
    told = capsys.readouterr().err
    assert "did you mean pain_now?" in told
    assert "sidestep log --schema" in told


def test_the_schema_names_day_signs_and_check_in() -> None:
    properties = json.loads(log("--schema").stdout)["properties"]
    assert {"date", "pain_now", "gives_way", "missed_why"} <= properties.keys()
