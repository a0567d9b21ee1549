"""What is noticed about runs on file: not planned, on a day of rest, over the cap; no verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.report import LoadReport, RunAgainstLongest, SpikeBand
from sidestep.domain.load.spike import compare_runs
from sidestep.domain.planning.calendar import CAP
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.run_match import DoneRun, RunMatch, match_runs, planned_runs
from sidestep.domain.planning.week import Day, DayKind, Why
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.training.analyse_load import analyse_history
from sidestep.services.week.kept_week import kept_days

UNPLANNED, OVER_CAP = "unplanned_run", "run_over_cap"
_OVER = frozenset({SpikeBand.OVER_1_10, SpikeBand.OVER_2_00})
_NOTHING_TO_MAKE_UP = "It counts like any run; nothing has to be made up for it."
_SEE = "See how the knee answers the next morning, and tell: sidestep log"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedRun:
    """A run and what is noticed about it; ``sources`` are the originals that tell of it."""

    run: DoneRun
    says: tuple[Why, ...]
    sources: tuple[str, ...]


def runs_done(store: Store, first: date, last: date) -> list[DoneRun]:
    """Return the runs on file of these days that count.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return [_done(each) for each in _runs(store, first, last)]


def match_kept_runs(store: Store, knowledge: Knowledge, first: date, last: date) -> RunMatch:
    """Hold the runs on file against those that kept weeks had planned for these days.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return match_days(kept_days(store, *_around(first, last)), store, knowledge, first, last)


def notice_runs(
    store: Store, knowledge: Knowledge, clock: Clock, *, since: date
) -> tuple[NoticedRun, ...]:
    """Return the runs from a day up to today of which there is something to notice.

    Nothing is unplanned on a day that no kept week has.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    today = clock.today()
    days = kept_days(store, *_around(since, today))
    kinds = {day.date: day.kind for day in days}
    unplanned = {run.id for run in match_days(days, store, knowledge, since, today).unplanned}
    report = analyse_history(store, knowledge, clock)
    over = {
        spike.activity_id: spike.longest_before_km
        for spike in _over_cap_in(report.spikes, knowledge)
    }
    noticed = []
    for each in _runs(store, since, today):
        run, is_unplanned = _done(each), each.id in unplanned and each.local_date in kinds
        says = [_unplanned(run, kinds[run.on], today)] if is_unplanned else []
        longest_km = over.get(run.id)
        if longest_km is not None:
            says.append(_over_cap(run, longest_km, is_unplanned=is_unplanned))
        if says:
            noticed.append(NoticedRun(run=run, says=tuple(says), sources=each.sources))
    return tuple(noticed)


def over_cap_of_week(
    report: LoadReport, starts: date, until: date, knowledge: Knowledge
) -> tuple[Why, ...]:
    """Return what to know of the runs of a week that went over their cap, and of the next week.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks the cap.
    """
    rules = Rules(knowledge.load)
    over = _over_cap_in(report.spikes, knowledge)
    return tuple(_looked_back(spike, rules) for spike in over if starts <= spike.on <= until)


def over_cap_on(store: Store, knowledge: Knowledge) -> frozenset[date]:
    """Return the days on which a run on file went over its cap.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks the cap.
    StorageError
        The records cannot be read.
    """
    runs = [each for each in store.activities() if each.sport.is_running and each.is_counted]
    compared = compare_runs(runs, knowledge.load)
    return frozenset(each.on for each in _over_cap_in(compared, knowledge))


def notice_imported(
    sources: frozenset[str], *, store: Store, knowledge: Knowledge, clock: Clock
) -> tuple[NoticedRun, ...]:
    """Return what is noticed about runs of the last seven days that these originals brought.

    Only days that a kept week has are looked at: an old history is no news.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    if not sources:
        return ()
    today = clock.today()
    since = today - timedelta(days=DAYS_PER_WEEK - 1)
    planned = {day.date for day in kept_days(store, since, today)}
    if not planned:
        return ()
    return tuple(
        each
        for each in notice_runs(store, knowledge, clock, since=since)
        if each.run.on in planned and sources.intersection(each.sources)
    )


def noticed_document(noticed: tuple[NoticedRun, ...]) -> list[dict[str, Any]]:
    """Build what an import says of the runs it brought."""
    return [
        {
            "date": each.run.on.isoformat(),
            "distance_km": None if each.run.distance_km is None else round(each.run.distance_km, 1),
            "rules": [why.rule for why in each.says],
            "says": " ".join(why.says for why in each.says),
        }
        for each in noticed
    ]


def _around(first: date, last: date) -> tuple[date, date]:
    """Return the days with the one before and the one after: a run can be a day late."""
    return first - timedelta(days=1), last + timedelta(days=1)


def match_days(
    days: Sequence[Day], store: Store, knowledge: Knowledge, first: date, last: date
) -> RunMatch:
    """Hold the runs on file from ``first`` to ``last``, and a day around, against planned days.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    runs = runs_done(store, *_around(first, last))
    return match_runs(planned_runs(days), runs, Rules(knowledge.plans))


def days_run(store: Store, told: Sequence[CheckIn], starts: date, until: date) -> frozenset[date]:
    """Return the days of a week, up to one, on which there was a run: on file or told.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    last = min(until, starts + timedelta(days=DAYS_PER_WEEK - 1))
    ran = (each.on for each in told if each.ran and starts <= each.on <= last)
    return frozenset([*(each.local_date for each in _runs(store, starts, last)), *ran])


def _runs(store: Store, first: date, last: date) -> list[ActivitySummary]:
    return [
        each
        for each in store.activities()
        if first <= each.local_date <= last and each.sport.is_running and each.is_counted
    ]


def _done(run: ActivitySummary) -> DoneRun:
    return DoneRun(id=run.id, on=run.local_date, distance_km=run.distance_km)


def _unplanned(run: DoneRun, kind: DayKind, today: date) -> Why:
    km, when = run.distance_km, day_in_words(run.on)
    if km is None:
        says = f"There is a run on {when} that was not planned. {_NOTHING_TO_MAKE_UP}"
    elif kind is DayKind.RUN:
        says = f"Beside the planned run you ran {km:.1f} km on {when}. {_NOTHING_TO_MAKE_UP}"
    elif run.on == today:
        says = f"You ran {km:.1f} km today, which was not planned. {_NOTHING_TO_MAKE_UP}"
    elif kind is DayKind.REST:
        says = f"You ran {km:.1f} km on {when}, a day of rest. {_NOTHING_TO_MAKE_UP}"
    else:
        says = f"You ran {km:.1f} km on {when}, which was not planned. {_NOTHING_TO_MAKE_UP}"
    return own_why(UNPLANNED, says)


def _over_cap_in(
    spikes: Iterable[RunAgainstLongest], knowledge: Knowledge
) -> list[RunAgainstLongest]:
    cap = Rules(knowledge.load).number(CAP)
    return [spike for spike in spikes if spike.band in _OVER and _reads_over(spike, cap)]


def _reads_over(spike: RunAgainstLongest, cap: float) -> bool:
    """Whether it is more than its cap as both are read; a few metres of a watch are not."""
    return round(spike.distance_km, 1) > round((spike.longest_before_km or 0.0) * cap, 1)


def _looked_back(spike: RunAgainstLongest, rules: Rules) -> Why:
    longest_km = spike.longest_before_km or 0.0
    cap_km = longest_km * rules.number(CAP)
    says = (
        f"Your run of {spike.distance_km:.1f} km on {day_in_words(spike.on)} went over its ceiling "
        f"of {cap_km:.1f} km; the longest of the month before was {longest_km:.1f} km. That "
        "happens, and nothing has to be made up for it. The next week does not build on it: it "
        "goes by your usual runs. How your knee takes it counts more than the number."
    )
    why = rules.why(CAP, cap_km=cap_km, longest_km=longest_km)
    return replace(why, rule=OVER_CAP, says=says)


def _over_cap(run: DoneRun, longest_km: float, *, is_unplanned: bool) -> Why:
    if is_unplanned:
        says = (
            f"It went well beyond the {longest_km:.1f} km that were the longest of the month "
            "before."
        )
    else:
        km, when = run.distance_km or 0.0, day_in_words(run.on)
        says = (
            f"Your run of {km:.1f} km on {when} was well beyond the {longest_km:.1f} km that were "
            "the longest of the month before."
        )
    return own_why(OVER_CAP, f"{says} {_SEE}")
