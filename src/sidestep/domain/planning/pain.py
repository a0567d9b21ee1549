"""How much the knee allows: pain answers to what may be planned; the pain rules are data."""

from dataclasses import dataclass

from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import KneeState
from sidestep.domain.triage.rules import PlanAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class PainAllows:
    """What the pain leaves open; a missing answer counts as the assumed, middling pain.

    Attributes
    ----------
    running
        Pain (0 to 10) that decides over running: the worst of running, daily life and now.
    at_rest
        Pain that decides over exercises: the worst of daily life and now.
    runs
        Whether running is planned at all.
    is_eased
        Whether runs are shortened and kept a day apart.
    is_assumed
        Whether ``running`` rests on the assumption.
    because
        What is known of it in words, to stand after "because".
    """

    running: float
    at_rest: float
    runs: bool
    is_eased: bool
    is_assumed: bool
    because: str


def is_careful(knee: KneeState, rules: Rules) -> bool:
    """Whether the knee asks for lighter running than usual, or for none."""
    pain = weigh_pain(knee, rules)
    return pain.is_eased or not pain.runs or knee.access is not PlanAccess.ALLOWED


def weigh_pain(knee: KneeState, rules: Rules) -> PainAllows:
    """Return what the pain leaves open; worse pain never leaves more.

    Sources
    -------
    esculier_2018, thomee_1997, silbernagel_2007
    """
    assumed = rules.number("assumed_pain")
    while_running = assumed if knee.pain_running is None else knee.pain_running
    stop = rules.number("running_pain_stop")
    is_tried_again = knee.has_rested and while_running > stop
    if is_tried_again:
        while_running = stop
    resting = (knee.pain_now, knee.pain_daily_life)
    running = max([while_running, *(each for each in resting if each is not None)])
    at_rest = max(assumed if each is None else each for each in resting)
    return PainAllows(
        running=running,
        at_rest=at_rest,
        runs=running <= stop,
        is_eased=running > rules.number("running_pain_max"),
        is_assumed=knee.pain_running is None,
        because=(
            f"your last run hurt {knee.pain_running:g} of 10, even if your knee was quiet since"
            if is_tried_again and running <= stop
            else _in_words(running, (knee.pain_running, *resting))
        ),
    )


def _in_words(running: float, told: tuple[float | None, ...]) -> str:
    if any(pain is not None and pain >= running for pain in told):
        return f"your knee hurts {running:g} of 10"
    return "how much it hurts on a run is not known"
