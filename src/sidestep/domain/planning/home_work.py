"""Side work, strength and foot work on their days, in small doses; runs are not placed here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, pairwise

from sidestep.domain.planning.blocks import exercise_block
from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.domain.planning.pain import PainAllows
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.week import Block, BlockKind, DayKind
from sidestep.domain.triage.rules import PlanAccess

_BLOCK_OF = {
    ExerciseUse.LATERAL: BlockKind.LATERAL,
    ExerciseUse.STRENGTH: BlockKind.STRENGTH,
    ExerciseUse.FOOT: BlockKind.FOOT,
}
_BY_KIND = {DayKind.OFF: 0, DayKind.CROSS: 1, DayKind.RUN: 2}


@dataclass(slots=True, kw_only=True)
class HomeDay:
    """One day's exercises while the week is being put together.

    ``minutes_left`` is what the run or the other activity leaves.
    """

    on: date
    kind: DayKind
    minutes_left: float
    exercises: list[Exercise] = field(default_factory=list)

    @property
    def minutes(self) -> float:
        """Time the exercises take."""
        return sum(each.dose.minutes for each in self.exercises)

    def has(self, use: ExerciseUse) -> bool:
        """Whether an exercise of this use is on the day."""
        return any(each.use is use for each in self.exercises)

    def add(self, exercise: Exercise, rules: Rules) -> bool:
        """Add the exercise if count, block length and the day's minutes leave room for it."""
        minutes = self.minutes + exercise.dose.minutes
        fits = (
            len(self.exercises) < rules.count("exercises_per_day_max")
            and minutes <= rules.number("block_minutes_max")
            and minutes <= self.minutes_left
            and exercise not in self.exercises
        )
        if fits:
            self.exercises.append(exercise)
        return fits

    def blocks(self) -> tuple[Block, ...]:
        """Return the exercises as blocks, in the order they were added."""
        return tuple(exercise_block(_BLOCK_OF[each.use], each) for each in self.exercises)


def possible_exercises(
    request: WeekRequest, use: ExerciseUse, access: PlanAccess, pain: PainAllows, rules: Rules
) -> list[Exercise]:
    """Return the exercises of one use that equipment, pain and the first week's levels leave.

    What the causes ask for comes first, then the easiest; more pain or a stricter access never
    adds one.
    """
    is_careful = pain.is_eased or access is not PlanAccess.ALLOWED
    highest = rules.count("level_max_careful" if is_careful else "level_max_first_week")
    fitting = (
        each
        for each in request.exercises.values()
        if each.use is use
        and each.level <= highest
        and each.stop_above_pain >= pain.at_rest
        and request.profile.has(each.equipment)
    )
    return sorted(fitting, key=lambda each: (each.id not in request.favoured, each.level, each.id))


def can_do_side_work(
    request: WeekRequest, access: PlanAccess, pain: PainAllows, rules: Rules, minutes: float
) -> bool:
    """Whether one exercise of side work fits the knee, the equipment and the minutes."""
    possible = possible_exercises(request, ExerciseUse.LATERAL, access, pain, rules)
    longest = min(minutes, rules.number("block_minutes_max"))
    return any(each.dose.minutes <= longest for each in possible)


def fill_home_days(
    days: Sequence[HomeDay],
    request: WeekRequest,
    access: PlanAccess,
    pain: PainAllows,
    rules: Rules,
    *,
    longest_on: date | None,
) -> None:
    """Put side work on every day off running, then strength, then feet, while there is room."""

    def pool(use: ExerciseUse) -> list[Exercise]:
        return possible_exercises(request, use, access, pain, rules)

    side_days = [day for day in days if day.kind in (DayKind.OFF, DayKind.CROSS)]
    for index, day in enumerate(side_days):
        wanted = rules.count("lateral_exercises") if day.kind is DayKind.OFF else 1
        _take(day, pool(ExerciseUse.LATERAL), wanted, index * wanted, rules)
    strength = pool(ExerciseUse.STRENGTH)
    for index, day in enumerate(strength_days(days, strength, rules, longest_on)):
        wanted = rules.count("strength_exercises")
        _take(day, strength, wanted, index * wanted, rules)
    feet = pool(ExerciseUse.FOOT)
    for index, day in enumerate(_foot_days(days, feet, rules, longest_on)):
        _take(day, feet, 1, index, rules)


def strength_days(
    days: Sequence[HomeDay], pool: Sequence[Exercise], rules: Rules, longest_on: date | None
) -> tuple[HomeDay, ...]:
    """Choose the days of strength work: never the longest run's day nor the day before it.

    Days off running come first, a day or more apart where that is possible.
    """
    shortest = min((each.dose.minutes for each in pool), default=float("inf"))
    candidates = [
        day
        for day in days
        if _has_room(day, shortest, rules) and not _spares_longest(day.on, longest_on)
    ]
    for count in range(rules.count("strength_days"), 0, -1):
        choices = list(combinations(candidates, count))
        if choices:
            return min(choices, key=_strength_rank)
    return ()


def _spares_longest(on: date, longest_on: date | None) -> bool:
    return longest_on is not None and on in (longest_on, longest_on - timedelta(days=1))


def _strength_rank(days: Sequence[HomeDay]) -> tuple[int, int, int, date]:
    in_a_row = sum((b.on - a.on).days < 2 for a, b in pairwise(days))
    on_run_days = sum(day.kind is DayKind.RUN for day in days)
    # Side by side on two off days is worse than once after a run.
    return in_a_row, on_run_days, sum(_BY_KIND[day.kind] for day in days), days[0].on


def _foot_days(
    days: Sequence[HomeDay], pool: Sequence[Exercise], rules: Rules, longest_on: date | None
) -> list[HomeDay]:
    shortest = min((each.dose.minutes for each in pool), default=float("inf"))
    candidates = [day for day in days if _has_room(day, shortest, rules) and day.on != longest_on]
    candidates.sort(key=lambda day: (day.has(ExerciseUse.STRENGTH), _BY_KIND[day.kind], day.on))
    return sorted(candidates[: rules.count("foot_days")], key=lambda day: day.on)


def _has_room(day: HomeDay, minutes: float, rules: Rules) -> bool:
    most = min(day.minutes_left, rules.number("block_minutes_max"))
    return day.minutes + minutes <= most and len(day.exercises) < rules.count(
        "exercises_per_day_max"
    )


def _take(day: HomeDay, pool: Sequence[Exercise], wanted: int, first: int, rules: Rules) -> None:
    """Add up to ``wanted`` exercises, starting at ``first`` so that the days differ."""
    taken = 0
    for exercise in _from(pool, first):
        if taken == wanted:
            return
        taken += day.add(exercise, rules)


def _from(pool: Sequence[Exercise], first: int) -> Iterable[Exercise]:
    return (pool[(first + step) % len(pool)] for step in range(len(pool)))
