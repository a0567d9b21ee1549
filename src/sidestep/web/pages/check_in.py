"""The check-in: one page a day, the warning signs one a screen, and what it all means."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from sidestep.domain.triage.facts import FactValue
from sidestep.domain.triage.rules import Urgency
from sidestep.errors import AnswersError
from sidestep.services.check_ins.day_form import (
    DayForm,
    answers_told,
    day_form,
    signs_left,
    spelled_out,
)
from sidestep.services.check_ins.log_day import LoggedDay, log_day, parse_day, told_day
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.knee_answers import parse_answer
from sidestep.services.week.plan_week import reasons_of_access
from sidestep.services.week.tomorrow import tomorrow_as_told
from sidestep.web.days import day_named
from sidestep.web.desk import Desk
from sidestep.web.once import new_key, taken_once
from sidestep.web.pages.player import told_in_player
from sidestep.web.pages.today import card_of
from sidestep.web.play_draft import drop_outcomes
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, site_of

router = APIRouter(include_in_schema=False)

NOT_SURE = "unknown"
DAYS_BACK = 6
"""Days one may go back to with a tap; older ones by their address."""


@router.get("/check-in")
def ask(request: Request, desk: MyDesk, day: str = "") -> Response:
    """Ask how a day was, with all that is known of it filled in."""
    on = _day(desk, day)
    return _asked(request, desk, on)


@router.post("/check-in")
async def take(request: Request, desk: MyDesk) -> Response:
    """Keep a day's check-in, once."""
    sent = _plain(await request.form())
    return await run_in_threadpool(_take, request, desk, sent)


def _take(request: Request, desk: MyDesk, sent: dict[str, str]) -> Response:
    on = _day(desk, sent.get("day", ""))
    form = _form(desk, on)
    try:
        _, answers = parse_day(spelled_out(sent, form), desk.knowledge)
    except AnswersError as wrong:
        return _asked(request, desk, on, sent=sent, error=wrong.message, status=422)
    with taken_once(desk, sent.get("key", "")) as is_first:
        if is_first:
            log_day(on, answers, **desk.pieces)
            drop_outcomes(desk, on)
    if signs_left(on, (), store=desk.store, knowledge=desk.knowledge):
        return _away(request, f"/check-in/signs?day={on}")
    return _away(request, f"/check-in/done?day={on}")


@router.get("/check-in/signs")
def ask_sign(request: Request, desk: MyDesk, day: str = "", passed: str = "") -> Response:
    """Ask the next warning sign, one a screen."""
    on = _day(desk, day)
    over = _passed(passed)
    left = signs_left(on, over, store=desk.store, knowledge=desk.knowledge)
    logged = _told(desk, on)
    if not left or (logged is not None and logged.check is not None and logged.check.is_emergency):
        return _away(request, f"/check-in/done?day={on}")
    return page(
        request,
        "check_in_sign.html",
        on=on,
        question=left[0],
        left=len(left),
        passed=",".join(over),
    )


@router.post("/check-in/signs")
def take_sign(
    request: Request,
    desk: MyDesk,
    day: Annotated[str, Form()],
    question: Annotated[str, Form()],
    answer: Annotated[str, Form()] = NOT_SURE,
    passed: Annotated[str, Form()] = "",
) -> Response:
    """Keep one warning sign at once: leaving in the middle loses nothing."""
    on, over = _day(desk, day), _passed(passed)
    asked = {
        each.id: each for each in signs_left(on, (), store=desk.store, knowledge=desk.knowledge)
    }
    if question in asked:
        value = parse_answer(asked[question], answer)
        if value is None:
            over = (*over, question)
        else:
            _keep_sign(desk, on, question, value)
    place = f"/check-in/signs?day={on}"
    return _away(request, f"{place}&passed={','.join(over)}" if over else place)


def _keep_sign(desk: Desk, on: date, question: str, value: FactValue) -> None:
    told = answers_told(on, store=desk.store, knowledge=desk.knowledge)
    log_day(on, {**told, question: value}, **desk.pieces)


@router.get("/check-in/done")
def tell(request: Request, desk: MyDesk, day: str = "") -> Response:
    """Say what a check-in means for today and tomorrow."""
    on = _day(desk, day)
    logged = _told(desk, on)
    if logged is None:
        return _away(request, f"/check-in?day={on}")
    card = card_of(desk)
    return page(
        request,
        "check_in_done.html",
        logged=logged,
        is_today=on == card.on,
        card=card,
        reasons=() if logged.check is None else reasons_of_access(logged.check),
        soon=_soon(logged),
        tomorrow=None
        if logged.is_plan_hidden
        else tomorrow_as_told(card.on, store=desk.store, knowledge=desk.knowledge),
        sources=desk.knowledge.sources,
    )


def _soon(logged: LoggedDay) -> list[Any]:
    flags = () if logged.check is None else logged.check.red_flags
    return [each.flag for each in flags if each.is_present and each.flag.urgency is Urgency.SOON]


def _asked(
    request: Request,
    desk: Desk,
    on: date,
    *,
    sent: dict[str, str] | None = None,
    error: str = "",
    status: int = 200,
) -> Response:
    today = desk.clock.today()
    return page(
        request,
        "check_in.html",
        status=status,
        form=_form(desk, on),
        sent=sent or {},
        error=error,
        key=new_key(),
        today=today,
        days_before=[today - timedelta(days=back) for back in range(1, DAYS_BACK + 1)],
        has_knee_check=desk.store.latest_document(DocumentKind.KNEE_CHECK) is not None,
    )


def _form(desk: Desk, on: date) -> DayForm:
    done = told_in_player(desk, on)
    name = f"form {on} {sorted(done.items(), key=str)}"
    return desk.kept(name, lambda: day_form(on, done=done, **desk.pieces))


def _told(desk: Desk, on: date) -> LoggedDay | None:
    return desk.kept(f"told {on}", lambda: _told_now(desk, on))


def _told_now(desk: Desk, on: date) -> LoggedDay | None:
    answers = answers_told(on, store=desk.store, knowledge=desk.knowledge)
    return told_day(on, answers, **desk.pieces) if answers else None


def _day(desk: Desk, named: str) -> date:
    """Return the day that is told of: today unless one is named; a day ahead is today."""
    today = desk.clock.today()
    return min(day_named(named, today), today) if named else today


def _passed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in text.split(",") if each.isidentifier()))


def _plain(sent: FormData) -> dict[str, str]:
    return {name: value for name, value in sent.items() if isinstance(value, str)}


def _away(request: Request, path: str) -> Response:
    return RedirectResponse(f"{site_of(request).root_path}{path}", status_code=303)
