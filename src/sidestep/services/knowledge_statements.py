"""Everything the knowledge states, as one list; what each statement is good for lies elsewhere."""

from collections.abc import Iterable
from typing import Any

from sidestep.services.knowledge_reading import KnowledgeReading, Statement


def statements_of(reading: KnowledgeReading) -> tuple[Statement, ...]:
    """List every rule, number and exercise with its ground, by kind and id."""
    knowledge = reading.knowledge
    by_kind: dict[str, Iterable[Any]] = {
        "red_flag": knowledge.red_flags,
        "pattern": knowledge.patterns,
        "cause": knowledge.causes,
        "myth": knowledge.myths,
        "load": knowledge.load.values(),
        "plan": knowledge.plans.values(),
        "exercise": knowledge.exercises.values(),
        "cross_training": knowledge.cross_training.values(),
    }
    return tuple(
        Statement(kind=kind, id=rule.id, title=rule.title, says=rule.says, backing=rule.backing)
        for kind, rules in by_kind.items()
        for rule in sorted(rules, key=lambda rule: str(rule.id))
    ) + tuple(reading.others)
