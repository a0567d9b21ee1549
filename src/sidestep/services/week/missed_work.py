"""Why work of the days before a week was left out, from check-ins, kept weeks and decisions."""

from datetime import date

from sidestep.domain.planning.missed import Missed, missed_of, still_counts
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Why
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.check_ins.log_day import days_told
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.accepted_change import declined_weeks
from sidestep.services.week.kept_week import day_of, kept_week_of

DEFAULT_MYTH = "lifting_makes_you_bulky"


def missed_before(store: Store, knowledge: Knowledge, starts: date) -> tuple[Missed, ...]:
    """Return the reasons that a week answers: told lately, and not left at the review.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    declined = declined_weeks(store)
    missed = []
    for told in days_told(store, knowledge):
        week = None if told.missed_why is None else kept_week_of(store, told.on)
        each = missed_of(told, None if week is None else day_of(week, told.on))
        if each is not None and not _is_declined(each, declined):
            missed.append(each)
    return still_counts(missed, starts, Rules(knowledge.plans))


def _is_declined(missed: Missed, declined: frozenset[date]) -> bool:
    """Whether the review of the week it was told in left its change out."""
    return any(0 < (for_week - missed.on).days <= DAYS_PER_WEEK for for_week in declined)


def myth_for(check: KneeCheck | None, knowledge: Knowledge) -> Why | None:
    """Return a belief of the person's own with what is known, else the commonest about strength."""
    believed = check.myths if check is not None else ()
    usual = [myth for myth in knowledge.myths if myth.id == DEFAULT_MYTH]
    for myth in (*believed, *usual):
        return Why(rule=myth.id, says=f"{myth.title}. {myth.says}", backing=myth.backing)
    return None
