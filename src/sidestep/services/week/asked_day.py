"""What a planned day asked for once the days before it had been told; today's card is elsewhere."""

from collections.abc import Collection, Sequence, Set
from datetime import date, timedelta

from sidestep.domain.planning.calendar import APART
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.clinician import ClinicianLimits
from sidestep.domain.planning.ladders import HomeSession
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.today import Present, adapt_day
from sidestep.domain.planning.week import Day
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.kept_week import Week, kept_week_of, limits_of


def day_as_asked(
    day: Day,
    told: Sequence[CheckIn],
    sessions: Sequence[HomeSession],
    *,
    pain_before: float | None,
    clinician: ClinicianLimits,
    knowledge: Knowledge,
    ran_on: Collection[date] = (),
    days_between: int = 0,
    over_cap: frozenset[date] = frozenset(),
) -> Day:
    """Return a day after what the days before it changed; a shorter run counts as the run.

    Parameters
    ----------
    ran_on, days_between
        Days she really ran on, and how many without a run the week keeps between two runs.
    over_cap
        Days on which she ran well beyond the longest of the month before.
    """
    present = Present(
        check_ins=[each for each in told if each.on < day.date],
        are_signs_open=False,
        pain_before=pain_before,
        eased_run=day.blocks,
        exercises=knowledge.exercises,
        cross_training=knowledge.cross_training,
        clinician=clinician,
        sessions=sessions,
        ran_on=frozenset(each for each in ran_on if each < day.date),
        days_between=days_between,
        over_cap_on=over_cap,
    )
    return adapt_day(day, present, Rules(knowledge.plans))[0]


def days_kept_between(week: Week | None, rules: Rules) -> int:
    """Return how many days without a run a week keeps between two runs."""
    is_kept = week is not None and any(limit.id == APART for limit in limits_of(week))
    return rules.count(APART) if is_kept else 0


def days_between_near(on: date, ran_on: Set[date], store: Store, rules: Rules) -> int:
    """Return the same for a day of a kept week, 0 where no run was near enough to matter.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    near = (on - timedelta(days=back) for back in range(1, rules.count(APART) + 1))
    return days_kept_between(kept_week_of(store, on), rules) if not ran_on.isdisjoint(near) else 0
