"""The answers on their way of whoever sends a request; how they are taken is the services'."""

from fastapi import Request, Response

from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.visit_draft import (
    VisitDraft,
    forget_draft,
    load_draft,
    save_draft,
    take_over,
)
from sidestep.services.people.sign_in import token_hash
from sidestep.web.who import VISIT, desk_or_none, draft_key, drop_cookie, site_of


def draft_of(request: Request) -> VisitDraft:
    """Return the answers on their way; looking leaves no cookie behind."""
    if desk_or_none(request) is None and VISIT not in request.cookies:
        return VisitDraft()
    wiring = site_of(request).wiring
    return load_draft(
        draft_key(request, Response()),
        people=wiring.people,
        knowledge=wiring.knowledge,
        clock=wiring.clock,
    )


def keep_draft(request: Request, response: Response, draft: VisitDraft) -> None:
    """Keep the answers on their way; a visitor's first answer gives this browser a cookie."""
    wiring, desk = site_of(request).wiring, desk_or_none(request)
    save_draft(
        draft_key(request, response),
        draft,
        people=wiring.people,
        clock=wiring.clock,
        owner_id=None if desk is None else desk.owner_id,
    )


def forget(request: Request, response: Response) -> None:
    """Erase the answers on their way, a visitor's of this browser too."""
    people = site_of(request).wiring.people
    if desk_or_none(request) is not None or VISIT in request.cookies:
        forget_draft(draft_key(request, Response()), people)
    forget_visit(request, response)


def visit_before(request: Request) -> VisitDraft:
    """Return what was answered in this browser before anybody signed in."""
    token, wiring = request.cookies.get(VISIT), site_of(request).wiring
    if not token:
        return VisitDraft()
    return load_draft(
        token_hash(token), people=wiring.people, knowledge=wiring.knowledge, clock=wiring.clock
    )


def forget_visit(request: Request, response: Response) -> None:
    """Erase what was answered in this browser before anybody signed in."""
    token = request.cookies.get(VISIT)
    if token:
        forget_draft(token_hash(token), site_of(request).wiring.people)
        drop_cookie(request, response, VISIT)


def take_visit_over(request: Request, response: Response, owner_id: str) -> str:
    """Hand this browser's visit to an account, and return the page to go on with."""
    site, token = site_of(request), request.cookies.get(VISIT, "")
    desk = site.desk(owner_id)
    draft = take_over(
        token_hash(token),
        draft_key(request, response, owner_id),
        owner_id,
        people=desk.wiring.people,
        **desk.pieces,
    )
    drop_cookie(request, response, VISIT)
    if not draft.has_begun:
        return "/knee"
    return "/knee/result" if draft.is_done else "/knee/questions"


def carried_over(request: Request, response: Response, owner_id: str) -> str | None:
    """Take a visit over on signing in, when it can only be this person's.

    Whoever has answered for herself before is asked whose answers these are: the browser may be
    shared. ``None`` when there is nothing to go on with.
    """
    if not visit_before(request).has_begun:
        return None
    store = site_of(request).desk(owner_id).store
    if store.latest_document(DocumentKind.KNEE_CHECK) is not None:
        return None
    return take_visit_over(request, response, owner_id)
