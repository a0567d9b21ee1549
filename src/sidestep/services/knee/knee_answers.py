"""Answers as people and programs write them, read and described; nothing is concluded here."""

import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sidestep.domain.triage.contradictions import contradictions
from sidestep.domain.triage.facts import AnswerKind, FactOrigin, Facts, FactValue, Question
from sidestep.domain.triage.possible_values import expected_of, is_possible
from sidestep.errors import AnswersError
from sidestep.services.did_you_mean import did_you_mean

UNKNOWN_WORDS = frozenset({"", "unknown", "don't know", "don’t know", "dont know"})
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


def parse_answers(
    raw: Mapping[str, object], questions: Mapping[str, Question], *, command: str = "knee"
) -> Facts:
    """Read answers by question id; what is left open (``null``, ``unknown``) stays unknown.

    ``command`` is the one whose ``--schema`` tells what is allowed.

    Raises
    ------
    AnswersError
        A question that does not exist, a value it does not allow, or two answers that do not fit
        each other; the message names all of them.
    """
    facts: dict[str, FactValue] = {}
    wrong: list[str] = []
    for id, value in raw.items():
        if id not in questions:
            wrong.append(f"{id}: there is no such question{did_you_mean(id, questions)}")
            continue
        try:
            answer = parse_answer(questions[id], value)
        except AnswersError as error:
            wrong.append(error.message)
            continue
        if answer is not None:
            facts[id] = answer
    wrong.extend(
        f"{_named(fact, facts)} does not fit {' and '.join(_named(each, facts) for each in others)}"
        for fact, others in contradictions(facts, questions)
    )
    if wrong:
        raise AnswersError(
            "; ".join(wrong), hint=f"See what may be answered with: sidestep {command} --schema"
        )
    return facts


def _named(fact: str, facts: Facts) -> str:
    value = _plain(facts[fact])
    if isinstance(value, bool):
        return f"{fact}: {'yes' if value else 'no'}"
    return f"{fact}: {value if not isinstance(value, list) else ', '.join(value) or 'none'}"


def parse_answer(question: Question, raw: object) -> FactValue | None:
    """Read one answer; ``None`` means that it is not known.

    Raises
    ------
    AnswersError
        The question does not allow it; the message gives the value and what is allowed.
    """
    if raw is None or (isinstance(raw, str) and raw.strip().lower() in UNKNOWN_WORDS):
        return None
    value = _as_fact(question.kind, raw)
    if value is not None and is_possible(question, value):
        return value
    hint = _meant_option(question, raw) if question.options else ""
    raise AnswersError(
        f"{question.id}: {_shown(raw)} is not among the answers;"
        f" expected {expected_of(question)}{hint}"
    )


def _as_fact(kind: AnswerKind, raw: object) -> FactValue | None:
    match kind, raw:
        case AnswerKind.YES_NO, str():
            return _YES_NO.get(raw.strip().lower())
        case AnswerKind.YES_NO, bool():
            return raw
        case AnswerKind.NUMBER, bool():
            return None
        case AnswerKind.NUMBER, int() | float() if math.isfinite(raw):
            return float(raw)
        case AnswerKind.CHOICE, str():
            return raw
        case AnswerKind.CHOICES, str():
            return frozenset({raw})
        case AnswerKind.CHOICES, list() if all(isinstance(each, str) for each in raw):
            return frozenset(raw)
        case _:
            return None


def allowed_facts(kept: object, questions: Mapping[str, Question]) -> dict[str, FactValue]:
    """Read answers that were kept; what today's questions no longer allow is left out."""
    answers: dict[str, object] = dict(kept) if isinstance(kept, dict) else {}
    facts: dict[str, FactValue] = {}
    for id, value in answers.items():
        if id in questions and questions[id].origin is FactOrigin.ASKED:
            with suppress(AnswersError):
                facts.update(parse_answers({id: value}, questions))
    return facts


def plain_facts(facts: Facts) -> dict[str, Any]:
    """Return facts as plain values for a file: sets as sorted lists, whole numbers as such."""
    return {id: _plain(value) for id, value in facts.items()}


def _plain(value: FactValue) -> bool | int | float | str | list[str]:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _shown(raw: object) -> str:
    text = repr(raw)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _meant_option(question: Question, raw: object) -> str:
    ids = [option.id for option in question.options]
    words = raw if isinstance(raw, list) else [raw]
    wrong = next((str(word) for word in words if word not in ids), "")
    return did_you_mean(wrong, ids)


def answers_schema(
    questions: Mapping[str, Question], title: str = "Answers to the knee check"
) -> dict[str, Any]:
    """Describe a file of answers as JSON Schema, draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": "Question ids with their answers. A question that is left out, null or"
        " “unknown” stays unknown, which is not the same as no.",
        "type": "object",
        "additionalProperties": False,
        "properties": {id: _answer_schema(question) for id, question in questions.items()},
    }


def _answer_schema(question: Question) -> dict[str, Any]:
    described = {"title": question.asks}
    if question.help:
        described["description"] = question.help
    unknown = {"enum": [None, *sorted(UNKNOWN_WORDS)], "title": "not known"}
    return {**described, "anyOf": [*_allowed(question), unknown]}


def _allowed(question: Question) -> list[dict[str, Any]]:
    options = [{"const": option.id, "title": option.label} for option in question.options]
    match question.kind:
        case AnswerKind.YES_NO:
            return [{"type": "boolean"}, {"enum": ["yes", "no"]}]
        case AnswerKind.CHOICE:
            return options
        case AnswerKind.CHOICES:
            return [{"type": "array", "items": {"anyOf": options}, "uniqueItems": True}, *options]
        case AnswerKind.NUMBER:
            number: dict[str, Any] = {"type": "number"}
            for key, limit in (("minimum", question.minimum), ("maximum", question.maximum)):
                if limit is not None:
                    number[key] = _plain(limit)
            if question.unit:
                number["title"] = question.unit
            return [number]
