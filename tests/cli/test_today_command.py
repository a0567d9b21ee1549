import json
from pathlib import Path

import pytest
import yaml

from builders.command_line import sidestep

EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.usefixtures("memory_home")


def checked(example: str = "self_care") -> None:
    sidestep("knee", "--answers", str(EXAMPLES / "answers" / f"{example}.yaml"))


def test_without_a_knee_check_it_asks_for_one() -> None:
    assert "sidestep knee" in sidestep("today").stdout


def test_the_card_fits_80_columns_and_says_what_to_do() -> None:
    checked()
    shown = sidestep("today").stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.startswith("Sunday 22 November 2026 · ")
    assert "sidestep log" in shown


def test_the_card_and_the_week_count_the_same_minutes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = yaml.safe_load((EXAMPLES / "answers" / "self_care.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "answers.yaml"
    path.write_text(yaml.safe_dump(answers | {"sitting_hours": 10}), encoding="utf-8")
    sidestep("knee", "--answers", str(path))
    week = json.loads(sidestep("plan", "--week", "2026-11-23", "--json").stdout)
    today = next(
        day for day in week["days"] if "desk" in {block["kind"] for block in day["blocks"]}
    )
    monkeypatch.setenv("SIDESTEP_TODAY", today["date"])
    assert f"about {today['minutes']:.0f} minutes" in sidestep("today").stdout


@pytest.mark.parametrize("example", ["urgent", "emergency", "unknown_flag"])
def test_a_warning_sign_shows_no_plan(example: str) -> None:
    checked(example)
    shown = sidestep("today").stdout
    assert "No plan now" in shown
    assert "To do" not in shown


def test_a_warning_sign_in_a_check_in_wins() -> None:
    checked()
    sidestep("today")
    sidestep("log", "--file", str(EXAMPLES / "check_ins" / "warning_sign.yaml"))
    shown = sidestep("today").stdout
    assert "URGENT: be seen within days" in shown
    document = json.loads(sidestep("today", "--json").stdout)
    assert (document["kind"], document["blocks"], document["urgency"]) == ("hidden", [], "urgent")
    assert document["red_flags"][0]["how_soon"]


def test_a_change_shows_its_reason_and_its_basis(tmp_path: Path) -> None:
    checked()
    path = tmp_path / "day.yaml"
    path.write_text("pain_now: 7\nnew_signs: no\n")
    sidestep("log", "--file", str(path))
    shown = " ".join(sidestep("today").stdout.split())
    assert "Your knee hurts 7 of 10" in shown
    assert "Basis: " in shown
    document = json.loads(sidestep("today", "--json").stdout)
    assert document["kind"] == "rest"
    assert document["blocks"][0]["why"]["rule"] == "exercise_pain_max"
    assert document["blocks"][0]["why"]["sources"]


def test_it_names_what_is_other_than_on_the_watch_and_on_the_printed_page(tmp_path: Path) -> None:
    checked()
    week = json.loads(sidestep("plan", "--week", "2026-11-22", "--json").stdout)
    last = [day["date"] for day in week["days"] if day["kind"] == "run"][-1]
    taken = ("--fit", str(tmp_path), "--pdf", str(tmp_path / "week.pdf"))
    sidestep("plan", "export", "--week", "2026-11-22", *taken)
    assert "took along" not in sidestep("today").stdout
    sidestep("plan", "edit", "--week", "2026-11-22", "rest", last)
    shown = sidestep("today").stdout
    assert "is no longer planned. On your watch, leave it out." in shown
    assert "On the page you printed: " in shown
    assert max(map(len, shown.splitlines())) <= 80
