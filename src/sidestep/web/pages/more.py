"""The list of the other places."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from sidestep.web.rendering import page
from sidestep.web.who import MyDesk

router = APIRouter(include_in_schema=False)


@router.get("/more")
def more(request: Request, desk: MyDesk) -> Response:
    """Show where else one can go, and the way out."""
    return page(request, "more.html")
