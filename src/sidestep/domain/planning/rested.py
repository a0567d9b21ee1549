"""Whether a knee that hurt too much to run has rested since; how much is enough is data."""

from collections.abc import Iterable
from datetime import date, timedelta

from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK


def has_rested(told: Iterable[CheckIn], last_hurt: date, week_starts: date, rules: Rules) -> bool:
    """Whether running may be tried again, shorter, after pain that made it pause.

    It has gone for the weeks of calm without a run, and in the last of them the knee was told of
    often enough and was quiet each time. Worse pain, and a day that is not told of, never make it
    true.

    Parameters
    ----------
    last_hurt
        The latest day that can have hurt: of the last run, or of the answer.
    """
    if (week_starts - last_hurt).days < rules.count("calm_weeks") * DAYS_PER_WEEK:
        return False
    first = week_starts - timedelta(days=DAYS_PER_WEEK)
    days = [each for each in told if first <= each.on < week_starts]
    pains = [each.pain for each in days if each.pain is not None]
    return (
        len(pains) >= rules.count("rested_days_told")
        and max(pains) <= rules.number("running_pain_max")
        and not any(each.is_swollen for each in days)
    )
