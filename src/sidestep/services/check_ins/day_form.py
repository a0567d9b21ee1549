"""A day's check-in on one page: what it asks, what is filled in, what its short answers mean.

Keeping it is ``log_day``'s business; whether a warning sign is open as well.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.today import adapt_day
from sidestep.domain.planning.week import BlockKind
from sidestep.domain.triage.check_in_questions import (
    SAME_PLACE,
    warning_signs,
)
from sidestep.domain.triage.facts import AnswerKind, Facts, FactValue, Question, is_worth_asking
from sidestep.services.check_ins.kept_check_ins import (
    KeptCheckIn,
    kept_check_ins,
)
from sidestep.services.check_ins.log_day import (
    EFFORT,
    RAN,
    asked_on,
    open_signs,
    questions_on,
    runs_on,
)
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.kept_week import day_of, kept_week_of
from sidestep.services.week.present_day import before_work, present_on

DID, ALL, SOME, NONE = "did", "all", "some", "none"
"""The short answer to all that was planned, in the place of one answer for each thing."""

ENERGY = "energy_level"
AS_LAST_TIME = (SAME_PLACE, ENERGY)
"""Answers that hold from one day to the next until somebody says otherwise. No pain is one."""

ANSWER_OF = {
    BlockKind.RUN: RAN,
    BlockKind.STRETCH_BEFORE: "stretched_before",
    BlockKind.SHUFFLE: "side_steps",
    BlockKind.STRETCH_AFTER: "stretched_after",
    BlockKind.LATERAL: "lateral_work",
    BlockKind.STRENGTH: "strength",
}
"""Which answer tells of a kind of block."""

_UNPLANNED = (RAN, "lateral_work", "strength")
"""What may be done without a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayForm:
    """What the page of a day asks.

    Attributes
    ----------
    questions
        As they are put on that day, without the warning signs.
    planned
        Answers that tell of what was planned, in the order of the day; empty without a plan.
    filled
        What is filled in: told before or done in the player, on file, or as last time.
    as_last_time
        Which of those only come from the last day told.
    last_pain
        The pain told last, shown beside the numbers and never filled in.
    ran_km
        The day's runs on file together, ``None`` without one.
    asks_morning
        Whether yesterday held something that this morning tells of.
    is_told
        Whether the day was told of before.
    """

    on: date
    is_today: bool
    questions: Mapping[str, Question]
    planned: tuple[str, ...]
    filled: Facts
    as_last_time: frozenset[str]
    last_pain: float | None
    ran_km: float | None
    asks_morning: bool
    is_told: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """What can have been done, planned or not."""
        return (*self.planned, *(id for id in _UNPLANNED if id not in self.planned))

    @property
    def did(self) -> str:
        """The short answer that says what is filled in, empty where nothing is."""
        known = [
            self.filled[id] is True
            for id in self.planned
            if id in self.filled and not (id == RAN and self.ran_km is not None)
        ]
        if not known:
            return ""
        if len(known) >= len(self.planned) - (self.ran_km is not None) and all(known):
            return ALL
        return SOME if any(known) else NONE

    @property
    def has_run(self) -> bool:
        """Whether a run was planned, is on file or was told of."""
        return RAN in self.planned or self.filled.get(RAN) is True


def day_form(
    on: date, *, store: Store, knowledge: Knowledge, clock: Clock, done: Facts | None = None
) -> DayForm:
    """Return what the page of a day asks and what is filled in.

    Parameters
    ----------
    done
        What was done in the player that day; what was told of the day itself wins over it.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    told = kept_check_ins(store, knowledge)
    today = next((each for each in told if each.day.on == on), None)
    before = [each for each in told if each.day.on < on]
    runs = runs_on(on, store)
    last_time = _as_last_time(before)
    on_file: dict[str, FactValue] = {RAN: True} if runs else {}
    efforts = [run.effort_rpe for run in runs if run.effort_rpe is not None]
    if len(runs) == 1 and efforts:
        on_file[EFFORT] = efforts[0]
    known: Facts = {} if today is None else today.answers
    filled = {**last_time, **(done or {}), **on_file, **known}
    signs = warning_signs(knowledge.questions, knowledge.red_flags)
    put = asked_on(on, clock.today(), questions_on(on, store=store, knowledge=knowledge))
    return DayForm(
        on=on,
        is_today=on == clock.today(),
        questions={id: each for id, each in put.items() if id not in signs},
        planned=_planned_answers(on, told, store, knowledge),
        filled={id: value for id, value in filled.items() if id not in signs},
        as_last_time=frozenset(last_time) - {*(done or {}), *on_file, *known},
        last_pain=next(
            (each.day.pain for each in reversed(before) if each.day.pain is not None), None
        ),
        ran_km=sum(run.distance_km or 0.0 for run in runs) if runs else None,
        asks_morning=_asks_morning(on, before, store),
        is_told=today is not None,
    )


def _as_last_time(before: Sequence[KeptCheckIn]) -> dict[str, FactValue]:
    """Return what stays as it was told last. That it hurts somewhere else is asked anew."""
    if not before:
        return {}
    last = before[-1].answers
    return {
        id: last[id]
        for id in AS_LAST_TIME
        if id in last and not (id == SAME_PLACE and not last[id])
    }


def _asks_morning(on: date, before: Sequence[KeptCheckIn], store: Store) -> bool:
    yesterday = on - timedelta(days=1)
    told = next((each.day for each in before if each.day.on == yesterday), None)
    has_trained = told is not None and any((told.ran, told.lateral_work, told.strength))
    return has_trained or bool(runs_on(yesterday, store))


def _planned_answers(
    on: date, told: Sequence[KeptCheckIn], store: Store, knowledge: Knowledge
) -> tuple[str, ...]:
    """Return the answers that tell of what a day asked for.

    The days before may have changed it, and so may what was told of it before anything was done.
    """
    week = kept_week_of(store, on)
    day = None if week is None else day_of(week, on)
    if day is None:
        return ()
    present = present_on(day, [each.day for each in told], store=store, knowledge=knowledge)
    first = before_work(present, on, store=store, knowledge=knowledge)
    asked, _ = adapt_day(day, first, Rules(knowledge.plans))
    return tuple(
        dict.fromkeys(ANSWER_OF[each.kind] for each in asked.blocks if each.kind in ANSWER_OF)
    )


def spelled_out(raw: Mapping[str, str], form: DayForm) -> dict[str, object]:
    """Return the answers of a page one by one, as a file of answers would give them.

    The short answer stands for what was planned; without one each answer speaks for itself. What
    hangs on something that was not so is left out.
    """
    answers: dict[str, object] = {
        id: _as_written(form.questions[id], value)
        for id, value in raw.items()
        if id in form.questions and value != ""
    }
    did = raw.get(DID)
    if did in (ALL, NONE):
        answers |= dict.fromkeys(form.planned, did == ALL)
    elif did == SOME:
        answers |= {id: answers.get(id, False) for id in form.planned}
    if form.ran_km is not None:
        # A file tells of a run; that nothing planned was done does not undo it.
        answers[RAN] = True
    plain = {id: value for id, value in answers.items() if isinstance(value, bool | float | str)}
    return {
        id: value
        for id, value in answers.items()
        if is_worth_asking(form.questions[id], plain) is not False
    }


def _as_written(question: Question, value: str) -> object:
    """Return a value of a form as a file would hold it; one that is none is refused later."""
    if question.kind is AnswerKind.YES_NO and value in ("yes", "no"):
        return value == "yes"
    if question.kind is AnswerKind.NUMBER:
        with suppress(ValueError):
            return float(value)
    return value


def signs_left(
    on: date, passed_over: Sequence[str], *, store: Store, knowledge: Knowledge
) -> tuple[Question, ...]:
    """Return the warning signs that a day told of leaves open, in the order they are asked.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    told = answers_told(on, store=store, knowledge=knowledge)
    return open_signs(on, told, passed_over, store=store, knowledge=knowledge)


def answers_told(on: date, *, store: Store, knowledge: Knowledge) -> Facts:
    """Return what was told of a day, nothing when nothing was.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    told = (each for each in kept_check_ins(store, knowledge) if each.day.on == on)
    return next((each.answers for each in told), {})
