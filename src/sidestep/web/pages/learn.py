"""Reading: beliefs, causes, exercises, and why each rule is as it is."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from sidestep.domain.planning.exercise import ExerciseUse
from sidestep.domain.triage.findings import KneeCheck
from sidestep.errors import InputError
from sidestep.services.check_ins.log_day import knee_as_told
from sidestep.services.knowledge.coverage import by_basis, coverage
from sidestep.services.knowledge.exercise_document import exercises_for, find_exercise, moving_on
from sidestep.services.knowledge.inspect_knowledge import find_statements
from sidestep.services.knowledge.knowledge_reading import Statement
from sidestep.services.knowledge.knowledge_statements import KIND_TITLES, statements_of
from sidestep.web.desk import Desk
from sidestep.web.rendering import page
from sidestep.web.who import AnyDesk, NotFoundError, desk_or_none, site_of

router = APIRouter(include_in_schema=False)


@router.get("/learn")
def learn(request: Request, desk: AnyDesk) -> Response:
    """Show beliefs and causes, first those that are a person's own."""
    check = _check_of(request)
    knowledge = desk.knowledge
    own_myths = () if check is None else check.myths
    own_causes = (
        () if check is None else tuple(each.cause for each in check.causes if each.is_present)
    )
    return page(
        request,
        "learn.html",
        own_myths=own_myths,
        own_causes=own_causes,
        other_myths=[each for each in knowledge.myths if each not in own_myths],
        other_causes=[each for each in knowledge.causes if each not in own_causes],
        sources=knowledge.sources,
    )


def _check_of(request: Request) -> KneeCheck | None:
    desk: Desk | None = desk_or_none(request)
    if desk is None:
        return None
    return desk.kept("knee as told", lambda: knee_as_told(**desk.pieces))


@router.get("/learn/exercises")
def exercises(request: Request, desk: AnyDesk) -> Response:
    """Show every exercise, by what it is used for."""
    known = desk.knowledge.exercises
    by_use = {use: [e for e in exercises_for(use, known) if e.use is use] for use in ExerciseUse}
    return page(request, "exercises.html", by_use=by_use)


@router.get("/learn/exercises/{exercise_id}")
def exercise(request: Request, desk: AnyDesk, exercise_id: str) -> Response:
    """Show one exercise: moving, how, how much, easier, harder, instead, and what it stands on."""
    knowledge = desk.knowledge
    try:
        shown = find_exercise(exercise_id, knowledge.exercises)
    except InputError as unknown:
        raise NotFoundError(unknown.message) from unknown
    return page(
        request,
        "exercise.html",
        exercise=shown,
        drawing=desk.wiring.read_drawing(exercise_id),
        known=knowledge.exercises,
        moving_on=moving_on(shown, knowledge.plans),
        sources=knowledge.sources,
    )


@router.get("/why")
def rules(request: Request, desk: AnyDesk, q: str = "") -> Response:
    """List every rule, number and exercise, or those that a word is found in."""
    reading = site_of(request).wiring.knowledge_reading
    everything = statements_of(reading)
    found = [each for each in everything if _speaks_of(each, q)]
    check = _check_of(request)
    kinds = dict.fromkeys([*KIND_TITLES, *(each.kind for each in found)])
    by_kind = {kind: [each for each in found if each.kind == kind] for kind in kinds}
    return page(
        request,
        "rules.html",
        by_kind={kind: listed for kind, listed in by_kind.items() if listed},
        titles=KIND_TITLES,
        q=q,
        n_found=len(found),
        n_all=len(everything),
        n_signed=sum(each.backing.reviewed is not None for each in everything),
        n_sources=len(reading.knowledge.sources),
        grounds=by_basis(everything),
        coverage=None if check is None else coverage(check.facts, desk.knowledge),
        version=desk.knowledge.version,
    )


@router.get("/why/{rule_id}")
def rule(request: Request, desk: AnyDesk, rule_id: str) -> Response:
    """Show one rule with its ground."""
    reading = site_of(request).wiring.knowledge_reading
    try:
        found = find_statements(rule_id, reading)
    except InputError as unknown:
        raise NotFoundError(unknown.message, hint=_without_command(unknown.hint)) from unknown
    return page(
        request,
        "rule.html",
        statements=found,
        titles=KIND_TITLES,
        sources=desk.knowledge.sources,
        version=desk.knowledge.version,
    )


def _without_command(hint: str) -> str:
    return "" if "sidestep" in hint else hint


def _speaks_of(statement: Statement, words: str) -> bool:
    text = f"{statement.id} {statement.title} {statement.says} {statement.value}".casefold()
    return all(word in text for word in words.casefold().split())
