"""Takes a day's check-in: what is asked, what is kept, and what it means at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.followed_workout import shows_side_steps
from sidestep.domain.planning.pain_response import Response, exercise_step, next_step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.triage.check_in_questions import NEW_SIGNS, PAIN, day_questions, warning_signs
from sidestep.domain.triage.facts import Facts, FactValue, Question
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.interview import questions_left
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.errors import AnswersError
from sidestep.services.check_ins.kept_check_ins import KeptCheckIn, kept_check_ins
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.knee.check_knee import check_answers, recheck
from sidestep.services.knee.knee_answers import answers_schema, parse_answers, plain_facts
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.week.exported_workouts import Workout, exported_workouts

DATE = "date"
RAN, SIDE_STEPS, EFFORT, NEXT_MORNING = "ran", "side_steps", "effort_rpe", "pain_next_morning"
_ASKED_LATER = {
    PAIN: "How much did it hurt that day, away from training?",
    "pain_this_morning": "How much did it hurt that morning?",
}
"""How a question is put when the day is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDay:
    """A check-in as kept, and what it means.

    Attributes
    ----------
    check
        The knee with this check-in; ``None`` when the knee was never checked and no sign is known.
    running, exercises
        What the latest runs and exercises ask for; ``None`` when nothing is known of them.
    are_signs_open
        Whether something is new, or the pain rose with that left open, and a sign has no answer.
    on_file
        Which of the answers files show, too.
    effort_kept_with
        The activity the effort was kept with, ``None`` when there was not exactly one run.
    """

    on: date
    answers: Facts
    check: KneeCheck | None
    running: Response | None
    exercises: Response | None
    are_signs_open: bool
    effort_kept_with: str | None
    on_file: tuple[str, ...] = ()

    @property
    def is_plan_hidden(self) -> bool:
        """Whether the knee, as it is told now, puts the plan away."""
        return self.check is not None and self.check.plan is PlanAccess.HIDDEN


def check_day(on: date, today: date) -> None:
    """Refuse a day that has yet to come.

    Raises
    ------
    AnswersError
        It lies ahead.
    """
    if on > today:
        raise AnswersError(
            f"{day_in_words(on)} lies ahead; a check-in tells of today or of a day before",
            hint="Leave --on out for today.",
        )


def questions_on(on: date, *, store: Store, knowledge: Knowledge) -> dict[str, Question]:
    """Return what the check-in of a day may tell, from what was known before it.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    latest = store.latest_document(DocumentKind.KNEE_CHECK)
    known = {} if latest is None else dict(latest.content["result"]["facts"])
    return day_questions(
        knowledge.check_in_questions,
        knowledge.questions,
        knowledge.red_flags,
        known={id: _fact(value) for id, value in known.items()},
    )


def asked_on(on: date, today: date, questions: Mapping[str, Question]) -> dict[str, Question]:
    """Return the questions as they are put: today leaves its next morning out."""
    if on == today:
        return {id: each for id, each in questions.items() if id != NEXT_MORNING}
    return {
        id: replace(each, asks=_ASKED_LATER.get(id, each.asks)) for id, each in questions.items()
    }


def _fact(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list) else value


def pain_before(on: date, check_ins: tuple[KeptCheckIn, ...], store: Store) -> float | None:
    """Return the newest pain told before a day: of a check-in, else of the knee check."""
    told = [each.day.pain for each in check_ins if each.day.on < on and each.day.pain is not None]
    if told:
        return told[-1]
    latest = store.latest_document(DocumentKind.KNEE_CHECK)
    pain = None if latest is None else latest.content["answers"].get(PAIN)
    return None if pain is None else float(pain)


def schema(knowledge: Knowledge) -> dict[str, Any]:
    """Describe a file of a day's answers as JSON Schema."""
    described = answers_schema(_all_questions(knowledge), "Answers of a day's check-in")
    day = {
        "title": "The day it tells of",
        "description": "Today unless given.",
        "type": "string",
        "format": "date",
    }
    return {**described, "properties": {DATE: day, **described["properties"]}}


def parse_day(raw: Mapping[str, object], knowledge: Knowledge) -> tuple[date | None, Facts]:
    """Read a day's answers, and the day where they name one.

    Raises
    ------
    AnswersError
        A question that does not exist, a value it does not allow, or no date.
    """
    answers = {id: value for id, value in raw.items() if id != DATE}
    facts = parse_answers(answers, _all_questions(knowledge), command="log")
    if raw.get(DATE) is None:
        return None, facts
    try:
        return date.fromisoformat(str(raw[DATE])), facts
    except ValueError as wrong:
        raise AnswersError(
            f"{DATE}: {str(raw[DATE])!r} is not a date; write it like 2026-11-23",
            hint="See what may be answered with: sidestep log --schema",
        ) from wrong


def _all_questions(knowledge: Knowledge) -> dict[str, Question]:
    return {
        PAIN: knowledge.questions[PAIN],
        **warning_signs(knowledge.questions, knowledge.red_flags),
        **knowledge.check_in_questions,
    }


def answers_on_record(on: date, store: Store) -> Facts:
    """Return what the files already tell of a day: that there was a run, with its side steps.

    The side steps are told only when the watch led through a workout that was exported for the
    day, or for the day before where there was none, all of them in full. Otherwise they are left
    open: no laps are no answer.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    runs = runs_on(on, store)
    if not runs:
        return {}
    led = [run.step_laps for run in runs if run.step_laps]
    workouts = _workouts_of(on, store) if led else ()
    is_shown = any(shows_side_steps(laps, workout) for laps in led for workout in workouts)
    return {RAN: True, SIDE_STEPS: True} if is_shown else {RAN: True}


def _workouts_of(on: date, store: Store) -> tuple[Workout, ...]:
    """Return the workouts of a day; without one, those of the day before: a run can be late."""
    return exported_workouts(store, on) or exported_workouts(store, on - timedelta(days=1))


def runs_on(on: date, store: Store) -> list[ActivitySummary]:
    """Return the runs on file of a day that count."""
    return [
        each
        for each in store.activities()
        if each.local_date == on and each.sport.is_running and each.is_counted
    ]


def log_day(
    on: date, answers: Facts, *, store: Store, knowledge: Knowledge, clock: Clock
) -> LoggedDay:
    """Keep a check-in and tell what it means; a new one for the same day takes its place.

    Earlier ones stay on record. How hard the run was is kept with the run when there is one.

    Raises
    ------
    AnswersError
        The day lies ahead.
    StorageError
        The records cannot be read or written.
    """
    check_day(on, clock.today())
    answers = {**answers_on_record(on, store), **answers}
    content = {"date": on.isoformat(), "answers": plain_facts(answers)}
    keep_document(DocumentKind.CHECK_IN, content, store=store, knowledge=knowledge, clock=clock)
    kept_with = _keep_effort(on, answers, store)
    return told_day(
        on,
        answers,
        effort_kept_with=kept_with,
        store=store,
        knowledge=knowledge,
        clock=clock,
    )


def told_day(
    on: date,
    answers: Facts,
    *,
    effort_kept_with: str | None = None,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
) -> LoggedDay:
    """Tell what a day that was told of means as of now; nothing is kept.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    days = days_told(store, knowledge)
    # A sign told earlier that day stays until it is answered again.
    told = next(
        (each.answers for each in kept_check_ins(store, knowledge) if each.day.on == on), answers
    )
    rules, today = Rules(knowledge.plans), clock.today()
    return LoggedDay(
        on=on,
        answers=answers,
        check=knee_as_told(store, knowledge, clock),
        running=next_step(days, today, rules, pain_at_knee_check(store)),
        exercises=exercise_step(days, today, rules),
        are_signs_open=bool(open_signs(on, told, store=store, knowledge=knowledge)),
        effort_kept_with=effort_kept_with,
        on_file=tuple(
            id for id, value in answers_on_record(on, store).items() if answers.get(id) == value
        ),
    )


def days_told(store: Store, knowledge: Knowledge) -> tuple[CheckIn, ...]:
    """Return the days as they were told, oldest first.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return tuple(each.day for each in kept_check_ins(store, knowledge))


def open_signs(
    on: date,
    answers: Facts,
    passed_over: Collection[str] = (),
    *,
    store: Store,
    knowledge: Knowledge,
) -> tuple[Question, ...]:
    """Return the warning signs that a day's answers leave open, in the order they are asked.

    They are asked when something is new, or when nothing was said of that and the pain rose. That
    nothing is new answers them all; a sign that was told of stays told.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    is_new = answers.get(NEW_SIGNS)
    if is_new is False or (is_new is None and not _rose(on, answers, store, knowledge)):
        return ()
    questions = questions_on(on, store=store, knowledge=knowledge)
    signs = warning_signs(knowledge.questions, knowledge.red_flags)
    left = questions_left(questions, answers, passed_over)
    return tuple(each for each in left if each.id in signs)


def _rose(on: date, answers: Facts, store: Store, knowledge: Knowledge) -> bool:
    pain = answers.get(PAIN)
    if not isinstance(pain, float):
        return False
    before = pain_before(on, kept_check_ins(store, knowledge), store) or 0.0
    return pain >= before + Rules(knowledge.plans).number("pain_change_min")


def knee_as_told(store: Store, knowledge: Knowledge, clock: Clock) -> KneeCheck | None:
    """Return the knee as the newest answers and the check-ins tell it.

    Without a knee check the warning signs that were told count all the same; ``None`` when there
    are none.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    checked = recheck(store, knowledge, clock)
    if checked is not None:
        return checked
    signs = warning_signs(knowledge.questions, knowledge.red_flags)
    told: dict[str, FactValue] = {}
    for each in kept_check_ins(store, knowledge):
        told.update({id: value for id, value in each.answers.items() if id in signs})
    alone = check_answers(told, knowledge)
    return alone if any(raised.is_present for raised in alone.red_flags) else None


def _keep_effort(on: date, answers: Facts, store: Store) -> str | None:
    effort, runs = answers.get(EFFORT), runs_on(on, store)
    if not isinstance(effort, float) or len(runs) != 1:
        return None
    store.set_effort(runs[0].id, effort)
    return runs[0].id


def pain_at_knee_check(store: Store) -> float | None:
    """Return the pain told at the newest knee check, ``None`` when it was not."""
    return pain_before(date.max, (), store)
