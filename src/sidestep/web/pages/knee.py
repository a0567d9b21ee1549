"""The first visit: where it hurts, the warning signs, the causes, and what comes of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from sidestep import __version__
from sidestep.domain.triage.facts import Facts
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.rules import Urgency
from sidestep.domain.triage.screens import PARTS, TESTS, Screen
from sidestep.languages.distances import KM, unit_named
from sidestep.languages.place_names import N_
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee import knee_shape
from sidestep.services.knee.check_knee import check_answers, kept_answers, recheck
from sidestep.services.knee.knee_findings import knee_findings
from sidestep.services.knee.visit_draft import (
    ASKED,
    Problem,
    Taken,
    VisitDraft,
    answer_again,
    finish,
    is_at_its_end,
    take_answers,
    take_back,
    visit_of,
    with_tests,
)
from sidestep.services.ports import Knowledge
from sidestep.services.report.asked_page import AskedPage, PageFor
from sidestep.services.report.page_bytes import page_bytes
from sidestep.services.report.report_parts import ReportParts
from sidestep.services.report.runner_page import build_runner_page
from sidestep.web.desk import Desk
from sidestep.web.printed import NAMES, have_made
from sidestep.web.rendering import page
from sidestep.web.visits import (
    draft_of,
    forget,
    forget_visit,
    keep_draft,
    take_visit_over,
    visit_before,
)
from sidestep.web.who import (
    AnyDesk,
    MyDesk,
    NotFoundError,
    TooManyError,
    desk_or_none,
    language_of,
    site_of,
)

router = APIRouter(include_in_schema=False)

UNIT = "unit"
"""What a screen says its distances are in."""

ON_THE_MAP = ("side", "zones", "pointing")
"""What the first page asks: the place decides the path."""


async def _read_form(request: Request) -> FormData:
    return await request.form()


Form = Annotated[FormData, Depends(_read_form)]


@router.get("/knee")
def begin(request: Request, desk: AnyDesk) -> Response:
    """Ask where it hurts, or where to go on."""
    is_signed_in = desk_or_none(request) is not None
    draft = draft_of(request)
    if is_signed_in and visit_before(request).has_begun:
        return page(request, "knee_resume.html", way="whose", answered_on=None)
    if draft.has_begun:
        way = "done" if draft.is_done else "begun"
        return page(request, "knee_resume.html", way=way, answered_on=None)
    kept = desk.store.latest_document(DocumentKind.KNEE_CHECK) if is_signed_in else None
    if kept is not None:
        on = kept.made_at.astimezone(desk.clock.now().tzinfo).date()
        return page(request, "knee_resume.html", way="done", answered_on=on)
    return _map(request, desk, draft)


@router.get("/knee/place")
def place(request: Request, desk: AnyDesk) -> Response:
    """Show the map."""
    return _map(request, desk, draft_of(request))


@router.get("/knee/questions")
def questions(request: Request, desk: AnyDesk, at: str = "") -> Response:
    """Put the next questions, or one of them again."""
    draft = draft_of(request)
    visit = visit_of(desk.knowledge)
    if at in ON_THE_MAP:
        return _away(request, "/knee/place")
    if at in visit.questions:
        screen = visit.screen_of(at, draft.answers, draft.passed_over)
        return _screen(request, desk, draft, screen, {**draft.earlier, **draft.answers})
    next_screen = visit.next_screen(draft.answers, draft.passed_over, with_tests=draft.wants_tests)
    if next_screen is None:
        return _away(request, "/knee/result")
    if next_screen.questions[0].id in ON_THE_MAP:
        return _away(request, "/knee/place")
    return _screen(request, desk, draft, next_screen, draft.earlier)


@router.post("/knee/answers")
def answer(request: Request, desk: AnyDesk, form: Form) -> Response:
    """Take the answers of one screen."""
    draft = draft_of(request)
    sent = {name: [str(each) for each in form.getlist(name)] for name in form}
    values = _in_km(sent, {**draft.earlier, **draft.answers}, desk.knowledge)
    taken = take_answers(draft, values, desk.knowledge)
    typed = {id: sent[id][0] for id in taken.typed}
    asked = values.get(ASKED, [])
    if taken.problems:
        return _asked_again(request, desk, draft, asked, replace(taken, typed=typed))
    draft = taken.draft
    if not is_at_its_end(draft, desk.knowledge):
        return _kept(request, draft, "/knee/questions")
    return _finished(request, desk, draft)


def _in_km(
    sent: Mapping[str, list[str]], known: Facts, knowledge: Knowledge
) -> Mapping[str, list[str]]:
    """Return what a screen sent with its distances in kilometres; it says what it asked them in."""
    unit = unit_named(sent.get(UNIT, [KM.name])[0])
    if unit is KM:
        return sent
    values = dict(sent)
    for id, typed in sent.items():
        question = knowledge.questions.get(id)
        if question is not None and question.unit == KM.name:
            before = known.get(id)
            known_km = before if isinstance(before, float) else None
            km = [unit.typed_km(each, known_km=known_km) for each in typed]
            pairs = zip(typed, km, strict=True)
            values[id] = [each if of is None else str(of) for each, of in pairs]
    return values


@router.post("/knee/back")
def back(request: Request) -> Response:
    """Take the last answers back."""
    draft = draft_of(request)
    if not draft.put:
        return _away(request, "/knee/place")
    return _kept(request, take_back(draft), "/knee/questions")


@router.post("/knee/tests")
def begin_tests(request: Request) -> Response:
    """Go on with the small tests at home."""
    draft = draft_of(request)
    if not draft.has_begun:
        return _away(request, "/knee")
    return _kept(request, with_tests(draft), "/knee/questions")


@router.post("/knee/enough")
def enough(request: Request, desk: AnyDesk) -> Response:
    """Check the knee on the answers so far; what was not answered stays unknown."""
    draft = draft_of(request)
    if not draft.has_begun:
        return _away(request, "/knee")
    return _finished(request, desk, draft)


@router.post("/knee/again")
def again(request: Request, desk: AnyDesk) -> Response:
    """Ask for the warning signs and the pain again, and keep the rest."""
    answers = draft_of(request).answers or kept_answers(desk.store, desk.knowledge)
    return _kept(request, answer_again(answers, desk.knowledge), "/knee/place")


@router.post("/knee/forget")
def forget_answers(request: Request) -> Response:
    """Erase the answers on their way at once."""
    response = _away(request, "/knee")
    forget(request, response)
    return response


@router.post("/knee/mine")
def mine(request: Request, desk: MyDesk) -> Response:
    """Take over what was answered in this browser before signing in."""
    response = _away(request, "/knee")
    where = take_visit_over(request, response, desk.owner_id)
    response.headers["location"] = f"{site_of(request).root_path}{where}"
    return response


@router.post("/knee/not-mine")
def not_mine(request: Request, desk: MyDesk) -> Response:
    """Erase what somebody else answered in this browser before signing in."""
    response = _away(request, "/knee")
    forget_visit(request, response)
    return response


@router.get("/knee/result")
def result(request: Request, desk: AnyDesk) -> Response:
    """Show how soon to be seen and what fits; a red flag wins."""
    draft = draft_of(request)
    check = _check(request, desk, draft)
    if check is None:
        return _away(request, "/knee")
    found = knee_findings(check, desk.knowledge)
    visit = visit_of(desk.knowledge)
    has_tests_left = (
        draft.has_begun
        and not draft.wants_tests
        and any(visit.part_of(id) == TESTS and id not in check.facts for id in visit.questions)
    )
    return page(
        request,
        "knee_hold.html" if found.is_hold else "knee_result.html",
        found=found,
        has_tests_left=has_tests_left,
        can_take_back=bool(draft.put),
        shape=knee_shape,
    )


@router.get("/knee/report.pdf")
def visitors_report(request: Request, desk: AnyDesk) -> Response:
    """Give a visitor the one-page report; nothing of it is kept, so it is made while she waits."""
    if desk_or_none(request) is not None:
        return _away(request, "/knee/result")
    check = _check(request, desk, draft_of(request))
    if check is None:
        raise _no_answers()
    _count_page(request)
    parts = ReportParts(
        on=desk.clock.today(),
        program_version=__version__,
        knowledge=desk.knowledge,
        check=check,
        checked_on=desk.clock.today(),
        names_commands=False,
    )
    write = desk.wiring.report_writer.write_runner_page
    pdf = page_bytes(write, build_runner_page(parts), language_of(request))
    return Response(
        pdf,
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{NAMES[PageFor.RUNNER]}"'},
    )


@router.post("/knee/report")
async def make_report(request: Request, desk: MyDesk) -> Response:
    """Have the one-page report made."""
    asked = await run_in_threadpool(_asked_report, request, desk)
    return await have_made(request, desk, asked)


def _asked_report(request: Request, desk: Desk) -> AskedPage:
    draft = draft_of(request)
    if _check(request, desk, draft) is None:
        raise _no_answers()
    answers = draft.answers if _is_on_its_way(request, draft) else None
    return AskedPage(page_for=PageFor.RUNNER, on=desk.clock.today(), answers=answers)


def _no_answers() -> NotFoundError:
    return NotFoundError(
        N_("there are no answers to make a page from"), hint=N_("Show where it hurts first.")
    )


def _count_page(request: Request) -> None:
    """Let an address have so many pages made without an account, and no more for a while."""
    site = site_of(request)
    address = request.client.host if request.client else ""
    if site.pages_of_visitors.wait_s(address) > 0:
        raise TooManyError(
            N_("too many pages were made from here"),
            hint=N_("Wait a quarter of an hour, or sign in."),
        )
    site.pages_of_visitors.failed(address)


def _check(request: Request, desk: Desk, draft: VisitDraft) -> KneeCheck | None:
    """Return what is found: on the answers on their way, else on those that were kept."""
    if _is_on_its_way(request, draft):
        return check_answers(draft.answers, desk.knowledge)
    if desk_or_none(request) is None:
        return None
    return desk.kept("knee check", lambda: recheck(desk.store, desk.knowledge, desk.clock))


def _is_on_its_way(request: Request, draft: VisitDraft) -> bool:
    """Tell whether there are answers that were not kept: a visitor's never are."""
    return draft.has_begun and not (draft.is_done and desk_or_none(request) is not None)


def _finished(request: Request, desk: Desk, draft: VisitDraft) -> Response:
    store = desk.store if desk_or_none(request) is not None else None
    done = finish(draft, store=store, knowledge=desk.knowledge, clock=desk.clock)
    return _kept(request, done, "/knee/result")


def _map(
    request: Request,
    desk: Desk,
    draft: VisitDraft,
    said: Facts | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response:
    return page(
        request,
        "knee_map.html",
        status=422 if problems else 200,
        asked={id: desk.knowledge.questions[id] for id in ON_THE_MAP},
        said={**draft.earlier, **draft.answers} if said is None else said,
        problems=problems,
        questions=desk.knowledge.questions,
        answers=draft.answers,
        shape=knee_shape,
        has_answers=draft.has_begun,
    )


def _screen(
    request: Request,
    desk: Desk,
    draft: VisitDraft,
    screen: Screen,
    said: Facts,
    problems: tuple[Problem, ...] = (),
    typed: Mapping[str, str] | None = None,
) -> Response:
    check = check_answers(draft.answers, desk.knowledge)
    present = [each.flag for each in check.red_flags if each.is_present]
    return page(
        request,
        "knee_questions.html",
        status=422 if problems else 200,
        screen=screen,
        said=said,
        typed=typed or {},
        problems=problems,
        questions=desk.knowledge.questions,
        answers=draft.answers,
        warning=next((flag for flag in present if flag.urgency >= Urgency.SOON), None),
        parts=list(PARTS),
        can_go_back=bool(draft.put),
    )


def _asked_again(
    request: Request, desk: Desk, draft: VisitDraft, asked: list[str], taken: Taken
) -> Response:
    """Put a screen again with what was said and why it was not taken."""
    if any(id in ON_THE_MAP for id in asked):
        return _map(request, desk, draft, taken.said, taken.problems)
    visit = visit_of(desk.knowledge)
    known = [visit.questions[id] for id in asked if id in visit.questions]
    first = visit.screen_of(known[0].id, draft.answers, draft.passed_over)
    screen = replace(first, questions=tuple(known))
    return _screen(request, desk, draft, screen, taken.said, taken.problems, taken.typed)


def _kept(request: Request, draft: VisitDraft, where: str) -> Response:
    response = _away(request, where)
    keep_draft(request, response, draft)
    return response


def _away(request: Request, path: str) -> Response:
    return RedirectResponse(f"{site_of(request).root_path}{path}", status_code=303)
