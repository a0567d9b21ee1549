"""Why planned work was left out, and what that changes about the next weeks; the numbers are data.

Asking for the reason is done elsewhere. What it changes is never more than what was left out.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sidestep.domain.planning.check_in import CheckIn, MissedWhy
from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.domain.planning.ladders import HomeSession
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.week import BlockKind, Day
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

_RULES = {
    MissedWhy.TOO_LONG: "missed_too_long",
    MissedWhy.HURTS: "missed_hurts",
    MissedWhy.NO_PLACE: "missed_no_place",
    MissedWhy.FORGOT: "missed_forgot",
    MissedWhy.DULL: "missed_dull",
    MissedWhy.NOT_CONVINCED: "missed_not_convinced",
}
_RUN_RULES = {
    MissedWhy.NO_PLACE: "missed_run_swapped",
    MissedWhy.FORGOT: "missed_forgot_run",
    MissedWhy.DULL: "missed_run_swapped",
}
"""What the same reason changes about running, where that is something else."""

_STRETCH_RULES = {
    MissedWhy.TOO_LONG: "missed_stretches_short",
    MissedWhy.HURTS: "missed_stretches_short",
    MissedWhy.NO_PLACE: "missed_stretches_at_home",
}
_SIDE_STEP_RULES = {
    MissedWhy.TOO_LONG: "missed_side_steps_small",
    MissedWhy.HURTS: "missed_side_steps_small",
    MissedWhy.NO_PLACE: "missed_side_steps_small",
    MissedWhy.DULL: "missed_side_steps_small",
    MissedWhy.FORGOT: "missed_side_steps_forgot",
}
"""The same for what belongs to a run that was run."""

_OF_LATERAL = frozenset({BlockKind.LATERAL})
_OF_STRENGTH = frozenset({BlockKind.STRENGTH})
_STRETCHES = frozenset({BlockKind.STRETCH_BEFORE, BlockKind.STRETCH_AFTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A reason told on a day, and what was left out that day.

    Attributes
    ----------
    is_run
        Whether the run was.
    is_walk_run
        Whether that run was of a phase back to running: its sessions have the phase's length anew
        each week, while other runs stay as short as they were made.
    is_home
        Whether side work or strength was.
    is_stretching, is_side_steps
        Whether stretches around a run, or the side steps inside it, were.
    exercises
        Which of them, by id; empty where no week says what was planned.
    """

    why: MissedWhy
    on: date
    is_run: bool
    is_home: bool
    is_stretching: bool = False
    is_side_steps: bool = False
    is_walk_run: bool = False
    exercises: frozenset[str] = frozenset()

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that answer it, each once: of work at home, the run, and what is around it."""
        parts = (
            (self.is_home, self._rule_of_home),
            (self.is_run, self._rule_of_run),
            (self.is_stretching, self._rule_of_stretching),
            (self.is_side_steps, self._rule_of_side_steps),
        )
        rules = dict.fromkeys(rule for is_it, rule in parts if is_it)
        return tuple(rules) or (self._rule_of_home,)

    def lasting(self, days: int, rules: Rules) -> "Missed | None":
        """Return what of it still counts after as many days: each part as its rule says."""

        def lasts(rule: str) -> bool:
            return 0 < days <= rules.count(rule) * DAYS_PER_WEEK

        return self._with(lasts)

    def without(self, rules: Collection[str]) -> "Missed | None":
        """Return what of it is left when the answers of some rules are not wanted."""
        return self._with(lambda rule: rule not in rules)

    def _with(self, counts: Callable[[str], bool]) -> "Missed | None":
        if not any(counts(rule) for rule in self.rules):
            return None
        is_home = self.is_home and counts(self._rule_of_home)
        is_stretching = self.is_stretching and counts(self._rule_of_stretching)
        return replace(
            self,
            is_run=self.is_run and counts(self._rule_of_run),
            is_home=is_home,
            is_stretching=is_stretching,
            is_side_steps=self.is_side_steps and counts(self._rule_of_side_steps),
            exercises=self.exercises if is_home or is_stretching else frozenset(),
        )

    @property
    def _rule_of_home(self) -> str:
        return _RULES[self.why]

    @property
    def _rule_of_run(self) -> str:
        return _RUN_RULES.get(self.why, self._rule_of_home)

    @property
    def _rule_of_stretching(self) -> str:
        return _STRETCH_RULES.get(self.why, self._rule_of_home)

    @property
    def _rule_of_side_steps(self) -> str:
        return _SIDE_STEP_RULES.get(self.why, self._rule_of_home)


def missed_of(told: CheckIn, planned: Day | None) -> tuple[Missed, ...]:
    """Return why work of a day was left out: each reason once, with the pieces it was told of.

    Parameters
    ----------
    planned
        The day as it was planned, ``None`` when it was not.
    """
    whys = _why_each(told)
    missed = []
    for why in dict.fromkeys(why for why in whys.values() if why is not None):
        others: dict[str, Any] = {piece: None for piece, each in whys.items() if each is not why}
        part = replace(told, **others)
        if why is told.missed_why or any(getattr(part, piece) is False for piece in whys):
            missed.append(_missed(why, part, planned))
    return tuple(missed)


def _why_each(told: CheckIn) -> Mapping[str, MissedWhy | None]:
    """Return the reason of each piece: its own, or that of what it stands beside."""
    with_run = told.missed_why
    at_home = told.missed_why_at_home or with_run
    return {
        "ran": with_run,
        "stretched_before": with_run,
        "stretched_after": with_run,
        "side_steps": told.missed_why_side_steps or with_run,
        "lateral_work": at_home,
        "strength": told.missed_why_strength or at_home,
    }


def _missed(why: MissedWhy, told: CheckIn, planned: Day | None) -> Missed:
    kinds = frozenset[BlockKind]()
    if told.lateral_work is False:
        kinds |= _OF_LATERAL
    if told.strength is False:
        kinds |= _OF_STRENGTH
    is_home = bool(kinds)
    is_stretching = told.stretched_before is False or told.stretched_after is False
    if is_stretching:
        kinds |= _STRETCHES
    blocks = () if planned is None else planned.blocks
    had_run = planned is None or any(block.kind is BlockKind.RUN for block in blocks)
    return Missed(
        why=why,
        on=told.on,
        is_run=told.ran is False and had_run,
        is_walk_run=any(block.return_phase is not None for block in blocks),
        is_home=is_home,
        is_stretching=is_stretching,
        is_side_steps=told.side_steps is False,
        exercises=frozenset(block.exercise for block in blocks if block.kind in kinds),
    )


def still_counts(missed: Iterable[Missed], week_starts: date, rules: Rules) -> tuple[Missed, ...]:
    """Return the reasons that change something in a week: told before it, not too long ago."""
    lasting = (each.lasting((week_starts - each.on).days, rules) for each in missed)
    return tuple(each for each in lasting if each and _changes_something(each, week_starts))


def _changes_something(missed: Missed, week_starts: date) -> bool:
    if missed.is_stretching or missed.is_side_steps:
        return True
    match missed.why:
        case MissedWhy.TOO_LONG | MissedWhy.HURTS:
            return missed.is_home or _shortens_runs(missed, week_starts)
        case MissedWhy.NO_PLACE | MissedWhy.DULL:
            return bool(missed.exercises) or missed.is_run
        case MissedWhy.FORGOT:
            return missed.is_home or missed.is_run
        case MissedWhy.NOT_CONVINCED:
            return True


def _shortens_runs(missed: Missed, week_starts: date) -> bool:
    """Whether the runs of this week get shorter: once they stand shorter, they do not again."""
    is_lately = (week_starts - missed.on).days <= DAYS_PER_WEEK
    return missed.is_run and (is_lately or missed.is_walk_run)


def with_missed(
    request: WeekRequest,
    missed: Sequence[Missed],
    week_starts: date,
    library: Mapping[str, Exercise],
) -> WeekRequest:
    """Return the request of a week that answers why work was left out; limits hold all the same.

    Parameters
    ----------
    missed
        The reasons that count for the week.
    library
        All exercises, by id: those that no week places by itself may stand in.
    """
    rules = Rules(request.parameters)
    for each in missed:
        request = _answered(request, each, week_starts, library, rules)
    return request


def _answered(
    request: WeekRequest,
    missed: Missed,
    week_starts: date,
    library: Mapping[str, Exercise],
    rules: Rules,
) -> WeekRequest:
    request = _around_runs(request, missed)
    is_run = _shortens_runs(missed, week_starts)
    match missed.why:
        case MissedWhy.TOO_LONG:
            most = rules.count("review_exercises_max") if missed.is_home else None
            return with_run_rule(
                replace(request, exercises_most=_fewer(request.exercises_most, most)),
                "review_shorter_frac" if is_run else "",
            )
        case MissedWhy.HURTS:
            # Of what was left out there is less; only where that is not known, of everything.
            is_unknown = missed.is_home and not missed.exercises
            most = rules.count("level_max_careful") if is_unknown else None
            return with_run_rule(
                _with_too_much(
                    replace(request, level_most=_fewer(request.level_most, most)), missed
                ),
                "review_back_frac" if is_run else "",
            )
        case MissedWhy.NO_PLACE | MissedWhy.DULL:
            request = replace(request, runs_fewer=1) if missed.is_run else request
            return _with_stand_ins(request, missed, library)
        case MissedWhy.FORGOT:
            request = replace(request, home_cue=TIE_TO_SHOES) if missed.is_home else request
            return replace(request, run_cue=SEE_THE_SHOES) if missed.is_run else request
        case MissedWhy.NOT_CONVINCED:
            return request


def _with_too_much(request: WeekRequest, missed: Missed) -> WeekRequest:
    """Let what was left out because it hurts count as done and too much: there is less of it."""
    if not missed.is_home:
        return request
    too_much = (
        HomeSession(on=missed.on, exercise=id, step=Step.BACK) for id in sorted(missed.exercises)
    )
    return replace(request, sessions=(*request.sessions, *too_much))


def _around_runs(request: WeekRequest, missed: Missed) -> WeekRequest:
    """Answer for stretches and side steps; the time they are given beside a run stays as it was."""
    if missed.is_side_steps and missed.why is MissedWhy.FORGOT:
        request = replace(request, side_step_cue=LET_IT_BE_SAID)
    elif missed.is_side_steps and missed.why in _SIDE_STEP_RULES:
        request = replace(request, has_small_side_steps=True)
    if not missed.is_stretching:
        return request
    match missed.why:
        case MissedWhy.TOO_LONG | MissedWhy.HURTS:
            return replace(request, has_short_stretches=True)
        case MissedWhy.NO_PLACE | MissedWhy.FORGOT:
            return replace(request, stretch_cue=STRETCH_AT_HOME)
        case MissedWhy.DULL | MissedWhy.NOT_CONVINCED:
            return request


STRETCH_AT_HOME = "At home: before you put your running shoes on, or when you take them off"
LET_IT_BE_SAID = "Let your watch tell you when, or do the first where you first turn a corner"
TIE_TO_SHOES = "Tie it to your shoes: do it before you put them on, or when you take them off"
SEE_THE_SHOES = "Put your running shoes where you see them the evening before"


def with_run_rule(request: WeekRequest, rule: str) -> WeekRequest:
    """Return the request with its runs at the share of a rule, the smaller where there are two."""
    rules = Rules(request.parameters)
    if not rule or (
        request.review_rule and rules.number(request.review_rule) <= rules.number(rule)
    ):
        return request
    return replace(request, review_rule=rule)


def _fewer(one: int | None, other: int | None) -> int | None:
    return min((each for each in (one, other) if each is not None), default=None)


def _with_stand_ins(
    request: WeekRequest, missed: Missed, library: Mapping[str, Exercise]
) -> WeekRequest:
    """Put others for the same job in the place of exercises, where there are some."""
    left_out = [
        library[id]
        for id in sorted(missed.exercises)
        if id in library and _is_swapped(library[id], missed)
    ]
    avoided = frozenset(each.id for each in left_out)
    if missed.why is MissedWhy.NO_PLACE:
        avoided |= frozenset(
            other.id
            for other in library.values()
            if any(_needs_the_same_place(other, each) for each in left_out)
        )
    stand_ins = {
        other: library[other]
        for id in sorted(avoided)
        for other in (*library[id].substitutes, library[id].easier_id, library[id].harder_id)
        if other in library and library[other].use is library[id].use and other not in avoided
    }
    return replace(
        request,
        exercises={**request.exercises, **stand_ins},
        avoided=request.avoided | avoided,
    )


def _is_swapped(exercise: Exercise, missed: Missed) -> bool:
    """Whether another one stands in: where there is no place, stretches go home instead."""
    if exercise.use is ExerciseUse.STRETCH:
        return missed.is_stretching and missed.why is MissedWhy.DULL
    return missed.is_home


def _needs_the_same_place(other: Exercise, left_out: Exercise) -> bool:
    if other.use is not left_out.use:
        return False
    return (other.is_on_floor and left_out.is_on_floor) or bool(
        other.equipment & left_out.equipment
    )
