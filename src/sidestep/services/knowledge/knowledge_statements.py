"""Everything the knowledge states, as one list; what each statement is good for lies elsewhere."""

from collections.abc import Iterable
from string import Formatter

from sidestep.domain.planning.exercise import CrossTraining, Exercise
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.triage.rules import Cause, Myth, Pattern, RedFlag
from sidestep.domain.vocabulary.evidence import Parameter
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading, Statement

KIND_TITLES = {
    "red_flag": "Reasons to be seen",
    "pattern": "Patterns that can feel like this",
    "cause": "What may add to it",
    "myth": "Beliefs about knees",
    "load": "Training load",
    "plan": "The week",
    "motion": "Clips",
    "calibration": "What a pose model reads of known truths",
    "exercise": "Exercises",
    "cross_training": "Something else to do",
    "return_phase": "From walking back to running",
    "reports": "Texts of the reports",
}
"""What the statements of a kind are called, in the order they are shown."""

Rule = RedFlag | Pattern | Cause | Myth | Exercise | CrossTraining | ReturnPhase


def statements_of(reading: KnowledgeReading) -> tuple[Statement, ...]:
    """List every rule, number and exercise with its ground, by kind and id."""
    knowledge = reading.knowledge
    return (
        *_rules("red_flag", knowledge.red_flags),
        *_rules("pattern", knowledge.patterns),
        *_rules("cause", knowledge.causes),
        *_rules("myth", knowledge.myths),
        *_numbers("load", knowledge.load.values()),
        *_numbers("plan", knowledge.plans.values()),
        *_numbers("motion", knowledge.motion.values()),
        *_rules("exercise", knowledge.exercises.values()),
        *_rules("cross_training", knowledge.cross_training.values()),
        *_rules("return_phase", knowledge.return_phases),
        *reading.others,
    )


def _rules(kind: str, rules: Iterable[Rule]) -> list[Statement]:
    return [
        Statement(kind=kind, id=rule.id, title=rule.title, says=rule.says, backing=rule.backing)
        for rule in sorted(rules, key=lambda rule: rule.id)
    ]


def _numbers(kind: str, numbers: Iterable[Parameter]) -> list[Statement]:
    return [
        Statement(
            kind=kind,
            id=number.id,
            title=number.title,
            says=_without_placeholders(number.says),
            backing=number.backing,
            value=f"{number.value:g} {number.unit}".strip(),
        )
        for number in sorted(numbers, key=lambda number: number.id)
    ]


def _without_placeholders(sentence: str) -> str:
    """Put an ellipsis where a person's own figures will stand."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return sentence
    return "".join(text + ("" if name is None else "…") for text, name, _, _ in parts)
