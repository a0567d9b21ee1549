"""Which program may read or write in whose name."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from sidestep.services.people.sign_in import token_hash
from sidestep.web.desk import Desk
from sidestep.web.who import NotAllowedError, NotSignedInError, desk_or_none, site_of

_BEARER = HTTPBearer(auto_error=False, description="A token from the settings.")
BEARER = "Bearer "


class ProblemDetail(BaseModel):
    """What was wrong, what was expected, what to do."""

    code: str
    message: str
    hint: str


class Problem(BaseModel):
    """The one shape of every error."""

    error: ProblemDetail


PROBLEMS: dict[int | str, dict[str, object]] = {
    400: {"model": Problem, "description": "It cannot be read, or is for another host."},
    401: {"model": Problem, "description": "Nobody is signed in."},
    403: {"model": Problem, "description": "The token does not allow it, or another site asks."},
    413: {"model": Problem, "description": "It is larger than anything that is taken."},
    422: {"model": Problem, "description": "Something in it cannot be taken."},
    500: {"model": Problem, "description": "Something broke here."},
    503: {"model": Problem, "description": "The data cannot be reached now, or not be written."},
}
NOT_THERE: dict[int | str, dict[str, object]] = {
    404: {"model": Problem, "description": "There is no such thing, or it is somebody else's."}
}


def _desk_for(request: Request, scope: str) -> Desk:
    sent = request.headers.get("authorization", "")
    if not sent:
        desk = desk_or_none(request)
        if desk is None:
            raise NotSignedInError
        return desk
    site = site_of(request)
    known = site.wiring.people.token(token_hash(sent.removeprefix(BEARER)))
    if known is None or not sent.startswith(BEARER):
        raise NotSignedInError
    if scope not in known.scopes:
        raise NotAllowedError(
            f"this token does not allow to {scope}", hint="Make one that does, in the settings."
        )
    return site.desk(known.owner_id)


def _reading(request: Request) -> Desk:
    return _desk_for(request, "read")


def _writing(request: Request) -> Desk:
    return _desk_for(request, "write")


ReadingDesk = Annotated[Desk, Depends(_reading)]
"""The desk of whoever's token allows reading, or who is signed in."""

WritingDesk = Annotated[Desk, Depends(_writing)]
"""The desk of whoever's token allows writing, or who is signed in."""

SECURITY = [Depends(_BEARER)]
