"""Planned days held against what was told and recorded of them; the share kept is the domain's."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.kept_share import OnFile
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Day
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.check_ins.log_day import pain_at_knee_check
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.asked_day import day_as_asked

HeldDay = tuple[Day, CheckIn | None, OnFile]
"""A day as it was asked for, what was told of it, and what its files show."""


def held_days(
    days: Iterable[Day], told: Sequence[CheckIn], *, store: Store, knowledge: Knowledge
) -> list[HeldDay]:
    """Hold days against what each was for, after what the days before it changed.

    Parameters
    ----------
    told
        Days that were told, oldest first.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    by_day = {each.on: each for each in told}
    told_on = [each.on for each in told]
    pain_before, on_file = pain_at_knee_check(store), _on_file(store.activities())
    # Older days say nothing of a day: without them ten years are held in a moment.
    memory = timedelta(days=Rules(knowledge.plans).count("pain_memory_days"))
    held = []
    for day in days:
        since, until = bisect_left(told_on, day.date - memory), bisect_left(told_on, day.date)
        newest = told[since:until]
        asked = day_as_asked(day, newest, pain_before=pain_before, knowledge=knowledge)
        held.append((asked, by_day.get(day.date), on_file.get(day.date, OnFile())))
    return held


def _on_file(activities: Iterable[ActivitySummary]) -> Mapping[date, OnFile]:
    sports: dict[date, set[Sport]] = {}
    for each in activities:
        if each.is_counted:
            sports.setdefault(each.local_date, set()).add(each.sport)
    return {
        on: OnFile(
            has_run=any(each.is_running for each in found),
            has_strength=Sport.STRENGTH in found,
            has_other_sport=any(
                not each.is_running and each is not Sport.STRENGTH for each in found
            ),
        )
        for on, found in sports.items()
    }
