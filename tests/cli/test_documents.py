"""The documents other programs read: their fields, types and fixed words, on the made-up runner."""

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sidestep.cli.exits import DONE, run
from sidestep.cli.main import command
from sidestep.domain.activity.summary import StepsSource
from sidestep.domain.vocabulary.evidence import Basis
from sidestep.domain.vocabulary.sport import Sport

TODAY = "2026-11-22"
OUTCOMES = {"imported", "already_had", "merged", "repaired", "skipped", "failed"}
BASES = {basis.value for basis in Basis}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIDESTEP_TODAY", TODAY)
        assert run(command, ["demo", "--folder", str(folder), "--json"]) == DONE
    return folder


@pytest.fixture
def read(demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command with --json and return the one document it prints."""
    monkeypatch.setenv("SIDESTEP_TODAY", TODAY)

    def run_and_read(*arguments: str) -> Any:
        capsys.readouterr()
        assert run(command, ["--home", str(demo / "home"), *arguments, "--json"]) == DONE
        return json.loads(capsys.readouterr().out)

    return run_and_read


def test_nothing_but_the_document_stands_on_stdout(demo: Path) -> None:
    program = [sys.executable, "-m", "sidestep", "--json", "--home", str(demo / "home")]
    for arguments in (["load"], ["import", str(demo / "files")], ["knowledge", "list"]):
        shown = subprocess.run([*program, *arguments], capture_output=True, text=True, check=True)
        json.loads(shown.stdout)


def test_import(read: Any, demo: Path) -> None:
    document = read("import", str(demo / "files"))
    assert {outcome: document[outcome] for outcome in OUTCOMES} == {
        **dict.fromkeys(OUTCOMES, 0),
        "already_had": len(document["files"]),
    }
    for file in document["files"]:
        assert {"path", "outcome", "reader", "detail"} <= set(file)
        assert file["outcome"] in OUTCOMES


def test_activities(read: Any) -> None:
    for activity in read("activities"):
        assert datetime.fromisoformat(activity["started_at"]).tzinfo is not None
        assert activity["sport"] in {sport.value for sport in Sport}
        assert activity["steps_source"] in {source.value for source in StepsSource}
        assert isinstance(activity["id"], str)
        assert activity["distance_km"] is None or activity["distance_km"] > 0
        assert activity["duration_s"] > 0
        assert {"steps", "cadence_spm", "sources"} <= set(activity)


def test_load(read: Any) -> None:
    document = read("load", "--on", TODAY)
    assert document["on"] == TODAY
    assert document["next_run_cap_km"] == pytest.approx(
        1.1 * document["longest_run_30d_km"], abs=0.011
    )
    assert document["runs_7d"] == 6
    assert document["non_running_days_7d"] == 1
    assert 0 <= document["multidirectional_share_28d"] <= 1
    assert document["steps_28d"] > 100_000
    for spike in document["spikes"]:
        fields = {"activity_id", "date", "distance_km", "longest_before_km", "ratio", "band"}
        assert set(spike) == fields
        assert spike["band"] in {"within", "over_1_10", "over_2_00", "undefined"}
        assert (spike["ratio"] is None) == (spike["band"] == "undefined")


def test_load_before_there_was_any_run(read: Any) -> None:
    document = read("load", "--on", "2020-01-01")
    assert document["next_run_cap_km"] is None
    assert document["longest_run_30d_km"] is None
    assert document["multidirectional_share_28d"] is None
    assert document["spikes"] == []
    assert document["non_running_days_7d"] == 0


@pytest.mark.parametrize("example", sorted(Path("examples/answers").glob("*.yaml")), ids=str)
def test_knee(read: Any, example: Path) -> None:
    document = read("knee", "--answers", str(example))
    assert document["urgency"] in {"emergency", "urgent", "soon", "self_care"}
    assert document["plan"] in {"allowed", "reduced", "hidden"}
    assert len(document["patterns"]) <= 3
    assert isinstance(document["unanswered"], list)
    assert document["causes"]
    for flag in document["red_flags"]:
        assert {"id", "title", "sources"} <= set(flag)
    for pattern in document["patterns"]:
        assert {"id", "title", "raised_by", "lowered_by", "basis", "sources"} <= set(pattern)
        assert pattern["basis"] in BASES


def test_plan(read: Any) -> None:
    read("knee", "--answers", "examples/answers/self_care.yaml")
    document = read("plan", "--week", "2026-11-23")
    assert document["week_starts"] == "2026-11-23"
    assert [date.fromisoformat(day["date"]).isoweekday() for day in document["days"]] == [
        *range(1, 8)
    ]
    for day in document["days"]:
        assert day["kind"] in {"run", "off", "rest", "cross"}
        for block in day["blocks"]:
            assert {"kind", "exercise", "dose", "distance_km", "why"} <= set(block)
            assert block["kind"] in {
                "stretch_before",
                "run",
                "shuffle",
                "stretch_after",
                "lateral",
                "strength",
                "foot",
                "cross_training",
                "rest",
                "drill",
                "desk",
            }
            assert block["why"]["basis"] in BASES
    assert document["limits"]
    assert isinstance(document["notes"], list)


def test_a_hidden_plan_holds_no_day(read: Any) -> None:
    read("knee", "--answers", "examples/answers/emergency.yaml")
    document = read("plan", "--week", "2026-11-23")
    assert document["days"] == []
    assert document["notes"]


def test_knowledge(read: Any) -> None:
    assert read("knowledge", "check")
    listed = read("knowledge", "list")
    assert listed
    schema = read("knee", "--schema")
    assert schema["type"] == "object"
