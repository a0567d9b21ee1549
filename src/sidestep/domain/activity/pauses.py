"""Stretches in which the watch was stopped or recorded nothing, and time without them."""

from collections.abc import Iterable
from math import isfinite

import numpy as np

from sidestep.domain.activity.recording import Column, Pause

# Watches that record only when something changes leave up to about ten seconds between samples.
GAP_S = 30.0
# Some devices sample once a minute: only what is long against the usual spacing is a gap.
_GAP_AGAINST_USUAL_SPACING = 5.0
# Slower than this across a gap, the person stood still and the watch was stopped.
STANDING_M_S = 0.5
# A tunnel or a wood lasts minutes; after a longer silence the watch had been stopped, and where
# the person was carried meanwhile is not known.
LONGEST_BRIDGED_GAP_S = 300.0


def gap_limit_s(time_s: Column) -> float:
    """Return the spacing beyond which two successive samples have a gap between them.

    Parameters
    ----------
    time_s
        Shape (n,), seconds, strictly increasing.
    """
    if len(time_s) < 2:
        return GAP_S
    return max(GAP_S, _GAP_AGAINST_USUAL_SPACING * float(np.median(np.diff(time_s))))


def find_timer_gaps(time_s: Column, moved_m: Column | None) -> tuple[Pause, ...]:
    """Find gaps between samples in which the watch was stopped.

    Parameters
    ----------
    time_s
        Shape (n,), seconds, strictly increasing.
    moved_m
        Shape (n - 1,), metres between successive samples; ``None`` when nothing recorded
        movement, and every gap is a pause.
    """
    spacing_s = np.diff(time_s)
    gaps = np.flatnonzero(spacing_s > GAP_S)
    if not len(gaps):
        return ()
    limit_s = gap_limit_s(time_s)
    is_pause = spacing_s[gaps] > limit_s
    if moved_m is not None:
        is_pause &= (moved_m[gaps] < STANDING_M_S * spacing_s[gaps]) | (
            spacing_s[gaps] > max(limit_s, LONGEST_BRIDGED_GAP_S)
        )
    return tuple(
        Pause(start_s=float(time_s[gap]), end_s=float(time_s[gap + 1])) for gap in gaps[is_pause]
    )


def find_late_start(time_s: Column, first_distance_m: float) -> tuple[Pause, ...]:
    """Find the silence between the start and the first sample, if the watch was not running yet.

    Parameters
    ----------
    time_s
        Shape (n,), n > 0, seconds, strictly increasing.
    first_distance_m
        What had been covered by the first sample that knows; 0 when none does.
    """
    silent_s = float(time_s[0])
    if silent_s <= gap_limit_s(time_s) or first_distance_m >= STANDING_M_S * silent_s:
        return ()
    return (Pause(start_s=0.0, end_s=silent_s),)


def merge_pauses(pauses: Iterable[Pause], *, elapsed_s: float) -> tuple[Pause, ...]:
    """Return pauses within the activity, in order, overlapping ones joined."""
    merged: list[Pause] = []
    for pause in sorted(_within(pauses, elapsed_s), key=lambda each: each.start_s):
        if merged and pause.start_s <= merged[-1].end_s:
            end_s = max(merged[-1].end_s, pause.end_s)
            merged[-1] = Pause(start_s=merged[-1].start_s, end_s=end_s)
        else:
            merged.append(pause)
    return tuple(merged)


def _within(pauses: Iterable[Pause], elapsed_s: float) -> Iterable[Pause]:
    for pause in pauses:
        if not (isfinite(pause.start_s) and isfinite(pause.end_s)):
            continue
        start_s, end_s = max(pause.start_s, 0.0), min(pause.end_s, elapsed_s)
        if start_s < end_s:
            yield Pause(start_s=start_s, end_s=end_s)


def total_pause_s(pauses: Iterable[Pause]) -> float:
    """Return the time paused, for pauses that do not overlap."""
    return sum(pause.end_s - pause.start_s for pause in pauses)


def paused_between_s(time_s: Column, pauses: tuple[Pause, ...]) -> Column:
    """Return the paused time between successive instants.

    Parameters
    ----------
    time_s
        Shape (n,), seconds, increasing.
    pauses
        In order, not overlapping.

    Returns
    -------
    Shape (n - 1,), seconds.
    """
    if not pauses:
        return np.zeros(max(len(time_s) - 1, 0))
    edges = np.array([edge for pause in pauses for edge in (pause.start_s, pause.end_s)])
    lengths = edges[1::2] - edges[::2]
    paused_until = np.zeros(len(edges))
    paused_until[1::2] = np.cumsum(lengths)
    paused_until[2::2] = paused_until[1:-1:2]
    return np.diff(np.interp(time_s, edges, paused_until))
