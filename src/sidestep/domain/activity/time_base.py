"""One time base for all samples: in order, one sample per instant, from the start on.

Only order and instants are judged here; values are judged in ``plausibility``.
"""

from dataclasses import dataclass

import numpy as np

from sidestep.domain.activity.recording import Column
from sidestep.domain.vocabulary.counts import count_of

# A watch can lie on pause for a month before it is stopped; wrong clocks are wrong by years.
LONGEST_ACTIVITY_S = 60 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBase:
    """Columns on one clock.

    Attributes
    ----------
    columns
        Arrays of shape (n,) by name; ``time_s`` is strictly increasing within
        0 to ``LONGEST_ACTIVITY_S``.
    start_moved_s
        By how much the start had to move because the samples contradict it; 0 nearly always.
    """

    columns: dict[str, Column]
    start_moved_s: float
    repairs: tuple[str, ...]


def put_on_one_clock(columns: dict[str, Column]) -> TimeBase:
    """Sort samples by time, merge those of one instant and drop those outside the activity.

    Samples of one instant are merged column by column: the last value recorded wins. When most
    samples lie outside the activity, the start is wrong, and moves to where most of them begin.
    """
    time_s = columns["time_s"]
    if _is_in_order(time_s):
        return TimeBase(columns=columns, start_moved_s=0.0, repairs=())
    repairs: list[str] = []
    columns = _drop_samples_without_time(columns, repairs)
    columns = _sort(columns, repairs)
    columns, start_moved_s = _keep_within_activity(columns, repairs)
    columns = _merge_equal_times(columns, repairs)
    return TimeBase(columns=columns, start_moved_s=start_moved_s, repairs=tuple(repairs))


def _is_in_order(time_s: Column) -> bool:
    if not len(time_s):
        return True
    # NaN fails every comparison, so this also proves that all times are numbers.
    return bool(
        time_s[0] >= 0.0 and time_s[-1] <= LONGEST_ACTIVITY_S and np.all(time_s[1:] > time_s[:-1])
    )


def _drop_samples_without_time(columns: dict[str, Column], repairs: list[str]) -> dict[str, Column]:
    has_time = np.isfinite(columns["time_s"])
    missing = len(has_time) - int(np.count_nonzero(has_time))
    if not missing:
        return columns
    repairs.append(
        count_of(missing, "sample without a time was", "samples without a time were") + " left out"
    )
    return {name: column[has_time] for name, column in columns.items()}


def _sort(columns: dict[str, Column], repairs: list[str]) -> dict[str, Column]:
    time_s = columns["time_s"]
    backwards = int(np.count_nonzero(time_s[1:] < time_s[:-1]))
    if not backwards:
        return columns
    repairs.append(
        count_of(
            backwards,
            "sample with a clock running backwards was",
            "samples with a clock running backwards were",
        )
        + " put in order"
    )
    order = np.argsort(time_s, kind="stable")
    return {name: column[order] for name, column in columns.items()}


def _keep_within_activity(
    columns: dict[str, Column], repairs: list[str]
) -> tuple[dict[str, Column], float]:
    time_s = columns["time_s"]
    n = len(time_s)
    first, last = np.searchsorted(time_s, [0.0, np.nextafter(LONGEST_ACTIVITY_S, np.inf)])
    if last - first == n:
        return columns, 0.0
    start_moved_s = 0.0
    if 2 * (last - first) < n:
        ends = np.searchsorted(time_s, time_s + LONGEST_ACTIVITY_S, side="right")
        first = int(np.argmax(ends - np.arange(n)))
        last = int(ends[first])
        start_moved_s = float(time_s[first])
        repairs.append("The start did not fit the samples and was moved to the first of them")
    dropped = n - int(last - first)
    if dropped:
        repairs.append(
            count_of(
                dropped,
                "sample from before the start or with an absurd date was",
                "samples from before the start or with absurd dates were",
            )
            + " dropped"
        )
    kept = {name: column[first:last] for name, column in columns.items()}
    if start_moved_s:
        # A huge offset can round a sample just past the limit.
        kept["time_s"] = np.minimum(kept["time_s"] - start_moved_s, LONGEST_ACTIVITY_S)
    return kept, start_moved_s


def _merge_equal_times(columns: dict[str, Column], repairs: list[str]) -> dict[str, Column]:
    time_s = columns["time_s"]
    n = len(time_s)
    if not n:
        return columns
    is_first = np.concatenate(([True], time_s[1:] > time_s[:-1]))
    starts = np.flatnonzero(is_first)
    if len(starts) == n:
        return columns
    repairs.append(
        count_of(
            n - len(starts),
            "sample shared a time with another and was",
            "samples shared a time with another and were",
        )
        + " merged"
    )
    merged = {name: _last_value(column, starts) for name, column in columns.items()}
    return {**merged, "time_s": time_s[starts]}


def _last_value(column: Column, starts: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Column:
    position = np.where(np.isnan(column), -1, np.arange(len(column)))
    last = np.maximum.reduceat(position, starts)
    return np.where(last >= 0, column[last], np.nan)
