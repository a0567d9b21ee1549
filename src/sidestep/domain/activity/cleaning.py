"""Turns a recording as read into an activity to calculate with, and says what it changed.

Each kind of repair has a sibling module; here they are put in order and the totals are chosen.
What looks odd but is not certainly wrong stays, for ``oddities`` to ask about.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from math import isfinite

import numpy as np

from sidestep.domain.activity.climb import compute_climb
from sidestep.domain.activity.distance import (
    derive_distance,
    moved_between_m,
    repair_device_distance,
)
from sidestep.domain.activity.over_time import mean_over_time
from sidestep.domain.activity.pauses import (
    GAP_S,
    STANDING_M_S,
    find_late_start,
    find_timer_gaps,
    merge_pauses,
    paused_between_s,
    total_pause_s,
)
from sidestep.domain.activity.plausibility import (
    CADENCE_SPM,
    CLIMB_M,
    DISTANCE_M,
    HEART_RATE_BPM,
    drop_height_not_yet_known,
    fastest_m_s,
    halve_doubled_cadence,
    is_within,
    keep_plausible,
)
from sidestep.domain.activity.positions import drop_jumps, track_length_m
from sidestep.domain.activity.recording import (
    Activity,
    Column,
    Lap,
    Pause,
    Recording,
    Streams,
)
from sidestep.domain.activity.time_base import LONGEST_ACTIVITY_S, put_on_one_clock
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError

Columns = dict[str, Column]

# Timers and sample times are rounded separately and stop a little apart.
_TIMER_SLACK_S = 10.0
_TIMER_SLACK_FRAC = 0.01
# Where only the samples say when it ended, they may have stopped before the timer did.
_SAMPLES_STOPPED_EARLY = 1.5
# A timer that shows less than this of the time in motion is of a part, such as one lap.
_TIMER_COVERS_FRAC = 0.9
# The watch's total and its samples differ by rounding and by smoothing of the track.
_DISTANCE_AGREES_FRAC = 0.05
_DISTANCE_AGREES_M = 100.0
# Samples that cover less than this of the activity cannot contradict its total.
_COVERS_ENOUGH_FRAC = 0.9
# Time zones reach from 12 hours behind UTC to 14 ahead.
_UTC_OFFSET_S = (-12 * 3600, 14 * 3600)
_EFFORT_RPE = (0.0, 10.0)


def clean_recording(recording: Recording) -> Activity:
    """Put a recording on one time base, without impossible values, with totals that agree.

    A recording that is already clean comes back with the same samples and no repairs.

    Parameters
    ----------
    recording
        Samples in any order, with any values, NaN and infinity included.

    Raises
    ------
    InputError
        There is neither time nor distance in it.
    """
    columns, start_moved_s, repairs = _clean_streams(recording)
    elapsed_s = _choose_elapsed(recording, columns)
    pauses, gap_repairs = _find_pauses(recording, columns, elapsed_s, start_moved_s)
    columns = _with_distance(recording, columns, pauses)
    duration_s, duration_repairs = _choose_duration(recording, columns, elapsed_s, pauses)
    distance_m, distance_repairs = _choose_distance(recording, columns, elapsed_s)
    if elapsed_s <= 0.0 and distance_m is None:
        raise InputError(
            "The recording holds neither time nor distance; at least one was expected.",
            hint="Nothing can be done with this file; the watch probably saved it by accident.",
        )
    ascent_m, descent_m = _choose_climb(recording, columns)
    steps_counted, step_repairs = _choose_steps(recording, elapsed_s)
    return Activity(
        started_at=_moved_start(recording, start_moved_s),
        sport=recording.sport,
        sport_as_recorded=recording.sport_as_recorded,
        utc_offset_s=_choose_utc_offset(recording),
        duration_s=duration_s,
        elapsed_s=elapsed_s,
        distance_m=distance_m,
        ascent_m=ascent_m,
        descent_m=descent_m,
        heart_rate_mean_bpm=_choose_heart_rate(recording, columns),
        steps_counted=steps_counted,
        effort_rpe=recording.effort_rpe if is_within(recording.effort_rpe, _EFFORT_RPE) else None,
        is_indoor=recording.is_indoor,
        device=recording.device,
        streams=Streams(**columns) if len(columns.get("time_s", ())) else None,
        laps=tuple(_clean_laps(recording.laps, elapsed_s, start_moved_s)),
        pauses=pauses,
        phone_steps=recording.phone_steps,
        repairs=(
            *repairs,
            *gap_repairs,
            *duration_repairs,
            *distance_repairs,
            *step_repairs,
        ),
    )


def _is_indoor(recording: Recording) -> bool:
    return recording.is_indoor or recording.sport is Sport.TREADMILL_RUN


def _clean_streams(recording: Recording) -> tuple[Columns, float, tuple[str, ...]]:
    if recording.streams is None or not len(recording.streams):
        return {}, 0.0, ()
    columns, value_repairs = keep_plausible(recording.streams.columns(), recording.sport)
    base = put_on_one_clock(columns)
    columns = dict(base.columns)
    repairs = [*value_repairs, *base.repairs]
    if not len(columns["time_s"]):
        return {}, 0.0, tuple(repairs)
    # Once more: what was left out may have been all that spoke for a count of both feet.
    columns, cadence_repairs = halve_doubled_cadence(columns, recording.sport)
    repairs.extend(cadence_repairs)
    _without_jumps(columns, recording.sport, repairs)
    _without_unknown_height(columns, repairs)
    if "distance_m" in columns:
        distance_m, distance_repairs = repair_device_distance(
            columns["time_s"], columns.pop("distance_m"), recording.sport
        )
        repairs.extend(distance_repairs)
        if distance_m is not None:
            columns["distance_m"] = distance_m
    return _without_empty(columns), base.start_moved_s, tuple(repairs)


def _without_jumps(columns: Columns, sport: Sport, repairs: list[str]) -> None:
    if "latitude_deg" not in columns:
        return
    latitude_deg, longitude_deg, dropped = drop_jumps(
        columns["time_s"],
        columns.pop("latitude_deg"),
        columns.pop("longitude_deg"),
        fastest_m_s=fastest_m_s(sport),
    )
    if track_length_m(latitude_deg, longitude_deg) > DISTANCE_M[1]:
        repairs.append("The positions are scattered over the globe and were left out")
        return
    columns["latitude_deg"], columns["longitude_deg"] = latitude_deg, longitude_deg
    if dropped:
        repairs.append(
            count_of(
                dropped,
                "position that jumped away and back was",
                "positions that jumped away and back were",
            )
            + " left out"
        )


def _without_unknown_height(columns: Columns, repairs: list[str]) -> None:
    if "altitude_m" not in columns:
        return
    columns["altitude_m"], dropped = drop_height_not_yet_known(columns["altitude_m"])
    if dropped:
        repairs.append(
            count_of(dropped, "altitude of 0 was", "altitudes of 0 were")
            + " left out because the height was not yet known"
        )


def _without_empty(columns: Columns) -> Columns:
    return {
        name: column
        for name, column in columns.items()
        if name == "time_s" or not np.isnan(column).all()
    }


def _choose_elapsed(recording: Recording, columns: Columns) -> float:
    sampled_s = float(columns["time_s"][-1]) if columns else 0.0
    has_own = is_within(recording.elapsed_s, (sampled_s, LONGEST_ACTIVITY_S))
    elapsed_s = max(sampled_s, recording.elapsed_s or 0.0) if has_own else sampled_s
    duration_s = recording.duration_s
    if duration_s is None or not 0.0 < duration_s <= LONGEST_ACTIVITY_S:
        return elapsed_s
    slack_frac = 1.0 if has_own else _SAMPLES_STOPPED_EARLY
    if elapsed_s == 0.0 or elapsed_s < duration_s <= _with_timer_slack(elapsed_s * slack_frac):
        return duration_s
    return elapsed_s


def _with_timer_slack(elapsed_s: float) -> float:
    return elapsed_s + max(_TIMER_SLACK_S, _TIMER_SLACK_FRAC * elapsed_s)


def _find_pauses(
    recording: Recording, columns: Columns, elapsed_s: float, start_moved_s: float
) -> tuple[tuple[Pause, ...], tuple[str, ...]]:
    recorded = merge_pauses(
        (
            Pause(start_s=pause.start_s - start_moved_s, end_s=pause.end_s - start_moved_s)
            for pause in recording.pauses
        ),
        elapsed_s=elapsed_s,
    )
    if not columns:
        return recorded, ()
    time_s = columns["time_s"]
    if not (time_s[0] > GAP_S or np.any(np.diff(time_s) > GAP_S)):
        return recorded, ()
    moved_m = moved_between_m(columns, use_positions=not _is_indoor(recording))
    first_m = float(np.nanmin(columns["distance_m"])) if "distance_m" in columns else 0.0
    silent = (*find_late_start(time_s, first_m), *find_timer_gaps(time_s, moved_m))
    pauses = merge_pauses((*recorded, *silent), elapsed_s=elapsed_s)
    added_s = total_pause_s(pauses) - total_pause_s(recorded)
    if added_s < GAP_S:
        return pauses, ()
    return pauses, (f"{added_s:.0f} s without samples were taken as pauses",)


def _with_distance(recording: Recording, columns: Columns, pauses: tuple[Pause, ...]) -> Columns:
    if "distance_m" in columns or "latitude_deg" not in columns or _is_indoor(recording):
        return columns
    distance_m = derive_distance(
        columns["time_s"], columns["latitude_deg"], columns["longitude_deg"], pauses
    )
    return columns if distance_m is None else {**columns, "distance_m": distance_m}


def _choose_duration(
    recording: Recording, columns: Columns, elapsed_s: float, pauses: tuple[Pause, ...]
) -> tuple[float, tuple[str, ...]]:
    running_s = max(elapsed_s - total_pause_s(pauses), 0.0)
    duration_s = recording.duration_s
    if duration_s is None:
        return running_s, ()
    moving_s = _moving_s(columns, pauses)
    if _TIMER_COVERS_FRAC * moving_s <= duration_s <= elapsed_s and duration_s > 0.0:
        return duration_s, ()
    if duration_s == running_s:
        return running_s, ()
    return running_s, (
        f"The timer said {duration_s:.0f} s, which does not fit the recording; "
        f"{running_s:.0f} s without pauses was used",
    )


def _moving_s(columns: Columns, pauses: tuple[Pause, ...]) -> float:
    """Return the time in motion between samples without a gap; 0 when nothing recorded motion."""
    if "distance_m" not in columns:
        return 0.0
    is_known = ~np.isnan(columns["distance_m"])
    time_s, distance_m = columns["time_s"][is_known], columns["distance_m"][is_known]
    spacing_s = np.diff(time_s)
    is_moving = (np.diff(distance_m) > STANDING_M_S * spacing_s) & (spacing_s <= GAP_S)
    return float((spacing_s - paused_between_s(time_s, pauses))[is_moving].sum())


def _choose_distance(
    recording: Recording, columns: Columns, elapsed_s: float
) -> tuple[float | None, tuple[str, ...]]:
    total_m = recording.distance_m
    if total_m is None or not 0.0 < total_m <= DISTANCE_M[1]:
        total_m = None
    if "distance_m" not in columns:
        return total_m, ()
    sampled_m = float(np.nanmax(columns["distance_m"]))
    if total_m is None:
        return sampled_m, ()
    covers_enough = float(columns["time_s"][-1]) >= _COVERS_ENOUGH_FRAC * elapsed_s
    slack_m = max(_DISTANCE_AGREES_M, _DISTANCE_AGREES_FRAC * sampled_m)
    if abs(total_m - sampled_m) <= slack_m or not covers_enough:
        return total_m, ()
    return sampled_m, (
        f"The file's total of {total_m / 1000.0:.2f} km does not fit its samples; "
        f"their {sampled_m / 1000.0:.2f} km was used",
    )


def _choose_climb(recording: Recording, columns: Columns) -> tuple[float | None, float | None]:
    ascent_m, descent_m = (
        total if is_within(total, CLIMB_M) else None
        for total in (recording.ascent_m, recording.descent_m)
    )
    if (ascent_m is None or descent_m is None) and "altitude_m" in columns:
        sampled_ascent_m, sampled_descent_m = compute_climb(columns["altitude_m"])
        ascent_m = sampled_ascent_m if ascent_m is None else ascent_m
        descent_m = sampled_descent_m if descent_m is None else descent_m
    return ascent_m, descent_m


def _choose_heart_rate(recording: Recording, columns: Columns) -> float | None:
    if is_within(recording.heart_rate_mean_bpm, HEART_RATE_BPM):
        return recording.heart_rate_mean_bpm
    if "heart_rate_bpm" not in columns:
        return None
    return mean_over_time(columns["time_s"], columns["heart_rate_bpm"])


def _choose_steps(recording: Recording, elapsed_s: float) -> tuple[int | None, tuple[str, ...]]:
    steps = recording.steps_counted
    if steps is None or steps == 0:
        return None, ()
    if elapsed_s <= 0.0 or 0 < steps <= CADENCE_SPM[1] * elapsed_s / 60.0:
        return (steps, ()) if steps > 0 else (None, ())
    return None, (f"A count of {steps} steps is impossible in that time and was left out",)


def _choose_utc_offset(recording: Recording) -> int | None:
    offset_s = recording.utc_offset_s
    if offset_s is None or not _UTC_OFFSET_S[0] <= offset_s <= _UTC_OFFSET_S[1]:
        return None
    return offset_s


def _moved_start(recording: Recording, start_moved_s: float) -> datetime:
    try:
        return recording.started_at + timedelta(seconds=start_moved_s)
    except OverflowError as error:
        raise InputError(
            f"The samples lie {start_moved_s:.0f} s from the start, beyond any calendar.",
            hint="The dates in this file are damaged; export it again from your account.",
        ) from error


def _clean_laps(laps: Iterable[Lap], elapsed_s: float, start_moved_s: float) -> Iterable[Lap]:
    for lap in laps:
        start_s, end_s = lap.start_s - start_moved_s, lap.end_s - start_moved_s
        if not (isfinite(start_s) and isfinite(end_s)):
            continue
        start_s, end_s = max(start_s, 0.0), min(end_s, elapsed_s)
        if start_s < end_s:
            distance_m = lap.distance_m if is_within(lap.distance_m, DISTANCE_M) else None
            yield replace(lap, start_s=start_s, end_s=end_s, distance_m=distance_m)
