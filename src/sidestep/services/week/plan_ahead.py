"""Weeks ahead, planned from what is known now; at most the first of them is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

from sidestep.domain.planning.horizon import Horizon, PlannedWeek, plan_weeks
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Limit, NoWeek
from sidestep.errors import AnswersError
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.plan_week import (
    basis_now,
    plan_and_keep,
    plan_week,
    usual_week_start,
)
from sidestep.services.week.week_document import (
    Sources,
    limit_document,
    week_document,
    why_document,
)


def plan_ahead(
    weeks: int,
    *,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
    week_starts: date | None = None,
    keeps: bool = True,
) -> Horizon | NoWeek:
    """Plan weeks in a row and keep the first, unless this is only a look.

    Parameters
    ----------
    weeks
        From 1 to what ``plan_weeks_max`` says.
    keeps
        Whether the first is kept, in the place of one that was kept before.

    Raises
    ------
    AnswersError
        More weeks than that, or less than one.
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    most = Rules(knowledge.plans).count("plan_weeks_max")
    if not 1 <= weeks <= most:
        raise AnswersError(
            f"{weeks} weeks cannot be planned ahead",
            hint=f"Ask for 1 to {most}: sidestep plan --weeks {most}",
        )
    starts = usual_week_start(store, clock.today()) if week_starts is None else week_starts
    plan = plan_and_keep if keeps else plan_week
    first = plan(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    basis = basis_now(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    ahead = plan_weeks(starts, weeks, basis.request, basis.course)
    if isinstance(ahead, NoWeek) or isinstance(first, NoWeek):
        return ahead
    # A week by itself says more of itself than one looked ahead to.
    return replace(ahead, weeks=(replace(ahead.weeks[0], plan=first), *ahead.weeks[1:]))


def limits_of(weeks: tuple[PlannedWeek, ...]) -> tuple[Limit, ...]:
    """Return the limits of weeks, each once, as the first week that has it says it."""
    limits: dict[str, Limit] = {}
    for week in weeks:
        for limit in week.plan.limits:
            limits.setdefault(limit.id, limit)
    return tuple(limits.values())


def ahead_document(
    plan: Horizon | NoWeek, sources: Sources, *, solved_in_s: float
) -> dict[str, Any]:
    """Build the document of weeks ahead, or of why there are none."""
    if isinstance(plan, NoWeek):
        none = week_document(plan, sources)
        return {
            "weeks": [],
            "status": none["status"],
            "solved_in_s": round(solved_in_s, 3),
            "limits": none["collisions"],
            "unmet_wishes": [],
            "goal": None,
            "stopped": none,
        }
    return {
        "weeks": [_week(week, sources) for week in plan.weeks],
        "status": "planned",
        "solved_in_s": round(solved_in_s, 3),
        "limits": [limit_document(limit, sources) for limit in limits_of(plan.weeks)],
        "unmet_wishes": [why_document(wish, sources) for wish in plan.unmet_wishes],
        "goal": None if plan.goal is None else why_document(plan.goal, sources),
        "stopped": None if plan.stopped is None else week_document(plan.stopped, sources),
    }


def _week(week: PlannedWeek, sources: Sources) -> dict[str, Any]:
    return {**week_document(week.plan, sources), "distance_km": round(week.distance_km, 1)}
