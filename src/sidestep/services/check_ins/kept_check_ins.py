"""The check-ins as they are kept, one that counts per day; what they mean is decided elsewhere."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime

from sidestep.domain.planning.check_in import CheckIn, MissedWhy
from sidestep.domain.triage.check_in_questions import NEW_SIGNS, SAME_PLACE, warning_signs
from sidestep.domain.triage.facts import Facts, FactValue, Question
from sidestep.errors import AnswersError
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.knee_answers import parse_answer
from sidestep.services.ports import Knowledge, Store, StoredDocument

MOST_READ = 20_000
_READ: dict[tuple[str, str], Facts] = {}

_TOLD = tuple(field.name for field in fields(CheckIn) if field.name not in ("on", "is_swollen"))
_REASONS = {name for name in _TOLD if name.startswith("missed_why")}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCheckIn:
    """What was answered about a day, when, and as a value."""

    made_at: datetime
    answers: Facts
    day: CheckIn


def kept_check_ins(store: Store, knowledge: Knowledge) -> tuple[KeptCheckIn, ...]:
    """Return the newest check-in of each day, by day.

    It takes the place of those before it, except that a warning sign told earlier that day stays
    until it is answered again: silence takes none back. That nothing was new then says nothing of
    later. Answers that today's questions no longer allow count as unknown.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    questions = {**knowledge.questions, **knowledge.check_in_questions}
    staying = {
        NEW_SIGNS,
        SAME_PLACE,
        *warning_signs(knowledge.questions, knowledge.red_flags),
    }
    newest: dict[date, KeptCheckIn] = {}
    for document in store.documents(DocumentKind.CHECK_IN):
        on = date.fromisoformat(str(document.content["date"]))
        earlier = newest[on].answers if on in newest else {}
        stays = {
            id: value
            for id, value in earlier.items()
            if id in staying and (id, value) != (NEW_SIGNS, False)
        }
        answers = {**stays, **_answers_read(document, questions, knowledge.version)}
        newest[on] = KeptCheckIn(
            made_at=document.made_at, answers=answers, day=check_in_of(on, answers)
        )
    return tuple(newest[on] for on in sorted(newest))


def told_before_work(on: date, store: Store, knowledge: Knowledge) -> CheckIn | None:
    """Return what was told last of a day before anything done on it was told, ``None`` without.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    questions = {**knowledge.questions, **knowledge.check_in_questions}
    before = None
    for document in store.documents(DocumentKind.CHECK_IN):
        if document.content["date"] == on.isoformat():
            told = check_in_of(on, _answers_read(document, questions, knowledge.version))
            if tells_of_work(told):
                break
            before = told
    return before


def tells_of_work(told: CheckIn) -> bool:
    """Whether a check-in says of anything that it was done or left out."""
    return any(each is not None for each in (told.ran, told.lateral_work, told.strength))


def check_in_of(on: date, answers: Facts) -> CheckIn:
    """Return answers about a day as a value."""
    told = {name: answers[name] for name in _TOLD if name in answers}
    for name in _REASONS & told.keys():
        told[name] = MissedWhy(str(told[name]))
    return CheckIn(on=on, is_swollen=_is_swollen(answers), **told)  # type: ignore[arg-type]


def _is_swollen(answers: Facts) -> bool | None:
    if answers.get("knee_hot_swollen") is True:
        return True
    swelling = answers.get("swelling")
    return None if swelling is None else swelling != "none"


def _answers_read(
    document: StoredDocument, questions: Mapping[str, Question], knowledge_version: str
) -> Facts:
    """Read a check-in once for each knowledge: its id names its content, and ten years are many."""
    key = document.id, knowledge_version
    if key not in _READ:
        if len(_READ) >= MOST_READ:
            _READ.clear()
        _READ[key] = _answers(document, questions)
    return _READ[key]


def _answers(document: StoredDocument, questions: Mapping[str, Question]) -> Facts:
    answers: dict[str, FactValue] = {}
    for id, value in dict(document.content["answers"]).items():
        # They were held against each other when they were given; a year of days is read at once.
        with suppress(AnswersError, KeyError):
            answer = parse_answer(questions[id], value)
            if answer is not None:
                answers[id] = answer
    return answers
