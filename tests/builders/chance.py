"""Facts and rules made up from a seeded source of chance; quick where full strategies are slow."""

from collections.abc import Mapping
from random import Random

from builders.rules import by_id, cause, choices, clue, fact_is, pattern, red_flag, yes_no
from sidestep.domain.triage.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Comparison,
    Condition,
    Not,
)
from sidestep.domain.triage.contradictions import contradictions
from sidestep.domain.triage.facts import (
    AnswerKind,
    Facts,
    FactValue,
    Question,
)
from sidestep.domain.triage.rules import Cause, Pattern, PlanAccess, RedFlag, Urgency

MADE_UP_QUESTIONS = by_id(
    choices("zones", "here", "there"),
    yes_no("a"),
    yes_no("b", a=True),
    yes_no("c", b=True),
    yes_no("d"),
)
_TIERS = (Urgency.SOON, Urgency.URGENT, Urgency.EMERGENCY)


def some_answer(random: Random, question: Question) -> FactValue:
    """Any answer the question allows, whole numbers most: they meet the edges of rules."""
    ids = [option.id for option in question.options]
    match question.kind:
        case AnswerKind.YES_NO:
            return random.random() < 0.5
        case AnswerKind.CHOICE:
            return random.choice(ids)
        case AnswerKind.CHOICES:
            return frozenset(random.sample(ids, random.randint(0, min(4, len(ids)))))
        case AnswerKind.NUMBER:
            low = question.minimum or 0.0
            high = low + 100.0 if question.maximum is None else question.maximum
            return float(random.randint(int(low), int(high)))


def some_facts(random: Random, questions: Mapping[str, Question]) -> Facts:
    """Facts that do not contradict each other; how many are open differs from call to call."""
    open_share, calm_share = random.choice((0.0, 0.05, 0.5)), random.choice((0.0, 0.5, 0.95))
    facts: dict[str, FactValue] = {}
    for id, question in questions.items():
        if random.random() < open_share:
            continue
        if random.random() < calm_share and question.kind is AnswerKind.YES_NO:
            facts[id] = False
        else:
            facts[id] = some_answer(random, question)
    return without_contradictions(facts, questions)


def without_contradictions(facts: Facts, questions: Mapping[str, Question]) -> Facts:
    """The same facts without those that what they hang on rules out."""
    kept = dict(facts)
    while wrong := contradictions(kept, questions):
        for id in {id for id, _ in wrong}:
            del kept[id]
    return kept


def some_of(random: Random, facts: Facts) -> Facts:
    """The same facts with some of them forgotten."""
    share = random.choice((0.1, 0.5, 0.9))
    return {id: value for id, value in facts.items() if random.random() < share}


def some_condition(random: Random, depth: int = 3) -> Condition:
    """A condition over the made-up questions."""
    if depth == 0 or random.random() < 0.3:
        if random.random() < 0.2:
            return Compare("zones", Comparison.INCLUDES, random.choice(("here", "there")))
        return fact_is(random.choice("abcd"), random.random() < 0.5)
    parts = tuple(some_condition(random, depth - 1) for _ in range(random.randint(1, 3)))
    return random.choice(
        (All(parts), Any(parts), Not(parts[0]), AtLeast(random.randint(1, len(parts)), parts))
    )


def some_flags(random: Random) -> list[RedFlag]:
    return [
        red_flag(f"flag_{number}", some_condition(random), random.choice(_TIERS))
        for number in range(random.randint(0, 4))
    ]


def some_patterns(random: Random) -> list[Pattern]:
    return [
        pattern(
            f"pattern_{number}",
            some_condition(random, 1),
            *(
                clue(some_condition(random), weight=random.randint(1, 3))
                for _ in range(random.randint(0, 3))
            ),
            lowered_by=tuple(clue(some_condition(random)) for _ in range(random.randint(0, 2))),
            shown_from=random.randint(1, 3),
            plan=random.choice(tuple(PlanAccess)),
        )
        for number in range(random.randint(0, 5))
    ]


def some_causes(random: Random) -> list[Cause]:
    return [
        cause(f"cause_{number}", some_condition(random)) for number in range(random.randint(0, 3))
    ]
