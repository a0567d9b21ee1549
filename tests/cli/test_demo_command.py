"""The demonstration runs the main job from end to end, and only in a folder of its own."""

import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from sidestep.cli.exits import COULD_NOT, DONE, run
from sidestep.cli.main import command

TODAY = "2026-11-22"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("demo") / "runner"
    capture = pytest.MonkeyPatch()
    capture.setenv("SIDESTEP_TODAY", TODAY)
    written: list[dict[str, object]] = []
    capture.setattr("sidestep.cli.session.Session.print_json", lambda _, d: written.append(d))
    assert run(command, ["demo", "--folder", str(folder), "--json"]) == DONE
    capture.undo()
    (document,) = written
    return folder, json.loads(json.dumps(document))


def test_her_history_is_what_the_files_hold(shown: tuple[Path, dict[str, object]]) -> None:
    folder, document = shown
    imported = document["import"]
    assert isinstance(imported, dict)
    files = list((folder / "files").iterdir())
    assert {path.suffix for path in files} == {".fit", ".gpx", ".tcx"}
    assert sum(imported[outcome] for outcome in ("imported", "merged", "repaired")) == len(files)
    assert (imported["failed"], imported["skipped"], imported["repaired"]) == (0, 0, 1)
    assert imported["merged"] > 0


def test_her_too_long_run_and_her_week_without_rest_are_found(
    shown: tuple[Path, dict[str, object]],
) -> None:
    load = shown[1]["load"]
    assert isinstance(load, dict)
    assert [run["band"] for run in load["spikes"] if run["distance_km"] > 18] == ["over_1_10"]
    assert load["longest_run_30d_km"] == pytest.approx(18.6, abs=0.1)
    kinds = {notice["kind"] for notice in load["notices"]}
    assert {"spike", "no_rest", "one_direction"} <= kinds


def test_her_outside_pain_gets_a_pattern_and_a_week(shown: tuple[Path, dict[str, object]]) -> None:
    knee, plan = shown[1]["knee"], shown[1]["plan"]
    assert isinstance(knee, dict)
    assert isinstance(plan, dict)
    assert (knee["urgency"], knee["plan"]) == ("self_care", "allowed")
    assert [pattern["id"] for pattern in knee["patterns"]] == ["it_band_type"]
    assert len(plan["days"]) == 7
    runs = [day for day in plan["days"] if day["kind"] == "run"]
    assert 2 <= len(runs) <= 4
    for day in runs:
        kinds = {block["kind"] for block in day["blocks"]}
        assert {"stretch_before", "run", "shuffle", "stretch_after"} <= kinds


def test_her_pages_are_one_page_each(shown: tuple[Path, dict[str, object]]) -> None:
    folder, _ = shown
    for name in ("report.pdf", "clinician.pdf"):
        assert len(PdfReader(folder / name).pages) == 1


def test_a_folder_with_anything_else_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")

    assert run(command, ["demo", "--folder", str(tmp_path)]) == COULD_NOT
    assert precious.read_text() == "mine"
    assert "not empty" in capsys.readouterr().err


def test_her_own_folder_is_made_anew(shown: tuple[Path, dict[str, object]], tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(shown[0], again)
    (again / "left over").touch()

    assert run(command, ["demo", "--folder", str(again), "--json"]) == DONE
    assert not (again / "left over").exists()
