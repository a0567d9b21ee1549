import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fakes.stores import MemoryStore
from sidestep.cli.exits import run
from sidestep.cli.main import command

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"

pytestmark = pytest.mark.usefixtures("memory_home")


def aged(path: Path, days: int = 0) -> Path:
    """Make a file as many days older than the day the tests run on."""
    written_at = datetime(2026, 11, 22, 12, tzinfo=UTC) - timedelta(days=days)
    os.utime(path, times=(written_at.timestamp(),) * 2)
    return path


def knee(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, ["knee", *arguments], input=typed)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_is_shown_within_80_columns(path: Path) -> None:
    result = knee("--answers", str(path))
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "not clinically reviewed" in " ".join(result.stdout.split())


def test_an_emergency_shows_who_and_how_soon_and_no_plan() -> None:
    shown = knee("--answers", str(EXAMPLES / "emergency.yaml")).stdout
    assert "EMERGENCY: get help now" in shown
    assert "Who: " in shown
    assert "How soon: " in shown
    assert "Patterns" not in shown
    assert "sidestep plan" not in shown


def test_an_open_flag_says_what_is_still_to_answer() -> None:
    shown = knee("--answers", str(EXAMPLES / "unknown_flag.yaml")).stdout
    assert "NOT CLEAR YET" in shown
    assert "Still to answer" in shown
    assert "no plan for now" in shown


def test_json_is_one_document_and_the_check_is_kept(memory_home: MemoryStore) -> None:
    result = knee("--json", "--answers", str(EXAMPLES / "self_care.yaml"))
    document = json.loads(result.stdout)
    assert (document["urgency"], document["plan"]) == ("self_care", "allowed")
    (kept,) = memory_home.documents("knee_check")
    assert kept.content["result"] == document


def test_a_wrong_answer_names_the_field_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("side: lefft\n")
    assert run(command, ["knee", "--json", "--answers", str(path)]) == 1
    told = capsys.readouterr()
    error = json.loads(told.out)["error"]
    assert error["code"] == "answers"
    assert "did you mean left?" in error["message"]
    assert "What to do: " in told.err


def test_the_schema_is_printed_as_json() -> None:
    schema = json.loads(knee("--schema").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "zones" in schema["properties"]


def test_pressing_enter_all_the_way_leaves_everything_open() -> None:
    result = knee("--json", typed="\n" * 120)
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["plan"] == "hidden"
    assert document["facts"] == {}
    assert "question 1 of about" in result.stderr


def test_the_interview_goes_back_helps_and_asks_again() -> None:
    typed = "1\n7\nb\n?\nnonsense\n8 9\n"
    shown = knee(typed=typed).stdout
    assert shown.count("Where does it hurt?") == 2
    assert "Choose all" in shown
    assert "Type numbers from 1 to 11 with spaces between, or 0." in shown
    assert "→ Outer side: at the joint line, Outer side: below the joint" in shown


def test_pointless_questions_are_not_asked() -> None:
    inside = knee(typed="1\n4\n4\n1\n" + "\n" * 120).stdout
    outside = knee(typed="1\n7\n7\n1\n" + "\n" * 120).stdout
    assert "bony bump on the outer side hurt?" in outside
    assert "bony bump on the outer side hurt?" not in inside


def test_stopping_says_that_nothing_was_checked(memory_home: MemoryStore) -> None:
    result = knee(typed="1\n")
    assert result.exit_code == 1
    assert "Stopped before the end: nothing was checked." in result.stderr
    assert "--save" in result.stderr
    assert memory_home.documents("knee_check") == []


def test_stopping_before_the_first_answer_advises_nothing_already_done(tmp_path: Path) -> None:
    result = knee("--save", str(tmp_path / "mine.yaml"), typed="")
    assert "There was no answer to keep yet." in result.stderr
    assert "add --save" not in result.stderr


def test_saved_answers_are_gone_on_from(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    stopped = knee("--save", str(path), typed="1\n7 8\n")
    assert stopped.exit_code == 1
    assert f"go on with: sidestep knee --save {path}" in stopped.stderr
    aged(path)
    went_on = knee("--json", "--save", str(path), typed="\n" * 120)
    assert "2 answers taken from mine.yaml, last written on 22 November 2026" in went_on.stderr
    assert "What now?" not in went_on.stderr
    assert "Where does it hurt?" not in went_on.stderr
    facts = json.loads(went_on.stdout)["facts"]
    assert (facts["side"], facts["zones"]) == ("left", ["outer_above", "outer_joint_line"])


def test_an_emergency_ends_the_questions_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("side: left\nzones: [all_over]\nknee_hot_swollen: true\n")
    open_until_the_end = knee("--save", str(aged(path)), typed="\n" * 120)
    assert "EMERGENCY: get help now" not in open_until_the_end.stdout
    path.write_text((EXAMPLES / "emergency.yaml").read_text())
    ended = knee("--save", str(path), typed="2\n" + "\n" * 3)
    assert "EMERGENCY: get help now" in ended.stdout


def test_an_answer_that_does_not_fit_an_earlier_one_is_asked_again() -> None:
    typed = "1\n7 8\n2\n1\n38\n4\n1\n5\n2\n"
    shown = " ".join(knee(typed=typed).stdout.split())
    assert "That does not fit what you said before: When does it hurt? During a run" in shown
    assert "Answer again, or type b to go back." in shown
    assert "→ It stays the same" in shown


def test_the_worst_place_is_chosen_among_the_places_named() -> None:
    shown = knee(typed="1\n7 8\n").stdout
    assert "One of 1 to 2" in shown


def test_answers_of_last_week_are_not_checked_again_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text((EXAMPLES / "self_care.yaml").read_text())
    asked = knee("--json", "--save", str(aged(path, days=7)), typed="\n" * 120)
    assert "last written on 15 November 2026" in asked.stderr
    assert "last time: no" in asked.stderr
    assert "How old are you?" not in asked.stderr
    document = json.loads(asked.stdout)
    assert document["facts"]["age_years"] == 38
    assert "fever" in document["unanswered"]
    assert document["urgency"] == "emergency"


def test_old_answers_can_be_taken_as_they_are_or_left(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text((EXAMPLES / "self_care.yaml").read_text())
    aged(path, days=7)
    kept = knee("--json", "--save", str(path), typed="2\n" + "\n" * 120)
    assert json.loads(kept.stdout)["urgency"] == "self_care"
    aged(path, days=7)
    afresh = knee("--json", "--save", str(path), typed="yes\n3\n" + "\n" * 120)
    assert "Type 1, 2 or 3." in afresh.stderr
    assert json.loads(afresh.stdout)["facts"] == {}


def test_going_back_right_after_resuming_takes_back_the_last_saved_answer(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    knee("--save", str(path), typed="1\n7 8\n")
    resumed = knee("--save", str(aged(path)), typed="b\n")
    assert "question 3 of about" in resumed.stdout
    assert "Where does it hurt?" in resumed.stdout


def test_json_that_is_stopped_is_still_one_document(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    stopped = knee("--json", "--save", str(path), typed="1\n")
    assert stopped.exit_code == 1
    error = json.loads(stopped.stdout)["error"]
    assert error["code"] == "stopped"
    assert f"go on with: sidestep knee --save {path}" in error["hint"]


def test_a_place_that_cannot_be_written_is_told_before_the_first_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, ["knee", "--save", str(tmp_path / "none" / "mine.yaml")]) == 1
    told = capsys.readouterr()
    assert "there is no folder" in told.err
    assert "question 1" not in told.out
