"""Puts the parts of a load analysis together as of one day; each part has its own module."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sidestep.domain.activity.summary import ActivitySummary, Verdict
from sidestep.domain.load.cautions import build_cautions
from sidestep.domain.load.context import compute_context
from sidestep.domain.load.coverage import Coverage, compute_coverage
from sidestep.domain.load.exposure import compute_exposure
from sidestep.domain.load.intensity import compute_own_measure, count_hard_runs, rate_run
from sidestep.domain.load.notes import (
    generous_cap_note,
    knee_cap_note,
    missing_days_note,
    missing_distance_note,
    no_data_yet_note,
    stale_data_note,
    unknown_effort_note,
)
from sidestep.domain.load.notices import (
    build_cap_notice,
    build_context_notices,
    build_direction_notice,
    build_exposure_note,
    build_hard_days_notice,
    build_no_recent_run_notice,
    build_rest_notices,
    build_spike_notices,
)
from sidestep.domain.load.person import Person
from sidestep.domain.load.report import LoadQuestion, LoadReport, Notice, SpikeBand
from sidestep.domain.load.rest import longest_row_without_rest
from sidestep.domain.load.spike import (
    compare_runs,
    in_order,
    longest_recent_run,
    next_run_cap_km,
)
from sidestep.domain.load.variety import direction_time_s, multidirectional_share
from sidestep.domain.load.weeks import total_weeks
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import whole_number_of

WEEKS_SHOWN = 12
FOUR_WEEKS = 28
EXPOSURE_DAYS = (7, 28, 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """What enters the figures as of ``on``: counted activities in order, and the days known."""

    on: date
    counted: tuple[ActivitySummary, ...]
    runs: tuple[ActivitySummary, ...]
    coverage: Coverage


def analyse_load(
    activities: Sequence[ActivitySummary],
    on: date,
    parameters: Parameters,
    daily_steps: Mapping[date, int] | None = None,
    person: Person | None = None,
) -> LoadReport:
    """Say what a history of activities shows as of the day ``on``, that day included.

    Only counted activities enter; odd ones that nobody has answered for become questions and
    change nothing else. Of what lies after ``on``, only that there was data is used: it tells an
    empty day from a day without data.

    Parameters
    ----------
    activities
        In any order.
    parameters
        Those of ``knowledge/load``.
    daily_steps
        Steps a phone or watch counted, by day: such a day has data even without an activity.
    person
        What she told of herself; the cautions that need more than is known are left out.

    Raises
    ------
    KnowledgeError
        A parameter is missing.

    Sources
    -------
    frandsen_2025, article_hips, article_feet_and_hips
    """
    past = in_order(activity for activity in activities if activity.local_date <= on)
    counted = tuple(activity for activity in past if activity.is_counted)
    history = _History(
        on=on,
        counted=counted,
        runs=tuple(activity for activity in counted if activity.sport.is_running),
        coverage=compute_coverage(
            (activity.local_date for activity in activities if activity.is_counted),
            daily_steps or {},
            whole_number_of(parameters, "gap_without_data_days"),
        ),
    )
    figures = replace(_compute_figures(history, parameters), questions=_questions(past))
    who = person or Person()
    return replace(
        figures,
        notices=tuple(_notices(figures, history, who, parameters)),
        cap=build_cap_notice(figures.next_run_cap_km, figures.longest_run_30d_km, parameters),
        exposure_note=build_exposure_note(figures.exposures, parameters),
        notes=tuple(_notes(figures, history, parameters)),
        cap_notes=(*generous_cap_note(figures), *knee_cap_note(figures, who)),
    )


def _compute_figures(history: _History, parameters: Parameters) -> LoadReport:
    """Return the report without its words."""
    on, runs, coverage = history.on, history.runs, history.coverage
    month_ago = on - timedelta(days=whole_number_of(parameters, "spike_window_days") - 1)
    runs_30d = tuple(run for run in reversed(compare_runs(runs, parameters)) if run.on >= month_ago)
    longest = longest_recent_run(runs, on, parameters)
    longest_km = None if longest is None else longest.distance_km
    weeks = total_weeks(runs, on, WEEKS_SHOWN, coverage)
    own = compute_own_measure(runs, on, parameters)
    four_weeks_ago = on - timedelta(days=FOUR_WEEKS - 1)
    intensities = tuple(
        rate_run(run, own, parameters) for run in runs if run.local_date >= four_weeks_ago
    )
    last_data_day, known_until = coverage.last_data_day(on), coverage.known_until(on)
    return LoadReport(
        on=on,
        week=weeks[-1],
        weeks=weeks,
        runs_30d=runs_30d,
        spikes=tuple(run for run in runs_30d if run.band is not SpikeBand.WITHIN),
        longest_run_30d_km=longest_km,
        next_run_cap_km=next_run_cap_km(longest_km, parameters),
        longest_row_without_rest_days=longest_row_without_rest(runs, on, FOUR_WEEKS),
        intensities_28d=intensities,
        hard_runs_7d=count_hard_runs(intensities, on - timedelta(days=DAYS_PER_WEEK - 1)),
        multidirectional_share_28d=multidirectional_share(
            direction_time_s(history.counted, on, FOUR_WEEKS)
        ),
        exposures=tuple(compute_exposure(runs, on, days) for days in EXPOSURE_DAYS),
        context=compute_context(runs, on, coverage),
        notices=(),
        questions=(),
        first_activity_on=history.counted[0].local_date if history.counted else None,
        last_activity_on=history.counted[-1].local_date if history.counted else None,
        days_since_last_data=None if last_data_day is None else (on - last_data_day).days,
        longest_run_30d_on=None if longest is None else longest.local_date,
        last_run_on=runs[-1].local_date if runs else None,
        is_stale=(
            known_until is not None
            and (on - known_until).days > whole_number_of(parameters, "stale_data_days")
        ),
    )


def _notices(
    figures: LoadReport, history: _History, person: Person, parameters: Parameters
) -> Iterator[Notice]:
    """Yield what stands out, most telling first, and the figures shown for information last."""
    on = figures.on
    yield from build_spike_notices(figures.spikes, parameters)
    yield from build_no_recent_run_notice(on, figures.last_run_on, parameters)
    yield from build_rest_notices(figures.week, figures.longest_row_without_rest_days, parameters)
    week_start = on - timedelta(days=DAYS_PER_WEEK - 1)
    yield from build_hard_days_notice(figures.intensities_28d, week_start, parameters)
    yield from build_cautions(history.runs, figures.weeks, history.coverage, person, parameters)
    seconds = direction_time_s(history.counted, on, FOUR_WEEKS)
    yield from build_direction_notice(seconds, figures.multidirectional_share_28d, parameters)
    yield from build_context_notices(figures.context, parameters)


def _notes(figures: LoadReport, history: _History, parameters: Parameters) -> Iterator[str]:
    """Yield what the figures leave out."""
    window_days = whole_number_of(parameters, "spike_window_days")
    on, coverage = figures.on, history.coverage
    yield from no_data_yet_note(on, coverage)
    yield from stale_data_note(on, coverage, whole_number_of(parameters, "stale_data_days"))
    yield from missing_days_note(on, coverage, window_days)
    month_ago = on - timedelta(days=window_days - 1)
    recent_runs = [run for run in history.runs if run.local_date >= month_ago]
    yield from missing_distance_note(recent_runs, window_days)
    yield from generous_cap_note(figures)
    own = compute_own_measure(history.runs, on, parameters)
    yield from unknown_effort_note(figures.intensities_28d, knows_maximum=own.is_highest_plausible)


def _questions(past: Sequence[ActivitySummary]) -> tuple[LoadQuestion, ...]:
    """Ask about odd activities nobody has answered for, newest first."""
    return tuple(
        LoadQuestion(
            activity_id=activity.id,
            on=activity.local_date,
            asks=" ".join(oddity.message for oddity in activity.oddities),
        )
        for activity in reversed(past)
        if activity.oddities and activity.verdict is Verdict.UNASKED
    )
