"""Today on one card: what is planned, what the last days changed about it, and what was noticed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sidestep.domain.planning.blocks import rest_block
from sidestep.domain.planning.build import ANSWER_AGAIN, ANSWER_FIRST
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.run_match import DoneRun
from sidestep.domain.planning.today import Change, Present, adapt_day
from sidestep.domain.planning.week import Block, Day, DayKind, NoWeek, Why
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words
from sidestep.services.check_ins.kept_check_ins import (
    KeptCheckIn,
    kept_check_ins,
    tells_of_work,
)
from sidestep.services.check_ins.log_day import (
    knee_as_told,
    open_signs,
    runs_on,
)
from sidestep.services.check_ins.log_document import flag_document
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.brought_back import bring_back_or_plan
from sidestep.services.week.held_days import held_days
from sidestep.services.week.kept_week import day_of, kept_week_of, week_start
from sidestep.services.week.plan_week import plan_week, reasons_of_access
from sidestep.services.week.present_day import before_work, present_on
from sidestep.services.week.run_notices import (
    UNPLANNED,
    days_run,
    match_kept_runs,
    notice_runs,
    runs_done,
)
from sidestep.services.week.week_document import block_document, why_document

HIDDEN, NO_WEEK = "hidden", "no_week"
"""Kinds of a card that shows no day of a week."""

NOTHING_PLANNED = "nothing_planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayCard:
    """Today as it should be.

    Attributes
    ----------
    kind
        ``run``, ``off``, ``cross`` or ``rest`` as in a week; ``hidden`` when the knee keeps the
        plan back, ``no_week`` when limits collide.
    message
        One or two sentences that say it all.
    planned
        The day as it was planned, ``None`` when no week has it.
    changes
        Where ``blocks`` are other than planned.
    rest_asked
        What would ask for rest if the day were not one of rest anyway; ``None`` when nothing would.
    notes
        What was noticed, such as a run that was not planned.
    check
        ``None`` when nobody has answered the knee check.
    has_run
        Whether there was a run today: on file or told of.
    """

    on: date
    kind: str
    blocks: tuple[Block, ...]
    message: str
    week_starts: date | None = None
    planned: Day | None = None
    changes: tuple[Change, ...] = ()
    rest_asked: Change | None = None
    notes: tuple[Why, ...] = ()
    check: KneeCheck | None = None
    has_run: bool = False


def today_card(*, store: Store, knowledge: Knowledge, clock: Clock) -> TodayCard:
    """Return today's card; a first week is planned and kept when none is near.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    on, check = clock.today(), knee_as_told(store, knowledge, clock)
    if check is None:
        return TodayCard(on=on, kind=HIDDEN, blocks=(), message=ANSWER_FIRST)
    if check.plan is PlanAccess.HIDDEN:
        message = " ".join((*reasons_of_access(check), ANSWER_AGAIN))
        return TodayCard(on=on, kind=HIDDEN, blocks=(), message=message, check=check)
    week = kept_week_of(store, on)
    planned = None if week is None else day_of(week, on)
    if week is None and (ahead := _week_ahead(store, on)) is not None:
        return _before_the_week(on, ahead, check, store, knowledge, clock)
    if planned is None:
        starts = on if week is None else week_start(week)
        made = bring_back_or_plan(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
        if isinstance(made, NoWeek):
            kind = HIDDEN if made.is_hidden else NO_WEEK
            says = " ".join((made.says, *made.would_help))
            return TodayCard(on=on, kind=kind, blocks=(), message=says, check=check)
        planned = next(day for day in made.days if day.date == on)
    return _card(planned, check, store, knowledge, clock)


def _week_ahead(store: Store, on: date) -> date | None:
    """Return when a kept week starts within the next days."""
    for days in range(1, DAYS_PER_WEEK):
        week = kept_week_of(store, on + timedelta(days=days))
        if week is not None and week["days"] and week_start(week) > on:
            return week_start(week)
    return None


def _before_the_week(
    on: date, starts: date, check: KneeCheck, store: Store, knowledge: Knowledge, clock: Clock
) -> TodayCard:
    says = (
        f"Nothing is planned today: your week starts on {starts:%A} {day_in_words(starts)}. A free "
        "day is a day to rest."
    )
    why = own_why(NOTHING_PLANNED, says)
    rest = rest_block(why)
    return TodayCard(
        on=on,
        kind=DayKind.REST.value,
        blocks=(rest,),
        message=says,
        week_starts=starts,
        notes=tuple(_noticed(store, knowledge, clock)),
        check=check,
    )


def _card(
    planned: Day, check: KneeCheck, store: Store, knowledge: Knowledge, clock: Clock
) -> TodayCard:
    told = kept_check_ins(store, knowledge)
    rules = Rules(knowledge.plans)
    present = present_on(planned, [each.day for each in told], store=store, knowledge=knowledge)
    starts = present.week_starts or planned.date
    present = replace(
        present,
        are_signs_open=_are_signs_open(told, planned.date, store, knowledge),
        eased_run=_eased_run(starts, planned.date, store, knowledge, clock) if told else (),
    )
    day, changes = _adapted(planned, present, rules, store, knowledge)
    rest_asked = _rest_asked(planned, present, rules) if planned.kind is DayKind.REST else None
    return TodayCard(
        on=planned.date,
        kind=day.kind.value,
        blocks=day.blocks,
        message=_message(day, changes, rest_asked),
        week_starts=starts,
        planned=planned,
        changes=changes,
        rest_asked=rest_asked,
        notes=tuple(_noticed(store, knowledge, clock)),
        check=check,
        has_run=planned.date in days_run(store, present.check_ins, planned.date, planned.date),
    )


def _adapted(
    planned: Day, present: Present, rules: Rules, store: Store, knowledge: Knowledge
) -> tuple[Day, tuple[Change, ...]]:
    """Return the day as it is now; what was done of a day without a run never brings one back."""
    day, changes = adapt_day(planned, present, rules)
    told = next((each for each in present.check_ins if each.on == planned.date), None)
    if day.kind is not DayKind.RUN or told is None or not tells_of_work(told):
        return day, changes
    first = before_work(present, planned.date, store=store, knowledge=knowledge)
    offered, offered_changes = adapt_day(planned, first, rules)
    return (day, changes) if offered.kind is DayKind.RUN else (offered, offered_changes)


def _rest_asked(planned: Day, present: Present, rules: Rules) -> Change | None:
    """Return what would ask for rest on a day of rest: it changes nothing, but is to be known."""
    day, changes = adapt_day(replace(planned, kind=DayKind.OFF), present, rules)
    return changes[0] if day.kind is DayKind.REST else None


def _are_signs_open(
    told: tuple[KeptCheckIn, ...], on: date, store: Store, knowledge: Knowledge
) -> bool:
    """Whether the check-in of today or, without one, of yesterday left warning signs open."""
    near = [each for each in told if 0 <= (on - each.day.on).days <= 1]
    return bool(near) and bool(
        open_signs(near[-1].day.on, near[-1].answers, store=store, knowledge=knowledge)
    )


def _eased_run(
    starts: date, on: date, store: Store, knowledge: Knowledge, clock: Clock
) -> tuple[Block, ...]:
    """Return the shortest run left of the week as it would be planned with what is known now."""
    now = plan_week(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    if isinstance(now, NoWeek):
        return ()
    runs = [day for day in now.days if day.kind is DayKind.RUN and day.date >= on]
    if not runs:
        return ()
    shortest = min(runs, key=lambda day: sum(each.distance_km or 0.0 for each in day.blocks))
    return tuple(each for each in shortest.blocks if each.kind.is_of_a_run)


_MESSAGES = {
    DayKind.RUN: "A run today, with its stretches and side steps.",
    DayKind.OFF: "No run today: a little work at home.",
    DayKind.CROSS: "Something other than running today.",
}


def _message(day: Day, changes: tuple[Change, ...], rest_asked: Change | None) -> str:
    if changes:
        return " ".join(f"{change.what} {change.saw}" for change in changes)
    if rest_asked is not None:
        return f"{rest_asked.what} {rest_asked.saw}"
    if day.kind is DayKind.REST:
        return " ".join(("Rest today.", *(block.why.says for block in day.blocks)))
    return _MESSAGES[day.kind]


def _noticed(store: Store, knowledge: Knowledge, clock: Clock) -> Iterator[Why]:
    """Say what the files tell of today and yesterday; a run of today that was planned is done."""
    today = clock.today()
    yesterday = today - timedelta(days=1)
    match = match_kept_runs(store, knowledge, yesterday, today)
    noticed = notice_runs(store, knowledge, clock, since=yesterday)
    unplanned = {each.run.id for each in noticed for why in each.says if why.rule == UNPLANNED}
    for run in runs_done(store, today, today):
        planned_for = match.planned_day_of(run)
        if planned_for == yesterday:
            says = "It counts as yesterday's, a day later: nothing is missing."
            yield own_why("run_a_day_later", f"{_on_file(run)} {says}")
        elif run.id not in unplanned:
            yield own_why("run_on_file", f"{_on_file(run)} That was today's.")
    for each in noticed:
        yield from each.says
    if yesterday not in match.done:
        yield from _left_out(yesterday, store, knowledge)


def _on_file(run: DoneRun) -> str:
    if run.distance_km is None:
        return "Your run is on file."
    return f"Your run of {run.distance_km:.1f} km is on file."


def _left_out(yesterday: date, store: Store, knowledge: Knowledge) -> Iterator[Why]:
    """Say of a run that was left out that it stays so; silence is no answer and says nothing."""
    week = kept_week_of(store, yesterday)
    planned = None if week is None else day_of(week, yesterday)
    if planned is None or planned.kind is not DayKind.RUN or runs_on(yesterday, store):
        return
    told = [each.day for each in kept_check_ins(store, knowledge)]
    (held,) = held_days([planned], told, store=store, knowledge=knowledge)
    # One that became a walk was not left out.
    is_run = held.day.kind is DayKind.RUN
    if is_run and held.told is not None and held.told.ran is False:
        yield own_why(
            "left_out",
            "Yesterday's run was left out, and stays left out. Today is as it was planned: missed "
            "work is never added on.",
        )


def as_it_stands(day: Day, card: TodayCard) -> Day:
    """Return a day of a week, today as its card has it now."""
    if day.date != card.on or card.kind in (HIDDEN, NO_WEEK):
        return day
    return Day(date=card.on, kind=DayKind(card.kind), blocks=card.blocks)


def today_document(card: TodayCard, knowledge: Knowledge) -> dict[str, Any]:
    """Build the document of today's card."""
    check, sources = card.check, knowledge.sources
    return {
        "date": card.on.isoformat(),
        "kind": card.kind,
        "blocks": [block_document(block, sources) for block in card.blocks],
        "message": card.message,
        "week_starts": None if card.week_starts is None else card.week_starts.isoformat(),
        "planned_kind": None if card.planned is None else card.planned.kind.value,
        "changes": [
            {"what": change.what, "saw": change.saw, **why_document(change.why, sources)}
            for change in card.changes
        ],
        "notes": [why_document(note, sources) for note in card.notes],
        "urgency": None if check is None else check.urgency.word,
        "red_flags": []
        if check is None
        else [flag_document(raised) for raised in check.red_flags if raised.is_present],
    }
