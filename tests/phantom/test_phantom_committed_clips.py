import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from phantom.specification import read_clip, write_clip
from phantom.truth import measure_stance

CLIPS = Path(__file__).parents[1] / "clips"
NAMES = sorted(path.stem for path in CLIPS.glob("*.yaml"))


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    wanted: str = request.param
    return wanted


def truth_of(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((CLIPS / f"{name}.truth.json").read_text(encoding="utf-8"))
    return truth


def test_each_was_made_from_the_specification_beside_it(name: str) -> None:
    values = yaml.safe_load((CLIPS / f"{name}.yaml").read_text(encoding="utf-8"))
    # A truth is older than names that came later, whose defaults are what it shows.
    assert write_clip(read_clip(truth_of(name)["clip"])) == write_clip(read_clip(values))


def test_each_is_small(name: str) -> None:
    assert (CLIPS / f"{name}.mp4").stat().st_size < 300_000


def test_every_frame_has_all_its_joints_inside_the_picture(name: str) -> None:
    truth = truth_of(name)
    frames, camera = truth["frames"], truth["camera"]
    for places in frames["joints_px"].values():
        assert len(places) == len(frames["time_s"])
        assert all(0 < x < camera["width_px"] and 0 < y < camera["height_px"] for x, y in places)


def test_steps_alternate_and_are_in_the_clip(name: str) -> None:
    truth = truth_of(name)
    steps = truth.get("steps", [])
    assert bool(steps) == name.startswith("run")
    for step in steps:
        assert 0 <= step["contact_s"] < step["mid_stance_s"] < step["toe_off_s"]
        assert step["toe_off_s"] <= truth["clip"]["duration_s"]
    assert all(before["side"] != after["side"] for before, after in pairwise(steps))


def test_the_measures_of_a_step_are_those_of_the_frames_around_mid_stance(name: str) -> None:
    truth = truth_of(name)
    frames = truth["frames"]
    times = np.array(frames["time_s"])
    joints = {joint: np.array(places) for joint, places in frames["joints_m"].items()}
    for step in truth.get("steps", []):
        stance = step["toe_off_s"] - step["contact_s"]
        inside = np.abs(times - step["mid_stance_s"]) < stance / 6
        seen = measure_stance(step["side"], {name: place[inside] for name, place in joints.items()})
        # A third of stance is five frames, so the mean can be a little to one side.
        assert seen["femoral_adduction_deg"].mean() == pytest.approx(
            step["femoral_adduction_deg"], abs=0.4
        )
        assert seen["fppa_deg"].mean() == pytest.approx(step["fppa_deg"], abs=0.4)


def test_there_are_ten_clips() -> None:
    assert len(NAMES) == 10
    assert {path.stem for path in CLIPS.glob("*.mp4")} == set(NAMES)
