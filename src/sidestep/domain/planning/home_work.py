"""Side work, strength and foot work on their days, and what each day off running is.

Runs are placed before and not here. Limits hold, wishes come in order of rank, solved together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sidestep.domain.planning.blocks import exercise_block
from sidestep.domain.planning.days import Room
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.exercise import CrossTraining, Exercise, ExerciseUse
from sidestep.domain.planning.ladders import Ladder, ladders_of
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.running import is_heavy, is_new
from sidestep.domain.planning.solver import Model, Solution, Term, Var, total
from sidestep.domain.planning.week import Block, BlockKind, DayKind
from sidestep.domain.triage.rules import PlanAccess

BLOCK_OF = {
    ExerciseUse.LATERAL: BlockKind.LATERAL,
    ExerciseUse.STRENGTH: BlockKind.STRENGTH,
    ExerciseUse.FOOT: BlockKind.FOOT,
}
_HUNDREDTHS = 100
"""Minutes are whole hundredths here."""

_AGAIN = 3
"""How many places further down the list an exercise is worth as much as one used before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the days are filled from.

    Attributes
    ----------
    pools
        Exercises that may be placed, by use, the most wished first.
    run_minutes
        What the run of a day takes with all around it, for days of runs only.
    sports
        The other activity a day could hold, for days that could hold one.
    rests
        Days that rest because nothing else is possible or because the person said so.
    longest_on
        Day of the longest run, ``None`` without a run.
    exercises_most
        Most exercises a day.
    lived
        What the days that are over were: one that did not rest is not the week's day of rest, and
        another sport that was done is the week's.
    class_on
        Weekday of her group class, ``None`` without one.
    """

    rooms: tuple[Room, ...]
    rules: Rules
    pools: Mapping[ExerciseUse, Sequence[Exercise]]
    run_minutes: Mapping[date, float]
    sports: Mapping[date, CrossTraining]
    rests: frozenset[date]
    longest_on: date | None
    exercises_most: int
    lived: Mapping[date, DayKind]
    class_on: int | None = None

    @property
    def eve(self) -> date | None:
        """Day before the longest run, ``None`` without a run.

        Of a week that begins with it, that is the last day: the next week may begin so, too.
        """
        if self.longest_on is None:
            return None
        before = self.longest_on - timedelta(days=1)
        return before if before >= self.rooms[0].on else self.rooms[-1].on


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeDay:
    """What one day is, and its exercises in the order of doing."""

    kind: DayKind
    exercises: tuple[Exercise, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """Return the exercises as blocks."""
        return tuple(exercise_block(BLOCK_OF[each.use], each) for each in self.exercises)


def possible_exercises(draft: Draft, use: ExerciseUse) -> list[Exercise]:
    """Return the exercises of one use that a week is filled from, the most wished first.

    Of each ladder it is one: the step she has climbed to, or the nearest below it that equipment,
    pain and access leave; more pain or a stricter access never gives a harder one. What the causes
    ask for comes first, then what begins most easily; those that are alike take turns. What she
    would rather not do is left out where something else is left.
    """
    request = draft.request
    ladders = [each for each in ladders_of(request.exercises) if each[0].use is use]
    steps = _steps(ladders, draft, request.avoided) or _steps(ladders, draft, frozenset())
    favoured = [each for each in steps if _is_favoured(each[0], request)]
    others = [each for each in steps if not _is_favoured(each[0], request)]
    ranked = [step for group in (favoured, others) for _, step in _in_turn(group, draft)]
    few = ranked[: draft.rules.count("exercise_turn_size")]
    return few + _for_short_days(few, ranked, draft)


def _for_short_days(
    few: Sequence[Exercise], ranked: Sequence[Exercise], draft: Draft
) -> list[Exercise]:
    """Return the shortest exercise of all where a day has time for it and for none of the few."""
    shortest = min(ranked, key=lambda each: each.dose.minutes, default=None)
    if shortest is None:
        return []
    few_minutes = min(each.dose.minutes for each in few)
    has_short_day = any(shortest.dose.minutes <= room.minutes < few_minutes for room in draft.rooms)
    return [shortest] if has_short_day else []


def _steps(
    ladders: Sequence[Ladder], draft: Draft, avoided: frozenset[str]
) -> list[tuple[Ladder, Exercise]]:
    """Return the ladders a week can use, each with the step it uses of it."""
    steps = ((each, _step_of(each, draft, avoided)) for each in ladders)
    return [(ladder, step) for ladder, step in steps if step is not None]


def _step_of(ladder: Ladder, draft: Draft, avoided: frozenset[str]) -> Exercise | None:
    possible = (
        each
        for each in reversed(ladder)
        if each.id in draft.climbed and each.id not in avoided and not what_forbids(each, draft)
    )
    return next(possible, None)


def _is_favoured(ladder: Ladder, request: WeekRequest) -> bool:
    return any(each.id in request.favoured for each in ladder)


def _in_turn(
    steps: Sequence[tuple[Ladder, Exercise]], draft: Draft
) -> list[tuple[Ladder, Exercise]]:
    """Put ladders in order: what begins most easily first, with every turn of weeks others."""
    ranked = sorted(steps, key=lambda each: (each[0][0].level, each[0][0].id))
    first = draft.request.turn * draft.rules.count("exercise_turn_new")
    first = first % len(ranked) if ranked else 0
    return [*ranked[first:], *ranked[:first]]


def what_forbids(exercise: Exercise, draft: Draft) -> str:
    """Return the rule that keeps an exercise out of the week, ``""`` for none."""
    request, rules = draft.request, draft.rules
    if not request.profile.has(exercise.equipment):
        return "your_equipment"
    if exercise.stop_above_pain < draft.pain.at_rest:
        return "exercise_pain_max"
    is_careful = draft.pain.is_eased or draft.knee.access is not PlanAccess.ALLOWED
    if is_careful and exercise.level > rules.count("level_max_careful"):
        return "level_max_careful"
    own_most = level_most_by_person(draft)
    if own_most and exercise.level > rules.count(own_most):
        return own_most
    is_climbed = exercise.id in draft.climbed and exercise.easier_id in draft.climbed
    if exercise.level > rules.count("level_max_to_begin") and not is_climbed:
        return "level_max_to_begin"
    if request.level_most is not None and exercise.level > request.level_most:
        return "missed_hurts"
    return ""


def level_most_by_person(draft: Draft) -> str:
    """Return the rule that holds exercises by who does them, ``""`` for none.

    Held long on one arm or one leg, a body weighs what it weighs; what is not known holds nothing.
    """
    traits = is_new(draft.knee, draft.rules), is_heavy(draft.request, draft.rules)
    if all(traits):
        return "level_max_new_and_heavy"
    return "level_max_new_or_heavy" if any(traits) else ""


def exercises_most(request: WeekRequest, rules: Rules) -> int:
    """Return the most exercises a day may have."""
    most = rules.count("exercises_per_day_max")
    return most if request.exercises_most is None else min(most, request.exercises_most)


def can_work_at_home(draft: Draft, minutes: float) -> bool:
    """Whether one exercise of what a day off is for fits the knee, the equipment and the minutes.

    That is side work, and where a clinician has left all of it out whatever else she has not.
    """
    longest = min(minutes, draft.rules.number("block_minutes_max"))
    uses = (ExerciseUse.LATERAL,) if _has_side_work(draft) else tuple(BLOCK_OF)
    possible = (each for use in uses for each in possible_exercises(draft, use))
    return any(each.dose.minutes <= longest for each in possible)


def _has_side_work(draft: Draft) -> bool:
    return any(each.use is ExerciseUse.LATERAL for each in draft.request.exercises.values())


def fill_days(home: Home) -> Mapping[date, HomeDay]:
    """Say what each day is and what is done at home on it.

    Days off running carry side work or what else is left to her, one of them another sport. At
    least one is full rest: near the longest run where that is open, else late in the week. Strength
    keeps away from the longest run and the day before it, and where possible from runs and from
    itself. Everything comes in small doses.
    """
    filling = _Filling(home)
    solution = filling.solve()
    if solution is None:
        # Only rest fits: too little is free for side work and a rest day both.
        return {
            room.on: HomeDay(kind=DayKind.RUN if room.on in home.run_minutes else DayKind.REST)
            for room in home.rooms
        }
    return filling.days(solution)


class _Filling:
    """The days as variables: what each is, and which exercises it carries."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._model = Model()
        self._off = [self._model.yes_no() for _ in home.rooms]
        self._cross = [self._model.yes_no() for _ in home.rooms]
        self._rest = [self._model.yes_no() for _ in home.rooms]
        self._strong = [self._model.yes_no() for _ in home.rooms]
        self._feet_on = [self._model.yes_no() for _ in home.rooms]
        self._chosen: list[dict[str, Var]] = [
            {each.id: self._model.yes_no() for pool in home.pools.values() for each in pool}
            for _ in home.rooms
        ]
        self._by_id = {each.id: each for pool in home.pools.values() for each in pool}
        self._kinds()
        for index, room in enumerate(home.rooms):
            self._room(index, room)
            self._side_work(index)
            self._strength(index, room)
            self._feet(index, room)
        rules = home.rules
        self._model.limit(total(self._strong), most=rules.count("strength_days"))
        self._model.limit(total(self._feet_on), most=rules.count("foot_days"))

    def solve(self) -> Solution | None:
        """Return the best filling, ``None`` when there is none."""
        days = range(len(self._home.rooms))
        lateral = [var for index in days for var in self._of(index, _LATERAL)]
        strength = [var for index in days for var in self._of(index, _STRENGTH)]
        return self._model.solve(
            [
                total([*self._off, *self._cross]),
                self._most_sport(),
                self._where_rest_is_best(),
                self._where_sport_is_best(),
                total(lateral),
                total(self._strong),
                total(strength),
                self._where_strength_is_best(),
                total(self._feet_on),
                self._where_feet_are_best(),
                self._favoured_and_varied(),
            ]
        )

    def days(self, solution: Solution) -> Mapping[date, HomeDay]:
        """Return the days of a solution."""
        return {
            room.on: HomeDay(
                kind=self._kind(index, room, solution),
                exercises=tuple(
                    self._by_id[id]
                    for id, var in self._chosen[index].items()
                    if solution.is_yes(var)
                ),
            )
            for index, room in enumerate(self._home.rooms)
        }

    def _kind(self, index: int, room: Room, solution: Solution) -> DayKind:
        if room.on in self._home.run_minutes:
            return DayKind.RUN
        if solution.is_yes(self._cross[index]):
            return DayKind.CROSS
        return DayKind.OFF if solution.is_yes(self._off[index]) else DayKind.REST

    def _of(self, index: int, use: ExerciseUse) -> list[Var]:
        return [self._chosen[index][each.id] for each in self._home.pools[use]]

    def _kinds(self) -> None:
        home = self._home
        for index, room in enumerate(home.rooms):
            kinds = total([self._off[index], self._cross[index], self._rest[index]])
            self._model.exactly(kinds, 0 if room.on in home.run_minutes else 1)
            if room.on in home.rests:
                self._model.exactly(total([self._off[index], self._cross[index]]), 0)
            if room.on not in home.sports or room.on == home.eve:
                self._model.exactly(total([self._cross[index]]), 0)
            self._model.any_of(self._off, only_if=[self._cross[index]])
        rests = [
            rest
            for room, rest in zip(home.rooms, self._rest, strict=True)
            if home.lived.get(room.on, DayKind.REST) is DayKind.REST
        ]
        sports = [
            cross
            for room, cross in zip(home.rooms, self._cross, strict=True)
            if room.on not in home.lived
        ]
        had_sport = DayKind.CROSS in home.lived.values()
        self._model.limit(total(self._cross), most=1)
        self._model.limit(total(sports), most=0 if had_sport else 1)
        self._model.limit(total(rests), least=home.rules.count("rest_days_min"))

    def _room(self, index: int, room: Room) -> None:
        """Keep the day's exercises few, short, and within the minutes run or sport leave."""
        rules = self._home.rules
        chosen = self._chosen[index]
        minutes = [(_minutes(self._by_id[id].dose.minutes), var) for id, var in chosen.items()]
        self._model.limit(minutes, most=_minutes(rules.number("block_minutes_max")))
        self._model.limit(total(list(chosen.values())), most=self._home.exercises_most)
        self._model.exactly(total(list(chosen.values())), 0, only_if=[self._rest[index]])
        if room.minutes == float("inf"):
            return
        left = room.minutes - self._home.run_minutes.get(room.on, 0.0)
        self._model.limit(minutes, most=max(0, _minutes(left)))
        sport = self._home.sports.get(room.on)
        if sport is not None:
            most = max(0, _minutes(room.minutes - sport.minutes))
            self._model.limit(minutes, most=most, only_if=[self._cross[index]])

    def _side_work(self, index: int) -> None:
        lateral = self._of(index, _LATERAL)
        off, cross = self._off[index], self._cross[index]
        most = self._home.rules.count("lateral_exercises")
        self._model.limit([*total(lateral), (-most, off), (-1, cross)], most=0)
        # Where no side work is left to her, a day off carries whatever else is.
        work = lateral or list(self._chosen[index].values())
        self._model.any_of(work, only_if=[off])
        self._model.any_of(work, only_if=[cross])

    def _strength(self, index: int, room: Room) -> None:
        strength, strong = self._of(index, _STRENGTH), self._strong[index]
        most = self._home.rules.count("strength_exercises")
        self._model.limit([*total(strength), (-most, strong)], most=0)
        self._model.any_of(strength, only_if=[strong])
        if room.on in (self._home.longest_on, self._home.eve):
            self._model.exactly(total([strong]), 0)

    def _feet(self, index: int, room: Room) -> None:
        feet = total(self._of(index, _FOOT))
        self._model.exactly([*feet, (-1, self._feet_on[index])], 0)
        if room.on == self._home.longest_on:
            self._model.exactly(total([self._feet_on[index]]), 0)

    def _most_sport(self) -> list[Term]:
        """Another sport if any can be, and before rest has its choice of days her own class."""
        return [
            (2 if room.on.weekday() == self._home.class_on else 1, cross)
            for room, cross in zip(self._home.rooms, self._cross, strict=True)
        ]

    def _where_rest_is_best(self) -> list[Term]:
        """Rest before the longest run if that day is open, else after it, else late in the week."""
        longest_on, last = self._home.longest_on, len(self._home.rooms)

        def worth(index: int, on: date) -> int:
            if longest_on is not None and on == longest_on - timedelta(days=1):
                return last + 1
            return (
                last if longest_on is not None and on == longest_on + timedelta(days=1) else index
            )

        return [
            (worth(index, room.on), self._rest[index])
            for index, room in enumerate(self._home.rooms)
        ]

    def _where_sport_is_best(self) -> list[Term]:
        """Where there is most time, then late."""
        rooms = self._home.rooms
        by_room = sorted(range(len(rooms)), key=lambda index: (rooms[index].minutes, index))
        return [(rank, self._cross[index]) for rank, index in enumerate(by_room)]

    def _where_strength_is_best(self) -> list[Term]:
        """Not on days in a row, then not on days of runs or sport, then early."""
        days = len(self._home.rooms)
        terms: list[Term] = []
        for one, next_one in pairwise(self._strong):
            both = self._model.yes_no()
            self._model.limit([(1, one), (1, next_one), (-1, both)], most=1)
            terms.append((-days * days * 10, both))
        for index, room in enumerate(self._home.rooms):
            strong = self._strong[index]
            on_run_day = room.on in self._home.run_minutes
            terms.append((-(days * days if on_run_day else 0) - index, strong))
            if not on_run_day:
                terms.append((-days, self._both(strong, self._cross[index])))
        return terms

    def _where_feet_are_best(self) -> list[Term]:
        """Rather without strength, then on days off, then early."""
        days = len(self._home.rooms)
        terms: list[Term] = []
        for index, room in enumerate(self._home.rooms):
            feet = self._of(index, _FOOT)
            terms += [
                (-index - (days if room.on in self._home.run_minutes else 0), f) for f in feet
            ]
            for foot in feet:
                terms.append((-2 * days, self._both(foot, self._strong[index])))
        return terms

    def _both(self, one: Var, other: Var) -> Var:
        """Return a variable that is yes at least when both are."""
        both = self._model.yes_no()
        self._model.limit([(1, one), (1, other), (-1, both)], most=1)
        return both

    def _favoured_and_varied(self) -> list[Term]:
        """Take from the top of each list, but something else before the same again too often."""
        days = len(self._home.rooms)
        terms: list[Term] = []
        for pool in self._home.pools.values():
            for rank, exercise in enumerate(pool):
                used = [chosen[exercise.id] for chosen in self._chosen]
                again = self._model.whole(0, days)
                self._model.limit([*total(used), (-1, again)], most=1)
                terms += [(-rank * days - index, var) for index, var in enumerate(used)]
                terms.append((-_AGAIN * days, again))
        return terms


_LATERAL, _STRENGTH, _FOOT = ExerciseUse.LATERAL, ExerciseUse.STRENGTH, ExerciseUse.FOOT


def _minutes(minutes: float) -> int:
    return round(minutes * _HUNDREDTHS)
