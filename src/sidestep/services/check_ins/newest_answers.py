"""What the check-ins since a knee check change about its answers; silence makes nothing milder."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import mean

from sidestep.domain.planning.reasons import Rules
from sidestep.domain.triage.check import PLACE
from sidestep.domain.triage.check_in_questions import (
    NEW_SIGNS,
    PAIN,
    SAME_PLACE,
    warning_signs,
)
from sidestep.domain.triage.facts import Facts, FactValue
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.check_ins.kept_check_ins import KeptCheckIn
from sidestep.services.ports import Knowledge

_ABOUT_THE_PLACE = (PLACE, "worst_zone", "pointing")
WORST, RUNNING = "pain_worst", "pain_running"
WEEKS, TREND = "weeks_since_onset", "trend"


def newest_answers(
    answers: Facts,
    answered_at: datetime,
    check_ins: Sequence[KeptCheckIn],
    knowledge: Knowledge,
) -> Facts:
    """Return the answers of a knee check with what the check-ins after it say.

    A warning sign that was told stays until it is answered again. When something new was told,
    signs that were not answered then are unknown, not what they were. When it hurts somewhere
    else, the place is unknown. Pains are the newest that are known, and the weeks go on.

    ``answered_at`` is in the person's zone: its day is the one she calls so.
    """
    since = [each for each in check_ins if each.made_at > answered_at]
    if not since:
        return answers
    signs = warning_signs(knowledge.questions, knowledge.red_flags).keys()
    facts: dict[str, FactValue] = dict(answers)
    for each in since:
        if each.answers.get(NEW_SIGNS) is True:
            facts = {fact: value for fact, value in facts.items() if fact not in signs}
        if each.answers.get(SAME_PLACE) is False:
            facts = {fact: value for fact, value in facts.items() if fact not in _ABOUT_THE_PLACE}
        facts.update({fact: value for fact, value in each.answers.items() if fact in signs})
        # A sign counts whichever day it is told of; the pain of a day before is older.
        if each.day.on >= answered_at.date():
            _put_pains(facts, each)
    _let_weeks_pass(facts, answered_at.date(), max(answered_at.date(), since[-1].day.on))
    rules = Rules(knowledge.plans)
    trend = pain_trend(check_ins, since[-1].day.on, rules)
    if trend is None and _hurts_less_on_runs(answers, facts, rules):
        trend = "better"
    if trend is not None:
        facts[TREND] = trend
    return facts


def _hurts_less_on_runs(before: Facts, now: Facts, rules: Rules) -> bool:
    """Whether runs hurt clearly less than at the knee check; away from them it may hurt too little.

    Pain of 1 in daily life cannot fall by what counts as a fall.
    """
    first, newest = before.get(RUNNING), now.get(RUNNING)
    if not isinstance(first, float) or not isinstance(newest, float):
        return False
    return newest <= first - rules.number("pain_change_min")


def _put_pains(facts: dict[str, FactValue], told: KeptCheckIn) -> None:
    if (pain := told.day.pain) is not None:
        facts[PAIN] = pain
        worst = facts.get(WORST)
        if isinstance(worst, float) and worst < pain:
            facts[WORST] = pain
    if told.day.ran and told.day.pain_on_run is not None:
        facts[RUNNING] = told.day.pain_on_run


def _let_weeks_pass(facts: dict[str, FactValue], since: date, until: date) -> None:
    weeks = facts.get(WEEKS)
    if isinstance(weeks, float):
        facts[WEEKS] = weeks + (until - since).days / DAYS_PER_WEEK


def pain_trend(check_ins: Iterable[KeptCheckIn], on: date, rules: Rules) -> str | None:
    """Return how the pain of the last week compares with two weeks before, in the question's words.

    ``None`` when one of the two weeks has no pain told, and when there was too little pain for a
    fall that counts.
    """
    pains = {each.day.on: each.day.pain for each in check_ins if each.day.pain is not None}
    now = _of_week(pains, on)
    before = _of_week(pains, on - timedelta(days=rules.count("pain_memory_days")))
    if not now or not before:
        return None
    change, counts = mean(now) - mean(before), rules.number("pain_change_min")
    if change >= counts:
        return "worse"
    if mean(before) < counts:
        return None
    return "better" if change <= -counts else "same"


def _of_week(pains: dict[date, float], ends_on: date) -> list[float]:
    return [pain for on, pain in pains.items() if 0 <= (ends_on - on).days < DAYS_PER_WEEK]
