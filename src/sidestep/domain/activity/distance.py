"""How far it was: the device's own count repaired, or lengths between fixes; nothing invented."""

import numpy as np

from sidestep.domain.activity.pauses import paused_between_s
from sidestep.domain.activity.plausibility import fastest_m_s
from sidestep.domain.activity.positions import every_other_of_each_row, find_fixes, haversine_m
from sidestep.domain.activity.recording import Column, Pause
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.sport import Sport

# A counter that falls below half of what it showed has started again from nothing.
_RESTART_FRAC = 0.5
# A pass takes out one value of each row of wrong ones. A row longer than this is held instead: a
# counter that runs backwards from end to end would need as many passes as it has samples.
_MOST_PASSES = 32
# A first sample may come late; a counter further ahead than this was not set to zero.
_HEAD_START_SLACK_M = 100.0


def repair_device_distance(
    time_s: Column, distance_m: Column, sport: Sport
) -> tuple[Column | None, tuple[str, ...]]:
    """Make the device's cumulative distance start near zero and never decrease.

    Single values out of line with both neighbours are taken out, a counter that starts again
    (after a pause, in a joined file) is carried on, and small steps back are held.

    Parameters
    ----------
    time_s, distance_m
        Shape (n,), seconds and metres; NaN where the device gave no distance.

    Returns
    -------
    distance_m
        Shape (n,), never decreasing, NaN where unknown; ``None`` when it never rises.
    repairs
        What was changed, in words.
    """
    known = np.flatnonzero(~np.isnan(distance_m))
    if len(known) < 2:
        return None, ()
    repairs: list[str] = []
    values = distance_m[known]
    if np.any(values[1:] < values[:-1]):
        known, values = _drop_outliers(known, values, repairs)
        values = _carry_on(values, repairs)
    values = _from_zero(time_s[known], values, sport, repairs)
    if values[-1] <= values[0]:
        return None, tuple(repairs)
    if not repairs:
        return distance_m, ()
    repaired = np.full(len(distance_m), np.nan)
    repaired[known] = values
    return repaired, tuple(repairs)


def _drop_outliers(
    known: np.ndarray[tuple[int], np.dtype[np.intp]], values: Column, repairs: list[str]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Column]:
    before = len(values)
    for _ in range(_MOST_PASSES):
        if len(values) < 3:
            break
        left, middle, right = values[:-2], values[1:-1], values[2:]
        is_outlier = np.zeros(len(values), dtype=np.bool_)
        is_outlier[1:-1] = (left <= right) & ((middle < left) | (middle > right))
        if not is_outlier.any():
            break
        is_kept = ~every_other_of_each_row(is_outlier)
        known, values = known[is_kept], values[is_kept]
    if len(values) < before:
        repairs.append(
            count_of(before - len(values), "distance out of line was", "distances out of line were")
            + " left out"
        )
    return known, values


def _carry_on(values: Column, repairs: list[str]) -> Column:
    is_restart = values[1:] < _RESTART_FRAC * values[:-1]
    restarts = int(np.count_nonzero(is_restart))
    if restarts:
        repairs.append(
            count_of(restarts, "new start of the distance was", "new starts of the distance were")
            + " joined on"
        )
        carried = np.concatenate(([0.0], np.cumsum(np.where(is_restart, values[:-1], 0.0))))
        values = values + carried
    held: Column = np.maximum.accumulate(values)
    steps_back = int(np.count_nonzero(held > values))
    if steps_back:
        repairs.append(
            count_of(
                steps_back,
                "distance smaller than an earlier one was",
                "distances smaller than an earlier one were",
            )
            + " raised to it"
        )
    return held


def _from_zero(time_s: Column, values: Column, sport: Sport, repairs: list[str]) -> Column:
    if values[0] <= fastest_m_s(sport) * time_s[0] + _HEAD_START_SLACK_M:
        return values
    repairs.append(f"The distance began at {values[0] / 1000.0:.1f} km and was set to zero")
    rebased: Column = values - values[0]
    return rebased


def derive_distance(
    time_s: Column, latitude_deg: Column, longitude_deg: Column, pauses: tuple[Pause, ...]
) -> Column | None:
    """Add up the lengths between fixes, without what was covered while the watch was stopped.

    Parameters
    ----------
    time_s, latitude_deg, longitude_deg
        Shape (n,), seconds and degrees; NaN where there is no fix.

    Returns
    -------
    Shape (n,), metres, never decreasing, NaN where there is no fix; ``None`` with fewer than two
    fixes or without movement.
    """
    fixes = find_fixes(latitude_deg, longitude_deg)
    if len(fixes) < 2:
        return None
    lengths_m = haversine_m(latitude_deg[fixes], longitude_deg[fixes])
    if pauses:
        fix_time_s = time_s[fixes]
        was_stopped = 2.0 * paused_between_s(fix_time_s, pauses) > np.diff(fix_time_s)
        lengths_m = np.where(was_stopped, 0.0, lengths_m)
    total_m = np.concatenate(([0.0], np.cumsum(lengths_m)))
    if total_m[-1] <= 0.0:
        return None
    distance_m = np.full(len(time_s), np.nan)
    distance_m[fixes] = total_m
    return distance_m


def moved_between_m(columns: dict[str, Column], *, use_positions: bool) -> Column | None:
    """Return how far the person got between successive samples, by whatever recorded it.

    Parameters
    ----------
    columns
        By the names of ``Streams``; shape (n,), ``time_s`` strictly increasing.
    use_positions
        False indoors, where fixes are noise.

    Returns
    -------
    Shape (n - 1,), metres, the larger of what positions and the device's count say; ``None``
    when neither says anything.
    """
    time_s = columns["time_s"]
    moved: Column | None = None
    distance_m = columns.get("distance_m")
    if distance_m is not None:
        moved = _spread(time_s, np.flatnonzero(~np.isnan(distance_m)), distance_m)
    if use_positions and "latitude_deg" in columns:
        latitude_deg, longitude_deg = columns["latitude_deg"], columns["longitude_deg"]
        track_m = derive_distance(time_s, latitude_deg, longitude_deg, ())
        if track_m is not None:
            track_moved = _spread(time_s, find_fixes(latitude_deg, longitude_deg), track_m)
            moved = track_moved if moved is None else np.maximum(moved, track_moved)
    return moved


def _spread(
    time_s: Column, known: np.ndarray[tuple[int], np.dtype[np.intp]], total_m: Column
) -> Column:
    return np.diff(np.interp(time_s, time_s[known], total_m[known]))
