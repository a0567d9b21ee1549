"""What was taken along of days to come, held against how they stand; taking along is elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sidestep.domain.planning.run_session import run_session
from sidestep.domain.planning.week import Day
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Store
from sidestep.services.week.day_words import block_with_dose
from sidestep.services.week.exported_workouts import WORKOUTS, workouts_document
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.today_card import HIDDEN, NO_WEEK, TodayCard, as_it_stands

PRINTED = "printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAlong:
    """Days to come by what a watch and a printed page have of them.

    Attributes
    ----------
    same
        The run left for the watch as it is now.
    changed
        The run left for the watch, and is another one now.
    gone
        A run left for the watch, and the day has none now.
    new
        The run did not leave for the watch, while another of these days is gone: it may have been
        moved.
    printed
        The day is other than on the page for the fridge.
    """

    same: tuple[date, ...] = ()
    changed: tuple[date, ...] = ()
    gone: tuple[date, ...] = ()
    new: tuple[date, ...] = ()
    printed: tuple[date, ...] = ()

    @property
    def is_old(self) -> bool:
        """Whether anything that was taken along is other by now."""
        return bool(self.changed or self.gone or self.printed)


def taken_along(days: Iterable[Day], card: TodayCard, *, store: Store) -> TakenAlong:
    """Hold what left last of each of these days against the day; those that are over are left out.

    Parameters
    ----------
    days
        Of a week; today is taken as its card has it, and left out once there was a run: what is
        left of it is another day than the one that was taken along.
    card
        Today's. While it shows no day, nothing is said of others either: the plan is put away.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    if card.kind in (HIDDEN, NO_WEEK):
        return TakenAlong()
    runs, printed = _newest(store, WORKOUTS), _newest(store, PRINTED)
    if not runs and not printed:
        return TakenAlong()
    to_come = [
        as_it_stands(day, card)
        for day in days
        if day.date > card.on or (day.date == card.on and not card.has_run)
    ]
    sessions = [session for day in to_come if (session := run_session(day)) is not None]
    now = workouts_document(sessions)
    taken = [day.date for day in to_come if day.date.isoformat() in runs]
    gone = tuple(on for on in taken if on.isoformat() not in now)
    on_page = printed_document(to_come)
    return TakenAlong(
        same=tuple(on for on in taken if now.get(key := on.isoformat()) == runs[key]),
        changed=tuple(
            on for on in taken if (key := on.isoformat()) in now and now[key] != runs[key]
        ),
        gone=gone,
        new=tuple(each.on for each in sessions if each.on not in taken) if gone else (),
        printed=tuple(
            day.date
            for day in to_come
            if (key := day.date.isoformat()) in printed and printed[key] != on_page[key]
        ),
    )


def taken_along_near(card: TodayCard, *, store: Store) -> TakenAlong:
    """Hold what left of the week that today's card is of against how it stands.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    week = None if card.week_starts is None else kept_week_of(store, card.week_starts)
    return taken_along(() if week is None else days_of(week), card, store=store)


def printed_document(days: Iterable[Day]) -> dict[str, list[str]]:
    """Return what is to be done on days, by day, as it is kept of a printed page."""
    return {day.date.isoformat(): [block_with_dose(block) for block in day.blocks] for day in days}


def exported_weeks(store: Store) -> tuple[dict[str, Any], ...]:
    """Return what was last exported of each week, in the weeks' order.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    newest = {
        document.content["week_starts"]: document.content
        for document in store.documents(DocumentKind.WEEK_EXPORT)
    }
    return tuple(newest[starts] for starts in sorted(newest))


def _newest(store: Store, kind: str) -> Mapping[str, Any]:
    """Return what left last of each day; where weeks overlap, the later one has it."""
    return {on: each for had in exported_weeks(store) for on, each in had.get(kind, {}).items()}
