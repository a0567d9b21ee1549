"""A planned run as a FIT workout file, for a watch to lead through; not what a run consists of."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

import numpy as np
from numpy.typing import ArrayLike

from sidestep.adapters.activity_files.fit_encoding import (
    ENUM,
    UINT16,
    UINT32,
    UINT32Z,
    Field,
    encode_file,
    encode_rows,
)
from sidestep.adapters.activity_files.fit_framing import looks_like_fit
from sidestep.adapters.activity_files.fit_messages import (
    FILE_ID,
    FIT_EPOCH_S,
    WORKOUT,
    WORKOUT_STEP,
)
from sidestep.adapters.activity_files.fit_sports import fit_from_sport
from sidestep.adapters.activity_files.step_notes import fitting_notes
from sidestep.domain.planning.run_session import (
    Repeat,
    RunSession,
    RunStep,
    RunTarget,
    StepKind,
    TargetKind,
)
from sidestep.domain.vocabulary.sport import Sport

_DEVELOPMENT, _WORKOUT_FILE = 255, 5
_MAKER = "Sidestep"
_HEAD_BYTES = 128
"""The maker's name is in the first message, so it stands within these."""

_TIME, _DISTANCE, _UNTIL_LAP, _REPEAT = 0, 1, 5, 6
_NO_TARGET = 2
_TARGETS = {TargetKind.PACE: 0, TargetKind.HEART_RATE: 1}
_OF_HER_OWN = 0
"""The number of the watch's own zones that says: none of them, but the custom range."""

_MM_PER_KM = 1_000_000
_ABOVE_PERCENT = 100
"""Beats a minute are stored with this added; up to it they would be a percentage."""

_ACTIVE = 0
_INTENSITIES = {
    StepKind.WARM_UP: 2,
    StepKind.RUN: _ACTIVE,
    StepKind.WALK: 1,
    StepKind.SIDE_STEPS: _ACTIVE,
    StepKind.DRILL: _ACTIVE,
    StepKind.STRETCH: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One stored step; a value that is not stored is NaN.

    ``target_value`` is how often a repeat comes; of a target it is which of the watch's zones.
    """

    title: str
    notes: str
    duration: int
    value: float
    target_value: float
    intensity: int
    target: int = _NO_TARGET
    low: float = np.nan
    high: float = np.nan


def encode_workout(session: RunSession) -> bytes:
    """Return a run as the bytes of a FIT workout; the same run always gives the same bytes.

    Without a target of the person's own a step has none: the plan names an effort, in words. A
    repeat is a step of its own behind those it repeats, and is counted as one. The serial number is
    made from the steps, the time from the day, so that two runs are never taken for one.
    """
    name = f"{session.on.day} {session.on:%b} {session.title} {session.distance_km:.1f} km"
    rows = _rows(session.parts)
    steps = [_workout(name, len(rows)), _steps(rows)]
    serial = int.from_bytes(hashlib.sha256(b"".join(steps)).digest()[:4], "little") or 1
    return encode_file([_file_id(session, serial), *steps])


def is_own_workout(content: bytes) -> bool:
    """Whether these are the first bytes of a workout that ``encode_workout`` made."""
    return looks_like_fit(content) and f"{_MAKER}\0".encode() in content[:_HEAD_BYTES]


def _file_id(session: RunSession, serial: int) -> bytes:
    midnight = datetime.combine(session.on, time(), UTC).timestamp()
    fields = [
        (Field(0, ENUM), _WORKOUT_FILE),
        (Field(1, UINT16), _DEVELOPMENT),
        (Field(2, UINT16), 0),
        (Field(3, UINT32Z), serial),
        (Field(4, UINT32, offset=-FIT_EPOCH_S), midnight),
    ]
    return encode_rows(0, FILE_ID, fields, {8: _MAKER}).whole()


def _workout(name: str, steps: int) -> bytes:
    sport, sub_sport = fit_from_sport(Sport.RUN)
    fields = [
        (Field(4, ENUM), sport),
        (Field(11, ENUM), sub_sport),
        (Field(6, UINT16), steps),
    ]
    return encode_rows(1, WORKOUT, fields, {8: name}).whole()


def _steps(rows: Sequence[_Row]) -> bytes:
    fields: list[tuple[Field, ArrayLike]] = [
        (Field(254, UINT16), np.arange(len(rows))),
        (Field(1, ENUM), [row.duration for row in rows]),
        (Field(2, UINT32), [row.value for row in rows]),
        (Field(3, ENUM), [row.target for row in rows]),
        (Field(4, UINT32), [row.target_value for row in rows]),
        (Field(7, ENUM), [row.intensity for row in rows]),
    ]
    if any(row.target != _NO_TARGET for row in rows):
        fields += [
            (Field(5, UINT32), [row.low for row in rows]),
            (Field(6, UINT32), [row.high for row in rows]),
        ]
    texts = {0: [row.title for row in rows], 8: [row.notes for row in rows]}
    return encode_rows(2, WORKOUT_STEP, fields, texts).whole()


def _rows(parts: Sequence[RunStep | Repeat]) -> list[_Row]:
    rows: list[_Row] = []
    for part in parts:
        if isinstance(part, RunStep):
            rows.append(_row(part))
            continue
        first = len(rows)
        rows += map(_row, part.steps)
        rows.append(
            _Row(
                title="",
                notes="",
                duration=_REPEAT,
                value=first,
                target_value=part.times,
                intensity=_ACTIVE,
            )
        )
    return rows


def _row(step: RunStep) -> _Row:
    duration, value = _UNTIL_LAP, np.nan
    if step.distance_m is not None:
        duration, value = _DISTANCE, step.distance_m * 100.0
    elif step.seconds is not None:
        duration, value = _TIME, step.seconds * 1000.0
    row = _Row(
        title=step.title,
        notes=fitting_notes(step.notes),
        duration=duration,
        value=value,
        target_value=np.nan,
        intensity=_INTENSITIES[step.kind],
    )
    if step.target is None:
        return row
    low, high = _stored_range(step.target)
    target = _TARGETS[step.target.kind]
    return replace(row, target=target, target_value=_OF_HER_OWN, low=low, high=high)


def _stored_range(target: RunTarget) -> tuple[int, int]:
    """Return beats, told from a percentage by what is added, or speeds in mm/s; the lower first."""
    if target.kind is TargetKind.HEART_RATE:
        return target.low + _ABOVE_PERCENT, target.high + _ABOVE_PERCENT
    return round(_MM_PER_KM / target.high), round(_MM_PER_KM / target.low)
