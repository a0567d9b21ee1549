"""The week to show for a day: the one that was kept, else a new one; how it looks is not here."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sidestep.domain.planning.edits import Edit
from sidestep.domain.planning.week import Day, Limit, NoWeek, WeekPlan, Why
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.check_ins.log_day import knee_as_told
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.brought_back import bring_back_or_plan
from sidestep.services.week.kept_course import COURSE
from sidestep.services.week.kept_edits import edits_of
from sidestep.services.week.kept_week import (
    days_of,
    kept_week_near,
    kept_week_of,
    limits_of,
    notes_of,
    week_start,
)
from sidestep.services.week.plan_week import plan_week
from sidestep.services.week.week_document import week_document

WEEK_IS_OVER = "week_is_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWeek:
    """A week as it is shown.

    Attributes
    ----------
    days
        Empty when there is none: ``no_week`` says why, or nothing was planned then.
    edits
        What the person changed in it, oldest first.
    is_kept
        Whether it holds; a week ahead that nobody has kept may still come out otherwise.
    is_over
        Whether its last day is past, or it lies before the kept week and was never planned.
    """

    starts: date
    days: tuple[Day, ...] = ()
    limits: tuple[Limit, ...] = ()
    notes: tuple[Why, ...] = ()
    no_week: NoWeek | None = None
    edits: tuple[Edit, ...] = ()
    is_kept: bool = False
    is_over: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the person may change it."""
        return bool(self.days) and self.is_kept and not self.is_over


def shown_week(
    on: date | None = None, *, store: Store, knowledge: Knowledge, clock: Clock
) -> ShownWeek:
    """Return the week that a day is in.

    Without a day it is the kept week of today, else the one that begins within the next days, else
    a first one from today, which is kept. A week of the past is shown as it was kept; one ahead is
    planned from what is known now. Days just before the kept week have none. While the knee puts
    the plan away only the past is shown; had back the same day, the week is as it was.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    today = clock.today()
    near = kept_week_near(store, today)
    kept = near if on is None else kept_week_of(store, on)
    if on is not None and kept is None and near is not None and on <= today:
        # A week made now would lie over the kept one and take its place.
        if on < today:
            return ShownWeek(starts=on, is_over=True)
        kept = near
    starts = week_start(kept) if kept is not None else (on or today)
    is_over = starts + timedelta(days=DAYS_PER_WEEK) <= today
    if kept is not None and kept["days"] and (is_over or _may_show(store, knowledge, clock)):
        return ShownWeek(
            starts=starts,
            days=days_of(kept),
            limits=limits_of(kept),
            notes=_without_end(notes_of(kept)),
            edits=edits_of(store, starts),
            is_kept=True,
            is_over=is_over,
        )
    if is_over:
        return ShownWeek(starts=starts, is_over=True)
    is_ahead = kept is None and starts > today
    plan = plan_week if is_ahead else bring_back_or_plan
    made = plan(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    return _made(made, store, is_kept=not is_ahead)


def shown_week_document(
    on: date | None = None, *, store: Store, knowledge: Knowledge, clock: Clock
) -> dict[str, Any]:
    """Build the document of the week that ``shown_week`` returns.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    shown = shown_week(on, store=store, knowledge=knowledge, clock=clock)
    kept = kept_week_of(store, shown.starts) if shown.is_kept else None
    if kept is not None:
        return {name: value for name, value in kept.items() if name != COURSE}
    planned = plan_week(store=store, knowledge=knowledge, clock=clock, week_starts=shown.starts)
    return week_document(planned, knowledge.sources)


def _may_show(store: Store, knowledge: Knowledge, clock: Clock) -> bool:
    check = knee_as_told(store, knowledge, clock)
    return check is not None and check.plan is not PlanAccess.HIDDEN


def _without_end(notes: tuple[Why, ...]) -> tuple[Why, ...]:
    return tuple(note for note in notes if note.rule != WEEK_IS_OVER)


def _made(made: WeekPlan | NoWeek, store: Store, *, is_kept: bool) -> ShownWeek:
    if isinstance(made, NoWeek):
        return ShownWeek(starts=made.week_starts, no_week=made, is_kept=is_kept)
    return ShownWeek(
        starts=made.week_starts,
        days=made.days,
        limits=made.limits,
        notes=made.notes,
        edits=edits_of(store, made.week_starts),
        is_kept=is_kept,
    )
