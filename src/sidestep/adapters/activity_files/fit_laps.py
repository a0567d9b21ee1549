"""Laps and pauses of a FIT file, cut to one session."""

from math import inf

from sidestep.adapters.activity_files.fit_messages import FitMessages, Message, number
from sidestep.domain.activity.recording import Lap, Pause, StepLap

_TIMER_EVENT = 0
_TIMER_STARTS = 0
_TIMER_STOPS = frozenset({1, 4, 8, 9})
_LARGEST_INDEX = 0xFFFE
_MESSAGE_NUMBER = 0x0FFF
"""The part of an index that counts messages; the bits above it are marks of the device."""


def read_laps(part: FitMessages, start: float, end: float) -> tuple[Lap, ...]:
    """Return the laps that begin between two instants, in Unix seconds."""
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
        laps.append(
            Lap(
                start_s=begins - start,
                end_s=ends - start,
                distance_m=distance_m,
                of_workout=_of_workout(message, ends - begins),
            )
        )
    return tuple(laps)


def _of_workout(lap: Message, elapsed_s: float) -> StepLap | None:
    step, timer_s = number(lap, "wkt_step_index"), number(lap, "total_timer_time")
    if step is None or not 0 <= step <= _LARGEST_INDEX:
        return None
    return StepLap(
        step=int(step) & _MESSAGE_NUMBER,
        duration_s=timer_s if timer_s is not None and 0 <= timer_s < inf else elapsed_s,
    )


def read_pauses(part: FitMessages, start: float, end: float) -> tuple[Pause, ...]:
    """Return the stretches between two instants in which the timer stood still."""
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
