"""A day's blocks one after the other, as they are done, and what doing them tells of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sidestep.domain.planning.exercise import Dose, Exercise
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Block, BlockKind
from sidestep.domain.triage.facts import Facts, FactValue
from sidestep.domain.vocabulary.side import Side
from sidestep.services.check_ins.day_form import ANSWER_OF

_SECONDS_PER_MINUTE = 60
DONE, SKIPPED = "done", "skipped"

_ORDER = (
    BlockKind.STRETCH_BEFORE,
    BlockKind.SHUFFLE,
    BlockKind.DRILL,
    BlockKind.RUN,
    BlockKind.STRETCH_AFTER,
    BlockKind.CROSS_TRAINING,
)
"""What belongs to a run comes first, and the side steps before the run they are done in."""

_OF_EXERCISES = (BlockKind.LATERAL, BlockKind.STRENGTH)
_AT_HOME = (*_OF_EXERCISES, BlockKind.FOOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayTurn:
    """One go at it: a set, of one leg where each has its own; ``side`` is ``None`` otherwise."""

    number: int
    side: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayStep:
    """One thing to do.

    Attributes
    ----------
    exercise
        ``None`` for a run or another sport.
    sets
        0 where nothing is counted: a run, another sport, side steps inside a run.
    repetitions
        How often in a set, ``None`` where a position is held instead.
    seconds
        How long a set is held, ``None`` where it is counted.
    hold_s
        How long each repetition is held, ``None`` where it is not.
    rest_s
        Rest between two sets, when both legs have done theirs; 0 for none.
    """

    block: Block
    exercise: Exercise | None
    sets: int = 0
    repetitions: int | None = None
    seconds: int | None = None
    hold_s: int | None = None
    is_per_side: bool = False
    rest_s: int = 0

    @property
    def turns(self) -> tuple[PlayTurn, ...]:
        """Every go at it in its order: the left leg, the right leg, then the next set."""
        sides = tuple(Side) if self.is_per_side else (None,)
        return tuple(
            PlayTurn(number=number, side=side)
            for number in range(1, self.sets + 1)
            for side in sides
        )


def play_steps(
    blocks: Sequence[Block], exercises: Mapping[str, Exercise], rules: Rules
) -> tuple[PlayStep, ...]:
    """Return what there is to do in the order it is done; nothing on a day of rest.

    Breaks from sitting have their own time of the day.
    """
    work = [block for block in blocks if block.kind not in (BlockKind.REST, BlockKind.DESK)]
    return tuple(
        _step(block, exercises.get(block.exercise), rules) for block in sorted(work, key=_place)
    )


def _place(block: Block) -> int:
    return _ORDER.index(block.kind) if block.kind in _ORDER else len(_ORDER)


def _step(block: Block, exercise: Exercise | None, rules: Rules) -> PlayStep:
    if exercise is None:
        return PlayStep(block=block, exercise=None)
    doses = exercise.dose.with_fewer_sets()
    dose = next((each for each in doses if each.in_words == block.dose), exercise.dose)
    if block.kind in (BlockKind.SHUFFLE, BlockKind.DRILL):
        # Inside the run there is nobody to watch a timer.
        return PlayStep(block=block, exercise=exercise)
    if block.kind is BlockKind.STRETCH_BEFORE and dose.hold_s is not None:
        return PlayStep(
            block=block,
            exercise=exercise,
            sets=1,
            seconds=rules.count("stretch_before_hold_s"),
            is_per_side=dose.is_per_side,
        )
    return PlayStep(
        block=block,
        exercise=exercise,
        sets=dose.sets,
        repetitions=dose.repetitions,
        seconds=_timed_s(block, exercise.dose),
        hold_s=None if dose.repetitions is None else dose.hold_s,
        is_per_side=dose.is_per_side,
        rest_s=rules.count("rest_between_sets_s") if block.kind in _OF_EXERCISES else 0,
    )


def _timed_s(block: Block, dose: Dose) -> int | None:
    """Return what the timer counts; one long set lasts as long as the week says."""
    if dose.repetitions is not None or dose.hold_s is None:
        return None
    is_one = dose.sets == 1 and not dose.is_per_side
    return round(block.minutes * _SECONDS_PER_MINUTE) if is_one else dose.hold_s


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMuch:
    """A step that hurt more (``pain``) than it may (``most``), 0 to 10 both."""

    step: PlayStep
    pain: float
    most: float


def most_pain(step: PlayStep, rules: Rules) -> float | None:
    """Return up to which pain (0 to 10) a step may go on, ``None`` where nothing says it."""
    if step.exercise is not None:
        return float(step.exercise.stop_above_pain)
    return rules.number("running_pain_max") if step.block.kind is BlockKind.RUN else None


def too_much(step: PlayStep, outcome: Mapping[str, Any], rules: Rules) -> TooMuch | None:
    """Return that a step hurt more than it may, ``None`` when it did not or nothing was told."""
    pain, most = outcome.get("pain"), most_pain(step, rules)
    if pain is None or most is None or pain <= most:
        return None
    return TooMuch(step=step, pain=pain, most=most)


def outcomes_as_told(steps: Sequence[PlayStep], answers: Facts) -> dict[int, Mapping[str, Any]]:
    """Return what became of the steps by what was told of the day, where that says it.

    The way back of ``told_by_playing``: of pieces that are told of together, all are done or none.
    """
    told = {
        number: answers.get(ANSWER_OF.get(step.block.kind, ""))
        for number, step in enumerate(steps, start=1)
    }
    return {
        number: {"did": DONE if is_done else SKIPPED}
        for number, is_done in told.items()
        if isinstance(is_done, bool)
    }


_OWN_REASON = {
    BlockKind.SHUFFLE: "missed_why_side_steps",
    BlockKind.STRENGTH: "missed_why_strength",
}
"""Pieces whose reason may be another than that of what they stand beside."""


def told_by_playing(steps: Sequence[PlayStep], outcomes: Mapping[int, Mapping[str, Any]]) -> Facts:
    """Return what the steps done and left out tell of the day, as answers of its check-in.

    Something counts as done when any of it was; what was not reached says nothing. Of the reasons
    given the first counts, of what belongs to a run and of what is done at home each; side steps
    and strength keep one of their own where it is another.

    Parameters
    ----------
    outcomes
        Step number (the first is 1) to ``did``, ``pain`` and ``why``.
    """
    told: dict[str, FactValue] = {}
    reasons: dict[BlockKind, str] = {}
    pains: dict[str, float] = {}
    for number, step in enumerate(steps, start=1):
        outcome = outcomes.get(number)
        if outcome is None:
            continue
        kind, pain = step.block.kind, outcome.get("pain")
        if kind in ANSWER_OF:
            is_done = outcome.get("did") == DONE
            told[ANSWER_OF[kind]] = is_done or told.get(ANSWER_OF[kind]) is True
        asked = "pain_on_exercises" if kind in _OF_EXERCISES else "pain_on_run"
        if pain is not None and (kind in _OF_EXERCISES or kind is BlockKind.RUN):
            pains[asked] = max(pain, pains.get(asked, 0.0))
        if outcome.get("why"):
            reasons.setdefault(kind, str(outcome["why"]))
    whys = {is_it: why for is_it in (False, True) if (why := _shared_why(reasons, at_home=is_it))}
    if whys:
        told["missed_why"] = whys.get(False, whys.get(True, ""))
    if len(set(whys.values())) > 1:
        told["missed_why_at_home"] = whys[True]
    for kind, id in _OWN_REASON.items():
        own, shared = reasons.get(kind, ""), whys.get(kind in _AT_HOME, "")
        if own != shared and own and told.get(ANSWER_OF[kind]) is False:
            told[id] = own
    return {**told, **pains}


def _shared_why(reasons: Mapping[BlockKind, str], *, at_home: bool) -> str:
    """Return the first reason of a part of the day, of those that have no answer of their own."""
    whys = {kind: why for kind, why in reasons.items() if (kind in _AT_HOME) is at_home}
    shared = [why for kind, why in whys.items() if kind not in _OWN_REASON]
    return next(iter([*shared, *whys.values()]), "")
