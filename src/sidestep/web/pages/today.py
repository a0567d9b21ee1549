"""Today's card."""

from datetime import timedelta
from functools import partial

from fastapi import APIRouter, Request
from starlette.responses import Response

from sidestep.domain.planning.week import Day, DayKind
from sidestep.services.check_ins.kept_check_ins import kept_check_ins
from sidestep.services.week.kept_week import day_of, days_of, kept_week_of
from sidestep.services.week.next_thing import next_thing
from sidestep.services.week.plan_week import reasons_of_access
from sidestep.services.week.today_card import HIDDEN, NO_WEEK, TodayCard, today_card
from sidestep.web.desk import Desk
from sidestep.web.figures import figure_of
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk

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
        next=next_thing(card, is_told=card.on in _told(desk)),
        reasons=() if card.check is None else reasons_of_access(card.check),
        days=desk.kept("days of today", lambda: _days(desk, card)),
        yesterday=card.on - timedelta(days=1),
        is_yesterday_open=desk.kept("yesterday", lambda: _is_yesterday_open(desk, card)),
        sources=desk.knowledge.sources,
        figure=partial(figure_of, desk.wiring),
    )


def _told(desk: Desk) -> frozenset[object]:
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
    now = Day(date=card.on, kind=DayKind(card.kind), blocks=card.blocks)
    return tuple(now if day.date == card.on else day for day in days)


def _is_yesterday_open(desk: Desk, card: TodayCard) -> bool:
    """Whether yesterday was planned and nothing is told of it yet."""
    yesterday = card.on - timedelta(days=1)
    week = kept_week_of(desk.store, yesterday)
    planned = None if week is None else day_of(week, yesterday)
    return planned is not None and yesterday not in _told(desk)
