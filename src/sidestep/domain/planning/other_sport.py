"""The one thing proposed instead of running: sideways if the knee allows it, gentle if not."""

from datetime import date

from sidestep.domain.planning.exercise import CrossTraining
from sidestep.domain.planning.own_limits import OUR_CHOICE
from sidestep.domain.planning.pain import PainAllows
from sidestep.domain.planning.reasons import Rules, why_exercise
from sidestep.domain.planning.request import GroupClass, WeekRequest
from sidestep.domain.planning.week import Block, BlockKind
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

GROUP_CLASS = "group_class"


def possible_activities(
    request: WeekRequest, access: PlanAccess, pain: PainAllows, rules: Rules
) -> list[CrossTraining]:
    """Return what pain, access and equipment allow, sports that change direction first.

    A lighter week keeps what goes sideways without landing: it is what runners lack most.
    """
    possible = [
        each
        for each in request.cross_training.values()
        if request.profile.has(each.equipment) and _is_allowed(each, access, pain, rules)
    ]
    return sorted(possible, key=lambda each: (not each.is_multidirectional, each.id))


def may_cut(access: PlanAccess, pain: PainAllows, rules: Rules) -> bool:
    """Whether sports with cutting and turning are open."""
    return access is PlanAccess.ALLOWED and pain.running <= rules.number("lateral_sport_pain_max")


def _is_allowed(
    activity: CrossTraining, access: PlanAccess, pain: PainAllows, rules: Rules
) -> bool:
    if activity.is_multidirectional and activity.has_impact and not may_cut(access, pain, rules):
        return False
    loads_like_running = activity.is_multidirectional or activity.has_impact
    felt = pain.running if loads_like_running else pain.at_rest
    return felt <= activity.allowed_pain


def choose_activity(
    possible: list[CrossTraining], week_starts: date, minutes: float
) -> CrossTraining | None:
    """Return one activity that fits the minutes; another one each week where there is a choice."""
    fitting = [each for each in possible if each.minutes <= minutes]
    sideways = [each for each in fitting if each.is_multidirectional]
    choices = sideways or fitting
    return choices[week_starts.toordinal() // DAYS_PER_WEEK % len(choices)] if choices else None


def class_of(group_class: GroupClass, rules: Rules) -> CrossTraining:
    """Return the person's own group class as the other thing of a day."""
    return CrossTraining(
        id=GROUP_CLASS,
        title="Your group class",
        since=date.min,
        is_multidirectional=False,
        has_impact=True,
        minutes=group_class.minutes,
        allowed_pain=rules.count("exercise_pain_max"),
        equipment=frozenset(),
        says="Your weekly class. Tell who leads it about the knee, and leave out what hurts.",
        backing=OUR_CHOICE,
    )


def activity_block(activity: CrossTraining) -> Block:
    """Return the activity as a block."""
    return Block(
        kind=BlockKind.CROSS_TRAINING,
        exercise=activity.id,
        title=activity.title,
        dose=f"about {activity.minutes} min, easy",
        minutes=float(activity.minutes),
        why=why_exercise(activity),
    )
