"""Rendered clips through decoder, network and measures, held against what is true of them.

Some are too short for a person's measure, so of them fewer steps are asked for; the error beside
each number is then what has to hold.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builders.shipped import shipped_knowledge
from sidestep.bootstrap.settings import Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.motion.run_analysis import RunAnalysis
from sidestep.domain.motion.running import analyse_run
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.uncertainty import Measured
from sidestep.services.clips.clip_calibration import calibration_for

CLIPS = Path(__file__).parents[1] / "clips"
VIEWS = {
    "run_rear": View.REAR,
    "run_front": View.FRONT,
    "run_rear_uneven": View.REAR,
    "run_rear_turned_phone": View.REAR,
    "run_rear_two_people": View.REAR,
    "run_side": View.SIDE,
}
LONG_ENOUGH = ("run_rear", "run_rear_turned_phone", "run_rear_two_people")


def truth_of(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((CLIPS / f"{name}.truth.json").read_text(encoding="utf-8"))
    return truth


def run_of(name: str, home: Path) -> RunAnalysis:
    wiring = Wiring(Settings(home=home, database_url=f"sqlite:///{home / 'sidestep.sqlite'}"))
    knowledge = shipped_knowledge()
    parameters = dict(knowledge.motion)
    if name not in LONG_ENOUGH:
        parameters["steps_needed"] = replace(parameters["steps_needed"], value=4.0)
    track = wiring.pose_source.track(CLIPS / f"{name}.mp4", lambda _: None)
    return analyse_run(
        track,
        view=None,
        parameters=parameters,
        calibration=calibration_for(track.model, knowledge),
        versions={},
    )


def test_behind_a_handrail_nothing_is_measured(tmp_path: Path) -> None:
    run = run_of("run_rear_handrail", tmp_path)
    assert [problem.code for problem in run.quality.problems] == ["legs_hidden"]
    assert not run.quality.is_usable
    for leg in run.sides.values():
        assert not any(isinstance(found, Measured) for found in leg.measures.values())


@pytest.mark.parametrize("name", VIEWS)
def test_what_is_measured_is_true_within_its_error(name: str, tmp_path: Path) -> None:
    truth, run = truth_of(name), run_of(name, tmp_path)
    assert run.quality.is_usable
    assert run.view is VIEWS[name]
    assert [step.side.value for step in run.steps] == [step["side"] for step in truth["steps"]]
    assert isinstance(run.cadence_spm, Measured)
    assert run.cadence_spm.value == pytest.approx(truth["cadence_spm"], rel=0.005)
    measured = {
        (side.value, name.value): measure
        for side, leg in run.sides.items()
        for name, measure in leg.measures.items()
        if isinstance(measure, Measured)
    }
    assert len(measured) >= (3 if run.view is View.SIDE else 11)
    off = {
        key: (measure.value, truth["means"][key[0]][key[1]], measure.error)
        for key, measure in measured.items()
        if abs(measure.value - truth["means"][key[0]][key[1]]) > measure.error
    }
    assert not off
