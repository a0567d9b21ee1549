"""Tomorrow by what is told so far, for whoever has just checked in; today's card is elsewhere."""

from dataclasses import dataclass
from datetime import date, timedelta

from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.today import Change, adapt_day
from sidestep.domain.planning.week import Day
from sidestep.services.check_ins.log_day import days_told
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.kept_week import day_of, kept_week_of
from sidestep.services.week.present_day import present_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Tomorrow:
    """The next day of a kept week.

    Attributes
    ----------
    planned
        As it was planned.
    day
        As it would be if nothing more were told.
    changes
        Where they differ.
    """

    planned: Day
    day: Day
    changes: tuple[Change, ...]


def tomorrow_as_told(today: date, *, store: Store, knowledge: Knowledge) -> Tomorrow | None:
    """Return the day after today, ``None`` when no kept week has it.

    How much shorter an eased run is stands on that day's own card: here it counts as the run.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    on = today + timedelta(days=1)
    week = kept_week_of(store, on)
    planned = None if week is None else day_of(week, on)
    if planned is None:
        return None
    told = days_told(store, knowledge)
    present = present_on(planned, told, store=store, knowledge=knowledge)
    day, changes = adapt_day(planned, present, Rules(knowledge.plans))
    return Tomorrow(planned=planned, day=day, changes=changes)
