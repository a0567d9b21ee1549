"""What looks wrong in an activity without being certain: asked about before it is counted.

Only instruments and clocks are doubted here; how a run compares with earlier ones is ``load``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.activity.pauses import paused_between_s
from sidestep.domain.activity.plausibility import FASTEST_ON_FOOT_M_S, FOOT_SPORTS
from sidestep.domain.activity.recording import Activity, Column
from sidestep.domain.activity.summary import Oddity
from sidestep.domain.vocabulary.days import day_in_words

# Mean speeds of the men's world records from 100 m to 100 km (100 m in 9.58 s, 400 m in 43.03 s,
# 1,500 m in 3:26.00, 5,000 m in 12:35.36, 10,000 m in 26:11.00, marathon in 2:00:35, 100 km in
# 6:05:35): whoever looks faster was driven, rode a bicycle or has a broken track.
_RECORD_DISTANCES_M = (100.0, 400.0, 1_500.0, 5_000.0, 10_000.0, 42_195.0, 100_000.0)
_RECORD_SPEEDS_M_S = (10.44, 9.30, 7.28, 6.62, 6.36, 5.83, 4.56)
# Records fall and tracks are a little long.
_RECORD_SLACK_FRAC = 1.03

# Nobody holds this for five minutes: the 2,000 m world record (4:43) is run at 7.06 m/s.
_SUSTAINED_WINDOW_S = 300.0
_SUSTAINED_M_S = 7.3

# A lost signal often comes back a little off; a jump matters once it is a real part of the run.
_JUMP_FRAC = 0.1
_JUMP_M = 300.0

# One day: longer races exist, forgotten watches are far more common.
_LONG_S = 86_400.0
# More than the record for 24 hours (319.6 km).
_FAR_M = 330_000.0
# The first watches with satellite reception for runners are of 2003; earlier dates (1970, 1980,
# 1989) are the zero of a clock that was never set, and far ones are damaged.
_YEARS = (2000, 2100)


def find_oddities(activity: Activity) -> tuple[Oddity, ...]:
    """Find what should be asked about before an activity is counted; empty for nearly all.

    Speeds and distances are doubted only for running, walking and hiking.
    """
    return tuple(_find(activity))


def _find(activity: Activity) -> Iterator[Oddity]:
    yield from _unset_clock(activity)
    yield from _too_long(activity)
    if activity.sport in FOOT_SPORTS and activity.distance_m is not None:
        yield from _distance(activity, activity.distance_m)


def _unset_clock(activity: Activity) -> Iterator[Oddity]:
    started_at = activity.started_at
    if not _YEARS[0] <= started_at.year < _YEARS[1]:
        yield Oddity(
            code="unset_clock",
            message=f"The watch says {day_in_words(started_at)}, so its "
            "clock was probably not set. Do you know when this really was?",
        )


def _too_long(activity: Activity) -> Iterator[Oddity]:
    if activity.duration_s > _LONG_S:
        yield Oddity(
            code="longer_than_a_day",
            message=f"This lasted {activity.duration_s / 3600.0:.0f} hours. "
            "Did the watch keep running after you had finished?",
        )


def _distance(activity: Activity, distance_m: float) -> Iterator[Oddity]:
    if activity.duration_s <= 0.0:
        yield Oddity(
            code="distance_without_time",
            message=f"There are {_km(distance_m)} but no time. Is the distance right?",
        )
        return
    if distance_m > _FAR_M:
        yield Oddity(
            code="too_far",
            message=f"{_km(distance_m)} is farther than anyone has run in a day. "
            "Is the distance right?",
        )
    if distance_m / activity.duration_s > _RECORD_SLACK_FRAC * _record_speed_m_s(distance_m):
        yield Oddity(
            code="faster_than_anyone",
            message=f"{_km(distance_m)} in {_time(activity.duration_s)} is faster than anyone "
            "runs. Was part of it a drive or a ride?",
        )
    yield from _doubtful_stretches(activity, distance_m)


def _record_speed_m_s(distance_m: float) -> float:
    return float(
        np.interp(np.log(max(distance_m, 1.0)), np.log(_RECORD_DISTANCES_M), _RECORD_SPEEDS_M_S)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Track:
    """Successive stretches of known distance, pauses taken out of the time."""

    seconds: Column
    metres: Column

    def without(self, is_left_out: NDArray[np.bool_]) -> "_Track":
        return _Track(seconds=self.seconds, metres=np.where(is_left_out, 0.0, self.metres))


def _doubtful_stretches(activity: Activity, distance_m: float) -> Iterator[Oddity]:
    track = _track(activity)
    if track is None:
        return
    is_jump = track.metres > np.maximum(FASTEST_ON_FOOT_M_S * track.seconds, _JUMP_M)
    jump_m = float(track.metres[is_jump].sum())
    if jump_m > _JUMP_FRAC * distance_m:
        yield Oddity(
            code="position_jump",
            message=f"{_km(jump_m)} of the {_km(distance_m)} come from a jump between two "
            "positions. Did the watch lose its signal, or were you carried?",
        )
    too_fast_s = _too_fast_s(track.without(is_jump))
    if too_fast_s > 0.0:
        yield Oddity(
            code="too_fast_for_long",
            message=f"For about {_time(too_fast_s)} you moved faster than anyone runs. "
            "Was that a drive or a ride?",
        )


def _track(activity: Activity) -> _Track | None:
    streams = activity.streams
    if streams is None or streams.distance_m is None:
        return None
    is_known = ~np.isnan(streams.distance_m)
    time_s, distance_m = streams.time_s[is_known], streams.distance_m[is_known]
    seconds = np.diff(time_s) - paused_between_s(time_s, activity.pauses)
    return _Track(seconds=seconds, metres=np.diff(distance_m))


def _too_fast_s(track: _Track) -> float:
    """Return the time covered by five-minute windows faster than anyone can run."""
    time_s = np.concatenate(([0.0], np.cumsum(track.seconds)))
    total_m = np.concatenate(([0.0], np.cumsum(track.metres)))
    starts_s = time_s[time_s <= time_s[-1] - _SUSTAINED_WINDOW_S]
    if not len(starts_s):
        return 0.0
    covered_m = np.interp(starts_s + _SUSTAINED_WINDOW_S, time_s, total_m) - np.interp(
        starts_s, time_s, total_m
    )
    fast_starts_s = starts_s[covered_m > _SUSTAINED_M_S * _SUSTAINED_WINDOW_S]
    if not len(fast_starts_s):
        return 0.0
    # Windows overlap: each adds only what the one before did not cover.
    added_s = np.minimum(np.diff(fast_starts_s), _SUSTAINED_WINDOW_S)
    return float(added_s.sum()) + _SUSTAINED_WINDOW_S


def _km(distance_m: float) -> str:
    return f"{distance_m / 1000.0:.1f} km"


def _time(duration_s: float) -> str:
    minutes = round(duration_s / 60.0)
    if minutes < 1:
        return f"{duration_s:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02d} min"
