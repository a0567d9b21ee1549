import json
from pathlib import Path

import pytest

from builders.command_line import sidestep
from fakes.stores import MemoryStore

EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.usefixtures("memory_home")


def told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(text)
    sidestep("knee", "--answers", str(EXAMPLES / "answers" / "self_care.yaml"))
    sidestep("log", "--file", str(path))


def test_with_nothing_told_it_says_so_and_proposes_to_stay() -> None:
    shown = sidestep("review").stdout
    assert "not told this week" in shown
    assert "Proposed: Stay where you are" in shown


def test_a_review_fits_80_columns_and_shows_the_ground(tmp_path: Path) -> None:
    told(tmp_path, "ran: yes\npain_on_run: 4\nnew_signs: no\nenergy_level: 6\n")
    shown = sidestep("review").stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert "Proposed: One step back: shorter runs" in shown
    assert "Basis: " in shown
    assert "6.0 of 10 on average" in shown
    assert "sidestep review --accept" in shown


def test_accepting_says_which_week_it_shapes(tmp_path: Path, memory_home: MemoryStore) -> None:
    told(tmp_path, "ran: yes\npain_on_run: 4\nnew_signs: no\n")
    shown = sidestep("review", "--accept").stdout
    assert "Taken." in shown
    document = json.loads(sidestep("review", "--json").stdout)
    assert document["decision"] == "accepted"
    starts = document["proposal"]["for_week"]
    week = json.loads(sidestep("plan", "--week", starts, "--json").stdout)
    assert "accepted_change" in {note["rule"] for note in week["notes"]}
    assert "Left." in sidestep("review", "--decline").stdout
    week = json.loads(sidestep("plan", "--week", starts, "--json").stdout)
    assert "accepted_change" not in {note["rule"] for note in week["notes"]}
    assert len(memory_home.documents("review")) == 2


def test_a_reason_is_in_the_next_week_by_itself_and_can_be_left_out(tmp_path: Path) -> None:
    told(tmp_path, "ran: no\nmissed_why: not_convinced\nnew_signs: no\n")
    shown = sidestep("review").stdout
    assert "Proposed: See what is known about it" in shown
    assert "Your next week has this by itself" in shown
    assert "Left." in sidestep("review", "--decline").stdout


def test_the_document_keeps_what_programs_rely_on() -> None:
    document = json.loads(sidestep("review", "--json").stdout)
    assert {"pain", "kept_frac", "load", "proposal"} <= document.keys()
    assert {"change", "why", "basis"} <= document["proposal"].keys()
