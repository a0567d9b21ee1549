"""Planned days held against what was told and recorded of them; the share kept is the domain's."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.kept_share import KeptDay, OnFile
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.run_match import DoneRun
from sidestep.domain.planning.week import Day
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.check_ins.log_day import pain_at_knee_check
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.asked_day import day_as_asked, days_between_near
from sidestep.services.week.edit_profile import known_profile
from sidestep.services.week.home_sessions import sessions_before
from sidestep.services.week.kept_week import kept_days
from sidestep.services.week.run_notices import match_days, over_cap_on


def held_days(
    days: Iterable[Day], told: Sequence[CheckIn], *, store: Store, knowledge: Knowledge
) -> list[KeptDay]:
    """Hold days against what each was for, after what the days before it changed.

    Parameters
    ----------
    told
        Days that were told, oldest first.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    by_day = {each.on: each for each in told}
    sports = _sports_by_day(store.activities())
    asked = list(_as_asked(list(days), told, sports, store, knowledge))
    done = _runs_of(asked, store, knowledge)
    held = []
    for day in asked:
        run = done.get(day.date)
        held.append(
            KeptDay(
                day=day,
                told=by_day.get(day.date),
                told_of_run=by_day.get(day.date if run is None else run.on),
                on_file=_on_file(sports.get(day.date, set()), has_run=run is not None),
            )
        )
    return held


def _as_asked(
    days: Sequence[Day],
    told: Sequence[CheckIn],
    sports: Mapping[date, Collection[Sport]],
    store: Store,
    knowledge: Knowledge,
) -> Iterable[Day]:
    if not days:
        return
    told_on = [each.on for each in told]
    pain_before, clinician = pain_at_knee_check(store), known_profile(store).clinician
    newest_day = max(day.date for day in days)
    sessions = sessions_before(
        newest_day, store=store, knowledge=knowledge, pain_before=pain_before
    )
    # Older days say nothing of a day: without them ten years are held in a moment.
    rules = Rules(knowledge.plans)
    memory = timedelta(days=rules.count("pain_memory_days"))
    on_file = {on for on, of_day in sports.items() if any(each.is_running for each in of_day)}
    ran_on = on_file.union(each.on for each in told if each.ran)
    over_cap = over_cap_on(store, knowledge)
    for day in days:
        since, until = bisect_left(told_on, day.date - memory), bisect_left(told_on, day.date)
        newest = told[since:until]
        yield day_as_asked(
            day,
            newest,
            sessions,
            pain_before=pain_before,
            clinician=clinician,
            knowledge=knowledge,
            ran_on=ran_on,
            days_between=days_between_near(day.date, ran_on, store, rules),
            over_cap=over_cap,
        )


def _runs_of(asked: Sequence[Day], store: Store, knowledge: Knowledge) -> Mapping[date, DoneRun]:
    """Return the run that was each one the days asked for, be it a day late."""
    if not asked:
        return {}
    first, last = min(day.date for day in asked), max(day.date for day in asked)
    day_after = last + timedelta(days=1)
    days = (*asked, *kept_days(store, day_after, day_after))
    return match_days(days, store, knowledge, first, last).done


def _sports_by_day(activities: Iterable[ActivitySummary]) -> Mapping[date, set[Sport]]:
    sports: dict[date, set[Sport]] = {}
    for each in activities:
        if each.is_counted:
            sports.setdefault(each.local_date, set()).add(each.sport)
    return sports


def _on_file(sports: set[Sport], *, has_run: bool) -> OnFile:
    return OnFile(
        has_run=has_run,
        has_strength=Sport.STRENGTH in sports,
        has_other_sport=any(not each.is_running and each is not Sport.STRENGTH for each in sports),
    )
