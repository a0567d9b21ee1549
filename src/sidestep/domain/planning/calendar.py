"""On which days the runs fall: every choice is looked at, the best one taken, always the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from sidestep.domain.planning.days import DAYS_IN_WEEK, Room
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import PastRun
from sidestep.domain.planning.running import RunningPlan, cap_on, round_down_km
from sidestep.domain.planning.week import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRun:
    """One run on its day, and what decided its length."""

    on: date
    distance_km: float
    why: Why


Rank = tuple[float, ...]


def place_runs(
    plan: RunningPlan,
    rooms: Sequence[Room],
    past_runs: Sequence[PastRun],
    rules: Rules,
    *,
    pace_min_per_km: float,
    long_run_on: int | None,
) -> tuple[PlacedRun, ...] | None:
    """Return the runs of the week by day, ``None`` when not one fits.

    The most kilometres within the plan win, so that more room or a better knee never gives less;
    then the wished day of the long run, days between runs, even gaps, and the earlier days.
    At least one day that has room for side work and one day of rest stay free of running.
    """
    best: tuple[Rank, tuple[PlacedRun, ...]] | None = None
    for days, long_on in _choices(plan, rooms, past_runs, rules):
        placed = _measure(plan, days, long_on, past_runs, rules, pace_min_per_km)
        if placed is None:
            continue
        rank = _rank(placed, long_on, long_run_on)
        if best is None or rank > best[0]:
            best = rank, placed
    return None if best is None else best[1]


def _choices(
    plan: RunningPlan, rooms: Sequence[Room], past_runs: Sequence[PastRun], rules: Rules
) -> Iterator[tuple[tuple[Room, ...], date]]:
    candidates = [
        room
        for room in rooms
        if room.takes_run and not _is_too_close(room.on, past_runs, plan.days_between)
    ]
    most = min(plan.runs, DAYS_IN_WEEK - 1 - rules.count("rest_days_min"))
    for count in range(1, most + 1):
        for days in combinations(candidates, count):
            if _keeps_apart(days, plan.days_between) and _leaves_side_work(days, rooms):
                yield from ((days, room.on) for room in days)


def _is_too_close(day: date, past_runs: Sequence[PastRun], days_between: int) -> bool:
    return any((day - run.on).days <= days_between for run in past_runs)


def _keeps_apart(days: Sequence[Room], days_between: int) -> bool:
    return all(
        (later.on - earlier.on).days > days_between
        for earlier, later in pairwise(days)
    )


def _leaves_side_work(days: Sequence[Room], rooms: Sequence[Room]) -> bool:
    return any(room.takes_side_work and room not in days for room in rooms)


def _measure(
    plan: RunningPlan,
    days: Sequence[Room],
    long_on: date,
    past_runs: Sequence[PastRun],
    rules: Rules,
    pace_min_per_km: float,
) -> tuple[PlacedRun, ...] | None:
    """Give each run its length in the order of the days; the cap counts the runs placed before."""
    so_far = list(past_runs)
    placed = []
    for room in days:
        run = _measure_one(plan, room, room.on == long_on, so_far, rules, pace_min_per_km)
        if run is None:
            return None
        placed.append(run)
        so_far.append(PastRun(on=run.on, distance_km=run.distance_km))
    return tuple(placed)


def _measure_one(
    plan: RunningPlan,
    room: Room,
    is_long: bool,
    so_far: Sequence[PastRun],
    rules: Rules,
    pace_min_per_km: float,
) -> PlacedRun | None:
    distance_km, why = (plan.long_km, plan.long_why) if is_long else (plan.easy_km, plan.easy_why)
    cap_km = cap_on(room.on, so_far, rules)
    if cap_km is None and not plan.is_walk_run:
        return None
    if cap_km is not None and distance_km > cap_km and not plan.is_walk_run:
        distance_km = cap_km
        why = rules.why(
            "next_run_cap_ratio",
            cap_km=cap_km,
            longest_km=cap_km / rules.number("next_run_cap_ratio"),
        )
    fits_km = room.run_minutes / pace_min_per_km
    if distance_km > fits_km:
        distance_km = fits_km
        why = rules.why("minutes_for_run", minutes=room.minutes)
    distance_km = round_down_km(distance_km)
    if distance_km < rules.number("shortest_run_km"):
        return None
    return PlacedRun(on=room.on, distance_km=distance_km, why=why)


def _rank(placed: Sequence[PlacedRun], long_on: date, long_run_on: int | None) -> Rank:
    days = [run.on for run in placed]
    total_km = round(sum(run.distance_km for run in placed), 1)
    is_wished = long_on.weekday() == long_run_on if long_run_on is not None else False
    in_a_row = sum((b - a).days == 1 for a, b in pairwise(days))
    gaps = [(b - a).days for a, b in pairwise(days)]
    gaps.append((days[0] + timedelta(days=DAYS_IN_WEEK) - days[-1]).days)
    earliness = tuple(-float(day.toordinal()) for day in days)
    return (
        total_km,
        float(is_wished),
        -float(in_a_row),
        -float(sum(gap * gap for gap in gaps)),
        float(long_on.toordinal()),
        *earliness,
    )
