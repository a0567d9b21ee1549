import json
from datetime import UTC, date, datetime

from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep import __version__
from sidestep.domain.triage.facts import Facts
from sidestep.services.knee.check_knee import check_answers, facts_on_record, keep_check, recheck
from sidestep.services.knee.knee_check_document import knee_check_document

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNOWLEDGE = shipped_knowledge()
ANSWERS: Facts = {"side": "left", "zones": frozenset({"outer_above"}), "pain_worst": 4.0}


class NoonClock:
    def now(self) -> datetime:
        return NOW

    def today(self) -> date:
        return NOW.date()


def kept(store: MemoryStore, answers: Facts, record_facts: Facts) -> None:
    check = check_answers(answers, KNOWLEDGE, record_facts)
    keep_check(check, answers, record_facts, knowledge=KNOWLEDGE, store=store, clock=NoonClock())


def test_a_check_is_kept_with_its_answers_and_the_versions_that_made_it() -> None:
    store = MemoryStore()
    kept(store, ANSWERS, {"running_days_7d": 7.0})
    (document,) = store.documents("knee_check")
    assert (document.made_at, document.program_version) == (NOW, __version__)
    assert document.knowledge_version == KNOWLEDGE.version
    assert document.content["answers"] == {
        "side": "left",
        "zones": ["outer_above"],
        "pain_worst": 4,
    }
    assert document.content["record_facts"] == {"running_days_7d": 7}
    assert document.content["result"]["urgency"] == "emergency"


def test_the_newest_answers_are_checked_again_without_the_history_of_then() -> None:
    store = MemoryStore()
    kept(store, {"side": "right"}, {})
    kept(store, ANSWERS, {"running_days_7d": 7.0})
    assert recheck(store, KNOWLEDGE, NoonClock()) == check_answers(ANSWERS, KNOWLEDGE)


def test_kept_answers_survive_a_change_of_the_questions_as_unknown() -> None:
    store = MemoryStore()
    kept(store, ANSWERS, {})
    (document,) = store.documents("knee_check")
    document.content["answers"] |= {"asked_long_ago": 3, "side": "upper"}
    found = recheck(store, KNOWLEDGE, NoonClock())
    assert found is not None
    assert "side" not in found.facts
    assert found.facts["pain_worst"] == 4.0


def test_without_a_kept_check_there_is_none() -> None:
    assert recheck(MemoryStore(), KNOWLEDGE, NoonClock()) is None


def test_an_empty_history_says_nothing() -> None:
    assert facts_on_record(MemoryStore(), KNOWLEDGE, NoonClock()) == {}


def test_an_answer_wins_over_the_history() -> None:
    found = check_answers({"running_days_7d": 2.0}, KNOWLEDGE, {"running_days_7d": 7.0})
    assert found.facts["running_days_7d"] == 2.0


def test_the_document_keeps_the_promised_fields() -> None:
    document = knee_check_document(check_answers(ANSWERS, KNOWLEDGE), KNOWLEDGE)
    promised = {"urgency", "red_flags", "patterns", "plan", "unanswered", "causes"}
    assert promised <= document.keys()
    assert document["urgency"] in {"emergency", "urgent", "soon", "self_care"}
    assert document["plan"] in {"allowed", "reduced", "hidden"}
    for flag in document["red_flags"]:
        assert {"id", "title", "sources", "state", "who", "how_soon"} <= flag.keys()
        assert flag["state"] == "not_ruled_out"
        assert flag["open_questions"]
        for source in flag["sources"]:
            assert {"key", "title", "where", "year", "link", "supports"} <= source.keys()
    json.dumps(document, allow_nan=False)


def test_a_shown_pattern_carries_its_reasons_and_ground() -> None:
    answers: Facts = {
        **ANSWERS,
        "hurts_when": frozenset({"during_run"}),
        "repeatable_distance": True,
        "run_course": "worsens",
    }
    document = knee_check_document(check_answers(answers, KNOWLEDGE), KNOWLEDGE)
    shown = {each["id"]: each for each in document["patterns"]}
    pattern = shown["it_band_type"]
    assert pattern["raised_by"]
    assert pattern["lowered_by"] == []
    assert pattern["basis"] in {"trial", "cohort", "guideline", "article", "design"}
    assert pattern["sources"][0]["title"]
