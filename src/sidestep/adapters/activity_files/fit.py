"""FIT files as readings: which parts and sessions make an activity, what is skipped or lost."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.activity_files.fit_ladder import COPY_AGAIN, FitDecoding, decode_fit
from sidestep.adapters.activity_files.fit_messages import FitMessages, Message, number
from sidestep.adapters.activity_files.fit_session import read_session
from sidestep.adapters.activity_files.instants import (
    drop_undated,
    is_plausible_instant,
    recorded_s,
)
from sidestep.domain.activity.recording import Column, Recording
from sidestep.errors import UnreadableFileError
from sidestep.services.ports import FileReading, Loss

_ACTIVITY = 4
_ACTIVITY_SUMMARY = 20
_OTHER_TYPE = "no activity but "
_FILE_TYPES = MappingProxyType(
    {
        1: "a device description",
        2: "device settings",
        3: "sport settings",
        5: "a workout",
        6: "a course to follow",
        7: "a schedule",
        9: "a body-weight log",
        10: "a list of totals",
        11: "a list of goals",
        14: "a blood-pressure log",
        15: "daily monitoring",
        28: "daily monitoring",
        32: "daily monitoring",
        34: "a segment",
        35: "a list of segments",
    }
)


def read_fit(name: str, content: bytes) -> FileReading:
    """Read one FIT file, chained parts and several sessions included.

    Raises
    ------
    UnreadableFileError
        No decoder could make sense of it, or of any sample in it.
    HostileFileError
        It would decode to more than an activity can hold.
    """
    decoding = decode_fit(name, content)
    recordings: list[Recording] = []
    notes: list[str] = []
    reasons: list[str] = []
    for part in decoding.parts:
        reason = _why_no_activity(part)
        if reason:
            reasons.append(reason)
        else:
            found, part_notes = _recordings(part)
            recordings += found
            notes += part_notes
    skipped = ""
    if not recordings:
        if decoding.damage and not any(reason.startswith(_OTHER_TYPE) for reason in reasons):
            message = (
                f"{name} is damaged, and none of its samples could be read ({decoding.damage})"
            )
            raise UnreadableFileError(message, hint=COPY_AGAIN)
        skipped = "; ".join(dict.fromkeys(reasons)) or "it holds no sample with a usable time"
    return FileReading(
        reader=decoding.reader,
        recordings=tuple(recordings),
        loss=_loss(decoding, recordings),
        skipped=skipped,
        notes=tuple(dict.fromkeys(notes)),
    )


def _why_no_activity(part: FitMessages) -> str:
    types = [number(message, "type") for message in part.of("file_id")]
    if any(kind in (_ACTIVITY, _ACTIVITY_SUMMARY) for kind in types):
        return "" if part.records or part.of("session") else "an activity without any sample"
    known = [int(kind) for kind in types if kind is not None]
    if known and not part.of("session"):
        return _OTHER_TYPE + _FILE_TYPES.get(known[0], f"FIT file type {known[0]}")
    return "" if part.records or part.of("session") else "it holds neither samples nor a session"


def _recordings(part: FitMessages) -> tuple[list[Recording], list[str]]:
    records, notes = drop_undated(part.records)
    sessions = sorted(
        (session for session in part.of("session") if _is_dated(session)),
        key=lambda session: number(session, "start_time", "timestamp") or 0.0,
    )
    if not sessions:
        return _without_session(part, records, notes)
    starts = np.array([number(session, "start_time", "timestamp") for session in sessions])
    times = records.get("timestamp", np.empty(0))
    owner = np.maximum(np.searchsorted(starts, times, side="right") - 1, 0)
    recordings = []
    for index, session in enumerate(sessions):
        own = records if len(sessions) == 1 else _rows(records, owner == index)
        recording, own_notes = read_session(part, session, own)
        recordings.append(recording)
        notes += own_notes
    return recordings, notes


def _is_dated(session: Message) -> bool:
    return is_plausible_instant(number(session, "start_time", "timestamp"))


def _rows(records: Mapping[str, Column], chosen: NDArray[np.bool_]) -> dict[str, Column]:
    return {name: column[chosen] for name, column in records.items()}


def _without_session(
    part: FitMessages, records: Mapping[str, Column], notes: list[str]
) -> tuple[list[Recording], list[str]]:
    if not len(records.get("timestamp", ())):
        return [], notes
    recording, own_notes = read_session(part, {}, records)
    return [recording], [*notes, *own_notes, "the file holds no summary of its activity"]


def _loss(decoding: FitDecoding, recordings: list[Recording]) -> Loss | None:
    if not decoding.damage:
        return None
    recovered_s = recorded_s(recordings)
    stated_s = [recording.elapsed_s for recording in recordings]
    expected_s: float | None
    if stated_s and all(seconds is not None for seconds in stated_s):
        expected_s = sum(seconds for seconds in stated_s if seconds is not None)
    elif decoding.readable_frac > 0:
        expected_s = recovered_s / decoding.readable_frac
    else:
        expected_s = None
    return Loss(
        recovered_s=recovered_s,
        expected_s=None if expected_s is None else max(expected_s, recovered_s),
        reason=decoding.damage,
    )
