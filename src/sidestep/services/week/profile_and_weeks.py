"""Changes the profile, and the kept weeks that it is about."""

from collections.abc import Mapping
from typing import Any

from sidestep.domain.planning.request import RunnerProfile
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.edit_profile import change_profile, known_profile
from sidestep.services.week.weeks_anew import plan_weeks_anew


def change_profile_and_weeks(
    changes: Mapping[str, Any], *, store: Store, knowledge: Knowledge, clock: Clock
) -> RunnerProfile:
    """Change the profile as ``change_profile`` does; a clinician's limit never waits for a plan.

    Weeks that are not over yet are planned anew when one of those limits changed; for all else
    those only of which nothing was lived.

    Raises
    ------
    AnswersError
        A value that the profile does not allow.
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    before = known_profile(store)
    profile = change_profile(changes, store=store, knowledge=knowledge, clock=clock)
    if profile != before:
        is_limited = profile.clinician != before.clinician
        plan_weeks_anew(store=store, knowledge=knowledge, clock=clock, also_begun=is_limited)
    return profile
