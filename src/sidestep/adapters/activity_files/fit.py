"""FIT messages as recordings, in the words of the domain; decoding belongs to ``fit_ladder``."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.activity_files.cadence import count_both_feet
from sidestep.adapters.activity_files.fit_ladder import FitDecoding, decode_fit
from sidestep.adapters.activity_files.fit_messages import FitMessages, Message, number, text
from sidestep.adapters.activity_files.fit_sports import is_indoor, sport_from_fit
from sidestep.adapters.activity_files.fit_steps import count_steps
from sidestep.adapters.activity_files.instants import (
    drop_undated,
    is_plausible_instant,
    recorded_s,
)
from sidestep.adapters.activity_files.sport_from_speed import GUESSED_RUN_NOTE, guess_sport
from sidestep.domain.activity.recording import Column, Lap, Pause, Recording, Streams
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import RUNNING, Sport
from sidestep.services.ports import FileReading, Loss

_ACTIVITY = 4
_ACTIVITY_SUMMARY = 20
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

_MAKERS = MappingProxyType(
    {
        1: "Garmin",
        23: "Suunto",
        32: "Wahoo",
        70: "Sigma",
        71: "TomTom",
        95: "Stryd",
        123: "Polar",
        260: "Zwift",
        267: "Bryton",
        255: "",
        294: "Coros",
    }
)

_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "latitude_deg": ("position_lat",),
        "longitude_deg": ("position_long",),
        "distance_m": ("distance",),
        "speed_m_s": ("enhanced_speed", "speed"),
        "altitude_m": ("enhanced_altitude", "altitude"),
        "heart_rate_bpm": ("heart_rate",),
        "power_w": ("power", "Power"),
        "ground_contact_ms": ("stance_time",),
        "vertical_oscillation_mm": ("vertical_oscillation",),
    }
)
"""Stream to the fields that may hold it, best first; capitals mark a foot pod's own fields."""

_TIMER_EVENT = 0
_TIMER_STARTS = 0
_TIMER_STOPS = frozenset({1, 4, 8, 9})
_RPE_FIELDS = ("workout_rpe", "unknown_193")
_START_MAY_DIFFER_S = 86_400.0
_UTC_OFFSET_STEP_S = 900
_UTC_OFFSET_LARGEST_S = 15 * 3600


def read_fit(name: str, content: bytes) -> FileReading:
    """Read one FIT file, chained parts and several sessions included.

    Raises
    ------
    UnreadableFileError
        No decoder could make sense of it.
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
        return "no activity but " + _FILE_TYPES.get(known[0], f"FIT file type {known[0]}")
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
        recording, own_notes = _recording(part, session, own)
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
    recording, own_notes = _recording(part, {}, records)
    return [recording], [*notes, *own_notes, "the file ends before its summary"]


def _recording(
    part: FitMessages, session: Message, records: Mapping[str, Column]
) -> tuple[Recording, list[str]]:
    start = _start_unix_s(session, records)
    end = _end_unix_s(start, session, records)
    sport, sub_sport = _sport_numbers(part, session)
    streams = _streams(records, start)
    known_sport, note = _known_sport(part, sport, sub_sport, streams)
    notes = [note]
    if streams is not None:
        cadence, note = count_both_feet(_cadence(records), known_sport)
        notes.append("" if known_sport in RUNNING else note)
        streams = replace(streams, cadence_spm=cadence)
    recording = Recording(
        started_at=datetime.fromtimestamp(start, UTC),
        sport=known_sport,
        sport_as_recorded=_sport_words(part, session),
        utc_offset_s=_utc_offset_s(part),
        duration_s=number(session, "total_timer_time"),
        elapsed_s=number(session, "total_elapsed_time"),
        distance_m=number(session, "total_distance"),
        ascent_m=number(session, "total_ascent"),
        descent_m=number(session, "total_descent"),
        heart_rate_mean_bpm=number(session, "avg_heart_rate") or None,
        steps_counted=count_steps(session, known_sport),
        effort_rpe=_effort_rpe(session),
        is_indoor=is_indoor(sub_sport) or known_sport is Sport.TREADMILL_RUN,
        device=_device(part),
        streams=streams,
        laps=_laps(part, start, end),
        pauses=_pauses(part, start, end),
    )
    return recording, [note for note in notes if note]


def _start_unix_s(session: Message, records: Mapping[str, Column]) -> float:
    times = records.get("timestamp", np.empty(0))
    start = number(session, "start_time")
    if len(times):
        first = float(times[0])
        if start is None or abs(first - start) > _START_MAY_DIFFER_S:
            return first
    if start is None:
        start = number(session, "timestamp") or 0.0
    return start


def _end_unix_s(start: float, session: Message, records: Mapping[str, Column]) -> float:
    ends = [start + (number(session, "total_elapsed_time") or 0.0)]
    times = records.get("timestamp", np.empty(0))
    if len(times):
        ends.append(float(times.max()))
    return max(ends)


def _sport_numbers(part: FitMessages, session: Message) -> tuple[int | None, int | None]:
    for message in (session, *part.of("sport"), *part.of("lap")):
        sport = number(message, "sport")
        if sport is not None:
            sub_sport = number(message, "sub_sport")
            return int(sport), None if sub_sport is None else int(sub_sport)
    return None, None


def _known_sport(
    part: FitMessages, sport: int | None, sub_sport: int | None, streams: Streams | None
) -> tuple[Sport, str]:
    if sport is not None:
        known = sport_from_fit(sport, sub_sport)
        if known is Sport.OTHER:
            return sport_from_name(_profile_name(part, {})), ""
        return known, ""
    if streams is not None and guess_sport(streams) is Sport.RUN:
        return Sport.RUN, GUESSED_RUN_NOTE
    return Sport.OTHER, ""


def _profile_name(part: FitMessages, session: Message) -> str:
    names = [
        text(session, "sport_profile_name"),
        *(text(each, "name") for each in part.of("sport")),
    ]
    return next((name for name in names if name), "")


def _sport_words(part: FitMessages, session: Message) -> str:
    sport, sub_sport = _sport_numbers(part, session)
    numbers = "" if sport is None else f"FIT sport {sport}/{sub_sport or 0}"
    return _profile_name(part, session) or numbers


def _utc_offset_s(part: FitMessages) -> int | None:
    for message in part.of("activity"):
        local, utc = number(message, "local_timestamp"), number(message, "timestamp")
        if local is None or utc is None:
            continue
        offset_s = round((local - utc) / _UTC_OFFSET_STEP_S) * _UTC_OFFSET_STEP_S
        if abs(offset_s) <= _UTC_OFFSET_LARGEST_S:
            return offset_s
    return None


def _effort_rpe(session: Message) -> float | None:
    effort = number(session, *_RPE_FIELDS)
    return effort / 10.0 if effort is not None and 0 <= effort <= 100 else None


def _device(part: FitMessages) -> str:
    for message in part.of("file_id"):
        maker, product = number(message, "manufacturer"), number(message, "product")
        model = text(message, "product_name")
        if maker is None and not model:
            continue
        brand = "" if maker is None else _MAKERS.get(int(maker), f"FIT maker {maker:.0f}")
        if not model and product is not None:
            model = f"product {product:.0f}"
        return f"{brand} {model}".strip()
    return ""


def _streams(records: Mapping[str, Column], start: float) -> Streams | None:
    times = records.get("timestamp")
    if times is None or not len(times):
        return None
    columns = {stream: _first_of(records, names) for stream, names in _COLUMNS.items()}
    heart_rate = columns["heart_rate_bpm"]
    if heart_rate is not None:
        columns["heart_rate_bpm"] = _known(np.where(heart_rate > 0, heart_rate, np.nan))
    return Streams(time_s=times - start, **columns)


def _first_of(records: Mapping[str, Column], names: Iterable[str]) -> Column | None:
    """Merge the columns that hold the same quantity: the first that knows a sample wins."""
    merged: Column | None = None
    for name in names:
        column = records.get(name)
        if column is None:
            continue
        merged = column if merged is None else np.where(np.isnan(merged), column, merged)
    return _known(merged)


def _known(column: Column | None) -> Column | None:
    if column is None or bool(np.isnan(column).all()):
        return None
    return column


def _cadence(records: Mapping[str, Column]) -> Column | None:
    whole = _known(records.get("cadence"))
    if whole is None:
        return None
    fraction = records.get("fractional_cadence")
    return whole if fraction is None else whole + np.nan_to_num(fraction)


def _laps(part: FitMessages, start: float, end: float) -> tuple[Lap, ...]:
    laps = []
    for message in part.of("lap"):
        begins, ends = number(message, "start_time"), number(message, "timestamp")
        lasts = number(message, "total_elapsed_time")
        if begins is None:
            continue
        if lasts is not None:
            ends = begins + lasts
        if ends is None or not start - 1 <= begins <= ends or begins >= max(end, start + 1):
            continue
        distance_m = number(message, "total_distance")
        laps.append(Lap(start_s=begins - start, end_s=ends - start, distance_m=distance_m))
    return tuple(laps)


def _pauses(part: FitMessages, start: float, end: float) -> tuple[Pause, ...]:
    pauses = []
    stopped: float | None = None
    for message in part.of("event"):
        at = number(message, "timestamp")
        if number(message, "event") != _TIMER_EVENT or at is None or not start <= at <= end:
            continue
        change = number(message, "event_type")
        if change in _TIMER_STOPS and stopped is None:
            stopped = at
        elif change == _TIMER_STARTS and stopped is not None:
            if at > stopped:
                pauses.append(Pause(start_s=stopped - start, end_s=at - start))
            stopped = None
    return tuple(pauses)


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
