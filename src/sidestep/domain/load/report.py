"""The shape of a load analysis as of one day; the arithmetic lives in its sibling modules."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sidestep.domain.vocabulary.evidence import Backing
from sidestep.domain.vocabulary.side import Side


class SpikeBand(StrEnum):
    """One run against the longest run of the 30 days before it."""

    WITHIN = "within"
    OVER_1_10 = "over_1_10"
    OVER_2_00 = "over_2_00"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAgainstLongest:
    """One run, the longest run of the 30 days before it, and their ratio.

    ``ratio`` and ``longest_before_km`` are ``None`` exactly when ``band`` is ``UNDEFINED``.
    """

    activity_id: str
    on: date
    distance_km: float
    longest_before_km: float | None
    ratio: float | None
    band: SpikeBand


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTotals:
    """Running totals of seven days ending on ``ends_on``."""

    ends_on: date
    runs: int
    running_days: int
    non_running_days: int
    days_without_data: int
    distance_km: float
    duration_s: float
    ascent_m: float | None
    descent_m: float | None
    longest_km: float = 0.0


class IntensityBasis(StrEnum):
    """What an intensity rests on, best first."""

    EFFORT = "session_rpe"
    HEART_RATE = "heart_rate"
    PACE = "pace"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunIntensity:
    """How hard one run was, against the person's own measure; never zero for want of a sensor.

    ``relative`` is effort / 10 for session-RPE, mean heart rate over the highest seen in a year
    for heart rate, and mean speed over the person's median speed of 90 days for pace.
    """

    activity_id: str
    on: date
    basis: IntensityBasis
    relative: float | None
    is_hard: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Steps over a stretch of days, an estimate: both feet, and per knee (half).

    ``by_source`` holds the steps by where their count comes from; they add up to ``steps``.
    """

    days: int
    steps: int
    steps_per_knee: int
    runs_without_steps: int
    by_source: dict[str, int]


WIDEST_TELLING_SHARE = 0.5
"""A range of shares wider than this says nothing: half of the steps or none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KneeInside:
    """Share of one leg's steps in a clip with the knee inside the foot line, 0 to 1, as a range."""

    side: Side
    share_low: float
    share_high: float
    filmed_on: date

    @property
    def is_telling(self) -> bool:
        """Whether the range is narrow enough to say anything."""
        return self.share_high - self.share_low <= WIDEST_TELLING_SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that stands out, in the person's words, with its ground.

    ``kind``: ``spike``, ``no_rest``, ``one_direction``, ``hard_days``, ``novice``, ``body_mass``,
    ``no_recent_run`` or ``context`` (shown for information, marked as not predictive).
    """

    id: str
    kind: str
    title: str
    says: str
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadQuestion:
    """A recording that looks odd: asked about, and not counted until answered."""

    activity_id: str
    on: date
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Figures others use, shown for information; none of them predicts injury in runners.

    ``as_of`` is the last day with data, on which their seven days end.
    """

    acute_chronic_ratio: float | None
    monotony: float | None
    week_to_week_change_frac: float | None
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What the history shows as of the day ``on`` (inclusive).

    Attributes
    ----------
    week
        Seven days ending on ``on``.
    weeks
        The last twelve such weeks, oldest first, ``week`` last.
    spikes
        Runs of the last 30 days whose band is not ``WITHIN``, newest first.
    runs_30d
        Runs with a distance in the 30 days that end on ``on``, newest first.
    longest_run_30d_km, next_run_cap_km
        ``None`` when there was no run in 30 days: the return-to-run path applies.
    multidirectional_share_28d
        Time in multidirectional sport over time in linear and multidirectional sport; ``None``
        when there was neither.
    hard_runs_7d
        ``None`` when how hard one of them was is not known.
    longest_row_without_rest_days
        Most consecutive running days within the last 28 days.
    last_activity_on, days_since_last_data
        How old the newest data is; days without data are not rest days.
    longest_run_30d_on, last_run_on
        Days of the run the cap rests on and of the latest run; ``None`` when there is none.
    is_stale
        Whether the newest data is too old to speak of the last seven days.
    cap, exposure_note
        The words and the ground of the cap and of the steps per knee.
    notes
        What the figures leave out, in plain sentences.
    knee_inside, knee_inside_note
        What the newest running clip says of the steps, with its words; empty without a clip.
    cap_notes
        What to read with the cap, whoever shows the number: how far it can be trusted.
    """

    on: date
    week: WeekTotals
    weeks: tuple[WeekTotals, ...]
    runs_30d: tuple[RunAgainstLongest, ...]
    spikes: tuple[RunAgainstLongest, ...]
    longest_run_30d_km: float | None
    next_run_cap_km: float | None
    longest_row_without_rest_days: int
    intensities_28d: tuple[RunIntensity, ...]
    multidirectional_share_28d: float | None
    exposures: tuple[Exposure, ...]
    context: Context
    notices: tuple[Notice, ...]
    questions: tuple[LoadQuestion, ...]
    first_activity_on: date | None
    last_activity_on: date | None
    days_since_last_data: int | None
    longest_run_30d_on: date | None = None
    last_run_on: date | None = None
    is_stale: bool = False
    hard_runs_7d: int | None = None
    cap: Notice | None = None
    exposure_note: Notice | None = None
    notes: tuple[str, ...] = ()
    cap_notes: tuple[str, ...] = ()
    knee_inside: tuple[KneeInside, ...] = ()
    knee_inside_note: Notice | None = None
