"""The exercises a person did at home, from kept weeks and days told; not what they lead to."""

from datetime import date, timedelta

from sidestep.domain.planning.check_in import morning_after
from sidestep.domain.planning.ladders import HomeSession, sessions_told
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.check_ins.kept_check_ins import kept_check_ins
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.asked_day import day_as_asked
from sidestep.services.week.edit_profile import known_profile
from sidestep.services.week.kept_week import kept_days


def sessions_before(
    on: date, *, store: Store, knowledge: Knowledge, pain_before: float | None
) -> tuple[HomeSession, ...]:
    """Return the exercises known to have been done before a day, as far back as counts.

    A day held what its newest kept week had planned, after what the days before it changed.

    Parameters
    ----------
    pain_before
        Pain before there were check-ins, ``None`` when unknown.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    rules = Rules(knowledge.plans)
    since = on - timedelta(days=rules.count("exercise_memory_weeks") * DAYS_PER_WEEK)
    told = [each.day for each in kept_check_ins(store, knowledge)]
    in_time = [each for each in told if since <= each.on < on]
    planned = {day.date: day for day in kept_days(store, since, on)} if in_time else {}
    clinician = known_profile(store).clinician
    sessions: list[HomeSession] = []
    for each in in_time:
        day = planned.get(each.on)
        if day is None or not (each.lateral_work or each.strength or each.ran):
            continue
        asked = day_as_asked(
            day,
            told,
            sessions,
            pain_before=pain_before,
            clinician=clinician,
            knowledge=knowledge,
        )
        sessions += sessions_told(asked, each, morning_after(each, tuple(told)), rules)
    return tuple(sessions)
