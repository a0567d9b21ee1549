"""A knee check as other programs read it; field names are a promise."""

from typing import Any

from sidestep.domain.triage.findings import FittingPattern, KneeCheck, RaisedFlag, ScreenedCause
from sidestep.domain.triage.rules import Myth, PlanAccess
from sidestep.services.knee.knee_answers import plain_facts
from sidestep.services.knowledge.backing_document import backing_document
from sidestep.services.ports import Knowledge

STATES: dict[bool | None, str] = {True: "present", False: "absent", None: "unknown"}


def knee_check_document(check: KneeCheck, knowledge: Knowledge) -> dict[str, Any]:
    """Build the document of a knee check; while the plan is hidden, without what it would do."""
    shows_plan = check.plan is not PlanAccess.HIDDEN
    return {
        "urgency": check.urgency.word,
        "red_flags": [_flag(raised, knowledge) for raised in check.red_flags],
        "patterns": [_pattern(each, knowledge, shows_plan=shows_plan) for each in check.patterns],
        "plan": check.plan.word,
        "plan_reasons": list(check.plan_reasons),
        "unanswered": list(check.unanswered),
        "causes": [_cause(each, knowledge, shows_plan=shows_plan) for each in check.causes],
        "myths": [_myth(myth, knowledge) for myth in check.myths],
        "facts": plain_facts(check.facts),
        "knowledge_version": knowledge.version,
    }


def _flag(raised: RaisedFlag, knowledge: Knowledge) -> dict[str, Any]:
    flag = raised.flag
    return {
        "id": flag.id,
        "title": flag.title,
        "state": "present" if raised.is_present else "not_ruled_out",
        "urgency": flag.urgency.word,
        "who": flag.who,
        "how_soon": flag.how_soon,
        "says": flag.says,
        "open_questions": _named(raised.open_facts, knowledge),
        **backing_document(flag.backing, knowledge.sources),
    }


def _pattern(fitting: FittingPattern, knowledge: Knowledge, *, shows_plan: bool) -> dict[str, Any]:
    pattern = fitting.pattern
    return {
        "id": pattern.id,
        "title": pattern.title,
        "says": pattern.says,
        "raised_by": list(fitting.raised_by),
        "lowered_by": list(fitting.lowered_by),
        "not_known": _named(fitting.not_known, knowledge),
        "plan": pattern.plan.word,
        "plan_says": pattern.plan_says if shows_plan else "",
        "ask_a_clinician": pattern.ask_a_clinician,
        **backing_document(pattern.backing, knowledge.sources),
    }


def _cause(screened: ScreenedCause, knowledge: Knowledge, *, shows_plan: bool) -> dict[str, Any]:
    cause = screened.cause
    return {
        "id": cause.id,
        "title": cause.title,
        "state": STATES[screened.is_present],
        "because": list(screened.because),
        "says": cause.says,
        "known": cause.known,
        "plan_does": cause.plan_does if shows_plan else "",
        "exercises": list(cause.exercises) if shows_plan else [],
        **backing_document(cause.backing, knowledge.sources),
    }


def _myth(myth: Myth, knowledge: Knowledge) -> dict[str, Any]:
    return {
        "id": myth.id,
        "title": myth.title,
        "belief": myth.belief,
        "says": myth.says,
        **backing_document(myth.backing, knowledge.sources),
    }


def _named(facts: tuple[str, ...], knowledge: Knowledge) -> list[dict[str, str]]:
    questions = knowledge.questions
    return [
        {"id": fact, "asks": questions[fact].asks if fact in questions else fact} for fact in facts
    ]
