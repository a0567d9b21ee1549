"""How far a person has come on the way back to running, from kept weeks and what she told."""

from datetime import date, timedelta

from sidestep.domain.planning.calendar import MINUTES_HOLD
from sidestep.domain.planning.check_in import CheckIn, morning_after
from sidestep.domain.planning.pain_response import Step, weigh_run
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.return_to_run import ReturnSession, phase_after
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.check_ins.log_day import days_told
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.kept_week import kept_days
from sidestep.services.week.run_notices import match_kept_runs


def return_phase_before(store: Store, knowledge: Knowledge, starts: date) -> int | None:
    """Return the index of the phase a week begins with, ``None`` where none is under way.

    Sessions of the days before count once a file or the person says that they were done, for as
    long as a run counts as recent.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    rules = Rules({**knowledge.load, **knowledge.plans})
    since = starts - timedelta(days=rules.count("spike_window_days"))
    sessions = _sessions(store, knowledge, rules, since, starts)
    if not sessions or not knowledge.return_phases:
        return None
    return phase_after(sessions, knowledge.return_phases, rules.count("return_clean_sessions"))


def phase_no_further(phase: int | None, store: Store, starts: date) -> int | None:
    """Return the phase, or that of the last planned session where it is an earlier one.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    lately = kept_days(
        store, starts - timedelta(days=2 * DAYS_PER_WEEK), starts - timedelta(days=1)
    )
    planned = [each.return_phase for day in lately for each in day.blocks if each.return_phase]
    if not planned:
        return phase
    last = planned[-1] - 1
    return last if phase is None else min(phase, last)


def _sessions(
    store: Store, knowledge: Knowledge, rules: Rules, since: date, starts: date
) -> list[ReturnSession]:
    told = days_told(store, knowledge)
    by_day = {each.on: each for each in told}
    last = starts - timedelta(days=1)
    match = match_kept_runs(store, knowledge, since, last)
    planned = [
        (day.date, block)
        for day in kept_days(store, since, last)
        for block in day.blocks
        if block.return_phase is not None
    ]
    sessions = []
    for on, block in planned:
        run = match.done.get(on)
        # A session done a day later is told of on the day it was done.
        day = by_day.get(on if run is None else run.on)
        if run is not None or (day is not None and day.ran):
            sessions.append(
                ReturnSession(
                    on=on,
                    phase=block.return_phase or 1,
                    distance_km=block.distance_km or 0.0,
                    step=_step(day, told, rules),
                    fills_minutes=block.why.rule == MINUTES_HOLD,
                )
            )
    return sessions


def _step(day: CheckIn | None, told: tuple[CheckIn, ...], rules: Rules) -> Step:
    """Return how the knee took a session; one that nothing was told of is not clean."""
    return Step.HOLD if day is None else weigh_run(day, morning_after(day, told), rules).step
