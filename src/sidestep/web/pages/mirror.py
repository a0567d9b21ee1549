"""The mirror: its course, how it is set up, and what each session came to."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sidestep.domain.motion.mirror import LIVE_MEASURES
from sidestep.domain.vocabulary.parameters import parameter_of
from sidestep.errors import InputError
from sidestep.languages.place_names import N_
from sidestep.services.clips.measure_words import WORDS, in_words
from sidestep.services.clips.mirror_plan import MirrorPlan, keep_mirror_setup, mirror_plan
from sidestep.services.clips.mirror_result import mirror_result
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knowledge.short_name import short_names
from sidestep.services.ports import StoredDocument
from sidestep.web.desk import Desk
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, NotFoundError, language_of, site_of

router = APIRouter(include_in_schema=False)

REASONS = (
    "mirror_sessions",
    "mirror_full_sessions",
    "mirror_last_minutes",
    "mirror_last_feedback_frac",
    "mirror_block_min",
    "mirror_counts_frac",
    "mirror_retest_days",
)
"""The numbers that the course rests on, in the order they are told."""


@router.get("/mirror")
def show_mirror(request: Request, desk: MyDesk) -> Response:
    """Show where she is in the course, and the mirror itself."""
    return _mirror_page(request, desk)


@router.post("/mirror/setup")
def keep_setup(
    request: Request,
    desk: MyDesk,
    view: Annotated[str, Form()],
    watched: Annotated[str, Form()],
    limit: Annotated[str, Form(max_length=20)] = "",
    sound: Annotated[str, Form()] = "",
) -> Response:
    """Keep how the mirror is used."""
    try:
        keep_mirror_setup(view, watched, limit, has_sound=bool(sound), **desk.pieces)
    except InputError as wrong:
        said = {"view": view, "watched": watched, "limit": limit, "has_sound": bool(sound)}
        return _mirror_page(request, desk, status=422, wrong=wrong, said=said)
    return RedirectResponse(f"{site_of(request).root_path}/mirror", status_code=303)


@router.get("/mirror/sessions/{session_id}")
def show_session(request: Request, desk: MyDesk, session_id: str) -> Response:
    """Show what a session came to."""
    kept = _session(desk, session_id)
    plan = _plan(desk)
    return page(
        request,
        "mirror_session.html",
        result=mirror_result(kept),
        made_on=kept.made_at.date(),
        planned=kept.content["planned"],
        n_course=len(plan.course),
        next=plan.next,
        is_newest=kept.id == max((*plan.done, *plan.others), key=lambda each: each.made_at).id,
    )


@router.post("/mirror/sessions/{session_id}/delete")
def delete_session(request: Request, desk: MyDesk, session_id: str) -> Response:
    """Delete a session."""
    desk.store.delete_document(_session(desk, session_id).id)
    return RedirectResponse(f"{site_of(request).root_path}/mirror", status_code=303)


def _plan(desk: Desk) -> MirrorPlan:
    return desk.kept("mirror plan", lambda: mirror_plan(**desk.pieces))


def _session(desk: Desk, session_id: str) -> StoredDocument:
    for kept in desk.store.documents(DocumentKind.MIRROR_SESSION):
        if kept.id == session_id:
            return kept
    raise NotFoundError(N_("there is no such session at the mirror"))


def _mirror_page(
    request: Request,
    desk: Desk,
    *,
    status: int = 200,
    wrong: InputError | None = None,
    said: dict[str, Any] | None = None,
) -> Response:
    plan = _plan(desk)
    motion, sources = desk.knowledge.motion, desk.knowledge.sources
    setup, reader = plan.setup, language_of(request)
    kept = {
        "view": setup.view.value,
        "watched": setup.watched.value,
        "limit": "" if setup.limit is None else reader.number(setup.limit),
        "has_sound": setup.has_sound,
    }
    numbers = [parameter_of(motion, each) for each in REASONS]
    results = [mirror_result(each) for each in (*plan.done, *plan.others)]
    made_on = {each.id: each.made_at for each in (*plan.done, *plan.others)}
    return page(
        request,
        "mirror.html",
        status=status,
        plan=plan,
        results=sorted(results, key=lambda each: made_on[each.id], reverse=True),
        made_on=made_on,
        wrong=wrong,
        said=said or kept,
        words={each.value: WORDS[each] for each in LIVE_MEASURES},
        usual="" if plan.usual is None else in_words(setup.watched, plan.usual),
        today=desk.clock.today(),
        reasons=[
            {
                "says": each.filled_in(),
                "basis": each.backing.basis.in_words,
                "sources": short_names(each.backing.citations, sources),
            }
            for each in numbers
        ],
    )
