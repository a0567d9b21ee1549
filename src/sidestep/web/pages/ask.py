"""What to take to an orthopaedist: what goes in is chosen here, questions stay neutral."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sidestep.services.report.asked_page import AskedPage, PageFor, chosen_clinician_page
from sidestep.services.report.clinician_page import films_left_out
from sidestep.services.report.report_parts import Part, ReportParts, available_parts, gather_parts
from sidestep.web.desk import Desk
from sidestep.web.printed import have_made
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk

router = APIRouter(include_in_schema=False)


@router.get("/ask")
def ask(request: Request, desk: MyDesk) -> Response:
    """Let her choose what goes in, and show the questions."""
    return _asked(request, desk)


def _asked(request: Request, desk: Desk, *, is_none_ticked: bool = False) -> Response:
    return page(
        request,
        "ask.html",
        status=422 if is_none_ticked else 200,
        is_none_ticked=is_none_ticked,
        available=_available(desk),
        films_left_out=desk.kept("films left out", lambda: films_left_out(_parts(desk))),
        questions=desk.knowledge.clinician_questions,
    )


@router.get("/ask/print")
def print_view(
    request: Request,
    desk: MyDesk,
    parts: Annotated[list[Part], Query(default_factory=list)],
    chosen: str = "",
) -> Response:
    """Show the page for the clinician as a page of the browser, to read and to print."""
    wanted = _wanted(desk, parts, chosen)
    if not wanted:
        return _asked(request, desk, is_none_ticked=True)
    sheet = chosen_clinician_page(_parts(desk), wanted)
    return page(request, "ask_print.html", sheet=sheet, parts=wanted)


@router.post("/ask/page")
async def make_page(
    request: Request,
    desk: MyDesk,
    parts: Annotated[list[Part], Form(default_factory=list)],
    chosen: Annotated[str, Form()] = "",
) -> Response:
    """Have the page for the clinician made as PDF."""
    wanted = await run_in_threadpool(_wanted, desk, parts, chosen)
    if not wanted:
        return await run_in_threadpool(_asked, request, desk, is_none_ticked=True)
    asked = AskedPage(page_for=PageFor.CLINICIAN, on=desk.clock.today(), parts=tuple(wanted))
    return await have_made(request, desk, asked)


def _wanted(desk: Desk, parts: list[Part], chosen: str) -> list[Part]:
    """Return what goes in: all there is unless it was hers to choose; none when she ticked none."""
    is_choice = bool(chosen) and bool(_available(desk))
    return parts if parts or is_choice else list(Part)


def _available(desk: Desk) -> frozenset[Part]:
    return desk.kept("parts that are there", lambda: available_parts(_parts(desk)))


def _parts(desk: Desk) -> ReportParts:
    return desk.kept(
        "report parts",
        lambda: gather_parts(
            clip_folder=desk.wiring.clip_folder, names_commands=False, **desk.pieces
        ),
    )
