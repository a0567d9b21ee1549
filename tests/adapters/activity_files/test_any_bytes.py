"""Any bytes at all give a result or an input error, nothing else."""

import gzip
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.activity_bytes import full_run
from sidestep.adapters.activity_files.fit_crc import compute_fit_crc
from sidestep.adapters.activity_files.fit_framing import build_file
from sidestep.adapters.activity_files.reader import ActivityFiles
from sidestep.adapters.activity_files.writing import write_fit, write_gpx, write_tcx
from sidestep.errors import InputError

RUN = replace(full_run(seconds=20), laps=(), pauses=())
SOUND = [write_fit(RUN), write_gpx(RUN), write_tcx(RUN)]
SOUND += [gzip.compress(content, mtime=0) for content in SOUND]


def assert_ends_well(content: bytes) -> None:
    try:
        reading = ActivityFiles().read("any bytes", content)
    except InputError:
        return
    assert reading.recordings or reading.skipped
    for recording in reading.recordings:
        assert recording.started_at.tzinfo is not None
        assert recording.streams is None or np.isfinite(recording.streams.time_s).all()


@given(st.binary(max_size=400))
def test_random_bytes(content: bytes) -> None:
    assert_ends_well(content)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_random_bytes_in_a_valid_fit_frame(messages: bytes) -> None:
    assert_ends_well(build_file(messages))


@given(st.text(max_size=200), st.sampled_from(["gpx", "TrainingCenterDatabase"]))
def test_random_text_in_a_valid_root(text: str, root: str) -> None:
    assert_ends_well(f"<{root}>{text}</{root}>".encode("utf-8", "replace"))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(SOUND)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content) - 1))
        content[at : at + draw(st.integers(0, 20))] = draw(st.binary(max_size=20))
        if not content:
            break
    return bytes(content)


@given(damaged())
@settings(deadline=None, max_examples=150)
def test_damaged_files(content: bytes) -> None:
    assert_ends_well(content)


@given(damaged())
@settings(deadline=None, max_examples=100)
def test_damaged_fit_files_whose_checksum_was_made_to_fit(content: bytes) -> None:
    assert_ends_well(content[:-2] + compute_fit_crc(content[:-2]).to_bytes(2, "little"))


@pytest.mark.parametrize("size", [0, 1, 2, 3, 511, 512, 513, 1_000, 70_001])
def test_the_checksum_is_that_of_the_plain_definition(size: int) -> None:
    content = np.random.default_rng(size).bytes(size)
    crc = 0
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    assert compute_fit_crc(content) == crc
