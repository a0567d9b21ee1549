"""A check-in as other programs read it; field names are a promise."""

from typing import Any

from sidestep.domain.planning.pain_response import Response
from sidestep.domain.triage.findings import RaisedFlag
from sidestep.services.check_ins.log_day import LoggedDay
from sidestep.services.knee.knee_answers import plain_facts
from sidestep.services.knowledge.backing_document import backing_document
from sidestep.services.ports import Knowledge


def log_document(logged: LoggedDay, knowledge: Knowledge) -> dict[str, Any]:
    """Build the document of a check-in."""
    check = logged.check
    return {
        "date": logged.on.isoformat(),
        "answers": plain_facts(logged.answers),
        "on_file": list(logged.on_file),
        "urgency": None if check is None else check.urgency.word,
        "plan": None if check is None else check.plan.word,
        "plan_reasons": [] if check is None else list(check.plan_reasons),
        "red_flags": []
        if check is None
        else [flag_document(raised) for raised in check.red_flags if raised.is_present],
        "signs_open": logged.are_signs_open,
        "running": response_document(logged.running, knowledge),
        "exercises": response_document(logged.exercises, knowledge),
        "effort_kept_with": logged.effort_kept_with,
        "knowledge_version": knowledge.version,
    }


def flag_document(raised: RaisedFlag) -> dict[str, Any]:
    """Build the few fields of a warning sign that is present: who to see, and how soon."""
    flag = raised.flag
    return {
        "id": flag.id,
        "title": flag.title,
        "urgency": flag.urgency.word,
        "who": flag.who,
        "how_soon": flag.how_soon,
    }


def response_document(response: Response | None, knowledge: Knowledge) -> dict[str, Any] | None:
    """Build the document of what comes next, and why."""
    if response is None:
        return None
    return {
        "step": response.step.word,
        "saw": response.saw,
        "on": None if response.on is None else response.on.isoformat(),
        "rule": response.why.rule,
        "says": response.why.says,
        **backing_document(response.why.backing, knowledge.sources),
    }
