import json

import pytest
from click.testing import CliRunner, Result

from builders.shipped import shipped_knowledge
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli.exercise import USES
from sidestep.cli.exercise_pages import LONGEST_ID
from sidestep.cli.exits import run
from sidestep.cli.main import command
from sidestep.domain.planning.exercise import ExerciseUse

LIBRARY = shipped_knowledge().exercises


@pytest.fixture(autouse=True)
def _shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Wiring, "knowledge", shipped_knowledge())
    monkeypatch.setenv("COLUMNS", "80")


def exercise(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["exercise", *arguments])


def test_the_option_offers_every_use() -> None:
    assert tuple(ExerciseUse) == USES


def test_the_list_names_every_exercise_whole_and_fits_80_columns() -> None:
    result = exercise("list")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    for id in LIBRARY:
        assert len(id) <= LONGEST_ID
        assert f" {id} " in result.stdout


def test_the_list_of_one_use_is_one_table_with_what_is_also_good_for_it() -> None:
    result = exercise("list", "--use", "desk")
    assert result.stdout.count("Exercise ") == 1
    assert "In a break from sitting" in result.stdout
    assert "sit_to_stand" in result.stdout
    assert "goblet_squat" not in result.stdout


def test_the_list_is_one_document() -> None:
    listed = json.loads(exercise("list", "--json").stdout)
    assert {each["id"] for each in listed} == LIBRARY.keys()


@pytest.mark.parametrize("id", LIBRARY)
def test_an_exercise_is_shown_with_all_that_a_person_needs(id: str) -> None:
    result = exercise("show", id)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    told = " ".join(result.stdout.split())
    one = LIBRARY[id]
    wanted = [one.title, one.says, one.dose.effort.in_words, *one.cues, *one.mistakes]
    wanted += [one.easier_id, one.harder_id, *one.substitutes, one.backing.basis.in_words]
    for words in wanted:
        assert " ".join(words.split()) in told
    assert ("no substitute: leave it out" in told) is (
        not one.substitutes and not one.no_substitute
    )
    assert f"up to {one.stop_above_pain} of 10" in told
    assert "The same for every exercise" in told
    assert "sidestep knee" in told
    for name in (f"{id}.webp", f"{id}.start.webp", f"{id}.finish.webp"):
        assert f" {name} " in result.stdout
    assert "Its pictures" in told
    assert "Start:" in told


def test_one_exercise_is_one_document() -> None:
    document = json.loads(exercise("show", "squat", "--json").stdout)
    assert document["id"] == "squat"
    assert document["moving_on"]
    assert document["drawings"]["loop"].endswith("squat.webp")
    assert document["drawings"]["mistake"].endswith("squat.mistake.webp")
    assert document["targets"]["finish"]["left"]["knee_flexion_deg"] > 80


def test_where_no_mistake_is_drawn_the_document_has_none() -> None:
    drawings = json.loads(exercise("show", "carioca", "--json").stdout)["drawings"]
    assert drawings["mistake"] is None
    assert drawings["mistake_alt"] is None


def test_an_unknown_exercise_names_ids_that_come_near(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, ["exercise", "show", "sqat"]) == 1
    assert "Did you mean squat" in capsys.readouterr().err
