"""The last weeks as they are known: sums that come out on paper, and silence as silence."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders.days_told import RULES, At
from builders.runs import TODAY, a_run, an_odd_run
from fakes.stores import MemoryStore
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.check_ins.log_day import log_day
from sidestep.services.progress.over_weeks import WEEKS, Progress, progress


def shown(store: MemoryStore) -> Progress:
    return progress(store=store, knowledge=RULES, clock=At(TODAY))


def test_without_anything_every_week_is_unknown_not_empty() -> None:
    weeks = shown(MemoryStore()).weeks
    assert len(weeks) == WEEKS
    assert {week.run_km for week in weeks} == {None}
    assert not shown(MemoryStore()).has_told


def test_weeks_end_today_and_hold_their_runs() -> None:
    store = MemoryStore([a_run(0, 5.0), a_run(6, 4.0), a_run(7, 3.0), an_odd_run(1)])
    weeks = shown(store).weeks
    assert weeks[-1].ends_on == TODAY
    assert weeks[-1].run_km == 9.0
    assert weeks[-2].run_km == 3.0
    assert weeks[-3].run_km is None


def test_a_day_that_was_told_of_counts_and_silence_does_not() -> None:
    store = MemoryStore([a_run(2)])
    told = {"pain_now": 3.0, "lateral_work": True, "strength": False, "ran": False}
    log_day(TODAY, told, store=store, knowledge=RULES, clock=At(TODAY))
    week = shown(store).weeks[-1]
    assert week.pains == (3.0,)
    assert (week.side_work.done, week.side_work.told) == (1, 1)
    assert (week.strength.done, week.strength.told) == (0, 1)
    by_day = {day.on: day.has_run for day in week.days}
    assert by_day[TODAY] is False
    assert by_day[TODAY - timedelta(days=2)] is True
    assert by_day[TODAY - timedelta(days=1)] is None


@given(st.lists(st.tuples(st.integers(0, 120), st.floats(0.5, 40.0)), max_size=30))
def test_no_kilometre_is_lost_or_counted_twice(runs: list[tuple[int, float]]) -> None:
    activities = [a_run(days, km, id=f"run-{n}") for n, (days, km) in enumerate(runs)]
    total = sum(week.run_km or 0.0 for week in shown(MemoryStore(activities)).weeks)
    expected = sum(km for days, km in runs if days < WEEKS * DAYS_PER_WEEK)
    assert abs(total - expected) < 1e-6
