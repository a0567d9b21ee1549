"""The one change a week's review proposes, and what an accepted one does to the next week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sidestep.domain.planning.check_in import MissedWhy
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.pain_response import Response, Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.week import Why
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.evidence import Parameter


class ChangeKind(StrEnum):
    """What a review can propose, the most careful first."""

    SEE_SOMEONE = "see_someone"
    STEP_BACK = "step_back"
    BACK = "back"
    EASIER = "easier"
    SHORTER = "shorter"
    ANOTHER_EXERCISE = "another_exercise"
    TIE_TO_SHOES = "tie_to_shoes"
    SWAP = "swap"
    READ_THE_MYTH = "read_the_myth"
    PROGRESS = "progress"
    HOLD = "hold"

    @property
    def changes_plan(self) -> bool:
        """Whether accepting it makes the next week another one."""
        return self in _IN_PLAN


_IN_PLAN = frozenset(
    {
        ChangeKind.STEP_BACK,
        ChangeKind.BACK,
        ChangeKind.EASIER,
        ChangeKind.SHORTER,
        ChangeKind.PROGRESS,
    }
)
_SCALES_RUNS = {
    ChangeKind.PROGRESS: "review_progress_frac",
    ChangeKind.BACK: "review_back_frac",
    ChangeKind.EASIER: "review_back_frac",
    ChangeKind.SHORTER: "review_shorter_frac",
}
IN_WORDS: Mapping[ChangeKind, str] = {
    ChangeKind.SEE_SOMEONE: "Let somebody look at the knee",
    ChangeKind.STEP_BACK: "A lighter week: fewer and shorter runs, the easiest exercises",
    ChangeKind.BACK: "One step back: shorter runs",
    ChangeKind.EASIER: "Easier: the easiest exercises, shorter runs",
    ChangeKind.SHORTER: "Shorter: fewer exercises, shorter runs",
    ChangeKind.ANOTHER_EXERCISE: "Another exercise for the same job, one that needs less room",
    ChangeKind.TIE_TO_SHOES: "Tie it to your shoes",
    ChangeKind.SWAP: "Swap one exercise for another",
    ChangeKind.READ_THE_MYTH: "See what is known about it",
    ChangeKind.PROGRESS: "A little more: slightly longer runs",
    ChangeKind.HOLD: "Stay where you are",
}
_MISSED: Mapping[MissedWhy, tuple[ChangeKind, str]] = {
    MissedWhy.HURTS: (
        ChangeKind.EASIER,
        "What hurts is not done, and should not be: the step below comes first.",
    ),
    MissedWhy.TOO_LONG: (
        ChangeKind.SHORTER,
        "A short week that is done does more than a long one that is not.",
    ),
    MissedWhy.NO_PLACE: (
        ChangeKind.ANOTHER_EXERCISE,
        "Each exercise names others that do the same job: sidestep exercise show NAME. Say what "
        "you have with: sidestep profile set",
    ),
    MissedWhy.FORGOT: (
        ChangeKind.TIE_TO_SHOES,
        "Do the side work before you tie your running shoes, and after you take them off at home. "
        "What hangs on a habit needs no memory.",
    ),
    MissedWhy.DULL: (
        ChangeKind.SWAP,
        "Take another exercise for the same job, or one step harder where two sessions were clean: "
        "sidestep exercise list",
    ),
    MissedWhy.NOT_CONVINCED: (
        ChangeKind.READ_THE_MYTH,
        "Doubt is fair. See what each thing rests on: sidestep plan --why",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One change, what was seen, and the rule that asks for it."""

    change: ChangeKind
    saw: str
    why: Why

    @property
    def title(self) -> str:
        """The change in a few words."""
        return IN_WORDS[self.change]


def propose(
    response: Response | None,
    exercises: Response | None,
    missed: Sequence[MissedWhy],
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
        Why planned work was left out, once for each time.
    myth
        What is known about what the person does not believe in.
    """
    if response is not None and response.step < Step.HOLD:
        change = ChangeKind.STEP_BACK if response.step is Step.STEP_BACK else ChangeKind.BACK
        return Proposal(change=change, saw=response.saw, why=response.why)
    if exercises is not None and exercises.step < Step.HOLD:
        return Proposal(change=ChangeKind.EASIER, saw=exercises.saw, why=exercises.why)
    if missed:
        return _by_reason(missed, myth)
    calm = rules.number("running_pain_max")
    if response is None:
        saw = "No run was told of, so nothing speaks for more."
        why = rules.why("progress_sessions", calm=calm)
        return Proposal(change=ChangeKind.HOLD, saw=saw, why=why)
    change = ChangeKind.PROGRESS if response.step is Step.PROGRESS else ChangeKind.HOLD
    return Proposal(change=change, saw=response.saw, why=response.why)


def _by_reason(missed: Sequence[MissedWhy], myth: Why | None) -> Proposal:
    """Answer the reason given most often; of those as frequent, the one that asks for most care."""
    most = max(_MISSED, key=lambda reason: missed.count(reason))
    change, says = _MISSED[most]
    times = count_of(missed.count(most), "time", "times")
    why = own_why(f"missed_{most.value}", says)
    if most is MissedWhy.NOT_CONVINCED and myth is not None:
        why = myth
    return Proposal(change=change, saw=f"Left out {times}: {_SAID[most]}", why=why)


_SAID: Mapping[MissedWhy, str] = {
    MissedWhy.HURTS: "it hurts.",
    MissedWhy.TOO_LONG: "it takes too long.",
    MissedWhy.NO_PLACE: "there was no place for it.",
    MissedWhy.FORGOT: "forgotten.",
    MissedWhy.DULL: "it is dull.",
    MissedWhy.NOT_CONVINCED: "you do not believe in it.",
}


def with_change(request: WeekRequest, change: ChangeKind) -> WeekRequest:
    """Return the request of a week with an accepted change; what limits the week still does."""
    request = replace(request, review_rule=_SCALES_RUNS.get(change, ""))
    if change is ChangeKind.STEP_BACK and request.knee is not None:
        access = max(request.knee.access, PlanAccess.REDUCED)
        return replace(request, knee=replace(request.knee, access=access))
    if change is ChangeKind.SHORTER:
        return _with_number(request, "exercises_per_day_max", "review_exercises_max")
    if change is ChangeKind.EASIER:
        return _with_number(request, "level_max_first_week", "level_max_careful")
    return request


def _with_number(request: WeekRequest, rule: str, other: str) -> WeekRequest:
    """Let the lower of two numbers hold in place of the first."""
    stricter: Parameter = request.parameters[other]
    if stricter.value >= request.parameters[rule].value:
        return request
    put = replace(stricter, id=rule)
    return replace(request, parameters={**request.parameters, rule: put})
