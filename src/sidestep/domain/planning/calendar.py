"""On which days the runs fall: every choice is looked at, the best one taken, always the same."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from itertools import combinations, pairwise

from sidestep.domain.planning.days import Room
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import PastRun
from sidestep.domain.planning.running import RunningPlan, longest_before, round_down_km
from sidestep.domain.planning.week import Why
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRun:
    """One run on its day, and what decided its length."""

    on: date
    distance_km: float
    why: Why


Rank = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Yardstick:
    """What every choice of days is measured by: looked up once, used for each.

    ``longest_km`` is the longest past run that still counts on a day, ``None`` without one.
    """

    plan: RunningPlan
    longest_km: Mapping[date, float | None]
    cap_ratio: float
    shortest_km: float
    pace_min_per_km: float


def place_runs(
    plan: RunningPlan,
    rooms: Sequence[Room],
    past_runs: Sequence[PastRun],
    rules: Rules,
    *,
    pace_min_per_km: float,
    long_run_on: int | None,
) -> tuple[PlacedRun, ...]:
    """Return the runs of the week by day, none when not one fits.

    The most kilometres within the plan win, so that more room or a better knee never gives less;
    then the wished day of the long run, days between runs, even gaps, and the earlier days.
    At least one day that has room for side work and one day of rest stay free of running.
    """
    window_days = rules.count("spike_window_days")
    yardstick = _Yardstick(
        plan=plan,
        longest_km={room.on: longest_before(room.on, past_runs, window_days) for room in rooms},
        cap_ratio=rules.number("next_run_cap_ratio"),
        shortest_km=rules.number("shortest_run_km"),
        pace_min_per_km=pace_min_per_km,
    )
    best: tuple[Rank, tuple[_Length, ...]] | None = None
    for days, long_on in _choices(plan, rooms, past_runs, rules):
        # Most runs come first: what cannot reach the best total any more is not measured.
        if best is not None and _most_km(plan, len(days)) < best[0][0]:
            break
        lengths = _measure(yardstick, days, long_on)
        if lengths is None:
            continue
        rank = _rank(lengths, long_on, long_run_on)
        if best is None or rank > best[0]:
            best = rank, lengths
    return () if best is None else tuple(_placed(each, yardstick, rules) for each in best[1])


def _choices(
    plan: RunningPlan, rooms: Sequence[Room], past_runs: Sequence[PastRun], rules: Rules
) -> Iterator[tuple[tuple[Room, ...], date]]:
    candidates = [
        room
        for room in rooms
        if room.takes_run and not _is_too_close(room.on, past_runs, plan.days_between)
    ]
    most = min(plan.runs, DAYS_PER_WEEK - 1 - rules.count("rest_days_min"))
    has_long_run = plan.long_km > plan.easy_km
    for count in range(most, 0, -1):
        for days in combinations(candidates, count):
            if _keeps_apart(days, plan.days_between) and _leaves_side_work(days, rooms):
                for room in days if has_long_run else days[-1:]:
                    yield days, room.on


def _most_km(plan: RunningPlan, runs: int) -> float:
    return round(round_down_km(plan.long_km) + (runs - 1) * round_down_km(plan.easy_km), 1)


def _is_too_close(day: date, past_runs: Sequence[PastRun], days_between: int) -> bool:
    return any((day - run.on).days <= days_between for run in past_runs)


def _keeps_apart(days: Sequence[Room], days_between: int) -> bool:
    return all((later.on - earlier.on).days > days_between for earlier, later in pairwise(days))


def _leaves_side_work(days: Sequence[Room], rooms: Sequence[Room]) -> bool:
    return any(room.takes_side_work and room not in days for room in rooms)


class _Bound(Enum):
    """What decided the length of a run."""

    PLAN = auto()
    CAP = auto()
    MINUTES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Length:
    """A run's length on a day, before it is put into words."""

    room: Room
    distance_km: float
    cap_km: float
    is_long: bool
    bound: _Bound

    @property
    def on(self) -> date:
        return self.room.on


def _measure(
    yardstick: _Yardstick, days: Sequence[Room], long_on: date
) -> tuple[_Length, ...] | None:
    """Give each run its length in the order of the days; the cap counts the runs placed before."""
    placed_km = 0.0
    lengths = []
    for room in days:
        length = _measure_one(yardstick, room, room.on == long_on, placed_km)
        if length is None:
            return None
        lengths.append(length)
        placed_km = max(placed_km, length.distance_km)
    return tuple(lengths)


def _measure_one(
    yardstick: _Yardstick, room: Room, is_long: bool, placed_km: float
) -> _Length | None:
    plan = yardstick.plan
    longest_km = max(yardstick.longest_km[room.on] or 0.0, placed_km)
    cap_km = longest_km * yardstick.cap_ratio
    if plan.is_walk_run and not longest_km:
        cap_km = math.inf
    fits_km = room.run_minutes / yardstick.pace_min_per_km
    wished_km = plan.long_km if is_long else plan.easy_km
    distance_km, bound = min(
        (wished_km, _Bound.PLAN),
        (cap_km, _Bound.CAP),
        (fits_km, _Bound.MINUTES),
        key=lambda each: each[0],
    )
    distance_km = round_down_km(distance_km)
    if distance_km < yardstick.shortest_km:
        return None
    return _Length(room=room, distance_km=distance_km, cap_km=cap_km, is_long=is_long, bound=bound)


def _placed(length: _Length, yardstick: _Yardstick, rules: Rules) -> PlacedRun:
    plan = yardstick.plan
    why = plan.long_why if length.is_long else plan.easy_why
    if length.bound is _Bound.CAP:
        longest_km = length.cap_km / yardstick.cap_ratio
        why = rules.why("next_run_cap_ratio", cap_km=length.cap_km, longest_km=longest_km)
    if length.bound is _Bound.MINUTES:
        why = rules.why("minutes_for_run", minutes=length.room.minutes)
    return PlacedRun(on=length.on, distance_km=length.distance_km, why=why)


def _rank(placed: Sequence[_Length], long_on: date, long_run_on: int | None) -> Rank:
    days = [run.on for run in placed]
    total_km = round(sum(run.distance_km for run in placed), 1)
    is_wished = long_on.weekday() == long_run_on if long_run_on is not None else False
    in_a_row = sum((b - a).days == 1 for a, b in pairwise(days))
    gaps = [(b - a).days for a, b in pairwise(days)]
    gaps.append((days[0] + timedelta(days=DAYS_PER_WEEK) - days[-1]).days)
    earliness = tuple(-float(day.toordinal()) for day in days)
    return (
        total_km,
        float(is_wished),
        -float(in_a_row),
        -float(sum(gap * gap for gap in gaps)),
        float(long_on.toordinal()),
        *earliness,
    )
