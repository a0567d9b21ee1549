"""On which days the runs fall and how long each is: limits first, then wishes, solved together."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from functools import cache
from itertools import combinations, pairwise

from sidestep.domain.planning.days import Room
from sidestep.domain.planning.edits import NO_PINS, Pins
from sidestep.domain.planning.own_limits import SIDE_WORK, why_edited, why_goal
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import PastRun
from sidestep.domain.planning.running import longest_before
from sidestep.domain.planning.running_plan import TENTHS, RunningPlan, round_down_km
from sidestep.domain.planning.solver import Model, Solution, Term, Var, no, total
from sidestep.domain.planning.week import Why
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

CAP, ONE_RUN, APART = "next_run_cap_ratio", "shortest_run_km", "days_between_runs"
REST, RUNS = "rest_days_min", "running_days_max"
MINUTES_HOLD = "minutes_for_run"
"""Why a run is no longer: the day has no more minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRun:
    """One run on its day, and what decided its length."""

    on: date
    distance_km: float
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the days of runs are chosen from.

    Attributes
    ----------
    known_runs
        Runs before the week, from the history or from weeks planned before it.
    run_on
        Weekdays she would like to run on.
    long_run_on
        Weekday she would like for the longest run.
    class_on
        Weekday of her group class, ``None`` without one.
    keeps
        Days whose run has to stay while she tries another edit.
    lived
        Days that are over and had a run.
    over, rested
        All days that are over, and those of them that were for rest: they stay what they were.
    ran_on
        Days of the week she really ran on so far: no second run then, nor one too soon after.
    """

    plan: RunningPlan
    rooms: tuple[Room, ...]
    known_runs: tuple[PastRun, ...]
    rules: Rules
    pace_min_per_km: float
    run_on: frozenset[int] = frozenset()
    long_run_on: int | None = None
    class_on: int | None = None
    pins: Pins
    keeps: frozenset[date] = frozenset()
    lived: frozenset[date] = frozenset()
    over: frozenset[date] = frozenset()
    rested: frozenset[date] = frozenset()
    ran_on: frozenset[date] = frozenset()

    def with_nothing_over(self) -> "Calendar":
        """Return the calendar as if every day could still become anything."""
        nothing: frozenset[date] = frozenset()
        return replace(self, lived=nothing, over=nothing, rested=nothing)


def place_runs(calendar: Calendar) -> tuple[PlacedRun, ...] | None:
    """Return the runs of the week by day, none when not one fits; ``None`` when limits collide.

    The most kilometres within the plan win, so that more room or a better knee never gives less;
    then the wished day of the long run, wished days, no three days in a row, no run on the day
    after the longest one, days between runs, even gaps, none on the day before it, and the earlier
    days. Once a person has edited the week, staying close to what it was comes first.
    """
    without_pins = Shape(replace(calendar, keeps=frozenset()), NO_PINS)
    unedited = without_pins.solve()
    if unedited is None or not calendar.pins.touched:
        return None if unedited is None else without_pins.runs(unedited)
    stay = frozenset(run.on for run in without_pins.runs(unedited))
    shape = Shape(calendar, calendar.pins, stays_near=stay)
    edited = shape.solve()
    return None if edited is None else shape.runs(edited)


def can_hold(calendar: Calendar, heeded: Collection[str], *, needs_run: bool = False) -> bool:
    """Whether there is a week within some of the limits and with all that she decided."""
    shape = Shape(calendar, calendar.pins, heeded=heeded)
    if needs_run:
        shape.ask_for_a_run()
    return shape.can_be_solved()


def longest_possible_km(calendar: Calendar, on: date) -> float | None:
    """Return the longest run that a day can take within every limit, ``None`` when it takes none.

    What she decided for other days holds.
    """
    return Shape(calendar, calendar.pins, free_on=on).longest_km(on)


class _Bound(Enum):
    """What decided the length of a run."""

    PLAN = auto()
    CAP = auto()
    MINUTES = auto()
    EDIT = auto()


class Shape:
    """The week as variables: what each day is, how long its run is, and what must hold."""

    def __init__(
        self,
        calendar: Calendar,
        pins: Pins,
        *,
        heeded: Collection[str] | None = None,
        stays_near: Collection[date] | None = None,
        free_on: date | None = None,
    ) -> None:
        """Set up the week.

        Parameters
        ----------
        heeded
            Ids of the limits that hold; ``None`` for all.
        stays_near
            Days of runs of the week before it was edited.
        free_on
            Day on which her own decisions and the plan's lengths are set aside.
        """
        self._calendar, self._pins, self._heeded = calendar, pins, heeded
        self._stays_near, self._free_on = stays_near, free_on
        self._model = Model()
        count = len(calendar.rooms)
        self._run = [self._model.yes_no() for _ in range(count)]
        self._side = [self._model.yes_no() for _ in range(count)]
        self._rest = [self._model.yes_no() for _ in range(count)]
        self._long = [self._model.yes_no() for _ in range(count)]
        self._runs_after_long = self._model.yes_no()
        self._runs_before_long = self._model.yes_no()
        self._km = [self._model.whole(0, self._most_tenths()) for _ in range(count)]
        self._rhythm = {
            days: self._model.yes_no() for days in _rhythms() if self._has_room_for_runs_on(days)
        }
        self._one_kind_a_day()
        self._rooms()
        self._numbers()
        self._lengths()
        self._caps()
        self._beside_long()
        self._decided()

    def solve(self) -> Solution | None:
        """Return the best week, ``None`` when there is none."""
        return self._model.solve([*self._nearness(), total(self._km), *self._wishes()])

    def can_be_solved(self) -> bool:
        """Whether there is any week."""
        return self._model.solve() is not None

    def ask_for_a_run(self) -> None:
        """Ask for at least one run in the week."""
        self._model.any_of(self._run)

    def longest_km(self, on: date) -> float | None:
        """Return the longest run a day can take, ``None`` when it takes none."""
        index = [room.on for room in self._calendar.rooms].index(on)
        solution = self._model.solve([[(1, self._km[index])]])
        tenths = 0 if solution is None else solution.value(self._km[index])
        return tenths / TENTHS if tenths else None

    def runs(self, solution: Solution) -> tuple[PlacedRun, ...]:
        """Return the runs of a solution, each with what decided its length."""
        placed: list[PlacedRun] = []
        before_km = 0.0
        for index, room in enumerate(self._calendar.rooms):
            if not solution.is_yes(self._run[index]):
                continue
            distance_km = solution.value(self._km[index]) / TENTHS
            is_long = self._has_long_run and solution.is_yes(self._long[index])
            why = self._why(room, distance_km, before_km, is_long=is_long)
            placed.append(PlacedRun(on=room.on, distance_km=distance_km, why=why))
            before_km = max(before_km, distance_km)
        return tuple(placed)

    @property
    def _has_long_run(self) -> bool:
        return self._calendar.plan.long_km > self._calendar.plan.easy_km

    def _heeds(self, limit: str) -> bool:
        return self._heeded is None or limit in self._heeded

    def _most_tenths(self) -> int:
        known = max((run.distance_km for run in self._calendar.known_runs), default=0.0)
        asked = max(self._pins.lengths_km.values(), default=0.0)
        most_km = max(self._calendar.plan.long_km, self._finite_most_km, asked, 2.0 * known, 1.0)
        return math.ceil(most_km * TENTHS)

    @property
    def _finite_most_km(self) -> float:
        most_km = self._calendar.plan.most_km
        return most_km if math.isfinite(most_km) else 0.0

    def _has_room_for_runs_on(self, days: Sequence[int]) -> bool:
        return all(self._calendar.rooms[index].takes_run for index in days)

    def _one_kind_a_day(self) -> None:
        for run, side, rest in zip(self._run, self._side, self._rest, strict=True):
            self._model.exactly(total([run, side, rest]), 1)
        self._model.exactly(total(list(self._rhythm.values())), 1)
        for index, run in enumerate(self._run):
            with_it = [(1, chosen) for days, chosen in self._rhythm.items() if index in days]
            self._model.exactly([*with_it, (-1, run)], 0)

    def _rooms(self) -> None:
        over, rested = self._calendar.over, self._calendar.rested
        for index, room in enumerate(self._calendar.rooms):
            if room.on in over:
                self._model.exactly(total([self._rest[index]]), int(room.on in rested))
            elif not room.takes_side_work:
                self._model.exactly(total([self._side[index]]), 0)

    def _numbers(self) -> None:
        calendar, rules = self._calendar, self._calendar.rules
        if self._heeds(SIDE_WORK):
            self._model.any_of(self._side)
        if self._heeds(REST):
            self._model.limit(total(self._rest), least=rules.count(REST))
        own = [
            var
            for room, var in self._by_room(self._run)
            if room.on not in self._pins.runs and room.on != self._free_on
        ]
        kept = self._calendar.keeps - self._pins.runs
        left = max(0, calendar.plan.runs - len(self._pins.runs), len(kept))
        self._model.limit(total(own), most=left)
        if self._heeds(calendar.plan.most_runs_rule):
            self._model.limit(total(self._run), most=calendar.plan.most_runs)
        if self._heeds(APART):
            self._keep_from_what_was_run(calendar.plan.days_between)
        if self._heeds(APART) and calendar.plan.days_between:
            self._keep_apart(calendar.plan.days_between)

    def _keep_apart(self, days_between: int) -> None:
        """Keep runs apart that can still be moved; those that are over were where they were."""
        over = {n for n, room in enumerate(self._calendar.rooms) if room.on in self._calendar.over}
        is_hers = bool(self._pins.runs | self._calendar.keeps)
        for days, chosen in self._rhythm.items():
            # A week that could not come again would have a run fewer each other time.
            around = days if is_hers or len(days) < 2 else (*days, days[0] + DAYS_PER_WEEK)
            if any(
                later - earlier <= days_between and later not in over
                for earlier, later in pairwise(around)
            ):
                self._model.exactly(total([chosen]), 0)
        for room, run in self._by_room(self._run):
            if room.on not in self._calendar.over and any(
                0 < (room.on - past.on).days <= days_between for past in self._calendar.known_runs
            ):
                self._model.exactly(total([run]), 0)

    def _keep_from_what_was_run(self, days_between: int) -> None:
        for room, run in self._by_room(self._run):
            days = [(room.on - ran).days for ran in self._calendar.ran_on]
            if room.on not in self._calendar.lived and any(0 <= n <= days_between for n in days):
                self._model.exactly(total([run]), 0)

    def _lengths(self) -> None:
        calendar = self._calendar
        shortest = math.ceil(calendar.rules.number(ONE_RUN) * TENTHS - 1e-6)
        easy, long = (_tenths(km) for km in (calendar.plan.easy_km, calendar.plan.long_km))
        most = _tenths(min(calendar.plan.most_km, self._most_tenths() / TENTHS))
        for index, room in enumerate(calendar.rooms):
            run, km = self._run[index], self._km[index]
            self._model.exactly([(1, km)], 0, only_if=[no(run)])
            self._model.limit([(1, km)], least=shortest, only_if=[run])
            if math.isfinite(room.run_minutes):
                self._model.limit([(1, km)], most=self._fits_tenths(room))
            if self._heeds(calendar.plan.most_rule):
                self._model.limit([(1, km)], most=most)
            if room.on != self._free_on and room.on not in self._pins.lengths_km:
                self._model.limit([(1, km), (easy - long, self._long[index])], most=easy)
            self._model.limit([(1, self._long[index]), (-1, run)], most=0)
        # One of the runs is the longest; where all are alike it is the one that wishes are for.
        self._model.limit(total(self._long), most=1)
        for run in self._run:
            self._model.any_of(self._long, only_if=[run])

    def _fits_tenths(self, room: Room) -> int:
        return _tenths(room.run_minutes / self._calendar.pace_min_per_km)

    def _caps(self) -> None:
        """Hold each run against the longest of the days before it, those of this week included."""
        if not self._heeds(CAP):
            return
        per_mille = round(self._calendar.rules.number(CAP) * 1000)
        for index, room in enumerate(self._calendar.rooms):
            by_history = self._model.yes_no()
            self._cap_by_history(index, self._longest_km(room), by_history)
            options = [by_history]
            for earlier in range(index):
                by_earlier = self._model.yes_no()
                terms = [(1000, self._km[index]), (-per_mille, self._km[earlier])]
                self._model.limit(terms, most=0, only_if=[by_earlier])
                options.append(by_earlier)
            self._model.any_of(options, only_if=[self._run[index]])

    def _cap_by_history(self, index: int, longest_km: float | None, by_history: Var) -> None:
        """Say what holds a run that the runs before this week allow."""
        if longest_km is None and self._calendar.plan.is_walk_run:
            # The first session after a month without one is held by its phase alone.
            for earlier in self._run[:index]:
                self._model.limit([(1, earlier)], most=0, only_if=[by_history])
            return
        cap = _tenths((longest_km or 0.0) * self._calendar.rules.number(CAP))
        self._model.limit([(1, self._km[index])], most=cap, only_if=[by_history])

    def _longest_km(self, room: Room) -> float | None:
        window_days = self._calendar.rules.count("spike_window_days")
        return longest_before(room.on, self._calendar.known_runs, window_days)

    def _beside_long(self) -> None:
        """Know whether a run is a day after or before the longest, in the week again if need be."""
        after = (*self._run[1:], self._run[0])
        before = (self._run[-1], *self._run[:-1])
        for found, beside in ((self._runs_after_long, after), (self._runs_before_long, before)):
            for long, run in zip(self._long, beside, strict=True):
                self._model.limit([(1, found), (-1, long), (-1, run)], least=-1)

    def _decided(self) -> None:
        pins = self._pins
        for index, room in enumerate(self._calendar.rooms):
            if room.on == self._free_on:
                continue
            if room.on in pins.runs | self._calendar.keeps | self._calendar.lived:
                self._model.exactly(total([self._run[index]]), 1)
            if room.on in pins.no_runs:
                self._model.exactly(total([self._run[index]]), 0)
            if room.on in pins.rests:
                self._model.exactly(total([self._rest[index]]), 1)
            if room.on == pins.long_on:
                self._model.exactly(total([self._long[index]]), 1)
            if room.on in pins.lengths_km:
                self._model.exactly([(1, self._km[index])], round(pins.lengths_km[room.on] * 10))

    def _nearness(self) -> list[list[Term]]:
        """Wish that the days she did not touch stay what they were."""
        if self._stays_near is None:
            return []
        return [
            [
                (1 if room.on in self._stays_near else -1, run)
                for room, run in self._by_room(self._run)
                if room.on not in self._pins.touched
            ]
        ]

    def _wishes(self) -> list[list[Term]]:
        wished = self._calendar.long_run_on
        return [
            [(1, long) for room, long in self._by_room(self._long) if room.on.weekday() == wished],
            [
                (1, run)
                for room, run in self._by_room(self._run)
                if room.on.weekday() in self._calendar.run_on
            ],
            [
                (-1, run)
                for room, run in self._by_room(self._run)
                if room.on.weekday() == self._calendar.class_on
            ],
            [(-_three_in_a_row(days), chosen) for days, chosen in self._rhythm.items()],
            [(-1, self._runs_after_long)],
            [(-_unevenness(days), chosen) for days, chosen in self._rhythm.items()],
            # Four runs in seven days have two in a row somewhere; where, makes no week less even.
            # Neither of them next to the longest run: for it the legs are to be fresh.
            [(-1, self._runs_before_long)],
            [(index, long) for index, long in enumerate(self._long)],
            [(-rank, chosen) for rank, chosen in enumerate(self._rhythm.values())],
        ]

    def _by_room(self, variables: Sequence[Var]) -> list[tuple[Room, Var]]:
        return list(zip(self._calendar.rooms, variables, strict=True))

    def _why(self, room: Room, distance_km: float, before_km: float, *, is_long: bool) -> Why:
        """Say what held the length: the lowest of plan, cap and minutes, or her own word."""
        plan, rules = self._calendar.plan, self._calendar.rules
        if room.on == self._pins.goal_on:
            return why_goal()
        if room.on in self._pins.runs:
            return why_edited()
        longest_km = max(self._longest_km(room) or 0.0, before_km)
        cap_km = longest_km * rules.number(CAP)
        if plan.is_walk_run and not longest_km:
            cap_km = math.inf
        bounds: Mapping[_Bound, float] = {
            _Bound.PLAN: plan.long_km if is_long else plan.easy_km,
            _Bound.CAP: cap_km,
            _Bound.MINUTES: room.run_minutes / self._calendar.pace_min_per_km,
        }
        held = [each for each, km in bounds.items() if km < distance_km + 1.0 / TENTHS - 1e-6]
        match held[0] if held else _Bound.PLAN:
            case _Bound.CAP:
                return rules.why(CAP, cap_km=cap_km, longest_km=longest_km)
            case _Bound.MINUTES:
                return rules.why(MINUTES_HOLD, minutes=room.minutes)
            case _:
                return plan.long_why if is_long else plan.easy_why


def _tenths(distance_km: float) -> int:
    """Return whole tenths of a kilometre, rounded down."""
    return round(round_down_km(distance_km) * TENTHS)


@cache
def _rhythms() -> tuple[tuple[int, ...], ...]:
    """Return every choice of days of a week, the earlier days first."""
    days = range(DAYS_PER_WEEK)
    return tuple(sorted(each for n in range(DAYS_PER_WEEK + 1) for each in combinations(days, n)))


def _gaps(days: Sequence[int]) -> list[int]:
    """Return the days from each run to the next, over the turn of the week: it can come again."""
    return [later - earlier for earlier, later in pairwise((*days, days[0] + DAYS_PER_WEEK))]


def _three_in_a_row(days: Sequence[int]) -> int:
    """Count the runs that have one on the day before and one on the day after."""
    gaps = _gaps(days) if days else []
    return sum(before == 1 == after for before, after in pairwise((*gaps, *gaps[:1])))


def _unevenness(days: Sequence[int]) -> int:
    """Weigh runs on days in a row most, then gaps that are not alike."""
    gaps = _gaps(days) if days else []
    return gaps.count(1) * DAYS_PER_WEEK**3 + sum(gap * gap for gap in gaps)
