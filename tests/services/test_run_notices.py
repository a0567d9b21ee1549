"""What an import says of the runs it brought, held against the kept weeks."""

from dataclasses import replace
from datetime import timedelta

from builders.days_told import RULES, At, a_planned_week
from builders.runs import a_run
from fakes.stores import MemoryStore
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.week import DayKind
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.week.run_notices import (
    notice_imported,
    noticed_document,
    over_cap_on,
)


def with_runs(store: MemoryStore, *runs: ActivitySummary) -> MemoryStore:
    other = MemoryStore([*store.activities(), *runs])
    for kind in ("knee_check", "week_plan"):
        for document in store.documents(kind):
            other.save_document(document)
    return other


def said(store: MemoryStore, at: At, *sources: str) -> list[str]:
    noticed = notice_imported(frozenset(sources), store=store, knowledge=RULES, clock=at)
    return [each["says"] for each in noticed_document(noticed)]


def test_a_run_on_a_day_of_rest_is_said_once_when_its_file_comes() -> None:
    store, at, on = a_planned_week()
    rest = on[DayKind.REST]
    run = replace(a_run(0, 5.0), id="rest", local_date=rest, sources=("new",))
    known = replace(
        a_run(0, 3.0), id="known", local_date=rest - timedelta(days=1), sources=("old",)
    )
    store = with_runs(store, known, run)
    at.day = rest + timedelta(days=2)
    (says,) = said(store, at, "new")
    assert says.startswith("You ran 5.0 km on ")
    assert "a day of rest. It counts like any run; nothing has to be made up for it." in says
    assert said(store, at) == []


def test_one_that_was_not_planned_and_over_the_cap_is_one_paragraph() -> None:
    store, at, on = a_planned_week()
    kept = replace(a_run(0, 6.0), id="kept", local_date=on[DayKind.OFF] - timedelta(days=1))
    run = replace(a_run(0, 12.0), id="far", local_date=on[DayKind.OFF], sources=("new",))
    store = with_runs(store, kept, run)
    at.day = on[DayKind.OFF]
    noticed = notice_imported(frozenset({"new"}), store=store, knowledge=RULES, clock=at)
    (document,) = noticed_document(noticed)
    assert document["rules"] == ["unplanned_run", "run_over_cap"]
    assert "It went well beyond the 6.0 km" in document["says"]


def test_a_second_run_is_told_beside_the_planned_one() -> None:
    store, at, on = a_planned_week()
    day = on[DayKind.RUN]
    first = replace(a_run(0, 6.0), id="first", local_date=day, sources=("a",))
    second = replace(a_run(0, 4.0), id="second", local_date=day, sources=("b",))
    at.day = day
    store = with_runs(store, first, second)
    (says,) = said(store, at, "a", "b")
    assert says.startswith("Beside the planned run you ran 4.0 km on ")


def test_an_old_history_and_a_run_as_planned_are_no_news() -> None:
    store, at, on = a_planned_week()
    run = replace(a_run(0, 6.0), id="planned", local_date=on[DayKind.RUN], sources=("new",))
    ride = replace(run, id="ride", sport=Sport.CYCLE, local_date=on[DayKind.OFF])
    old = replace(a_run(0, 40.0), id="old", local_date=at.day, sources=("new",))
    store = with_runs(store, run, ride, old)
    at.day = on[DayKind.RUN]
    assert said(store, at, "new") == []
    at.day += timedelta(days=10)
    assert said(store, at, "new") == []


def test_a_few_metres_above_the_cap_are_no_news() -> None:
    store, at, on = a_planned_week()
    day = on[DayKind.RUN]
    at.day = day
    before = replace(a_run(0, 6.0), id="before", local_date=day - timedelta(days=2))
    by_metres, by_more = (
        with_runs(store, before, replace(a_run(0, km), id="run", local_date=day, sources=("new",)))
        for km in (6.63, 6.7)
    )
    assert said(by_metres, at, "new") == []
    assert over_cap_on(by_metres, RULES) == frozenset()
    (says,) = said(by_more, at, "new")
    assert "Your run of 6.7 km" in says
    assert over_cap_on(by_more, RULES) == {day}
