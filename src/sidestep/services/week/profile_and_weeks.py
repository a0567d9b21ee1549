"""Changes the profile, and the kept weeks at once where a clinician's limits are new."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sidestep.domain.planning.request import RunnerProfile
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.edit_profile import change_profile, known_profile
from sidestep.services.week.kept_week import kept_week_of, week_start
from sidestep.services.week.plan_week import plan_and_keep


def change_profile_and_weeks(
    changes: Mapping[str, Any], *, store: Store, knowledge: Knowledge, clock: Clock
) -> RunnerProfile:
    """Change the profile as ``change_profile`` does; a clinician's limit never waits for a plan.

    Weeks that are not over yet are planned anew when one of those limits changed.

    Raises
    ------
    AnswersError
        A value that the profile does not allow.
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    before = known_profile(store).clinician
    profile = change_profile(changes, store=store, knowledge=knowledge, clock=clock)
    if profile.clinician == before:
        return profile
    days = (clock.today() + timedelta(days=ahead) for ahead in range(2 * DAYS_PER_WEEK))
    weeks = [kept_week_of(store, day) for day in days]
    for starts in dict.fromkeys(week_start(week) for week in weeks if week and week["days"]):
        plan_and_keep(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    return profile
