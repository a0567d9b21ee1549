"""Answers on their way through a visit: taken, taken back, kept for a day, handed to an account.

Whoever answers may be nobody we know. What the answers mean is decided by the knee check.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sidestep.domain.triage.contradictions import contradictions
from sidestep.domain.triage.facts import (
    AnswerKind,
    Facts,
    FactValue,
    Question,
    complete_facts,
    is_worth_asking,
)
from sidestep.domain.triage.interview import asked_again
from sidestep.domain.triage.screens import Visit
from sidestep.errors import AnswersError
from sidestep.services.knee.check_knee import check_and_keep, check_answers
from sidestep.services.knee.knee_answers import allowed_facts, parse_answer, plain_facts
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.ports.people import People

LASTS = timedelta(days=1)
"""How long answers on their way are kept: warning signs change within days."""

ASKED, NONE, UNKNOWN, GO_ON = "asked", "none", "unknown", "go_on"
"""Names in a form: what was put, and the questions that were answered so."""

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDraft:
    """How far somebody has got.

    Attributes
    ----------
    answers
        What is known so far.
    passed_over
        What was put and left open.
    put
        The screens that were answered, in that order.
    earlier
        What was said before and has to be said again; shown, never taken by itself.
    wants_tests
        Whether the small tests at home are wished for.
    is_done
        Whether the knee was checked on these answers.
    """

    answers: Facts = field(default_factory=dict)
    passed_over: frozenset[str] = frozenset()
    put: tuple[tuple[str, ...], ...] = ()
    earlier: Facts = field(default_factory=dict)
    wants_tests: bool = False
    is_done: bool = False

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to go on from."""
        return bool(self.put or self.answers)


class Trouble(StrEnum):
    """Why an answer was not taken."""

    WRONG = "wrong"
    OPEN = "open"
    CLASH = "clash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An answer that was not taken; ``others`` are the questions whose answers it does not fit."""

    question_id: str
    trouble: Trouble
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a screen's answers.

    Attributes
    ----------
    draft
        With the answers; as it was before when there are ``problems``.
    said
        What the form said, as far as it could be read, so that nothing has to be typed again.
    typed
        Numbers as they were typed.
    """

    draft: VisitDraft
    problems: tuple[Problem, ...] = ()
    said: Facts = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


def visit_of(knowledge: Knowledge) -> Visit:
    """Return the order in which a visit asks."""
    return Visit(knowledge.questions, knowledge.red_flags)


def take_answers(draft: VisitDraft, form: Form, knowledge: Knowledge) -> Taken:
    """Take the answers of one screen, all or none.

    What was left empty is asked for once more unless it is optional; what hangs on an answer that
    was changed is forgotten.
    """
    questions = visit_of(knowledge).questions
    asked = tuple(dict.fromkeys(id for id in form.get(ASKED, ()) if id in questions))
    said: dict[str, FactValue] = {}
    left_open: set[str] = set()
    problems: list[Problem] = []
    for id in asked:
        answer = _read(questions[id], form)
        if isinstance(answer, Trouble):
            is_passed_over = answer is Trouble.OPEN and (
                questions[id].is_optional or bool(form.get(GO_ON))
            )
            if is_passed_over:
                left_open.add(id)
            else:
                problems.append(Problem(question_id=id, trouble=answer))
        elif answer is None:
            left_open.add(id)
        else:
            said[id] = answer
    kept = {id: value for id, value in draft.answers.items() if id not in asked}
    answers = _without_what_fell_away({**kept, **said}, asked, questions)
    problems.extend(_clashes(answers, asked, questions))
    if problems or not asked:
        typed = {id: form[id][0] for id in asked if form.get(id)}
        return Taken(draft=draft, problems=tuple(problems), said=said, typed=typed)
    passed_over = (draft.passed_over - set(asked)) | left_open
    earlier = {id: value for id, value in draft.earlier.items() if id not in asked}
    put = tuple(rest for rest in (_rest(each, asked) for each in draft.put) if rest)
    return Taken(
        draft=replace(
            draft,
            answers=answers,
            passed_over=passed_over,
            put=(*put, asked),
            earlier=earlier,
            is_done=False,
        )
    )


def _rest(screen: tuple[str, ...], asked: Collection[str]) -> tuple[str, ...]:
    return tuple(id for id in screen if id not in asked)


def _read(question: Question, form: Form) -> FactValue | Trouble | None:
    """Read one answer; ``None``: she does not know, ``Trouble``: it cannot be taken."""
    values = [each.strip() for each in form.get(question.id, ()) if each.strip()]
    if question.id in form.get(UNKNOWN, ()):
        return None
    if question.id in form.get(NONE, ()):
        return Trouble.WRONG if values else frozenset()
    if not values:
        return Trouble.OPEN
    raw: object = values[-1]
    if question.kind is AnswerKind.CHOICES:
        raw = values
    elif question.kind is AnswerKind.NUMBER:
        # Half of the world writes a comma.
        with suppress(ValueError):
            raw = float(values[-1].replace(",", "."))
    try:
        return parse_answer(question, raw)
    except AnswersError:
        return Trouble.WRONG


def _without_what_fell_away(
    answers: Facts, asked: Collection[str], questions: Mapping[str, Question]
) -> dict[str, FactValue]:
    """Drop answers to questions that would not be put any more, now that others were changed."""
    left = dict(answers)
    while True:
        known = complete_facts(left, questions)
        fallen = [
            id
            for id in left
            if id not in asked
            and (
                is_worth_asking(questions[id], known) is False
                or _is_no_longer_among(left, questions[id], asked)
            )
        ]
        if not fallen:
            return left
        for id in fallen:
            del left[id]


def _is_no_longer_among(answers: Facts, question: Question, asked: Collection[str]) -> bool:
    chosen = answers.get(question.one_of)
    return (
        question.one_of in asked
        and isinstance(chosen, frozenset)
        and answers[question.id] not in chosen
    )


def _clashes(
    answers: Facts, asked: Collection[str], questions: Mapping[str, Question]
) -> list[Problem]:
    found = []
    for fact, others in contradictions(answers, questions):
        named = (fact, *others)
        here = [id for id in named if id in asked]
        if here:
            rest = tuple(id for id in named if id != here[0])
            found.append(Problem(question_id=here[0], trouble=Trouble.CLASH, others=rest))
    return found


def take_back(draft: VisitDraft) -> VisitDraft:
    """Take the last screen's answers back; they are shown when it is put again."""
    if not draft.put:
        return draft
    last = draft.put[-1]
    taken = {id: draft.answers[id] for id in last if id in draft.answers}
    return replace(
        draft,
        answers={id: value for id, value in draft.answers.items() if id not in last},
        passed_over=draft.passed_over - set(last),
        put=draft.put[:-1],
        earlier={**draft.earlier, **taken},
        is_done=False,
    )


def with_tests(draft: VisitDraft) -> VisitDraft:
    """Return the draft of somebody who wants to do the small tests at home too."""
    return replace(draft, wants_tests=True, is_done=False)


def answer_again(answers: Facts, knowledge: Knowledge) -> VisitDraft:
    """Return a draft that asks for the warning signs and the pain again, and keeps the rest."""
    old = asked_again(knowledge.questions, knowledge.red_flags)
    return VisitDraft(
        answers={id: value for id, value in answers.items() if id not in old},
        earlier={id: value for id, value in answers.items() if id in old},
    )


def is_at_its_end(draft: VisitDraft, knowledge: Knowledge) -> bool:
    """Tell whether nothing is left to ask, or nothing may be asked any more: an emergency."""
    screen = visit_of(knowledge).next_screen(
        draft.answers, draft.passed_over, with_tests=draft.wants_tests
    )
    return screen is None or check_answers(draft.answers, knowledge).is_emergency


def finish(
    draft: VisitDraft, *, store: Store | None, knowledge: Knowledge, clock: Clock
) -> VisitDraft:
    """Mark the answers as checked; with a store, keep the check in it.

    Raises
    ------
    StorageError
        The records cannot be read or written.
    """
    if store is not None:
        check_and_keep(draft.answers, store=store, knowledge=knowledge, clock=clock)
    return replace(draft, is_done=True)


def load_draft(key: str, *, people: People, knowledge: Knowledge, clock: Clock) -> VisitDraft:
    """Return the answers on their way under a key; an empty draft when there are none any more.

    Answers that today's questions do not allow are left out: unknown is never milder.
    """
    content = people.draft(_own(key), clock.now())
    if content is None:
        return VisitDraft()
    questions = visit_of(knowledge).questions
    put = tuple(tuple(id for id in screen if id in questions) for screen in content.get("put", ()))
    return VisitDraft(
        answers=allowed_facts(content.get("answers"), questions),
        passed_over=frozenset(content.get("passed_over", ())) & questions.keys(),
        put=tuple(screen for screen in put if screen),
        earlier=allowed_facts(content.get("earlier"), questions),
        wants_tests=bool(content.get("wants_tests")),
        is_done=bool(content.get("is_done")),
    )


def save_draft(
    key: str, draft: VisitDraft, *, people: People, clock: Clock, owner_id: str | None
) -> None:
    """Keep answers on their way for a day; with the first of them, others' that have expired go."""
    now = clock.now()
    if len(draft.put) <= 1:
        people.drop_expired(now)
    content: dict[str, Any] = {
        "answers": plain_facts(draft.answers),
        "passed_over": sorted(draft.passed_over),
        "put": [list(screen) for screen in draft.put],
        "earlier": plain_facts(draft.earlier),
        "wants_tests": draft.wants_tests,
        "is_done": draft.is_done,
    }
    people.keep_draft(_own(key), content, now + LASTS, owner_id)


def forget_draft(key: str, people: People) -> None:
    """Erase answers on their way at once."""
    people.drop_draft(_own(key))


def take_over(
    visit_key: str,
    owner_key: str,
    owner_id: str,
    *,
    people: People,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
) -> VisitDraft:
    """Hand what a visitor answered to the account that was signed in to, and forget the visit.

    Raises
    ------
    StorageError
        The records cannot be read or written.
    """
    draft = load_draft(visit_key, people=people, knowledge=knowledge, clock=clock)
    if draft.has_begun:
        if is_at_its_end(draft, knowledge):
            draft = finish(draft, store=store, knowledge=knowledge, clock=clock)
        save_draft(owner_key, draft, people=people, clock=clock, owner_id=owner_id)
    forget_draft(visit_key, people)
    return draft


def _own(key: str) -> str:
    """Return the knee's own key, beside whatever else is on its way under the same one."""
    return hashlib.sha256(f"knee {key}".encode()).hexdigest()
