"""Everything a week is planned from, as plain values; where they come from is not decided here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sidestep.domain.planning.clinician import NO_LIMITS, ClinicianLimits
from sidestep.domain.planning.edits import Edit
from sidestep.domain.planning.exercise import CrossTraining, Exercise
from sidestep.domain.planning.ladders import HomeSession
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.planning.week import DayKind, Why
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.evidence import Parameters

AT_HAND = frozenset({"chair", "floor", "wall"})
"""What everybody is taken to have, so that nobody has to list it."""

HEALTHY_BARE_FEET = "healthy_bare_feet"
"""Feet fit to walk without shoes, which only the person herself can say."""

EQUIPMENT = frozenset(
    {
        HEALTHY_BARE_FEET,
        "band",
        "step",
        "dumbbell",
        "bicycle",
        "pool",
        "skates",
        "slide_board",
        "frisbee_team",
        "football_team",
        "tennis_partner",
        "badminton_partner",
    }
)
"""What a person can say she has: whatever an activity cannot do without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A distance she would like to run on a day: a wish, never a reason to pass a limit."""

    distance_km: float
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupClass:
    """A class she goes to every week, on a weekday (Monday is 0), and its minutes."""

    weekday: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerProfile:
    """Days, minutes and equipment a person has, and what she wishes.

    Attributes
    ----------
    not_on
        Weekdays she cannot train, Monday is 0.
    minutes
        For one day's training, ``None`` when she set no end to it.
    minutes_on
        The same for single weekdays; they win over ``minutes``.
    running_days_max
        Her own choice instead of the articles' convention, ``None`` to keep that.
    long_run_on
        Weekday she would like for the longest run: a wish, not a limit.
    run_on
        Weekdays she would like to run on: a wish, too.
    group_class
        ``None`` when she goes to none.
    goal
        ``None`` without one.
    clinician
        What a clinician told her not to do.
    """

    not_on: frozenset[int] = frozenset()
    minutes: int | None = None
    minutes_on: Mapping[int, int] = field(default_factory=dict)
    equipment: frozenset[str] = frozenset()
    running_days_max: int | None = None
    long_run_on: int | None = None
    run_on: frozenset[int] = frozenset()
    group_class: GroupClass | None = None
    goal: Goal | None = None
    clinician: ClinicianLimits = NO_LIMITS
    body_mass_kg: float | None = None
    height_cm: float | None = None

    def minutes_for(self, weekday: int) -> float:
        """Minutes on this weekday; infinite when she set no end to it."""
        minutes = self.minutes_on.get(weekday, self.minutes)
        return float("inf") if minutes is None else float(minutes)

    @property
    def body_mass_index(self) -> float | None:
        """Body mass in kilograms by height in metres squared, ``None`` when one is not known."""
        if self.body_mass_kg is None or self.height_cm is None:
            return None
        return self.body_mass_kg / (self.height_cm / 100.0) ** 2

    def has(self, equipment: frozenset[str]) -> bool:
        """Whether all of this is there."""
        return equipment <= (self.equipment | AT_HAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class KneeState:
    """What the knee check means for a plan; a number that was not answered is ``None``.

    ``pain_*`` run from 0 to 10. ``reasons`` say why the access is as it is. ``has_rested`` when
    the last run is long enough ago, and the knee quiet since, to try again despite its pain.
    ``hold`` says why nothing grows until somebody has looked at the knee, ``None`` when it may.
    """

    access: PlanAccess
    reasons: tuple[str, ...] = ()
    has_front_pattern: bool = False
    has_outer_pattern: bool = False
    pain_running: float | None = None
    has_rested: bool = False
    pain_now: float | None = None
    pain_daily_life: float | None = None
    distance_until_pain_km: float | None = None
    years_running: float | None = None
    hold: Why | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """One counted run and its distance."""

    on: date
    distance_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """A usual and a longest run of a week."""

    easy_km: float
    long_km: float

    def week_km(self, runs: int) -> float:
        """Return the kilometres of a week of so many runs, one of them the longest."""
        return (runs - 1) * self.easy_km + self.long_km


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLevel:
    """Where the runs stand: what a planned week goes by instead of the last month's middle."""

    runs: int
    easy_km: float
    long_km: float
    why: Why

    @property
    def week_km(self) -> float:
        """Kilometres of a week."""
        return Lengths(easy_km=self.easy_km, long_km=self.long_km).week_km(self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRequest:
    """Everything one week is planned from.

    Attributes
    ----------
    knee
        ``None`` when nobody has said yet where it hurts.
    as_of
        Last day the training history is known for; before the week starts.
    recent_runs
        Runs up to ``as_of``, at least those of the last 30 days, in any order.
    next_run_cap_km
        The load analysis's own cap, ``None`` when it has none.
    next_run_cap_notes
        What to know about that cap; said with it.
    pace_min_per_km
        Usual pace, ``None`` when unknown.
    exercises
        Those a week may place, by id.
    favoured
        Exercises the knee check's causes ask for, by id; chosen first where they fit.
    multidirectional_share
        Of the moving time of four weeks, 0 to 1; ``None`` when there was none.
    parameters
        The numbers of ``knowledge/load`` and ``knowledge/plans``, by id.
    review_rule
        The number that an accepted change of the last review scales runs by; ``""`` for none.
    access_before
        What the knee had before an accepted step back, which is a step back from the runs that it
        leaves; ``None`` without one.
    exercises_most
        Most exercises a day, where work was left out for taking too long.
    level_most
        Hardest level of exercises, where they hurt.
    avoided
        Exercises that others stand in for while there are some.
    home_cue
        What to do the exercises with, ``""`` for nothing of the kind.
    run_cue
        The same for the runs.
    stretch_cue, side_step_cue
        And for the stretches around a run and the side steps inside it.
    has_short_stretches, has_small_side_steps
        Whether they come in their shortest and smallest form.
    runs_fewer
        Runs that something else takes the place of, where they were left out for being dull.
    return_phases
        The phases of walking and running in turn, the first one first.
    return_phase
        Index of the phase she is in, ``None`` when nobody has put her into one.
    run_level
        ``None`` to go by the last month.
    grows
        Whether the week may have more than the last, as it is known to have been taken well.
    is_lighter
        Whether it is the turn of a lighter week of the way to a goal: nothing grows in it.
    used_to
        What she ran before the trouble, ``None`` when the last month is all there is.
    used_to_week_km
        What a week had then by the history alone, ``None`` when nothing tells.
    most_sessions
        Sessions a week that a way back to running may have after a pause that is only planned yet,
        ``None`` for as many as it asks for.
    sessions
        The exercises at home she is known to have done up to ``as_of``, in any order.
    turn
        Which turn of exercises for the same job it is; the first is 0.
    calm_weeks
        Weeks before it that passed without a reason for care and were taken well; 0 while the knee
        is being calmed.
    sits_long
        Whether long sitting is one of the causes.
    edits
        What she changed in this week herself, in the order she did.
    lived_until
        First day of the week that is still open once some of it is lived, ``None`` when the whole
        week is.
    lived
        What the days before it were planned to be.
    ran_on
        Days of the week she really ran on so far, planned or not.
    """

    as_of: date
    profile: RunnerProfile
    knee: KneeState | None
    recent_runs: tuple[PastRun, ...]
    exercises: Mapping[str, Exercise] = field(repr=False)
    cross_training: Mapping[str, CrossTraining] = field(repr=False)
    parameters: Parameters = field(repr=False)
    next_run_cap_km: float | None = None
    next_run_cap_notes: tuple[str, ...] = ()
    pace_min_per_km: float | None = None
    favoured: frozenset[str] = frozenset()
    multidirectional_share: float | None = None
    review_rule: str = ""
    access_before: PlanAccess | None = None
    exercises_most: int | None = None
    level_most: int | None = None
    avoided: frozenset[str] = frozenset()
    home_cue: str = ""
    run_cue: str = ""
    stretch_cue: str = ""
    side_step_cue: str = ""
    has_short_stretches: bool = False
    has_small_side_steps: bool = False
    runs_fewer: int = 0
    return_phases: tuple[ReturnPhase, ...] = field(default=(), repr=False)
    return_phase: int | None = None
    run_level: RunLevel | None = None
    grows: bool = True
    is_lighter: bool = False
    used_to: RunLevel | None = None
    used_to_week_km: float | None = None
    most_sessions: int | None = None
    sessions: tuple[HomeSession, ...] = field(default=(), repr=False)
    turn: int = 0
    calm_weeks: int = 0
    sits_long: bool = False
    edits: tuple[Edit, ...] = ()
    lived_until: date | None = None
    lived: Mapping[date, DayKind] = field(default_factory=dict)
    ran_on: frozenset[date] = frozenset()

    def is_open(self, on: date) -> bool:
        """Whether a day can still become something else than it was."""
        return self.lived_until is None or on >= self.lived_until

    def lived_as(self, kind: DayKind) -> frozenset[date]:
        """Return the days that are over and were planned to be of one kind."""
        return frozenset(on for on, was in self.lived.items() if was is kind)
