"""Why work of the days before a week was left out, from check-ins, kept weeks and decisions."""

from collections.abc import Mapping, Sequence
from datetime import date

from sidestep.domain.planning.check_in import CheckIn, MissedWhy
from sidestep.domain.planning.missed import Missed, missed_of, still_counts
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.review import ChangeKind, without_changes
from sidestep.domain.planning.week import Why
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.check_ins.log_day import days_told
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.accepted_change import declined_changes
from sidestep.services.week.held_days import held_days
from sidestep.services.week.kept_week import day_of, kept_week_of

HOME, RUN = "home", "run"
STRETCH_MYTH = "stretching_prevents_injury"
HOME_MYTH, RUN_MYTH = "lifting_makes_you_bulky", "knees_have_a_mileage_limit"


def missed_before(store: Store, knowledge: Knowledge, starts: date) -> tuple[Missed, ...]:
    """Return the reasons that a week answers: told lately, and their answer not left at a review.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    declined = declined_changes(store)
    wanted = (
        without_changes(each, _declined_of(each, declined))
        for each in all_missed(store, knowledge, days_told(store, knowledge))
    )
    missed = [each for each in wanted if each is not None]
    return still_counts(missed, starts, Rules(knowledge.plans))


def all_missed(
    store: Store, knowledge: Knowledge, told: Sequence[CheckIn], since: date | None = None
) -> tuple[Missed, ...]:
    """Return why work of days was left out, each with what its day asked for in the end.

    A run that became a walk by the days before it was not left out.

    Parameters
    ----------
    told
        Days in their order; those before ``since`` only say what became of the others.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    with_reason = [each for each in told if each.has_reason and (since is None or each.on >= since)]
    weeks = {each.on: kept_week_of(store, each.on) for each in with_reason}
    planned = [day_of(week, on) for on, week in weeks.items() if week is not None]
    held = held_days(
        [day for day in planned if day is not None], told, store=store, knowledge=knowledge
    )
    asked = {each.day.date: each.day for each in held}
    return tuple(missed for day in with_reason for missed in missed_of(day, asked.get(day.on)))


def _declined_of(
    missed: Missed, declined: Mapping[date, frozenset[ChangeKind]]
) -> frozenset[ChangeKind]:
    """Return the changes that the review of the week it was told in left out."""
    return frozenset(
        change
        for for_week, changes in declined.items()
        if 0 < (for_week - missed.on).days <= DAYS_PER_WEEK
        for change in changes
    )


def myth_for(
    check: KneeCheck | None, knowledge: Knowledge, missed: Sequence[Missed] = ()
) -> Why | None:
    """Return what is known about work she does not believe in.

    A belief of her own about what she left out comes first, then what is said of such work most.
    """
    doubted = [each for each in missed if each.why is MissedWhy.NOT_CONVINCED]
    if doubted and not any(each.is_home or each.is_run for each in doubted):
        is_stretching = any(each.is_stretching for each in doubted)
        return _said(knowledge, STRETCH_MYTH) if is_stretching else None
    is_of_run = bool(doubted) and not any(each.is_home for each in doubted)
    work, usual = (RUN, RUN_MYTH) if is_of_run else (HOME, HOME_MYTH)
    believed = check.myths if check is not None else ()
    fitting = [myth for myth in believed if work in myth.about]
    return _said(knowledge, fitting[0].id if fitting else usual)


def _said(knowledge: Knowledge, id: str) -> Why | None:
    said = (
        Why(rule=myth.id, says=f"{myth.title}. {myth.says}", backing=myth.backing)
        for myth in knowledge.myths
        if myth.id == id
    )
    return next(said, None)
