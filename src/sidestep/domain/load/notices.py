"""What stands out in a load analysis, most telling first; novice cautions live in ``cautions``."""

from collections.abc import Iterator, Sequence
from datetime import date

from sidestep.domain.load.report import (
    Context,
    Exposure,
    Notice,
    RunAgainstLongest,
    RunIntensity,
    SpikeBand,
    WeekTotals,
)
from sidestep.domain.load.wording import notice_from
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of, whole_number_of
from sidestep.domain.vocabulary.sport import Direction

SECONDS_PER_HOUR = 3600.0

_GATES = {
    SpikeBand.OVER_2_00: ("spike_gate_2_00", "injuries_per_1000_runs_over_2_00"),
    SpikeBand.OVER_1_10: ("spike_gate_1_10", "injuries_per_1000_runs_over_1_10"),
}


def build_spike_notices(
    spikes: Sequence[RunAgainstLongest], parameters: Parameters
) -> Iterator[Notice]:
    """Yield one notice per gate for the newest run over it, the wider gate first.

    Parameters
    ----------
    spikes
        Newest first.

    Sources
    -------
    frandsen_2025
    """
    for band, (gate, rate) in _GATES.items():
        newest = next((run for run in spikes if run.band is band), None)
        if newest is None or newest.ratio is None or newest.longest_before_km is None:
            continue
        yield notice_from(
            parameters,
            gate,
            "spike",
            date=day_in_words(newest.on),
            distance_km=newest.distance_km,
            longest_km=newest.longest_before_km,
            percent_over=100 * (newest.ratio - 1),
            times=newest.ratio,
            rate=number_of(parameters, rate),
            usual=number_of(parameters, "injuries_per_1000_runs"),
        )


def build_no_recent_run_notice(
    on: date, last_run_on: date | None, parameters: Parameters
) -> Iterator[Notice]:
    """Yield the notice that the last run is too long ago to measure the next one by."""
    if last_run_on is None:
        return
    if (on - last_run_on).days >= whole_number_of(parameters, "no_recent_run_days"):
        yield notice_from(
            parameters, "no_recent_run_days", "no_recent_run", last_run=day_in_words(last_run_on)
        )


def build_rest_notices(week: WeekTotals, row_days: int, parameters: Parameters) -> Iterator[Notice]:
    """Yield what stands out about rest: a long row, or else a week with few days off.

    A day without data may have been a day off, so it never adds to a missing rest day.

    Sources
    -------
    article_hips
    """
    if row_days >= whole_number_of(parameters, "row_without_rest_days"):
        yield notice_from(parameters, "row_without_rest_days", "no_rest", row=row_days)
        return
    possibly_off = week.non_running_days + week.days_without_data
    if possibly_off < whole_number_of(parameters, "non_running_days_per_week"):
        yield notice_from(
            parameters,
            "non_running_days_per_week",
            "no_rest",
            running_days=week.running_days,
            week_days=DAYS_PER_WEEK,
        )


def build_hard_days_notice(
    intensities: Sequence[RunIntensity], first: date, parameters: Parameters
) -> Iterator[Notice]:
    """Yield the notice of many hard runs since ``first``; runs of unknown effort do not count."""
    hard = sum(run.is_hard is True for run in intensities if run.on >= first)
    if hard >= whole_number_of(parameters, "hard_runs_per_week"):
        yield notice_from(parameters, "hard_runs_per_week", "hard_days", hard_runs=hard)


def build_direction_notice(
    seconds: dict[Direction, float], share: float | None, parameters: Parameters
) -> Iterator[Notice]:
    """Yield the notice of training that only goes forwards, once there is enough of it to say.

    Sources
    -------
    article_hips, article_feet_and_hips, malisoux_2015
    """
    linear_h = seconds[Direction.LINEAR] / SECONDS_PER_HOUR
    if share is None or linear_h < number_of(parameters, "one_direction_from_hours"):
        return
    if share < number_of(parameters, "multidirectional_share_low"):
        yield notice_from(
            parameters,
            "multidirectional_share_low",
            "one_direction",
            linear_h=linear_h,
            percent=100 * share,
        )


def build_context_notices(context: Context, parameters: Parameters) -> Iterator[Notice]:
    """Yield the figures shown for information, each with who says that it does not predict.

    Sources
    -------
    frandsen_2025, lolli_2019, impellizzeri_2021, buist_2008, fredette_2022
    """
    change = context.week_to_week_change_frac
    if context.as_of is None:
        return
    figures = {
        "context_acute_chronic_ratio": context.acute_chronic_ratio,
        "context_monotony": context.monotony,
        # Rounded here: a change of nearly nothing must not read as "-0 %".
        "context_week_to_week_change": None if change is None else round(100 * change) + 0.0,
    }
    for parameter_id, figure in figures.items():
        if figure is not None:
            yield notice_from(
                parameters,
                parameter_id,
                "context",
                figure=figure,
                as_of=day_in_words(context.as_of),
            )


def build_cap_notice(
    cap_km: float | None, longest_km: float | None, parameters: Parameters
) -> Notice | None:
    """Return the words of the cap for the next run, ``None`` when there is no cap.

    Sources
    -------
    frandsen_2025
    """
    if cap_km is None or longest_km is None:
        return None
    return notice_from(
        parameters, "next_run_cap_ratio", "cap", cap_km=cap_km, longest_km=longest_km
    )


def build_exposure_note(exposures: Sequence[Exposure], parameters: Parameters) -> Notice:
    """Return what the steps per knee are and are not.

    Sources
    -------
    article_hips
    """
    return notice_from(
        parameters,
        "steps_share_per_knee",
        "exposure",
        runs_without_steps=max((one.runs_without_steps for one in exposures), default=0),
    )
