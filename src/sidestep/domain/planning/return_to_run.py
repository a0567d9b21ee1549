"""The phases from walking back to running, as data describes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sidestep.domain.planning.pain_response import Step
from sidestep.domain.vocabulary.evidence import Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPhase:
    """One phase: running and walking in turn, how hard and how far.

    Attributes
    ----------
    phase
        1 is the first.
    run_min, walk_min
        Minutes of running and walking in turn; ``walk_min`` is 0 in the last, which runs through.
    effort
        From 0 to 10.
    distance_km
        Of the whole session, walking included.
    """

    id: str
    title: str
    since: date
    phase: int
    run_min: float
    walk_min: float
    effort: int
    distance_km: float
    says: str
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSession:
    """One session of a phase that was done, and how the knee took it.

    ``fills_minutes`` when the day's minutes held no more of it.
    """

    on: date
    phase: int
    distance_km: float
    step: Step
    fills_minutes: bool = False

    def is_whole(self, phase: ReturnPhase) -> bool:
        """Whether it had its phase's distance, or as much of it as the minutes hold."""
        return self.fills_minutes or self.distance_km >= phase.distance_km


def phase_after(
    sessions: Sequence[ReturnSession], phases: Sequence[ReturnPhase], clean_sessions: int
) -> int | None:
    """Return the index of the phase that comes next, ``None`` once the last one is done.

    The next one comes after enough clean sessions in a row of which one was whole: days of few
    minutes must not keep anybody walking for ever. What was not told is not clean. After a session
    that was too much the phase before is done again.

    Parameters
    ----------
    sessions
        Those done, oldest first, at least one.
    clean_sessions
        How many clean ones in a row the next phase asks for.
    """
    last = sessions[-1]
    index = last.phase - 1
    if last.step < Step.HOLD:
        return max(0, index - 1)
    clean: list[ReturnSession] = []
    for session in reversed(sessions):
        if session.phase != last.phase or session.step is not Step.PROGRESS:
            break
        clean.append(session)
    if len(clean) < clean_sessions or not any(each.is_whole(phases[index]) for each in clean):
        return index
    return index + 1 if index + 1 < len(phases) else None
