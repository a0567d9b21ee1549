"""What to take to an orthopaedist: what goes in is chosen here, questions stay neutral."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sidestep.services.ports.report_pages import ClinicianPage
from sidestep.services.report.clinician_page import build_clinician_page
from sidestep.services.report.page_bytes import page_bytes
from sidestep.services.report.report_parts import Part, ReportParts, available_parts, gather_parts
from sidestep.web.desk import Desk
from sidestep.web.pages.knee import pdf_response
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, language_of

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
        questions=desk.knowledge.clinician_questions,
    )


@router.get("/ask/print")
def print_view(request: Request, desk: MyDesk, parts: Wanted) -> Response:
    """Show the page for the clinician as a page of the browser, to read and to print."""
    return page(request, "ask_print.html", sheet=_page(desk, parts), parts=parts)


@router.get("/ask/page.pdf")
def pdf(request: Request, desk: MyDesk, parts: Wanted) -> Response:
    """Give the page for the clinician as PDF."""
    write = desk.wiring.report_writer.write_clinician_page
    written = page_bytes(write, _page(desk, parts), language_of(request))
    return pdf_response(written, "sidestep-for-the-clinician.pdf")


def _page(desk: Desk, wanted: list[Part]) -> ClinicianPage:
    return build_clinician_page(_parts(desk).only(wanted), with_week=Part.WEEK in wanted)


def _parts(desk: Desk) -> ReportParts:
    return desk.kept(
        "report parts",
        lambda: gather_parts(
            clip_folder=desk.wiring.clip_folder, names_commands=False, **desk.pieces
        ),
    )
