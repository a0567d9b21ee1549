"""Today's card."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from sidestep.domain.planning.week import Day, DayKind
from sidestep.services.check_ins.kept_check_ins import kept_check_ins
from sidestep.services.reminders.reminder_settings import reminders_of
from sidestep.services.reminders.reminder_words import check_in_said, quiet_said
from sidestep.services.reminders.when_due import is_check_in_due, quiet_since
from sidestep.services.week.kept_week import day_of, days_of, kept_week_of
from sidestep.services.week.next_thing import next_thing
from sidestep.services.week.plan_week import reasons_of_access
from sidestep.services.week.taken_along import taken_along_near
from sidestep.services.week.today_card import (
    HIDDEN,
    NO_WEEK,
    TodayCard,
    as_it_stands,
    today_card,
)
from sidestep.web.desk import Desk
from sidestep.web.figures import figure_of
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, account_of, language_of

router = APIRouter(include_in_schema=False)


def card_of(desk: Desk) -> TodayCard:
    """Return today's card, worked out once until something changes."""
    return desk.kept("today", lambda: today_card(**desk.pieces))


@router.get("/today")
def today(request: Request, desk: MyDesk) -> Response:
    """Show what today is for, and why."""
    card = card_of(desk)
    return page(
        request,
        "today.html",
        card=card,
        next=next_thing(card, is_told=card.on in days_told(desk)),
        asked=_asked(request, desk, card),
        reasons=() if card.check is None else reasons_of_access(card.check),
        days=desk.kept("days of today", lambda: _days(desk, card)),
        yesterday=card.on - timedelta(days=1),
        taken=desk.kept("taken", lambda: taken_along_near(card, store=desk.store)),
        is_yesterday_open=desk.kept("yesterday", lambda: _is_yesterday_open(desk, card)),
        sources=desk.knowledge.sources,
        figure=partial(figure_of, desk.wiring),
    )


def _asked(request: Request, desk: Desk, card: TodayCard) -> dict[str, Any]:
    """Return how she asked to be reminded here and now: of today, or after days without a word.

    Nobody is asked to tell of days while the plan is put away.
    """
    account = account_of(request)
    if account is None or card.kind in (HIDDEN, NO_WEEK):
        return {"due": "", "quiet": ""}
    reminders, told, reader = reminders_of(account.settings), days_told(desk), language_of(request)
    is_rest = card.kind == DayKind.REST.value
    since = quiet_since(reminders, card.on, told, desk.store)
    is_due = is_check_in_due(reminders, desk.clock.now(), told, is_rest=is_rest)
    return {
        "due": check_in_said(reminders.tone, reader.gettext, quiet=False) if is_due else "",
        "quiet": ""
        if since is None
        else quiet_said(reminders.tone, reader.gettext, since, reader.long_day),
    }


def days_told(desk: Desk) -> frozenset[date]:
    """Return the days that were told of."""
    return desk.kept(
        "days told",
        lambda: frozenset(each.day.on for each in kept_check_ins(desk.store, desk.knowledge)),
    )


def _days(desk: Desk, card: TodayCard) -> tuple[Day, ...]:
    """Return the days of the week, today as the card has it now."""
    week = None if card.week_starts is None else kept_week_of(desk.store, card.week_starts)
    days = () if week is None else days_of(week)
    if card.kind in (HIDDEN, NO_WEEK):
        return ()
    return tuple(as_it_stands(day, card) for day in days)


def _is_yesterday_open(desk: Desk, card: TodayCard) -> bool:
    """Whether yesterday was planned and nothing is told of it yet."""
    yesterday = card.on - timedelta(days=1)
    week = kept_week_of(desk.store, yesterday)
    planned = None if week is None else day_of(week, yesterday)
    return planned is not None and yesterday not in days_told(desk)
