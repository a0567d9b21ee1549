"""One FIT session as a recording: its sport, totals, clock and device."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import numpy as np

from sidestep.adapters.activity_files.cadence import count_both_feet
from sidestep.adapters.activity_files.fit_laps import read_laps, read_pauses
from sidestep.adapters.activity_files.fit_messages import FitMessages, Message, number, text
from sidestep.adapters.activity_files.fit_sports import is_indoor, sport_from_fit
from sidestep.adapters.activity_files.fit_steps import count_steps
from sidestep.adapters.activity_files.fit_streams import read_cadence, read_streams
from sidestep.adapters.activity_files.sport_from_speed import GUESSED_RUN_NOTE, guess_sport
from sidestep.domain.activity.recording import Column, Recording, Streams
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import RUNNING, Sport

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
        255: "",
        267: "Bryton",
        294: "Coros",
    }
)
"""Makers by FIT number; 255 is for makers without one, who name the device in words."""

_RPE_FIELDS = ("workout_rpe", "unknown_193")
"""0 to 100 in steps of ten; decoders of an older profile know only the number."""

_START_MAY_DIFFER_S = 86_400.0
"""A stated start further than a day from the first sample belongs to a clock set later."""

_UTC_OFFSET_STEP_S = 900
_UTC_OFFSET_LARGEST_S = 15 * 3600
"""Time zones differ in quarters of an hour and by 14 hours at most; more is no time zone."""


def read_session(
    part: FitMessages, session: Message, records: Mapping[str, Column]
) -> tuple[Recording, list[str]]:
    """Return one session as a recording, with notes on what had to be assumed.

    Parameters
    ----------
    part
        The FIT file it stands in: laps, events and the device belong to all its sessions.
    session
        The session message; empty if the file breaks off before it.
    records
        The session's own records, every one with a usable ``timestamp``.
    """
    start = _start_unix_s(session, records)
    end = _end_unix_s(start, session, records)
    sport, sub_sport = _sport_numbers(part, session)
    streams = read_streams(records, start)
    name = _profile_name(part, session)
    known_sport, note = _known_sport(sport, sub_sport, name, streams)
    notes = [note]
    if streams is not None:
        cadence, note = count_both_feet(read_cadence(records), known_sport)
        notes.append("" if known_sport in RUNNING else note)
        streams = replace(streams, cadence_spm=cadence)
    recording = Recording(
        started_at=datetime.fromtimestamp(start, UTC),
        sport=known_sport,
        sport_as_recorded=name or _in_numbers(sport, sub_sport),
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
        laps=read_laps(part, start, end),
        pauses=read_pauses(part, start, end),
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
    sport: int | None, sub_sport: int | None, name: str, streams: Streams | None
) -> tuple[Sport, str]:
    if sport is not None:
        known = sport_from_fit(sport, sub_sport)
        return (sport_from_name(name) if known is Sport.OTHER else known), ""
    if streams is not None and guess_sport(streams) is Sport.RUN:
        return Sport.RUN, GUESSED_RUN_NOTE
    return Sport.OTHER, ""


def _profile_name(part: FitMessages, session: Message) -> str:
    names = [
        text(session, "sport_profile_name"),
        *(text(each, "name") for each in part.of("sport")),
    ]
    return next((name for name in names if name), "")


def _in_numbers(sport: int | None, sub_sport: int | None) -> str:
    return "" if sport is None else f"FIT sport {sport}/{sub_sport or 0}"


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
