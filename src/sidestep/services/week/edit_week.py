"""A person's change in her week: tried, kept if every limit holds, taken back and put back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sidestep.domain.planning.build import EDITS_GIVEN_UP, draft_week, edits_that_fit
from sidestep.domain.planning.edits import Edit, MoveRun
from sidestep.domain.planning.swaps import swaps_of
from sidestep.domain.planning.try_edit import Refused, run_of, try_edit
from sidestep.domain.planning.week import Day, NoWeek, WeekPlan, Why
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.kept_edits import (
    TakenBack,
    edit_document,
    edits_of,
    keep_edits,
    taken_back,
)
from sidestep.services.week.kept_week import kept_week_of, notes_of
from sidestep.services.week.plan_week import (
    plan_and_keep,
    plan_week,
    request_now,
    usual_week_start,
)
from sidestep.services.week.week_document import Sources, limit_document, week_document


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedWeek:
    """What became of an edit.

    Attributes
    ----------
    edit
        ``None`` when one was to be taken back, or put back, and there was none.
    plan
        The week as it is now.
    refused
        ``None`` when the edit holds.
    """

    edit: Edit | None
    plan: WeekPlan | NoWeek
    refused: Refused | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the week is now as the edit says, or as it was before the one taken back."""
        is_week = isinstance(self.plan, WeekPlan)
        return self.edit is not None and self.refused is None and is_week


def edit_week(
    edit: Edit, *, store: Store, knowledge: Knowledge, clock: Clock, week_starts: date | None = None
) -> EditedWeek:
    """Try an edit of a week and keep it when every limit holds.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    starts = usual_week_start(store, clock.today()) if week_starts is None else week_starts
    before = plan_week(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    if isinstance(before, NoWeek):
        return EditedWeek(edit=edit, plan=before)
    edit = _with_longest(edit, before)
    edits = (*edits_of(store, starts), edit)
    return _kept_if_it_holds(edit, edits, (), before, store, knowledge, clock)


def undo_edit(
    *, store: Store, knowledge: Knowledge, clock: Clock, week_starts: date | None = None
) -> EditedWeek:
    """Take the last edit of a week that holds still back; those given up since go with it.

    ``redo_edit`` puts them back.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    starts = usual_week_start(store, clock.today()) if week_starts is None else week_starts
    edits = held_edits(starts, store=store, knowledge=knowledge, clock=clock)
    if edits:
        last = TakenBack(edit=edits[-1], before=edits_of(store, starts))
        undone = (*taken_back(store, starts), last)
        keep_edits(edits[:-1], starts, undone=undone, store=store, knowledge=knowledge, clock=clock)
    plan = plan_and_keep(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    return EditedWeek(edit=edits[-1] if edits else None, plan=plan)


def redo_edit(
    *, store: Store, knowledge: Knowledge, clock: Clock, week_starts: date | None = None
) -> EditedWeek:
    """Put the edit that was taken back last into the week again, if every limit holds.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    starts = usual_week_start(store, clock.today()) if week_starts is None else week_starts
    before = plan_week(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    undone = taken_back(store, starts)
    if not undone or isinstance(before, NoWeek):
        return EditedWeek(edit=None, plan=before)
    last = undone[-1]
    return _kept_if_it_holds(last.edit, last.before, undone[:-1], before, store, knowledge, clock)


def _kept_if_it_holds(
    edit: Edit,
    edits: Sequence[Edit],
    undone: Sequence[TakenBack],
    before: WeekPlan,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
) -> EditedWeek:
    """Try an edit beside those of a week; where it holds ``edits`` become those of the week."""
    starts = before.week_starts
    request = request_now(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    tried = try_edit(starts, request, edit, knowledge.exercises)
    if isinstance(tried, Refused):
        return EditedWeek(edit=edit, plan=before, refused=tried)
    keep_edits(edits, starts, undone=undone, store=store, knowledge=knowledge, clock=clock)
    plan = plan_and_keep(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    return EditedWeek(edit=edit, plan=plan)


def held_edits(
    week_starts: date, *, store: Store, knowledge: Knowledge, clock: Clock
) -> tuple[Edit, ...]:
    """Return the edits that a week was planned with, oldest first: without those given up since.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read.
    """
    edits, kept = edits_of(store, week_starts), kept_week_of(store, week_starts)
    if kept is None or not _gave_up(notes_of(kept)):
        return edits
    request = request_now(store=store, knowledge=knowledge, clock=clock, week_starts=week_starts)
    return edits_that_fit(week_starts, request)


def _gave_up(notes: Sequence[Why]) -> bool:
    return any(note.rule == EDITS_GIVEN_UP for note in notes)


def possible_swaps(
    week_starts: date, days: Sequence[Day], *, store: Store, knowledge: Knowledge, clock: Clock
) -> Mapping[tuple[date, str], tuple[str, ...]]:
    """Return what could stand in the place of each exercise of a week, by day and id.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read.
    """
    request = request_now(store=store, knowledge=knowledge, clock=clock, week_starts=week_starts)
    if request.knee is None:
        return {}
    return swaps_of(days, draft_week(week_starts, request, request.knee))


def _with_longest(edit: Edit, plan: WeekPlan) -> Edit:
    """Let the longest run stay the longest where it is moved."""
    if not isinstance(edit, MoveRun):
        return edit
    runs = {day.date: run_of(plan, day.date) for day in plan.days}
    lengths = {on: run.distance_km or 0.0 for on, run in runs.items() if run is not None}
    others = [km for on, km in lengths.items() if on != edit.on]
    is_long = edit.on in lengths and lengths[edit.on] > max(others, default=0.0)
    return MoveRun(on=edit.on, to=edit.to, is_long=is_long)


def edited_document(edited: EditedWeek, sources: Sources) -> dict[str, Any]:
    """Build the document of an edit and of the week it leaves."""
    refused = edited.refused
    return {
        "accepted": edited.is_kept,
        "edit": None if edited.edit is None else edit_document(edited.edit),
        "limits": [limit_document(limit, sources) for limit in refused.limits] if refused else [],
        "would_be_legal": {
            "days": [day.isoformat() for day in refused.days] if refused else [],
            "longest_km": refused.longest_km if refused else None,
            "exercises": list(refused.exercises) if refused else [],
        },
        "plan": week_document(edited.plan, sources),
    }
