"""Rules of the knee check with everything filled in that a test does not speak of."""

from collections.abc import Mapping
from datetime import date

from sidestep.domain.triage.conditions import Compare, Comparison, Condition
from sidestep.domain.triage.facts import AnswerKind, FactValue, Option, Question
from sidestep.domain.triage.rules import (
    Cause,
    Clue,
    IfUnknown,
    Myth,
    Pattern,
    PlanAccess,
    RedFlag,
    Urgency,
)
from sidestep.domain.vocabulary.evidence import Backing, Basis

SINCE = date(2026, 11, 22)
DESIGN = Backing(basis=Basis.DESIGN)


def fact_is(fact: str, value: FactValue = True) -> Compare:
    return Compare(fact, Comparison.IS, value)


def yes_no(id: str, **gates: FactValue) -> Question:
    """A yes/no question; with gates, ``no`` follows when one of them is known not to hold."""
    return Question(
        id=id,
        section="signs",
        asks=f"Is it {id}?",
        kind=AnswerKind.YES_NO,
        only_if={fact: frozenset({value}) for fact, value in gates.items()} or None,
        otherwise=False if gates else None,
    )


def number(id: str, minimum: float = 0, maximum: float = 10, unit: str = "") -> Question:
    return Question(
        id=id,
        section="signs",
        asks=f"How much {id}?",
        kind=AnswerKind.NUMBER,
        minimum=minimum,
        maximum=maximum,
        unit=unit,
    )


def choice(id: str, *options: str, kind: AnswerKind = AnswerKind.CHOICE) -> Question:
    return Question(
        id=id,
        section="where",
        asks=f"Which {id}?",
        kind=kind,
        options=tuple(Option(id=option, label=option.capitalize()) for option in options),
    )


def choices(id: str, *options: str) -> Question:
    return choice(id, *options, kind=AnswerKind.CHOICES)


def by_id(*questions: Question) -> Mapping[str, Question]:
    return {question.id: question for question in questions}


def red_flag(
    id: str,
    when: Condition,
    urgency: Urgency = Urgency.URGENT,
    if_unknown: IfUnknown = IfUnknown.ESCALATE,
) -> RedFlag:
    return RedFlag(
        id=id,
        title=f"Flag {id}",
        since=SINCE,
        when=when,
        if_unknown=if_unknown,
        urgency=urgency,
        who="a doctor",
        how_soon="soon",
        says=f"This is {id}.",
        backing=DESIGN,
    )


def clue(when: Condition, says: str = "It does.", weight: int = 1) -> Clue:
    return Clue(when=when, says=says, weight=weight)


def pattern(
    id: str,
    where: Condition,
    *raised_by: Clue,
    lowered_by: tuple[Clue, ...] = (),
    shown_from: int = 1,
    plan: PlanAccess = PlanAccess.ALLOWED,
) -> Pattern:
    return Pattern(
        id=id,
        title=f"Pattern {id}",
        since=SINCE,
        says=f"It may feel like {id}.",
        where=where,
        raised_by=raised_by,
        lowered_by=lowered_by,
        shown_from=shown_from,
        plan=plan,
        plan_says=f"With {id} the plan is {plan.word}.",
        ask_a_clinician=f"Is it {id}?",
        backing=DESIGN,
    )


def cause(id: str, present_when: Condition) -> Cause:
    return Cause(
        id=id,
        title=f"Cause {id}",
        since=SINCE,
        present_when=present_when,
        says="It may add to it.",
        known="Little is known.",
        plan_does="Nothing.",
        exercises=(),
        backing=DESIGN,
    )


def myth(id: str, believed_when: Condition) -> Myth:
    return Myth(
        id=id,
        title=f"Myth {id}",
        since=SINCE,
        believed_when=believed_when,
        belief=f"I believe {id}.",
        says="It is not so.",
        backing=DESIGN,
    )
