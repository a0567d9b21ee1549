"""Tomorrow by what is told so far, for whoever has just checked in; today's card is elsewhere."""

from dataclasses import dataclass
from datetime import date, timedelta

from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.today import Change, Present, adapt_day
from sidestep.domain.planning.week import Day
from sidestep.services.check_ins.log_day import days_told, pain_at_knee_check
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.asked_day import days_kept_between
from sidestep.services.week.edit_profile import known_profile
from sidestep.services.week.home_sessions import sessions_before
from sidestep.services.week.kept_week import day_of, kept_week_of
from sidestep.services.week.run_notices import days_run


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
    rules, told = Rules(knowledge.plans), days_told(store, knowledge)
    pain_before, days_between = pain_at_knee_check(store), days_kept_between(week, rules)
    present = Present(
        check_ins=told,
        are_signs_open=False,
        pain_before=pain_before,
        eased_run=planned.blocks,
        exercises=knowledge.exercises,
        cross_training=knowledge.cross_training,
        clinician=known_profile(store).clinician,
        sessions=sessions_before(on, store=store, knowledge=knowledge, pain_before=pain_before),
        ran_on=days_run(store, told, on - timedelta(days=days_between), today),
        days_between=days_between,
    )
    day, changes = adapt_day(planned, present, rules)
    return Tomorrow(planned=planned, day=day, changes=changes)
