"""A week as it was kept, read back from its document; planning a new one is done elsewhere."""

from collections.abc import Mapping
from datetime import date, timedelta, tzinfo
from typing import Any

from sidestep.domain.planning.blocks import rest_block
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.week import (
    Block,
    BlockKind,
    Bouts,
    Day,
    DayKind,
    Limit,
    Turns,
    WeekPlan,
    Why,
)
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, is_in_week
from sidestep.domain.vocabulary.evidence import Backing, Basis, Citation
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Store

Week = Mapping[str, Any]


def kept_week_of(store: Store, on: date) -> Week | None:
    """Return the newest kept week that a day is in, ``None`` when there is none.

    A week that was hidden or did not fit has no days.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    for document in reversed(store.documents(DocumentKind.WEEK_PLAN)):
        if is_in_week(on, week_start(document.content)):
            return document.content
    return None


def kept_week_near(store: Store, on: date) -> Week | None:
    """Return the kept week that a day is in, else the one that begins within the days after it.

    One that has days comes before one that was hidden or did not fit.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    near = (kept_week_of(store, on + timedelta(days=days)) for days in range(DAYS_PER_WEEK))
    found = [week for week in near if week is not None]
    return next((week for week in found if week["days"]), found[0] if found else None)


def kept_weeks(store: Store) -> tuple[Week, ...]:
    """Return the newest version of each kept week that has days, oldest first.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    newest = {
        week_start(document.content): document.content
        for document in store.documents(DocumentKind.WEEK_PLAN)
    }
    return tuple(newest[starts] for starts in sorted(newest) if newest[starts]["days"])


def kept_week_start(store: Store, *days: date) -> date | None:
    """Return the start of the newest kept week if all of ``days`` are in it, else ``None``.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    kept = store.latest_document(DocumentKind.WEEK_PLAN)
    if kept is None:
        return None
    starts = week_start(kept.content)
    return starts if all(is_in_week(day, starts) for day in days) else None


def week_start(week: Week) -> date:
    """Return the first day of a kept week."""
    return date.fromisoformat(str(week["week_starts"]))


def plan_of(week: Week) -> WeekPlan:
    """Return a kept week that has days as it was planned."""
    return WeekPlan(
        week_starts=week_start(week),
        days=days_of(week),
        limits=limits_of(week),
        notes=notes_of(week),
    )


def day_of(week: Week, on: date) -> Day | None:
    """Return one day of a kept week, ``None`` when the week has no days."""
    return next((each for each in days_of(week) if each.date == on), None)


def days_of(week: Week) -> tuple[Day, ...]:
    """Return the days of a kept week."""
    return tuple(
        Day(
            date=date.fromisoformat(str(day["date"])),
            kind=DayKind(day["kind"]),
            blocks=tuple(_block(block) for block in day["blocks"]),
        )
        for day in week["days"]
    )


def kept_days(store: Store, first: date, last: date) -> tuple[Day, ...]:
    """Return the days from ``first`` to ``last`` that kept weeks have, each as it was kept last.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    # A newer week takes all seven days of an older one, with no day of its own as well; a week that
    # was planned many times is read once.
    week_of: dict[date, Week] = {}
    for document in store.documents(DocumentKind.WEEK_PLAN):
        starts = week_start(document.content)
        if starts <= last and starts + timedelta(days=DAYS_PER_WEEK) > first:
            for offset in range(DAYS_PER_WEEK):
                week_of[starts + timedelta(days=offset)] = document.content
    weeks = {id(week): week for week in week_of.values()}
    days = {key: {day.date: day for day in days_of(week)} for key, week in weeks.items()}
    found = (days[id(week_of[on])].get(on) for on in sorted(week_of) if first <= on <= last)
    return tuple(day for day in found if day is not None)


def lived_days(store: Store, first: date, until: date, zone: tzinfo | None) -> tuple[Day, ...]:
    """Return the days from ``first`` to before ``until`` as they stood when each was over.

    A version without days does not take back a day that had come by then: it was lived by the
    version before. A day that came while there was no plan was for rest.

    Parameters
    ----------
    zone
        Where the person's days begin and end.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    days: dict[date, Day] = {}
    for document in store.documents(DocumentKind.WEEK_PLAN):
        starts = week_start(document.content)
        if starts >= until or starts + timedelta(days=DAYS_PER_WEEK) <= first:
            continue
        if document.content["days"]:
            days |= {day.date: day for day in days_of(document.content)}
            continue
        made_on = document.made_at.astimezone(zone).date()
        for offset in range(DAYS_PER_WEEK):
            on = starts + timedelta(days=offset)
            if on > made_on:
                days[on] = _without_plan(on)
    return tuple(days[on] for on in sorted(days) if first <= on < until)


def _without_plan(on: date) -> Day:
    why = own_why("no_plan_then", "There was no plan for this day.")
    return Day(date=on, kind=DayKind.REST, blocks=(rest_block(why),))


def limits_of(week: Week) -> tuple[Limit, ...]:
    """Return the limits that a kept week obeys."""
    return tuple(
        Limit(
            id=limit["id"],
            says=limit["says"],
            is_editable=limit["is_editable"],
            why=_why(limit["why"]),
        )
        for limit in week["limits"]
    )


def notes_of(week: Week) -> tuple[Why, ...]:
    """Return what is good to know of a kept week."""
    return tuple(_why(note) for note in week["notes"])


def _block(block: Mapping[str, Any]) -> Block:
    return Block(
        kind=BlockKind(block["kind"]),
        exercise=block["exercise"],
        title=block["title"],
        dose=block["dose"],
        minutes=float(block["minutes"]),
        why=_why(block["why"]),
        distance_km=block["distance_km"],
        cues=tuple(block["cues"]),
        # Weeks of an earlier version lack these.
        turns=None if block.get("turns") is None else Turns(**block["turns"]),
        bouts=None if block.get("bouts") is None else Bouts(**block["bouts"]),
        return_phase=block.get("return_phase"),
    )


def _why(why: Mapping[str, Any]) -> Why:
    cited = (Citation(key=each["key"], supports=each["supports"]) for each in why["sources"])
    return Why(
        rule=why["rule"],
        says=why["says"],
        backing=Backing(
            basis=Basis(why["basis"]), citations=tuple(cited), reviewed=why["reviewed"]
        ),
    )
