"""Plans kept weeks anew from what is known now, so that nobody has to ask for it."""

from datetime import timedelta

from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, is_in_week
from sidestep.services.check_ins.log_day import days_told
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.kept_week import kept_week_of, week_start
from sidestep.services.week.plan_week import plan_and_keep


def plan_weeks_anew(
    *, store: Store, knowledge: Knowledge, clock: Clock, also_begun: bool = False
) -> None:
    """Plan the kept weeks that are not over anew.

    Parameters
    ----------
    also_begun
        Whether those under way are meant as well: weeks with a day that is past, or told of. What
        was lived of them would no longer be what was planned, so only a reason of safety asks it.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    today = clock.today()
    near = (kept_week_of(store, today + timedelta(days=days)) for days in range(2 * DAYS_PER_WEEK))
    told = days_told(store, knowledge)
    for starts in dict.fromkeys(week_start(week) for week in near if week and week["days"]):
        is_begun = starts < today or any(is_in_week(each.on, starts) for each in told)
        if also_begun or not is_begun:
            plan_and_keep(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
