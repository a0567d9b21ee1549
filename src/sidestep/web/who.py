"""Who sends a request: somebody signed in, a visitor with answers on their way, or a program."""

import hashlib
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.requests import HTTPConnection

from sidestep.errors import SidestepError
from sidestep.languages.distances import unit_named
from sidestep.languages.language import LANGUAGES, Language, language, preferred
from sidestep.services.people.sign_in import new_token, token_hash, who_is
from sidestep.services.ports.people import Account
from sidestep.web.desk import Desk
from sidestep.web.site import Site

SESSION, VISIT, LANGUAGE = "sidestep_session", "sidestep_visit", "sidestep_language"
SIGNED_IN_S = 90 * 24 * 3600
VISIT_S = 24 * 3600


class NotSignedInError(SidestepError):
    """The page is somebody's own, and nobody is signed in."""

    code = "not_signed_in"

    def __init__(self) -> None:
        super().__init__("nobody is signed in", hint="Sign in, and try again.")


class NotAllowedError(SidestepError):
    """What was sent does not allow this."""

    code = "not_allowed"


class NotFoundError(SidestepError):
    """There is no such thing, or it is somebody else's, which is never told apart."""

    code = "not_found"


class TooManyError(SidestepError):
    """The same was asked for too often."""

    code = "too_many"


def site_of(connection: HTTPConnection) -> Site:
    """Return the running server."""
    site: Site = connection.app.state.site
    return site


def desk_or_none(connection: HTTPConnection) -> Desk | None:
    """Return the desk of whoever is signed in with this browser."""
    if not hasattr(connection.state, "desk"):
        site, token = site_of(connection), connection.cookies.get(SESSION, "")
        wiring = site.wiring
        entry = who_is(token, people=wiring.people, clock=wiring.clock) if token else None
        connection.state.desk = None if entry is None else site.desk(entry.owner_id)
        connection.state.browser = entry
    desk: Desk | None = connection.state.desk
    return desk


def signed_in_desk(connection: HTTPConnection) -> Desk:
    """Return the desk of whoever is signed in.

    Raises
    ------
    NotSignedInError
        Nobody is.
    """
    desk = desk_or_none(connection)
    if desk is None:
        raise NotSignedInError
    return desk


def account_of(connection: HTTPConnection) -> Account | None:
    """Return the account of whoever is signed in."""
    if not hasattr(connection.state, "account"):
        desk = desk_or_none(connection)
        connection.state.account = (
            None if desk is None else desk.wiring.people.account(desk.owner_id)
        )
    account: Account | None = connection.state.account
    return account


def language_of(connection: HTTPConnection) -> Language:
    """Return the language to answer in: her setting, else this browser's choice, else its own.

    Distances are in her unit. Without a choice that is the kilometre, in which both languages here
    write them; somebody without an account has none to choose.
    """
    return language_for(account_of(connection), connection)


def language_for(account: Account | None, connection: HTTPConnection) -> Language:
    """Return the language to answer an account in, whoever's browser asks."""
    settings = {} if account is None else account.settings
    chosen = settings.get("language")
    chosen = chosen or connection.cookies.get(LANGUAGE)
    if chosen not in LANGUAGES:
        chosen = preferred(connection.headers.get("accept-language", ""))
    return language(chosen, unit_named(settings.get("distances")))


def anybodys_desk(connection: HTTPConnection) -> Desk:
    """Return the desk of whoever is signed in, else one over nobody's records.

    A visitor's desk knows the rules and the clock; nothing is ever written to its store.
    """
    return desk_or_none(connection) or site_of(connection).desk(NOBODY)


NOBODY = "nobody"


def draft_key(request: Request, response: Response, owner_id: str | None = None) -> str:
    """Return under which key this person's or visitor's answers on their way are kept.

    A visitor gets a cookie that names nothing but this visit. ``owner_id`` is given where somebody
    is only just being signed in.
    """
    desk = desk_or_none(request)
    owner_id = owner_id or (None if desk is None else desk.owner_id)
    if owner_id is not None:
        return hashlib.sha256(f"owner {owner_id}".encode()).hexdigest()
    token = request.cookies.get(VISIT) or getattr(request.state, "visit", None)
    if token is None:
        token = request.state.visit = new_token()
        set_cookie(request, response, VISIT, token, VISIT_S)
    return token_hash(token)


def set_cookie(request: Request, response: Response, name: str, value: str, max_age_s: int) -> None:
    """Set a cookie that scripts cannot read and other sites' pages do not send."""
    site = site_of(request)
    response.set_cookie(
        name,
        value,
        max_age=max_age_s,
        path=f"{site.root_path}/",
        secure=site.is_https,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(name, path=f"{site_of(request).root_path}/")


MyDesk = Annotated[Desk, Depends(signed_in_desk)]
"""The desk of whoever is signed in; without anybody the request is answered with the sign-in."""

AnyDesk = Annotated[Desk, Depends(anybodys_desk)]
"""The desk of whoever is signed in, else a visitor's."""
