"""What to take to an orthopaedist: what goes in is chosen here, questions stay neutral."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from sidestep.services.report.asked_page import AskedPage, PageFor, chosen_clinician_page
from sidestep.services.report.clinician_page import films_left_out
from sidestep.services.report.report_parts import Part, ReportParts, available_parts, gather_parts
from sidestep.web.desk import Desk
from sidestep.web.printed import have_made
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk

router = APIRouter(include_in_schema=False)

Wanted = Annotated[list[Part], Query(default_factory=lambda: list(Part))]
"""What goes in; everything unless something is chosen."""


@router.get("/ask")
def ask(request: Request, desk: MyDesk) -> Response:
    """Let her choose what goes in, and show the questions."""
    return page(
        request,
        "ask.html",
        available=desk.kept("parts that are there", lambda: available_parts(_parts(desk))),
        films_left_out=desk.kept("films left out", lambda: films_left_out(_parts(desk))),
        questions=desk.knowledge.clinician_questions,
    )


@router.get("/ask/print")
def print_view(request: Request, desk: MyDesk, parts: Wanted) -> Response:
    """Show the page for the clinician as a page of the browser, to read and to print."""
    sheet = chosen_clinician_page(_parts(desk), parts)
    return page(request, "ask_print.html", sheet=sheet, parts=parts)


@router.post("/ask/page")
async def make_page(
    request: Request,
    desk: MyDesk,
    parts: Annotated[list[Part], Form(default_factory=lambda: list(Part))],
) -> Response:
    """Have the page for the clinician made as PDF."""
    asked = AskedPage(page_for=PageFor.CLINICIAN, on=desk.clock.today(), parts=tuple(parts))
    return await have_made(request, desk, asked)


def _parts(desk: Desk) -> ReportParts:
    return desk.kept(
        "report parts",
        lambda: gather_parts(
            clip_folder=desk.wiring.clip_folder, names_commands=False, **desk.pieces
        ),
    )
