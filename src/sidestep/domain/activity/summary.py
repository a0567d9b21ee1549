"""What is kept of an activity in the database: one row, enough for every load calculation."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sidestep.domain.activity.recording import StepLap
from sidestep.domain.vocabulary.sport import Sport


class StepsSource(StrEnum):
    """Where a step count comes from, best first."""

    SESSION = "session_count"
    CADENCE = "integrated_cadence"
    PHONE = "phone_steps"
    ESTIMATE = "estimate"
    NONE = "none"


class Verdict(StrEnum):
    """What the person said about an activity that looked odd."""

    UNASKED = "unasked"
    CONFIRMED = "confirmed"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something about a recording that is asked about before it is counted."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySummary:
    """One activity as the load analysis sees it.

    Attributes
    ----------
    local_date
        The day it counts for, on the runner's own clock.
    steps
        Of both feet; ``None`` with ``StepsSource.NONE``.
    cadence_spm
        Mean over the time in motion, steps per minute of both feet.
    sources
        Content hashes of the files it rests on, richest first.
    step_laps
        What the watch led through of a workout, in order; empty when the file names no steps.
    """

    id: str
    started_at: datetime
    local_date: date
    sport: Sport
    duration_s: float
    elapsed_s: float
    distance_m: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    steps: int | None = None
    steps_source: StepsSource = StepsSource.NONE
    cadence_spm: float | None = None
    heart_rate_mean_bpm: float | None = None
    heart_rate_max_bpm: float | None = None
    effort_rpe: float | None = None
    is_indoor: bool = False
    verdict: Verdict = Verdict.UNASKED
    oddities: tuple[Oddity, ...] = ()
    sources: tuple[str, ...] = ()
    step_laps: tuple[StepLap, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether it enters the load: not excluded, and not odd without having been confirmed."""
        if self.verdict is Verdict.EXCLUDED:
            return False
        return not self.oddities or self.verdict is Verdict.CONFIRMED

    @property
    def distance_km(self) -> float | None:
        """Distance in kilometres, ``None`` when nothing recorded it."""
        return None if self.distance_m is None else self.distance_m / 1000.0
