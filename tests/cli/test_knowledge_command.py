import json
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from builders.shipped import shipped_knowledge, shipped_reading
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli.exits import run
from sidestep.cli.main import command
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading, Problem


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> KnowledgeReading:
    monkeypatch.setattr(Wiring, "knowledge_reading", shipped_reading())
    monkeypatch.setenv("COLUMNS", "80")
    return shipped_reading()


def knowledge(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["knowledge", *arguments])


def test_the_check_passes_and_says_that_nobody_has_reviewed_it() -> None:
    result = knowledge("check")
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    assert "The knowledge holds together" in told
    assert "not clinically reviewed" in told


def test_a_problem_is_printed_with_its_file_and_fails(
    monkeypatch: pytest.MonkeyPatch, reading: KnowledgeReading
) -> None:
    broken = Problem(file="myths/odd.yaml", says="the basis trial needs at least one source")
    monkeypatch.setattr(Wiring, "knowledge_reading", replace(reading, problems=(broken,)))
    result = knowledge("check")
    assert result.exit_code == 1
    assert "WRONG  knowledge/myths/odd.yaml" in result.stdout
    document = json.loads(knowledge("check", "--json").stdout)
    assert document["holds"] is False
    assert document["problems"][0]["file"] == "myths/odd.yaml"


def test_the_list_names_every_rule_with_basis_and_sources() -> None:
    listed = json.loads(knowledge("list", "--json").stdout)
    assert {each["id"] for each in listed} >= {flag.id for flag in shipped_knowledge().red_flags}
    for rule in listed:
        assert rule["basis"] == "design" or rule["sources"], rule["id"]


def test_the_list_can_hold_one_kind_and_fits_80_columns() -> None:
    result = knowledge("list", "--kind", "red_flag")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    for flag in shipped_knowledge().red_flags:
        assert flag.id in result.stdout
    assert "Exercises" not in result.stdout


def test_one_rule_is_shown_with_its_sources_in_full() -> None:
    cap = shipped_knowledge().load["spike_gate_1_10"]
    shown = " ".join(knowledge("show", cap.id).stdout.split())
    assert cap.title in shown
    assert "Value: 1.1" in shown
    assert "not clinically reviewed" in shown
    for citation in cap.backing.citations:
        assert shipped_knowledge().sources[citation.key].title in shown


def test_an_unknown_rule_is_told_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, ["knowledge", "show", "spike_gate"]) == 1
    assert "Did you mean" in capsys.readouterr().err
