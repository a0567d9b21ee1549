"""Her week in her own calendar: as a file to take along, and as an address to come back to."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from math import ceil

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from sidestep.domain.planning.week import Day
from sidestep.languages.language import Language
from sidestep.languages.place_names import N_
from sidestep.services.people.calendar_address import read_calendar_token
from sidestep.services.ports import CalendarEvent
from sidestep.services.ports.people import Account
from sidestep.services.reminders.reminder_entries import (
    Reminding,
    days_to_come,
    reminder_entries,
)
from sidestep.services.reminders.reminder_settings import reminders_of
from sidestep.services.reminders.when_due import quiet_since
from sidestep.services.week.calendar_events import uid_in_week
from sidestep.services.week.export_week import take_back_coming, take_entries_along
from sidestep.web.desk import Desk
from sidestep.web.given_files import CALENDAR, given_file
from sidestep.web.pages.today import card_of, days_told
from sidestep.web.pages.week import days_as_they_stand, week_named
from sidestep.web.who import MyDesk, NotFoundError, account_of, language_for, language_of, site_of

router = APIRouter(include_in_schema=False)

NO_CALENDAR = "There is no calendar at this address.\n"
TOO_MANY = "Too many wrong addresses. Try again later.\n"


@router.get("/week/{starts}/calendar.ics")
def week_file(request: Request, desk: MyDesk, starts: str) -> Response:
    """Give a week as a file for a calendar, which knows its entries again next time.

    While the plan is put away it takes back what was given before, and is not there without that.
    """
    week = week_named(desk, starts)
    account = account_of(request)
    if week.no_week is not None and week.no_week.is_hidden:
        taken_back = take_back_coming(**desk.pieces)
        if taken_back:
            return _file(desk, week.starts, taken_back)
    if not week.days or account is None:
        raise NotFoundError(N_("nothing was planned for that week"), hint=N_("See your week."))
    days = days_as_they_stand(desk, week)

    def entries(calendar_id: str, now: datetime) -> Sequence[CalendarEvent]:
        uid = partial(_uid_in_week, week.starts, calendar_id)
        return _entries(desk, account, language_of(request), days, uid, now)

    return _file(desk, week.starts, take_entries_along(week.starts, entries, **desk.pieces))


def _file(desk: Desk, starts: date, events: Sequence[CalendarEvent]) -> Response:
    content = desk.wiring.week_files.encode_calendar(events)
    return given_file(content, f"sidestep-{starts.isoformat()}.ics", CALENDAR)


@router.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"])
def subscription(request: Request, token: str) -> Response:
    """Give whoever knows a secret address the entries it is for, and nothing else.

    A calendar has no cookie and no password to send. So wrong addresses are counted as wrong
    passwords are, but apart from them: a calendar that comes back for an address which was switched
    off must not keep anybody from signing in.
    """
    site = site_of(request)
    key = f"calendar {request.client.host if request.client else ''}"
    wait_s = site.attempts.wait_s(key)
    if wait_s > 0:
        return PlainTextResponse(
            TOO_MANY, status_code=429, headers={"Retry-After": str(ceil(wait_s))}
        )
    people = site.wiring.people
    known = read_calendar_token(token, people=people)
    account = None if known is None else people.account(known.owner_id)
    if known is None or account is None:
        site.attempts.failed(key)
        return PlainTextResponse(NO_CALENDAR, status_code=404)
    desk = site.desk(known.owner_id)
    card = card_of(desk)
    days = desk.kept("days to come", lambda: days_to_come(card, **desk.pieces))
    events = _entries(
        desk,
        account,
        language_for(account, request),
        days,
        lambda what, on: f"{what}-{on.isoformat()}-{known.id}@sidestep",
        desk.clock.now(),
    )
    # What anybody may see of her records and choices grows with each change of theirs; so a
    # calendar that compares takes what it is given now for the newer.
    number = desk.store.version() + reminders_of(account.settings).changes
    newest = [replace(event, sequence=number) for event in events]
    return Response(
        desk.wiring.week_files.encode_subscription(newest),
        media_type=CALENDAR,
        headers={"Content-Disposition": 'inline; filename="sidestep.ics"'},
    )


def _entries(
    desk: Desk,
    account: Account,
    reader: Language,
    days: Sequence[Day],
    uid: Callable[[str, date], str],
    now: datetime,
) -> tuple[CalendarEvent, ...]:
    reminders, told, today = reminders_of(account.settings), days_told(desk), desk.clock.today()
    how = Reminding(
        reminders=reminders,
        today=today,
        told=told,
        is_quiet=quiet_since(reminders, today, told, desk.store) is not None,
        say=reader.gettext,
        uid=uid,
        now=now,
    )
    return reminder_entries(days, how)


def _uid_in_week(starts: date, calendar_id: str, what: str, on: date) -> str:
    return uid_in_week(starts, what, on, calendar_id)
