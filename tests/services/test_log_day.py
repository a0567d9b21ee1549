"""Check-ins over records held in memory and the knowledge as it ships."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.days_told import At, answered
from builders.runs import runs_on
from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.domain.triage.rules import PlanAccess, Urgency
from sidestep.errors import AnswersError
from sidestep.services.check_ins.day_form import signs_left
from sidestep.services.check_ins.kept_check_ins import kept_check_ins
from sidestep.services.check_ins.log_day import (
    LoggedDay,
    asked_on,
    log_day,
    parse_day,
    questions_on,
)
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.knee.check_knee import recheck
from sidestep.services.ports import StoredDocument

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
DAY = date(2026, 6, 22)
RULES = shipped_knowledge()
CALM: dict[str, Any] = {"pain_now": 1, "same_place": True, "new_signs": False}


class UtcStore(MemoryStore):
    """Gives instants back in UTC, as databases do."""

    def save_document(self, document: StoredDocument) -> None:
        super().save_document(replace(document, made_at=document.made_at.astimezone(UTC)))


class InTheWest(At):
    """The same on a late evening, when it is the next day already in UTC."""

    def now(self) -> datetime:
        self.looks += 1
        evening = datetime.combine(self.day, time(22), tzinfo=timezone(timedelta(hours=-8)))
        return evening + timedelta(seconds=self.looks)


def told(store: MemoryStore, at: At, on: date | None = None, **answers: Any) -> LoggedDay:
    _, facts = parse_day(answers, RULES)
    return log_day(on or at.day, facts, store=store, knowledge=RULES, clock=at)


def test_a_calm_day_leaves_the_plan_as_it_is() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at)
    logged = told(store, at, **CALM)
    assert logged.check is not None
    assert logged.check.plan is PlanAccess.ALLOWED
    assert not logged.are_signs_open
    assert logged.running is None


def test_a_warning_sign_hides_the_plan_and_says_who_to_see() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at)
    logged = told(store, at, pain_now=3, cannot_straighten=True, straighten_how="blocked")
    assert logged.is_plan_hidden
    assert logged.check is not None
    assert logged.check.urgency is Urgency.URGENT


def test_a_warning_sign_counts_without_a_knee_check() -> None:
    logged = told(MemoryStore(), At(DAY), knee_hot_swollen=True, fever=True, new_signs=True)
    assert logged.check is not None
    assert logged.check.is_emergency


def test_without_a_knee_check_a_calm_day_concludes_nothing() -> None:
    assert told(MemoryStore(), At(DAY), **CALM).check is None


def test_silence_takes_no_warning_sign_back() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at)
    told(store, at, gives_way=True, new_signs=True, pain_now=2)
    assert told(store, at, pain_now=0).is_plan_hidden
    at.day = DAY + timedelta(days=2)
    assert told(store, at, **CALM).is_plan_hidden
    assert not told(store, at, **CALM, on=DAY, gives_way=False).is_plan_hidden


def test_something_new_makes_the_signs_that_were_not_answered_unknown() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at)
    logged = told(store, at, pain_now=1, new_signs=True)
    assert logged.are_signs_open
    assert logged.is_plan_hidden


def test_pain_up_by_two_asks_for_the_signs() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at, pain_now=2, pain_worst=5)
    assert not told(store, at, pain_now=3).are_signs_open
    assert told(store, at, pain_now=4).are_signs_open
    assert not told(store, at, pain_now=4, new_signs=False).are_signs_open


@pytest.mark.parametrize("new_signs", [True, False, None])
@pytest.mark.parametrize("pain_now", [None, 1, 3, 4])
def test_the_check_in_asks_for_signs_exactly_when_they_count_as_open(
    pain_now: int | None, new_signs: bool | None
) -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at, pain_now=2, pain_worst=5)
    logged = told(store, at, energy_level=6, pain_now=pain_now, new_signs=new_signs)
    asked = signs_left(DAY, (), store=store, knowledge=RULES)
    assert bool(asked) is logged.are_signs_open
    rose = pain_now == 4 and new_signs is None
    assert logged.are_signs_open is (new_signs is True or rose)


def test_a_sign_told_with_nothing_new_still_wins() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at, pain_now=2, pain_worst=5)
    assert told(store, at, pain_now=2, new_signs=False, gives_way=True).is_plan_hidden


def test_another_place_asks_where_first() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at)
    logged = told(store, at, pain_now=1, same_place=False)
    assert logged.check is not None
    assert logged.check.plan is PlanAccess.HIDDEN
    assert "Tell us where it hurts first." in logged.check.plan_reasons


def test_the_newest_pain_is_the_pain_of_the_knee() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at, pain_now=2, pain_running=1, pain_worst=4)
    told(store, at, on=DAY, pain_now=5, new_signs=False, ran=True, pain_on_run=3)
    check = recheck(store, RULES, at)
    assert check is not None
    facts = check.facts
    assert (facts["pain_now"], facts["pain_running"], facts["pain_worst"]) == (5, 3, 5)


def test_a_new_knee_check_starts_afresh() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at)
    told(store, at, gives_way=True, new_signs=True)
    answered(store, at)
    check = recheck(store, RULES, at)
    assert check is not None
    assert check.plan is PlanAccess.ALLOWED


def test_a_sign_told_later_of_an_earlier_day_counts_and_its_pain_does_not() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at, pain_now=1, pain_worst=4)
    logged = told(store, at, on=DAY - timedelta(days=1), pain_now=4, gives_way=True)
    assert logged.is_plan_hidden
    assert logged.check is not None
    assert logged.check.facts["pain_now"] == 1


def test_the_day_of_a_knee_check_is_the_persons_own() -> None:
    store, at = UtcStore(), InTheWest()
    answered(store, at, pain_now=1, pain_worst=4)
    logged = told(store, at, pain_now=2, new_signs=False)
    assert logged.check is not None
    assert logged.check.facts["pain_now"] == 2


def test_an_answer_that_is_no_longer_allowed_is_unknown() -> None:
    store, at = MemoryStore(), At(DAY)
    content = {"date": DAY.isoformat(), "answers": {"pain_now": 2, "gone": 1, "ran": "so-so"}}
    keep_document(DocumentKind.CHECK_IN, content, store=store, knowledge=RULES, clock=at)
    (kept,) = kept_check_ins(store, RULES)
    assert kept.answers == {"pain_now": 2.0}


def test_telling_again_takes_the_place_and_keeps_the_earlier_on_record() -> None:
    store, at = MemoryStore(), At(DAY)
    told(store, at, pain_now=4, energy_level=3)
    told(store, at, pain_now=2)
    (kept,) = kept_check_ins(store, RULES)
    assert kept.answers == {"pain_now": 2.0}
    assert len(store.documents("check_in")) == 2


def test_a_run_on_file_needs_no_telling_and_takes_the_effort() -> None:
    run = runs_on([2], 5.0)[0]
    store = MemoryStore([run])
    at = At(day=run.local_date)
    logged = told(store, at, effort_rpe=6)
    assert logged.answers["ran"] is True
    assert logged.effort_kept_with == run.id
    assert store.activities()[0].effort_rpe == 6


def test_six_weeks_in_which_runs_come_to_hurt_clearly_less_are_not_without_change() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at, weeks_since_onset=5, trend="same", pain_now=1, pain_running=4)
    for days, on_run, is_without_change in ((13, 3, True), (14, 2, False)):
        at.day = DAY + timedelta(days=days)
        logged = told(store, at, pain_now=0, new_signs=False, ran=True, pain_on_run=on_run)
        assert logged.check is not None
        present = {each.flag.id for each in logged.check.red_flags if each.is_present}
        assert ("not_better_after_six_weeks" in present) is is_without_change


def test_six_weeks_without_change_is_a_reason_to_see_somebody() -> None:
    store, at = MemoryStore(), At(DAY)
    answered(store, at, weeks_since_onset=5, trend="better", pain_now=3, pain_worst=5)
    for days in (0, 3, 14, 17):
        at.day = DAY + timedelta(days=days)
        logged = told(store, at, pain_now=3, same_place=True, new_signs=False)
    assert logged.check is not None
    present = {each.flag.id for each in logged.check.red_flags if each.is_present}
    assert "not_better_after_six_weeks" in present
    assert logged.check.plan is PlanAccess.REDUCED


def test_a_day_that_lies_ahead_is_refused() -> None:
    with pytest.raises(AnswersError, match="lies ahead"):
        told(MemoryStore(), At(DAY), on=DAY + timedelta(days=1))


def test_a_file_may_name_its_day() -> None:
    on, facts = parse_day({"date": "2026-06-20", "pain_now": 2}, RULES)
    assert on == date(2026, 6, 20)
    assert facts == {"pain_now": 2.0}
    with pytest.raises(AnswersError, match="is not a date"):
        parse_day({"date": "yesterday"}, RULES)


def test_a_day_that_is_over_is_asked_for_as_such() -> None:
    questions = questions_on(DAY, store=MemoryStore(), knowledge=RULES)
    assert "pain_next_morning" not in asked_on(DAY, DAY, questions)
    later = asked_on(DAY, DAY + timedelta(days=1), questions)
    assert "pain_next_morning" in later
    assert "right now" not in later["pain_now"].asks


SIGNS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(["gives_way", "night_rest_pain", "knee_hot_swollen", "foot_numb_cold"]),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(pain=st.integers(0, 10), signs=SIGNS, left_out=st.data())
def test_an_answer_left_out_of_a_check_in_never_lowers_the_urgency(
    pain: int, signs: dict[str, Any], left_out: st.DataObject
) -> None:
    fewer = dict(signs)
    for id in left_out.draw(st.lists(st.sampled_from(sorted(signs)), unique=True)) if signs else ():
        fewer.pop(id)
    checks = []
    for said in (signs, fewer):
        store, at = MemoryStore(), At(DAY)
        answered(store, at)
        checks.append(told(store, at, pain_now=pain, new_signs=True, **said).check)
    first, second = checks
    assert first is not None
    assert second is not None
    assert second.urgency >= first.urgency
    assert second.plan >= first.plan
