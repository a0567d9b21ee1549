"""What a clinician told a person not to do, and when she was seen; limits only make it stricter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sidestep.domain.planning.exercise import CrossTraining, Exercise, ExerciseUse
from sidestep.domain.planning.week import Limit, Why
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.domain.vocabulary.evidence import Backing, Basis

NO_RUNNING, LONGEST_RUN = "clinician_no_running", "clinician_longest_run"
RUNNING_DAYS, NO_JUMPING = "clinician_running_days", "clinician_no_jumping"
PAIN_MAX, NOT_DOING = "clinician_pain_max", "clinician_not_doing"

KINDS = {
    "stretches": ExerciseUse.STRETCH,
    "side_steps": ExerciseUse.SHUFFLE,
    "side_work": ExerciseUse.LATERAL,
    "strength": ExerciseUse.STRENGTH,
    "foot_work": ExerciseUse.FOOT,
}
"""Words for a whole kind of exercises."""

_SAYS = "Your clinician's limit:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianLimits:
    """Limits set by somebody who has examined the knee; ``None`` where she set none.

    Attributes
    ----------
    since
        The day they were told of: days before it are left as they were.
    no_running_until
        First day with running again.
    longest_run_km, longest_run_min
        For any one run.
    running_days_max
        In a week.
    no_jumping
        No jumping, landing or sport that goes sideways.
    pain_max
        Pain, 0 to 10, above which there is no training.
    not_doing
        Exercises and activities by id, and whole kinds by their word in ``KINDS``.
    said_by
        Who set them and when, in her own words: kept for her alone, and printed nowhere else.
    seen_on
        The last day somebody looked at the knee.
    """

    since: date | None = None
    no_running_until: date | None = None
    longest_run_km: float | None = None
    longest_run_min: int | None = None
    running_days_max: int | None = None
    no_jumping: bool = False
    pain_max: int | None = None
    not_doing: frozenset[str] = frozenset()
    said_by: str = ""
    seen_on: date | None = None

    def was_seen_within(self, days: int, on: date) -> bool:
        """Whether somebody looked at the knee in so many days up to a day."""
        return self.seen_on is not None and 0 <= (on - self.seen_on).days < days

    @property
    def is_set(self) -> bool:
        """Whether there is any limit."""
        return bool(self.in_words)

    def forbids_running(self, on: date) -> bool:
        """Whether there is no running on a day."""
        until = self.no_running_until
        return until is not None and on < until and (self.since is None or on >= self.since)

    def forbids_exercise(self, exercise: Exercise) -> bool:
        """Whether an exercise, or its kind, is not to be done."""
        kinds = {word for word, use in KINDS.items() if use is exercise.use}
        return bool(self.not_doing & {exercise.id, *kinds})

    def forbids_activity(self, activity: CrossTraining) -> bool:
        """Whether another sport is not to be done."""
        is_jumping = activity.is_multidirectional or activity.has_impact
        return activity.id in self.not_doing or (self.no_jumping and is_jumping)

    def forbids_training_at(self, pain: float) -> bool:
        """Whether pain (0 to 10) is above the ceiling."""
        return self.pain_max is not None and pain > self.pain_max

    def longest_km(self, pace_min_per_km: float) -> float | None:
        """Return the longest run at a pace, ``None`` without such a limit."""
        by_time = None if self.longest_run_min is None else self.longest_run_min / pace_min_per_km
        return min((km for km in (self.longest_run_km, by_time) if km is not None), default=None)

    def why(self, limit: str) -> Why:
        """Return one of the limits that are set as a reason."""
        return Why(rule=limit, says=f"{_SAYS} {self.in_words[limit]}.", backing=_BACKING)

    def limits(self, week_starts: date) -> Iterator[Limit]:
        """Yield those that are set and not over by a week; only the clinician loosens them."""
        for id in self.in_words:
            is_over = self.no_running_until is not None and self.no_running_until <= week_starts
            if id == NO_RUNNING and is_over:
                continue
            why = self.why(id)
            yield Limit(id=id, says=why.says, is_editable=False, why=why)

    @property
    def in_words(self) -> dict[str, str]:
        """Each limit that is set in a few words, by its id."""
        words = {}
        if self.no_running_until is not None:
            words[NO_RUNNING] = f"no running until {day_in_words(self.no_running_until)}"
        lengths = [] if self.longest_run_km is None else [f"{self.longest_run_km:g} km"]
        lengths += [] if self.longest_run_min is None else [f"{self.longest_run_min} minutes"]
        if lengths:
            words[LONGEST_RUN] = f"no run longer than {' or '.join(lengths)}"
        if self.running_days_max is not None:
            days = count_of(self.running_days_max, "running day", "running days")
            words[RUNNING_DAYS] = f"{days} a week at most"
        if self.no_jumping:
            words[NO_JUMPING] = "no jumping and no sport that goes sideways"
        if self.pain_max is not None:
            words[PAIN_MAX] = f"no training with pain above {self.pain_max} of 10"
        if self.not_doing:
            kinds = [word.replace("_", " ") for word in KINDS if word in self.not_doing]
            single = len(self.not_doing - KINDS.keys())
            more = [count_of(single, "single exercise", "single exercises")] if single else []
            words[NOT_DOING] = f"not to be done: {', '.join((*kinds, *more))}"
        return words


NO_LIMITS = ClinicianLimits()
_BACKING = Backing(basis=Basis.DESIGN)
