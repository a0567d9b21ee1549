"""``sidestep clip squat --exercise`` on rendered people, whose squats are known exactly."""

import json
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from sidestep.cli.exits import COULD_NOT, DONE, run
from sidestep.cli.main import command

CLIPS = Path(__file__).parents[1] / "clips"


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIDESTEP_HOME", str(tmp_path / "home"))


def squat(name: str, *options: str) -> int:
    clip = str(CLIPS / f"{name}.mp4")
    return run(command, ["clip", "squat", clip, "--no-pictures", *options])


def beside(name: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert squat(name, "--json", "--exercise", "squat") == DONE
    return dict(json.loads(capsys.readouterr().out)["compared_with"])


def true_values(name: str) -> dict[tuple[str, str], float]:
    """What is true of the rendered squats, under the names of the comparison."""
    truth = json.loads((CLIPS / f"{name}.truth.json").read_text(encoding="utf-8"))
    legs = {
        side: {
            measure: mean(each[side][measure] for each in truth["repetitions"])
            for measure in ("depth_pct", "knee_over_foot_pct", "knee_to_ankle_gap_ratio")
        }
        for side in ("left", "right")
    }
    left, right = (legs[side]["knee_over_foot_pct"] for side in ("left", "right"))
    return {
        ("depth_pct", "both"): legs["left"]["depth_pct"],
        ("knee_over_foot_pct", "left"): left,
        ("knee_over_foot_pct", "right"): right,
        ("knee_over_foot_pct", "difference"): left - right,
        ("knee_to_ankle_gap_ratio", "both"): legs["left"]["knee_to_ankle_gap_ratio"],
    }


def test_what_differs_from_the_drawing_is_true_within_the_error_that_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    compared = beside("squat_deep", capsys)
    truth = true_values("squat_deep")
    assert compared["comparable"] is True
    assert {(row["measure"], row["of"]) for row in compared["measures"]} == truth.keys()
    for row in compared["measures"]:
        true_difference = truth[row["measure"], row["of"]] - row["drawn"]
        error = row["yours"]["error"]
        assert row["difference"] == pytest.approx(true_difference, abs=error), row
        if row["beyond_error"]:
            assert row["difference"] * true_difference > 0, row


def test_too_few_squats_stand_beside_the_drawing_without_a_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    compared = beside("squat_front", capsys)
    assert compared["comparable"] is False
    assert "needs 3 squats" in compared["reason"]
    assert compared["measures"] == []


def test_squats_on_one_leg_are_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    compared = beside("squat_single_leg", capsys)
    assert compared["comparable"] is False
    assert "on one leg" in compared["reason"]


def test_a_person_reads_it_under_the_clip(capsys: pytest.CaptureFixture[str]) -> None:
    assert squat("squat_deep", "--exercise", "squat") == DONE
    shown = " ".join(capsys.readouterr().out.split())
    assert "Beside the drawing of squat" in shown
    assert "less deep" in shown
    assert "It is no goal" in shown


def test_an_exercise_that_cannot_be_compared_is_refused_before_the_clip_is_watched(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert squat("no such clip", "--exercise", "goblet_squat") == COULD_NOT
    assert "cannot be compared" in capsys.readouterr().err
