"""Planned runs and recorded ones: the same day, or the next, and about the same size."""

from datetime import date, timedelta

import pytest

from builders.plan_requests import PARAMETERS
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.run_match import DoneRun, RunMatch, match_runs

MONDAY = date(2026, 11, 23)
RULES = Rules(PARAMETERS)


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def matched(planned_km: dict[int, float], *runs: tuple[int, float | None]) -> RunMatch:
    return match_runs(
        {on(day): km for day, km in planned_km.items()},
        [DoneRun(id=str(n), on=on(day), distance_km=km) for n, (day, km) in enumerate(runs)],
        RULES,
    )


def done(match: RunMatch) -> dict[int, str]:
    return {(day - MONDAY).days: run.id for day, run in match.done.items()}


def unplanned(match: RunMatch) -> list[str]:
    return [run.id for run in match.unplanned]


@pytest.mark.parametrize(
    ("planned", "runs", "is_done", "is_unplanned"),
    [
        ({0: 5.0}, [(0, 5.2)], {0: "0"}, []),
        ({0: 5.0}, [], {}, []),
        # Of two runs the nearest in length is it.
        ({0: 5.0}, [(0, 9.0), (0, 4.5)], {0: "1"}, ["0"]),
        # The rest of a run in two files belongs to it.
        ({0: 5.0}, [(0, 3.0), (0, 2.1)], {0: "0"}, []),
        # One cut short is not it, and is nothing to remark on either.
        ({0: 5.0}, [(0, 2.0)], {}, []),
        # What nothing measured may be it.
        ({0: 5.0}, [(0, None)], {0: "0"}, []),
        ({0: 5.0}, [(0, None), (0, 5.0)], {0: "1"}, []),
        # A day late counts where nothing else is there.
        ({0: 5.0}, [(1, 5.0)], {0: "0"}, []),
        ({0: 5.0, 1: 5.0}, [(1, 5.0)], {1: "0"}, []),
        ({0: 5.0}, [(0, 5.0), (1, 5.0)], {0: "0"}, ["1"]),
        ({0: 5.0}, [(1, 1.0)], {}, ["0"]),
        ({0: 5.0}, [(2, 5.0)], {}, ["0"]),
        ({2: 5.0}, [(1, 5.0)], {}, ["0"]),
        # Half an hour cut short on the day is the day's: the next day's run is another one.
        ({0: 5.0}, [(0, 2.0), (1, 5.0)], {}, ["1"]),
    ],
)
def test_which_run_was_which(
    planned: dict[int, float],
    runs: list[tuple[int, float | None]],
    is_done: dict[int, str],
    is_unplanned: list[str],
) -> None:
    match = matched(planned, *runs)
    assert (done(match), unplanned(match)) == (is_done, is_unplanned)


def test_a_run_knows_the_day_it_was_planned_for() -> None:
    match = matched({0: 5.0}, (1, 5.0), (3, 4.0))
    late, other = (
        DoneRun(id="0", on=on(1), distance_km=5.0),
        DoneRun(id="1", on=on(3), distance_km=4.0),
    )
    assert match.planned_day_of(late) == MONDAY
    assert match.planned_day_of(other) is None
