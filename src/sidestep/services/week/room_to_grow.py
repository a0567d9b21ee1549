"""Whether a week has room for the little more a review would propose, and what holds it if not."""

from datetime import date

from sidestep.domain.planning.horizon import PlannedWeek, plan_one
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.review import ChangeKind
from sidestep.domain.planning.week import Block, BlockKind, NoWeek, Why
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.plan_week import basis_now, is_another_week


def what_holds(starts: date, *, store: Store, knowledge: Knowledge, clock: Clock) -> Why | None:
    """Return what leaves a week no room for a little more, ``None`` where there is some.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read.
    """
    basis = basis_now(
        store=store,
        knowledge=knowledge,
        clock=clock,
        week_starts=starts,
        tried=ChangeKind.PROGRESS,
    )
    knee = basis.request.knee
    if basis.change is None and knee is not None and knee.hold is not None:
        return knee.hold
    planned = plan_one(starts, basis.request, basis.course)
    if isinstance(planned, NoWeek):
        return own_why("no_week", planned.says)
    return None if is_another_week(basis, planned, store) else _why_no_longer(planned)


def _why_no_longer(planned: PlannedWeek) -> Why:
    """Return what decides the longest run of a week or, without a run, what the week is for."""
    runs = [
        block for day in planned.plan.days for block in day.blocks if block.kind is BlockKind.RUN
    ]
    return max(runs, key=_km).why if runs else planned.part.about


def _km(run: Block) -> float:
    return run.distance_km or 0.0
