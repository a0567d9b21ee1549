"""Inspects the knowledge and lists what is in it; the single checks stand beside it."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from sidestep.domain.vocabulary.evidence import Source
from sidestep.errors import InputError
from sidestep.services.knowledge import knowledge_checks as checks
from sidestep.services.knowledge.backing_document import backing_document
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading, Problem, Statement
from sidestep.services.knowledge.knowledge_statements import statements_of
from sidestep.services.ports import Knowledge


def inspect_knowledge(reading: KnowledgeReading) -> tuple[Problem, ...]:
    """Return everything that is wrong with a reading, by file; empty when it holds together."""
    found = [*reading.problems]
    for check in checks.ALL:
        found.extend(check(reading))
    return tuple(sorted(found, key=lambda each: (each.is_warning, each.file, each.says)))


def find_statements(id: str, reading: KnowledgeReading) -> tuple[Statement, ...]:
    """Return the statements with this id (one per kind that has it).

    Raises
    ------
    InputError
        There is none.
    """
    statements = statements_of(reading)
    found = tuple(statement for statement in statements if statement.id == id)
    if found:
        return found
    close = get_close_matches(id, [statement.id for statement in statements], n=3)
    raise InputError(
        f"There is no rule {id!r}.",
        hint=f"Did you mean {', '.join(close)}?"
        if close
        else "See all of them with: sidestep knowledge list",
    )


def holds(problems: Sequence[Problem]) -> bool:
    """Tell whether nothing worse than a warning was found."""
    return all(problem.is_warning for problem in problems)


def problems_document(problems: Sequence[Problem], knowledge: Knowledge) -> dict[str, Any]:
    """Build the document of a knowledge check."""
    return {
        "version": knowledge.version,
        "holds": holds(problems),
        "problems": [
            {
                "file": problem.file,
                "says": problem.says,
                "severity": "warning" if problem.is_warning else "error",
            }
            for problem in problems
        ],
    }


def statement_document(statement: Statement, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Build the document of one statement with its sources in full."""
    return {
        "id": statement.id,
        "kind": statement.kind,
        "title": statement.title,
        "says": statement.says,
        "value": statement.value or None,
        **backing_document(statement.backing, sources),
    }
