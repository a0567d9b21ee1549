"""Whether a week that passed is known to have been taken well, which is what growth asks for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.pain_response import Step, exercise_step, next_step
from sidestep.domain.planning.reasons import Rules


def was_taken_well(
    told: Sequence[CheckIn],
    starts: date,
    over_on: date,
    today: date,
    rules: Rules,
    *,
    pain_before: float | None = None,
) -> bool:
    """Return whether the runs of a week are known to have been within the pain rules.

    The last of them has to be in the week, and nothing told since may ask for less. What was not
    told is not known to be well.

    Parameters
    ----------
    starts
        First day of the week.
    over_on
        The day after it; of that day only its morning counts, where it was told.
    pain_before
        Pain before there were check-ins, ``None`` when unknown.
    """
    until_then = [_as_of(each, over_on) for each in told if each.on <= over_on]
    has_morning = any(each.on == over_on and each.pain is not None for each in until_then)
    last_day = over_on if has_morning else over_on - timedelta(days=1)
    then = next_step(until_then, last_day, rules, pain_before)
    if then is None or then.step is not Step.PROGRESS or then.on is None or then.on < starts:
        return False
    asked = (next_step(told, today, rules, pain_before), exercise_step(told, today, rules))
    return all(each is None or each.step >= Step.HOLD for each in asked)


def _as_of(day: CheckIn, over_on: date) -> CheckIn:
    if day.on < over_on:
        return day
    return replace(
        CheckIn(on=day.on), pain_this_morning=day.pain_this_morning, pain_now=day.pain_now
    )
