"""The course of sessions at the mirror: how long each is and how much of it has the mirror.

What was run of it is kept elsewhere.
"""

from dataclasses import dataclass

from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of, whole_number_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One session of the course, counted from 1.

    Attributes
    ----------
    feedback_share
        Share of the time in which the mirror shows what it measures.
    """

    number: int
    minutes: int
    feedback_share: float


def mirror_course(parameters: Parameters) -> tuple[PlannedSession, ...]:
    """Return all sessions: growing in length, the mirror fading after the first ones."""
    n = whole_number_of(parameters, "mirror_sessions")
    first = number_of(parameters, "mirror_first_minutes")
    last = number_of(parameters, "mirror_last_minutes")
    return tuple(
        PlannedSession(
            number=number,
            minutes=round(first + (last - first) * (number - 1) / max(n - 1, 1)),
            feedback_share=_feedback_share(number, n, parameters),
        )
        for number in range(1, n + 1)
    )


def _feedback_share(number: int, n: int, parameters: Parameters) -> float:
    full = whole_number_of(parameters, "mirror_full_sessions")
    if number <= full:
        return 1.0
    faded = (number - full) / (n - full)
    return 1.0 - faded * (1.0 - number_of(parameters, "mirror_last_feedback_frac"))


def has_mirror(run_s: float, feedback_share: float, parameters: Parameters) -> bool:
    """Tell whether the mirror is there after so many seconds: first in each block, then not."""
    block_s = 60 * number_of(parameters, "mirror_block_min")
    return run_s % block_s < feedback_share * block_s


def counts_as_session(run_s: float, minutes: int, parameters: Parameters) -> bool:
    """Tell whether enough of a session was run for it to count."""
    return run_s >= 60 * minutes * number_of(parameters, "mirror_counts_frac")
