"""The load service over a history held in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from builders.runs import TODAY, a_run, an_odd_run, every_other_day, runs_on
from builders.shipped import shipped_knowledge
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.analysis import analyse_load
from sidestep.domain.load.person import Person
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument
from sidestep.services.training.analyse_load import (
    analyse_history,
    facts_from_load,
    known_person,
)
from sidestep.services.training.load_document import load_document

PARAMETERS = shipped_parameters("load")
SOURCES = shipped_knowledge().sources
KNOWLEDGE = cast("Knowledge", SimpleNamespace(load=PARAMETERS))


@dataclass
class History:
    """The four things of a store that the load analysis reads."""

    runs: list[ActivitySummary]
    steps: dict[date, int] = field(default_factory=dict)
    results: list[StoredDocument] = field(default_factory=list)

    def activities(self) -> list[ActivitySummary]:
        return self.runs

    def daily_steps(self, *, since: date, until: date) -> Mapping[date, int]:
        return {day: steps for day, steps in self.steps.items() if since <= day <= until}

    def latest_document(self, kind: str) -> StoredDocument | None:
        return next(reversed(self.documents(kind)), None)

    def documents(self, kind: str) -> list[StoredDocument]:
        return [one for one in self.results if one.kind == kind]


class FixedClock:
    def now(self) -> datetime:
        return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)

    def today(self) -> date:
        return TODAY


CLOCK: Clock = FixedClock()


def a_store(runs: list[ActivitySummary], **more: Any) -> Store:
    return cast("Store", History(runs, **more))


def a_result(kind: str, day: int, **answers: object) -> StoredDocument:
    return StoredDocument(
        id=f"{kind}-{day}",
        kind=kind,
        made_at=datetime(2026, 6, day, tzinfo=UTC),
        program_version="0",
        knowledge_version="0",
        content={"answers": answers},
    )


def test_without_a_day_the_analysis_is_of_today() -> None:
    report = analyse_history(a_store(every_other_day()), KNOWLEDGE, CLOCK)
    assert report == analyse_load(every_other_day(), TODAY, PARAMETERS)


def test_a_day_of_the_past_sees_only_its_own_past() -> None:
    on = TODAY - timedelta(days=10)
    report = analyse_history(a_store([*every_other_day(), a_run(3, 40)]), KNOWLEDGE, CLOCK, on)
    assert report.on == on
    assert report.longest_run_30d_km == 5
    assert report.week.days_without_data == 0


def test_phone_steps_make_days_without_running_known() -> None:
    steps = {TODAY - timedelta(days=back): 4000 for back in range(3)}
    report = analyse_history(a_store(runs_on([3, 5, 9]), steps=steps), KNOWLEDGE, CLOCK)
    assert (report.week.non_running_days, report.week.days_without_data) == (5, 0)


def test_the_newest_answer_to_each_question_about_the_person_counts() -> None:
    results = [
        a_result("profile", 1, body_mass_kg=80, height_cm=170),
        a_result("knee_check", 5, body_mass_kg=78.5, years_running=3),
    ]
    assert known_person(a_store([], results=results)) == Person(
        body_mass_kg=78.5, height_cm=170.0, years_running=3.0, told_of_knee=True
    )


@pytest.mark.parametrize("answer", [None, "70", True, [70]])
def test_an_answer_that_is_no_number_is_no_answer(answer: object) -> None:
    results = [a_result("profile", 1, body_mass_kg=answer)]
    assert known_person(a_store([], results=results)) == Person()


def test_a_result_without_answers_says_nothing_of_the_person() -> None:
    odd = a_result("profile", 1)
    odd.content.clear()
    assert known_person(a_store([], results=[odd])) == Person()


def test_the_document_has_the_fields_other_programs_rely_on() -> None:
    history = [*every_other_day(km=5), a_run(1, 6, hour=9, steps=6000, id="long")]
    document = load_document(analyse_load(history, TODAY, PARAMETERS), SOURCES)
    relied_on = {
        "on": "2026-06-30",
        "runs_7d": 5,
        "km_7d": 26.0,
        "non_running_days_7d": 2,
        "longest_run_30d_km": 6.0,
        "next_run_cap_km": 6.6,
        "multidirectional_share_28d": 0.0,
        "steps_28d": 6000,
    }
    assert {name: document[name] for name in relied_on} == relied_on
    spike = next(one for one in document["spikes"] if one["activity_id"] == "long")
    assert spike == {
        "activity_id": "long",
        "date": "2026-06-29",
        "distance_km": 6.0,
        "longest_before_km": 5.0,
        "ratio": 1.2,
        "band": "over_1_10",
    }


def test_every_run_of_the_month_is_in_the_document_with_its_band() -> None:
    document = load_document(analyse_load(runs_on([1, 10, 29]), TODAY, PARAMETERS), SOURCES)
    assert [one["band"] for one in document["spikes"]] == ["within", "within", "undefined"]


def test_every_notice_carries_its_basis_and_sources() -> None:
    history = [*runs_on(range(8)), a_run(12, 2)]
    document = load_document(analyse_load(history, TODAY, PARAMETERS), SOURCES)
    assert {one["kind"] for one in document["notices"]} == {"spike", "no_rest", "one_direction"}
    for notice in document["notices"]:
        assert notice["basis"] in {"trial", "cohort", "guideline", "article", "design"}
        assert all(source["supports"] for source in notice["sources"])
        assert notice["reviewed"] is None


def test_context_is_marked_as_not_predictive_and_kept_out_of_the_notices() -> None:
    document = load_document(analyse_load(every_other_day(), TODAY, PARAMETERS), SOURCES)
    assert document["context"]["predictive"] is False
    assert len(document["context"]["notices"]) == 3
    assert "context" not in {one["kind"] for one in document["notices"]}


def test_an_empty_history_makes_a_document_of_unknowns() -> None:
    document = load_document(analyse_load([], TODAY, PARAMETERS), SOURCES)
    assert document["next_run_cap_km"] is None
    assert document["spikes"] == []
    assert document["non_running_days_7d"] == 0
    assert document["days_without_data_7d"] == 7


def test_questions_are_in_the_document() -> None:
    document = load_document(analyse_load([an_odd_run(2)], TODAY, PARAMETERS), SOURCES)
    assert document["questions"][0]["activity_id"] == "odd-2"
    assert document["questions"][0]["date"] == "2026-06-28"


def test_facts_are_the_figures_of_the_report() -> None:
    history = [*every_other_day(km=5), a_run(1, 6, hour=9)]
    assert facts_from_load(analyse_load(history, TODAY, PARAMETERS)) == {
        "longest_run_ratio_30d": 1.2,
        "spike_band_30d": "over_1_10",
        "running_days_7d": 5.0,
        "km_7d": 26.0,
        "row_without_rest_days": 3.0,
        "multidirectional_share_28d": 0.0,
        "hard_runs_7d": 0.0,
        "days_since_last_run": 0.0,
    }


def test_nothing_is_known_of_an_empty_or_an_old_history() -> None:
    assert facts_from_load(analyse_load([], TODAY, PARAMETERS)) == {}
    later = TODAY + timedelta(days=8)
    assert facts_from_load(analyse_load(every_other_day(), later, PARAMETERS)) == {}


def test_what_cannot_be_known_is_left_out_of_the_facts() -> None:
    facts = facts_from_load(analyse_load([a_run(1, None)], TODAY, PARAMETERS))
    assert facts["spike_band_30d"] == "undefined"
    assert "longest_run_ratio_30d" not in facts
    assert "hard_runs_7d" not in facts
