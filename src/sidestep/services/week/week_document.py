"""A week as the JSON document other programs read; how a week is found is not here."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.week import Block, Day, Limit, NoWeek, WeekPart, WeekPlan, Why
from sidestep.domain.vocabulary.evidence import Source
from sidestep.services.knowledge.backing_document import backing_document

Sources = Mapping[str, Source]


def week_document(plan: WeekPlan | NoWeek, sources: Sources) -> dict[str, Any]:
    """Build the document of a week, or of why there is none.

    A hidden plan and colliding limits are results like any other: ``days`` is empty, ``status`` is
    ``hidden`` or ``no_week`` instead of ``planned``, ``says`` and ``notes`` carry the reason.
    """
    if isinstance(plan, NoWeek):
        return _no_week(plan, sources)
    return {
        "week_starts": plan.week_starts.isoformat(),
        "status": "planned",
        "days": [_day(day, sources) for day in plan.days],
        "limits": [limit_document(limit, sources) for limit in plan.limits],
        "notes": [why_document(note, sources) for note in plan.notes],
        "collisions": [],
        "says": "",
        "would_help": [],
        **_part(plan.part, sources),
    }


def _part(part: WeekPart | None, sources: Sources) -> dict[str, Any]:
    return {
        "phase": None if part is None else part.phase.value,
        "phase_why": None if part is None else why_document(part.about, sources),
        "is_lighter": part is not None and part.is_lighter,
    }


def _no_week(plan: NoWeek, sources: Sources) -> dict[str, Any]:
    reason = "knee_check" if plan.is_hidden else "collisions"
    return {
        "week_starts": plan.week_starts.isoformat(),
        "status": "hidden" if plan.is_hidden else "no_week",
        "days": [],
        "limits": [],
        "notes": [why_document(own_why(reason, plan.says), sources)],
        "collisions": [limit_document(limit, sources) for limit in plan.collisions],
        "says": plan.says,
        "would_help": list(plan.would_help),
        **_part(None, sources),
    }


def _day(day: Day, sources: Sources) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "kind": day.kind.value,
        "minutes": round(day.minutes, 1),
        "blocks": [block_document(block, sources) for block in day.blocks],
    }


def block_document(block: Block, sources: Sources) -> dict[str, Any]:
    """Build the document of one thing to do."""
    return {
        "kind": block.kind.value,
        "exercise": block.exercise,
        "title": block.title,
        "dose": block.dose,
        "minutes": block.minutes,
        "distance_km": block.distance_km,
        "return_phase": block.return_phase,
        "turns": None if block.turns is None else asdict(block.turns),
        "bouts": None if block.bouts is None else asdict(block.bouts),
        "cues": list(block.cues),
        "why": why_document(block.why, sources),
    }


def limit_document(limit: Limit, sources: Sources) -> dict[str, Any]:
    """Build the document of one limit."""
    return {
        "id": limit.id,
        "says": limit.says,
        "is_editable": limit.is_editable,
        "why": why_document(limit.why, sources),
    }


def why_document(why: Why, sources: Sources) -> dict[str, Any]:
    """Build the document of a reason and what it stands on."""
    return {
        "rule": why.rule,
        "says": why.says,
        **backing_document(why.backing, sources),
    }
