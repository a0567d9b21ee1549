"""Decoders written by others read a run's workout back, field by field."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders.activity_bytes import full_run
from builders.workout_decoders import (
    HINT,
    Decoded,
    NodeSdk,
    decode_with_fitfast,
    decode_with_python_sdk,
    start_node,
)
from sidestep.adapters.activity_files.fit_workout import encode_workout, is_own_workout
from sidestep.adapters.activity_files.writing import write_fit
from sidestep.domain.planning.run_session import (
    Repeat,
    RunSession,
    RunStep,
    RunTarget,
    StepKind,
    TargetKind,
    aiming,
)

RUN = RunStep(kind=StepKind.RUN, title="Easy run", notes=("Easy.",), distance_m=1260)
LEFT = RunStep(kind=StepKind.SIDE_STEPS, title="Side step left", notes=("Low.",), seconds=25)
RIGHT = RunStep(kind=StepKind.SIDE_STEPS, title="Side step right", notes=("Low.",), seconds=25)
WALK = RunStep(kind=StepKind.WALK, title="Walk", seconds=60)
SESSION = RunSession(
    on=date(2026, 11, 24),
    title="Easy run",
    distance_km=3.8,
    parts=(
        RunStep(kind=StepKind.WARM_UP, title="Warm-up walk", notes=("Press lap.",)),
        Repeat(times=2, steps=(RUN, LEFT, RIGHT)),
        RUN,
        WALK,
        RunStep(kind=StepKind.STRETCH, title="Stretches", notes=("Groin 2 × 30 s.",)),
    ),
)


def stored(
    duration: str, value: int | None, name: str, notes: str = "", *, intensity: str = "active"
) -> dict[str, Any]:
    """Return a step as a decoder should read it."""
    texts = {"wkt_step_name": name, "notes": notes}
    return {
        "duration_type": duration,
        **({} if value is None else {"duration_value": value}),
        "target_type": "open",
        "intensity": intensity,
        **{field: text for field, text in texts.items() if text},
    }


EASY = stored("distance", 126_000, "Easy run", "Easy.")
STEPS = (
    stored("open", None, "Warm-up walk", "Press lap.", intensity="warmup"),
    EASY,
    stored("time", 25_000, "Side step left", "Low."),
    stored("time", 25_000, "Side step right", "Low."),
    {**stored("repeat_until_steps_cmplt", 1, ""), "target_value": 2},
    EASY,
    stored("time", 60_000, "Walk", intensity="rest"),
    stored("open", None, "Stretches", "Groin 2 × 30 s.", intensity="cooldown"),
)
DAY_S = 1_795_478_400 - 631_065_600
"""24 November 2026 from the beginning of FIT's time."""


AIMED = {
    "heart rate": (
        RunTarget(kind=TargetKind.HEART_RATE, low=120, high=145),
        {
            "target_type": "heart_rate",
            "target_value": 0,
            "custom_target_value_low": 220,
            "custom_target_value_high": 245,
        },
    ),
    "pace": (
        # 7:30 and 6:30 a kilometre are 2.222 and 2.564 m/s: the slower one is the lower speed.
        RunTarget(kind=TargetKind.PACE, low=390, high=450),
        {
            "target_type": "speed",
            "target_value": 0,
            "custom_target_value_low": 2222,
            "custom_target_value_high": 2564,
        },
    ),
}


def check_aimed(decoded: Decoded, fields: dict[str, Any]) -> None:
    """Running keeps to the target; walking, side steps and repeats have none."""
    steps = tuple({**step, **(fields if step == EASY else {})} for step in STEPS)
    assert decoded.steps == tuple(
        {"message_index": index, **step} for index, step in enumerate(steps)
    )


@pytest.fixture(scope="module")
def node() -> Iterator[NodeSdk]:
    sdk = NodeSdk()
    yield sdk
    sdk.close()


def check(decoded: Decoded) -> None:
    serial = decoded.file_id["serial_number"]
    assert decoded.file_id == {
        "type": "workout",
        "manufacturer": "development",
        "product": 0,
        "serial_number": serial,
        "time_created": DAY_S,
        "product_name": "Sidestep",
    }
    assert 0 < serial < 2**32
    assert decoded.workout == {
        "sport": "running",
        "sub_sport": "generic",
        "num_valid_steps": 8,
        "wkt_name": "24 Nov Easy run 3.8 km",
    }
    assert decoded.steps == tuple(
        {"message_index": index, **step} for index, step in enumerate(STEPS)
    )


def test_the_official_python_decoder_reads_every_field() -> None:
    check(decode_with_python_sdk(encode_workout(SESSION)))


def test_the_official_javascript_decoder_reads_every_field(node: NodeSdk) -> None:
    check(node.decode(encode_workout(SESSION)))


def test_fitfast_with_its_strict_checksum_reads_every_field() -> None:
    check(decode_with_fitfast(encode_workout(SESSION)))


@pytest.mark.parametrize("aimed", AIMED)
def test_three_decoders_read_a_target_from_the_running_steps_alone(
    node: NodeSdk, aimed: str
) -> None:
    target, fields = AIMED[aimed]
    content = encode_workout(aiming(SESSION, target))
    for decode in (decode_with_python_sdk, node.decode, decode_with_fitfast):
        check_aimed(decode(content), fields)


def test_without_a_target_the_bytes_are_those_of_a_run_by_effort() -> None:
    assert encode_workout(aiming(SESSION, None)) == encode_workout(SESSION)


def test_without_node_a_test_fails_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match=HINT):
        start_node(tmp_path / "not there")


def test_a_run_always_gives_the_same_bytes_and_another_run_another_serial_number() -> None:
    one, same = encode_workout(SESSION), encode_workout(SESSION)
    assert one == same
    other = RunSession(on=SESSION.on, title="Easy run", distance_km=3.8, parts=(RUN,))
    serials = {
        decode_with_fitfast(encode_workout(each)).file_id["serial_number"]
        for each in (SESSION, other)
    }
    assert len(serials) == 2


def test_the_bytes_are_those_that_were_read_back_when_this_was_written() -> None:
    content = encode_workout(SESSION)
    assert len(content) == 515
    assert hashlib.sha256(content).hexdigest()[:16] == "30a7a7523bc38d9d"


@pytest.mark.parametrize("letter", ["a", "ü", "€", "🦵"])
def test_a_text_that_is_too_long_ends_with_a_whole_character(letter: str) -> None:
    step = RunStep(kind=StepKind.RUN, title=f"x{letter * 300}", seconds=60)
    session = RunSession(on=SESSION.on, title="Run", distance_km=1.0, parts=(step,))
    (read,) = decode_with_python_sdk(encode_workout(session)).steps
    size = len(letter.encode())
    assert read["wkt_step_name"] == "x" + letter * ((254 - 1) // size)


def test_notes_that_are_too_long_end_with_a_whole_sentence() -> None:
    sentence = "Twenty-five letters here."
    step = RunStep(kind=StepKind.RUN, title="Run", notes=(sentence,) * 12, seconds=60)
    session = RunSession(on=SESSION.on, title="Run", distance_km=1.0, parts=(step,))
    (read,) = decode_with_python_sdk(encode_workout(session)).steps
    assert read["notes"] == " ".join([sentence] * 9)


def test_a_workout_of_ours_is_told_from_other_fit_files() -> None:
    assert is_own_workout(encode_workout(SESSION)[:128])
    assert not is_own_workout(write_fit(full_run()))
    assert not is_own_workout(b"Sidestep\0")
