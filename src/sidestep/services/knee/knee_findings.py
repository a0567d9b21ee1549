"""A knee check as a page reads it from top to bottom; what it concludes was decided before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.rules import Urgency
from sidestep.domain.vocabulary.evidence import Basis
from sidestep.services.knee.knee_check_document import knee_check_document
from sidestep.services.ports import Knowledge
from sidestep.services.ports.report_pages import KneeMap, Row
from sidestep.services.report.report_answers import knee_map, short_rows
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_knee import urgency_panel
from sidestep.services.report.report_parts import is_plan_hidden

_FIRMEST = [basis.value for basis in Basis]


@dataclass(frozen=True, slots=True, kw_only=True)
class KneeFindings:
    """What was found, in the order it is read.

    Attributes
    ----------
    is_hold
        Nothing of a plan or a next run may be said: somebody has to look first, or answers that
        matter for safety are missing.
    present, open
        Warning signs, most urgent first, as in the document of a knee check. In an emergency only
        those that make it one.
    first
        The sign whose ``who`` and ``how_soon`` count for everything; ``None`` without any.
    tell
        What to say there, or on the telephone.
    still_to_answer
        Questions (``id``, ``asks``) that would settle what is open.
    causes
        By state: ``present`` on the firmest ground first, ``unknown``, ``absent``.
    """

    urgency: str
    headline: str
    says: tuple[str, ...]
    is_hold: bool
    is_emergency: bool
    is_only_open: bool
    present: Sequence[Mapping[str, Any]]
    open: Sequence[Mapping[str, Any]]
    first: Mapping[str, Any] | None
    knee: KneeMap
    tell: tuple[Row, ...]
    still_to_answer: tuple[Mapping[str, str], ...]
    patterns: Sequence[Mapping[str, Any]]
    causes: Mapping[str, Sequence[Mapping[str, Any]]]
    myths: Sequence[Mapping[str, Any]]
    plan_reasons: tuple[str, ...]
    knowledge_version: str


def knee_findings(check: KneeCheck, knowledge: Knowledge) -> KneeFindings:
    """Return what a page shows of a knee check; an emergency leaves only what makes it one."""
    document = knee_check_document(check, knowledge)
    panel = urgency_panel(check, knowledge.questions, CitedSources(knowledge.sources))
    flags = document["red_flags"]
    present = [flag for flag in flags if flag["state"] == "present"]
    still_open = [flag for flag in flags if flag["state"] != "present"]
    if check.is_emergency:
        present = [flag for flag in present if flag["urgency"] == Urgency.EMERGENCY.word]
        still_open = []
    decides = still_open if check.is_only_open else present
    rests = not check.is_emergency
    return KneeFindings(
        urgency=document["urgency"],
        headline=panel.headline,
        says=panel.says,
        is_hold=is_plan_hidden(check),
        is_emergency=check.is_emergency,
        is_only_open=check.is_only_open,
        present=present,
        open=still_open,
        first=next(iter(decides), None),
        knee=knee_map(check.facts, knowledge.questions),
        tell=_to_tell(check, present, knowledge),
        still_to_answer=_named(check.unanswered, knowledge) if rests else (),
        patterns=document["patterns"] if rests else (),
        causes=_by_state(document["causes"]) if rests else {},
        myths=document["myths"] if rests else (),
        plan_reasons=tuple(document["plan_reasons"]) if rests else (),
        knowledge_version=document["knowledge_version"],
    )


def _to_tell(
    check: KneeCheck, present: Sequence[Mapping[str, Any]], knowledge: Knowledge
) -> tuple[Row, ...]:
    place = knee_map(check.facts, knowledge.questions).caption
    signs = "; ".join(flag["title"] for flag in present)
    return (
        Row(label="Where", value=place),
        *short_rows(check.facts, knowledge.questions),
        *((Row(label="Signs", value=signs),) if signs else ()),
    )


def _named(facts: Sequence[str], knowledge: Knowledge) -> tuple[Mapping[str, str], ...]:
    questions = knowledge.questions
    return tuple({"id": fact, "asks": questions[fact].asks} for fact in facts if fact in questions)


def _by_state(causes: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {"present": [], "unknown": [], "absent": []}
    for cause in causes:
        found[cause["state"]].append(cause)
    found["present"].sort(key=lambda cause: _FIRMEST.index(cause["basis"]))
    return found
