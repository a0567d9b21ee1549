"""A recording as a FIT activity file, for demonstrations, benchmarks and tests."""

from bisect import bisect_left

import numpy as np

from sidestep.adapters.activity_files.fit_encoding import (
    ENUM,
    SINT32,
    UINT16,
    UINT32,
    UINT32Z,
    Field,
    Rows,
    encode_file,
    encode_rows,
)
from sidestep.adapters.activity_files.fit_messages import (
    ACTIVITY,
    EVENT,
    FILE_ID,
    FIT_EPOCH_S,
    LAP,
    RECORD,
    SESSION,
)
from sidestep.adapters.activity_files.fit_sports import fit_from_sport
from sidestep.domain.activity.recording import Lap, Pause, Recording, Streams

_SEMICIRCLES_PER_DEGREE = 2**31 / 180.0
_TIMESTAMP = Field(253, UINT32, offset=-FIT_EPOCH_S)
_MESSAGE_INDEX = Field(254, UINT16)
_WORKOUT_STEP_INDEX = Field(71, UINT16)

_RECORD_FIELDS = {
    "latitude_deg": Field(0, SINT32, _SEMICIRCLES_PER_DEGREE),
    "longitude_deg": Field(1, SINT32, _SEMICIRCLES_PER_DEGREE),
    "distance_m": Field(5, UINT32, 100.0),
    "speed_m_s": Field(73, UINT32, 1000.0),
    "altitude_m": Field(78, UINT32, 5.0, 500.0),
    "heart_rate_bpm": Field(3),
    "power_w": Field(7, UINT16),
    "ground_contact_ms": Field(41, UINT16, 10.0),
    "vertical_oscillation_mm": Field(39, UINT16, 10.0),
}
_CADENCE = Field(4)
_FRACTIONAL_CADENCE = Field(53, scale=128.0)

_DEVELOPMENT = 255
_ACTIVITY_FILE = 4
_TIMER, _LAP_EVENT, _SESSION_EVENT, _ACTIVITY_EVENT = 0, 9, 8, 26
_START, _STOP, _STOP_ALL = 0, 1, 4


def write_fit(activity: Recording) -> bytes:
    """Write one activity as FIT, with every stream, lap, pause and total it has.

    FIT counts whole seconds: fractions of ``time_s`` are rounded. Cadence is written per leg, as
    devices do.
    """
    start = activity.started_at.timestamp()
    elapsed_s = _elapsed_s(activity)
    messages = [
        _file_id(activity, start),
        _event(start, _START),
        *_records_between_pauses(activity, start),
        _event(start + elapsed_s, _STOP_ALL),
        _laps(activity, start),
        _session(activity, start, elapsed_s),
        _activity(activity, start, elapsed_s),
    ]
    return encode_file(messages)


def _elapsed_s(activity: Recording) -> float:
    if activity.elapsed_s is not None:
        return activity.elapsed_s
    if activity.streams is not None and len(activity.streams):
        return float(activity.streams.time_s.max())
    return activity.duration_s or 0.0


def _file_id(activity: Recording, start: float) -> bytes:
    fields = [
        (Field(0, ENUM), _ACTIVITY_FILE),
        (Field(1, UINT16), _DEVELOPMENT),
        (Field(2, UINT16), 0),
        (Field(3, UINT32Z), 1),
        (Field(4, UINT32, offset=-FIT_EPOCH_S), start),
    ]
    return encode_rows(0, FILE_ID, fields, {8: activity.device}).whole()


def _event(unix_s: float, change: int) -> bytes:
    fields = [
        (_TIMESTAMP, unix_s),
        (Field(0, ENUM), _TIMER),
        (Field(1, ENUM), change),
        (Field(3, UINT32), 0),
    ]
    return encode_rows(1, EVENT, fields).whole()


def _records_between_pauses(activity: Recording, start: float) -> list[bytes]:
    streams = activity.streams
    if streams is None or not len(streams):
        return [each for pause in activity.pauses for each in _pause_events(pause, start)]
    rows = _records(streams, start)
    times = np.maximum.accumulate(streams.time_s).tolist()
    pieces = [rows.definition]
    written = 0
    for pause in activity.pauses:
        upto = max(bisect_left(times, pause.end_s), written)
        pieces += [rows.between(written, upto), *_pause_events(pause, start)]
        written = upto
    return [*pieces, rows.between(written, len(times))]


def _pause_events(pause: Pause, start: float) -> list[bytes]:
    return [_event(start + pause.start_s, _STOP), _event(start + pause.end_s, _START)]


def _records(streams: Streams, start: float) -> Rows:
    columns = streams.columns()
    fields = [(_TIMESTAMP, start + streams.time_s)]
    fields += [(field, columns[name]) for name, field in _RECORD_FIELDS.items() if name in columns]
    if streams.cadence_spm is not None:
        one_leg = np.round(streams.cadence_spm / 2.0 * 128.0) / 128.0
        fields += [(_CADENCE, np.floor(one_leg)), (_FRACTIONAL_CADENCE, one_leg % 1.0)]
    return encode_rows(2, RECORD, fields)


def _laps(activity: Recording, start: float) -> bytes:
    laps = activity.laps or (Lap(start_s=0.0, end_s=_elapsed_s(activity)),)
    begins = np.array([lap.start_s for lap in laps])
    ends = np.array([lap.end_s for lap in laps])
    running = [_with_watch_running_s(lap) for lap in laps]
    sport, sub_sport = fit_from_sport(activity.sport)
    fields = [
        (_TIMESTAMP, start + ends),
        (_MESSAGE_INDEX, np.arange(len(laps))),
        (Field(0, ENUM), _LAP_EVENT),
        (Field(1, ENUM), _STOP),
        (Field(2, UINT32, offset=-FIT_EPOCH_S), start + begins),
        (Field(7, UINT32, 1000.0), ends - begins),
        (Field(8, UINT32, 1000.0), running),
        (Field(9, UINT32, 100.0), [_or_nan(lap.distance_m) for lap in laps]),
        (Field(25, ENUM), sport),
        (Field(39, ENUM), sub_sport),
    ]
    if any(lap.of_workout is not None for lap in laps):
        steps = [None if lap.of_workout is None else lap.of_workout.step for lap in laps]
        fields.append((_WORKOUT_STEP_INDEX, [_or_nan(step) for step in steps]))
    return encode_rows(3, LAP, fields).whole()


def _with_watch_running_s(lap: Lap) -> float:
    return lap.end_s - lap.start_s if lap.of_workout is None else lap.of_workout.duration_s


def _session(activity: Recording, start: float, elapsed_s: float) -> bytes:
    sport, sub_sport = fit_from_sport(activity.sport)
    effort = _or_nan(activity.effort_rpe)
    strides = _or_nan(activity.steps_counted) / 2.0
    fields = [
        (_TIMESTAMP, start + elapsed_s),
        (_MESSAGE_INDEX, 0),
        (Field(0, ENUM), _SESSION_EVENT),
        (Field(1, ENUM), _STOP),
        (Field(2, UINT32, offset=-FIT_EPOCH_S), start),
        (Field(5, ENUM), sport),
        (Field(6, ENUM), sub_sport),
        (Field(7, UINT32, 1000.0), elapsed_s),
        (Field(8, UINT32, 1000.0), _or_nan(activity.duration_s)),
        (Field(9, UINT32, 100.0), _or_nan(activity.distance_m)),
        (Field(10, UINT32), np.floor(strides)),
        (Field(94, scale=128.0), strides % 1.0),
        (Field(16), _or_nan(activity.heart_rate_mean_bpm)),
        (Field(22, UINT16), _or_nan(activity.ascent_m)),
        (Field(23, UINT16), _or_nan(activity.descent_m)),
        (Field(25, UINT16), 0),
        (Field(26, UINT16), max(len(activity.laps), 1)),
        (Field(193), effort * 10.0),
    ]
    return encode_rows(4, SESSION, fields, {110: activity.sport_as_recorded}).whole()


def _activity(activity: Recording, start: float, elapsed_s: float) -> bytes:
    end = start + elapsed_s
    fields = [
        (_TIMESTAMP, end),
        (Field(0, UINT32, 1000.0), _or_nan(activity.duration_s)),
        (Field(1, UINT16), 1),
        (Field(2, ENUM), 0),
        (Field(3, ENUM), _ACTIVITY_EVENT),
        (Field(4, ENUM), _STOP),
        (Field(5, UINT32, offset=-FIT_EPOCH_S), end + _or_nan(activity.utc_offset_s)),
    ]
    return encode_rows(5, ACTIVITY, fields).whole()


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else float(value)
