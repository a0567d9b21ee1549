"""Plans kept weeks anew from what is known now: the rest of one under way only when she asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sidestep.domain.planning.week import NoWeek, WeekPlan, other_days
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, is_in_week
from sidestep.services.check_ins.log_day import days_told
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.brought_back import bring_back_or_plan
from sidestep.services.week.kept_week import days_of, kept_week_of, week_start
from sidestep.services.week.plan_week import plan_and_keep, plan_week


@dataclass(frozen=True, slots=True, kw_only=True)
class RestOfWeek:
    """What planning the rest of the week under way anew would come to.

    Attributes
    ----------
    starts
        First day of that week.
    differs_on
        Its open days that would be other than they are kept; one at least.
    """

    starts: date
    differs_on: tuple[date, ...]


def plan_weeks_anew(
    *, store: Store, knowledge: Knowledge, clock: Clock, also_begun: bool = False
) -> tuple[date, ...]:
    """Plan the kept weeks that are not over anew; return the first days of those that are other.

    Parameters
    ----------
    also_begun
        Whether the rest of those under way is meant as well: weeks with a day that is past, or told
        of. She may have laid her days out by it, so only a reason of safety asks it of itself;
        one that is over the same day leaves the week as it was.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    today = clock.today()
    near = (kept_week_of(store, today + timedelta(days=days)) for days in range(2 * DAYS_PER_WEEK))
    told = [each.on for each in days_told(store, knowledge)]
    weeks = {week_start(week): days_of(week) for week in near if week and week["days"]}
    other = []
    for starts, before in weeks.items():
        if also_begun or not _is_begun(starts, today, told):
            made = bring_back_or_plan(
                store=store, knowledge=knowledge, clock=clock, week_starts=starts
            )
            if isinstance(made, NoWeek) or other_days(before, made.days):
                other.append(starts)
    return tuple(other)


def rest_of_week(*, store: Store, knowledge: Knowledge, clock: Clock) -> RestOfWeek | None:
    """Look at what the rest of the week under way would be if it were planned now.

    ``None`` where nothing that a week is planned for has come in since, such as settings, answers
    about the knee or runs, where it would be as it is or cannot be planned, and where it has not
    begun: then it follows by itself. What is told of a day changes that day's card, not the week.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read.
    """
    today = clock.today()
    weeks = reversed(store.documents(DocumentKind.WEEK_PLAN))
    kept = next((each for each in weeks if is_in_week(today, week_start(each.content))), None)
    if kept is None or not kept.content["days"] or not _has_news(store, kept.made_at):
        return None
    starts = week_start(kept.content)
    if not _is_begun(starts, today, [each.on for each in days_told(store, knowledge)]):
        return None
    made = plan_week(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    if isinstance(made, NoWeek):
        return None
    differs_on = other_days(days_of(kept.content), made.days)
    return RestOfWeek(starts=starts, differs_on=differs_on) if differs_on else None


def plan_rest_anew(
    *, store: Store, knowledge: Knowledge, clock: Clock, week_starts: date
) -> WeekPlan | NoWeek:
    """Plan the rest of a week under way anew and keep it; where none fits, it stays as it is.

    What is past or done stays as it was kept, and so do her own changes that still fit.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    return plan_and_keep(
        store=store,
        knowledge=knowledge,
        clock=clock,
        week_starts=week_starts,
        keeps_no_week=False,
    )


def newly_other_days(store: Store, starts: date) -> tuple[date, ...]:
    """Return the days that are other in a week since it was planned last.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    versions = [
        document.content
        for document in store.documents(DocumentKind.WEEK_PLAN)
        if week_start(document.content) == starts
    ][-2:]
    first, last = (days_of(each) for each in (versions[0], versions[-1])) if versions else ((), ())
    return other_days(first, last)


def _has_news(store: Store, since: datetime) -> bool:
    """Whether anything that a week is planned for came in since, or at that very moment."""
    kept = (store.latest_document(kind) for kind in (DocumentKind.PROFILE, DocumentKind.KNEE_CHECK))
    if any(each is not None and each.made_at >= since for each in kept):
        return True
    return any(each.imported_at >= since for each in store.known_sources().values())


def _is_begun(starts: date, today: date, told: Iterable[date]) -> bool:
    return starts < today or any(is_in_week(on, starts) for on in told)
