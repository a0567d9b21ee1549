"""What is known of the days before one, and may change it: the same for its card and its form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.today import Present
from sidestep.domain.planning.week import Day
from sidestep.services.check_ins.kept_check_ins import told_before_work
from sidestep.services.check_ins.log_day import pain_at_knee_check
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.asked_day import days_kept_between
from sidestep.services.week.edit_profile import known_profile
from sidestep.services.week.home_sessions import sessions_before
from sidestep.services.week.kept_week import kept_week_of, week_start
from sidestep.services.week.run_notices import days_run, over_cap_on


def present_on(
    planned: Day, told: Sequence[CheckIn], *, store: Store, knowledge: Knowledge
) -> Present:
    """Return what may change a planned day, taking it that no warning sign is open.

    An eased run is as long as the planned one: how much shorter it would be now takes a plan.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    on = planned.date
    week = kept_week_of(store, on)
    pain_before = pain_at_knee_check(store)
    days_between = days_kept_between(week, Rules(knowledge.plans))
    return Present(
        check_ins=told,
        are_signs_open=False,
        pain_before=pain_before,
        eased_run=planned.blocks,
        exercises=knowledge.exercises,
        cross_training=knowledge.cross_training,
        clinician=known_profile(store).clinician,
        sessions=sessions_before(on, store=store, knowledge=knowledge, pain_before=pain_before),
        ran_on=days_run(store, told, on - timedelta(days=days_between), on),
        days_between=days_between,
        over_cap_on=over_cap_on(store, knowledge),
        week_starts=on if week is None else week_start(week),
    )


def before_work(present: Present, on: date, *, store: Store, knowledge: Knowledge) -> Present:
    """Return the same of a day before anything was done on it.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    that_day = told_before_work(on, store, knowledge)
    before = [each for each in present.check_ins if each.on < on]
    return replace(present, check_ins=[*before, *([] if that_day is None else [that_day])])
