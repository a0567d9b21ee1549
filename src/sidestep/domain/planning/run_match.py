"""Which recorded run was which planned one: by day, by sport and by size; never by day alone.

What is said of a run that was not planned is decided elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import BlockKind, Day


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRun:
    """One run on file; its distance is ``None`` where nothing measured it."""

    id: str
    on: date
    distance_km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMatch:
    """Which planned runs were run, and which runs no plan asked for.

    Attributes
    ----------
    planned_km
        The planned runs by their day.
    done
        The run that was each planned one, by the planned day.
    unplanned
        Runs that were none, in the order of their days.
    """

    planned_km: Mapping[date, float]
    done: Mapping[date, DoneRun]
    unplanned: tuple[DoneRun, ...]

    def planned_day_of(self, run: DoneRun) -> date | None:
        """Return the day a run was planned for, ``None`` when it was planned for none."""
        return next((on for on, each in self.done.items() if each.id == run.id), None)


def planned_runs(days: Sequence[Day]) -> dict[date, float]:
    """Return the kilometres of the run of each day that has one."""
    return {
        day.date: block.distance_km or 0.0
        for day in days
        for block in day.blocks
        if block.kind is BlockKind.RUN
    }


def match_runs(planned_km: Mapping[date, float], runs: Sequence[DoneRun], rules: Rules) -> RunMatch:
    """Find the run that was each planned one, each run at most once.

    Of the runs of its day it is the one nearest in length. Without one it is a run of the next
    day, if nothing was planned there. A run far shorter than planned is not it; one that nothing
    measured may be. What is left over is unplanned, but for the rest of a run in several files and
    for a run that was cut short.
    """
    done: dict[date, DoneRun] = {}
    of_day: dict[date, list[DoneRun]] = {}
    for run in runs:
        of_day.setdefault(run.on, []).append(run)
    for on, km in sorted(planned_km.items()):
        _take(done, on, km, of_day.get(on, []), rules)
    for on, km in sorted(planned_km.items()):
        next_day = on + timedelta(days=1)
        if on not in done and on not in of_day and next_day not in planned_km:
            _take(done, on, km, of_day.get(next_day, []), rules)
    taken = {run.id for run in done.values()}
    left = sorted((run for run in runs if run.id not in taken), key=lambda run: (run.on, run.id))
    return RunMatch(
        planned_km=planned_km,
        done=done,
        unplanned=tuple(run for run in left if not _belongs(run, planned_km, of_day, rules)),
    )


def _take(
    done: dict[date, DoneRun], on: date, km: float, runs: Sequence[DoneRun], rules: Rules
) -> None:
    least_km = km * rules.number("planned_run_least_frac")
    fitting = [run for run in runs if run.distance_km is None or run.distance_km >= least_km]
    if fitting:
        done[on] = min(fitting, key=lambda run: (_apart_km(run, km), run.id))


def _apart_km(run: DoneRun, km: float) -> float:
    return float("inf") if run.distance_km is None else abs(run.distance_km - km)


def _belongs(
    run: DoneRun,
    planned_km: Mapping[date, float],
    of_day: Mapping[date, Sequence[DoneRun]],
    rules: Rules,
) -> bool:
    """Whether a run left over is part of what its day asked for: no more was run in all."""
    if run.on not in planned_km:
        return False
    run_km = sum(each.distance_km or 0.0 for each in of_day[run.on])
    return run_km < planned_km[run.on] + rules.number("shortest_run_km")
