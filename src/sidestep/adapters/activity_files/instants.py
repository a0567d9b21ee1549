"""Which instants of a file can be true; ordering and gaps belong to the domain's cleaning."""

from collections.abc import Iterable, Mapping

import numpy as np

from sidestep.domain.activity.recording import Column, Recording

EARLIEST_UNIX_S = 899_501_056.0
"""1998-07-03: FIT keeps smaller numbers for "seconds since power-on" of a clock never set, and
no watch recorded files before."""

LATEST_UNIX_S = 4_102_444_800.0
"""2100-01-01: later dates are damage."""

_LONGEST_SILENCE_S = 3_600.0


def is_plausible_instant(unix_s: float | None) -> bool:
    """Whether an instant can be that of a recording."""
    return unix_s is not None and EARLIEST_UNIX_S <= unix_s <= LATEST_UNIX_S


def drop_undated(records: Mapping[str, Column]) -> tuple[dict[str, Column], list[str]]:
    """Leave out records without a usable ``timestamp``: nothing can place them in time."""
    times = records.get("timestamp")
    if times is None:
        lost = max((len(column) for column in records.values()), default=0)
        return {}, [_note(lost)] if lost else []
    is_dated = (times >= EARLIEST_UNIX_S) & (times <= LATEST_UNIX_S)
    if bool(is_dated.all()):
        return dict(records), []
    kept = {name: column[is_dated] for name, column in records.items()}
    return kept, [_note(int(np.count_nonzero(~is_dated)))]


def _note(lost: int) -> str:
    return f"{lost:,} samples without a usable time were left out"


def recorded_s(recordings: Iterable[Recording]) -> float:
    """Return the seconds that samples cover, summed over recordings.

    A silence of more than an hour does not count: it may lie between the samples and one whose
    damaged time is years away.
    """
    total_s = 0.0
    for recording in recordings:
        if recording.streams is not None:
            spacing_s = np.diff(np.sort(recording.streams.time_s))
            total_s += float(spacing_s[spacing_s <= _LONGEST_SILENCE_S].sum())
    return total_s
