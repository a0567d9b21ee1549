"""Which days can hold what: the person's days and minutes against what a run or a block takes."""

from dataclasses import dataclass
from datetime import date, timedelta

from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest

DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What one day has room for.

    Attributes
    ----------
    minutes
        For training, infinite when the person set no end to it, 0 on a day she cannot train.
    run_minutes
        What is left for the run itself once it is framed by its stretches and side steps.
    """

    on: date
    is_free: bool
    minutes: float
    run_minutes: float
    takes_run: bool
    takes_side_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a run costs besides running, and the shortest that is worth it, in minutes."""

    minutes: float
    shortest_run_minutes: float
    shortest_side_minutes: float


def measure_frame(request: WeekRequest, rules: Rules, *, pace_min_per_km: float) -> Frame:
    """Add up the stretches and side steps around the shortest run, and the least side work.

    Side steps are counted even when pain keeps them out: pain must not make room for running.
    """
    frame = sum(each.dose.minutes for each in stretches(request)) * (
        1.0 + rules.number("stretch_before_frac")
    )
    frame += len(shuffles(request)) * shuffle_minutes(rules.count("shuffle_bouts_max"), rules)
    side = [
        each.dose.minutes
        for each in request.exercises.values()
        if each.use is ExerciseUse.LATERAL and request.profile.has(each.equipment)
    ]
    return Frame(
        minutes=frame,
        shortest_run_minutes=rules.number("shortest_run_km") * pace_min_per_km,
        shortest_side_minutes=min(side, default=float("inf")),
    )


def stretches(request: WeekRequest) -> list[Exercise]:
    """Return the stretches that frame a run, in order of their ids."""
    return _of_use(request, ExerciseUse.STRETCH)


def shuffles(request: WeekRequest) -> list[Exercise]:
    """Return the side steps inside a run, in order of their ids: left, then right."""
    return _of_use(request, ExerciseUse.SHUFFLE)


def _of_use(request: WeekRequest, use: ExerciseUse) -> list[Exercise]:
    return sorted(
        (each for each in request.exercises.values() if each.use is use), key=lambda each: each.id
    )


def shuffle_minutes(bouts: int, rules: Rules) -> float:
    """Return the time the bouts of one side take."""
    return bouts * rules.number("shuffle_bout_s") / 60.0


def lay_out_days(
    request: WeekRequest,
    week_starts: date,
    frame: Frame,
    *,
    heeds_days: bool = True,
    heeds_minutes: bool = True,
) -> tuple[Room, ...]:
    """Return the seven days and what each has room for.

    ``heeds_days`` and ``heeds_minutes`` can be switched off to find which of the person's own
    limits stands in the way.
    """
    return tuple(
        _room(request, week_starts + timedelta(days=index), frame, heeds_days, heeds_minutes)
        for index in range(DAYS_IN_WEEK)
    )


def _room(
    request: WeekRequest, on: date, frame: Frame, heeds_days: bool, heeds_minutes: bool
) -> Room:
    weekday = on.weekday()
    is_free = not heeds_days or weekday not in request.profile.not_on
    minutes = request.profile.minutes_for(weekday) if heeds_minutes else float("inf")
    minutes = minutes if is_free else 0.0
    run_minutes = max(0.0, minutes - frame.minutes)
    return Room(
        on=on,
        is_free=is_free,
        minutes=minutes,
        run_minutes=run_minutes,
        takes_run=is_free and run_minutes >= frame.shortest_run_minutes,
        takes_side_work=is_free and minutes >= frame.shortest_side_minutes,
    )
