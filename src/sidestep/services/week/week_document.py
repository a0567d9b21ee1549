"""A week as the JSON document other programs read; how a week is found is not here."""

from collections.abc import Mapping
from typing import Any

from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.week import Block, Day, Limit, NoWeek, WeekPlan, Why
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
        "limits": [_limit(limit, sources) for limit in plan.limits],
        "notes": [_why(note, sources) for note in plan.notes],
        "collisions": [],
        "says": "",
        "would_help": [],
    }


def _no_week(plan: NoWeek, sources: Sources) -> dict[str, Any]:
    reason = "knee_check" if plan.is_hidden else "collisions"
    return {
        "week_starts": plan.week_starts.isoformat(),
        "status": "hidden" if plan.is_hidden else "no_week",
        "days": [],
        "limits": [],
        "notes": [_why(own_why(reason, plan.says), sources)],
        "collisions": [_limit(limit, sources) for limit in plan.collisions],
        "says": plan.says,
        "would_help": list(plan.would_help),
    }


def _day(day: Day, sources: Sources) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "kind": day.kind.value,
        "minutes": round(day.minutes, 1),
        "blocks": [_block(block, sources) for block in day.blocks],
    }


def _block(block: Block, sources: Sources) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "exercise": block.exercise,
        "title": block.title,
        "dose": block.dose,
        "minutes": block.minutes,
        "distance_km": block.distance_km,
        "cues": list(block.cues),
        "why": _why(block.why, sources),
    }


def _limit(limit: Limit, sources: Sources) -> dict[str, Any]:
    return {
        "id": limit.id,
        "says": limit.says,
        "is_editable": limit.is_editable,
        "why": _why(limit.why, sources),
    }


def _why(why: Why, sources: Sources) -> dict[str, Any]:
    return {
        "rule": why.rule,
        "says": why.says,
        **backing_document(why.backing, sources),
    }
