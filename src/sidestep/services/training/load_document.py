"""A load analysis as the JSON document other programs read; what stands out is not decided here."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sidestep.domain.load.analysis import FOUR_WEEKS
from sidestep.domain.load.exposure import steps_inside
from sidestep.domain.load.report import (
    Exposure,
    KneeInside,
    LoadReport,
    Notice,
    RunAgainstLongest,
    RunIntensity,
    WeekTotals,
)
from sidestep.domain.vocabulary.evidence import Source
from sidestep.services.knowledge.backing_document import backing_document


def load_document(report: LoadReport, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Return the report as the JSON document other programs read.

    ``spikes`` lists every run of the last 30 days with its band, newest first, those within
    included, so that a reader need not guess about a run that is missing.
    """
    four_weeks = next(one for one in report.exposures if one.days == FOUR_WEEKS)
    return {
        "on": report.on.isoformat(),
        "runs_7d": report.week.runs,
        "km_7d": _rounded(report.week.distance_km),
        "running_days_7d": report.week.running_days,
        "non_running_days_7d": report.week.non_running_days,
        "days_without_data_7d": report.week.days_without_data,
        "longest_run_30d_km": _rounded(report.longest_run_30d_km),
        "longest_run_30d_on": _day(report.longest_run_30d_on),
        "next_run_cap_km": _rounded(report.next_run_cap_km),
        "next_run_cap": None if report.cap is None else _notice(report.cap, sources),
        "next_run_cap_notes": list(report.cap_notes),
        "longest_row_without_rest_days_28d": report.longest_row_without_rest_days,
        "multidirectional_share_28d": _rounded(report.multidirectional_share_28d),
        "hard_runs_7d": report.hard_runs_7d,
        "steps_28d": four_weeks.steps,
        "spikes": [_run(run) for run in report.runs_30d],
        "weeks": [_week(week) for week in report.weeks],
        "intensities_28d": [_intensity(run) for run in report.intensities_28d],
        "exposures": {
            "is_estimate": True,
            "note": None
            if report.exposure_note is None
            else _notice(report.exposure_note, sources),
            "windows": [_exposure(one, report.knee_inside) for one in report.exposures],
            "knee_inside_note": None
            if report.knee_inside_note is None
            else _notice(report.knee_inside_note, sources),
        },
        "notices": [_notice(one, sources) for one in report.notices if one.kind != "context"],
        "context": {
            "predictive": False,
            "as_of": _day(report.context.as_of),
            "acute_chronic_ratio": _rounded(report.context.acute_chronic_ratio),
            "monotony": _rounded(report.context.monotony),
            "week_to_week_change_frac": _rounded(report.context.week_to_week_change_frac),
            "notices": [_notice(one, sources) for one in report.notices if one.kind == "context"],
        },
        "questions": [
            {"activity_id": one.activity_id, "date": one.on.isoformat(), "asks": one.asks}
            for one in report.questions
        ],
        "notes": list(report.notes),
        "first_activity_on": _day(report.first_activity_on),
        "last_activity_on": _day(report.last_activity_on),
        "last_run_on": _day(report.last_run_on),
        "days_since_last_data": report.days_since_last_data,
        "is_stale": report.is_stale,
    }


def _rounded(value: float | None) -> float | None:
    """Round to what a reader can use; the watch knows no finer."""
    return None if value is None else round(value, 4)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _notice(notice: Notice, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {
        "id": notice.id,
        "kind": notice.kind,
        "title": notice.title,
        "says": notice.says,
        **backing_document(notice.backing, sources),
    }


def _run(run: RunAgainstLongest) -> dict[str, Any]:
    return {
        "activity_id": run.activity_id,
        "date": run.on.isoformat(),
        "distance_km": _rounded(run.distance_km),
        "longest_before_km": _rounded(run.longest_before_km),
        "ratio": _rounded(run.ratio),
        "band": run.band.value,
    }


def _week(week: WeekTotals) -> dict[str, Any]:
    return {
        "ends_on": week.ends_on.isoformat(),
        "runs": week.runs,
        "running_days": week.running_days,
        "non_running_days": week.non_running_days,
        "days_without_data": week.days_without_data,
        "distance_km": _rounded(week.distance_km),
        "duration_s": _rounded(week.duration_s),
        "ascent_m": _rounded(week.ascent_m),
        "descent_m": _rounded(week.descent_m),
    }


def _intensity(run: RunIntensity) -> dict[str, Any]:
    return {
        "activity_id": run.activity_id,
        "date": run.on.isoformat(),
        "basis": run.basis.value,
        "relative": _rounded(run.relative),
        "is_hard": run.is_hard,
    }


def _exposure(exposure: Exposure, knee_inside: Iterable[KneeInside]) -> dict[str, Any]:
    return {
        "days": exposure.days,
        "steps": exposure.steps,
        "steps_per_knee": exposure.steps_per_knee,
        "runs_without_steps": exposure.runs_without_steps,
        "by_source": dict(exposure.by_source),
        "steps_knee_inside": {
            one.side.value: list(steps_inside(exposure, one)) for one in knee_inside
        },
    }
