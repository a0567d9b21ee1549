"""Which days can hold what: the person's days and minutes against what a run or a block takes."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.week import DayKind
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

_ENDLESS = math.inf


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
    """What a run costs besides running, and the shortest that is worth it, in minutes.

    ``shuffles`` are the numbers of side-step bouts a run can hold: the longest run each goes with,
    and what the bouts of both sides take.
    """

    stretch_minutes: float
    shuffles: tuple[tuple[float, float], ...]
    shortest_run_minutes: float
    shortest_side_minutes: float

    def run_minutes_within(self, minutes: float) -> float:
        """Return the longest run that fits into ``minutes`` with its stretches and side steps."""
        left = minutes - self.stretch_minutes
        return max(0.0, *(min(longest, left - bouts) for longest, bouts in self.shuffles))

    @property
    def shortest_day_minutes(self) -> float:
        """Time the shortest run takes with everything around it."""
        return self.stretch_minutes + self.shortest_run_minutes + self.shuffles[0][1]


def measure_frame(request: WeekRequest, rules: Rules, *, pace_min_per_km: float) -> Frame:
    """Add up the least stretches and the side steps around a run, and the least side work.

    Stretches count short on both ends: the longer round after a run waits for minutes that the run
    leaves over. Side steps are counted in full even when pain leaves only their gentlest form: pain
    must not make room for running.
    """
    side = [
        each.dose.minutes
        for each in request.exercises.values()
        if each.use is ExerciseUse.LATERAL and request.profile.has(each.equipment)
    ]
    return Frame(
        stretch_minutes=2.0 * sum(short_minutes(each, rules) for each in stretches(request)),
        shuffles=tuple(_shuffle_steps(len(shuffles(request)), rules)),
        shortest_run_minutes=rules.number("shortest_run_km") * pace_min_per_km,
        shortest_side_minutes=min(side, default=float("inf")),
    )


def _shuffle_steps(sides: int, rules: Rules) -> Iterator[tuple[float, float]]:
    most = rules.count("shuffle_bouts_max")
    for bouts in range(rules.count("shuffle_bouts_min"), most + 1):
        longest = (bouts + 0.5) * rules.number("shuffle_every_min") if bouts < most else _ENDLESS
        yield longest, sides * shuffle_minutes(bouts, rules)


def shuffle_bouts(run_minutes: float, rules: Rules) -> int:
    """Return how often each side leads in a run of this length.

    One bout for each stretch of running between them, and not fewer or more than the rules say.
    """
    bouts = math.ceil(run_minutes / rules.number("shuffle_every_min") - 0.5)
    return max(rules.count("shuffle_bouts_min"), min(rules.count("shuffle_bouts_max"), bouts))


def stretches(request: WeekRequest) -> list[Exercise]:
    """Return the stretches that frame a run, in order of their ids."""
    return [each for each in _of_use(request, ExerciseUse.STRETCH) if each.is_planned]


def stretches_done(request: WeekRequest) -> list[Exercise]:
    """Return the stretches with those that stand in for what she would rather not do.

    None takes longer than the one it stands in for: the frame of a run is measured before.
    """
    known, avoided = request.exercises, request.avoided
    done: dict[str, Exercise] = {}
    for each in stretches(request):
        others = (known[id] for id in each.substitutes if id in known and id not in avoided)
        fitting = (one for one in others if one.dose.minutes <= each.dose.minutes)
        chosen = next(fitting, each) if each.id in avoided else each
        done[chosen.id] = chosen
    return list(done.values())


def short_minutes(stretch: Exercise, rules: Rules) -> float:
    """Return the time of a stretch in its short form, once a side."""
    return stretch.dose.minutes * rules.number("stretch_before_frac")


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
    heeds_clinician: bool = True,
) -> tuple[Room, ...]:
    """Return the seven days and what each has room for; one that is over has none for another run.

    ``heeds_days``, ``heeds_minutes`` and ``heeds_clinician`` can be switched off to find which of
    the person's own limits, or of her clinician's, stands in the way.
    """
    rooms = (
        _room(request, week_starts + timedelta(days=index), frame, heeds_days, heeds_minutes)
        for index in range(DAYS_PER_WEEK)
    )
    clinician = request.profile.clinician
    return tuple(
        replace(room, takes_run=False)
        if (heeds_clinician and clinician.forbids_running(room.on)) or _is_over(request, room.on)
        else room
        for room in rooms
    )


def _is_over(request: WeekRequest, on: date) -> bool:
    return not request.is_open(on) and request.lived.get(on) is not DayKind.RUN


def _room(
    request: WeekRequest, on: date, frame: Frame, heeds_days: bool, heeds_minutes: bool
) -> Room:
    weekday = on.weekday()
    is_free = not heeds_days or weekday not in request.profile.not_on
    minutes = request.profile.minutes_for(weekday) if heeds_minutes else float("inf")
    minutes = minutes if is_free else 0.0
    run_minutes = frame.run_minutes_within(minutes)
    return Room(
        on=on,
        is_free=is_free,
        minutes=minutes,
        run_minutes=run_minutes,
        takes_run=is_free and run_minutes >= frame.shortest_run_minutes,
        takes_side_work=is_free and minutes >= frame.shortest_side_minutes,
    )
