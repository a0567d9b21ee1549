"""Activities with every stream a file can hold, and FIT bytes made or damaged by hand."""

import struct
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from builders.recordings import STARTED_AT, steady_columns
from sidestep.adapters.activity_files.fit_crc import compute_fit_crc
from sidestep.adapters.activity_files.fit_encoding import (
    ENUM,
    SINT32,
    UINT16,
    UINT32,
    Field,
    encode_rows,
)
from sidestep.adapters.activity_files.fit_framing import build_file
from sidestep.adapters.activity_files.fit_messages import FIT_EPOCH_S
from sidestep.domain.activity.recording import Lap, Pause, Recording, Streams
from sidestep.domain.vocabulary.sport import Sport

START_S = int(STARTED_AT.timestamp())
TIMESTAMP = Field(253, UINT32, offset=-FIT_EPOCH_S)
HEART_RATE = Field(3)


def full_run(seconds: int = 600, **totals: object) -> Recording:
    """A run due north at 3 m/s with every stream, two laps, a pause and every total."""
    columns = steady_columns(seconds=seconds)
    steady = np.ones_like(columns["time_s"])
    streams = Streams(
        **columns,
        power_w=240.0 * steady,
        ground_contact_ms=251.5 * steady,
        vertical_oscillation_mm=88.0 * steady,
    )
    recording = Recording(
        started_at=STARTED_AT,
        sport=Sport.RUN,
        streams=streams,
        utc_offset_s=7200,
        duration_s=seconds - 20.0,
        elapsed_s=float(seconds),
        distance_m=seconds * 3.0,
        ascent_m=12.0,
        descent_m=11.0,
        heart_rate_mean_bpm=140.0,
        steps_counted=1701,
        effort_rpe=4.0,
        device="made for a test",
        sport_as_recorded="Morning run",
        laps=(
            Lap(start_s=0.0, end_s=100.0, distance_m=300.0),
            Lap(start_s=100.0, end_s=float(seconds), distance_m=seconds * 3.0 - 300.0),
        ),
        pauses=(Pause(start_s=50.0, end_s=70.0),),
    )
    return replace(recording, **totals)  # type: ignore[arg-type]


def with_valid_crc(fit: bytes) -> bytes:
    """The same FIT file with the checksum its bytes ask for."""
    return fit[:-2] + compute_fit_crc(fit[:-2]).to_bytes(2, "little")


def without_header_crc(fit: bytes) -> bytes:
    """The same FIT file as older devices write it: header checksum zero, file checksum right."""
    return with_valid_crc(fit[:12] + b"\0\0" + fit[14:])


def file_id(kind: int = 4) -> bytes:
    """A ``file_id`` message of a file type (4 is an activity)."""
    return encode_rows(0, 0, [(Field(0, ENUM), kind), (Field(1, UINT16), 255)]).whole()


def heart_rate_records(times_s: Sequence[float], heart_rates: Sequence[float]) -> bytes:
    """Record messages with nothing but a time and a heart rate."""
    unix_s = START_S + np.asarray(times_s, np.float64)
    return encode_rows(2, 20, [(TIMESTAMP, unix_s), (HEART_RATE, list(heart_rates))]).whole()


def session(sport: int, sub_sport: int = 0, *, starts_s: float = 0, lasts_s: float = 60) -> bytes:
    """A session message in FIT's own numbers, times from ``START_S``."""
    fields = [
        (TIMESTAMP, START_S + starts_s + lasts_s),
        (Field(2, UINT32, offset=-FIT_EPOCH_S), START_S + starts_s),
        (Field(5, ENUM), sport),
        (Field(6, ENUM), sub_sport),
        (Field(7, UINT32, 1000.0), lasts_s),
    ]
    return encode_rows(3, 18, fields).whole()


def cadence_records(one_leg_spm: Sequence[float]) -> bytes:
    """One record per second with the cadence FIT would hold."""
    unix_s = START_S + np.arange(len(one_leg_spm), dtype=np.float64)
    return encode_rows(2, 20, [(TIMESTAMP, unix_s), (Field(4), list(one_leg_spm))]).whole()


def position_records(latitudes_deg: Sequence[float]) -> bytes:
    """One record per second on one meridian."""
    unix_s = START_S + np.arange(len(latitudes_deg), dtype=np.float64)
    semicircles = 2**31 / 180.0
    fields: list[tuple[Field, ArrayLike]] = [
        (TIMESTAMP, unix_s),
        (Field(0, SINT32, semicircles), list(latitudes_deg)),
        (Field(1, SINT32, semicircles), 11.0),
    ]
    return encode_rows(2, 20, fields).whole()


def records_with_times_in_headers(heart_rates: Sequence[float]) -> bytes:
    """One record with its time, then records one second apart that keep theirs in the header."""
    first = encode_rows(2, 20, [(TIMESTAMP, START_S), (HEART_RATE, heart_rates[0])]).whole()
    definition = encode_rows(1, 20, [(HEART_RATE, 0)]).definition
    fit_s = START_S - FIT_EPOCH_S
    rows = (
        bytes([0x80 | 1 << 5 | (fit_s + after) % 32, int(heart_rate)])
        for after, heart_rate in enumerate(heart_rates[1:], start=1)
    )
    return first + definition + b"".join(rows)


def records_with_packed_distance(metres: Sequence[float], speed_m_s: float) -> bytes:
    """Records with speed and distance in three bytes, as the oldest foot-pod watches wrote them."""
    head = struct.pack("<BBBHB", 0x42, 0, 0, 20, 2)
    rows = bytearray(head + bytes([253, 4, 0x86, 8, 3, 0x0D]))
    for index, distance_m in enumerate(metres):
        packed = int(speed_m_s * 100) | (int(distance_m * 16) & 0xFFF) << 12
        rows += struct.pack("<BI", 2, START_S - FIT_EPOCH_S + index) + packed.to_bytes(3, "little")
    return bytes(rows)


def fit_of(*messages: bytes) -> bytes:
    """A FIT file of these messages."""
    return build_file(b"".join(messages))
