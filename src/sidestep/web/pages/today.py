"""Today's card."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.today_card import today_card
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk

router = APIRouter(include_in_schema=False)


@router.get("/today")
def today(request: Request, desk: MyDesk) -> Response:
    """Show what today is for, and why."""
    card = desk.kept("today", lambda: today_card(**desk.pieces))
    week = desk.kept("this week", lambda: kept_week_of(desk.store, desk.clock.today()))
    days = () if week is None else days_of(week)
    return page(request, "today.html", card=card, days=days, sources=desk.knowledge.sources)
