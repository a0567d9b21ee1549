"""The last weeks as they are known: sums that come out on paper, and silence as silence."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders.clip_results import filmed_at, kept_run, kept_squat
from builders.days_told import MONDAY, RULES, At, a_planned_week, told
from builders.runs import TODAY, a_run, an_odd_run
from fakes.stores import MemoryStore
from sidestep.domain.planning.week import DayKind
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.check_ins.log_day import log_day
from sidestep.services.progress.over_weeks import WEEKS, Progress, progress
from sidestep.services.progress.retests import RetestKind, retests
from sidestep.services.week.review_week import review_week


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


def test_a_run_that_is_only_told_of_has_no_length_and_is_no_zero() -> None:
    store, at = MemoryStore([a_run(8, 3.0)]), At(TODAY)
    for days in (1, 3, 8, 9):
        told(store, at, TODAY - timedelta(days=days), pain_now=1, ran=True)
    weeks = shown(store).weeks
    assert (weeks[-1].run_km, weeks[-1].runs_without_km) == (None, 2)
    assert (weeks[-2].run_km, weeks[-2].runs_without_km) == (3.0, 1)
    assert (weeks[-3].run_km, weeks[-3].runs_without_km) == (None, 0)


@given(st.lists(st.tuples(st.integers(0, 120), st.floats(0.5, 40.0)), max_size=30))
def test_no_kilometre_is_lost_or_counted_twice(runs: list[tuple[int, float]]) -> None:
    activities = [a_run(days, km, id=f"run-{n}") for n, (days, km) in enumerate(runs)]
    total = sum(week.run_km or 0.0 for week in shown(MemoryStore(activities)).weeks)
    expected = sum(km for days, km in runs if days < WEEKS * DAYS_PER_WEEK)
    assert abs(total - expected) < 1e-6


def test_what_was_kept_of_the_plan_is_what_the_review_says_and_no_plan_is_a_gap() -> None:
    store, at, days = a_planned_week()
    at.day = MONDAY + timedelta(days=DAYS_PER_WEEK - 1)
    silent = progress(store=store, knowledge=RULES, clock=at).weeks[-1].kept
    assert silent is not None
    assert silent.frac is None, "what nobody told of is not left out"
    told(store, at, days[DayKind.OFF], lateral_work=True, strength=False)
    told(store, at, days[DayKind.RUN], ran=False)
    weeks = progress(store=store, knowledge=RULES, clock=at).weeks
    assert weeks[-1].kept == review_week(store=store, knowledge=RULES, clock=at, week=MONDAY).kept
    assert weeks[-1].kept is not None
    assert (weeks[-1].kept.done, weeks[-1].kept.missed) == (1, 2)
    assert {week.kept for week in weeks[:-1]} == {None}


def test_days_to_come_are_neither_kept_nor_silent() -> None:
    store, at, _ = a_planned_week()
    at.day = MONDAY
    kept = progress(store=store, knowledge=RULES, clock=at).weeks[-1].kept
    at.day = MONDAY + timedelta(days=DAYS_PER_WEEK - 1)
    whole = progress(store=store, knowledge=RULES, clock=at).weeks[-1].kept
    assert kept is not None
    assert whole is not None
    assert kept.unknown < whole.unknown


def test_each_look_has_its_day_and_the_next_of_its_kind() -> None:
    store, at, _ = a_planned_week()
    checked_on = at.day
    at.day = MONDAY + timedelta(days=40)
    for kept, days_ago, usable in (
        (kept_run(), 30, True),
        (kept_run(), 2, True),
        (kept_squat(), 35, True),
        (kept_squat(), 1, False),
    ):
        made_at = at.now() - timedelta(days=days_ago)
        store.save_document(filmed_at(kept, made_at, usable=usable))
    looked = retests(store=store, knowledge=RULES, clock=at)
    by_kind = {each.kind: each.on for each in looked.done}
    assert [each.kind for each in looked.done].count(RetestKind.RUN) == 2
    assert by_kind[RetestKind.SQUAT] == at.day - timedelta(days=35)
    fresh, again = (
        timedelta(days=RULES.plans[rule].value)
        for rule in ("knee_check_fresh_days", "film_again_days")
    )
    assert {each.kind: each.on for each in looked.due} == {
        RetestKind.KNEE_CHECK: checked_on + fresh,
        RetestKind.RUN: at.day - timedelta(days=2) + again,
        RetestKind.SQUAT: at.day - timedelta(days=35) + again,
    }
    shown_looks = progress(store=store, knowledge=RULES, clock=at).weeks
    assert sorted(look.on for week in shown_looks for look in week.looks) == [
        each.on for each in looked.done
    ]


def test_what_was_never_looked_at_is_not_due() -> None:
    looked = retests(store=MemoryStore(), knowledge=RULES, clock=At(TODAY))
    assert (looked.done, looked.due) == ((), ())
