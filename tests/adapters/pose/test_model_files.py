import subprocess
import sys
from pathlib import Path

import pytest

from sidestep.adapters.pose import model_files
from sidestep.adapters.pose.model_files import SHIPPED, find_models, look_at_models
from sidestep.errors import InputError


def test_the_networks_that_came_with_sidestep_are_named_with_their_hash() -> None:
    models = find_models()
    assert models.name == "BlazePose full e9a5c5cb17f7"
    assert models.detector.parent == models.landmarks.parent == SHIPPED


def test_another_folder_may_bring_the_heavy_network_alone(tmp_path: Path) -> None:
    (tmp_path / "pose_landmark_heavy.tflite").write_bytes(b"heavy")
    (tmp_path / "pose_landmark_full.tflite").write_bytes(b"full")
    models = find_models(tmp_path)
    assert models.landmarks == tmp_path / "pose_landmark_heavy.tflite"
    assert models.name.startswith("BlazePose heavy ")
    assert models.detector == find_models().detector
    assert models.score_shift > find_models().score_shift == 0.0


def test_a_folder_without_a_network_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no pose network") as refused:
        find_models(tmp_path)
    assert str(tmp_path) in refused.value.message
    assert "SIDESTEP_MODELS" in refused.value.hint


def test_nothing_of_openvino_that_calls_its_maker_is_loaded_and_no_address_is_looked_up() -> None:
    program = (
        "import socket, sys, types\n"
        "def refuse(*a, **k): raise SystemExit('it wanted the network')\n"
        "socket.getaddrinfo = socket.create_connection = socket.socket.connect = refuse\n"
        "sys.modules['openvino_telemetry'] = types.ModuleType('openvino_telemetry')\n"
        "from sidestep.adapters.pose.model_files import find_models\n"
        "from sidestep.adapters.pose.runtime import load_openvino\n"
        "load_openvino().Core().read_model(find_models().detector)\n"
        "loaded = [n for n, m in sys.modules.items() if m and n.startswith('openvino.tools')]\n"
        "assert 'openvino.tools.ovc' not in loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_came_with_sidestep_is_held_against_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look_at_models().problems == ()
    for name in ("pose_detection.tflite", "pose_landmark_full.tflite"):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    monkeypatch.setattr(model_files, "SHIPPED", tmp_path)
    assert look_at_models().problems == ()
    (tmp_path / "pose_detection.tflite").write_bytes(b"half")
    (problem,) = look_at_models().problems
    assert "pose_detection.tflite is not as it came" in problem
    (tmp_path / "pose_landmark_full.tflite").unlink()
    assert "holds no pose network" in look_at_models().problems[0]


def test_another_network_than_ours_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "pose_landmark_heavy.tflite").write_bytes(b"heavy")
    found = look_at_models(tmp_path)
    assert (found.problems, found.name[:15]) == ((), "BlazePose heavy")
