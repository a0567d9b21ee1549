"""Analyses a person's stored history as of a day; the arithmetic is ``domain.load``'s."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sidestep.domain.load.analysis import WEEKS_SHOWN, analyse_load
from sidestep.domain.load.notices import count_hard_runs
from sidestep.domain.load.person import Person
from sidestep.domain.load.report import (
    Exposure,
    LoadReport,
    Notice,
    RunAgainstLongest,
    RunIntensity,
    SpikeBand,
    WeekTotals,
)
from sidestep.domain.load.weeks import DAYS_PER_WEEK
from sidestep.domain.triage.facts import Facts, FactValue
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument

FOUR_WEEKS = 28

_WORST_FIRST = (
    SpikeBand.OVER_2_00,
    SpikeBand.OVER_1_10,
    SpikeBand.UNDEFINED,
    SpikeBand.WITHIN,
)


def analyse_history(
    store: Store, knowledge: Knowledge, clock: Clock, on: date | None = None
) -> LoadReport:
    """Return what the stored history shows as of ``on``, today unless given.

    Raises
    ------
    KnowledgeError
        ``knowledge/load`` lacks a parameter.
    StorageError
        The records cannot be read.
    """
    day = clock.today() if on is None else on
    # The weeks shown, and as much around them as settles which of their days have data.
    around = timedelta(days=WEEKS_SHOWN * DAYS_PER_WEEK)
    return analyse_load(
        store.activities(),
        day,
        knowledge.load,
        store.daily_steps(since=day - 2 * around, until=day + around),
        known_person(store),
    )


def known_person(store: Store) -> Person:
    """Return what the newest answers say of body mass, height, years of running and a knee."""
    documents = [
        document
        for kind in (DocumentKind.PROFILE, DocumentKind.KNEE_CHECK)
        if (document := store.latest_document(kind)) is not None
    ]
    newest_first = sorted(documents, key=lambda document: document.made_at, reverse=True)
    return Person(
        body_mass_kg=_newest_number(newest_first, "body_mass_kg"),
        height_cm=_newest_number(newest_first, "height_cm"),
        years_running=_newest_number(newest_first, "years_running"),
        told_of_knee=any(document.kind == DocumentKind.KNEE_CHECK for document in documents),
    )


def _newest_number(newest_first: Iterable[StoredDocument], fact: str) -> float | None:
    for document in newest_first:
        answers = document.content.get("answers")
        value = answers.get(fact) if isinstance(answers, Mapping) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    return None


def facts_from_load(report: LoadReport) -> Facts:
    """Return what the load analysis knows as facts for the knee check.

    A fact that cannot be known is left out: nothing is said of a history that is empty or too old,
    and no ratio where there was no longest run to compare with.
    """
    if report.days_since_last_data is None or report.is_stale:
        return {}
    facts: dict[str, FactValue] = {
        "running_days_7d": float(report.week.running_days),
        "km_7d": report.week.distance_km,
        "row_without_rest_days": float(report.longest_row_without_rest_days),
        "spike_band_30d": worst_band(report.runs_30d).value,
    }
    ratios = [run.ratio for run in report.runs_30d if run.ratio is not None]
    if ratios:
        facts["longest_run_ratio_30d"] = max(ratios)
    if report.multidirectional_share_28d is not None:
        facts["multidirectional_share_28d"] = report.multidirectional_share_28d
    hard_runs = count_hard_runs(report.intensities_28d, _week_start(report))
    if hard_runs is not None:
        facts["hard_runs_7d"] = float(hard_runs)
    if report.last_run_on is not None:
        facts["days_since_last_run"] = float((report.on - report.last_run_on).days)
    return facts


def worst_band(runs: Iterable[RunAgainstLongest]) -> SpikeBand:
    """Return the band that asks for most care; undefined when there is no run."""
    bands = {run.band for run in runs}
    return next((band for band in _WORST_FIRST if band in bands), SpikeBand.UNDEFINED)


def _week_start(report: LoadReport) -> date:
    return report.on - timedelta(days=DAYS_PER_WEEK - 1)


def load_document(report: LoadReport) -> dict[str, Any]:
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
        "next_run_cap": None if report.cap is None else _notice(report.cap),
        "next_run_cap_notes": list(report.cap_notes),
        "longest_row_without_rest_days_28d": report.longest_row_without_rest_days,
        "multidirectional_share_28d": _rounded(report.multidirectional_share_28d),
        "hard_runs_7d": count_hard_runs(report.intensities_28d, _week_start(report)),
        "steps_28d": four_weeks.steps,
        "spikes": [_run(run) for run in report.runs_30d],
        "weeks": [_week(week) for week in report.weeks],
        "intensities_28d": [_intensity(run) for run in report.intensities_28d],
        "exposures": {
            "is_estimate": True,
            "note": None if report.exposure_note is None else _notice(report.exposure_note),
            "windows": [_exposure(one) for one in report.exposures],
        },
        "notices": [_notice(one) for one in report.notices if one.kind != "context"],
        "context": {
            "predictive": False,
            "as_of": _day(report.context.as_of),
            "acute_chronic_ratio": _rounded(report.context.acute_chronic_ratio),
            "monotony": _rounded(report.context.monotony),
            "week_to_week_change_frac": _rounded(report.context.week_to_week_change_frac),
            "notices": [_notice(one) for one in report.notices if one.kind == "context"],
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


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "kind": notice.kind,
        "title": notice.title,
        "says": notice.says,
        "basis": notice.backing.basis.value,
        "sources": [
            {"key": citation.key, "supports": citation.supports}
            for citation in notice.backing.citations
        ],
        "reviewed": notice.backing.reviewed,
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


def _exposure(exposure: Exposure) -> dict[str, Any]:
    return {
        "days": exposure.days,
        "steps": exposure.steps,
        "steps_per_knee": exposure.steps_per_knee,
        "runs_without_steps": exposure.runs_without_steps,
        "by_source": dict(exposure.by_source),
    }
