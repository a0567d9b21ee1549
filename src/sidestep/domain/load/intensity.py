"""How hard each run was, against the person's own measure; never zero for want of a sensor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.report import IntensityBasis, RunIntensity
from sidestep.domain.load.spike import has_distance
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of, whole_number_of

HIGHEST_RPE = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMeasure:
    """What one person's runs are measured by; ``None`` where there is too little to tell.

    ``is_highest_plausible`` is false when the highest heart rate lies so near that of a usual run
    that it cannot be a maximum: then heart rate tells nothing of how hard a run was.
    """

    highest_heart_rate_bpm: float | None
    median_speed_m_s: float | None
    is_highest_plausible: bool = True


def compute_own_measure(
    runs: Sequence[ActivitySummary], on: date, parameters: Parameters
) -> OwnMeasure:
    """Return the highest heart rate seen in a year and the median speed of 90 days.

    The highest heart rate is the median of the highest few runs' maxima: one strap that slipped
    does not decide it.
    """
    a_year = _within(runs, on, whole_number_of(parameters, "heart_rate_window_days"))
    highest_bpm = _highest_heart_rate(
        a_year, whole_number_of(parameters, "highest_heart_rate_readings")
    )
    means = [mean for run in a_year if (mean := run.heart_rate_mean_bpm) is not None and mean > 0]
    usual_most = number_of(parameters, "usual_heart_rate_frac")
    speeds = [
        speed
        for run in _within(runs, on, whole_number_of(parameters, "pace_window_days"))
        if (speed := _speed_m_s(run)) is not None
    ]
    enough_speeds = len(speeds) >= whole_number_of(parameters, "pace_runs_needed")
    return OwnMeasure(
        highest_heart_rate_bpm=highest_bpm,
        median_speed_m_s=median(speeds) if enough_speeds else None,
        is_highest_plausible=(
            highest_bpm is None or not means or median(means) < usual_most * highest_bpm
        ),
    )


def _highest_heart_rate(runs: Sequence[ActivitySummary], readings: int) -> float | None:
    highest = sorted(
        (high for run in runs if (high := run.heart_rate_max_bpm) is not None and high > 0),
        reverse=True,
    )
    return median(highest[:readings]) if len(highest) >= readings else None


def rate_run(run: ActivitySummary, own: OwnMeasure, parameters: Parameters) -> RunIntensity:
    """Rate one run by the best measure there is: felt effort, heart rate, then pace."""
    basis, relative, gate = _best_measure(run, own)
    return RunIntensity(
        activity_id=run.id,
        on=run.local_date,
        basis=basis,
        relative=relative,
        is_hard=None if relative is None else relative >= number_of(parameters, gate),
    )


def _best_measure(
    run: ActivitySummary, own: OwnMeasure
) -> tuple[IntensityBasis, float | None, str]:
    if run.effort_rpe is not None:
        return IntensityBasis.EFFORT, run.effort_rpe / HIGHEST_RPE, "hard_effort_frac"
    heart_rate = run.heart_rate_mean_bpm
    if heart_rate is not None and heart_rate > 0 and own.highest_heart_rate_bpm is not None:
        if not own.is_highest_plausible:
            # Unknown is not hard, and pace would only compare easy runs with easy runs.
            return IntensityBasis.UNKNOWN, None, ""
        relative = heart_rate / own.highest_heart_rate_bpm
        return IntensityBasis.HEART_RATE, relative, "hard_heart_rate_frac"
    speed = _speed_m_s(run)
    if speed is not None and own.median_speed_m_s is not None:
        return IntensityBasis.PACE, speed / own.median_speed_m_s, "hard_speed_ratio"
    return IntensityBasis.UNKNOWN, None, ""


def count_hard_runs(intensities: Sequence[RunIntensity], first: date) -> int | None:
    """Return how many runs since ``first`` were hard; ``None`` when that of one is not known."""
    ratings = [run.is_hard for run in intensities if run.on >= first]
    return None if None in ratings else ratings.count(True)


def _within(runs: Sequence[ActivitySummary], on: date, days: int) -> list[ActivitySummary]:
    first = on - timedelta(days=days - 1)
    return [run for run in runs if first <= run.local_date <= on]


def _speed_m_s(run: ActivitySummary) -> float | None:
    if not has_distance(run) or run.distance_m is None or run.duration_s <= 0:
        return None
    return run.distance_m / run.duration_s
