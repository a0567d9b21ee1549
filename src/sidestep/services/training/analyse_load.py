"""Analyses a person's stored history as of a day; the arithmetic is ``domain.load``'s."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sidestep.domain.load.analysis import WEEKS_SHOWN, analyse_load
from sidestep.domain.load.notes import day_ahead_note
from sidestep.domain.load.person import Person
from sidestep.domain.load.report import (
    LoadReport,
    RunAgainstLongest,
    SpikeBand,
)
from sidestep.domain.load.wording import notice_from
from sidestep.domain.triage.facts import Facts, FactValue
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words
from sidestep.domain.vocabulary.parameters import number_of
from sidestep.services.clips.inside_share import knee_inside_share
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument

_INSIDE = "knee_inside_from_pct"
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

    A day that lies ahead is answered with what is known today, and its first note says so.

    Raises
    ------
    KnowledgeError
        ``knowledge/load`` lacks a parameter.
    StorageError
        The records cannot be read.
    """
    today = clock.today()
    day = today if on is None else on
    # The weeks shown, and as much around them as settles which of their days have data.
    around = timedelta(days=WEEKS_SHOWN * DAYS_PER_WEEK)
    report = analyse_load(
        store.activities(),
        day,
        knowledge.load,
        store.daily_steps(since=day - 2 * around, until=day + around),
        known_person(store),
    )
    report = _with_clip(report, store, knowledge)
    return report if day <= today else _told_ahead(report, today)


def _with_clip(report: LoadReport, store: Store, knowledge: Knowledge) -> LoadReport:
    """Add what the newest running clip says of the steps."""
    inside = knee_inside_share(store, number_of(knowledge.load, _INSIDE))
    if not inside:
        return report
    filmed_on = day_in_words(inside[0].filmed_on)
    note = notice_from(knowledge.load, _INSIDE, "exposure", filmed_on=filmed_on)
    return replace(report, knee_inside=inside, knee_inside_note=note)


def _told_ahead(report: LoadReport, today: date) -> LoadReport:
    """Say that the day lies ahead instead of how long before it the data ends."""
    others = report.notes[1:] if report.is_stale else report.notes
    return replace(report, notes=(day_ahead_note(report.on, today), *others))


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
    if report.hard_runs_7d is not None:
        facts["hard_runs_7d"] = float(report.hard_runs_7d)
    if report.last_run_on is not None:
        facts["days_since_last_run"] = float((report.on - report.last_run_on).days)
    return facts


def worst_band(runs: Iterable[RunAgainstLongest]) -> SpikeBand:
    """Return the band that asks for most care; undefined when there is no run."""
    bands = {run.band for run in runs}
    return next((band for band in _WORST_FIRST if band in bands), SpikeBand.UNDEFINED)
