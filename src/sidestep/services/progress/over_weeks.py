"""Gathers what is known of the last weeks, day by day; how it is drawn is not said here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sidestep.domain.load.report import LoadReport
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.kept_share import KeptDay, KeptShare, share_kept
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.check_ins.log_day import days_told
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.progress.retests import Retest, Retests, retests
from sidestep.services.training.analyse_load import analyse_history
from sidestep.services.week.held_days import held_days
from sidestep.services.week.kept_week import kept_days

WEEKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressDay:
    """What is known of one day.

    Attributes
    ----------
    told
        The day as it was told, ``None`` when nobody told of it: that is silence, not a no.
    run_km
        Run that day as the files show, ``None`` without a run on file.
    """

    on: date
    told: CheckIn | None
    run_km: float | None

    @property
    def has_run(self) -> bool | None:
        """Whether there was a run, ``None`` when neither files nor words say so."""
        if self.run_km is not None:
            return True
        return None if self.told is None else self.told.ran

    @property
    def is_without_km(self) -> bool:
        """Whether there was a run of which nobody knows how long it was: told, and on no file."""
        return self.run_km is None and self.has_run is True


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneOfWeek:
    """How often things that were told of were done in a week; silence is counted nowhere."""

    done: int
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressWeek:
    """Seven days, the last of them ``ends_on``.

    Attributes
    ----------
    run_km
        Of the runs on file; ``None`` when no file and no word covers the week, or when words alone
        tell of its runs.
    kept
        What was done of what was planned until today, ``None`` where nothing was planned.
    side_work, strength
        Days on which they were done, of those that were told of.
    looks
        What was looked at again in the week.
    """

    ends_on: date
    days: tuple[ProgressDay, ...]
    run_km: float | None
    kept: KeptShare | None
    side_work: DoneOfWeek
    strength: DoneOfWeek
    looks: tuple[Retest, ...]

    @property
    def runs_without_km(self) -> int:
        """How many runs were told of that are on no file: how far they were is unknown."""
        return sum(day.is_without_km for day in self.days)

    @property
    def pains(self) -> tuple[float, ...]:
        """The pains told in the week."""
        pains = (None if day.told is None else day.told.pain for day in self.days)
        return tuple(pain for pain in pains if pain is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The last weeks, oldest first, what is due, and what stands out in the load.

    ``due`` holds the next look of each kind, soonest first.
    """

    weeks: tuple[ProgressWeek, ...]
    due: tuple[Retest, ...]
    load: LoadReport

    @property
    def days(self) -> tuple[ProgressDay, ...]:
        """All days, oldest first."""
        return tuple(day for week in self.weeks for day in week.days)

    @property
    def has_told(self) -> bool:
        """Whether anything was told at all."""
        return any(day.told is not None for day in self.days)


def weeks_on_record(*, store: Store, knowledge: Knowledge, clock: Clock) -> int:
    """Count the weeks since the first run on file or the first day told of, ``WEEKS`` at least.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    ran = (each.local_date for each in store.activities() if each.sport.is_running)
    told = (each.on for each in days_told(store, knowledge))
    first = min([*ran, *told], default=clock.today())
    return max(WEEKS, (clock.today() - first).days // DAYS_PER_WEEK + 1)


def progress(*, weeks: int = WEEKS, store: Store, knowledge: Knowledge, clock: Clock) -> Progress:
    """Return the last weeks as they are known today.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the analysis rests on.
    StorageError
        The records cannot be read.
    """
    today = clock.today()
    first = today - timedelta(days=weeks * DAYS_PER_WEEK - 1)
    each_told = days_told(store, knowledge)
    told = {each.on: each for each in each_told}
    ran = _runs_by_day(store, first)
    looked = retests(store=store, knowledge=knowledge, clock=clock)
    known_since = min([*ran, *(on for on in told if on >= first)], default=None)
    planned = kept_days(store, first, today)
    held = {
        each.day.date: each
        for each in held_days(planned, each_told, store=store, knowledge=knowledge)
    }
    gathered = [
        _week(first + timedelta(days=DAYS_PER_WEEK * n), told, ran, known_since, held, looked)
        for n in range(weeks)
    ]
    return Progress(
        weeks=tuple(gathered),
        due=looked.due,
        load=analyse_history(store, knowledge, clock),
    )


def _runs_by_day(store: Store, first: date) -> dict[date, float]:
    ran: dict[date, float] = {}
    for each in store.activities():
        if each.local_date >= first and each.sport.is_running and each.is_counted:
            ran[each.local_date] = ran.get(each.local_date, 0.0) + (each.distance_km or 0.0)
    return ran


def _week(
    starts: date,
    told: dict[date, CheckIn],
    ran: dict[date, float],
    known_since: date | None,
    held: Mapping[date, KeptDay],
    looked: Retests,
) -> ProgressWeek:
    ends = starts + timedelta(days=DAYS_PER_WEEK - 1)
    days = tuple(
        ProgressDay(on=on, told=told.get(on), run_km=ran.get(on))
        for on in (starts + timedelta(days=n) for n in range(DAYS_PER_WEEK))
    )
    of_week = [held[day.on] for day in days if day.on in held]
    on_file = [day.run_km for day in days if day.run_km is not None]
    is_told_alone = not on_file and any(day.is_without_km for day in days)
    is_known = known_since is not None and ends >= known_since and not is_told_alone
    return ProgressWeek(
        ends_on=ends,
        days=days,
        run_km=sum(on_file, 0.0) if is_known else None,
        kept=share_kept(of_week) if of_week else None,
        side_work=_done([None if day.told is None else day.told.lateral_work for day in days]),
        strength=_done([None if day.told is None else day.told.strength for day in days]),
        looks=tuple(each for each in looked.done if starts <= each.on <= ends),
    )


def _done(said: list[bool | None]) -> DoneOfWeek:
    return DoneOfWeek(done=said.count(True), told=len(said) - said.count(None))
