"""The way in: three choices, the link that is used once, signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from sidestep.errors import InputError
from sidestep.languages.place_names import N_
from sidestep.services.people.sign_in import (
    NO_ENTRY,
    link_owner,
    open_browser,
    sign_in,
    use_link,
)
from sidestep.web.device_name import device_name
from sidestep.web.guesses import guess_keys, told_to_wait
from sidestep.web.rendering import page
from sidestep.web.visits import carried_over
from sidestep.web.who import (
    SESSION,
    SIGNED_IN_S,
    NotFoundError,
    desk_or_none,
    drop_cookie,
    set_cookie,
    site_of,
)

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request) -> Response:
    """Ask what brings somebody here, or go to today's card."""
    if desk_or_none(request) is not None:
        return _away(request, "/today")
    return page(request, "start.html")


@router.get("/welcome/{token}")
def welcome(request: Request, token: str) -> Response:
    """Let the bearer of a link choose a name and a password."""
    wiring = site_of(request).wiring
    owner_id = link_owner(token, people=wiring.people, clock=wiring.clock)
    if owner_id is None:
        raise NotFoundError(
            N_("this link has been used or has expired"),
            hint="Start the program again for a new one: sidestep serve --new-link",
        )
    known = wiring.people.account(owner_id)
    name = "" if known is None else known.name
    return page(request, "welcome.html", token=token, is_new=known is None, name=name, error="")


@router.post("/welcome/{token}")
def begin(
    request: Request, token: str, name: Annotated[str, Form()], password: Annotated[str, Form()]
) -> Response:
    """Make the account, and sign its first browser in."""
    wiring = site_of(request).wiring
    owner_id = link_owner(token, people=wiring.people, clock=wiring.clock)
    try:
        account = use_link(
            token,
            name,
            password,
            people=wiring.people,
            passwords=wiring.passwords,
            clock=wiring.clock,
        )
    except InputError as wrong:
        is_new = owner_id is None or wiring.people.account(owner_id) is None
        said = f"{wrong.message[:1].upper()}{wrong.message[1:]}. {wrong.hint}"
        return page(
            request,
            "welcome.html",
            status=422,
            token=token,
            is_new=is_new,
            name=name,
            error=said,
        )
    return _signed_in(request, account.owner_id, "/knee")


@router.get("/sign-in")
def ask_for_sign_in(request: Request, next: str = "/today") -> Response:
    """Ask for name and password."""
    has_accounts = bool(site_of(request).wiring.people.accounts())
    return page(
        request, "sign_in.html", next=_inside(next), name="", error="", has_accounts=has_accounts
    )


@router.post("/sign-in")
def take_sign_in(
    request: Request,
    name: Annotated[str, Form()],
    password: Annotated[str, Form()],
    next: Annotated[str, Form()] = "/today",
) -> Response:
    """Sign a browser in, unless too many attempts failed."""
    site = site_of(request)
    keys = guess_keys(request, name)
    if too_many := told_to_wait(request, keys):
        return _not_in(request, name, next, 429, too_many)
    wiring = site.wiring
    account = sign_in(
        name, password, people=wiring.people, passwords=wiring.passwords, clock=wiring.clock
    )
    if account is None:
        site.attempts.failed(*keys)
        return _not_in(request, name, next, 401, NO_ENTRY)
    site.attempts.succeeded(*keys)
    return _signed_in(request, account.owner_id, _inside(next))


@router.get("/authority.crt")
def authority(request: Request) -> Response:
    """Give the certificate that makes a phone believe this machine."""
    certificate = site_of(request).authority
    if certificate is None:
        raise NotFoundError(N_("this machine does not vouch for itself"), hint="")
    return FileResponse(certificate, media_type="application/x-x509-ca-cert")


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """Sign this browser out."""
    desk = desk_or_none(request)
    response = _away(request, "/")
    if desk is not None:
        desk.wiring.people.sign_out(desk.owner_id, request.state.browser.id)
        drop_cookie(request, response, SESSION)
    return response


def _not_in(request: Request, name: str, next: str, status: int, error: str) -> Response:
    return page(
        request,
        "sign_in.html",
        status=status,
        next=_inside(next),
        name=name,
        error=error,
        has_accounts=True,
    )


def _signed_in(request: Request, owner_id: str, where: str) -> Response:
    wiring = site_of(request).wiring
    device = device_name(request.headers.get("user-agent", ""))
    token = open_browser(owner_id, device, people=wiring.people, clock=wiring.clock)
    carried = Response()
    response = _away(request, carried_over(request, carried, owner_id) or where)
    response.raw_headers.extend(each for each in carried.raw_headers if each[0] == b"set-cookie")
    set_cookie(request, response, SESSION, token, SIGNED_IN_S)
    return response


def _away(request: Request, path: str) -> Response:
    return RedirectResponse(f"{site_of(request).root_path}{path}", status_code=303)


def _inside(path: str) -> str:
    """Return a path of this site; anything that could lead elsewhere becomes today's card."""
    is_inside = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_inside else "/today"
