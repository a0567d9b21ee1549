"""The one change a week's review proposes, and what an accepted one does to the next week."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sidestep.domain.planning.check_in import MissedWhy
from sidestep.domain.planning.missed import Missed, with_run_rule
from sidestep.domain.planning.pain_response import Response, Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.week import Why
from sidestep.domain.triage.rules import PlanAccess


class ChangeKind(StrEnum):
    """What a review can propose, the most careful first."""

    SEE_SOMEONE = "see_someone"
    STEP_BACK = "step_back"
    BACK = "back"
    EASIER = "easier"
    SHORTER = "shorter"
    ANOTHER_EXERCISE = "another_exercise"
    TIE_TO_SHOES = "tie_to_shoes"
    SEE_THE_SHOES = "see_the_shoes"
    SWAP = "swap"
    SWAP_RUN = "swap_run"
    SHORTER_STRETCHES = "shorter_stretches"
    STRETCH_AT_HOME = "stretch_at_home"
    SMALLER_SIDE_STEPS = "smaller_side_steps"
    SAY_SIDE_STEPS = "say_side_steps"
    READ_THE_MYTH = "read_the_myth"
    PROGRESS = "progress"
    HOLD = "hold"

    @property
    def changes_plan(self) -> bool:
        """Whether the next week is another one with it."""
        return self not in _LEAVES_PLAN

    @property
    def is_of_runs(self) -> bool:
        """Whether accepting it makes the runs others; what is of exercises leaves them alone."""
        return self in _SCALES_RUNS or self is ChangeKind.STEP_BACK


_LEAVES_PLAN = frozenset({ChangeKind.SEE_SOMEONE, ChangeKind.HOLD})
_STEPS_BACK = frozenset({ChangeKind.STEP_BACK, ChangeKind.BACK})
"""What is shorter than the week would be, however light it is already."""

_SCALES_RUNS = {
    ChangeKind.PROGRESS: "review_progress_frac",
    ChangeKind.BACK: "review_back_frac",
    ChangeKind.SHORTER: "review_shorter_frac",
}
IN_WORDS: Mapping[ChangeKind, str] = {
    ChangeKind.SEE_SOMEONE: "Let somebody look at the knee",
    ChangeKind.STEP_BACK: "A lighter week: fewer or shorter runs, the easiest exercises",
    ChangeKind.BACK: "One step back: shorter runs",
    ChangeKind.EASIER: "Easier: one step down from what hurt, or less of it",
    ChangeKind.SHORTER: "Shorter: less of what took too long",
    ChangeKind.ANOTHER_EXERCISE: "Other exercises for the same job, which need less of a place",
    ChangeKind.TIE_TO_SHOES: "Tie it to your shoes",
    ChangeKind.SEE_THE_SHOES: "Put the running shoes where you see them",
    ChangeKind.SWAP: "Something else for the same job",
    ChangeKind.SWAP_RUN: "One run fewer, with room for something else",
    ChangeKind.SHORTER_STRETCHES: "Stretches in their shortest form",
    ChangeKind.STRETCH_AT_HOME: "Stretch at home, around your shoes",
    ChangeKind.SMALLER_SIDE_STEPS: "Side steps in their smallest form",
    ChangeKind.SAY_SIDE_STEPS: "Let something remind you of the side steps",
    ChangeKind.READ_THE_MYTH: "See what is known about it",
    ChangeKind.PROGRESS: "A little more: slightly longer runs",
    ChangeKind.HOLD: "Stay where you are",
}
_EASIER_EXERCISES = "Easier exercises for a week: each at its lowest step"
"""What is accepted where they hurt: that what hurt goes one step back needs no accepting."""

_MISSED: Mapping[MissedWhy, ChangeKind] = {
    MissedWhy.HURTS: ChangeKind.EASIER,
    MissedWhy.TOO_LONG: ChangeKind.SHORTER,
    MissedWhy.NO_PLACE: ChangeKind.ANOTHER_EXERCISE,
    MissedWhy.FORGOT: ChangeKind.TIE_TO_SHOES,
    MissedWhy.DULL: ChangeKind.SWAP,
    MissedWhy.NOT_CONVINCED: ChangeKind.READ_THE_MYTH,
}
"""What answers each reason; of those told as often, the first one counts."""

_ELSEWHERE: Mapping[str, ChangeKind] = {
    "missed_run_swapped": ChangeKind.SWAP_RUN,
    "missed_forgot_run": ChangeKind.SEE_THE_SHOES,
    "missed_stretches_short": ChangeKind.SHORTER_STRETCHES,
    "missed_stretches_at_home": ChangeKind.STRETCH_AT_HOME,
    "missed_side_steps_small": ChangeKind.SMALLER_SIDE_STEPS,
    "missed_side_steps_forgot": ChangeKind.SAY_SIDE_STEPS,
}
"""What answers it instead where the rule is one of the run or of what is around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One change, what was seen, and the rule that asks for it.

    ``is_of_reason`` when it answers why work was left out: then the next week has it by itself.
    """

    change: ChangeKind
    saw: str
    why: Why
    is_of_reason: bool = False

    @property
    def title(self) -> str:
        """The change in a few words."""
        return IN_WORDS[self.change] if self.is_of_reason else accepted_in_words(self.change)


def accepted_in_words(change: ChangeKind) -> str:
    """Return in a few words what is accepted, which is no answer to a reason."""
    return _EASIER_EXERCISES if change is ChangeKind.EASIER else IN_WORDS[change]


def propose(
    response: Response | None,
    exercises: Response | None,
    missed: Sequence[Missed],
    rules: Rules,
    *,
    myth: Why | None = None,
) -> Proposal:
    """Return the one change the week asks for: pain first, then what was in the way, then more.

    Parameters
    ----------
    response
        What the runs and the pain of the days ask for; ``None`` when nothing was told.
    exercises
        What the strength and side work asks for.
    missed
        Why planned work was left out, once for each time; those that change something next week.
    myth
        What is known about what the person does not believe in.
    """
    if response is not None and response.step < Step.HOLD:
        change = ChangeKind.STEP_BACK if response.step is Step.STEP_BACK else ChangeKind.BACK
        return Proposal(change=change, saw=response.saw, why=response.why)
    if exercises is not None and exercises.step < Step.HOLD:
        saw = f"{exercises.saw} What hurt goes one step back by itself; this makes all of it easy."
        return Proposal(change=ChangeKind.EASIER, saw=saw, why=exercises.why)
    if missed:
        return _by_reason(missed, rules, myth)
    calm = rules.number("running_pain_max")
    if response is None:
        saw = "How a run felt was not told, so nothing speaks for more."
        why = rules.why("progress_sessions", calm=calm)
        return Proposal(change=ChangeKind.HOLD, saw=saw, why=why)
    change = ChangeKind.PROGRESS if response.step is Step.PROGRESS else ChangeKind.HOLD
    return Proposal(change=change, saw=response.saw, why=response.why)


def staying(proposal: Proposal, why: Why) -> Proposal:
    """Return the proposal to stay, instead of a little more that a week has no room for, and why.

    A step that changes nothing is no step: who takes it waits for what does not come.
    """
    saw = f"{proposal.saw} Still, the next week has no room for more."
    return Proposal(change=ChangeKind.HOLD, saw=saw, why=why)


def _by_reason(missed: Sequence[Missed], rules: Rules, myth: Why | None) -> Proposal:
    """Answer the reason given most often; of those as frequent, the one that asks for most care."""
    reasons = [each.why for each in missed]
    most = max(_MISSED, key=reasons.count)
    told = [each for each in missed if each.why is most]
    # What was told of work at home has an answer there, whatever else was left out with it.
    answered = max(told, key=lambda each: each.is_home)
    return _answer(most, answered.rules[0], len(told), rules, myth)


def answers_beside(
    proposal: Proposal, missed: Iterable[Missed], rules: Rules, myth: Why | None
) -> tuple[Proposal, ...]:
    """Return what else the next week has by itself, each change once, beside what is proposed."""
    found: dict[ChangeKind, list[tuple[MissedWhy, str]]] = {}
    for each in missed:
        for rule in each.rules:
            found.setdefault(_answer_of(each.why, rule), []).append((each.why, rule))
    found.pop(proposal.change, None)
    return tuple(_answer(*told[0], len(told), rules, myth) for told in found.values())


def _answer(reason: MissedWhy, rule: str, count: int, rules: Rules, myth: Why | None) -> Proposal:
    times = _ONCE_TWICE.get(count) or f"{count} times"
    why = rules.why(rule)
    if reason is MissedWhy.NOT_CONVINCED and myth is not None:
        why = myth
    return Proposal(
        change=_answer_of(reason, rule),
        saw=f"You left something out {times}: {_SAID[reason]}",
        why=why,
        is_of_reason=True,
    )


def _answer_of(reason: MissedWhy, rule: str) -> ChangeKind:
    return _ELSEWHERE.get(rule, _MISSED[reason])


def without_changes(missed: Missed, declined: Collection[ChangeKind]) -> Missed | None:
    """Return what is left to answer when some changes were left, ``None`` for nothing."""
    return missed.without([r for r in missed.rules if _answer_of(missed.why, r) in declined])


def why_missed(missed: Sequence[Missed], rules: Rules, myth: Why | None) -> tuple[Why, ...]:
    """Return what the week says of each reason it answers, once, the latest telling of it.

    ``myth`` is what is known about what she does not believe in.
    """
    in_time = sorted(missed, key=lambda each: each.on)
    latest = {rule: each for each in in_time for rule in each.rules}
    whys = []
    for rule, each in latest.items():
        if each.why is MissedWhy.NOT_CONVINCED and myth is not None:
            whys.append(myth)
            continue
        why, change = rules.why(rule), _answer_of(each.why, rule)
        back = f"sidestep review --week {each.on.isoformat()} --change {change} --decline"
        whys.append(replace(why, says=f"{why.says} As it was: {back}"))
    return tuple(whys)


_ONCE_TWICE = {1: "once", 2: "twice"}
_SAID: Mapping[MissedWhy, str] = {
    MissedWhy.HURTS: "it hurts.",
    MissedWhy.TOO_LONG: "it takes too long.",
    MissedWhy.NO_PLACE: "there was no place for it.",
    MissedWhy.FORGOT: "you forgot.",
    MissedWhy.DULL: "it is dull.",
    MissedWhy.NOT_CONVINCED: "you do not believe in it.",
}


def with_change(request: WeekRequest, change: ChangeKind) -> WeekRequest:
    """Return the request of a week with an accepted change; what limits the week still does.

    What answers why work was left out is not in here but in ``with_missed``.
    """
    rules = Rules(request.parameters)
    request = with_run_rule(request, _SCALES_RUNS.get(change, ""))
    if change in _STEPS_BACK and request.knee is not None:
        request = replace(request, access_before=request.knee.access)
    if change is ChangeKind.STEP_BACK and request.knee is not None:
        access = max(request.knee.access, PlanAccess.REDUCED)
        return replace(request, knee=replace(request.knee, access=access))
    if change is ChangeKind.SHORTER:
        return replace(request, exercises_most=rules.count("review_exercises_max"))
    if change is ChangeKind.EASIER:
        return replace(request, level_most=rules.count("level_max_careful"))
    return request
