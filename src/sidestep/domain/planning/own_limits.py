"""The person's own limits (days, minutes, equipment) and her wishes, in words; no rule of ours."""

from sidestep.domain.planning.request import RunnerProfile
from sidestep.domain.planning.week import Limit, Why
from sidestep.domain.vocabulary.evidence import Backing, Basis

YOUR_DAYS, YOUR_MINUTES, YOUR_EQUIPMENT = "your_days", "your_minutes", "your_equipment"
SIDE_WORK = "lateral_exercises"
"""The limit that a week has side work at all."""

YOUR_EDIT, YOUR_GOAL = "your_edit", "your_goal"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

OUR_CHOICE = Backing(basis=Basis.DESIGN)


def own_why(rule: str, says: str) -> Why:
    """Return a reason that comes from the person or her answers and not from a study."""
    return Why(rule=rule, says=says, backing=OUR_CHOICE)


def own_limits(profile: RunnerProfile) -> tuple[Limit, ...]:
    """Return the limits the person set herself, those only that she set."""
    limits = []
    if profile.not_on:
        names = ", ".join(WEEKDAYS[weekday] for weekday in sorted(profile.not_on))
        limits.append(_own(YOUR_DAYS, f"You cannot train on: {names}."))
    if profile.minutes is not None or profile.minutes_on:
        limits.append(_own(YOUR_MINUTES, f"Minutes you have: {_minutes(profile)}."))
    return tuple(limits)


def equipment_limit(profile: RunnerProfile) -> Limit:
    """Return what the person has as a limit on the choice of exercises."""
    named = sorted(each.replace("_", " ") for each in profile.equipment)
    have = ", ".join(named) or "nothing but a floor, a wall and a chair"
    return _own(YOUR_EQUIPMENT, f"Equipment you have: {have}.")


def rest_because_not_free() -> Why:
    """Return the reason of a rest day on a day the person cannot train."""
    return own_why(
        YOUR_DAYS,
        "You cannot train today, so rest. Nothing is missed and nothing has to be made up.",
    )


def rest_because_short() -> Why:
    """Return the reason of a rest day on a day too short for any block."""
    return own_why(
        YOUR_MINUTES,
        "There is too little time today for anything useful, so rest with our blessing.",
    )


def stretches_short_because_minutes() -> Why:
    """Return the reason of short stretches after a run on a day with few minutes."""
    return own_why(
        YOUR_MINUTES,
        "Once a side today: your minutes go to the run first. With more time, hold it twice.",
    )


def why_edited() -> Why:
    """Return the reason of what the person put into the week herself."""
    return own_why(YOUR_EDIT, "You put it here yourself; it is inside every limit.")


def why_goal() -> Why:
    """Return the reason of the run she is training for."""
    return own_why(YOUR_GOAL, "Your goal. What you ran before it leaves room for it.")


def _own(limit_id: str, says: str) -> Limit:
    return Limit(id=limit_id, says=says, is_editable=True, why=own_why(limit_id, says))


def _minutes(profile: RunnerProfile) -> str:
    parts = [] if profile.minutes is None else [f"{profile.minutes} a day"]
    parts += [
        f"{minutes} on {WEEKDAYS[weekday]}"
        for weekday, minutes in sorted(profile.minutes_on.items())
    ]
    return ", ".join(parts)
