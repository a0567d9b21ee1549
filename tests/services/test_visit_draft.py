"""Answers on their way: taken whole or not at all, taken back, and what must not become milder."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.shipped import shipped_knowledge
from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.people import SqlPeople
from sidestep.adapters.storage.store import SqlStore
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.visit_draft import (
    LASTS,
    Problem,
    Trouble,
    VisitDraft,
    answer_again,
    forget_draft,
    is_at_its_end,
    load_draft,
    save_draft,
    take_answers,
    take_back,
    take_over,
    visit_of,
)

KNOWLEDGE = shipped_knowledge()
QUESTIONS = visit_of(KNOWLEDGE).questions
PLACE = {"asked": ["side", "zones"], "side": ["left"], "zones": ["back", "outer_above"]}


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


def take(draft: VisitDraft, **form: list[str]) -> VisitDraft:
    taken = take_answers(draft, {"asked": list(form), **form}, KNOWLEDGE)
    assert taken.problems == ()
    return taken.draft


def test_a_screen_is_taken_whole_or_not_at_all() -> None:
    taken = take_answers(VisitDraft(), PLACE | {"side": ["upper"]}, KNOWLEDGE)
    assert taken.draft == VisitDraft()
    assert taken.problems == (Problem(question_id="side", trouble=Trouble.WRONG),)
    assert taken.said == {"zones": frozenset({"back", "outer_above"})}


def test_none_of_these_is_an_answer_and_leaving_empty_is_not() -> None:
    none = take_answers(VisitDraft(), {"asked": ["health"], "none": ["health"]}, KNOWLEDGE)
    empty = take_answers(VisitDraft(), {"asked": ["health"]}, KNOWLEDGE)
    unsure = take_answers(VisitDraft(), {"asked": ["health"], "unknown": ["health"]}, KNOWLEDGE)
    assert none.draft.answers == {"health": frozenset()}
    assert empty.problems == (Problem(question_id="health", trouble=Trouble.OPEN),)
    assert unsure.draft.answers == {}
    assert unsure.draft.passed_over == {"health"}


def test_taking_back_undoes_the_last_screen_and_remembers_it() -> None:
    first = take_answers(VisitDraft(), PLACE, KNOWLEDGE).draft
    second = take(first, knee_hot_swollen=["no"])
    back = take_back(second)
    assert replace(back, earlier={}) == first
    assert back.earlier == {"knee_hot_swollen": False}
    assert take_back(take_back(back)).answers == {}
    assert take_back(VisitDraft()) == VisitDraft()


def test_a_place_that_is_no_longer_chosen_is_no_longer_the_worst() -> None:
    draft = take(take_answers(VisitDraft(), PLACE, KNOWLEDGE).draft, worst_zone=["back"])
    draft = take(draft, back_feels=["fullness"], calf_cramps_on_runs=["no"])
    draft = take(draft, zones=["outer_above"])
    assert draft.answers == {"side": "left", "zones": frozenset({"outer_above"})}


def test_answers_that_clash_name_each_other() -> None:
    draft = take(VisitDraft(), knee_hot_swollen=["yes"])
    taken = take_answers(draft, {"asked": ["swelling"], "swelling": ["none"]}, KNOWLEDGE)
    (problem,) = taken.problems
    assert (problem.question_id, problem.trouble) == ("swelling", Trouble.CLASH)
    assert problem.others == ("knee_hot_swollen",)
    assert taken.draft == draft


def test_a_changed_answer_clashes_with_a_later_one_too() -> None:
    draft = take(VisitDraft(), pain_now=["1"], pain_worst=["3"])
    taken = take_answers(draft, {"asked": ["pain_now"], "pain_now": ["8"]}, KNOWLEDGE)
    assert [each.others for each in taken.problems] == [("pain_worst",)]


@given(
    asked=st.lists(st.sampled_from([*QUESTIONS, "no_such"]), max_size=4),
    values=st.lists(st.text(max_size=12) | st.sampled_from(["yes", "no", "0", "back"]), max_size=3),
    how=st.sampled_from(["none", "unknown", "go_on", "x"]),
)
def test_whatever_a_form_holds_is_taken_or_said(
    asked: list[str], values: list[str], how: str
) -> None:
    form = {"asked": asked, how: asked, **dict.fromkeys(asked, values)}
    taken = take_answers(VisitDraft(), form, KNOWLEDGE)
    known = {id for id in asked if id in QUESTIONS}
    if taken.problems:
        assert {each.question_id for each in taken.problems} <= known
    else:
        assert taken.draft.answers.keys() | taken.draft.passed_over == known


@pytest.fixture
def people(tmp_path: Path) -> SqlPeople:
    return SqlPeople(open_database(f"sqlite:///{tmp_path / 'people.sqlite'}"))


def test_a_draft_comes_back_as_it_was_kept_for_a_day(people: SqlPeople) -> None:
    clock = Clock()
    draft = take_answers(VisitDraft(), PLACE, KNOWLEDGE).draft
    draft = take(draft, age_years=["38.5"], years_running=["4"])
    draft = take_answers(draft, {"asked": ["health"], "unknown": ["health"]}, KNOWLEDGE).draft
    draft = take_back(take(draft, calf_swollen=["no"]))
    save_draft("key", draft, people=people, clock=clock, owner_id=None)
    pieces: dict[str, Any] = {"people": people, "knowledge": KNOWLEDGE, "clock": clock}
    assert load_draft("key", **pieces) == draft
    assert load_draft("another", **pieces) == VisitDraft()
    clock.at += LASTS
    assert load_draft("key", **pieces) == VisitDraft()


def test_what_has_expired_is_erased_when_somebody_else_begins(people: SqlPeople) -> None:
    clock = Clock()
    save_draft("old", VisitDraft(put=(("side",),)), people=people, clock=clock, owner_id=None)
    clock.at += LASTS + timedelta(minutes=1)
    save_draft("new", VisitDraft(put=(("side",),)), people=people, clock=clock, owner_id=None)
    clock.at -= timedelta(hours=2)
    pieces: dict[str, Any] = {"people": people, "knowledge": KNOWLEDGE, "clock": clock}
    assert not load_draft("old", **pieces).has_begun
    assert load_draft("new", **pieces).has_begun
    forget_draft("new", people)
    assert not load_draft("new", **pieces).has_begun


def test_warning_signs_and_pain_are_asked_again_and_the_person_is_not() -> None:
    answers = {"age_years": 38.0, "calf_swollen": False, "pain_now": 2.0, "sitting_hours": 8.0}
    draft = answer_again(answers, KNOWLEDGE)
    assert draft.answers == {"age_years": 38.0, "sitting_hours": 8.0}
    assert draft.earlier == {"calf_swollen": False, "pain_now": 2.0}


def test_half_a_visit_is_handed_over_without_a_check(people: SqlPeople, tmp_path: Path) -> None:
    clock = Clock()
    store = SqlStore(open_database(f"sqlite:///{tmp_path / 'store.sqlite'}"), "me")
    pieces: dict[str, Any] = {"people": people, "knowledge": KNOWLEDGE, "clock": clock}
    draft = take_answers(VisitDraft(), PLACE, KNOWLEDGE).draft
    assert not is_at_its_end(draft, KNOWLEDGE)
    save_draft("visit", draft, people=people, clock=clock, owner_id=None)
    assert take_over("visit", "owner", "me", store=store, **pieces) == draft
    assert load_draft("owner", **pieces) == draft
    assert not load_draft("visit", **pieces).has_begun
    assert store.latest_document(DocumentKind.KNEE_CHECK) is None
